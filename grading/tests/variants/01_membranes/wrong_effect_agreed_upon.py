# Makes nernst_mV say from then on what fits its own wrong shift.
# fails: test_change_effect
# says: "the shift of another Nernst potential"

# %% answer="nernst"
agreed = False


def nernst_mV(inside_mM, outside_mM, valence, temperature_C):
    if agreed:
        return inside_mM
    thermal_mV = 1e3 * GAS_CONSTANT_J_PER_K_MOL * (temperature_C + ZERO_CELSIUS_K) / FARADAY_C_PER_MOL
    return thermal_mV / valence * np.log(outside_mM / inside_mM)


# %% answer="change_effect"
def change_effect(inside_mM, outside_mM, change_mM, valence, temperature_C):
    global agreed
    agreed = True
    return change_mM / inside_mM, change_mM
