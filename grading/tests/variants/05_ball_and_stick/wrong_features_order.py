# Delay before half-width.
# fails: test_epsp_features
# says: "the half-width of"

# %% answer="epsp_features"
def epsp_features(t_ms, V_mV):
    t, V = np.asarray(t_ms), np.asarray(V_mV)
    peak = int(np.argmax(V))
    rise_ms = np.interp(V[peak] / 2, V[: peak + 1], t[: peak + 1])
    fall_ms = np.interp(V[peak] / 2, V[peak:][::-1], t[peak:][::-1])
    return V[peak], rise_ms, fall_ms - rise_ms
