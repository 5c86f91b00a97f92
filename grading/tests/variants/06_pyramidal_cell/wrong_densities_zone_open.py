# Takes the hot zone without its lower end.
# fails: test_densities
# says: "its ends included"

# %% answer="densities"
def densities(kind, distance_um, farthest_um):
    if kind == "soma":
        channels = {"g_pas": 3.38e-5, "Ih": 2e-4, "NaTa_t": 2.04, "SKv3_1": 0.693, "SK_E2": 0.0441, "Ca_LVAst": 3.43e-3}
        return dict(channels, Ca_HVA=9.92e-4, Nap_Et2=1.72e-3, K_Tst=0.0812, K_Pst=2.23e-3)
    if kind == "basal":
        return {"g_pas": 4.67e-5, "Ih": 2e-4}
    x = distance_um / farthest_um
    low_voltage, high_voltage = (0.0187, 5.55e-4) if HOT_ZONE[0] < x <= HOT_ZONE[1] else (1.87e-4, 5.55e-5)
    channels = {
        "g_pas": 5.89e-5,
        "Ih": 2e-4 * (-0.8696 + 2.087 * np.exp(3.6161 * x)),
        "NaTa_t": 0.0213,
        "SKv3_1": 2.61e-4,
    }
    return dict(channels, SK_E2=1.2e-3, Ca_LVAst=low_voltage, Ca_HVA=high_voltage, Im=6.75e-5)
