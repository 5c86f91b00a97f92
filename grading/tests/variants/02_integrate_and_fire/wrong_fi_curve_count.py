# Divides the spike count by the duration instead of using the intervals.
# fails: test_fi_curve
# says: "spike count divided by duration"

# %% answer="fi_curve"
def fi_curve(currents_pA, dt_ms, duration_ms, cell):
    n_steps = round(duration_ms / dt_ms)
    rates = []
    for I_pA in currents_pA:
        spikes = simulate(np.full(n_steps, I_pA), dt_ms, cell)[1]
        rates.append(1e3 * len(spikes) / duration_ms)
    return np.array(rates)
