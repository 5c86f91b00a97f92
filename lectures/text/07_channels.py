# %% [markdown]
# # Ion channels and NMODL
#
# A neuron's character is in its membrane. Put one more kind of potassium channel into it and a clock becomes a burster; warm it by ten degrees and its gates move three times as fast. Every such channel in a simulation is a text file of less than a hundred lines, written in a
# small language called NMODL, and thousands of them wait in ModelDB. Some contain mistakes: a gate that starts in an impossible state, a division by zero at −55 mV, a temperature that nobody set. After this page you can read such a file, write one, and put it to the test before you believe it.
#
# **What you will do**
#
# - take a potassium channel apart, block by block, and check it against the one that is built into NEURON
# - clamp the potential, as Hodgkin and Huxley did, and read a channel's rates off its currents
# - warm the channel up
# - let calcium through a membrane, count it, and let it open another channel
#
# **What you will learn**
#
# - What does each block of a `.mod` file say, and when does it run?
# - How do you find out that a channel is right?
# - What does a voltage clamp show, and when does it deceive you?
# - What is Q10, and where does the temperature hide?
# - How does a current become a concentration?
#
# **What you will need**: gates and rate functions (lecture 03); sections, mechanisms, `mechanisms.load` and the state that survives (lecture 05).
#
# **Time**: 75 minutes. The page runs in about ten seconds, and some more the first time, for compiling.

# %% tags=["setup"]
import os
import re
from pathlib import Path
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
from scipy.optimize import curve_fit

import mechanisms

os.environ["NEURON_MODULE_OPTIONS"] = "-nogui"  # NEURON need not look for a screen
from neuron import h

plt.style.use("course.mplstyle")
h.load_file("stdrun.hoc")
# %% [markdown]
# ## 1. A channel is two equations
#
# The delayed-rectifier potassium channel of the squid's giant axon (Hodgkin and Huxley 1952, [doi:10.1113/jphysiol.1952.sp004764](https://doi.org/10.1113/jphysiol.1952.sp004764)) has four gates, all of which must be open:
#
# $$ i_K = \bar g\,n^4\,(V - E_K), \qquad \frac{dn}{dt} = \frac{n_\infty(V) - n}{\tau_n(V)}, \qquad n_\infty = \frac{\alpha}{\alpha+\beta}, \quad \tau_n = \frac{1}{\alpha+\beta}, \tag{1} $$
#
# $$ \alpha = 0.01\,\frac{V + 55}{1 - e^{-(V+55)/10}}, \qquad \beta = 0.125\,e^{-(V+65)/80} \qquad \text{(1/ms, } V \text{ in mV, at 6.3 °C)}. \tag{2} $$
#
# | symbol | meaning | unit | in our file |
# |---|---|---|---|
# | $V,\ E_K$ | membrane potential, reversal potential | mV | `v`, `ek` |
# | $i_K$ | current density, outward positive | mA/cm² | `i`, `ik` |
# | $\bar g$ | conductance density with all gates open | S/cm² | `gbar` |
# | $n,\ n_\infty,\ \tau_n$ | open fraction of gates, its steady state and time constant | –, –, ms | `n`, `n_inf`, `tau_n` |
#
# ## 2. The anatomy of a `.mod` file
#
# The file `mod/07_channels/lecture07_k.mod` says the same to NEURON. It consists of blocks: a name and braces. We go through them with a helper that prints the blocks that we name.

# %%
source = Path("mod/07_channels/lecture07_k.mod").read_text()


def show(*names):
    """Print blocks of the file: from the block's name to the brace that closes it."""
    for name in names:
        print(re.search(rf"^{name}\b.*?^}}", source, re.MULTILINE | re.DOTALL).group())


show("NEURON", "UNITS", "PARAMETER")

# %% [markdown]
# **`NEURON`** is the interface, all that the rest of a model gets to see.
#
# - `SUFFIX` is the name by which the mechanism is inserted; it also ends all its names in HOC (`gbar_lecture07_k`).
# - `USEION k READ ek WRITE ik`: the current is carried by potassium. NEURON adds up what all potassium channels of a segment write into `ik`, and holds one `ek` for all of them. A current that no single ion carries is a `NONSPECIFIC_CURRENT`.
# - `RANGE` lists what may differ from segment to segment, and what you can see from Python. Its counterpart `GLOBAL` means one value for the whole program.
#
# **`UNITS`** gives short names to units, and **`PARAMETER`** gives constants with their defaults. The brackets hold units. NEURON does not convert them; a separate program does: run `modlunit lecture07_k.mod` in a terminal and it points to the line where mV are added to mA.

# %%
show("ASSIGNED", "STATE", "INITIAL")

# %% [markdown]
# **`ASSIGNED`** declares what is computed here (`i`, `n_inf`...) or handed in by NEURON (`v`, `celsius`, `ek`). **`STATE`** declares what has a differential equation: the gate.
#
# **`INITIAL`** runs once, at `h.finitialize`. The gate starts at its steady state, as if the potential had been where it is for ever.

# %%
show("BREAKPOINT", "DERIVATIVE", "PROCEDURE rates", "FUNCTION linoid")

# %% [markdown]
# **`BREAKPOINT`** computes the current from the gates. `SOLVE` names the block with the differential equation and the method: `cnexp` takes $n$ to $n_\infty + (n - n_\infty)\,e^{-\Delta t/\tau_n}$, which is *exact* while the potential stays constant. **`DERIVATIVE`** is equation (1), with `n'` for $dn/dt$.
# **`PROCEDURE`** and **`FUNCTION`** are ordinary subroutines; here equation (2) in two pieces, and we will see why there are two.
#
# So this is who runs when:
#
# | at | runs | with |
# |---|---|---|
# | `h.finitialize(v)` | `INITIAL` | the potential that you gave |
# | each time step, first | `BREAKPOINT` without its `SOLVE` | the old gates: currents, from which NEURON computes the new potential |
# | each time step, then | the block that `SOLVE` names | the new potential: the new gates |
#
# Compile, load, insert, look:

# %%
mechanisms.load("mod/07_channels")


# %%
def fresh():
    """Remove every section, and put NEURON's settings back to where this page wants them."""
    for section in list(h.allsec()):
        h.delete_section(sec=section)
    h.celsius, h.secondorder = 6.3, 0
    if hasattr(h, "usetable_hh"):  # NEURON 9: exact rates instead of a table (lecture 05)
        h.usetable_hh = 0


def patch(*names):
    """A patch of 100 µm² of membrane with these mechanisms: here 1 mA/cm² is 1 nA."""
    section = h.Section(name="patch")
    section.L = section.diam = 10 / np.sqrt(np.pi)  # µm
    for name in names:
        section.insert(name)
    if section.has_membrane("k_ion"):
        section.ek = -77  # mV; belongs to the section, not to a channel
    return section


fresh()
membrane = patch("lecture07_k")
for v_mV in (-90, -65, 0):
    h.finitialize(v_mV)
    channel = membrane(0.5).lecture07_k
    print(f"{v_mV:4d} mV: n = {channel.n:.4f}, time constant {channel.tau_n:.2f} ms, current {channel.i:.4f} mA/cm²")
print(f"the same by its HOC name: gbar_lecture07_k = {membrane.gbar_lecture07_k} S/cm²")

# %% tags=["guard"]
assert abs(membrane(0.5).area() - 100) < 1e-9
h.finitialize(-65)
assert abs(channel.n - 0.31768) < 2e-5 and abs(channel.tau_n - 5.45858) < 1e-5  # lecture 03: 0.0581977, 0.125 per ms
assert abs(0.0581977 / (0.0581977 + 0.125) - 0.31768) < 1e-5
# the order within a step: currents with old gates, gates with the new potential
_clamp = h.SEClamp(membrane(0.5))
_clamp.rs, _clamp.dur1, _clamp.amp1 = 1e-6, 1e9, 0
_old = channel.n
h.dt = 0.5
h.fadvance()
_new = channel.n_inf + (_old - channel.n_inf) * np.exp(-0.5 / channel.tau_n)
assert abs(membrane(0.5).v) < 1e-4 and abs(channel.n / _new - 1) < 1e-9
assert abs(channel.g / (0.036 * _old**4) - 1) < 1e-9  # the gates of before
del _clamp
import shutil
import subprocess
import sys

_modlunit = shutil.which("modlunit", path=os.path.dirname(sys.executable))
if _modlunit:
    for _right, _wrong, _code in ((" ", " ", 0), ("g*(v - ek)", "g*(v - g)", 1)):
        _file = Path(".mechanisms/units.mod")
        _file.write_text(source.replace(_right, _wrong))
        _done = subprocess.run([_modlunit, str(_file)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert bool(_done.returncode) == bool(_code), _done.stdout
        _file.unlink()

# %% [markdown]
# ## 3. Is it right?
#
# A file that compiles is not yet a channel that is right. NEURON has this very channel built in, as a part of `hh`. So we can compare: gate by gate, and then in a spike, where everything acts together.
#
# **Predict.** The two files are written by different people, at different times, but they hold the same equations. How far apart will the potentials be at the top of a spike: 1 mV, 1 µV, or less?

# %% tags=["scratch"]
my_guess = None


# %%
def spike(*names, gkbar_hh, n_start=None):
    """Times (ms) and potentials (mV) of a patch that gets a short current; n_start replaces the gate's first value."""
    fresh()
    membrane = patch("hh", *names)
    membrane(0.5).hh.gkbar = gkbar_hh
    membrane.ena = 50
    electrode = h.IClamp(membrane(0.5))
    electrode.delay, electrode.dur, electrode.amp = 20, 1, 0.015 if n_start is None else 0
    t, v = h.Vector().record(h._ref_t, sec=membrane), h.Vector().record(membrane(0.5)._ref_v)
    h.dt, h.steps_per_ms = 0.01, 100
    h.finitialize(-65)
    if n_start is not None:
        membrane(0.5).lecture07_k.n = n_start
    h.continuerun(40)
    return t.as_numpy().copy(), v.as_numpy().copy()


# %%
t, built_in = spike(gkbar_hh=0.036)
t, ours = spike("lecture07_k", gkbar_hh=0)
t, neither = spike(gkbar_hh=0)
fig, ax = plt.subplots(layout="constrained")
ax.plot(t, built_in, color="C0", label="built-in K channel")
ax.plot(t, ours, color="C5", ls=":", lw=3, label="our K channel")
ax.plot(t, neither, color="C7", label="no K channel")
ax.set(xlabel="time (ms)", ylabel="membrane potential (mV)")
ax.legend()
print(f"peak {built_in.max():.3f} mV; largest difference {np.abs(ours - built_in).max():.1e} mV")

# %% [markdown]
# The difference is rounding, far below a nanovolt. The grey line shows that the comparison could have failed: the channel matters.

# %% tags=["guard"]
assert built_in.max() > 30 and np.abs(ours - built_in).max() < 1e-8, np.abs(ours - built_in).max()
assert np.abs(neither - built_in).max() > 20
for _celsius in (6.3, 16.3, 30):
    fresh()
    _both = patch("hh", "lecture07_k")
    h.celsius = _celsius
    for _v in (-100, -65, -55.001, -55, -40, 0, 40):
        h.finitialize(_v)
        assert abs(_both(0.5).hh.n / _both(0.5).lecture07_k.n - 1) < 1e-9
        _both(0.5).v = 0
        for _ in range(20):
            h.fadvance()
        assert abs(_both(0.5).hh.n / _both(0.5).lecture07_k.n - 1) < 1e-9
del _both

# %% [markdown]
# ### Zero divided by zero
#
# At $V = -55$ mV exactly, $\alpha$ in (2) is $0/0$. The limit is harmless, but a computer that follows the formula gets *not a number*. One such number spreads into the potential, from there into every gate, and the whole cell is lost. And −55 mV is no rare value: it is a round number, and experimenters clamp cells to round numbers.


# %%
def naive_alpha(v):
    with np.errstate(invalid="ignore"):
        return 0.01 * (v + 55) / (1 - np.exp(-(v + 55) / 10))


fresh()
membrane = patch("lecture07_k")
for v_mV in (-56, -55.01, -55, -54.99):
    h.finitialize(v_mV)
    n_inf, tau_n = membrane(0.5).lecture07_k.n_inf, membrane(0.5).lecture07_k.tau_n
    print(f"{v_mV:7.2f} mV: formula {naive_alpha(np.float64(v_mV)):.5f}, our file {n_inf / tau_n:.5f} per ms")

# %% [markdown]
# That is what `linoid` is for: where $x/k$ is small, it takes the first terms of the series $x/(e^{x/k} - 1) = k\,(1 - \tfrac12\tfrac xk + \tfrac1{12}(\tfrac xk)^2 - \dots)$ instead.
#
# ### A gate that starts nowhere
#
# Some published files set their gates to 0 in `INITIAL`, or forget the block, which comes to the same. **Predict:** what does a resting membrane do if its potassium gates start closed, at $n = 0$ rather than 0.32?

# %% tags=["scratch"]
my_guess = None

# %%
fig, ax = plt.subplots(layout="constrained")
for n_start, colour, name in ((0.3177, "C0", "n at its steady state"), (0, "C3", "n = 0")):
    t, v = spike("lecture07_k", gkbar_hh=0, n_start=n_start)
    ax.plot(t, v, color=colour, label=name)
ax.set(xlabel="time (ms)", ylabel="membrane potential (mV)")
ax.legend()
# %% [markdown]
# A spike out of nothing. Without the potassium current that balances it at rest, the inward current wins. A simulation of such a model has to throw the first tens of milliseconds away. Look at `INITIAL` in every file that you download.

# %% tags=["guard"]
assert np.isnan(naive_alpha(np.float64(-55)))
assert abs(spike("lecture07_k", gkbar_hh=0, n_start=0.3177)[1] + 65).max() < 0.2 and v.max() > 0
fresh()
membrane = patch("lecture07_k")
_x = np.array([-1e-2, -1e-4, 1e-4, 1e-2, 0.1])  # x/k
_series = 1 - _x / 2 + _x**2 / 12
assert np.abs(_series / (_x / np.expm1(_x)) - 1).max() < 1e-6
h.finitialize(-55)
assert abs(membrane(0.5).lecture07_k.n_inf / membrane(0.5).lecture07_k.tau_n - 0.1) < 1e-9  # the limit: 0.01 · 10

# %% [markdown]
# ## 4. Voltage clamp
#
# How did anybody find equation (2)? By taking the potential out of the game. A **voltage clamp** measures the potential and injects whatever current keeps it at a commanded value. While $V$ is constant, $n_\infty$ and $\tau_n$ are constants too, so $n$ relaxes along an exponential, and the clamp's current is the channel's current.
#
# NEURON's `SEClamp` holds up to three levels, one after the other, through a series resistance `rs` (MΩ).


# %%
def voltage_clamp(section, levels, rs_Mohm=1e-4, dt_ms=0.01, **records):
    """Hold a section at up to three levels [(ms, mV), ...]; starts at the steady state of the first.

    Returns times (ms), potential (mV), clamp current (nA) and what else is recorded by name, as arrays.
    """
    clamp = h.SEClamp(section(0.5))
    clamp.rs = rs_Mohm
    for number, (duration, level) in enumerate(levels, start=1):
        setattr(clamp, f"dur{number}", duration)
        setattr(clamp, f"amp{number}", level)
    records = dict(records, t=h._ref_t, v=section(0.5)._ref_v, current=clamp._ref_i)
    vectors = {name: h.Vector().record(variable, sec=section) for name, variable in records.items()}
    h.dt, h.steps_per_ms = dt_ms, 1 / dt_ms
    h.finitialize(levels[0][1])
    h.continuerun(sum(duration for duration, _ in levels))
    return SimpleNamespace(**{name: vector.as_numpy().copy() for name, vector in vectors.items()})


# %% [markdown]
# **Predict.** From −65 mV we step to −40, −20, 0, ... mV, and after 25 ms back. Will the current rise at once, or with a delay? To which levels does it rise faster?

# %% tags=["scratch"]
my_guess = None

# %%
STEP_ms, HOLD_mV = 5, -65
levels_mV = np.arange(-50, 51, 10)
fresh()
membrane = patch("lecture07_k")
family = [voltage_clamp(membrane, [(STEP_ms, HOLD_mV), (25, level), (10, HOLD_mV)]) for level in levels_mV]

fig, (top, bottom) = plt.subplots(2, sharex=True, layout="constrained", height_ratios=[1, 2], figsize=(6, 4.5))
for one in family:
    top.plot(one.t, one.v, color="C0", lw=1)
    bottom.plot(one.t, one.current, color="C1", lw=1)
top.set(ylabel="potential (mV)")
bottom.set(xlabel="time (ms)", ylabel="clamp current (nA)", ylim=(-0.2, 4.5))
# %% [markdown]
# The current starts with a delay and then bends: an exponential to the fourth power. Higher levels open more gates, and faster, and drive more current through each. When the potential returns, the gates are still open for some milliseconds, and what flows through them is called the **tail current**.
#
# Now we read the channel off its currents, as if we did not know it. Divide by the driving force to get the conductance, take the fourth root (four gates) to get $n$, and fit an exponential.

# %%
G_MAX_uS, E_K_mV = 0.036, -77  # what all gates together conduct (100 µm² at 0.036 S/cm²), reversal potential


def relaxation(t, n_first, n_inf, tau_ms):
    return n_inf + (n_first - n_inf) * np.exp(-t / tau_ms)


measured = []
for level, one in zip(levels_mV, family):
    during = (one.t > STEP_ms + 0.1) & (one.t < STEP_ms + 24.9)  # without the moments in which the capacitor is charged
    n = (one.current[during] / (G_MAX_uS * (level - E_K_mV))) ** 0.25
    (n_first, n_inf, tau_ms), _ = curve_fit(relaxation, one.t[during] - STEP_ms, n, p0=(0.3, 0.6, 3))
    measured.append((n_inf, tau_ms))
measured = np.array(measured)

# %%
v_line = np.linspace(-90, 60, 151) + 1e-6
alpha, beta = naive_alpha(v_line), 0.125 * np.exp(-(v_line + 65) / 80)
fig, axes = plt.subplots(1, 2, layout="constrained", figsize=(8, 3.4))
for ax, theory, points, label in zip(
    axes, (alpha / (alpha + beta), 1 / (alpha + beta)), measured.T, ("steady state of n", "time constant (ms)")
):
    ax.plot(v_line, theory, color="C5", label="equation (2)")
    ax.plot(levels_mV, points, "o", color="C1", label="from the clamp")
    ax.set(xlabel="membrane potential (mV)", ylabel=label)
axes[0].legend()
# %% [markdown]
# The circles lie on the lines. That is the second way to test a channel: clamp it, and compare with the paper's curves instead of with another file. It works for channels that nobody has built in.
#
# We took $E_K$ from the model. An experimenter gets it from tail currents: open the gates, then step to several levels and look at the current in the first moment, before a gate has moved. It is a straight line in $V$, and its zero is the reversal potential.

# %%
tail_levels_mV = np.arange(-110, -39, 10)
tails = []
for level in tail_levels_mV:
    one = voltage_clamp(membrane, [(5, HOLD_mV), (20, 40), (10, level)])
    tails.append(one.current[np.searchsorted(one.t, 25.02)])  # 20 µs after the step
slope_uS, offset_nA = np.polyfit(tail_levels_mV, tails, 1)
print(f"reversal potential {-offset_nA / slope_uS:.2f} mV; open fraction of the channels {slope_uS / G_MAX_uS:.2f}")

# %% tags=["guard"]
_alpha, _beta = naive_alpha(levels_mV + 1e-9), 0.125 * np.exp(-(levels_mV + 65) / 80)
assert np.abs(measured[:, 0] / (_alpha / (_alpha + _beta)) - 1).max() < 2e-3, measured
assert np.abs(measured[:, 1] * (_alpha + _beta) - 1).max() < 1e-2, measured[:, 1] * (_alpha + _beta)
assert abs(-offset_nA / slope_uS - E_K_mV) < 0.1, -offset_nA / slope_uS
assert abs(slope_uS / G_MAX_uS - (0.95 / (0.95 + 0.125 * np.exp(-105 / 80))) ** 4) < 0.02  # at 40 mV
_late = [one.current[np.searchsorted(one.t, STEP_ms + 24.9)] for one in family]
assert np.all(np.diff(_late) > 0) and max(_late) < 4.5
_half = [one.t[(one.t > STEP_ms + 0.1) & (one.current > last / 2)][0] - STEP_ms for one, last in zip(family, _late)]
assert np.all(np.diff(_half[1:]) < 0)
_one = family[-1]  # delay: in the first tenth of the half time, far less than a tenth of half the current
assert _one.current[np.searchsorted(_one.t, STEP_ms + 0.1 + _half[-1] / 10)] < 0.1 * _late[-1]

# %% [markdown]
# ### When the clamp deceives you
#
# A real electrode has a resistance, often 10 MΩ. The clamp's current makes a voltage drop $R_s I$ across it, so the membrane sits that far from the command. **Predict:** 3 nA flow through 10 MΩ. By how much is the membrane off?

# %% tags=["scratch"]
my_guess_mV = None

# %%
for rs_Mohm in (0.0001, 1, 10):
    one = voltage_clamp(membrane, [(5, HOLD_mV), (25, 40), (5, HOLD_mV)], rs_Mohm=rs_Mohm)
    late = np.searchsorted(one.t, 29.5)
    print(f"{rs_Mohm:7.4f} MΩ: membrane at {one.v[late]:5.1f} mV, {one.current[late]:.2f} nA")

# %% [markdown]
# With 10 MΩ the membrane misses 40 mV by more than 20 mV, and the current is smaller by a third: an error that grows with the current itself. Recordings are therefore made with *series resistance compensation*, and models are fitted with `rs` in them. A second deception: the clamp holds the potential where the electrode is. Out in a dendrite
# it does not (lecture 04), which is called the *space-clamp problem*.

# %% tags=["guard"]
assert 40 - one.v[late] > 20 and abs(one.current[late] * 10 - (40 - one.v[late])) < 1e-3
_good = voltage_clamp(membrane, [(5, HOLD_mV), (25, 40), (5, HOLD_mV)])
assert 0.6 < one.current[late] / _good.current[late] < 0.75, one.current[late] / _good.current[late]

# %% [markdown]
# ## 5. Your own voltage clamp
#
# Move the sliders. Which one changes the speed and not the level? Where must the holding potential be for the delay to vanish? Make the current flow inwards. (Where `ipywidgets` is missing you see one picture; call `explore` with your own values.)


# %%
def explore(hold_mV=-65, step_mV=20, celsius=6.3):
    """Current and gate of the potassium channel in a voltage clamp."""
    fresh()
    h.celsius = celsius
    membrane = patch("lecture07_k")
    one = voltage_clamp(membrane, [(5, hold_mV), (15, step_mV), (10, hold_mV)], n=membrane(0.5).lecture07_k._ref_n)
    shown = np.abs(one.current) < 5.5  # without the moments in which the capacitor is charged
    fig, (top, bottom) = plt.subplots(2, sharex=True, layout="constrained", figsize=(6, 4.2))
    top.plot(one.t[shown], one.current[shown], color="C1")
    top.set(ylabel="clamp current (nA)", ylim=(-0.6, 5))
    bottom.plot(one.t, one.n, color="C7", label="$n$, one gate")
    bottom.plot(one.t, one.n**4, color="C5", label="$n^4$, the channel")
    bottom.set(xlabel="time (ms)", ylabel="open fraction", ylim=(0, 1.35), yticks=[0, 0.5, 1])
    bottom.legend(loc="upper center", ncol=2)
    plt.show()


try:
    from ipywidgets import FloatSlider, interact

    interact(
        explore,
        hold_mV=FloatSlider(-65, min=-120, max=0, step=5, description="hold (mV)", continuous_update=False),
        step_mV=FloatSlider(20, min=-120, max=60, step=5, description="step (mV)", continuous_update=False),
        celsius=FloatSlider(6.3, min=6.3, max=36.3, step=5, description="°C", continuous_update=False),
    )
except ImportError:  # no sliders in this kernel: one picture
    explore()

# %% tags=["scratch"]
explore(hold_mV=-20, step_mV=-110, celsius=6.3)

# %% [markdown]
# Temperature changes the speed and leaves the level alone. The delay shrinks as more gates are open already: from a holding potential of −20 mV there is nearly none, from −120 mV it is longest, and axons do the same (Cole and Moore 1960, [doi:10.1016/S0006-3495(60)86871-3](https://doi.org/10.1016/S0006-3495%2860%2986871-3)). Inward current needs a level below $E_K$ and gates that are open: hold high, step low.


# %% tags=["guard"]
for _arguments in ({"hold_mV": -120, "step_mV": 60, "celsius": 36.3}, {"hold_mV": 0, "step_mV": -120}):
    explore(**_arguments)


def _time_to(fraction, hold, celsius=6.3):
    """From the step to 20 mV to this fraction of the late current (ms), and that current (nA)."""
    fresh()
    h.celsius = celsius
    one = voltage_clamp(patch("lecture07_k"), [(5, hold), (60, 20), (1, hold)])
    late = one.current[np.searchsorted(one.t, 64.9)]
    return one.t[(one.t > 5.05) & (one.current > fraction * late)][0] - 5, late


assert _time_to(0.05, -120)[0] > 1.5 * _time_to(0.05, -65)[0] > 5 * _time_to(0.05, -20)[0]
(_slow, _level), (_fast, _same) = _time_to(0.5, -65), _time_to(0.5, -65, celsius=26.3)
assert 8 < _slow / _fast < 10 and abs(_level / _same - 1) < 1e-3, (_slow / _fast, _level, _same)
fresh()
_one = voltage_clamp(patch("lecture07_k"), [(5, -20), (15, -110), (1, -20)])
assert _one.current[np.searchsorted(_one.t, 5.05)] < -0.2
# Without ipywidgets the cell draws one picture and goes on.
_cell = [source_ for source_ in In if source_.startswith("def explore")][-1]  # noqa: F821
_hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == "ipywidgets"}
_show, _shown = plt.show, []
sys.modules["ipywidgets"] = None
plt.show = lambda: _shown.append(plt.gcf())
try:
    exec(_cell, dict(globals()))
finally:
    plt.show = _show
    del sys.modules["ipywidgets"]
    sys.modules.update(_hidden)
assert len(_shown) == 1 and len(_shown[0].axes) == 2
plt.close("all")

# %% [markdown]
# ## 6. Q10: where the temperature hides
#
# A gate is a piece of protein that has to change its shape, and heat helps. Rates are measured at one temperature and carried to another by a factor per ten degrees, the **Q10**:
#
# $$ \tau(T) = \tau(T_\mathrm{ref})\; Q_{10}^{-(T - T_\mathrm{ref})/10}. \tag{3} $$
#
# For gates it is 2 to 4; Hodgkin and Huxley took 3. In our file it is the line `q10 = 3^((celsius - 6.3 (degC))/10 (degC))`. The steady state does not change.
#
# **Predict.** The squid lives in cold water, you do not. By what factor is this gate faster at 34 °C than at 6.3 °C?

# %% tags=["scratch"]
my_guess = None

# %%
fresh()
membrane = patch("lecture07_k", "hay_Im")
temperatures = np.array([6.3, 16.3, 26.3, 34.0])
taus_ms = {"lecture07_k": [], "hay_Im": []}
for h.celsius in temperatures:
    h.finitialize(-35)
    taus_ms["lecture07_k"].append(membrane(0.5).lecture07_k.tau_n)
    taus_ms["hay_Im"].append(membrane(0.5).hay_Im.tau_m)

fig, ax = plt.subplots(layout="constrained")
for (name, taus), marker in zip(taus_ms.items(), "os"):
    ax.semilogy(temperatures, taus, marker + "-", color="C7", label=name)
ax.set(xlabel="temperature (°C)", ylabel="time constant at −35 mV (ms)")
ax.legend()
print(f"from 6.3 to 34 °C: {taus_ms['lecture07_k'][0] / taus_ms['lecture07_k'][-1]:.1f} times faster")

# %% [markdown]
# 21 times faster, and 3 times faster in each step of ten degrees: a straight line on a logarithmic axis.
#
# The other line is the M-current of a pyramidal cell (`hay_Im`; Hay et al. 2011, [doi:10.1371/journal.pcbi.1002107](https://doi.org/10.1371/journal.pcbi.1002107)), from this course's library of published channels. It does not move. Its authors built the temperature into the file: measured at 21 °C, multiplied by $2.3^{1.3} = 2.95$, valid at 34 °C and nowhere else. Both kinds are common. Three traps follow:
#
# - `h.celsius` is **6.3 °C until you set it**, one number for the whole program. A model of a mammal that forgets it has axons in ice water.
# - Some channels of a cell may follow `celsius` while others do not. Only the files tell.
# - Temperature enters a second time, through $RT/F$ in Nernst's equation. That is a small effect: 10 % over the same range.

# %% tags=["guard"]
_taus = np.array(taus_ms["lecture07_k"])
assert np.allclose(_taus[:2] / _taus[1:3], 3, rtol=1e-9) and abs(_taus[0] / _taus[3] - 21) < 0.1
assert np.ptp(taus_ms["hay_Im"]) == 0 and abs(2.3**1.3 - 2.95) < 0.005
assert abs(taus_ms["hay_Im"][0] - 1000 / (3.3 * 2) / 2.3**1.3) < 1e-3  # lecture 05: 151.5 ms at -35 mV, here at 34 degC
assert abs((34 + 273.15) / (6.3 + 273.15) - 1.10) < 0.005
h.celsius = 26.3
h.finitialize(-35)
_n = membrane(0.5).lecture07_k.n
h.celsius = 6.3
h.finitialize(-35)
assert abs(membrane(0.5).lecture07_k.n - _n) < 1e-12
_code = "import os; os.environ['NEURON_MODULE_OPTIONS'] = '-nogui'; from neuron import h; print(h.celsius)"
assert subprocess.run([sys.executable, "-c", _code], stdout=subprocess.PIPE).stdout.split()[-1] == b"6.3"

# %% [markdown]
# ## 7. Calcium: a current that leaves a trace
#
# Sodium and potassium currents hardly change their concentrations (lecture 02). Calcium is different. **Predict:** below 100 µm² of membrane lies a shell of cytoplasm, 0.1 µm deep. At rest it holds 100 nM of free calcium. How many ions is that? And how many flow in during one millisecond at 1 pA?

# %% tags=["scratch"]
my_guess_at_rest, my_guess_flow = None, None

# %%
FARADAY, AVOGADRO = 96485.33, 6.02214e23  # C/mol, 1/mol
shell_litre = 100 * 0.1 * 1e-15  # µm³ to litre
at_rest = 100e-9 * shell_litre * AVOGADRO
per_ms = 1e-12 * 1e-3 / (2 * FARADAY) * AVOGADRO
print(f"{at_rest:.0f} ions at rest; {per_ms:.0f} come in during 1 ms at 1 pA")

# %% [markdown]
# Six hundred ions, and one picoampere, about as much as a single open channel carries, brings five times as many in a millisecond. So a model with calcium needs an equation for its concentration. The simplest is a **pool**: what flows in through area $A$ dilutes in the volume $A\,d$ of the shell; buffers bind all but a fraction $\gamma$ of it; pumps bring it back to rest:
#
# $$ \frac{d[\mathrm{Ca}]}{dt} = -\gamma\,\frac{i_{Ca}}{2 F d} - \frac{[\mathrm{Ca}] - [\mathrm{Ca}]_\mathrm{rest}}{\tau}. \tag{4} $$
#
# The minus sign: an inward current is negative. The 2: each ion carries two charges. The area cancels, $d$ stays. With $i_{Ca}$ in mA/cm², $d$ in µm and $t$ in ms, the first term needs a factor of $10^4$ to come out in mM/ms.
#
# Here is the pool of the pyramidal cell in NMODL. It `READ`s the current that all calcium channels together write, and `WRITE`s the concentration, which is a `STATE`.

# %%
print(Path("mod/07_channels/hay_CaDynamics_E2.mod").read_text().partition("ENDCOMMENT\n\n")[2])

# %% [markdown]
# We put it below a membrane with that cell's high-voltage-activated calcium channel, with the values of its soma, and step to 0 mV for 20 ms.

# %%
SOMA = dict(g_Ca_HVA=9.92e-4, gamma=5.01e-4, tau_ms=460, depth_um=0.1, rest_mM=1e-4)  # S/cm²; Hay et al. (2011)


def calcium_patch(*names, depth_um=SOMA["depth_um"]):
    """A patch with calcium channels, a calcium pool and whatever else is named."""
    fresh()
    h.celsius = 34
    membrane = patch("hay_Ca_HVA", "hay_CaDynamics_E2", *names)
    here = membrane(0.5)
    here.hay_Ca_HVA.gbar = SOMA["g_Ca_HVA"]
    pool = here.hay_CaDynamics_E2
    pool.gamma, pool.tau, pool.depth, pool.rest = SOMA["gamma"], SOMA["tau_ms"], depth_um, SOMA["rest_mM"]
    return membrane


def calcium_step(membrane, level_mV=0, **records):
    """From -80 mV to a level for 20 ms and back, with calcium's current (mA/cm²), concentration (mM) and E_Ca (mV)."""
    here = membrane(0.5)
    records.update(i_ca=here._ref_ica, cai=here._ref_cai, eca=here._ref_eca)
    return voltage_clamp(membrane, [(20, -80), (20, level_mV), (460, -80)], dt_ms=0.05, **records)


# %%
membrane = calcium_patch()
step = calcium_step(membrane)
fig, (top, bottom) = plt.subplots(2, layout="constrained", figsize=(6, 4.5))
early = step.t < 60
top.plot(step.t[early], 1e3 * step.i_ca[early], color="C1")
top.set(ylabel="Ca current (µA/cm²)", xlabel="time (ms)")
bottom.plot(step.t, 1e6 * step.cai, color="C2")
bottom.set(ylabel="[Ca] (nM)", xlabel="time (ms)", ylim=0)
print(f"largest {1e6 * step.cai.max():.0f} nM; E_Ca from {step.eca[0]:.0f} to {step.eca.min():.0f} mV")

# %% [markdown]
# The current lasts for the 20 ms of the step, with a short, large tail at its end. The concentration rises while it flows, and remembers it for half a second: a pool is a leaky integrator of the current. $E_{Ca}$ falls a little, because NEURON recomputes Nernst's potential as soon as a mechanism writes the concentration.
#
# Is the pool right? Equation (4) is linear, so the recorded current gives the concentration without NEURON: multiply each millisecond's influx by what is left of it later, $e^{-t/\tau}$, and add up.

# %%
dt_ms = 0.05
influx_mM = -1e4 * SOMA["gamma"] * step.i_ca / (2 * FARADAY * SOMA["depth_um"]) * dt_ms
left_over = np.exp(-dt_ms / SOMA["tau_ms"])
by_hand = np.zeros_like(influx_mM)
for k in range(1, by_hand.size):
    by_hand[k] = left_over * by_hand[k - 1] + influx_mM[k]
difference = np.abs(SOMA["rest_mM"] + by_hand - step.cai).max()
print(f"largest difference {1e6 * difference:.2f} nM")

# %% tags=["guard"]
assert abs(at_rest - 602) < 1 and 4.9 < per_ms / at_rest < 5.4
assert difference < 3e-3 * np.ptp(step.cai), (difference, np.ptp(step.cai))
# after the step the current is over, and the concentration decays with tau
_after = step.t > 60
_tau = -1 / np.polyfit(step.t[_after], np.log(step.cai[_after] - SOMA["rest_mM"]), 1)[0]
assert abs(_tau / SOMA["tau_ms"] - 1) < 0.01, _tau
assert 1 < step.eca[0] - step.eca.min() < 40 and step.cai.max() > 1.2e-4
_nernst = 1e3 * 8.314463 * 307.15 / (2 * FARADAY) * np.log(2 / step.cai)
assert np.abs(step.eca - _nernst).max() < 0.2  # recorded before or after the concentration of a time step
_tail = np.abs(step.i_ca[(step.t > 40) & (step.t < 41)]).max()
assert _tail > 1.3 * np.abs(step.i_ca[(step.t > 30) & (step.t < 39.9)]).max()
# the factor of 10^4, in SI units: 1 mA/cm2 = 10 A/m2, 1 um = 1e-6 m, 1 mM = 1 mol/m3
assert abs(10 / (2 * FARADAY * 1e-6) * 1e-3 / (1e4 / (2 * FARADAY)) - 1) < 1e-12
# a shell of half the depth fills twice as high (but for E_Ca)
_thin = calcium_step(calcium_patch(depth_um=0.05))
assert 1.85 < np.ptp(_thin.cai) / np.ptp(step.cai) < 2.02

# %% [markdown]
# ### A channel that listens to calcium
#
# An SK channel is a potassium channel that does not care about the potential: calcium opens it, $z_\infty = 1/(1 + ([\mathrm{Ca}]_{1/2}/[\mathrm{Ca}])^{4.8})$ with $[\mathrm{Ca}]_{1/2} = 430$ nM (Köhler et al. 1996, [doi:10.1126/science.273.5282.1709](https://doi.org/10.1126/science.273.5282.1709)). In NMODL, one line more in the `NEURON` block: `USEION ca READ cai`.
#
# **Predict.** After the step, calcium falls back with 460 ms. Does the SK current fall as slowly, more slowly, or faster?

# %% tags=["scratch"]
my_guess = None

# %%
membrane = calcium_patch("hay_SK_E2")
membrane(0.5).hay_SK_E2.gbar = 0.0441  # S/cm², soma
step = calcium_step(membrane, z=membrane(0.5).hay_SK_E2._ref_z)
fig, ax = plt.subplots(layout="constrained")
after = step.t > 45
calcium_left = (step.cai - SOMA["rest_mM"])[after]
z_left = (step.z - step.z[0])[after]
ax.plot(step.t[after] - 40, calcium_left / calcium_left[0], color="C2", label="calcium above rest")
ax.plot(step.t[after] - 40, z_left / z_left[0], color="C1", label="SK channels open, above rest")
ax.set(xlabel="time after the step (ms)", ylabel="fraction of the value at 5 ms", ylim=(0, 1.02))
ax.legend()


# %%
def half_time(t, values):
    """When values that fall are first below half of the first one."""
    return t[values < values[0] / 2][0] - t[0]


halves = half_time(step.t[after], calcium_left), half_time(step.t[after], z_left)
print(f"half is gone after {halves[0]:.0f} ms (calcium) and {halves[1]:.0f} ms (SK)")

# %% [markdown]
# Faster, because $z$ goes with a high power of the concentration: a little less calcium means far fewer open channels. Calcium and SK together make a brake that many spikes pull and that lets go slowly, the *afterhyperpolarisation* that you will knock out of a cell in exercise 08.

# %% tags=["guard"]
assert halves[1] < 0.75 * halves[0] and abs(halves[0] - 460 * np.log(2)) < 5, halves
_z = 1 / (1 + (4.3e-4 / step.cai[after]) ** 4.8)
assert np.abs(step.z[after] / _z - 1).max() < 0.05
_slope = np.gradient(np.log(_z), np.log(step.cai[after]))
assert _slope.min() > 1.4 and _slope.max() > 4

# %% [markdown]
# ## 8. Before you trust a file
#
# Go through this list with every `.mod` file that you download, and with every one that you write.
#
# | ask | because |
# |---|---|
# | Does it compile without a warning, and is `modlunit` content? | a unit that is wrong is a factor that is wrong |
# | Does it start at its steady state? | else throw away the beginning (section 3) |
# | Is it finite where a rate is 0/0? | a *not a number* spreads to the whole cell (section 3) |
# | What happens to `celsius`? | followed, built in, or forgotten (section 6) |
# | Are there `GLOBAL` variables that it writes, a `TABLE`, C code in `VERBATIM`? | trouble with threads, interpolated rates, a file that perhaps one version of NEURON alone understands |
# | Do its curves in a voltage clamp match the paper? | the only test of the numbers themselves (section 4) |
# | Which ions does it read and write? | a pool works on the current of *its* ion alone |
#
# The last line hides two traps. **An ion with an invented name** (some models write `Ca` for a second kind of calcium) starts at 1 mM *on both sides* unless somebody sets it. And **who owns a concentration** depends on the mechanisms: where one writes it (a pool), it starts from the pool; where none does, from what you give the section, `section.cai = ...`; the global `h.cai0_ca_ion` has no say there.

# %%
h.ion_register("mystery", 2)
print(f"mystery ion: {h.mysteryi0_mystery_ion} mM inside, {h.mysteryo0_mystery_ion} mM outside")

fresh()
membrane = patch("hay_SK_E2")  # reads calcium; no mechanism writes it
h.cai0_ca_ion = 1e-3
h.finitialize(-65)
print(f"by the global value: {1e6 * membrane.cai:.0f} nM", end="; ")
membrane.cai = 1e-3
h.finitialize(-65)
print(f"by the section's: {1e6 * membrane.cai:.0f} nM")
h.cai0_ca_ion = 5e-5  # NEURON's own default

# %% tags=["guard"]
assert h.mysteryi0_mystery_ion == h.mysteryo0_mystery_ion == 1
assert membrane.cai == 1e-3
membrane.cai = 5e-5
h.cai0_ca_ion = 1e-3
h.finitialize(-65)
assert membrane.cai == 5e-5
h.cai0_ca_ion = 5e-5
membrane = calcium_patch()
membrane.cai = 1e-2
h.finitialize(-65)
assert membrane.cai == SOMA["rest_mM"]

# %% [markdown]
# ## Clean up

# %%
del membrane, channel
fresh()
print("sections left:", len(list(h.allsec())))

# %% tags=["guard"]
assert not list(h.allsec()) and h.celsius == 6.3

# %% [markdown]
# ## What you have learned
#
# - **What does each block say?** `NEURON` is the interface, `PARAMETER`, `ASSIGNED` and `STATE` declare, `INITIAL` runs at the start, `BREAKPOINT` gives the current at each step, and the block that it `SOLVE`s moves the gates.
# - **Is the channel right?** Compare it with another implementation, in a spike, and with the paper's curves, in a voltage clamp. Try the potentials where a formula is 0/0, and look at where it starts.
# - **What does a voltage clamp show?** At a constant potential every gate is an exponential; the current gives the conductance, its fourth root the gate, the tail the reversal potential. Series resistance and dendrites make the clamp miss its command.
# - **What is Q10?** The factor per ten degrees on a gate's speed. `celsius` is 6.3 until you set it, and some files ignore it.
# - **How does a current become a concentration?** Divide by $2F$ and by the depth of the shell, keep the fraction that stays free, and let it decay: a leaky integrator that other channels listen to.
#
# ## Where to go next
#
# - Exercise 06 builds a pyramidal cell from the whole family of `hay_` channels; exercises 07 and 08 burst with the calcium channels of a thalamic interneuron.
# - Write a channel of your own: take the A-type current of a paper that you like, start from `lecture07_k.mod`, and go through the list of section 8.
# - The language is described in NEURON's documentation, <https://nrn.readthedocs.io>, under *NMODL*; Hines and Carnevale (2000, [doi:10.1162/089976600300015475](https://doi.org/10.1162/089976600300015475)) explain how it came about, with examples.
