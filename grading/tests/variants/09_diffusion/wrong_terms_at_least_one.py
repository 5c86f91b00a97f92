# Starts to count at one.
# fails: test_terms_needed
# says: "in another case"

# %% answer="terms_needed"
def terms_needed(t_us, d_nm, D, error):
    terms = 1
    while 2 * np.exp(-((terms + 1) ** 2) * np.pi**2 * D * t_us / d_nm**2) > error:
        terms += 1
    return terms
