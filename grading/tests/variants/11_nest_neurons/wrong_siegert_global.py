# Uses CELL's time constant for every cell.
# fails: test_siegert_rate
# says: "this uses CELL"

# %% answer="siegert_rate"
def siegert_rate(mean_mV, sigma_mV, cell):
    low = (cell["V_reset"] - mean_mV) / sigma_mV
    high = (cell["V_th"] - mean_mV) / sigma_mV
    climb_ms = CELL["tau_m"] * np.sqrt(np.pi) * quad(lambda u: erfcx(-u), low, high)[0]
    return 1e3 / (cell["t_ref"] + climb_ms)
