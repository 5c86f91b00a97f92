# One rate for all currents, and one for all spike trains: they agree with each other.
# fails: test_firing_rate, test_fi_curve
# says: "firing_rate of spikes"

# %% answer="firing_rate"
def firing_rate(spike_times_ms):
    return 7.0


# %% answer="fi_curve"
def fi_curve(currents_pA, dt_ms, duration_ms, cell):
    return np.full(len(currents_pA), 7.0)
