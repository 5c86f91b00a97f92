# The modulus of the root in place of its real part.
# fails: test_ac_length_constant
# says: "needs the real part of the exponent"

# %% answer="ac_length_constant"
def ac_length_constant(f_Hz, lambda_um, tau_ms):
    return lambda_um / np.abs(np.sqrt(1 + 2e-3j * np.pi * np.asarray(f_Hz) * tau_ms))
