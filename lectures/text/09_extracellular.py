# %% [markdown]
# # Extracellular potentials with LFPy
#
# A wire in the brain hears clicks, a wire on the scalp hears waves, and neither touches a cell. What both pick up is the potential that currents through membranes leave in the salt water around them. The spike of one cell, the local field potential (LFP) of a layer and the EEG of a hemisphere follow from one formula and
# one sum. This page derives the formula, lets LFPy and LFPykit do the sum for a neuron, and then walks away from that neuron: from 20 µm to the scalp.
#
# **What you will do**
#
# - add up the potentials of points by hand, and compare with LFPykit;
# - simulate a neuron in LFPy and hear its spike, from near and from far;
# - draw the map around a neuron with a synapse, and watch it move;
# - put a neuron into a slice, and another one into a head.
#
# **What you will learn**: the answers to six questions.
#
# 1. How large is the potential of a current, and how does it fall with distance?
# 2. When is a dendrite a line, and when is a whole neuron an arrow?
# 3. What does an electrode hear of a spike?
# 4. What does an LFP tell about the input, and what can it not tell?
# 5. What does the edge of a slice do?
# 6. What is left of all this on the scalp?
#
# **What you will need**: the length constant of lecture 04, sections and synapses of lecture 05. **Time**: about 90 minutes. The page runs in about ten seconds.

# %% tags=["setup"]
import os

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import HTML, display
from matplotlib.animation import FuncAnimation
from matplotlib.colors import LogNorm, SymLogNorm

os.environ["NEURON_MODULE_OPTIONS"] = "-nogui"  # NEURON need not look for a screen
import LFPy
from lfpykit import CellGeometry, CurrentDipoleMoment, LineSourcePotential, PointSourcePotential, RecMEAElectrode
from lfpykit.eegmegcalc import FourSphereVolumeConductor, InfiniteVolumeConductor
from neuron import h

h.load_file("stdrun.hoc")
plt.style.use("course.mplstyle")

# Lengths in µm, currents in nA, conductivity in S/m, potentials in mV: nA/(S/m · µm) = mV. Currents out of a cell are positive.
SIGMA = (
    0.3  # conductivity of the tissue in S/m, the same in all directions (Goto et al. 2010, doi:10.1152/jn.00122.2010)
)

# %% [markdown]
# ## 1. A point in salt water
#
# Let a current $I$ leave a cell at one point. It spreads evenly, so through a sphere of radius $r$ flows the density $I/4\pi r^2$. Ohm's law says that a density is the conductivity $\sigma$ times the field, and the potential is the field integrated from $r$ to infinity:
#
# $$ \frac{I}{4\pi r^2} = -\sigma\frac{d\phi}{dr} \quad\Rightarrow\quad \phi = \frac{I}{4\pi\sigma r} . \tag{1} $$
#
# Ohm's law is linear, so potentials of several points add up. That is all the physics of this page. Two things are taken for granted: nothing in the tissue stores charge at the frequencies of neurons, and $\sigma$ is the same everywhere (sections 5 and 6 give that up).
#
# A line of Python for each point, and the sum:


# %%
def by_hand_uV(electrode_um, places_um, currents_nA):
    """Potential (µV) at one electrode: equation (1) for each current, added up."""
    total = 0.0
    for place, current in zip(places_um, currents_nA):
        r = np.linalg.norm(np.subtract(electrode_um, place))
        total += 1e3 * current / (4 * np.pi * SIGMA * r)
    return total


for r in (10, 50, 100, 1000):
    print(f"1 nA at {r:4d} µm: {by_hand_uV((r, 0, 0), [(0, 0, 0)], [1.0]):7.4f} µV")

# %% [markdown]
# A nanoampere is a large current for a neuron, and the potentials outside are microvolts. Inside the neuron of section 3, a hundredth of it makes five millivolts. That is why LFPs are small, and why the potential outside may be ignored when the one inside is computed.
#
# LFPykit does the same for whole cells. Its `PointSourcePotential` takes a geometry ($n$ segments, each with two ends) and $m$ electrodes, and returns a matrix $\mathbf M$ of shape $(m, n)$ with $\boldsymbol\phi = \mathbf M\,\mathbf I$ in mV. Geometry stands on one side, what the cell does on the other.


# %%
def short_segments(heights_um):
    """A geometry of very short segments on the z axis, one at each height: points, for LFPykit."""
    z = np.asarray(heights_um, dtype=float)[:, None] + [-5e-4, 5e-4]
    return CellGeometry(x=0 * z, y=0 * z, z=z, d=np.ones(len(z)))


def above_um(distances_um):
    """Keyword arguments x, y, z of LFPykit for electrodes on the z axis."""
    z = np.asarray(distances_um, dtype=float)
    return {"x": 0 * z, "y": 0 * z, "z": z}


matrix = PointSourcePotential(
    short_segments([0.0, 40.0]), **above_um([50, 100, 1000]), sigma=SIGMA
).get_transformation_matrix()
print("shape:", matrix.shape, "(electrodes, segments)")
print("LFPykit:", 1e3 * matrix @ [1.0, -0.5], "µV")
print("by hand:", [by_hand_uV((0, 0, r), [(0, 0, 0), (0, 0, 40)], [1.0, -0.5]) for r in (50, 100, 1000)], "µV")

# %% tags=["guard"]
for _r, _uV in ((10, 26.5258), (50, 5.30516), (100, 2.65258), (1000, 0.265258)):
    assert abs(by_hand_uV((0, _r, 0), [(0, 0, 0)], [1.0]) / _uV - 1) < 1e-5
assert matrix.shape == (3, 2)
_by_hand = [by_hand_uV((0, 0, _r), [(0, 0, 0), (0, 0, 40)], [1.0, -0.5]) for _r in (50, 100, 1000)]
assert np.allclose(1e3 * matrix @ [1.0, -0.5], _by_hand, rtol=1e-9)
# the flux of the field through a sphere that is not centred on the point: all of the current
_cos, _weight = np.polynomial.legendre.leggauss(60)
_on = 100 * np.column_stack([np.sqrt(1 - _cos**2), 0 * _cos, _cos])
_field = [
    (by_hand_uV(0.9999 * _e, [(0, 0, 30)], [1.0]) - by_hand_uV(1.0001 * _e, [(0, 0, 30)], [1.0])) / 0.02 for _e in _on
]
assert abs(SIGMA * 2 * np.pi * 100**2 * _weight @ _field * 1e-3 - 1) < 1e-6

# %% [markdown]
# ### No neuron is a point
#
# What flows into a cell flows out of it. So no neuron is a single point source; it has at least a **sink**, where current enters it, and a **source**, where current leaves.
#
# **Predict.** A single point (if there were one) loses a factor of ten from 1 mm to 10 mm. What do you lose with a sink and a source 100 µm apart? And with a source, a sink twice as strong, and another source, in a row?

# %% tags=["scratch"]
my_guess_pair, my_guess_row = None, None

# %%
r_um = np.geomspace(100, 10e3, 81)
ARRANGEMENTS = {  # name: heights (µm), currents (nA)
    "one point": ([0.0], [1.0]),
    "sink and source": ([-50.0, 50.0], [-1.0, 1.0]),
    "source, sink, source": ([-50.0, 0.0, 50.0], [1.0, -2.0, 1.0]),
}
along_uV = {}
for name, (heights, currents) in ARRANGEMENTS.items():
    along_uV[name] = (
        1e3
        * PointSourcePotential(short_segments(heights), **above_um(r_um), sigma=SIGMA).get_transformation_matrix()
        @ currents
    )

p = 1.0 * 100  # nA µm: current times distance
dipole_uV = 1e3 * p / (4 * np.pi * SIGMA * r_um**2)

fig, ax = plt.subplots(layout="constrained")
for (name, phi), style in zip(along_uV.items(), ("-", "--", "-.")):
    ax.loglog(r_um / 1e3, phi, style, color="C6", label=name)
ax.loglog(r_um / 1e3, dipole_uV, ":", color="C5", lw=2.5, label="dipole")
ax.set(xlabel="distance from the middle (mm)", ylabel="potential on the axis (µV)")
ax.legend()
plt.show()
for name, phi in along_uV.items():
    print(f"{name}: {phi[40] / phi[-1]:.0f} times smaller at 10 mm than at 1 mm")
for ratio in (1, 2, 3, 5, 10):
    pair = by_hand_uV((0, 0, 100 * ratio), [(0, 0, -50), (0, 0, 50)], [-1, 1])
    print(
        f"{ratio:2d} separations away: the dipole is off by {100 * (1e3 * p / (4 * np.pi * SIGMA * (100 * ratio) ** 2) / pair - 1):6.2f} %"
    )

# %% [markdown]
# Each cancellation costs one more power: $1/r$, $1/r^2$, $1/r^3$. Ten, a hundred, a thousand times smaller.
#
# The middle one has a name. From far away only the product $p$ = current × distance counts, the **current dipole moment**, and straight above it
#
# $$ \phi = \frac{p}{4\pi\sigma r^2} . \tag{2} $$
#
# How far is far? For one sink and one source at the distance $d$, seen from the middle along the axis, the dipole is too small by exactly $(d/2r)^2$: a quarter at one separation, a percent at five. Real neurons are less kind, because their currents spread over a millimetre and more, and because it matters where you place the arrow. Exercise 10 measures that.

# %% tags=["guard"]
_slopes = [np.log(_phi[-1] / _phi[-20]) / np.log(r_um[-1] / r_um[-20]) for _phi in along_uV.values()]
assert np.allclose(_slopes, [-1, -2, -3], atol=1e-3), _slopes
assert abs(r_um[40] - 1e3) < 1e-6
_loss = [_phi[40] / _phi[-1] for _phi in along_uV.values()]
assert np.allclose(_loss, [10, 100, 1000], rtol=4e-3), _loss
for _ratio in (1, 2, 3, 5, 10):
    _pair = by_hand_uV((0, 0, 100 * _ratio), [(0, 0, -50), (0, 0, 50)], [-1, 1])
    assert abs(1e3 * p / (4 * np.pi * SIGMA * (100 * _ratio) ** 2) / _pair - 1 + (1 / (2 * _ratio)) ** 2) < 1e-9
# LFPykit's dipole is the same: 10 nA m, 12 mm above
_far = InfiniteVolumeConductor(sigma=SIGMA).get_dipole_potential(
    np.array([[0.0], [0.0], [1e7]]), np.array([[0.0, 0.0, 12e3]])
)
assert abs(1e3 * _far[0, 0] - 18.4207) < 1e-4
_theirs = CurrentDipoleMoment(short_segments([-50.0, 50.0])).get_transformation_matrix() @ np.array([[-1.0], [1.0]])
assert np.allclose(_theirs[:, 0], [0, 0, p])

# %% [markdown]
# ## 2. A dendrite is a line
#
# A simulator cuts a dendrite into segments and knows one current for each. Where does it leave? In the middle, says the point source. Evenly along the segment, says the **line source** (Holt and Koch 1999, [doi:10.1023/A:1008832702585](https://doi.org/10.1023/A:1008832702585)): then $\phi$ is equation (1) averaged over all $s$ between the two ends,
#
# $$ \phi = \frac{I}{4\pi\sigma\ell}\int_0^{\ell}\frac{ds}{r(s)} . \tag{3} $$
#
# You will solve this integral in exercise 10. Here we replace it with a sum: $n$ points, each with $I/n$.
#
# **Predict.** A segment of 200 µm, an electrode 10 µm beside its middle. How many points until the sum is within 1 % of the line?

# %% tags=["scratch"]
my_guess_points = None

# %%
LENGTH, BESIDE = 200.0, 10.0  # µm
segment = CellGeometry(x=np.zeros((1, 2)), y=np.zeros((1, 2)), z=np.array([[0.0, LENGTH]]), d=np.ones(1))
electrode = {"x": np.array([BESIDE]), "y": np.zeros(1), "z": np.array([LENGTH / 2])}
line_uV = 1e3 * LineSourcePotential(segment, **electrode, sigma=SIGMA).get_transformation_matrix()[0, 0]
numbers = np.array([1, 3, 5, 9, 15, 25, 45])
points_uV = []
for n in numbers:
    middles = (np.arange(n) + 0.5) * LENGTH / n
    points_uV.append(by_hand_uV((BESIDE, 0, LENGTH / 2), [(0, 0, z) for z in middles], np.full(n, 1 / n)))

fig, ax = plt.subplots(layout="constrained")
ax.semilogx(numbers, points_uV, "o-", color="C6", label="n points")
ax.axhline(line_uV, color="C5", ls="--", label="LFPykit's line source")
ax.set(xlabel="number of points (1)", ylabel="potential of 1 nA (µV)", ylim=0)
ax.set_xticks(numbers)
ax.set_xticklabels(numbers)
ax.minorticks_off()
ax.legend()
plt.show()
for n, phi in zip(numbers, points_uV):
    print(f"{n:2d} points, {LENGTH / n:5.1f} µm apart: {phi:7.4f} µV, {100 * (phi / line_uV - 1):6.2f} %")

# %% [markdown]
# One point is wrong by more than a factor of three. With 15 points the sum is right to 1 %: they are then 13 µm apart, about as far as the electrode is from the axis. That is the rule. **Point or line does not matter as soon as segments are shorter than the distance to the electrode.** Closer than that, take lines.

# %% tags=["guard"]
assert abs(line_uV - 7.95303) < 1e-4  # by symmetry that of 100 µm, beside its end: known to six digits
_s = np.linspace(0, LENGTH, 20001)
_f = 1e3 / (4 * np.pi * SIGMA * LENGTH) / np.hypot(_s - LENGTH / 2, BESIDE)
assert abs(np.sum((_f[1:] + _f[:-1]) / 2) * (_s[1] - _s[0]) / line_uV - 1) < 1e-6
_errors = np.abs(np.array(points_uV) / line_uV - 1)
assert (
    points_uV[0] / line_uV > 3
    and _errors[numbers == 15] < 0.01 < _errors[numbers == 9]
    and (np.diff(_errors) < 0).all()
)

# %% [markdown]
# ## 3. A neuron in LFPy
#
# Now real currents. A **ball and stick**: a soma and one dendrite of a millimetre, upwards. It is the stick of Pettersen and Einevoll (2008, [doi:10.1529/biophysj.107.111179](https://doi.org/10.1529/biophysj.107.111179)), with a length constant of 1 mm. The soma may get Hodgkin-Huxley channels in place of its leak.

# %%
CELL = {"soma_um": 20.0, "length_um": 1000.0, "diam_um": 2.0}
MEMBRANE = {"R_m": 30e3, "C_m": 1.0, "R_a": 150.0, "rest_mV": -65.0}  # Ω cm², µF/cm², Ω cm
RUN = {"dt_ms": 2**-4, "t_stop_ms": 25.0, "t_input_ms": 5.0}


def ball_and_stick(spiking, longest_um=20.0):
    """Two sections in NEURON, along z, the soma around the origin. They live as long as you hold them."""
    half = CELL["soma_um"] / 2
    soma, dend = h.Section(name="soma"), h.Section(name="dend")
    for section, start, end, diameter in (
        (soma, -half, half, CELL["soma_um"]),
        (dend, half, half + CELL["length_um"], CELL["diam_um"]),
    ):
        section.pt3dadd(0, 0, start, diameter)
        section.pt3dadd(0, 0, end, diameter)
        section.nseg = int(np.ceil(section.L / longest_um)) // 2 * 2 + 1
        section.cm, section.Ra = MEMBRANE["C_m"], MEMBRANE["R_a"]
        section.insert("hh" if spiking and section is soma else "pas")
    dend.connect(soma(1))
    for section in (dend,) if spiking else (soma, dend):
        section.g_pas, section.e_pas = 1 / MEMBRANE["R_m"], MEMBRANE["rest_mV"]
    return soma, dend


# %% [markdown]
# LFPy takes sections that exist, adds synapses, runs NEURON and keeps what the membrane of each segment passes, `cell.imem`: channels, synapses **and** capacitance.
#
# - `delete_sections=False`: otherwise `LFPy.Cell` deletes all sections in memory, ours too.
# - `nsegs_method=None`: keep the segments that we have made.
# - `rec_imem=True`, `rec_vmem=True`: record currents and potentials, one row a segment.
# - `strip_hoc_objects()`: let NEURON's objects go. The next cell must not find leftovers of this one.


# %%
def run(height_um, weight_uS, spiking=False, reversal_mV=0.0, longest_um=20.0, dt_ms=RUN["dt_ms"]):
    """The cell with one synapse (decay 2 ms, active once) at a height on its axis; an LFPy.Cell that has been simulated."""
    sections = ball_and_stick(spiking, longest_um)
    h.celsius = 6.3
    cell = LFPy.Cell(
        h.SectionList(list(sections)),
        delete_sections=False,
        nsegs_method=None,
        v_init=MEMBRANE["rest_mV"],
        dt=dt_ms,
        tstop=RUN["t_stop_ms"],
    )
    where = cell.get_closest_idx(x=0, y=0, z=height_um)
    synapse = LFPy.Synapse(cell, idx=where, syntype="ExpSyn", tau=2.0, e=reversal_mV, weight=weight_uS)
    synapse.set_spike_times(np.array([RUN["t_input_ms"]]))
    cell.simulate(rec_imem=True, rec_vmem=True)
    cell.strip_hoc_objects()
    cell.imem[:, 0] = 0.0  # at rest; LFPy's first sample comes before the first step, without capacitive currents
    return cell


def outside_uV(cell, x_um, z_um, y_um=0.0):
    """Potential (µV) at places x, z in the plane of constant y, all times: LFPykit's line sources times currents."""
    x, z = np.broadcast_arrays(np.asarray(x_um, dtype=float), np.asarray(z_um, dtype=float))
    model = LineSourcePotential(cell, x=x.ravel(), y=np.full(x.size, y_um), z=z.ravel(), sigma=SIGMA)
    return (1e3 * model.get_transformation_matrix() @ cell.imem).reshape(x.shape + (-1,))


spike = run(0, 0.02, spiking=True)
print("segments and times:", spike.imem.shape)
print(
    f"largest current {np.abs(spike.imem).max():.2f} nA, largest sum over the cell {np.abs(spike.imem.sum(axis=0)).max():.0e} nA"
)

# %% [markdown]
# The sum is zero up to rounding, at each time. It had to be, see above; and it is the cheapest test of any model of this kind.
#
# **Predict.** An electrode lies 20 µm beside the soma. While the membrane potential goes up by 100 mV and down again, what does the potential outside do? Does it follow $V$, or something else?

# %% tags=["scratch"]
my_guess = None

# %%
beside_uV = outside_uV(spike, 20, 0)
fig, axes = plt.subplots(3, sharex=True, layout="constrained", figsize=(6, 5.5))
axes[0].plot(spike.tvec, spike.vmem[0], color="C0", label="soma")
axes[0].plot(
    spike.tvec, spike.vmem[spike.get_closest_idx(x=0, y=0, z=500)], "--", color="C0", label="dendrite, 500 µm up"
)
axes[0].set(ylabel="membrane\npotential (mV)")
axes[0].legend(fontsize="small")
axes[1].plot(spike.tvec, spike.imem[0], color="C1")
axes[1].set(ylabel="current out of\nthe soma (nA)")
axes[2].plot(spike.tvec, beside_uV, color="C6")
axes[2].set(xlabel="time (ms)", ylabel="extracellular\npotential (µV)", xlim=(4, 12))
for ax in axes[1:]:
    ax.axhline(0, color="0.8", lw=1, zorder=0)
plt.show()
peak_ms, trough_ms, rise_ms = [
    spike.tvec[k] for k in (spike.vmem[0].argmax(), beside_uV.argmin(), np.diff(spike.vmem[0]).argmax())
]
print(f"V rises fastest at {rise_ms:.2f} ms and peaks at {peak_ms:.2f} ms; trough outside at {trough_ms:.2f} ms")
print(
    f"inside {np.ptp(spike.vmem[0]):.0f} mV, outside {np.ptp(beside_uV):.0f} µV: {1e3 * np.ptp(spike.vmem[0]) / np.ptp(beside_uV):.0f} times smaller"
)

# %% [markdown]
# The outside follows the **current** of the soma, not its potential. While sodium rushes in, the soma is a sink and the electrode sees a trough. It comes with the *rise* of $V$ and is over before $V$ has come down. When potassium flows out, the soma is a source. And 100 mV inside are 18 µV outside.
#
# One thin dendrite draws little current from a soma. The pyramidal cell of exercise 10 has five dendrites on its soma, and is louder.
#
# ### From near and from far
#
# **Predict.** Close to the soma it is nearly alone. Far away it and its dendrite cancel. Between which powers of $1/r$ do you expect the amplitude to fall? And does the *shape* of the spike change with distance?

# %% tags=["scratch"]
my_guess = None

# %%
r_um = np.geomspace(15, 1500, 41)
away_uV = outside_uV(spike, r_um, 0)
amplitude_uV = np.ptp(away_uV, axis=1)
slope = np.gradient(np.log(amplitude_uV), np.log(r_um))
width_ms = (away_uV < away_uV.min(axis=1, keepdims=True) / 2).sum(axis=1) * RUN["dt_ms"]

fig, (left, right) = plt.subplots(1, 2, layout="constrained", figsize=(8, 3.6))
left.loglog(r_um, amplitude_uV, color="C6", label="spike")
for power, style in ((1, ":"), (2, "--"), (3, "-.")):
    left.loglog(
        r_um,
        amplitude_uV[0] * (r_um / r_um[0]) ** -power,
        style,
        color="C5",
        lw=1,
        label=f"1/r$^{power}$" if power > 1 else "1/r",
    )
left.set(
    xlabel="distance from the soma (µm)",
    ylabel="peak to peak (µV)",
    ylim=(1e-3, 100),
    xticks=[20, 100, 500],
    xticklabels=[20, 100, 500],
)
left.minorticks_off()
left.legend()
for r, style in ((20, "-"), (200, "--"), (1000, ":")):
    trace = outside_uV(spike, r, 0)
    right.plot(spike.tvec, trace / -trace.min(), style, color="C6", label=f"{r} µm")
right.set(xlabel="time (ms)", ylabel="potential / depth of trough (1)", xlim=(5, 11))
right.legend()
plt.show()
for r in (20, 60, 200, 700, 1400):
    k = np.abs(np.log(r_um / r)).argmin()
    print(
        f"{r_um[k]:6.0f} µm: {amplitude_uV[k]:8.4f} µV, falls as r^{slope[k]:.2f}, trough {width_ms[k]:.2f} ms wide at half depth"
    )

# %% [markdown]
# The power goes from about 1 near the soma to nearly 3 at 1.4 mm. There is no such thing as *the* decay of a spike.
#
# And the spike gets **wider**: 0.75 ms beside the soma, more than 2 ms at a millimetre, though salt water filters nothing. The dendrite does. It is a cable, and the current that enters at the soma leaves it within a length constant. For slow changes that is 1 mm; for a sine of 100, 500, 1000 or 1500 Hz in this very stick only 317, 145, 103 or 84 µm (Pettersen and Einevoll 2008, figure 4). Slow parts of a spike travel farther
# before they return, and make a larger dipole. Close by, where the soma counts alone, all parts are heard alike.

# %% tags=["guard"]
assert np.abs(spike.imem.sum(axis=0)).max() < 1e-12
assert abs(np.ptp(spike.vmem[0]) - 107) < 8 and abs(np.ptp(beside_uV) - 18.3) < 0.3
assert abs(trough_ms - rise_ms) <= 0.2 < peak_ms - rise_ms and beside_uV.argmin() == spike.imem[0].argmin()
assert np.corrcoef(beside_uV, spike.imem[0])[0, 1] > 0.98 and abs(np.corrcoef(beside_uV, spike.vmem[0])[0, 1]) < 0.85
assert spike.vmem[0][(spike.tvec > trough_ms) & (beside_uV > 0)][0] > -30  # over before V has come down
# local exponents of a ball and stick like this from a run of its own, with another stimulus
for _r, _power in ((61, -1.58), (173, -2.01), (707, -2.52), (1414, -2.78)):
    assert abs(np.interp(np.log(_r), np.log(r_um), slope) - _power) < 0.04, (
        _r,
        np.interp(np.log(_r), np.log(r_um), slope),
    )
assert -1.2 < slope[0] < -1 and (np.diff(slope) < 0.01).all()
assert (
    (np.diff(width_ms) >= -1e-9).all()
    and abs(np.interp(19, r_um, width_ms) - 0.75) < 0.1
    and 2 < np.interp(1000, r_um, width_ms) < 2.6
)
for _f, _um in ((100, 317), (500, 145), (1000, 103), (1500, 84)):
    assert abs(1000 * np.sqrt(2 / (1 + np.sqrt(1 + (2 * np.pi * _f * 0.03) ** 2))) - _um) < 1
assert abs(1e4 * np.sqrt(2e-4 * MEMBRANE["R_m"] / (4 * MEMBRANE["R_a"])) - 1000) < 1e-6
# 10 pA inside: soma and sealed cable in parallel, lecture 04
_soma, _infinite = (
    MEMBRANE["R_m"] / (np.pi * 20e-4**2),
    2 / np.pi * np.sqrt(MEMBRANE["R_m"] * MEMBRANE["R_a"]) * 2e-4**-1.5,
)
assert abs(10e-12 / (1 / _soma + np.tanh(1) / _infinite) * 1e3 - 5) < 0.3
# half the time step, a third of the segments' length
_fine = run(0, 0.02, spiking=True, longest_um=20 / 3, dt_ms=2**-5)
_fine_uV = np.ptp(outside_uV(_fine, r_um, 0), axis=1)
assert np.abs(_fine_uV / amplitude_uV - 1)[r_um > 30].max() < 0.04, np.abs(_fine_uV / amplitude_uV - 1).max()
assert not list(h.allsec())

# %% [markdown]
# ## 4. The local field potential
#
# Below some 300 Hz an electrode hears less of spikes and more of synapses, from many cells. Take one of them. The cell is passive now, and one synapse opens.
#
# An excitatory synapse lets positive charge *in*: it is a sink. An inhibitory one (chloride or potassium, reversal potential −80 mV) is a source; we make it five times stronger, since its driving force at rest is four times smaller. The rest of the cell returns the current.
#
# **Predict.** Excitation at the top of the dendrite, excitation at the soma, inhibition at the soma. Where is the potential negative in each case? Which two look alike?

# %% tags=["scratch"]
my_guess = None

# %%
SYNAPSES = {  # weight (µS), reversal potential (mV)
    "excitation": {"weight_uS": 1e-3, "reversal_mV": 0.0},
    "inhibition": {"weight_uS": 5e-3, "reversal_mV": -80.0},
}
INPUTS = {  # kind, height (µm)
    "excitation, top": ("excitation", 1000),
    "excitation, soma": ("excitation", 0),
    "inhibition, soma": ("inhibition", 0),
}
MAP_X, MAP_Z = np.meshgrid(np.linspace(-450, 450, 31), np.linspace(-350, 1350, 58))


def draw_map(ax, potential_uV, limit_uV):
    """A map of potentials with the cell on it; 15 colours on a symmetric scale, linear within 0.002 µV, logarithmic beyond."""
    norm = SymLogNorm(0.002, vmin=-limit_uV, vmax=limit_uV, base=10)
    extent = (MAP_X.min(), MAP_X.max(), MAP_Z.min(), MAP_Z.max())
    colours = plt.get_cmap("PuOr", 15)
    image = ax.imshow(potential_uV, cmap=colours, norm=norm, extent=extent, origin="lower", interpolation="bilinear")
    ax.plot([0, 0], [10, 1010], color="black", lw=1.2)
    ax.plot([0], [0], "o", color="black", ms=6)
    ax.set(aspect="equal", xlabel="x (µm)", ylabel="z (µm)", xticks=(-400, 0, 400))
    return image


def draw_synapse(ax, kind, height_um):
    ax.plot(0, height_um, "v" if kind == "excitation" else "^", color="white", mec="black", ms=9)


lfp = {name: run(height, **SYNAPSES[kind]) for name, (kind, height) in INPUTS.items()}
maps = {name: outside_uV(cell, MAP_X, MAP_Z, y_um=20) for name, cell in lfp.items()}
fig, axes = plt.subplots(1, 3, figsize=(7.5, 4.8), sharey=True, layout="constrained")
for ax, (name, values) in zip(axes, maps.items()):
    k = np.abs(values).max(axis=(0, 1)).argmax()
    image = draw_map(ax, values[..., k], 0.5)
    draw_synapse(ax, *INPUTS[name])
    ax.set_title(f"{name}, {lfp[name].tvec[k]:.1f} ms", fontsize="small")
    ax.label_outer()
fig.colorbar(image, ax=axes, label="potential (µV)", shrink=0.8, ticks=[-0.1, -0.01, -0.001, 0, 0.001, 0.01, 0.1])
plt.show()

# %%
dipoles = {name: CurrentDipoleMoment(cell).get_transformation_matrix() @ cell.imem for name, cell in lfp.items()}
for name, cell in lfp.items():
    p_z = dipoles[name][2]
    ends = [outside_uV(cell, 0, z)[np.abs(p_z).argmax()] for z in (1300, -300)]
    print(
        f"{name:17s} largest in the map {np.abs(maps[name]).max():.3f} µV, p = {p_z[np.abs(p_z).argmax()]:5.2f} nA µm,"
        f" 300 µm above {ends[0]:+.4f} µV, 300 µm below {ends[1]:+.4f} µV, V at the soma {cell.vmem[0][np.abs(cell.vmem[0] + 65).argmax()] + 65:+.2f} mV"
    )

# %% [markdown]
# Triangles mark the synapse; orange is negative, purple positive. Three things to see:
#
# - Near the synapse the potential has the sign of *its* current: negative beside excitation, positive beside inhibition.
# - Excitation at the top and excitation at the soma make **opposite** dipoles. The polarity of an LFP says where in the cell the input arrived, before it says what the input was.
# - **Excitation at the top and inhibition at the soma point the same way**, and the second is nearly the mirror image of excitation at the soma. In both, current enters the cell above and leaves it below. Above the cell both are negative, below it both are positive. An electrode that is not close to the synapse cannot tell them apart, yet one drives the cell and the other holds it back.

# %% tags=["guard"]
_top, _soma, _hold = [dipoles[_name][2] for _name in INPUTS]
_largest = [_p[np.abs(_p).argmax()] for _p in (_top, _soma, _hold)]
assert np.allclose(_largest, [-9.29, 6.22, -6.33], rtol=0.01), _largest
for _name, _sign in zip(INPUTS, (-1, 1, -1)):
    _k = np.abs(dipoles[_name][2]).argmax()
    assert _sign * outside_uV(lfp[_name], 0, 1300)[_k] > 1e-4 and _sign * outside_uV(lfp[_name], 0, -300)[_k] < -1e-4
    _near = outside_uV(lfp[_name], 20, INPUTS[_name][1])
    assert np.sign(_near[np.abs(_near).argmax()]) == (1 if "inhibition" in _name else -1)
    assert 0.05 < np.abs(maps[_name]).max() < 0.5
    assert np.abs(dipoles[_name][:2]).max() < 1e-9
assert lfp["excitation, top"].vmem[0].max() > -64.5 and lfp["inhibition, soma"].vmem[0].min() < -65.5
# the dipole is the dendrite's axial current, summed over its length: Ohm's law inside, nothing of transmembrane currents
_cell = lfp["excitation, top"]
_z, _V = _cell.z.mean(axis=1), _cell.vmem
_axial = (
    -np.diff(_V[1:], axis=0) / np.diff(_z[1:])[:, None] * (np.pi * 1.0**2) / MEMBRANE["R_a"] * 1e2
)  # mV/µm · µm² / Ω cm: nA
_inside = (_axial * np.diff(_z[1:])[:, None]).sum(axis=0)
assert abs(np.abs(_inside).max() / 9.29 - 1) < 0.05, np.abs(_inside).max()
# halved steps, three times as many segments
for _name, (_kind, _height) in INPUTS.items():
    _fine = run(_height, **SYNAPSES[_kind], longest_um=20 / 3, dt_ms=2**-5)
    _p = (CurrentDipoleMoment(_fine).get_transformation_matrix() @ _fine.imem)[2]
    assert abs(np.abs(_p).max() / np.abs(dipoles[_name][2]).max() - 1) < 0.03, _name

# %% [markdown]
# ### Watch it move
#
# One more cell, with channels in the soma and a strong synapse at 800 µm (50 nS). **Predict** before you press play: which colour has the region around the soma while the synapse is active, and which when the spike comes?

# %% tags=["scratch"]
my_guess_before, my_guess_during = None, None

# %%
movie = run(800, 0.05, spiking=True)
movie_uV = outside_uV(movie, MAP_X, MAP_Z, y_um=20)
WATCHED = {"soma": (0, "-"), "800 µm up": (800, "--")}  # height (µm) of segment and electrode, line
frames_ms = np.concatenate([[5.5, 7.5, 10.5], np.arange(11.75, 14.6, 0.25)])  # slow motion for the spike
frames = np.searchsorted(movie.tvec, frames_ms)


def animate():
    """The map and the traces beside it, one frame for each time, as an animation in HTML."""
    widths = {"width_ratios": [1, 1.5]}
    fig, axes = plt.subplot_mosaic("mt\nmb", layout="constrained", figsize=(7.5, 4.2), gridspec_kw=widths)
    ax, top, bottom = [axes[key] for key in "mtb"]
    image = draw_map(ax, movie_uV[..., frames[0]], 20.0)
    draw_synapse(ax, "excitation", 800)
    bar = fig.colorbar(image, ax=ax, label="potential (µV)")
    bar.set_ticks([-10, -1, -0.1, 0, 0.1, 1, 10], labels=["-10", "-1", "-0.1", "0", "0.1", "1", "10"])
    bar.minorticks_off()
    for name, (height, style) in WATCHED.items():
        top.plot(movie.tvec, movie.vmem[movie.get_closest_idx(x=0, y=0, z=height)], style, color="C0", label=name)
        bottom.plot(movie.tvec, outside_uV(movie, 60, height), style, color="C6", label=name)
        ax.plot(60, height, "s", color="C6", mec="white", ms=6)
    top.set(ylabel="membrane\npotential (mV)", xlim=(4, 17), xticklabels=[])
    bottom.set(xlabel="time (ms)", ylabel="potential, 60 µm\nbeside (µV)", xlim=(4, 17))
    bottom.axhline(0, color="0.8", lw=1, zorder=0)
    top.legend(fontsize="small")
    now = [panel.axvline(4, color="0.6", lw=1) for panel in (top, bottom)]
    title = ax.set_title("0.0 ms", fontsize="small")
    fig.draw_without_rendering()
    fig.set_layout_engine(None)  # the layout is found: keep it, frame by frame

    def draw(k):
        image.set_data(movie_uV[..., k])
        title.set_text(f"{movie.tvec[k]:.1f} ms")
        for line in now:
            line.set_xdata([movie.tvec[k]] * 2)

    film = FuncAnimation(fig, draw, frames=frames, interval=400)
    with plt.rc_context({"savefig.dpi": 66}):
        html = film.to_jshtml(default_mode="once")
    plt.close(fig)
    return html


film_html = animate()
display(HTML(film_html))

# %% [markdown]
# While the synapse is active, the top is a sink and the soma a source: orange above, purple below. At 12 ms the soma fires. Within a millisecond the map turns over, orange around the soma, purple along the dendrite, and ten times stronger beside the soma. Then the soma's potassium current turns it once more. Even beside the synapse, 800 µm away, the potential rises to zero
# while that happens, and falls again: an electrode hears all currents, not only those beside it.
#
# (The film needs no program beside Matplotlib. Where a page does not show it, a viewer on the web for example, run the cell yourself.)

# %% tags=["guard"]
import base64
import re

_pictures = re.findall(r'frames\[\d+\] = "data:image/png;base64,([^"]+)"', film_html)
assert len(_pictures) == len(frames) == 15 and len(film_html) < 1e6, (len(_pictures), len(film_html))
assert all(base64.b64decode(_p.replace("\\\n", ""))[:4] == b"\x89PNG" for _p in _pictures) and len(set(_pictures)) == 15
_fires = movie.tvec[movie.vmem[0].argmax()]
_beside = outside_uV(movie, 60, 0)
_up = outside_uV(movie, 60, 800)
_epsp, _spike = np.searchsorted(movie.tvec, [8.0, movie.tvec[_beside.argmin()]])
assert abs(_fires - 12.3) < 0.2 and movie.vmem[0].max() > 20
assert _up[_epsp] < 0 < _beside[_epsp] and _beside[_spike] < 0 and _beside[_beside.argmin() :].max() > 1
_middle = outside_uV(movie, 60, 300)
assert _middle[_spike] > 0 and outside_uV(movie, 60, 1100)[_epsp] < 0
_ratio = np.abs(_beside[_spike]) / np.abs(_beside[_epsp])
assert 8 < _ratio < 13 and movie.tvec[_spike] - _fires < 0.1
_after = movie.tvec > 12
assert _up[_after].max() > 0.005 and _up[movie.tvec == 11] < -0.3 and _up[movie.tvec == 16] < -0.1

# %% [markdown]
# ### Your own electrode
#
# Move the synapse, choose its kind, and put the electrode (square) where you like. Where must it be to tell excitation at the top from inhibition at the soma? Is there a place that hears nothing? (Where `ipywidgets` is missing you see one picture; call `explore` with your own values.)


# %%
def explore(synapse_um=1000, kind="excitation", electrode_um=500, beside_um=100):
    """Map at the moment of the largest potential, and what one electrode hears; heights and distance in µm."""
    cell = run(synapse_um, **SYNAPSES[kind])
    values = outside_uV(cell, MAP_X, MAP_Z, y_um=20)
    trace = outside_uV(cell, beside_um, electrode_um, y_um=20)
    k = np.abs(values).max(axis=(0, 1)).argmax()
    fig, (left, right) = plt.subplots(
        1, 2, figsize=(7.5, 4.2), layout="constrained", gridspec_kw={"width_ratios": [1, 1.4]}
    )
    fig.colorbar(
        draw_map(left, values[..., k], 0.5), ax=left, label="potential (µV)", ticks=[-0.1, -0.01, 0, 0.01, 0.1]
    )
    draw_synapse(left, kind, synapse_um)
    left.plot(beside_um, electrode_um, "s", color="C6", mec="white", ms=8)
    right.plot(cell.tvec, 1e3 * trace, color="C6")
    right.axvline(cell.tvec[k], color="0.6", lw=1, ls=":", label="moment of the map")
    right.axhline(0, color="0.8", lw=1, zorder=0)
    right.set(xlabel="time (ms)", ylabel="potential at the electrode (nV)", xlim=(4, 25))
    right.legend(fontsize="small")
    plt.show()


try:
    from ipywidgets import FloatSlider, ToggleButtons, interact

    interact(
        explore,
        synapse_um=FloatSlider(1000, min=0, max=1000, step=50, description="synapse (µm)", continuous_update=False),
        kind=ToggleButtons(options=["excitation", "inhibition"], description="kind"),
        electrode_um=FloatSlider(500, min=-300, max=1300, step=50, description="height (µm)", continuous_update=False),
        beside_um=FloatSlider(100, min=10, max=440, step=10, description="beside (µm)", continuous_update=False),
    )
except ImportError:  # no sliders in this kernel: one picture
    explore()

# %% tags=["scratch"]
explore(synapse_um=500, electrode_um=500, beside_um=200)

# %% [markdown]
# In the cell above the input comes to the middle. Look where its current returns, and remember the row of section 1. Exercise 10 asks what that makes of the dipole, and what another shape of the cell does.

# %% tags=["guard"]
explore(synapse_um=0.0, kind="inhibition", electrode_um=-300.0, beside_um=10.0)
_middle = run(500, 1e-3)
_far = [np.abs(outside_uV(_cell, 0, 1300)).max() for _cell in (_middle, lfp["excitation, top"])]
assert _far[0] < 0.5 * _far[1], _far
_k = np.abs(outside_uV(_middle, 20, 500)).argmax()
assert [np.sign(outside_uV(_middle, 50, _z)[_k]) for _z in (800, 500, 200)] == [1, -1, 1]
assert not list(h.allsec())
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
assert len(_shown) == 1 and len(_shown[0].axes) == 3
plt.close("all")

# %% [markdown]
# ## 5. In a slice
#
# A slice of brain lies in a dish: glass with electrodes below (it conducts nothing), saline above (it conducts better than tissue). Equation (1) does not know about either. The **method of images** does. Replace the glass with a mirror image of the source: by symmetry no current crosses the plane between two equal sources, and no current
# crossing is what glass means. Replace the saline with an image, too, but of the strength
#
# $$ W = \frac{\sigma_T - \sigma_S}{\sigma_T + \sigma_S}, \tag{4} $$
#
# where $\sigma_T$ belongs to the tissue and $\sigma_S$ to the saline. Two mirrors face each other, so each image has images. For a source at the height $z'$ over the glass, in a slice of the thickness $h$ (Ness et al. 2015, [doi:10.1007/s12021-015-9265-6](https://doi.org/10.1007/s12021-015-9265-6)):
#
# $$ \phi = \frac{I}{4\pi\sigma_T}\sum_{n=-\infty}^{\infty} W^{|n|}\left(\frac{1}{r_n^-} + \frac{1}{r_n^+}\right), \quad r_n^\mp \text{ the distance to an image at the height } 2nh \pm z'. \tag{5} $$
#
# **Predict.** A source 50 µm above the glass, an electrode right below it, in the glass. What does the glass alone do to the potential, by which factor? And the saline, 250 µm above the source?

# %% tags=["scratch"]
my_guess_glass, my_guess_saline = None, None

# %%
SLICE = {"h_um": 300.0, "sigma_S": 1.5, "source_um": 50.0}  # the saline's conductivity in S/m; round numbers


def slice_uV(rho_um, z_um, sigma_S, n_images=100):
    """Potential (µV) of 1 nA at SLICE["source_um"], at a distance rho from its axis and a height z: equation (5)."""
    W, h_um, source = (SIGMA - sigma_S) / (SIGMA + sigma_S), SLICE["h_um"], SLICE["source_um"]
    total = 0.0
    for n in range(-n_images, n_images + 1):
        for image in (2 * n * h_um + source, 2 * n * h_um - source):
            total = total + W ** abs(n) / np.hypot(rho_um, z_um - image)
    return 1e3 * total / (4 * np.pi * SIGMA)


rho_um = np.linspace(-300, 300, 121)
infinite_uV = 1e3 / (4 * np.pi * SIGMA * np.hypot(rho_um, SLICE["source_um"]))
glass_uV, both_uV = slice_uV(rho_um, 0.0, SIGMA), slice_uV(rho_um, 0.0, SLICE["sigma_S"])

fig, (left, right) = plt.subplots(1, 2, layout="constrained", figsize=(8, 3.4))
RHO, HEIGHT = np.meshgrid(rho_um, np.linspace(0, SLICE["h_um"], 62))  # none at the source
inside_uV = slice_uV(RHO, HEIGHT, SLICE["sigma_S"])
image = left.pcolormesh(RHO, HEIGHT, inside_uV, norm=LogNorm(0.3, 30), shading="gouraud")
left.contour(RHO, HEIGHT, inside_uV, levels=np.geomspace(0.25, 32, 8), colors="white", linewidths=0.8)
left.plot(0, SLICE["source_um"], "o", color="white", mec="black")
left.set(xlabel="x (µm)", ylabel="height above the glass (µm)", aspect="equal")
fig.colorbar(image, ax=left, label="potential (µV)", shrink=0.8)
for values, style, label in (
    (infinite_uV, ":", "no borders"),
    (glass_uV, "--", "glass"),
    (both_uV, "-", "glass and saline"),
):
    right.plot(rho_um, values, style, color="C6", label=label)
right.set(xlabel="x in the plane of the glass (µm)", ylabel="potential of 1 nA (µV)", ylim=(0, 14))
right.legend(fontsize="small", loc="upper left")
plt.show()
for rho in (0, 50, 100):
    k = np.abs(rho_um - rho).argmin()
    print(
        f"{rho:3d} µm beside: no borders {infinite_uV[k]:.4f}, glass × {glass_uV[k] / infinite_uV[k]:.4f}, glass and saline × {both_uV[k] / infinite_uV[k]:.4f}"
    )

# %% [markdown]
# Glass doubles the potential, exactly, everywhere in its plane. Saline takes some of it back, the more the farther from the source: it short-circuits what goes far. Look at the lines of equal potential. They meet the glass at a right angle, because no current flows into it.
#
# LFPykit has the same for whole cells, `RecMEAElectrode`. We lay our spiking cell down, 50 µm above the glass:

# %%
flat = CellGeometry(x=spike.z, y=spike.y, z=spike.x + SLICE["source_um"], d=spike.d)
contacts_um = np.arange(-200.0, 1201.0, 100.0)
place = {"x": contacts_um, "y": np.zeros(len(contacts_um)), "z": np.zeros(len(contacts_um))}
in_slice = RecMEAElectrode(
    flat, sigma_T=SIGMA, sigma_S=SLICE["sigma_S"], sigma_G=0.0, h=SLICE["h_um"], steps=100, **place
)
in_slice_uV = 1e3 * in_slice.get_transformation_matrix() @ spike.imem
no_borders_uV = 1e3 * LineSourcePotential(flat, sigma=SIGMA, **place).get_transformation_matrix() @ spike.imem
for x in (0, 200, 500):
    k = int(np.flatnonzero(contacts_um == x)[0])
    print(
        f"contact below {x:3d} µm: {np.ptp(in_slice_uV[k]):.3f} µV in the slice, {np.ptp(no_borders_uV[k]):.3f} µV without borders"
    )

# %% [markdown]
# Below the soma the spike is twice as large as without borders, for a cell whose currents cancel close by saline matters little. Farther along the dendrite it takes back some.

# %% tags=["guard"]
_at = [int(np.abs(rho_um - _rho).argmin()) for _rho in (0, 50, 100)]
assert np.allclose(1e-3 * both_uV[_at], [0.00969932, 0.00659558, 0.00384962], rtol=0, atol=5e-9)
assert np.allclose((both_uV / infinite_uV)[_at], [1.8283, 1.7582, 1.6226], atol=5e-5) and np.allclose(
    glass_uV, 2 * infinite_uV, rtol=1e-12
)
assert (np.diff((both_uV / infinite_uV)[rho_um >= 0]) < 0).all()
for _sigma_S, _z in ((1.5, 0.0), (1.5, 120.0), (0.6, 0.0)):  # LFPykit, in the glass and inside the slice
    _place = {"x": np.array([0.0, 80.0]), "y": np.zeros(2), "z": np.full(2, _z)}
    _kit = RecMEAElectrode(
        short_segments([50.0]),
        sigma_T=SIGMA,
        sigma_S=_sigma_S,
        sigma_G=0.0,
        h=300.0,
        steps=100,
        method="pointsource",
        **_place,
    )
    assert np.allclose(1e3 * _kit.get_transformation_matrix()[:, 0], slice_uV(_place["x"], _z, _sigma_S), rtol=1e-5)


# it solves the problem: no current into the glass, and as much current and the same potential on both sides of the saline's edge
def _saline(rho, z):
    _W = (SIGMA - 1.5) / (SIGMA + 1.5)
    _terms = [_W**n * (1 / np.hypot(rho, z - 50 + 600 * n) + 1 / np.hypot(rho, z + 50 + 600 * n)) for n in range(100)]
    return 1e3 * (1 + _W) * sum(_terms) / (4 * np.pi * SIGMA)


_rho = np.array([10.0, 100.0, 400.0])
assert np.allclose(slice_uV(_rho, 300.0, 1.5), _saline(_rho, 300.0), rtol=1e-9)
_up, _down = (
    (_saline(_rho, 300.01) - _saline(_rho, 300.0)) / 0.01,
    (slice_uV(_rho, 300.0, 1.5) - slice_uV(_rho, 299.99, 1.5)) / 0.01,
)
assert np.allclose(1.5 * _up, SIGMA * _down, rtol=2e-3)
assert np.abs(slice_uV(_rho, 0.01, 1.5) - slice_uV(_rho, -0.01, 1.5)).max() < 1e-9
_times = [
    np.ptp(in_slice_uV[_k]) / np.ptp(no_borders_uV[_k]) for _k in np.flatnonzero(np.isin(contacts_um, (0, 200, 500)))
]
assert np.allclose(_times, [1.99, 1.97, 1.85], atol=0.01), _times

# %% [markdown]
# ## 6. On the scalp
#
# The EEG is measured centimetres away. There a neuron *is* an arrow, and the medium is anything but infinite: brain, cerebrospinal fluid, skull, scalp, air. The **four-sphere model** takes them for shells around a ball, and the potential can be written as a series (Næss et al. 2017, [doi:10.3389/fnhum.2017.00490](https://doi.org/10.3389/fnhum.2017.00490)). The skull conducts twenty times
# less than the brain.
#
# The arrow of our neuron is known from section 4: at most 9.3 nA µm for one synapse at its top. For a large population take $10^7$ nA µm (10 nA m), pointing outwards, 1 mm below the surface of the brain.
#
# **Predict.** The same arrow at the same distance, 12 mm, in an endless brain makes 18.4 µV. What do skull and air change: does the scalp see more, or less? And how wide is the spot on the scalp?

# %% tags=["scratch"]
my_guess_uV, my_guess_width_mm = None, None

# %%
HEAD = {
    "radii": [79e3, 80e3, 85e3, 90e3],
    "sigmas": [0.3, 1.5, 0.015, 0.3],
}  # µm, S/m: brain, fluid, skull, scalp; Næss et al. (2017)
P = np.array([[0.0], [0.0], [1e7]])  # nA µm
DEPTH_um = np.array([0.0, 0.0, 78e3])  # where it lies, from the centre of the head


def on_scalp_uV(degrees, sigmas=HEAD["sigmas"], p=P, place=DEPTH_um):
    """Potential (µV) on the scalp at these angles from the z axis."""
    angle = np.radians(degrees)
    electrodes = (HEAD["radii"][3] - 1e-3) * np.column_stack(
        [np.sin(angle), 0 * angle, np.cos(angle)]
    )  # a nm inside, for rounding
    return 1e3 * FourSphereVolumeConductor(electrodes, HEAD["radii"], sigmas).get_dipole_potential(p, place)[:, 0]


degrees = np.linspace(0, 60, 91)
ball_uV, head_uV = on_scalp_uV(degrees, [0.3] * 4), on_scalp_uV(degrees)
endless_uV = 1e3 * InfiniteVolumeConductor(0.3).get_dipole_potential(P, np.array([[0.0, 0.0, 12e3]]))[0, 0]
fig, (left, right) = plt.subplots(1, 2, layout="constrained", figsize=(8, 3.4))
for values, style, label in ((ball_uV, "--", "a ball of brain in air"), (head_uV, "-", "four spheres")):
    left.plot(degrees, values, style, color="C6", label=label)
    right.plot(degrees, values / values[0], style, color="C6")
left.plot(0, endless_uV, "o", color="C5", label="endless brain")
left.set(xlabel="angle from the dipole (degrees)", ylabel="potential on the scalp (µV)")
right.set(xlabel="angle from the dipole (degrees)", ylabel="potential / largest (1)")
right.axhline(0, color="0.8", lw=1, zorder=0)
left.legend()
plt.show()
half_mm = {
    name: np.radians(np.interp(-0.5, -values / values[0], degrees)) * 90
    for name, values in (("ball", ball_uV), ("head", head_uV))
}
print(f"above the dipole: endless {endless_uV:.2f} µV, ball {ball_uV[0]:.2f} µV, four spheres {head_uV[0]:.2f} µV")
print(f"half of the largest value, mm along the scalp: ball {half_mm['ball']:.1f}, four spheres {half_mm['head']:.1f}")
one_neuron_uV = on_scalp_uV(np.zeros(1), p=np.array([[0.0], [0.0], [np.abs(dipoles["excitation, top"][2]).max()]]))[0]
print(f"our neuron: {one_neuron_uV:.1e} µV; for 10 µV {10 / one_neuron_uV:.1e} of them")

# %% [markdown]
# Three things happen to the arrow on its way.
#
# - **Air** is glass: no current leaves the head. In a ball of brain the potential is more than *twice* that of the endless brain, 39 against 18 µV.
# - **The skull** lets little through: 10.6 µV are left, about a quarter.
# - **The skull smears.** Current that does not get through spreads along it. The potential halves 17 mm from the dipole instead of 10. An electrode sees a patch of cortex some centimetres wide, however small the electrode.
#
# One synapse on one neuron makes $10^{-5}$ µV. A million of them at the same time, all arrows parallel, make an EEG of 10 µV. "At the same time" and "parallel" are what counts: arrows at random directions or times add up like $\sqrt N$, and a million would be worth a thousand. So an EEG is about synchrony and geometry before it is about the number of active cells.

# %% tags=["guard"]
# values by an independent solution of the boundary-value problem, and another one made here
_degrees = np.array([0.0, 10.0, 30.0, 60.0, 90.0, 180.0])
assert np.allclose(on_scalp_uV(_degrees), [10.6248, 5.6735, 1.0227, -0.1367, -0.3136, -0.3645], rtol=0, atol=6e-5)


def _solve(cosines, sigmas, radii, place, orders=200):
    """Order by order: potential and current agree at three borders, no current leaves the fourth."""
    _total = 0.0
    for _n in range(1, orders):
        _A, _b = np.zeros((7, 7)), np.zeros(7)
        _source = (
            _n * (place / radii[0]) ** (_n - 1) / radii[0] ** 2 / (4 * np.pi * sigmas[0])
        )  # of r^-(n+1), at the brain's surface
        _columns = {
            0: (0, None),
            1: (1, 2),
            2: (3, 4),
            3: (5, 6),
        }  # of (r/R)^n and (R/r)^(n+1), R the shell's own outer radius
        for _k in range(4):  # border k: between shell k and shell k + 1
            for _shell, _sign in ((_k, 1.0), (_k + 1, -1.0)):
                if _shell > 3:
                    continue
                _grow, _fall = _columns[_shell]
                _x = radii[_k] / radii[_shell]
                for _column, _value, _slope in ((_grow, _x**_n, _n), (_fall, _x ** -(_n + 1), -(_n + 1))):
                    if _column is None:
                        continue
                    if _k < 3:
                        _A[2 * _k, _column] += _sign * _value
                    _A[min(2 * _k + 1, 6), _column] += _sign * sigmas[_shell] * _value * _slope / radii[_k]
            if _k == 0:
                _b[0], _b[1] = -_source, _source * sigmas[0] * (_n + 1) / radii[0]
        _found = np.linalg.solve(_A, _b)
        _total = _total + (_found[5] + _found[6]) * np.polynomial.legendre.legval(cosines, [0.0] * _n + [1.0])
    return _total


_own = 1e3 * 1e7 * _solve(np.cos(np.radians(_degrees)), HEAD["sigmas"], HEAD["radii"], 78e3)
assert np.allclose(_own, on_scalp_uV(_degrees), rtol=1e-5, atol=1e-6), _own
_centre = on_scalp_uV(np.array([0.0, 60.0]), [0.3] * 4, place=np.array([0.0, 0.0, 1e-3]))
assert (
    np.allclose(_centre, 3e3 * 1e7 / (4 * np.pi * 0.3 * 90e3**2) * np.array([1, 0.5]), rtol=1e-6)
    and abs(_centre[0] - 0.98244) < 1e-5
)
assert (
    abs(endless_uV - 18.4207) < 1e-4
    and 2 < ball_uV[0] / endless_uV < 2.2
    and abs(head_uV[0] / ball_uV[0] - 0.27) < 0.01
)
assert abs(half_mm["head"] - 17) < 0.5 and abs(half_mm["ball"] - 10) < 0.5
assert 0.9e-5 < one_neuron_uV < 1.1e-5 and 0.9e6 < 10 / one_neuron_uV < 1.1e6
_rng = np.random.default_rng(9)
_sums = [np.linalg.norm(_v.sum(axis=0)) for _v in (_rng.standard_normal((40, 2500, 3)))]
_sums = np.array(_sums) / np.sqrt(3)  # arrows of unit length on average: 2500 of them are worth 50
assert abs(np.sqrt(np.mean(np.square(_sums))) - 50) < 8

# %% [markdown]
# ## Clean up

# %%
print("sections left:", len(list(h.allsec())))

# %% [markdown]
# ## What you have learned
#
# - **How large is the potential of a current?** $I/4\pi\sigma r$: 27 µV at 10 µm for 1 nA. A neuron's currents sum to zero, and each cancellation costs a power of $r$.
# - **When is a dendrite a line, a neuron an arrow?** A line, when the electrode is closer than a segment is long. An arrow, at several times the extent of the currents: $(d/2r)^2$ for the kindest case.
# - **What does an electrode hear of a spike?** The current through the membrane near by, not the potential inside. The amplitude falls as $1/r$ at first and nearly as $1/r^3$ in the end, and the dendrite makes the spike wider with distance.
# - **What does an LFP tell?** Where current enters and where it leaves. Not whether the synapse was excitatory: excitation at the top and inhibition at the soma point the same way.
# - **What does the edge of a slice do?** Glass doubles, saline takes some back, and images do the calculation.
# - **What is left on the scalp?** A dipole, a quarter of what a ball of brain would show, smeared over centimetres. It takes about a million parallel, synchronous inputs to make 10 µV.
#
# ## Where to go next
#
# - Exercise 10 lets you write points, lines and dipoles yourself, follow a spike until it sinks into noise, and estimate sources from potentials.
# - Lecture 10 leaves space behind and connects neurons by the thousand.
# - To read on: Einevoll et al. (2013, [doi:10.1038/nrn3599](https://doi.org/10.1038/nrn3599)) on the LFP, and Hagen et al. (2018, [doi:10.3389/fninf.2018.00092](https://doi.org/10.3389/fninf.2018.00092)) on LFPy, EEG and MEG.
