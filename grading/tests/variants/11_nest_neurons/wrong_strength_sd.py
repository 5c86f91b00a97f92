# Returns the standard deviation of V.
# fails: test_noise_strength
# says: "√2"

# %% answer="noise_strength"
def noise_strength(std_pA, noise_dt_ms, cell):
    kick_mV = cell["tau_m"] / cell["C_m"] * std_pA * noise_dt_ms / cell["tau_m"]
    return kick_mV * np.sqrt(cell["tau_m"] / noise_dt_ms / 2)
