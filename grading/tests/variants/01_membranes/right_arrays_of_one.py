# Each number in an array of its own.
# passes: all

# %% answer="nernst"
def nernst_mV(inside_mM, outside_mM, valence, temperature_C):
    ratio = np.array([outside_mM]) / np.array([inside_mM])
    return 8.314462618 * (temperature_C + 273.15) / (96.48533212 * valence) * np.log(ratio)


# %% answer="ghk"
def ghk_mV(permeability, inside_mM, outside_mM, temperature_C):
    one, other = np.array([[inside_mM[ion], outside_mM[ion]] for ion in ("K", "Na", "Cl")]).T
    P, anion = np.array([permeability[ion] for ion in ("K", "Na", "Cl")]), np.array([False, False, True])
    ratio = (P * np.where(anion, one, other)).sum(keepdims=True) / (P * np.where(anion, other, one)).sum()
    return 8.314462618 * (temperature_C + 273.15) / 96.48533212 * np.log(ratio)
