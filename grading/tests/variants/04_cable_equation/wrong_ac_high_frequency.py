# The high-frequency approximation, wrong at low frequencies.
# fails: test_ac_length_constant
# says: "paper's dendrite"

# %% answer="ac_length_constant"
def ac_length_constant(f_Hz, lambda_um, tau_ms):
    with np.errstate(divide="ignore"):
        return lambda_um / np.sqrt(np.pi * 1e-3 * np.asarray(f_Hz) * tau_ms)
