# Takes π for its root.
# fails: test_siegert_rate
# says: "too small"

# %% answer="siegert_rate"
def siegert_rate(mean_mV, sigma_mV, cell):
    low = (cell["V_reset"] - mean_mV) / sigma_mV
    high = (cell["V_th"] - mean_mV) / sigma_mV
    climb_ms = cell["tau_m"] * np.pi * quad(lambda u: erfcx(-u), low, high)[0]
    return 1e3 / (cell["t_ref"] + climb_ms)
