# Devices in place of parameters: a mean in the noise generator, one generator for each neuron, spikes counted by sender.
# passes: all

# %% answer="noisy_rate"
def noisy_rate(I_pA, std_pA, cell, duration_ms, seeds, n=10, noise_dt_ms=0.1):
    per_seed = np.zeros(len(seeds))
    for k, seed in enumerate(seeds):
        fresh(seed)
        recorder = nest.Create("spike_recorder")
        noise = nest.Create("noise_generator", params={"mean": I_pA, "std": std_pA, "dt": noise_dt_ms})
        neurons = nest.Create("iaf_psc_exp", n, dict(cell, V_m=cell["E_L"]))
        nest.Connect(noise, neurons, "all_to_all", {"delay": 0.1})
        nest.Connect(neurons, recorder)
        nest.Simulate(duration_ms)
        counts = [np.sum(recorder.events["senders"] == sender) for sender in neurons.tolist()]
        per_seed[k] = np.mean(counts) / (duration_ms / 1000)
    return float(per_seed.mean()), float(np.sqrt(per_seed.var(ddof=1) / len(seeds)))


# %% answer="poisson_driven"
def poisson_driven(rate_e_Hz, rate_i_Hz, J_e_mV, J_i_mV, cell, n, duration_ms, seed):
    fresh(seed)
    neurons = nest.Create("iaf_psc_delta", n, params=dict(cell, V_m=cell["E_L"]))
    excitation = nest.Create("poisson_generator", n, params={"rate": rate_e_Hz})
    inhibition = nest.Create("poisson_generator", n, params={"rate": rate_i_Hz})
    recorders = nest.Create("spike_recorder", n)
    nest.Connect(excitation, neurons, "one_to_one", {"weight": J_e_mV, "delay": 0.1})
    nest.Connect(inhibition, neurons, "one_to_one", {"weight": J_i_mV, "delay": 0.1})
    nest.Connect(neurons, recorders, "one_to_one")
    nest.Simulate(duration_ms)
    count, intervals = 0, []
    for recorder in recorders:
        times = sorted(recorder.events["times"].tolist())
        count += len(times)
        intervals.extend(later - earlier for earlier, later in zip(times[:-1], times[1:]))
    return [count / n / duration_ms * 1000, np.std(intervals) / np.mean(intervals)]
