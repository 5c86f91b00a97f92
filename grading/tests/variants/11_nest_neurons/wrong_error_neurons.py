# Divides by the root of the number of neurons, too.
# fails: test_noisy_rate_error
# says: "not of seeds times neurons"

# %% answer="noisy_rate"
def noisy_rate(I_pA, std_pA, cell, duration_ms, seeds, n=10, noise_dt_ms=0.1):
    rates_Hz = []
    for seed in seeds:
        fresh(seed)
        neurons = nest.Create("iaf_psc_exp", n, params=cell)
        neurons.I_e = I_pA
        noise = nest.Create("noise_generator", params={"std": std_pA, "dt": noise_dt_ms})
        recorder = nest.Create("spike_recorder")
        nest.Connect(noise, neurons)
        nest.Connect(neurons, recorder)
        nest.Simulate(duration_ms)
        rates_Hz.append(1e3 * recorder.n_events / (n * duration_ms))
    return np.mean(rates_Hz), np.std(rates_Hz, ddof=1) / np.sqrt(len(seeds) * n)
