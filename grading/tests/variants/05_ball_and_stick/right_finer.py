# Finer grids and steps than the text asks for; closed forms written in another way.
# passes: all

# %% answer="cell_constants"
def cell_constants(cell):
    r_a = 4 * cell["R_a"] * 1e-2 / (np.pi * cell["d_um"] ** 2)  # MΩ/µm
    r_m = cell["R_m"] * 1e2 / (np.pi * cell["d_um"])  # MΩ µm
    L = cell["length_um"] * np.sqrt(r_a / r_m)
    G_soma = np.pi * cell["soma_um"] ** 2 / (cell["R_m"] * 1e2)  # µS
    G_dend = np.tanh(L) / np.sqrt(r_a * r_m)
    return np.array([cell["R_m"] * cell["C_m"] * 1e-3, L, G_dend / G_soma, 1 / (G_dend + G_soma)])


# %% answer="equalising_time_constants"
def equalising_time_constants(tau_ms, L, rho, n):
    k = rho * L / np.tanh(L)
    m = np.arange(1, n + 1)
    y = m * np.pi - 0.1
    for _ in range(2000):  # y = nπ - arctan(y/k), a contraction
        y = m * np.pi - np.arctan(y / k)
    return tau_ms / (1 + (y / L) ** 2)


# %% answer="epsp_at_soma"
def epsp_at_soma(cell, x_um, t_ms):
    dt_ms = 0.0125
    neuron = build(cell, 201)
    synapse = h.AlphaSynapse(neuron.dend(x_um / cell["length_um"]))
    synapse.onset, synapse.tau = 0, SYNAPSE["tau_ms"]
    synapse.gmax, synapse.e = SYNAPSE["g_max_uS"], SYNAPSE["e_mV"]
    v = h.Vector().record(neuron.soma(0.5)._ref_v)
    run(t_ms[-1] + dt_ms, dt_ms)
    V_mV = np.array(v) + 65
    return np.interp(t_ms, dt_ms * np.arange(len(V_mV)), V_mV)


# %% answer="residual_statistics"
def residual_statistics(residuals_mV, n_parameters):
    r = np.array(residuals_mV)
    return np.linalg.norm(r) / np.sqrt(r.size - n_parameters), np.dot(r[1:], r[:-1]) / np.dot(r, r)


# %% answer="threshold_current"
def threshold_current(cell, x_um):

    def spikes(I_nA):
        neuron = build(cell, 151)
        neuron.soma.uninsert("pas")
        neuron.soma.insert("hh")
        clamp = h.IClamp(neuron.dend(x_um / cell["length_um"]))
        clamp.delay, clamp.dur, clamp.amp = 0, PULSE_MS, I_nA
        v = h.Vector().record(neuron.soma(0.5)._ref_v)
        run(20, 0.0125)
        return v.max() > 0

    low, high = 0.0, 0.1
    while not spikes(high):
        low, high = high, 2 * high
    while high - low > 0.002 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if spikes(middle) else (middle, high)
    return (low + high) / 2
