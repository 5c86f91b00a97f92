# Subtracts the inhibition, which is negative already.
# fails: test_input_moments
# says: "J_i_mV is negative already"

# %% answer="input_moments"
def input_moments(rate_e_Hz, rate_i_Hz, J_e_mV, J_i_mV, cell):
    tau_s = 1e-3 * cell["tau_m"]
    mean_mV = cell["E_L"] + tau_s * (J_e_mV * rate_e_Hz - J_i_mV * rate_i_Hz)
    return mean_mV, np.sqrt(tau_s * (J_e_mV**2 * rate_e_Hz + J_i_mV**2 * rate_i_Hz))
