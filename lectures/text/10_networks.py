# %% [markdown]
# # Networks with NEST
#
# A cubic millimetre of cortex holds some hundred thousand neurons, and each gets thousands of inputs from the others. Nobody can follow them on paper one by one, and no computer can follow them with all their dendrites and channels for long. So one leaves out what one dares to leave out: a neuron becomes a point, a spike an event, a synapse a number. What is left is the **network**, and it turns out to do things that none of its neurons does.
#
# **What you will do**
#
# - build populations, connect them by rules, and count what the rules have made
# - lay neurons out on a sheet, and connect them by distance
# - see what a seed and the number of threads do to a result
# - compute Brunel's phase diagram of a random network from theory, with a slider to walk through it, and simulate four points of it
#
# **What you will learn**
#
# - What can NEST do that NEURON cannot, and what the other way round?
# - What do two connection rules with the same mean differ in?
# - When are two simulations the same?
# - Why can a network of neurons that all excite and inhibit each other at random be calm?
# - How can one know from theory whether a network will oscillate, and how fast?
#
# **What you will need**
#
# - the integrate-and-fire neuron, as in lecture 03; NumPy arrays and random numbers, as in lecture 01
# - for section 6: the rate of a noisy neuron, as in exercise 02; complex numbers
#
# **Time**: 75 minutes. The whole page runs in about half a minute. It needs NEST: if `import nest` fails, choose the kernel EBRAINS-25.02.

# %% tags=["setup"]
import os
import time

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # NEST reads it: a thread that waits for another one sleeps

import matplotlib.pyplot as plt
import nest
import numpy as np
from scipy.optimize import brentq
from scipy.special import erfcx

plt.style.use("course.mplstyle")

# %% [markdown]
# ## 1. NEST beside NEURON
#
# | what you study | what matters | simulators made for it |
# |---|---|---|
# | a channel, a synapse | molecules and their states | STEPS, MCell; NEURON's `rxd` |
# | a cell, a small circuit | shape, channels, where a synapse sits | NEURON, Arbor, GENESIS; LFPy on top of NEURON |
# | a local network to a brain area | who is connected to whom, delays, statistics | **NEST**, Brian 2, GeNN |
# | whole brains | mean activity of areas | The Virtual Brain |
#
# NEURON solves a differential equation for each piece of each dendrite. NEST (Gewaltig and Diesmann 2007, [doi:10.4249/scholarpedia.1430](https://doi.org/10.4249/scholarpedia.1430)) knows neurons of one or a few compartments, whose equations it solves exactly from step to step where that is possible (lecture 03), and spends its effort on delivering billions of spikes through billions of synapses. NEURON can run networks, too, and NEST has a few neurons with dendrites; but each is at its best where the other is not. In this table a model moves *down* when you trust that the details above do not matter to your question. That is a hypothesis, not a convenience.
#
# NEST's words: a **node** is a neuron or a device. A device **stimulates** (generators) or **records** (recorders, voltmeters). A **connection** has a weight and a delay; through it nodes send events. All of them live in the simulator's **kernel**, which has one clock and one time step, the *resolution*.


# %%
def fresh(seed=1, threads=1):
    """Empty NEST: no nodes, time zero, this seed and number of threads, no messages but errors."""
    nest.ResetKernel()
    if hasattr(nest, "VerbosityLevel"):  # NEST 3.10
        nest.verbosity = nest.VerbosityLevel.ERROR
    else:
        nest.set_verbosity("M_ERROR")
    nest.local_num_threads = threads
    nest.rng_seed = seed


# %% [markdown]
# `nest.ResetKernel()` is what makes a notebook cell repeatable: without it, neurons of the last run are still there, and time goes on.
#
# ## 2. Neurons and devices
#
# `nest.Create(model, n)` makes n nodes and returns them as one thing that can be indexed, sliced and asked. Parameters can be numbers, lists, or random: then each neuron draws its own.

# %%
fresh(seed=3)
neurons = nest.Create("iaf_psc_exp", 5)
neurons.V_m = nest.random.uniform(min=-70.0, max=-56.0)  # mV
neurons.I_e = [360.0, 380.0, 400.0, 450.0, 500.0]  # pA
voltmeter = nest.Create("voltmeter", params={"interval": 0.1})  # ms
recorder = nest.Create("spike_recorder")
nest.Connect(voltmeter, neurons)  # a voltmeter asks: from the device to the neuron
nest.Connect(neurons, recorder)  # spikes are sent: from the neuron to the device
nest.Simulate(100.0)
print(neurons)
print("V at the end (mV):", np.round(neurons.get("V_m"), 1))

# %% [markdown]
# **Predict.** The rheobase is 375 pA. Which of the five traces spike within 100 ms, and which one first? (Note where each of them starts.)

# %% [markdown] tags=["scratch"]
# My guess:

# %%
events, spikes = voltmeter.get("events"), recorder.get("events")
fig, ax = plt.subplots(layout="constrained")
for row, (number, current) in enumerate(zip(neurons.tolist(), neurons.get("I_e"))):
    mine = events["senders"] == number
    ax.plot(events["times"][mine], events["V_m"][mine] + 25 * row, color="C0", lw=1)
    when = spikes["times"][spikes["senders"] == number]
    ax.plot(when, np.full(len(when), -52 + 25 * row), "|", color="C0", ms=8)
    ax.text(101, -70 + 25 * row, f"{current:.0f} pA", va="bottom")
ax.set(xlabel="time (ms)", ylabel="membrane potential (mV),\neach trace 25 mV above the last", xlim=(0, 118))
plt.show()

# %% tags=["guard"]
assert len(neurons) == 5 and nest.network_size == 7
_counts = [np.sum(spikes["senders"] == n) for n in neurons.tolist()]
assert _counts[0] == 0 and min(_counts[1:]) >= 1 and _counts[4] == max(_counts), _counts
_start = [events["V_m"][events["senders"] == n][0] for n in neurons.tolist()]
assert np.ptp(_start) > 2

# %% [markdown]
# ## 3. Rules, not wires
#
# Nobody types in 15 million connections. `nest.Connect(sources, targets, rule)` makes them:
#
# | rule | what it makes | what it fixes |
# |---|---|---|
# | `all_to_all`, `one_to_one` | each with each; the first with the first, ... | everything |
# | `fixed_indegree` | each target draws K sources | inputs of each neuron |
# | `fixed_outdegree` | each source draws K targets | outputs of each neuron |
# | `fixed_total_number` | N connections, drawn anywhere | their number |
# | `pairwise_bernoulli` | each possible connection with probability p | nothing but the mean |
#
# **Predict.** 200 neurons are connected with K = 20, or with p = 0.1, which is 20 on average. How far apart are the neurons with the most and the fewest inputs?

# %% [markdown] tags=["scratch"]
# My guess:


# %%
def degrees(rule, n=200, seed=1):
    """Numbers of inputs and of outputs of n neurons that are connected among themselves by a rule."""
    fresh(seed)
    neurons = nest.Create("iaf_psc_delta", n)
    nest.Connect(neurons, neurons, rule, {"weight": 0.1, "delay": 1.5})  # mV, ms
    ends = nest.GetConnections().get(["source", "target"])
    return [np.bincount(np.array(ends[end]) - 1, minlength=n) for end in ("target", "source")]


rules = {
    "fixed_indegree": {"rule": "fixed_indegree", "indegree": 20},
    "fixed_outdegree": {"rule": "fixed_outdegree", "outdegree": 20},
    "pairwise_bernoulli": {"rule": "pairwise_bernoulli", "p": 0.1},
}
fig, axes = plt.subplots(1, 3, layout="constrained", figsize=(9, 3), sharex=True, sharey=True)
found = {}
for ax, (name, rule) in zip(axes, rules.items()):
    found[name] = inputs, outputs = degrees(rule)
    ax.hist(inputs, bins=np.arange(0.5, 41), color="C4", alpha=0.7, label="inputs")
    ax.hist(outputs, bins=np.arange(0.5, 41), histtype="step", color="C7", label="outputs")
    ax.set(title=name, xlabel="number of connections")
    print(f"{name}: {inputs.sum()} connections, {inputs.min()} to {inputs.max()} inputs a neuron")
axes[0].set(ylabel="neurons", ylim=(0, 60))
axes[0].legend()
plt.show()

# %% [markdown]
# The same mean, and yet another network. Where nothing but p is fixed, some neurons have twice as many inputs as others and fire far more. (The bars at 20 go up to 200, out of the picture.) "Randomly connected, 10 %" in a paper leaves the choice open; the name of the rule does not. By default, NEST allows a neuron to be its own target (`allow_autapses`) and to be drawn twice (`allow_multapses`).
#
# A **weight** is in mV for `iaf_psc_delta` and in pA for `iaf_psc_exp` and `iaf_psc_alpha`: exercise 11 has the conversion. A **delay** is in ms and at least one time step long.

# %% tags=["guard"]
assert np.all(found["fixed_indegree"][0] == 20) and np.all(found["fixed_outdegree"][1] == 20)
for _name, _side in (
    ("fixed_indegree", 1),
    ("fixed_outdegree", 0),
    ("pairwise_bernoulli", 0),
    ("pairwise_bernoulli", 1),
):
    _d = found[_name][_side]
    # Binomial with mean 20 and variance 18: over 200 neurons the mean is exact to 0.3, the variance to 10 %.
    assert abs(_d.mean() - 20) < 1.2 and 18 * 0.6 < _d.var() < 18 * 1.5, (_name, _d.mean(), _d.var())
_b = found["pairwise_bernoulli"][0]
assert _b.max() > 1.8 * _b.min() and found["fixed_indegree"][0].sum() == 4000, (_b.min(), _b.max())

# %% [markdown]
# ## 4. Neurons in space
#
# Nodes can have positions: on a grid, `nest.spatial.grid`, or free, `nest.spatial.free`. Then a rule may depend on distance, and a **mask** cuts out the region in which targets are looked for at all: a circle, a rectangle, a ring. A mask is not a probability: it says *where*, the probability says *how many*. With `edge_wrap=True` the sheet is a torus, without edges.
#
# Move the sliders: the radius of the mask, and the width of a Gaussian profile of probability within it. Blue: the targets of one neuron, marked by a cross.


# %%
def sheet(radius=0.4, width=0.3, edge_wrap=True, n_side=30, seed=1):
    """A sheet of 1 mm by 1 mm, connected by distance; returns positions, the source's index, and indices of its targets."""
    fresh(seed)
    layout = nest.spatial.grid([n_side, n_side], extent=[1.0, 1.0], edge_wrap=edge_wrap)
    neurons = nest.Create("iaf_psc_delta", positions=layout)
    source = neurons[n_side * n_side // 5]
    probability = nest.spatial_distributions.gaussian(nest.spatial.distance, std=width)
    mask = {"circular": {"radius": radius}}
    nest.Connect(
        source, neurons, {"rule": "pairwise_bernoulli", "p": probability, "mask": mask, "allow_autapses": False}
    )
    targets = np.atleast_1d(nest.GetConnections(source).get("target")) - 1
    return np.array(nest.GetPosition(neurons)), n_side * n_side // 5, targets.astype(int)


def explore_sheet(radius=0.4, width=0.3, edge_wrap=True):
    """Draw the targets of one neuron on a sheet; radius and width in mm."""
    positions, source, targets = sheet(radius, width, edge_wrap)
    fig, ax = plt.subplots(layout="constrained", figsize=(4.2, 4.2))
    ax.plot(*positions.T, ".", color="C7", ms=2)
    ax.plot(*positions[targets].T, "o", color="C0", ms=4)
    ax.plot(*positions[source], "x", color="C3", ms=10, mew=3)
    ax.set(xlabel="x (mm)", ylabel="y (mm)", aspect="equal", title=f"{len(targets)} targets")
    plt.show()


explore_sheet()

# %% [markdown]
# How many targets should there be? The density of neurons times the integral of the probability over the mask, $2\pi w^2\left(1-e^{-r^2/2w^2}\right)$ for the width $w$ and the radius $r$.

# %%
for radius, width in ((0.4, 0.3), (0.4, 0.1), (0.2, 10.0)):
    expected = 900 * 2 * np.pi * width**2 * -np.expm1(-(radius**2) / (2 * width**2))
    counts = [len(sheet(radius, width, seed=seed)[2]) for seed in range(1, 6)]
    print(
        f"radius {radius} mm, width {width:4.1f} mm: {expected:.0f} targets expected, {np.mean(counts):.0f} in five seeds"
    )

# %% tags=["guard"]
for _radius, _width in ((0.4, 0.3), (0.4, 0.1), (0.2, 10.0)):
    _expected = 900 * 2 * np.pi * _width**2 * -np.expm1(-(_radius**2) / (2 * _width**2))
    _counts = [len(sheet(_radius, _width, seed=_seed)[2]) for _seed in range(1, 6)]
    # At most Poisson: five standard errors, and the circle on the grid of 1/30 mm.
    assert abs(np.mean(_counts) - _expected) < 5 * np.sqrt(_expected / 5) + 0.05 * _expected, (_counts, _expected)
_xy, _source, _targets = sheet(0.4, 0.3)
_gap = np.abs(_xy[_targets] - _xy[_source])
_gap = np.minimum(_gap, 1 - _gap)
assert np.hypot(*_gap.T).max() <= 0.4 + 1e-9 and _source not in _targets
_cut = len(sheet(0.4, 0.3, edge_wrap=False)[2])
assert _cut < len(_targets), "without wrapping, a neuron near the edge has fewer targets"

# %% [markdown]
# Without `edge_wrap`, neurons near the edge have fewer targets and fewer inputs: an effect of the edge that has nothing to do with the brain. Set it to `False` in the cell below and look.

# %% tags=["scratch"]
explore_sheet(radius=0.4, width=0.3, edge_wrap=False)

# %% [markdown]
# ## 5. Seeds and threads
#
# NEST's random numbers come from generators that all descend from one seed, `nest.rng_seed`. There is one generator for each **virtual process**, that is, for each thread. So a result belongs to a seed *and* a number of threads.
#
# **Predict.** The same network runs three times: with the same seed; with another seed; with the same seed and two threads in place of one. Which of them give the same spikes? Which the same rate?

# %% [markdown] tags=["scratch"]
# My guess:


# %%
def noisy_population(seed, threads, n=100, duration_ms=300.0):
    """Sorted (time, sender) of the spikes of n neurons with Poisson input."""
    fresh(seed, threads)
    neurons = nest.Create("iaf_psc_delta", n)
    recorder = nest.Create("spike_recorder")
    generator = nest.Create("poisson_generator", params={"rate": 8000.0})
    nest.Connect(generator, neurons, syn_spec={"weight": 0.2, "delay": 1.0})
    nest.Connect(neurons, recorder)
    nest.Simulate(duration_ms)
    events = recorder.get("events")
    return sorted(zip(np.round(events["times"], 4).tolist(), events["senders"].tolist()))


runs = {(seed, threads): noisy_population(seed, threads) for seed, threads in ((1, 1), (2, 1), (1, 2))}
again = noisy_population(1, 1)
for (seed, threads), spikes in runs.items():
    same = "the same spikes as" if spikes == again else "other spikes than"
    print(f"seed {seed}, {threads} thread(s): {len(spikes) / 100 / 0.3:.1f} Hz, {same} seed 1 with 1 thread")

# %% [markdown]
# Same seed and same number of threads: the same to the last spike. Anything else: another sample from the same distribution. So a paper that wants to be repeated names the seed, the number of threads (and of MPI processes) and the version of NEST; and a result that holds for one seed only is not a result. Threads make large networks faster (`nest.local_num_threads = 4` on four cores); small ones they make slower.

# %% tags=["guard"]
assert runs[1, 1] == again and runs[2, 1] != again and runs[1, 2] != again
assert runs[1, 2] == noisy_population(1, 2)
_rates = [len(_s) / 30 for _s in runs.values()]
assert np.ptp(_rates) < 0.2 * np.mean(_rates), _rates  # some 600 spikes each: 4 %

# %% [markdown]
# ## 6. Brunel's network, in theory
#
# Take $N_E$ excitatory and $N_E/4$ inhibitory neurons. Each gets $C_E$ excitatory inputs (jumps $J$), $C_E/4$ inhibitory ones (jumps $-gJ$), drawn at random, and $C_E$ from outside, which are Poisson. Nothing else. Brunel (2000, [doi:10.1023/A:1008925309027](https://doi.org/10.1023/A:1008925309027)) asked what such a network does, as a function of two numbers: the relative strength of **inhibition** $g$, and the drive from **outside** $\eta$, in units of the rate that would bring a neuron to its threshold without help.

# %%
NEURON = {"tau": 20.0, "theta": 20.0, "reset": 10.0, "refractory": 2.0}  # ms, mV above rest, mV, ms: Brunel's model A
DELAY = 1.5  # ms
BRUNEL = {"C": 1000, "J": 0.1}  # excitatory inputs of a neuron, and their jumps (mV), as published: 12500 neurons
SMALL = {"C": 400, "J": 0.25}  # C J is the same; 1250 neurons are enough, and we can afford them
STATES = {"A": (3.0, 2.0), "B": (6.0, 4.0), "C": (5.0, 2.0), "D": (4.5, 0.9)}  # g and eta of Brunel's figure 8


# %% [markdown]
# A neuron of the network sees a mean $\mu$ and a noise $\sigma$, both of which depend on the rate $\nu$ with which all of them fire:
#
# $$ \mu = C_E J\tau\left(\nu_\mathrm{ext} + \nu\,(1-g/4)\right), \qquad \sigma^2 = C_E J^2\tau\left(\nu_\mathrm{ext} + \nu\,(1+g^2/4)\right), \qquad \nu_\mathrm{ext} = \eta\,\frac{\theta}{C_E J \tau}. \tag{1} $$
#
# And Siegert's formula gives the rate for such a $\mu$ and $\sigma$. In a stationary state the rate that goes in is the rate that comes out: **self-consistency**, $\nu = \phi(\mu(\nu), \sigma(\nu))$.


# %%
def moments(nu, g, eta, C, J):
    """Mean and strength of the noise (mV) in a network that fires with nu (1/ms). Equation (1)."""
    outside = eta * NEURON["theta"] / (C * J * NEURON["tau"])
    mean = C * J * NEURON["tau"] * (outside + nu * (1 - g / 4))
    return mean, np.sqrt(C * J**2 * NEURON["tau"] * (outside + nu * (1 + g**2 / 4)))


NODES, WEIGHTS = np.polynomial.legendre.leggauss(80)


def siegert(mean, sigma):
    """Rate (1/ms) of a neuron with white noise (Siegert 1951; Brunel 2000, equation 21); arrays will do."""
    low, high = (NEURON["reset"] - mean) / sigma, (NEURON["theta"] - mean) / sigma
    u = np.multiply.outer(NODES, (high - low) / 2) + (high + low) / 2
    integral = (high - low) / 2 * np.tensordot(WEIGHTS, erfcx(-np.minimum(u, 25)), 1)
    return 1 / (NEURON["refractory"] + NEURON["tau"] * np.sqrt(np.pi) * integral)


RATES = np.append(0, np.geomspace(1e-5, 0.49, 150))  # 1/ms, up to the refractory limit


def stationary_rate(g, eta, C, J):
    """The highest self-consistent rate (1/ms)."""
    surplus = siegert(*moments(RATES, g, eta, C, J)) - RATES
    last = np.flatnonzero((surplus[:-1] > 0) & (surplus[1:] <= 0))
    if len(last) == 0:
        return 0.0
    return brentq(lambda nu: siegert(*moments(nu, g, eta, C, J)) - nu, RATES[last[-1]], RATES[last[-1] + 1], xtol=1e-12)


for name, (g, eta) in STATES.items():
    ours, small = (1e3 * stationary_rate(g, eta, **network) for network in (BRUNEL, SMALL))
    print(f"{name}: g = {g}, eta = {eta}: {ours:6.2f} Hz, in the small network {small:6.2f} Hz")

# %% [markdown]
# Brunel's table 1 has 55.8 Hz for B, 38.0 Hz for C and 6.5 Hz for D. In A excitation wins, and only the refractory period stops the neurons.
#
# **Predict.** In state C each neuron is driven from outside with twice what it needs to fire. Why does it not fire at the highest rate?

# %% [markdown] tags=["scratch"]
# My guess:

# %% [markdown]
# Because for $g>4$ inhibition wins: $1-g/4$ is negative, so the more the network fires, the lower is $\mu$. The network settles where $\mu$ lies near the threshold and the *noise* makes the spikes. Nobody has tuned it: it balances itself.
#
# ### Will it stay there?
#
# A stationary state may be unstable. Let the rate wobble a little with a frequency $f$, $\nu(t) = \nu_0 + \nu_1 e^{2\pi i f t}$. After the delay $D$ it arrives as a wobble of $\mu$ and $\sigma^2$, and the neurons answer with a wobble of their own. The factor from one round to the next is the **loop gain** $G(f)$. If at some frequency it is real and larger than 1, the wobble comes back in phase and larger: the state gives way to an **oscillation** of that frequency.
#
# The answer of the neurons follows from the Fokker-Planck equation for the density $P$ of $V$ and its flux $\mathcal J$. With the wobble, and to first order in it,
#
# $$ \frac{\mathrm{d}P_1}{\mathrm{d}V} = \frac{2}{\sigma^2}\left[(\mu-V)P_1 - \tau\mathcal J_1 + \mu_1P_0 - \frac{\sigma_1^2}{2}P_0'\right], \qquad \frac{\mathrm{d}\mathcal J_1}{\mathrm{d}V} = -2\pi i f\,P_1. \tag{2} $$
#
# We integrate from the threshold, where $P_1=0$, downwards (Richardson 2007, [doi:10.1103/PhysRevE.76.021919](https://doi.org/10.1103/PhysRevE.76.021919)): once with flux 1 at the threshold, which comes in again at the reset, $t_\mathrm{ref}$ later, and once with the wobble alone. Far below no flux may be left, and this fixes how much of the first is needed.


# %%
def loop_gain(nu, g, eta, frequencies, C, J, step=0.1, lowest=-50.0):
    """G at each frequency (Hz), for arrays of nu (1/ms), g and eta: shape (len(nu), len(frequencies)). Equation (2)."""
    nu, g, eta = (np.asarray(a, dtype=float)[:, None] for a in (nu, g, eta))
    mean, sigma = moments(nu, g, eta, C, J)
    wobble_mean = C * J * NEURON["tau"] * (1 - g / 4)
    wobble_variance = C * J**2 * NEURON["tau"] * (1 + g**2 / 4)
    omega, leak = 2e-3j * np.pi * frequencies, 2 * NEURON["tau"] / sigma**2
    P0, J0 = np.zeros_like(nu), nu.copy()  # at rest
    P_out = np.zeros((len(nu), len(frequencies)), dtype=complex)  # one unit of flux leaves at the threshold
    J_out, P_in, J_in = P_out + 1, P_out.copy(), P_out.copy()
    for k in range(round((NEURON["theta"] - lowest) / step)):
        slope = 2 * (mean - (NEURON["theta"] - (k + 0.5) * step)) / sigma**2
        slope = np.where(np.abs(slope) < 1e-9, 1e-9, slope)
        keep = np.exp(-slope * step)
        add = (1 - keep) / slope
        P0_next = P0 * keep + leak * J0 * add
        drive = 2 / sigma**2 * (wobble_mean * (P0 + P0_next) / 2 - wobble_variance / 2 * (P0 - P0_next) / step)
        P_out_next = P_out * keep + leak * J_out * add
        P_in_next = P_in * keep + (leak * J_in - drive) * add
        J_out = J_out + omega * step * (P_out + P_out_next) / 2
        J_in = J_in + omega * step * (P_in + P_in_next) / 2
        P0, P_out, P_in = P0_next, P_out_next, P_in_next
        if k + 1 == round((NEURON["theta"] - NEURON["reset"]) / step):
            J0, J_out = 0 * J0, J_out - np.exp(-omega * NEURON["refractory"])
    return -J_in / J_out * np.exp(-omega * DELAY)


FREQUENCIES = np.geomspace(2, 400, 60)  # Hz


def oscillation(gain):
    """The largest real positive gain and its frequency (Hz) of one network; (0, 0) where there is none."""
    turns = np.flatnonzero((gain.imag[:-1] * gain.imag[1:] < 0) & (gain.real[:-1] > 0))
    if len(turns) == 0:
        return 0.0, 0.0
    part = gain.imag[turns] / (gain.imag[turns] - gain.imag[turns + 1])
    real = gain.real[turns] + part * (gain.real[turns + 1] - gain.real[turns])
    best = real.argmax()
    return real[best], (FREQUENCIES[turns] + part * (FREQUENCIES[turns + 1] - FREQUENCIES[turns]))[best]


for name in "BCD":
    g, eta = STATES[name]
    gain = loop_gain([stationary_rate(g, eta, **BRUNEL)], [g], [eta], FREQUENCIES, **BRUNEL)[0]
    largest, frequency = oscillation(gain)
    word = "oscillates" if largest > 1 else "is stable"
    print(f"{name}: the gain is real at {frequency:.0f} Hz, and {largest:.2f} there: the stationary state {word}")

# %% [markdown]
# Brunel's theory has oscillations of 190 Hz in B and 29 Hz in D, and none in C. A fast one and a slow one, neither of which any neuron fires at: in B the neurons fire with 56 Hz, in D with 6.5 Hz. The rhythm belongs to the network.

# %% tags=["guard"]
_rates = {_n: 1e3 * stationary_rate(*_p, **BRUNEL) for _n, _p in STATES.items()}
assert abs(_rates["B"] - 55.8) < 0.1 and abs(_rates["C"] - 38.0) < 0.1 and abs(_rates["D"] - 6.5) < 0.1, _rates
assert abs(_rates["A"] - 327) < 0.5 and abs(1e3 * stationary_rate(5.0, 2.0, **SMALL) - 42.74) < 0.02
for _mean, _sigma, _Hz in [(15, 5, 9.46080), (18, 3, 12.51153), (10, 5, 0.881923)]:
    assert abs(1e3 * siegert(float(_mean), float(_sigma)) - _Hz) < 1e-3
_found = {}
for _n in "BCD":
    _g, _eta = STATES[_n]
    _nu = stationary_rate(_g, _eta, **BRUNEL)
    _found[_n] = oscillation(loop_gain([_nu], [_g], [_eta], FREQUENCIES, **BRUNEL)[0])
    # At frequency zero the gain is the derivative of the formula.
    _slow = loop_gain([_nu], [_g], [_eta], np.array([1e-3]), **BRUNEL)[0, 0]
    _d = 1e-4 * _nu
    _slope = (siegert(*moments(_nu + _d, _g, _eta, **BRUNEL)) - siegert(*moments(_nu - _d, _g, _eta, **BRUNEL))) / (
        2 * _d
    )
    assert abs(_slow - _slope) < 0.02 * abs(_slope) + 0.01, (_n, _slow, _slope)
# Half the step.
_fine = oscillation(loop_gain([_nu], [_g], [_eta], FREQUENCIES, step=0.05, **BRUNEL)[0])
assert np.allclose(_found["D"], _fine, rtol=0.02), (_found["D"], _fine)
assert _found["B"][0] > 1.05 and abs(_found["B"][1] - 190) < 6, _found
assert _found["D"][0] > 1 and abs(_found["D"][1] - 29) < 2 and _found["C"][0] < 0.8, _found


# %% [markdown]
# Walk through it. Left: the rate that comes out against the rate that goes in; where the curve meets the diagonal, the network may stay. Right: the loop gain as the frequency grows; if the curve crosses the real axis right of 1 (the dot), the network oscillates.


# %%
def explore(g=5.0, eta=2.0, inputs=1000):
    """Self-consistency and loop gain of a network with C_E = inputs and C_E J = 100 mV."""
    network = {"C": inputs, "J": 100 / inputs}
    nu = stationary_rate(g, eta, **network)
    fig, (left, right) = plt.subplots(1, 2, layout="constrained", figsize=(9, 3.6))
    top = max(4 * nu, 0.02)
    trial = np.linspace(0, top, 200)
    left.plot(1e3 * trial, 1e3 * siegert(*moments(trial, g, eta, **network)), color="C5")
    left.plot([0, 1e3 * top], [0, 1e3 * top], "--", color="C7", lw=1)
    left.plot(1e3 * nu, 1e3 * nu, "o", color="C0")
    left.set(xlabel="rate in (Hz)", ylabel="rate out (Hz)", title=f"{1e3 * nu:.1f} Hz")
    if nu > 0:
        gain = loop_gain([nu], [g], [eta], FREQUENCIES, step=0.2, **network)[0]
        largest, frequency = oscillation(gain)
        right.plot(gain.real, gain.imag, color="C5")
        right.set_title(f"oscillates at {frequency:.0f} Hz" if largest > 1 else "no oscillation")
    right.axhline(0, color="C7", lw=0.8)
    right.plot(1, 0, "o", color="C0")
    right.set(xlabel="real part of the gain", ylabel="imaginary part")
    plt.show()


try:
    from ipywidgets import FloatSlider, IntSlider, interact

    interact(
        explore,
        g=FloatSlider(5.0, min=2.5, max=8, step=0.1, description="g", continuous_update=False),
        eta=FloatSlider(2.0, min=0.5, max=4, step=0.1, description="η", continuous_update=False),
        inputs=IntSlider(1000, min=100, max=4000, step=100, description="C_E", continuous_update=False),
    )
except ImportError:  # no sliders in this kernel: one picture, and you can call explore() with other values
    explore()

# %% tags=["scratch"]
explore(g=6.0, eta=4.0, inputs=1000)

# %% tags=["guard"]
for _arguments in ({"g": 2.5, "eta": 4.0, "inputs": 4000}, {"g": 8.0, "eta": 0.5, "inputs": 100}):
    explore(**_arguments)

# %% [markdown]
# ### The phase diagram
#
# Now for all $g$ and $\eta$ at once: the rate as colour, and the border beyond which the loop gain exceeds 1. It takes some seconds.


# %%
def diagram(network):
    """g, eta, rates (Hz) and largest real gains on a grid: shapes (n,), (m,), and (m, n) twice."""
    gs = np.linspace(2.5, 8, 28)
    etas = np.append(np.arange(0.5, 1.2, 0.05), np.linspace(1.25, 4, 12))  # finer where little drive decides
    g, eta = (a.ravel() for a in np.meshgrid(gs, etas))
    nu = np.array([stationary_rate(*pair, **network) for pair in zip(g, eta)])
    alive = nu > 1e-5
    gains = np.zeros(len(nu))
    all_gains = loop_gain(nu[alive], g[alive], eta[alive], FREQUENCIES[::2], step=0.25, **network)
    for k, gain in zip(np.flatnonzero(alive), all_gains):
        turns = np.flatnonzero((gain.imag[:-1] * gain.imag[1:] < 0) & (gain.real[:-1] > 0))
        part = gain.imag[turns] / (gain.imag[turns] - gain.imag[turns + 1])
        gains[k] = max(gain.real[turns] + part * (gain.real[turns + 1] - gain.real[turns]), default=0)
    return gs, etas, 1e3 * nu.reshape(len(etas), -1), gains.reshape(len(etas), -1)


diagrams = {name: diagram(network) for name, network in (("Brunel", BRUNEL), ("small", SMALL))}

# %% [markdown]
# ## 7. Four simulated points
#
# Brunel's 12 500 neurons have 15 million synapses; too many for this page. But the theory knows only $C_E J$ and $J$. The small network has the same $C_E J$ with fewer and stronger inputs: more noise, and its own diagram. This one we can check.
#
# **Predict.** Which of the four states will show stripes in a raster?

# %% [markdown] tags=["scratch"]
# My guess:


# %%
def simulate(g, eta, C=400, J=0.25, n_E=1000, duration_ms=300.0, seed=1):
    """Brunel's network in NEST: times (ms) and senders (1 to n_E) of the excitatory spikes after 100 ms, and their rate (Hz)."""
    fresh(seed)
    parameters = {"C_m": 1.0, "tau_m": NEURON["tau"], "t_ref": NEURON["refractory"], "E_L": 0.0}
    parameters.update({"V_reset": NEURON["reset"], "V_th": NEURON["theta"]})
    excitatory = nest.Create("iaf_psc_delta", n_E, params=parameters)
    inhibitory = nest.Create("iaf_psc_delta", n_E // 4, params=parameters)
    everyone = excitatory + inhibitory
    everyone.V_m = nest.random.uniform(min=0.0, max=NEURON["theta"])
    outside = nest.Create("poisson_generator", params={"rate": 1e3 * eta * NEURON["theta"] / (J * NEURON["tau"])})
    recorder = nest.Create("spike_recorder", params={"start": 100.0})
    nest.Connect(outside, everyone, syn_spec={"weight": J, "delay": DELAY})
    nest.Connect(excitatory, everyone, {"rule": "fixed_indegree", "indegree": C}, {"weight": J, "delay": DELAY})
    nest.Connect(
        inhibitory, everyone, {"rule": "fixed_indegree", "indegree": C // 4}, {"weight": -g * J, "delay": DELAY}
    )
    nest.Connect(excitatory, recorder)
    nest.Simulate(100.0 + duration_ms)
    events = recorder.get("events")
    return events["times"], events["senders"], 1e3 * len(events["times"]) / (n_E * duration_ms)


start, results = time.perf_counter(), {}
for name, (g, eta) in STATES.items():
    results[name] = simulate(g, eta, duration_ms=60.0 if name == "A" else 300.0)  # A is busy, and soon known
    theory_Hz = 1e3 * stationary_rate(g, eta, **SMALL)
    print(f"{name}: simulated {results[name][2]:6.2f} Hz, theory {theory_Hz:6.2f} Hz", flush=True)
print(f"{time.perf_counter() - start:.0f} s for four networks of 1250 neurons")

# %%
fig, axes = plt.subplots(1, 2, layout="constrained", figsize=(9.5, 4), sharey=True)
for ax, (name, (gs, etas, rates_Hz, gains)) in zip(axes, diagrams.items()):
    colour = ax.pcolormesh(gs, etas, np.log10(np.maximum(rates_Hz, 1)), shading="nearest", vmin=0, vmax=2.6)
    ax.contour(gs, etas, gains, levels=[1.0], colors="white", linewidths=2)
    ax.axvline(4, color="white", ls=":")
    for state, (g, eta) in STATES.items():
        ax.plot(g, eta, "o", color="white", mec="black", ms=7)
        label = state if name == "Brunel" else f"{state}: {results[state][2]:.0f} Hz"
        ax.annotate(
            label, (g, eta), (6, -14 if eta > 3 else 6), textcoords="offset points", color="white", weight="bold"
        )
    ax.set(xlabel="inhibition g", title="12500 neurons" if name == "Brunel" else "1250 neurons, simulated rates")
axes[0].set(ylabel="drive from outside η")
bar = fig.colorbar(colour, ax=axes, label="rate (Hz)", ticks=[0, 1, 2])
bar.ax.set_yticklabels(["1 or less", "10", "100"])
plt.show()

# %% [markdown]
# Left of the dotted line at $g=4$ excitation wins and all neurons fire as fast as they can; right of it rates are low. Inside the white border the stationary state is unstable, and the network oscillates: a large region of fast oscillations at strong drive and strong inhibition, and a strip of slow ones near $\eta=1$, where the outside alone hardly reaches the threshold. In between lies a calm in which neurons fire irregularly and each for itself, as they mostly do in the cortex. Stronger jumps mean more noise, and noise blurs a rhythm: in the small network the region of fast oscillations is gone from the picture.

# %%
fig, axes = plt.subplots(2, 4, layout="constrained", figsize=(10, 4), sharex="col", height_ratios=[2, 1])
for (top, bottom), (name, (times, senders, rate_Hz)) in zip(axes.T, results.items()):
    window = (times > (130 if name == "A" else 300)) & (times <= (150 if name == "A" else 400))
    few = window & (senders <= 50)
    top.plot(times[few], senders[few], "|", color="C3", ms=3)
    width = 0.2 if name == "A" else 1.0  # ms
    edges = np.arange(130 if name == "A" else 300, (150 if name == "A" else 400) + width / 2, width)
    bottom.stairs(1e3 * np.histogram(times[window], edges)[0] / (1000 * width), edges, color="C0")
    top.set(title=f"{name}: {rate_Hz:.0f} Hz", yticks=[])
    bottom.set(xlabel="time (ms)")
axes[0, 0].set(ylabel="50 neurons")
axes[1, 0].set(ylabel="rate (Hz)")
plt.show()

# %% [markdown]
# A is a clock in which groups of neurons fire in step every 3 ms (mind its shorter time axis). In the others the rate of the population waxes and wanes. Is there a frequency in it? The power spectrum says so, and the theory has a frequency for it, too: the one at which the gain is real.


# %%
def peak_frequency(times, duration_ms=300.0):
    """The frequency (Hz) with the most power in the population's rate, averaged over neighbouring frequencies."""
    counts = np.histogram(times, 100 + np.arange(0, duration_ms + 0.5, 1.0))[0]
    power = np.abs(np.fft.rfft(counts - counts.mean())) ** 2
    smooth = np.convolve(power, np.ones(5) / 5, "same")
    return np.fft.rfftfreq(len(counts), 1e-3)[2 + smooth[2:].argmax()]


peaks = {}
for name in "BCD":
    g, eta = STATES[name]
    gain, theory = oscillation(loop_gain([stationary_rate(g, eta, **SMALL)], [g], [eta], FREQUENCIES, **SMALL)[0])
    peaks[name] = peak_frequency(results[name][0]), theory, gain
    print(f"{name}: peak at {peaks[name][0]:.0f} Hz; theory: gain {gain:.2f} at {theory:.0f} Hz")

# %% [markdown]
# None of these gains is above 1, and yet there are rhythms, of about the frequencies that theory expects. A network answers its own fluctuations: what chance begins, the loop amplifies, and most of all at the frequency at which it is *nearly* unstable. Fluctuations shrink when a network grows, but here each neuron gets input from 40 % of the others, and no one is independent of anyone. So C, a calm state in theory and in Brunel's 12 500 neurons, is restless in ours. What a border in a diagram says holds for large networks; in small ones "oscillates" is a matter of degree.

# %% tags=["guard"]
_theory = {_n: 1e3 * stationary_rate(*_p, **SMALL) for _n, _p in STATES.items()}
for _n, _tolerance in (("A", 0.03), ("B", 0.1), ("C", 0.15), ("D", 0.25)):
    assert abs(results[_n][2] / _theory[_n] - 1) < _tolerance, (_n, results[_n][2], _theory[_n])


def _at(name, state):
    _gs, _etas, _rates, _gains = diagrams[name]
    _g, _eta = STATES[state]
    return _gains[np.abs(_etas - _eta).argmin(), np.abs(_gs - _g).argmin()]


assert _at("Brunel", "B") > 1 > _at("small", "B") and _at("Brunel", "C") < 1 and _at("small", "C") < 1
_gs, _etas, _rates, _gains = diagrams["Brunel"]
assert np.all(_rates[_etas > 1.2][:, _gs < 3.5] > 200) and np.all(_rates[:, _gs > 4.6] < 150), _rates
assert np.any((_gains > 1)[_etas > 2]) and not np.any((diagrams["small"][3] > 1)[_etas > 1.2]), "noise blurs"
assert np.any((_gains > 1)[_etas < 1.1]) and np.any((_gains > 1)[_etas > 3]), "a strip and a region"
# The spectrum has a resolution of 3.3 Hz, smoothed over 17; the rhythm wanders.
assert all(peaks[_n][2] < 1 for _n in "BCD"), peaks
assert abs(peaks["B"][0] / peaks["B"][1] - 1) < 0.25 and abs(peaks["C"][0] / peaks["C"][1] - 1) < 0.25, peaks
assert 15 < peaks["D"][0] < 50 and 30 < peaks["D"][1] < 45, peaks

# %% [markdown]
# ## What you have learnt
#
# - **NEST and NEURON**: NEURON has the shape of a cell and its channels; NEST has point neurons and the wiring of thousands to millions of them. Choose by what matters to your question.
# - **Rules with the same mean** differ in their spread. With a fixed in-degree all neurons get the same number of inputs; with a probability some get twice as many as others.
# - **Two simulations are the same** for the same seed, number of threads and version. What counts as a result holds for other seeds, too.
# - **Calm without tuning**: for $g>4$ more activity means less mean input, so the network settles near the threshold, and fires on fluctuations.
# - **Oscillations from theory**: go once around the loop. Where the gain is real and above 1, the stationary state gives way to a rhythm of that frequency, which none of the neurons has.
#
# ## Where to go next
#
# - **Exercise 11**: single neurons in NEST, with currents, noise and synapses that you check against formulas.
# - **Exercise 12** builds this network as a function and goes through its states.
# - **Lecture 05** has the other end of the table: cells with shape.
# - To read on: Potjans and Diesmann (2014, [doi:10.1093/cercor/bhs358](https://doi.org/10.1093/cercor/bhs358)) build a column of cortex with eight populations of such neurons.
