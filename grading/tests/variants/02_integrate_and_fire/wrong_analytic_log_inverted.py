# Has the argument of the logarithm upside down.
# fails: test_analytic_rate
# says: "upside down"

# %% answer="analytic_rate"
def analytic_rate(I_pA, cell):
    I_pA = np.asarray(I_pA, dtype=float)
    V_inf = cell["E_L_mV"] + 1e-3 * cell["R_MOhm"] * I_pA
    fires = V_inf > cell["V_th_mV"]
    safe = np.where(fires, V_inf, cell["V_th_mV"] + 1.0)
    climb = cell["tau_ms"] * np.log((safe - cell["V_reset_mV"]) / (safe - cell["V_th_mV"]))
    return np.where(fires, 1e3 / (cell["t_ref_ms"] - climb), 0.0)
