# Forgets the root.
# fails: test_fit_charging_intervals
# says: "take the root of the diagonal"

# %% answer="fit_charging"
def fit_charging(model, t_ms, V_mV, I_nA):
    curve, start, bounds = [MODELS[model][key] for key in ("curve", "start", "bounds")]

    def potential(t, *parameters):
        return I_nA * curve(t, *parameters)

    estimates, covariance = curve_fit(potential, t_ms, V_mV, p0=start, bounds=bounds)
    return estimates, np.diag(covariance), V_mV - potential(t_ms, *estimates)
