# Works for a single current only.
# fails: test_analytic_rate_limits
# says: "ambiguous"

# %% answer="analytic_rate"
def analytic_rate(I_pA, cell):
    V_inf = cell["E_L_mV"] + 1e-3 * cell["R_MOhm"] * I_pA
    if V_inf <= cell["V_th_mV"]:
        return 0.0
    climb = cell["tau_ms"] * np.log((V_inf - cell["V_reset_mV"]) / (V_inf - cell["V_th_mV"]))
    return 1e3 / (cell["t_ref_ms"] + climb)
