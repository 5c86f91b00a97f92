# Benchmark B: NEURON with one mechanism, which each submission compiles.

# %% [markdown]
# # A slow potassium current

# %% tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np
from neuron import h

import checks
import mechanisms

mechanisms.load("mod")
h.load_file("stdrun.hoc")


# %% answer="cell"
def simulate(gbar, current_nA, duration_ms=300.0):
    """Time (ms) and membrane potential (mV) of a spiking soma with a dendrite and the slow current."""
    ### BEGIN SOLUTION
    soma, dendrite = h.Section(name="soma"), h.Section(name="dendrite")
    dendrite.connect(soma(1))
    soma.L = soma.diam = 20.0
    dendrite.L, dendrite.diam, dendrite.nseg = 400.0, 2.0, 21
    soma.insert("hh")
    dendrite.insert("pas")
    dendrite.g_pas, dendrite.e_pas = 5e-5, -65.0
    soma.insert("bench_slow_k")
    soma.gbar_bench_slow_k = gbar
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 50.0, 1e9, current_nA
    time, potential = h.Vector().record(h._ref_t), h.Vector().record(soma(0.5)._ref_v)
    h.dt = 0.025
    h.finitialize(-65.0)
    h.continuerun(duration_ms)
    return np.array(time), np.array(potential)
    ### END SOLUTION


# %% test="cell" points=2
# A record of the whole run, spikes included (2 points).
_time, _potential = simulate(0.0, 0.5)
checks.close(_time[-1], 300.0, atol=0.03, unit="ms", what="the last time")
checks.in_range(_potential, -100.0, 60.0, unit="mV", what="the potential")


# %% answer="count"
def count(potential_mV):
    """The number of upward crossings of 0 mV."""
    ### BEGIN SOLUTION
    above = np.asarray(potential_mV) > 0.0
    return int(np.sum(above[1:] & ~above[:-1]))
    ### END SOLUTION


# %% test="count" points=2
# Spikes are counted (2 points).
checks.equal(count([-65.0, 10.0, -60.0, 5.0, 8.0, -70.0]), 2, what="count(...)")
### BEGIN HIDDEN TESTS
checks.equal(count(np.sin(np.linspace(0.1, 20.0 * np.pi, 1000))), 9, what="the peaks of a sine")
### END HIDDEN TESTS

# %%
numbers = [count(simulate(gbar, 0.5)[1]) for gbar in np.linspace(0.0, 0.004, 5)]
fig, ax = plt.subplots(layout="constrained")
for gbar in (0.0, 0.002):
    ax.plot(*simulate(gbar, 0.5))
ax.set_xlabel("time (ms)")
ax.set_ylabel("membrane potential (mV)")
plt.show()


# %% answer="adapts"
def adapts(gbar):
    """Whether the slow current takes spikes away at 0.5 nA."""
    ### BEGIN SOLUTION
    return count(simulate(gbar, 0.5)[1]) < count(simulate(0.0, 0.5)[1])
    ### END SOLUTION


# %% test="adapts" points=1
# The current takes spikes away, where there is one (1 point).
checks.equal(adapts(0.004), True, what="adapts(0.004)")
### BEGIN HIDDEN TESTS
checks.equal(adapts(0.0), False, what="adapts(0.0)")
### END HIDDEN TESTS
