# Benchmark A: NumPy and SciPy.

# %% [markdown]
# # A leaky integrate-and-fire neuron

# %% tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np
from scipy.optimize import curve_fit

import checks

TAU_MS, THRESHOLD_MV, R_MOHM = 20.0, 15.0, 10.0  # the membrane, relative to rest


# %% answer="simulate"
def simulate(current_nA, duration_ms=500.0, dt_ms=0.01):
    """Spike times (ms) for a constant current, by steps of dt."""
    ### BEGIN SOLUTION
    v, spikes = 0.0, []
    for step in range(int(round(duration_ms / dt_ms))):
        v += dt_ms / TAU_MS * (R_MOHM * current_nA - v)
        if v >= THRESHOLD_MV:
            v = 0.0
            spikes.append((step + 1) * dt_ms)
    return np.array(spikes)
    ### END SOLUTION


# %% test="simulate" points=2
# Spikes come at the intervals that theory says (2 points). Euler's error in the interval is below one step per spike.
_interval = TAU_MS * np.log(20.0 / (20.0 - THRESHOLD_MV))
checks.close(np.diff(simulate(2.0))[0], _interval, atol=0.05, unit="ms", what="the interval at 2 nA")
### BEGIN HIDDEN TESTS
for _current in (1.8, 3.3, 4.1):
    _interval = TAU_MS * np.log(R_MOHM * _current / (R_MOHM * _current - THRESHOLD_MV))
    checks.close(
        np.diff(simulate(_current))[0], _interval, atol=0.05, unit="ms", what="the interval at another current"
    )
checks.equal(len(simulate(1.4)), 0, what="the number of spikes below threshold")
### END HIDDEN TESTS


# %% answer="rates"
def rates(currents_nA):
    """Firing rate (Hz) for each current: spikes in 500 ms."""
    ### BEGIN SOLUTION
    return np.array([2.0 * len(simulate(current)) for current in currents_nA])
    ### END SOLUTION


# %% test="rates" points=1
# The rate grows with the current (1 point).
checks.monotonic(rates([1.6, 2.0, 3.0]), "increasing", what="rates")

# %%
currents = np.linspace(1.2, 4.0, 30)
fig, ax = plt.subplots(layout="constrained")
ax.plot(currents, rates(currents), "o-")
ax.set_xlabel("current (nA)")
ax.set_ylabel("firing rate (Hz)")
plt.show()


# %% answer="fit"
def fit(time_ms, potential_mV):
    """Time constant (ms) of an exponential decay, by least squares."""
    ### BEGIN SOLUTION
    return curve_fit(lambda t, v, tau: v * np.exp(-t / tau), time_ms, potential_mV, p0=(potential_mV[0], 10.0))[0][1]
    ### END SOLUTION


# %% test="fit" points=2
# The time constant of a noiseless decay (2 points).
_time = np.linspace(0.0, 100.0, 200)
checks.close(fit(_time, 8.0 * np.exp(-_time / 17.0)), 17.0, rtol=1e-4, unit="ms", what="the fitted time constant")
### BEGIN HIDDEN TESTS
checks.close(fit(_time, 3.0 * np.exp(-_time / 31.0)), 31.0, rtol=1e-4, unit="ms", what="another time constant")
### END HIDDEN TESTS
