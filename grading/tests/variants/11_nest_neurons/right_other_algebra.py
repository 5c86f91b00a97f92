# The same formulas in another order; spikes from a generator of current and a population in two halves.
# passes: all

# %% answer="spike_times"
def spike_times(I_pA, duration_ms, cell, resolution_ms=0.1):
    fresh(resolution_ms=resolution_ms)
    neuron = nest.Create("iaf_psc_exp", params={**cell, "V_m": cell["E_L"], "I_e": float(I_pA)})
    recorder = nest.Create("spike_recorder")
    nest.Connect(neuron, recorder, syn_spec={"weight": 1.0, "delay": resolution_ms})
    nest.Simulate(duration_ms / 2)
    nest.Simulate(duration_ms / 2)
    return recorder.get("events", "times")


# %% answer="currents_for_interval"
def currents_for_interval(interval_ms, cell, resolution_ms=0.1):
    steps = round((interval_ms - cell["t_ref"]) / resolution_ms)
    currents_pA = []
    for k in (steps, steps - 1):
        growth = np.exp(k * resolution_ms / cell["tau_m"])
        target_mV = (cell["V_th"] * growth - cell["V_reset"]) / (growth - 1)
        currents_pA.append((target_mV - cell["E_L"]) / (cell["tau_m"] / cell["C_m"]))
    return np.array(currents_pA)


# %% answer="noise_strength"
def noise_strength(std_pA, noise_dt_ms, cell):
    return std_pA * np.sqrt(noise_dt_ms * cell["tau_m"]) / cell["C_m"]


# %% answer="psp"
def psp(shape, weight, t_ms, cell, tau_syn_ms=TAU_SYN_MS):
    t, m, s = np.asarray(t_ms, dtype=float), cell["tau_m"], tau_syn_ms
    slow, fast = np.exp(-t / m), np.exp(-t / s)
    if shape == "delta":
        return weight * slow
    both = m * s / (m - s)
    if shape == "exp":
        return weight * both / cell["C_m"] * (slow - fast)
    return weight * np.e / s / cell["C_m"] * both * (both * (slow - fast) - t * fast)


# %% answer="poisson_driven"
def poisson_driven(rate_e_Hz, rate_i_Hz, J_e_mV, J_i_mV, cell, n, duration_ms, seed):
    fresh(seed)
    neurons = nest.Create("iaf_psc_delta", n, params=cell)
    neurons.V_m = cell["E_L"]
    recorder = nest.Create("spike_recorder")
    nest.Connect(nest.Create("poisson_generator", params={"rate": rate_e_Hz}), neurons, syn_spec={"weight": J_e_mV})
    nest.Connect(nest.Create("poisson_generator", params={"rate": rate_i_Hz}), neurons, syn_spec={"weight": J_i_mV})
    nest.Connect(neurons, recorder)
    nest.Simulate(duration_ms)
    times, senders = recorder.get("events", ["times", "senders"]).values()
    order = np.lexsort((times, senders))
    steps, same = np.diff(times[order]), np.diff(senders[order]) == 0
    intervals = steps[same]
    return np.array([recorder.n_events / n / (1e-3 * duration_ms), intervals.std(ddof=1) / intervals.mean()])
