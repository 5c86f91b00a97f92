# Takes the mean of the Nernst potentials, weighted with the permeabilities.
# fails: test_ghk
# says: "sum inside the logarithm"

# %% answer="ghk"
def ghk_mV(permeability, inside_mM, outside_mM, temperature_C):
    total, weights = 0.0, 0.0
    for ion, valence in (("K", 1), ("Na", 1), ("Cl", -1)):
        if permeability[ion] > 0 and inside_mM[ion] > 0:
            total += permeability[ion] * nernst_mV(inside_mM[ion], outside_mM[ion], valence, temperature_C)
            weights += permeability[ion]
    return total / weights
