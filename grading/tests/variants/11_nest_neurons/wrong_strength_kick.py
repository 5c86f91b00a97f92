# Returns the kick of one dt.
# fails: test_noise_strength
# says: "too small"

# %% answer="noise_strength"
def noise_strength(std_pA, noise_dt_ms, cell):
    return std_pA * noise_dt_ms / cell["C_m"]
