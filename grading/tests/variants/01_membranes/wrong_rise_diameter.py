# Takes the diameter for a radius.
# fails: test_concentration_change
# says: "4 times too small"

# %% answer="concentration_change"
def concentration_change_uM(ions, diameter_um, height_um):
    volume_l = 1e-15 * np.pi * diameter_um**2 * height_um
    return 1e6 * ions / (AVOGADRO_PER_MOL * volume_l)
