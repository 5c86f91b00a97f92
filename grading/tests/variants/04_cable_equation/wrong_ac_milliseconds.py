# Hz times ms without the factor 1e-3.
# fails: test_ac_length_constant
# says: "a factor 1e-3 is missing"

# %% answer="ac_length_constant"
def ac_length_constant(f_Hz, lambda_um, tau_ms):
    return lambda_um / np.sqrt(1 + 2j * np.pi * np.asarray(f_Hz) * tau_ms).real
