# simulate_noisy turns the noise into a current and hands it to simulate; the kicks are drawn in pairs.
# passes: all

# %% answer="simulate_noisy"
def simulate_noisy(I_pA, sigma_mV, dt_ms, cell, seed):
    rng = np.random.default_rng(seed)
    pairs = rng.normal(size=(len(I_pA) // 2 + 1, 2)).ravel()[: len(I_pA)]
    noise_current_pA = 1e3 * sigma_mV * np.sqrt(cell["tau_ms"] / dt_ms) * pairs / cell["R_MOhm"]
    return simulate(np.asarray(I_pA) + noise_current_pA, dt_ms, cell)


# %% answer="sd_ratio"
# Measured: 2000 neurons side by side for six time constants.
_sd = {}
for _dt in (0.1, 0.025):
    _V, _rng = np.zeros(2000), np.random.default_rng(0)
    for _ in range(round(60 / _dt)):
        _V = _V + _dt / 10.0 * (5.0 * _rng.standard_normal(2000) - _V)
    _sd[_dt] = _V.std()
sd_ratio = _sd[0.025] / _sd[0.1]
