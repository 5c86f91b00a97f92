# Gives a percentage.
# fails: test_uncompensated_fraction
# says: "not a percentage"

# %% answer="uncompensated_fraction"
def uncompensated_fraction(excess_ions, radius_um, concentration_mM):
    all_ions = concentration_mM * AVOGADRO_PER_MOL * 4 / 3 * np.pi * radius_um**3 * 1e-18
    return 100 * excess_ions / all_ions
