# Densities from a table, the gate by other formulas.
# passes: all

# %% answer="densities"
def densities(kind, distance_um, farthest_um):
    names = "g_pas Ih NaTa_t SKv3_1 SK_E2 Ca_LVAst Ca_HVA Nap_Et2 K_Tst K_Pst Im".split()
    values = {
        "soma": [3.38e-5, 2e-4, 2.04, 0.693, 0.0441, 3.43e-3, 9.92e-4, 1.72e-3, 0.0812, 2.23e-3, 0],
        "basal": [4.67e-5, 2e-4] + 9 * [0.0],
        "apical": [5.89e-5, 0.0, 0.0213, 2.61e-4, 1.2e-3, 0.0187, 5.55e-4, 0, 0, 0, 6.75e-5],
    }[kind]
    table = dict(zip(names, values))
    if kind == "apical":
        part = distance_um / farthest_um
        table["Ih"] = -0.8696 * 2e-4 + 2.087 * 2e-4 * np.exp(3.6161 * part)
        if part < 685 / 1312 or part > 885 / 1312:
            table["Ca_LVAst"] /= 100
            table["Ca_HVA"] /= 10
    return table


# %% answer="ih_gate"
def ih_gate(V_mV):
    x = (np.asarray(V_mV) + 154.9) / 11.9
    opens, closes = 0.00643 * 11.9 * x / (np.exp(x) - 1), 0.193 * np.exp(np.asarray(V_mV) / 33.1)
    tau = (opens + closes) ** -1
    return tau * opens, tau
