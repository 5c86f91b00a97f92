# GHK as the root of the summed currents; Nernst potential as the root of a balance of two forces.
# passes: all

# %% answer="nernst"
def nernst_mV(inside_mM, outside_mM, valence, temperature_C):
    from scipy.optimize import brentq

    beta = 1e-3 * FARADAY_C_PER_MOL / (GAS_CONSTANT_J_PER_K_MOL * (temperature_C + 273.15))

    def imbalance(potential_mV):
        return np.log(inside_mM / outside_mM) + valence * beta * potential_mV

    return brentq(imbalance, -2000.0, 2000.0, xtol=1e-10)


# %% answer="ghk"
def ghk_mV(permeability, inside_mM, outside_mM, temperature_C):
    from scipy.optimize import brentq

    beta = 1e-3 * FARADAY_C_PER_MOL / (GAS_CONSTANT_J_PER_K_MOL * (temperature_C + 273.15))

    def current(potential_mV):
        total = 0.0
        for ion, z in (("K", 1), ("Na", 1), ("Cl", -1)):
            u = z * beta * potential_mV
            total += z * permeability[ion] * u * (inside_mM[ion] - outside_mM[ion] * np.exp(-u)) / (1 - np.exp(-u))
        return total

    return brentq(current, -300.123, 300.0, xtol=1e-9)
