# Takes mM for mol/l.
# fails: test_uncompensated_fraction
# says: "1000 times too small"

# %% answer="uncompensated_fraction"
def uncompensated_fraction(excess_ions, radius_um, concentration_mM):
    volume_l = 4 / 3 * np.pi * radius_um**3 * 1e-15
    return excess_ions / (concentration_mM * volume_l * AVOGADRO_PER_MOL)
