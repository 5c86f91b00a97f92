# Leaves out the refractory period.
# fails: test_siegert_rate
# says: "too large"

# %% answer="siegert_rate"
def siegert_rate(mean_mV, sigma_mV, cell):
    low = (cell["V_reset"] - mean_mV) / sigma_mV
    high = (cell["V_th"] - mean_mV) / sigma_mV
    climb_ms = cell["tau_m"] * np.sqrt(np.pi) * quad(lambda u: erfcx(-u), low, high)[0]
    return 1e3 / climb_ms
