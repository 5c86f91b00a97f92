# Own bisection for Donnan with the charge on the membrane counted; spikes found by signs.
# passes: all

# %% answer="donnan"
def donnan(amounts_fmol, fixed_mM):
    valence = np.array([1, 1, -1])
    low, high = -250.0, 250.0
    for _ in range(80):
        V = (low + high) / 2
        inside = 1e3 * np.array(amounts_fmol) / (VOLUME_INSIDE_UM3 + VOLUME_OUTSIDE_UM3 * np.exp(valence * V / PSI_MV))
        on_membrane = 1e3 * CAPACITANCE_F_PER_M2 * AREA_UM2 * V / (FARADAY * VOLUME_INSIDE_UM3)
        if np.sum(valence * inside) + fixed_mM - on_membrane > 0:
            low = V
        else:
            high = V
    return V, inside


# %% answer="outcome"
def outcome(t_s, V_mV, window_s=3.0):
    above = np.asarray(V_mV) >= 0
    times = np.asarray(t_s)[np.flatnonzero(np.diff(above.astype(int)) == 1) + 1]
    number = int(np.count_nonzero(times > t_s[-1] - window_s))
    word = "fires" if number else "blocked" if V_mV[-1] > -50 else "silent"
    return word, number / window_s


# %% answer="next_current"
def next_current(trials):
    ordered = sorted(trials)
    first_bad = [keeps_up for _, keeps_up in ordered].index(False)
    return 0.5 * ordered[first_bad - 1][0] + 0.5 * ordered[first_bad][0]
