# The integral by quad, times as a list, a scan for the weight from coarse to fine.
# passes: all

# %% answer="linear_scale"
def linear_scale(tree, starts_um, p_uniform, k_per_um):
    from scipy.integrate import quad

    areas, integrals = [], []
    for name in tree:
        s0, L, d = starts_um[name], tree[name]["length_um"], tree[name]["d_um"]
        k = 0 if tree[name]["parent"] is None else k_per_um
        areas.append(np.pi * d * L)
        integrals.append(np.pi * d * quad(lambda s, k=k: 1 + k * s, s0, s0 + L)[0])
    return np.float64(p_uniform) * sum(areas) / sum(integrals)


# %% answer="spike_times"
def spike_times(t_ms, v_mV, level_mV=0.0):
    times = []
    for k in range(1, len(v_mV)):
        if v_mV[k - 1] < level_mV <= v_mV[k]:
            times.append(float(t_ms[k]))
    return times


# %% answer="weight"
def enough(weight):
    t_ms, v_mV = simulate(TREE, CHANNELS, weight, SOMA, [SOMA], 100.0)
    return len(spike_times(t_ms, v_mV[0])) >= 5


weight_uS, step = 0.004, 0.001
while step > 2e-5:
    while not enough(weight_uS):
        weight_uS += step
    last = weight_uS
    weight_uS -= step
    step /= 4
weight_uS = last
