# Expects everything to end up flat.
# fails: test_donnan
# says: ""

# %% answer="donnan"
def donnan(amounts_fmol, fixed_mM):
    return 0.0, 1e3 * np.asarray(amounts_fmol) / (VOLUME_INSIDE_UM3 + VOLUME_OUTSIDE_UM3)
