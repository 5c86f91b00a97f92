# Gives the part of the fall that stays.
# fails: test_sag_ratio
# says: "*not* taken back"

# %% answer="sag_ratio"
def sag_ratio(t_ms, V_mV, on_ms, off_ms):
    base = V_mV[(t_ms >= on_ms - 50) & (t_ms < on_ms)].mean()
    end = V_mV[(t_ms >= off_ms - 50) & (t_ms < off_ms)].mean()
    lowest = V_mV[(t_ms >= on_ms) & (t_ms < off_ms)].min()
    return (base - end) / (base - lowest)
