# Returns the fitted curve in place of the residuals.
# fails: test_fit_charging
# says: "subtract them from the recording"

# %% answer="fit_charging"
def fit_charging(model, t_ms, V_mV, I_nA):
    curve, start, bounds = [MODELS[model][key] for key in ("curve", "start", "bounds")]

    def potential(t, *parameters):
        return I_nA * curve(t, *parameters)

    estimates, covariance = curve_fit(potential, t_ms, V_mV, p0=start, bounds=bounds)
    return estimates, ndtri(0.975) * np.sqrt(np.diag(covariance)), potential(t_ms, *estimates)
