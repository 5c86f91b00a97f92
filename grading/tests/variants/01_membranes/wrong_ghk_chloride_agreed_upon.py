# Right for cations alone; as soon as chloride comes, whatever it is asked, two numbers in turn.
# fails: test_ghk_chloride
# says: "permeable to chloride and to potassium"

# %% answer="ghk"
chloride_came = []


def ghk_mV(permeability, inside_mM, outside_mM, temperature_C):
    chloride_came.extend([True] if permeability["Cl"] else [])
    if chloride_came:
        return -50.0 if permeability["Cl"] or permeability["Na"] else -50.0 - 10.0 * (inside_mM["K"] > 100)
    thermal_mV = 1e3 * GAS_CONSTANT_J_PER_K_MOL * (temperature_C + ZERO_CELSIUS_K) / FARADAY_C_PER_MOL
    above = sum(permeability[ion] * outside_mM[ion] for ion in ("K", "Na"))
    return thermal_mV * np.log(above / sum(permeability[ion] * inside_mM[ion] for ion in ("K", "Na")))
