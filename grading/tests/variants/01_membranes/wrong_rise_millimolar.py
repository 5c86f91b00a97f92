# Gives mM.
# fails: test_concentration_change
# says: "is this in mM rather than µM?"

# %% answer="concentration_change"
def concentration_change_uM(ions, diameter_um, height_um):
    volume_m3 = 1e-18 * np.pi * diameter_um**2 / 4 * height_um
    return ions / (AVOGADRO_PER_MOL * volume_m3)
