# Takes the duration in ms for the number of steps, so that slow neurons have no time for a second spike.
# fails: test_fi_curve
# says: "the simulation is too short"

# %% answer="fi_curve"
def fi_curve(currents_pA, dt_ms, duration_ms, cell):
    n_steps = int(duration_ms)
    rates = []
    for I_pA in currents_pA:
        spikes = simulate(np.full(n_steps, I_pA), dt_ms, cell)[1]
        rates.append(firing_rate(spikes))
    return np.array(rates)
