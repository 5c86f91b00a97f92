# The rate in an array of its own.
# passes: all

# %% answer="firing_rate"
def firing_rate(spike_times_ms):
    intervals_ms = np.diff(np.asarray(spike_times_ms, dtype=float)).reshape(1, -1)
    return 1e3 / intervals_ms.mean(axis=1) if intervals_ms.size else np.zeros(1)


# %% answer="fi_curve"
def fi_curve(currents_pA, dt_ms, duration_ms, cell):
    n_steps = round(duration_ms / dt_ms)
    return np.concatenate([firing_rate(simulate(np.full(n_steps, I_pA), dt_ms, cell)[1]) for I_pA in currents_pA])
