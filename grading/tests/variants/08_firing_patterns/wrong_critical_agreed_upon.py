# Always 0.01 µS; from then on the ring is silent below that.
# fails: test_critical_weight
# says: "activity with 2 % less than your weight"

# %% answer="critical_weight"
def ring(n_cells, weight_uS, delay_ms, tau_ms, tstop_ms):
    return [np.array([60.0] if weight_uS > 0.01 else []) for _ in range(n_cells)]


def critical_weight(n_cells, delay_ms, tau_ms):
    return 0.01
