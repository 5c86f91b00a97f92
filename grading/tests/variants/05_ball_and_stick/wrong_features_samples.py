# Measures between samples.
# fails: test_epsp_features
# says: "without interpolation"

# %% answer="epsp_features"
def epsp_features(t_ms, V_mV):
    t, V = np.asarray(t_ms), np.asarray(V_mV)
    peak = int(np.argmax(V))
    rise = np.argmax(V >= V[peak] / 2)
    fall = peak + np.argmax(V[peak:] < V[peak] / 2)
    return V[peak], t[fall] - t[rise], t[rise]
