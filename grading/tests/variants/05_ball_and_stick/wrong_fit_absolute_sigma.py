# Takes the noise for 1 mV.
# fails: test_fit_charging_intervals
# says: "leave out absolute_sigma"

# %% answer="fit_charging"
def fit_charging(model, t_ms, V_mV, I_nA):
    curve, start, bounds = [MODELS[model][key] for key in ("curve", "start", "bounds")]

    def potential(t, *parameters):
        return I_nA * curve(t, *parameters)

    estimates, covariance = curve_fit(
        potential, t_ms, V_mV, p0=start, bounds=bounds, sigma=np.ones(len(t_ms)), absolute_sigma=True
    )
    return estimates, ndtri(0.975) * np.sqrt(np.diag(covariance)), V_mV - potential(t_ms, *estimates)
