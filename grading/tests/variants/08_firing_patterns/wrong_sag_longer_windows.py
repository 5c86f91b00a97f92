# Windows of 51 ms.
# fails: test_sag_ratio
# says: "the sag ratio of another potential"

# %% answer="sag_ratio"
def sag_ratio(t_ms, V_mV, on_ms, off_ms):
    base = V_mV[(t_ms >= on_ms - 51) & (t_ms < on_ms)].mean()
    end = V_mV[(t_ms >= off_ms - 51) & (t_ms < off_ms)].mean()
    lowest = V_mV[(t_ms >= on_ms) & (t_ms < off_ms)].min()
    return (end - lowest) / (base - lowest)
