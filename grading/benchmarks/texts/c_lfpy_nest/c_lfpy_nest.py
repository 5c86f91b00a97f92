# Benchmark C: LFPy and NEST.

# %% [markdown]
# # Potentials outside a cell, and a network

# %% tags=["setup"]
import LFPy
import matplotlib.pyplot as plt
import nest
import numpy as np
from neuron import h

import checks


# %% answer="potential"
def potential(depths_um, duration_ms=80.0):
    """Extracellular potentials (mV) at depths beside a dendrite with a synapse at its top, one row for each depth."""
    ### BEGIN SOLUTION
    soma, dendrite = h.Section(name="soma"), h.Section(name="dend")
    for section, (low, high, diameter) in ((soma, (-10.0, 10.0, 20.0)), (dendrite, (10.0, 610.0, 2.0))):
        section.pt3dadd(0.0, 0.0, low, diameter)
        section.pt3dadd(0.0, 0.0, high, diameter)
    dendrite.connect(soma(1))
    sections = h.SectionList()
    sections.wholetree(sec=soma)
    cell = LFPy.Cell(
        morphology=sections, passive=True, v_init=-70.0, passive_parameters={"g_pas": 5e-5, "e_pas": -70.0},
        nsegs_method="fixed_length", max_nsegs_length=10.0, dt=0.025, tstop=duration_ms, delete_sections=False,
    )  # fmt: skip
    index = cell.get_closest_idx(z=600.0)
    synapse = LFPy.Synapse(cell, idx=index, syntype="ExpSyn", weight=0.01, tau=2.0, e=0.0)
    synapse.set_spike_times(np.array([20.0]))
    places = np.asarray(depths_um, dtype=float)
    electrode = LFPy.RecExtElectrode(cell, sigma=0.3, x=np.full(len(places), 30.0), y=np.zeros(len(places)), z=places)
    cell.simulate(probes=[electrode])
    cell.strip_hoc_objects()
    return np.array(electrode.data)
    ### END SOLUTION


# %% test="potential" points=2
# A sink at the synapse, a source at the soma (2 points).
_data = potential([0.0, 600.0])
checks.equal(len(_data), 2, what="the number of rows")
checks.in_range(np.min(_data[1]), -1.0, -1e-6, unit="mV", what="the trough at the synapse")
### BEGIN HIDDEN TESTS
checks.in_range(np.max(potential([20.0, 580.0])[0]), 1e-6, 1.0, unit="mV", what="the peak at the soma")
### END HIDDEN TESTS


# %% answer="network"
def network(seed, weight_pA=20.0, duration_ms=300.0):
    """The number of spikes of 200 neurons that Poisson trains drive and that excite each other."""
    ### BEGIN SOLUTION
    nest.ResetKernel()
    nest.rng_seed = seed
    neurons = nest.Create("iaf_psc_alpha", 200)
    source = nest.Create("poisson_generator", params={"rate": 20000.0})
    recorder = nest.Create("spike_recorder")
    nest.Connect(source, neurons, syn_spec={"weight": 40.0})
    nest.Connect(neurons, neurons, {"rule": "fixed_indegree", "indegree": 20}, {"weight": weight_pA, "delay": 1.5})
    nest.Connect(neurons, recorder)
    nest.Simulate(duration_ms)
    return int(recorder.n_events)
    ### END SOLUTION


# %% test="network" points=2
# The same seed gives the same spikes, another one others; more weight gives more (2 points).
checks.equal(network(3), network(3), what="network(3), twice")
### BEGIN HIDDEN TESTS
checks.in_range(network(5, 60.0) - network(5, 0.0), 1, 10**7, what="what more weight adds")
### END HIDDEN TESTS

# %%
depths = np.arange(-100.0, 701.0, 50.0)
fig, ax = plt.subplots(layout="constrained")
ax.plot(np.arange(len(potential(depths)[0])) * 0.025, potential(depths).T)
ax.set_xlabel("time (ms)")
ax.set_ylabel("extracellular potential (mV)")
plt.show()
