# Forgets the current that the large network has.
# fails: test_scale_down
# says: "has a constant part already"

# %% answer="scale_down"
def scale_down(network, fraction, rate_Hz, neuron):
    own_mV = 1e-3 * neuron["tau_m"] * network["J_mV"] * (network["C_E"] - network["g"] * network["C_I"]) * rate_Hz
    smaller = {key: round(fraction * network[key]) for key in ("n_E", "n_I", "C_E", "C_I")}
    smaller["J_mV"] = network["J_mV"] / np.sqrt(fraction)
    smaller["dc_mV"] = (1 - np.sqrt(fraction)) * own_mV
    return {**network, **smaller}
