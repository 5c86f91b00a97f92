# Takes the concentrations of the squid, not those of the arguments.
# fails: test_ghk, test_ghk_chloride
# says: "squid"

# %% answer="ghk"
def ghk_mV(permeability, inside_mM, outside_mM, temperature_C):
    thermal_mV = 1e3 * GAS_CONSTANT_J_PER_K_MOL * (temperature_C + 273.15) / FARADAY_C_PER_MOL
    above, below = 0.0, 0.0
    for ion in ("K", "Na", "Cl"):
        out, into = SQUID_OUTSIDE_MM[ion], SQUID_INSIDE_MM[ion]
        above += permeability[ion] * (into if ion == "Cl" else out)
        below += permeability[ion] * (out if ion == "Cl" else into)
    return thermal_mV * np.log(above / below)
