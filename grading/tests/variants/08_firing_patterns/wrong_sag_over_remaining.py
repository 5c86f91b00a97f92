# Divides by the fall that is left at the end.
# fails: test_sag_ratio
# says: "divided by the fall from base to lowest"

# %% answer="sag_ratio"
def sag_ratio(t_ms, V_mV, on_ms, off_ms):
    base = V_mV[(t_ms >= on_ms - 50) & (t_ms < on_ms)].mean()
    end = V_mV[(t_ms >= off_ms - 50) & (t_ms < off_ms)].mean()
    lowest = V_mV[(t_ms >= on_ms) & (t_ms < off_ms)].min()
    return (end - lowest) / (base - end)
