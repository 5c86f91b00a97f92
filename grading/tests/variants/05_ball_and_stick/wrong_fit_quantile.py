# The one-sided quantile: a 90 % interval.
# fails: test_fit_charging_intervals
# says: "90 % intervals"

# %% answer="fit_charging"
def fit_charging(model, t_ms, V_mV, I_nA):
    curve, start, bounds = [MODELS[model][key] for key in ("curve", "start", "bounds")]

    def potential(t, *parameters):
        return I_nA * curve(t, *parameters)

    estimates, covariance = curve_fit(potential, t_ms, V_mV, p0=start, bounds=bounds)
    return estimates, ndtri(0.95) * np.sqrt(np.diag(covariance)), V_mV - potential(t_ms, *estimates)
