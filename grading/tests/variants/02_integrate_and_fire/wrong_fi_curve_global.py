# Uses the parameters of the notebook instead of the argument.
# fails: test_fi_curve
# says: "uses CELL"

# %% answer="fi_curve"
def fi_curve(currents_pA, dt_ms, duration_ms, cell):
    n_steps = round(duration_ms / dt_ms)
    rates = []
    for I_pA in currents_pA:
        spikes = simulate(np.full(n_steps, I_pA), dt_ms, CELL)[1]
        rates.append(firing_rate(spikes))
    return np.array(rates)
