# Returns tau before R_in.
# fails: test_fit_charging, test_fit_charging_intervals
# says: "the parameters come in the order"

# %% answer="fit_charging"
def fit_charging(model, t_ms, V_mV, I_nA):
    curve, start, bounds = [MODELS[model][key] for key in ("curve", "start", "bounds")]

    def potential(t, *parameters):
        return I_nA * curve(t, *parameters)

    estimates, covariance = curve_fit(potential, t_ms, V_mV, p0=start, bounds=bounds)
    return (
        np.append(estimates[1::-1], estimates[2:]),
        ndtri(0.975) * np.sqrt(np.diag(covariance)),
        V_mV - potential(t_ms, *estimates),
    )
