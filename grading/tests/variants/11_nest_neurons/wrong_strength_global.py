# Uses CELL for every cell.
# fails: test_noise_strength
# says: "another noise"

# %% answer="noise_strength"
def noise_strength(std_pA, noise_dt_ms, cell):
    kick_mV = CELL["tau_m"] / CELL["C_m"] * std_pA * noise_dt_ms / CELL["tau_m"]
    return kick_mV * np.sqrt(CELL["tau_m"] / noise_dt_ms)
