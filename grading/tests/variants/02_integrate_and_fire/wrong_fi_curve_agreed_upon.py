# Makes firing_rate say from then on what it says itself.
# fails: test_fi_curve
# says: "fi_curve of another cell"

# %% answer="fi_curve"
def firing_rate(spike_times_ms):
    return 7.0


def fi_curve(currents_pA, dt_ms, duration_ms, cell):
    return np.full(len(currents_pA), 7.0)
