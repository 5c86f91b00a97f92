# %% [markdown]
# # Synapses and diffusion
#
# Two cells that touch each other do not talk; they leave a gap of twenty nanometres. An electrical signal ends at its edge, some thousand molecules cross it by chance, and on the other side an electrical signal begins again. Every model of a network takes this for granted and writes one line: *a spike came, add a conductance*. This page
# follows the signal across the gap and asks where that line comes from, what is in its numbers, and what it leaves out.
#
# **What you will do**
#
# - send transmitter across a cleft, with and without walls, and see how it gets out again;
# - let receptors bind it, and find out which of the many time scales survives;
# - take NEURON's synapses apart: peak, time to peak, area;
# - block a channel with magnesium, and let synapses tire and warm up, with sliders.
#
# **What you will learn**: the answers to five questions.
#
# 1. How fast is diffusion across a cleft, and what do the walls do?
# 2. What sets the time course of a synaptic current?
# 3. Which number of a synapse decides how much charge it moves?
# 4. How can a channel notice that two things happen together?
# 5. Why is a synapse's strength not one number?
#
# **What you will need**: the conductances and reversal potentials of lecture 02; point processes and `NetCon` of lecture 05. **Time**: about 75 minutes. The page runs in about ten seconds.

# %% tags=["setup"]
import os

import matplotlib.pyplot as plt
import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import brentq, minimize_scalar
from scipy.special import j1, jn_zeros

os.environ["NEURON_MODULE_OPTIONS"] = "-nogui"  # NEURON need not look for a screen
from neuron import h, rxd

plt.style.use("course.mplstyle")
h.load_file("stdrun.hoc")

# %% [markdown]
# ## 1. Across the cleft
#
# What we take as given, once, in nm and µs (1 nm²/µs = 0.001 µm²/ms):

# %%
D = 330.0  # nm²/µs, glutamate in a cleft: Nielsen et al. (2004), doi:10.1016/j.neuron.2004.04.003
WIDTH = 20.0  # nm; 12 to 20 nm in Savtchenko and Rusakov (2007), doi:10.1073/pnas.0606636104
RADIUS = 200.0  # nm, of the two membranes that face each other; a round number
MOLECULES = 3000  # in a vesicle; a round number
MM = 1660.54  # one molecule per nm³ in mM

# %% [markdown]
# Each molecule walks at random. After a time $t$ its place along any axis is normally distributed, with the variance
#
# $$ \sigma^2 = 2Dt, \tag{1} $$
#
# and that is already the solution of the diffusion equation $\partial c/\partial t = D\,\partial^2c/\partial x^2$ in empty space: a bell with this variance. NEURON's module for diffusion, `rxd`, gives the same. Here is a drop in the middle of a tube, seen after 25 ms (in NEURON's units, µm and ms):


# %%
def drop_in_a_tube(length_um=101, d_um2_per_ms=1.0, duration_ms=25.0, dt_ms=0.025):
    """Places (µm from the middle) and what each µm holds of one unit that started in the middle segment."""
    tube = h.Section(name="tube")
    tube.L, tube.diam, tube.nseg = length_um, 1, length_um
    inside = rxd.Region([tube], nrn_region="i")
    drop = rxd.Species(inside, d=d_um2_per_ms, initial=lambda node: float(abs(node.x - 0.5) < 0.5 / length_um))
    h.dt = dt_ms
    h.finitialize(-65)
    for _ in range(int(round(duration_ms / dt_ms))):
        h.fadvance()
    return (np.arange(length_um) - length_um // 2), np.array(drop.nodes.concentration)


x_um, drop = drop_in_a_tube()
fig, ax = plt.subplots(layout="constrained")
ax.plot(x_um, drop, "o", color="C2", ms=3, label="rxd")
ax.plot(x_um, np.exp(-(x_um**2) / 100) / np.sqrt(100 * np.pi), color="C5", label="variance 50 µm²")
ax.set(xlabel="place (µm)", ylabel="concentration (1/µm)", xlim=(-40, 40))
ax.legend(loc="upper left")
plt.show()
print(f"amount {drop.sum():.6f}, variance {np.sum(drop * x_um**2):.6f} µm², peak {drop.max():.4f} per µm")

# %% tags=["guard"]
assert abs(drop.sum() - 1) < 1e-9 and abs(np.sum(drop * x_um**2) - 50) < 1e-6
assert abs(drop.max() - 0.056583) < 1e-5 and abs(1 / np.sqrt(100 * np.pi) - 0.056419) < 1e-6  # 0.3 % apart: segments of 1 µm
assert not list(h.allsec())

# %% [markdown]
# Now the cleft. Release a **sheet** of transmitter at the presynaptic membrane, one vesicle spread over all of it, and watch the postsynaptic side, 20 nm away. In *empty space* half of the molecules leave backwards. But behind the sheet there is a wall, and in front of the observer another one.
#
# **Predict.** What do the walls do to the concentration at the far side: to the time of its peak, and to its height?

# %% tags=["scratch"]
my_guess = None

# %%
t_us = np.linspace(0.005, 3, 600)
sheet = MOLECULES / (np.pi * RADIUS**2)  # molecules per nm²
sigma = np.sqrt(2 * D * t_us)
empty = MM * sheet * np.exp(-(WIDTH**2) / (2 * sigma**2)) / (sigma * np.sqrt(2 * np.pi))
one_wall = 2 * empty  # what went backwards is reflected and comes along


def far_side(t_us):
    """Density (1/nm) at the far one of two walls: standing waves that die out, the uniform state stays."""
    n = np.arange(1, 200)
    waves = (-1.0) ** n * np.exp(-np.outer(t_us, (n * np.pi / WIDTH) ** 2 * D))
    return (1 + 2 * waves.sum(axis=1)) / WIDTH


fig, ax = plt.subplots(layout="constrained")
ax.plot(t_us, MM * sheet * far_side(t_us), color="C2", label="both membranes")
ax.plot(t_us, one_wall, "--", color="C2", label="presynaptic membrane only")
ax.plot(t_us, empty, ":", color="C2", label="empty space")
ax.set(xlabel="time (µs)", ylabel="concentration, far side (mM)", ylim=(0, 2.9))
ax.legend()
plt.show()
print(f"empty space: peak {empty.max():.2f} mM at {t_us[empty.argmax()]:.2f} µs; d²/2D = {WIDTH**2 / (2 * D):.2f} µs")
print(f"one wall: {one_wall.max():.2f} mM; both: {MM * sheet / WIDTH:.2f} mM in the end")

# %% [markdown]
# The peak in empty space comes at $t = d^2/2D$, when $\sigma$ equals the distance. That is 0.6 µs, far less than anything else that happens at a synapse. *With the presynaptic wall everything doubles and nothing shifts.* With both walls there is no peak at all; the cleft fills up to amount over width, four times the peak of empty space. Whoever forgets the walls gets the time right and the concentration wrong.
#
# The time goes with $d^2$ and with $1/D$. Calculate with a cleft of 5 nm and the diffusion coefficient of water, and you are wrong by a factor of forty.

# %% tags=["guard"]
assert abs(t_us[empty.argmax()] - WIDTH**2 / (2 * D)) < 0.006 and abs(WIDTH**2 / (2 * D) - 0.606) < 1e-3
assert abs(empty.max() - 0.480) < 1e-3 and abs(one_wall.max() - 0.959) < 1e-3 and abs(MM * sheet / WIDTH - 1.98) < 0.01
assert abs(MM * sheet / WIDTH / empty.max() - np.sqrt(2 * np.pi * np.e)) < 1e-3 and np.all(np.diff(far_side(t_us)) > -1e-12)
assert 35 < (WIDTH**2 / (2 * D)) / (5.0**2 / (2 * 760.0)) < 45
# mirror images, the other way to the same: at early times the two nearest, each twice
_t = np.array([0.05, 0.3, 1.0])
_images = sum(
    2 * np.exp(-(((2 * k + 1) * WIDTH) ** 2) / (4 * D * _t)) / np.sqrt(4 * np.pi * D * _t) for k in range(-20, 20)
)
assert np.abs(_images / far_side(_t) - 1).max() < 1e-9

# %% [markdown]
# ### One vesicle is a point, and the cleft has a rim
#
# No vesicle releases a sheet. Its transmitter comes out of a pore, crosses the gap within a microsecond, and then spreads *sideways*, in two dimensions, until it falls out at the rim, at 200 nm. There we take it away (outside there is much room, and there are transporters). The solution is a sum over the zeros $a_k$ of the Bessel function $J_0$:
#
# $$ c(t) = \frac{N}{\pi R^2 d}\sum_k \frac{e^{-a_k^2 D t/R^2}}{J_1(a_k)^2}\ \ \text{opposite the pore}, \qquad \frac{N(t)}{N} = \sum_k \frac{2\,e^{-a_k^2 D t/R^2}}{a_k\,J_1(a_k)}\ \ \text{still in the cleft}. \tag{2} $$
#
# **Predict.** Crossing takes 0.6 µs. How long until half of the transmitter has left?

# %% tags=["scratch"]
my_guess_us = None

# %%
ZEROS = jn_zeros(0, 300)


def opposite_the_pore(t_us):
    """Concentration (mM) opposite the pore; good from 0.5 µs on, when the gap has filled from wall to wall."""
    waves = np.exp(-np.outer(t_us, ZEROS**2) * D / RADIUS**2)
    return MM * MOLECULES / (np.pi * RADIUS**2 * WIDTH) * waves @ (1 / j1(ZEROS) ** 2)


def still_there(t_us):
    """Share of the molecules that have not yet reached the rim."""
    return np.exp(-np.outer(t_us, ZEROS**2) * D / RADIUS**2) @ (2 / (ZEROS * j1(ZEROS)))


t_us = np.geomspace(0.5, 100, 200)
fig, (top, bottom) = plt.subplots(2, sharex=True, layout="constrained", figsize=(6, 4.5))
top.loglog(t_us, opposite_the_pore(t_us), color="C2", label="one vesicle, opposite the pore")
top.axhline(MM * sheet / WIDTH, color="C2", ls="--", label="the same amount as a sheet, no rim")
top.set(ylabel="concentration (mM)", ylim=(0.01, 300))
top.legend(fontsize="small")
bottom.semilogx(t_us, still_there(t_us), color="C2")
bottom.set(xlabel="time (µs)", ylabel="share in the cleft (1)", ylim=(0, 1.05))
plt.show()
half_us = brentq(lambda t: still_there([t])[0] - 0.5, 1, 100)
print(f"half is gone after {half_us:.0f} µs; in the end it decays with {RADIUS**2 / (ZEROS[0] ** 2 * D):.0f} µs")

# %% [markdown]
# 24 µs: forty times the crossing. So for one vesicle the cleft is never one-dimensional; it is two-dimensional as soon as it has been crossed.
#
# Is this right? Compared with experiment it is too fast. Clements et al. (1992, [doi:10.1126/science.1359647](https://doi.org/10.1126/science.1359647)) deduced 1.1 mM and a decay with 1.2 ms at synapses in culture. Free escape at the rim, a slow molecule in a narrow gap and a wide synapse differ by such factors, and the decay goes with $R^2/D$. A model that depends on this number has to say where it comes from.

# %% tags=["guard"]
assert abs(half_us - 24) < 0.5 and abs(RADIUS**2 / (ZEROS[0] ** 2 * D) - 21) < 0.1 and 37 < half_us / 0.606 < 42
assert np.all(np.diff(still_there(t_us)) < 1e-9) and abs(still_there([1.0])[0] - 1) < 1e-6
# before the rim is felt: a bell in two dimensions, 1/(4πDt)
assert abs(opposite_the_pore([5.0])[0] / (MM * MOLECULES / WIDTH / (4 * np.pi * D * 5)) - 1) < 2e-3
# random walkers with a rim: the share that is still there, within the binomial error
_rng = np.random.default_rng(8)
_xy, _alive = np.zeros((4000, 2)), np.ones(4000, bool)
_dt = 0.01
for _ in range(2400):
    _xy[_alive] += np.sqrt(2 * D * _dt) * _rng.standard_normal((_alive.sum(), 2))
    _alive &= (_xy**2).sum(axis=1) < (RADIUS - 0.5826 * np.sqrt(2 * D * _dt)) ** 2  # steps overlook the rim by this much
assert abs(_alive.mean() - still_there([24.0])[0]) < 4 * 0.5 / np.sqrt(4000), _alive.mean()

# %% [markdown]
# ## 2. Receptors that bind and let go
#
# The simplest receptor has two states, closed and open. It opens when transmitter binds, at the rate $\alpha c$, and closes when it lets go, at the rate $\beta$ (Destexhe, Mainen and Sejnowski 1994, [doi:10.1162/neco.1994.6.1.14](https://doi.org/10.1162/neco.1994.6.1.14)):
#
# $$ \frac{dr}{dt} = \alpha\,c(t)\,(1 - r) - \beta\,r . \tag{3} $$
#
# While $c$ is constant this is one more exponential: $r \to r_\infty = \frac{\alpha c}{\alpha c + \beta}$ with $\tau = \frac{1}{\alpha c + \beta}$. We take values that are typical of AMPA receptors, and drive them with two pulses: the vesicle's of section 1, and the classic rectangle, 1 mM for 1 ms.
#
# **Predict.** The vesicle's pulse is over within a tenth of a millisecond. How long do the receptors stay open?

# %% tags=["scratch"]
my_guess_ms = None

# %%
ALPHA, BETA = 1.1, 0.19  # 1/(mM ms), 1/ms: typical values for AMPA receptors
START_us = 0.5  # from here on equation (2) holds


def vesicle(t_ms, speed=1.0):
    """Transmitter opposite the pore (mM); speed multiplies D."""
    t_us = 1e3 * np.atleast_1d(t_ms) * speed
    return np.where(t_us < START_us, 0.0, opposite_the_pore(np.maximum(t_us, START_us)))


def receptors(transmitter, t_ms):
    """Open share of the receptors at times t_ms, from equation (3)."""
    rhs = lambda t, r: ALPHA * transmitter(t) * (1 - r) - BETA * r  # noqa: E731
    return solve_ivp(rhs, (0, t_ms[-1]), [0.0], t_eval=t_ms, rtol=1e-6, atol=1e-9, max_step=0.5, first_step=1e-4).y[0]


def rectangle(t_ms):
    """Open share for 1 mM during 1 ms: two exponentials, one after the other."""
    r_inf, tau = ALPHA / (ALPHA + BETA), 1 / (ALPHA + BETA)
    rise = r_inf * (1 - np.exp(-np.minimum(t_ms, 1) / tau))
    return rise * np.exp(-BETA * np.maximum(t_ms - 1, 0))


t_ms = np.concatenate([np.geomspace(1e-3, 0.2, 60), np.linspace(0.25, 20, 159)])
open_vesicle, open_slow = receptors(vesicle, t_ms), receptors(lambda t: vesicle(t, 0.5), t_ms)
fig, ax = plt.subplots(layout="constrained")
ax.plot(t_ms, rectangle(t_ms), color="C7", label="1 mM for 1 ms")
ax.plot(t_ms, open_vesicle, color="C3", label="one vesicle, opposite the pore")
ax.plot(t_ms, open_slow, ":", color="C3", label="the same, D halved")
ax.set(xlabel="time (ms)", ylabel="open receptors (1)", ylim=0)
ax.legend()
plt.show()
print(f"largest open share: vesicle {open_vesicle.max():.2f}, D halved {open_slow.max():.2f}, rectangle {rectangle(t_ms).max():.2f}")
print(f"time constants of the decay: receptor {1 / BETA:.1f} ms, transmitter {RADIUS**2 / (ZEROS[0] ** 2 * D) / 1e3:.3f} ms")

# %% [markdown]
# The receptors remember for 5 ms what was there for 0.02 ms. **The rise of a synaptic current comes from the transmitter, its decay from the receptor.** Slower diffusion leaves more receptors open, and not for longer. Whatever the pulse looks like in detail, after it $r$ falls as $e^{-\beta t}$. That is why models may leave out the transmitter: they start where the pulse ends.

# %% tags=["guard"]
_late = t_ms > 2
for _r in (open_vesicle, open_slow, rectangle(t_ms)):
    assert abs(-np.polyfit(t_ms[_late], np.log(_r[_late]), 1)[0] - BETA) < 2e-3
assert 1.2 < open_slow.max() / open_vesicle.max() < 2 and abs(1 / BETA - 5.3) < 0.05
assert abs(rectangle(np.array([1.0]))[0] - 0.618) < 2e-3
# a short pulse acts by its area alone, if few receptors unbind meanwhile: 1 - exp(-α ∫c dt)
_fine = np.geomspace(START_us, 400, 4000)
_c = opposite_the_pore(_fine)
_area = np.sum((_c[1:] + _c[:-1]) / 2 * np.diff(_fine)) * 1e-3  # mM ms
assert abs(open_vesicle.max() / (1 - np.exp(-ALPHA * _area)) - 1) < 0.03, (open_vesicle.max(), _area)
_numeric = receptors(lambda t: np.where(np.atleast_1d(t) < 1, 1.0, 0.0), np.array([0.5, 1.0, 5.0]))
assert np.abs(_numeric - rectangle(np.array([0.5, 1.0, 5.0]))).max() < 5e-3

# %% [markdown]
# ## 3. The line that networks use
#
# Three shapes of conductance are in use. With weight $w$ and a spike at $t = 0$:
#
# | name | $g(t)$ | peak | at | area |
# |---|---|---|---|---|
# | `ExpSyn` | $w\,e^{-t/\tau}$ | $w$ | 0 | $w\,\tau$ |
# | `AlphaSynapse` | $w\,\frac{t}{\tau}\,e^{1-t/\tau}$ | $w$ | $\tau$ | $e\,\tau\,w$ |
# | `Exp2Syn` | $w\,f\,(e^{-t/\tau_2} - e^{-t/\tau_1})$ | $w$ | $t_p = \frac{\tau_1\tau_2}{\tau_2 - \tau_1}\ln\frac{\tau_2}{\tau_1}$ | $w\,f\,(\tau_2 - \tau_1)$ |
#
# The factor $f$ of `Exp2Syn` makes the peak equal to the weight: $f = 1/(e^{-t_p/\tau_2} - e^{-t_p/\tau_1})$.
#
# **Predict.** Two synapses have the same weight. One has the time constants 0.5 and 2 ms (like AMPA), the other 5 and 150 ms (like NMDA). Which one moves more charge, and how many times more?

# %% tags=["scratch"]
my_guess_ratio = None


# %%
def exp2(tau1, tau2):
    """Time of the peak (ms), factor, and area over weight (ms) of a difference of exponentials."""
    t_peak = tau1 * tau2 / (tau2 - tau1) * np.log(tau2 / tau1)
    factor = 1 / (np.exp(-t_peak / tau2) - np.exp(-t_peak / tau1))
    return t_peak, factor, factor * (tau2 - tau1)


def in_neuron(name, duration_ms, dt_ms=0.0125, **settings):
    """Times (ms) and conductance (µS) of one of NEURON's synapses that gets a spike of 1 nS at t = 0."""
    soma = h.Section(name="soma")
    synapse = getattr(h, name)(soma(0.5))
    for key, value in settings.items():
        setattr(synapse, key, value)
    if name == "AlphaSynapse":  # no spikes: it has a time of its own, and shows its current only
        synapse.onset, synapse.gmax, synapse.e = 0, 1e-3, 0
        clamp = h.SEClamp(soma(0.5))
        clamp.rs, clamp.dur1, clamp.amp1 = 1e-6, 1e9, -1  # at -1 mV the current in nA is minus the conductance in µS
        g = h.Vector().record(synapse._ref_i)
    else:
        source = h.NetCon(None, synapse)
        source.weight[0] = 1e-3
        g = h.Vector().record(synapse._ref_g)
    t = h.Vector().record(h._ref_t)
    h.dt, h.steps_per_ms = dt_ms, 1 / dt_ms
    h.finitialize(-1)
    if name != "AlphaSynapse":
        source.event(0)
    h.continuerun(duration_ms)
    return t.as_numpy().copy(), g.as_numpy().copy() * (-1 if name == "AlphaSynapse" else 1)


# %%
fig, ax = plt.subplots(layout="constrained")
for name, settings, style in (
    ("ExpSyn", {"tau": 2}, ":"),
    ("AlphaSynapse", {"tau": 2}, "--"),
    ("Exp2Syn", {"tau1": 0.5, "tau2": 2}, "-"),
    ("Exp2Syn", {"tau1": 2, "tau2": 20}, "-."),
):
    t, g = in_neuron(name, 40, **settings)
    label = name + ", " + " and ".join(f"{tau} ms" for tau in settings.values())
    ax.plot(t[1:], 1e3 * g[1:], style, color="C3", label=label)
ax.set(xlabel="time (ms)", ylabel="conductance (nS)", xlim=(0, 25))
ax.legend()
plt.show()
print("tau1, tau2 (ms): time of peak (ms), factor, area/weight (ms)")
for taus in ((0.1, 10), (0.5, 2), (1, 5), (2, 20), (5, 150)):
    print(f"{taus}: {exp2(*taus)[0]:.6f}, {exp2(*taus)[1]:.6f}, {exp2(*taus)[2]:.6f}")

# %% [markdown]
# The charge that a synapse moves is driving force times **area**, and equal peaks hide unequal areas: 169 ms against 3.2 ms, fifty times as much. Two consequences. When you change a time constant at constant weight, you change the strength. And a simulator that defines its weight differently (as charge, say) gives another network for the same number.

# %% tags=["guard"]
_table = {
    (0.1, 10): (0.465169, 1.058198, 10.47616),
    (0.5, 2): (0.924196, 2.116535, 3.174802),
    (1, 5): (2.011797, 1.869186, 7.476744),
    (2, 20): (5.116856, 1.435055, 25.830993),
    (5, 150): (17.592400, 1.163211, 168.66558),
}
for _taus, _row in _table.items():
    assert np.allclose(exp2(*_taus), _row, rtol=1e-6, atol=2e-6), (_taus, exp2(*_taus))
assert 50 < exp2(5, 150)[2] / exp2(0.5, 2)[2] < 56
for _taus in ((0.5, 2), (2, 20)):
    t, g = in_neuron("Exp2Syn", 20 * _taus[1], tau1=_taus[0], tau2=_taus[1])
    assert abs(g.max() / 1e-3 - 1) < 1e-4 and abs(t[g.argmax()] - exp2(*_taus)[0]) < 0.02
    assert abs(np.sum((g[1:] + g[:-1]) / 2) * 0.0125 / 1e-3 / exp2(*_taus)[2] - 1) < 1e-3
t, g = in_neuron("ExpSyn", 40, tau=2)
assert abs(g.max() / 1e-3 - 1) < 0.01 and abs(np.sum(g[1:]) * 0.0125 / 2e-3 - 1) < 0.01
_one, _two = np.searchsorted(t, [2.001, 4.001])
assert abs(g[_two] / g[_one] - np.exp(-1)) < 2e-3
t, g = in_neuron("AlphaSynapse", 38, tau=2)
assert abs(g.max() / 1e-3 - 1) < 1e-3 and abs(t[g.argmax()] - 2) < 0.03
assert abs(np.sum((g[1:] + g[:-1]) / 2) * 0.0125 / (1e-3 * np.e * 2) - 1) < 1e-3

# %% [markdown]
# ## 4. A channel that wants two things at once
#
# NMDA receptors pass current only if transmitter is bound **and** the membrane is depolarised: at rest a magnesium ion plugs the pore. The open share (Jahr and Stevens 1990, [doi:10.1523/JNEUROSCI.10-09-03178.1990](https://doi.org/10.1523/JNEUROSCI.10-09-03178.1990)), with $V$ in mV and [Mg] in mM:
#
# $$ B(V) = \frac{1}{1 + \dfrac{[\mathrm{Mg}]}{3.57}\,e^{-0.062\,V}} . \tag{4} $$
#
# **Predict.** The driving force is largest at the most negative potentials. Where between −100 and 0 mV is the inward current largest?

# %% tags=["scratch"]
my_guess_mV = None


# %%
def unblocked(v_mV, mg_mM=1.0):
    """Share of NMDA channels that magnesium does not block."""
    return 1 / (1 + mg_mM / 3.57 * np.exp(-0.062 * v_mV))


v_mV = np.linspace(-100, 40, 281)
fig, (left, right) = plt.subplots(1, 2, layout="constrained", figsize=(8, 3.4))
for mg, style in ((0.1, ":"), (1.0, "-"), (2.0, "--")):
    left.plot(v_mV, unblocked(v_mV, mg), style, color="C3", label=f"{mg} mM Mg²⁺")
    right.plot(v_mV, unblocked(v_mV, mg) * v_mV, style, color="C1")
left.set(xlabel="membrane potential (mV)", ylabel="not blocked (1)")
right.set(xlabel="membrane potential (mV)", ylabel="current (pA at 1 nS)")
left.legend()
plt.show()
half_mV = np.log(1 / 3.57) / 0.062
most_mV = minimize_scalar(lambda v: unblocked(v) * v, bounds=(-90, 0), method="bounded").x
print(f"at 1 mM: half blocked at {half_mV:.2f} mV, largest inward current at {most_mV:.2f} mV")
print(f"open at -65 mV: {unblocked(-65):.4f}; at -20 mV: {unblocked(-20):.4f}")

# %% [markdown]
# The inward current is largest at −27 mV, not at −100. Left of this, *depolarisation increases an inward current*, which depolarises further: the curve's slope is negative, as for the sodium channel. At rest 6 % are open, at −20 mV half. So the synapse passes little if it is alone and much if others have already depolarised the cell. It detects coincidence, and because calcium comes in with this current, the coincidence leaves a trace.

# %% tags=["guard"]
_B = {-80: 0.0244, -70: 0.0445, -65: 0.0597, -60: 0.0796, -50: 0.1385, -40: 0.2302, -30: 0.3572, -20: 0.5081}
_B.update({0: 0.7812, 20: 0.9250, 40: 0.9771})
assert max(abs(unblocked(_v) - _b) for _v, _b in _B.items()) < 6e-5
assert abs(half_mV + 20.525) < 2e-3 and abs(unblocked(half_mV) - 0.5) < 1e-12 and abs(most_mV + 26.955) < 2e-3
assert abs(unblocked(-65, 0.1) - 0.3882) < 6e-5 and abs(unblocked(-65, 2.0) - 0.0308) < 6e-5
_i = unblocked(v_mV) * v_mV
assert np.all(np.diff(_i[v_mV < -30]) < 0) and np.all(np.diff(_i[v_mV > -25]) > 0)

# %% [markdown]
# ## 5. Synapses that tire and warm up
#
# A synapse has a limited store of vesicles and a varying readiness to release them. Tsodyks and Markram (1997, [doi:10.1073/pnas.94.2.719](https://doi.org/10.1073/pnas.94.2.719)) describe both with two numbers: $x$, the share of the store that is full, and $u$, the share of it that a spike releases. At a spike the synapse transmits $u\,x$; after it, and over the interval $\Delta$ to the next one,
#
# $$ x \to 1 - \bigl(1 - x\,(1 - u)\bigr)\,e^{-\Delta/\tau_\text{rec}}, \qquad u \to U + u\,(1 - U)\,e^{-\Delta/\tau_\text{fac}} . \tag{5} $$
#
# The store refills with $\tau_\text{rec}$, the readiness falls back to $U$ with $\tau_\text{fac}$. The parameters below are published ones (Tsodyks, Uziel and Markram 2000, [doi:10.1523/JNEUROSCI.20-01-j0003.2000](https://doi.org/10.1523/JNEUROSCI.20-01-j0003.2000), and the paper above).
#
# **Predict.** Spikes come at 20 Hz. What happens to a synapse that releases half of its store each time and needs 800 ms to refill: what is left of the first response at the eighth?

# %% tags=["scratch"]
my_guess_share = None


# %%
def responses(intervals_ms, U, tau_rec_ms, tau_fac_ms):
    """u x at each spike of a train, from equation (5); the first spike finds a rested synapse."""
    u, x, found = U, 1.0, []
    for interval in [*intervals_ms, np.inf]:
        found.append(u * x)
        x = 1 - (1 - x * (1 - u)) * np.exp(-interval / tau_rec_ms)
        u = U + u * (1 - U) * (np.exp(-interval / tau_fac_ms) if tau_fac_ms > 0 else 0.0)
    return np.array(found)


def steady_response(rate_Hz, U, tau_rec_ms, tau_fac_ms):
    """What a long regular train ends at: equation (5) with the same u and x before and after."""
    interval = 1e3 / rate_Hz
    recovered, fallen = np.exp(-interval / tau_rec_ms), np.exp(-interval / tau_fac_ms) if tau_fac_ms > 0 else 0.0
    u = U / (1 - (1 - U) * fallen)
    return u * (1 - recovered) / (1 - (1 - u) * recovered)


KINDS = {"depressing, U = 0.5": (0.5, 800, 0), "depressing, U = 0.67": (0.67, 800, 0), "facilitating, U = 0.15": (0.15, 130, 530)}
fig, (left, right) = plt.subplots(1, 2, layout="constrained", figsize=(8, 3.4))
rates = np.geomspace(0.5, 100, 100)
for (name, parameters), marker in zip(KINDS.items(), "os^"):
    train = responses([50] * 7, *parameters)
    left.plot(np.arange(1, 9), train, marker + "-", color="C3", label=name)
    right.loglog(rates, [steady_response(rate, *parameters) for rate in rates], color="C3", marker=marker, markevery=20)
    print(f"{name}: {np.round(train, 5)}, later {steady_response(20, *parameters):.6f}")
right.loglog(rates, 1 / (0.8 * rates), ":", color="C5", label="1 / (rate × 0.8 s)")
left.set(xlabel="number of the spike", ylabel="response u x (1)", ylim=0)
right.set(xlabel="rate (Hz)", ylabel="steady response (1)", ylim=(0.005, 1))
left.legend(fontsize="small")
right.legend(fontsize="small")
plt.show()

# %% [markdown]
# The depressing synapse keeps an eighth of its first response. The facilitating one nearly doubles and then stays. Look at the right panel, too: at high rates the response of a depressing synapse falls as one over the rate, so that response *times* rate no longer depends on the rate. Such a synapse reports *changes* of rate: for a moment all of it, later nothing.

# %% tags=["guard"]
_known = {
    "depressing, U = 0.5": ([0.5, 0.26515, 0.15483, 0.10302, 0.07868, 0.06725, 0.06188, 0.05936], 0.057126),
    "depressing, U = 0.67": ([0.67, 0.24830, 0.11757, 0.07704, 0.06448, 0.06058, 0.05937, 0.05900], 0.058831),
    "facilitating, U = 0.15": ([0.15, 0.23886, 0.27319, 0.27893, 0.27582, 0.27249, 0.27086, 0.27056], 0.274565),
}
for _name, (_train, _end) in _known.items():
    _got = responses([50] * 7, *KINDS[_name])
    assert np.abs(_got - _train).max() < 6e-6, (_name, _got)
    assert abs(steady_response(20, *KINDS[_name]) - _end) < 1e-6
    assert abs(responses([50] * 200, *KINDS[_name])[-1] - _end) < 1e-6
_first, *_, _eighth = responses([50] * 7, 0.5, 800, 0)
assert 1 / 9 < _eighth / _first < 1 / 8 + 0.005 and 1.7 < 0.27056 / 0.15 < 1.9
assert abs(steady_response(100, 0.5, 800, 0) * 100 * 0.8 - 1) < 0.05
assert steady_response(100, 0.5, 800, 0) * 100 / (steady_response(50, 0.5, 800, 0) * 50) < 1.02
# the same from the differential equations dx/dt = (1 - x)/τ_rec and du/dt = (U - u)/τ_fac with jumps at the spikes
_u, _x, _t = 0.15, 1.0, []
for _ in range(5):
    _t.append(_u * _x)
    _y = [_x - _u * _x, _u + 0.15 * (1 - _u)]
    _y = solve_ivp(lambda t, y: [(1 - y[0]) / 130, (0.15 - y[1]) / 530], (0, 50), _y, rtol=1e-9, atol=1e-12).y[:, -1]
    _x, _u = _y
assert np.abs(_t - responses([50] * 4, 0.15, 130, 530)).max() < 1e-6

# %% [markdown]
# ### Your own synapse
#
# Move the sliders. Which one sets the first response? Can you make a synapse that first grows and then shrinks? At which rate does a facilitating synapse begin to depress? (Where `ipywidgets` is missing you see one picture; call `explore` with your own values.)


# %%
def explore(U=0.15, tau_rec_ms=130, tau_fac_ms=530, rate_Hz=20):
    """Responses to ten spikes at one rate and, half a second later, to one more."""
    interval = 1e3 / rate_Hz
    found = responses([interval] * 9 + [500], U, tau_rec_ms, tau_fac_ms)
    times = np.append(interval * np.arange(10), interval * 9 + 500)
    fig, ax = plt.subplots(layout="constrained")
    ax.vlines(times, 0, found, color="C3", lw=3)
    ax.axhline(steady_response(rate_Hz, U, tau_rec_ms, tau_fac_ms), color="C5", ls="--", label="long train")
    ax.set(xlabel="time (ms)", ylabel="response u x (1)", ylim=(0, 1))
    ax.legend()
    plt.show()


try:
    from ipywidgets import FloatSlider, interact

    interact(
        explore,
        U=FloatSlider(0.15, min=0.01, max=0.9, step=0.01, continuous_update=False),
        tau_rec_ms=FloatSlider(130, min=10, max=1500, step=10, description="refill (ms)", continuous_update=False),
        tau_fac_ms=FloatSlider(530, min=0, max=1500, step=10, description="readiness (ms)", continuous_update=False),
        rate_Hz=FloatSlider(20, min=1, max=100, step=1, description="rate (Hz)", continuous_update=False),
    )
except ImportError:  # no sliders in this kernel: one picture
    explore()

# %% tags=["scratch"]
explore(U=0.1, tau_rec_ms=400, tau_fac_ms=500, rate_Hz=40)

# %% [markdown]
# $U$ alone sets the first response. In the cell above the response grows to the third spike, and then the store is too empty. The published facilitating synapse grows with rate up to about 8 Hz and depresses beyond: it likes one band of rates.

# %% tags=["guard"]
for _arguments in ({"U": 0.9, "tau_rec_ms": 1500, "tau_fac_ms": 0, "rate_Hz": 100}, {"U": 0.01, "rate_Hz": 1}):
    explore(**_arguments)
_train = responses([25] * 9, 0.1, 400, 500)
assert _train.argmax() == 2 and _train[-1] < _train[2], _train
_best = minimize_scalar(lambda f: -steady_response(f, 0.15, 130, 530), bounds=(1, 50), method="bounded").x
assert abs(_best - 8.4) < 0.1, _best
# Without ipywidgets the cell draws one picture and goes on.
import sys

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
assert len(_shown) == 1 and len(_shown[0].axes) == 1
plt.close("all")

# %% [markdown]
# ## 6. Two neighbours of this page
#
# **Synapses that learn.** The order of two spikes can change the strength for hours. In the simplest rule, each pair of a presynaptic and a postsynaptic spike, $\Delta t = t_\text{post} - t_\text{pre}$ apart, changes the weight by
#
# $$ \Delta w = A_+\,e^{-\Delta t/\tau_+}\ (\Delta t > 0), \qquad \Delta w = -A_-\,e^{\Delta t/\tau_-}\ (\Delta t < 0). \tag{6} $$
#
# A trap: NEST counts a connection's delay $d$ as lying *in the dendrite*. The postsynaptic spike arrives at the synapse later by $d$, so $\Delta t + d$ stands in the exponents, and with a delay of 1 ms a pair at −1 ms does nothing.
#
# **Cells without a cleft.** A **gap junction** is a resistor between two cells. Hold one cell displaced by a current, and of its displacement the other gets the share $g_j/(g_j + g_m)$, where $g_m$ is its own membrane conductance: a voltage divider, without delay by diffusion, without receptor, in both directions. In NEURON a `LinearMechanism` makes one without any NMODL.


# %%
def pair_rule(dt_ms, delay_ms=0.0, tau_ms=20.0):
    """Change of the weight in units of A; both sides alike."""
    at_synapse = np.asarray(dt_ms, dtype=float) + delay_ms
    return np.sign(at_synapse) * np.exp(-np.abs(at_synapse) / tau_ms)


def coupling(g_junction_uS, g_membrane_uS):
    """Displacement of the second cell over that of the first, in NEURON, at rest."""
    cells = [h.Section(name=f"cell{k}") for k in range(2)]
    for cell in cells:
        cell.L = cell.diam = 10 / np.sqrt(np.pi)  # 100 µm² of membrane, so 1 µS is 1 S/cm²
        cell.insert("pas")
        cell.g_pas, cell.e_pas = g_membrane_uS, -65
    g = 100 * g_junction_uS / cells[0](0.5).area()  # S/cm²: what NEURON wants here
    matrix, nothing = h.Matrix(2, 2), h.Matrix(2, 2)
    for row in range(2):
        for column in range(2):
            matrix.setval(row, column, g if row == column else -g)
    where, zero, potentials = h.SectionList(cells), h.Vector(2), h.Vector(2)
    junction = h.LinearMechanism(nothing, matrix, potentials, zero, where, h.Vector([0.5, 0.5]))
    electrode = h.IClamp(cells[0](0.5))
    electrode.delay, electrode.dur, electrode.amp = 0, 1e9, 1e-3
    h.dt = 1.0
    h.finitialize(-65)
    for _ in range(100):
        h.fadvance()
    first, second = [cell(0.5).v + 65 for cell in cells]
    del junction
    return second / first


dt_ms = np.linspace(-60, 60, 241)
fig, ax = plt.subplots(layout="constrained")
ax.plot(dt_ms[dt_ms < 0], pair_rule(dt_ms[dt_ms < 0]), color="C3", label="no delay")
ax.plot(dt_ms[dt_ms > 0], pair_rule(dt_ms[dt_ms > 0]), color="C3")
for side in (dt_ms < -1, dt_ms > -1):
    ax.plot(dt_ms[side], pair_rule(dt_ms[side], 1.0), ":", color="C5", label="1 ms of delay in the dendrite" if side[0] else None)
ax.axhline(0, color="0.8", lw=1, zorder=0)
ax.set(xlabel="post minus pre (ms)", ylabel="change of weight / A (1)", xlim=(-30, 30))
ax.legend()
plt.show()
for g_junction in (1e-4, 1e-3):
    print(f"gap junction of {1e3 * g_junction} nS, membrane of 1 nS: coupling {coupling(g_junction, 1e-3):.4f}")

# %% tags=["guard"]
_pairs = {1: 0.904837, 2: 0.860708, 5: 0.740818, 10: 0.576950, 20: 0.349938, 40: 0.128735}
_pairs.update({-1: 0.0, -5: -0.818731, -10: -0.637628, -20: -0.386741, -40: -0.142274})
assert max(abs(pair_rule(_dt, 1.0) - _w) for _dt, _w in _pairs.items()) < 1e-6
assert abs(pair_rule(-10.0) + np.exp(-0.5)) < 1e-12 and abs(pair_rule(10.0) - np.exp(-0.5)) < 1e-12
for _g in (1e-4, 1e-3):
    assert abs(coupling(_g, 1e-3) - _g / (_g + 1e-3)) < 1e-4, coupling(_g, 1e-3)
assert not list(h.allsec())

# %% [markdown]
# ## Clean up

# %%
h.dt = 0.025
print("sections left:", len(list(h.allsec())))

# %% [markdown]
# ## What you have learned
#
# - **How fast is diffusion across a cleft?** $d^2/2D$, 0.6 µs for 20 nm. Walls leave the time alone and change the height: twice with the presynaptic membrane, four times and without a peak with both. Getting out takes forty times as long as getting across.
# - **What sets the time course?** The transmitter makes the rise, the receptor the decay. A pulse of 0.02 ms is remembered for 5 ms.
# - **Which number decides about charge?** The area, not the peak. For `Exp2Syn` it is the weight times $f\,(\tau_2 - \tau_1)$.
# - **How does a channel notice coincidence?** Magnesium blocks it unless the membrane is depolarised; its inward current is largest at −27 mV.
# - **Why is strength not one number?** It depends on the last spikes: the store empties and refills, the readiness rises and falls.
#
# ## Where to go next
#
# - Exercise 09 computes the diffusion of section 1 in five ways: on paper, with images and series, with your own solver, with `rxd` and with random walkers.
# - Exercise 06 puts synapses on a pyramidal cell; lecture 10 connects neurons by the thousand.
# - To read on: Destexhe, Mainen and Sejnowski (1994, [doi:10.1007/BF00961734](https://doi.org/10.1007/BF00961734)) on receptors with more than two states.
