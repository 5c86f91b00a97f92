# Potentials by integrating the current, Siegert by a sum; the width of the noise with the decay within a step.
# passes: all

# %% answer="psp"
def psp(shape, weight, t_ms, cell, tau_syn_ms=TAU_SYN_MS):
    result = []
    for t in np.atleast_1d(t_ms):
        if shape == "delta":
            result.append(weight * np.exp(-t / cell["tau_m"]))
            continue
        s = np.linspace(0, t, 2001)
        current = weight * np.exp(-s / tau_syn_ms)
        if shape == "alpha":
            current = current * np.e * s / tau_syn_ms
        kernel = current * np.exp(-(t - s) / cell["tau_m"]) / cell["C_m"]
        h = s[1] - s[0]
        result.append(h / 3 * (kernel[0] + 4 * kernel[1::2].sum() + 2 * kernel[2:-1:2].sum() + kernel[-1]))
    return result


# %% answer="weight_for_peak"
def weight_for_peak(shape, peak_mV, cell, tau_syn_ms=TAU_SYN_MS):
    t_ms = np.linspace(0, 40, 801)
    return peak_mV / max(psp(shape, 1.0, t_ms, cell, tau_syn_ms))


# %% answer="siegert_rate"
def siegert_rate(mean_mV, sigma_mV, cell):
    low, high = (cell["V_reset"] - mean_mV) / sigma_mV, (cell["V_th"] - mean_mV) / sigma_mV
    u = low + (high - low) * (np.arange(20000) + 0.5) / 20000
    integral = erfcx(-u).sum() * (high - low) / 20000
    return 1000 / (cell["t_ref"] + cell["tau_m"] * np.pi**0.5 * integral)


# %% answer="noise_strength"
def noise_strength(std_pA, noise_dt_ms, cell):
    resistance_GOhm = cell["tau_m"] / cell["C_m"]
    return resistance_GOhm * std_pA * np.sqrt(2 * np.tanh(noise_dt_ms / cell["tau_m"] / 2))
