# Soma over dendrite.
# fails: test_cell_constants
# says: "upside down"

# %% answer="cell_constants"
def cell_constants(cell):
    D_cm, length_cm, d_cm = [1e-4 * cell[key] for key in ("soma_um", "length_um", "d_um")]
    L = length_cm / np.sqrt(d_cm * cell["R_m"] / (4 * cell["R_a"]))
    R_inf_Ohm = 2 / np.pi * np.sqrt(cell["R_m"] * cell["R_a"]) * d_cm**-1.5
    G_soma, G_dend = np.pi * D_cm**2 / cell["R_m"], np.tanh(L) / R_inf_Ohm
    return 1e-3 * cell["R_m"] * cell["C_m"], L, G_soma / G_dend, 1e-6 / (G_soma + G_dend)
