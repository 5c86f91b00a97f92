# Treats basal dendrites as apical ones.
# fails: test_densities
# says: "basal ones have their own"

# %% answer="densities"
def densities(kind, distance_um, farthest_um):
    if kind == "soma":
        channels = {"g_pas": 3.38e-5, "Ih": 2e-4, "NaTa_t": 2.04, "SKv3_1": 0.693, "SK_E2": 0.0441, "Ca_LVAst": 3.43e-3}
        return dict(channels, Ca_HVA=9.92e-4, Nap_Et2=1.72e-3, K_Tst=0.0812, K_Pst=2.23e-3)
    x = distance_um / farthest_um
    hot = HOT_ZONE[0] <= x <= HOT_ZONE[1]
    return {
        "g_pas": 5.89e-5,
        "Ih": 2e-4 * (-0.8696 + 2.087 * np.exp(3.6161 * x)),
        "NaTa_t": 0.0213,
        "SKv3_1": 2.61e-4,
        "SK_E2": 1.2e-3,
        "Ca_LVAst": 0.0187 if hot else 0.000187,
        "Ca_HVA": 5.55e-4 if hot else 5.55e-5,
        "Im": 6.75e-5,
    }
