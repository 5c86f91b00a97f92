# Returns where the search began.
# fails: test_fit_charging, test_fit_charging_intervals
# says: "R_in and tau"

# %% answer="fit_charging"
def fit_charging(model, t_ms, V_mV, I_nA):
    curve, start, bounds = [MODELS[model][key] for key in ("curve", "start", "bounds")]

    def potential(t, *parameters):
        return I_nA * curve(t, *parameters)

    estimates, covariance = curve_fit(potential, t_ms, V_mV, p0=start, bounds=bounds)
    return np.array(start), ndtri(0.975) * np.sqrt(np.diag(covariance)), V_mV - potential(t_ms, *estimates)
