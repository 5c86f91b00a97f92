# m is not squared in the exponent.
# fails: test_terms_needed
# says: "too large"

# %% answer="terms_needed"
def terms_needed(t_us, d_nm, D, error):
    terms = 0
    while 2 * np.exp(-(terms + 1) * np.pi**2 * D * t_us / d_nm**2) > error:
        terms += 1
    return terms
