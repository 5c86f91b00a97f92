# Plain statements, NumPy numbers and integers as floats.
# passes: all

# %% answer="blocked"
def blocked(channels, ion):
    new = {}
    for key in channels:
        new[key] = channels[key]
        if key.startswith("gNa") and ion == "Na":
            new[key] = 0
        if key == "p_T" and ion == "Ca":
            new[key] = 0
    return new


# %% answer="transfer"
def depolarisations(channels, weight, place):
    t_ms, v_mV = simulate(TREE, channels, weight, place, [TIP, SOMA], 100)
    return np.max(v_mV[0]) - v_mV[0][0], np.max(v_mV[1]) - v_mV[1][0]


no_Ca = blocked(dict(CHANNELS), "Ca")
transfer = {}
tip, soma = depolarisations(no_Ca, 0.01, SOMA)
transfer["Na spike, outward"] = tip / soma
tip, soma = depolarisations(blocked(dict(CHANNELS), "Na"), 0.01, SOMA)
transfer["Ca spike, outward"] = tip / soma
tip, soma = depolarisations(no_Ca, 0.005, TIP)
transfer["inward, no Ca"] = soma / tip
tip, soma = depolarisations(CHANNELS, 0.005, TIP)
transfer["inward, uniform"] = soma / tip
tip, soma = depolarisations(dict(no_Ca, gNa_dend=0.0063, gK_dend=0.006), 0.01, SOMA)
transfer["Na spike, dendritic channels"] = tip / soma


# %% answer="somatic_spikes"
linear, dendritic = dict(CHANNELS, **LINEAR), dict(CHANNELS, **DENDRITIC)
runs = {
    "soma, uniform": (CHANNELS, 0.01, SOMA),
    "soma, linear": (linear, 0.01, SOMA),
    "soma, dendritic channels": (dendritic, 0.01, SOMA),
    "tip, uniform": (CHANNELS, 0.005, TIP),
    "tip, linear": (linear, 0.005, TIP),
}
traces = {key: simulate(TREE, *run, [SOMA, TIP], 100.0) for key, run in runs.items()}
somatic_spikes = {key: float(np.size(spike_times(t_ms, v_mV[0]))) for key, (t_ms, v_mV) in traces.items()}
