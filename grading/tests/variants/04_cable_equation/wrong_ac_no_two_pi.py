# The frequency for the angular frequency.
# fails: test_ac_length_constant
# says: "the 2π is missing"

# %% answer="ac_length_constant"
def ac_length_constant(f_Hz, lambda_um, tau_ms):
    return lambda_um / np.sqrt(1 + 1e-3j * np.asarray(f_Hz) * tau_ms).real
