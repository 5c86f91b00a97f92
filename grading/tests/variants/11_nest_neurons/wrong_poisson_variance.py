# Returns the square of the CV.
# fails: test_poisson_driven
# says: "the CV's square"

# %% answer="poisson_driven"
def poisson_driven(rate_e_Hz, rate_i_Hz, J_e_mV, J_i_mV, cell, n, duration_ms, seed):
    fresh(seed)
    neurons = nest.Create("iaf_psc_delta", n, params=cell)
    recorder = nest.Create("spike_recorder")
    for rate_Hz, J_mV in ((rate_e_Hz, J_e_mV), (rate_i_Hz, J_i_mV)):
        generator = nest.Create("poisson_generator", params={"rate": rate_Hz})
        nest.Connect(generator, neurons, syn_spec={"weight": J_mV, "delay": 1.0})
    nest.Connect(neurons, recorder)
    nest.Simulate(duration_ms)
    events = recorder.get("events")
    intervals_ms = [np.diff(np.sort(events["times"][events["senders"] == sender])) for sender in neurons.tolist()]
    intervals_ms = np.concatenate(intervals_ms)
    return 1e3 * len(events["times"]) / (n * duration_ms), intervals_ms.var() / intervals_ms.mean() ** 2
