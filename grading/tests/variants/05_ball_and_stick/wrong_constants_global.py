# Uses CELL, not the argument.
# fails: test_cell_constants
# says: "use the argument"

# %% answer="cell_constants"
def cell_constants(cell):
    D_cm, length_cm, d_cm = [1e-4 * CELL[key] for key in ("soma_um", "length_um", "d_um")]
    L = length_cm / np.sqrt(d_cm * CELL["R_m"] / (4 * CELL["R_a"]))
    R_inf_Ohm = 2 / np.pi * np.sqrt(CELL["R_m"] * CELL["R_a"]) * d_cm**-1.5
    G_soma, G_dend = np.pi * D_cm**2 / CELL["R_m"], np.tanh(L) / R_inf_Ohm
    return 1e-3 * CELL["R_m"] * CELL["C_m"], L, G_dend / G_soma, 1e-6 / (G_soma + G_dend)
