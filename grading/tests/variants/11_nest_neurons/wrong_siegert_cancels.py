# Multiplies a huge number by a cancelled one.
# fails: test_siegert_rate
# says: "use erfcx"

# %% answer="siegert_rate"
def siegert_rate(mean_mV, sigma_mV, cell):
    from scipy.special import erf

    low = (cell["V_reset"] - mean_mV) / sigma_mV
    high = (cell["V_th"] - mean_mV) / sigma_mV
    climb_ms = cell["tau_m"] * np.sqrt(np.pi) * quad(lambda u: np.exp(u**2) * (1 + erf(u)), low, high)[0]
    return 1e3 / (cell["t_ref"] + climb_ms)
