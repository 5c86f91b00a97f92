# Plain Python and lists; the rate by steps down from the top; the network connected population by population.
# passes: all

# %% answer="brunel_network"
def brunel_network(n_E, epsilon, J_mV, g, eta, neuron, delay_ms=1.5):
    n_I = n_E / 4
    one_Hz = 1000 * eta * neuron["V_th"] / (J_mV * neuron["tau_m"] * epsilon * n_E)
    network = dict(n_E=int(n_E), n_I=int(n_I), C_E=int(round(epsilon * n_E)), C_I=int(round(epsilon * n_I)))
    network.update(J_mV=J_mV, J_ext_mV=J_mV, g=g, dc_mV=0, delay_ms=delay_ms, external_Hz=one_Hz * epsilon * n_E)
    return network


# %% answer="stationary_rate"
def stationary_rate(network, neuron):
    def too_low(rate_Hz):
        mean_mV, sigma_mV = input_moments(rate_Hz, network, neuron)
        return siegert_rate(mean_mV, sigma_mV, neuron) > rate_Hz

    rate_Hz = 1000 / neuron["t_ref"]
    while rate_Hz > 0.05 and not too_low(rate_Hz):
        rate_Hz *= 0.98
    if rate_Hz <= 0.05:
        return 0
    low_Hz, high_Hz = rate_Hz, rate_Hz / 0.98
    while high_Hz - low_Hz > 1e-4 * low_Hz:
        middle_Hz = (low_Hz + high_Hz) / 2
        low_Hz, high_Hz = (middle_Hz, high_Hz) if too_low(middle_Hz) else (low_Hz, middle_Hz)
    return low_Hz


# %% answer="simulate"
def simulate(network, neuron, duration_ms, seed, spread=True, drive_stop_ms=None):
    fresh(seed)
    populations = {kind: nest.Create("iaf_psc_delta", network["n_" + kind], neuron) for kind in "EI"}
    stop_ms = duration_ms + 1000.0 if drive_stop_ms is None else drive_stop_ms
    outside = nest.Create("poisson_generator", params={"rate": network["external_Hz"], "stop": stop_ms})
    recorder = nest.Create("spike_recorder")
    for target in populations.values():
        target.I_e = network["dc_mV"] * neuron["C_m"] / neuron["tau_m"]
        target.V_m = nest.random.uniform(neuron["E_L"], neuron["V_th"]) if spread else neuron["E_L"]
        weights = {"E": network["J_mV"], "I": -network["g"] * network["J_mV"]}
        for kind, weight in weights.items():
            rule = {"rule": "fixed_indegree", "indegree": network["C_" + kind]}
            nest.Connect(populations[kind], target, rule, {"weight": weight, "delay": network["delay_ms"]})
        nest.Connect(outside, target, "all_to_all", {"weight": network["J_ext_mV"], "delay": network["delay_ms"]})
        nest.Connect(target, recorder)
    nest.Simulate(duration_ms)
    order = np.argsort(recorder.events["times"], kind="stable")
    return recorder.events["times"][order].tolist(), [int(k) - 1 for k in recorder.events["senders"][order]]


# %% answer="rate_and_cv"
def rate_and_cv(times_ms, senders, n, start_ms, stop_ms):
    trains = [[] for _ in range(n)]
    for t, k in sorted(zip(times_ms, senders)):
        if start_ms < t <= stop_ms:
            trains[int(k)].append(t)
    cvs = [np.std(np.diff(train)) / np.mean(np.diff(train)) for train in trains if len(train) > 2]
    return [sum(map(len, trains)) / n / (stop_ms - start_ms) * 1000, sum(cvs) / len(cvs)]
