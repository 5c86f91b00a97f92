# Interpolates a falling curve, which np.interp cannot.
# fails: test_epsp_features
# says: "turn the falling side round"

# %% answer="epsp_features"
def epsp_features(t_ms, V_mV):
    t, V = np.asarray(t_ms), np.asarray(V_mV)
    peak = int(np.argmax(V))
    rise_ms = np.interp(V[peak] / 2, V[: peak + 1], t[: peak + 1])
    fall_ms = np.interp(V[peak] / 2, V[peak:], t[peak:])
    return V[peak], fall_ms - rise_ms, rise_ms
