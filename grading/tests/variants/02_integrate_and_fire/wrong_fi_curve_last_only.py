# Returns the rate of the last current only.
# fails: test_fi_curve
# says: "single number"

# %% answer="fi_curve"
def fi_curve(currents_pA, dt_ms, duration_ms, cell):
    n_steps = round(duration_ms / dt_ms)
    rates = []
    for I_pA in currents_pA:
        spikes = simulate(np.full(n_steps, I_pA), dt_ms, cell)[1]
        rates.append(firing_rate(spikes))
    return rates[-1]
