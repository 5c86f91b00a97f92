# Looks for the lowest potential in the whole recording.
# fails: test_sag_ratio
# says: "during the step only"

# %% answer="sag_ratio"
def sag_ratio(t_ms, V_mV, on_ms, off_ms):
    base = V_mV[(t_ms >= on_ms - 50) & (t_ms < on_ms)].mean()
    end = V_mV[(t_ms >= off_ms - 50) & (t_ms < off_ms)].mean()
    lowest = V_mV.min()
    return (end - lowest) / (base - lowest)
