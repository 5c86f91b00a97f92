# Takes the logarithm below the rheobase, too.
# fails: test_analytic_rate_limits
# says: "NaN"

# %% answer="analytic_rate"
def analytic_rate(I_pA, cell):
    V_inf = cell["E_L_mV"] + 1e-3 * cell["R_MOhm"] * np.asarray(I_pA, dtype=float)
    with np.errstate(all="ignore"):
        climb = cell["tau_ms"] * np.log((V_inf - cell["V_reset_mV"]) / (V_inf - cell["V_th_mV"]))
    return 1e3 / (cell["t_ref_ms"] + climb)
