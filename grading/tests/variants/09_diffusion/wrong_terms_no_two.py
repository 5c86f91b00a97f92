# Forgets the factor 2 in front of the sum.
# fails: test_terms_needed
# says: "too small"

# %% answer="terms_needed"
def terms_needed(t_us, d_nm, D, error):
    terms = 0
    while np.exp(-((terms + 1) ** 2) * np.pi**2 * D * t_us / d_nm**2) > error:
        terms += 1
    return terms
