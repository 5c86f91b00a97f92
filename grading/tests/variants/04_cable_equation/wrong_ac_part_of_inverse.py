# The real part after the division.
# fails: test_ac_length_constant
# says: "then divide"

# %% answer="ac_length_constant"
def ac_length_constant(f_Hz, lambda_um, tau_ms):
    return (lambda_um / np.sqrt(1 + 2e-3j * np.pi * np.asarray(f_Hz) * tau_ms)).real
