# Forgets how long each number is held.
# fails: test_noise_strength
# says: "too large"

# %% answer="noise_strength"
def noise_strength(std_pA, noise_dt_ms, cell):
    return cell["tau_m"] / cell["C_m"] * std_pA
