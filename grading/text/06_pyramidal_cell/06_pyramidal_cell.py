# %% [markdown]
# # A pyramidal cell
#
# A pyramidal neuron of the cortex receives thousands of synapses, some beside the soma, some a millimetre away. Are the
# far ones heard at all? In a stick the answer is "hardly". A real dendrite has taper, branches and channels of its own:
# they change how inputs add up, carry spikes back out, and make spikes that the soma never sees. Here you take a
# neuron that somebody traced under a microscope, give it the channels of a published model, and look.
#
# **What you will do**
#
# - load a reconstructed pyramidal cell, measure it, and cut it into segments;
# - put a synapse at any distance, and measure how much is lost in both directions;
# - check a channel's kinetics, and spread ten channels over the tree as their authors did;
# - add three inputs, passive and active; measure firing rates; follow a spike outward; make a dendritic calcium spike.
#
# **What you will learn**
#
# 1. How many segments does a neuron need, and why?
# 2. What does the soma notice of a far synapse, and what does the synapse's own place notice?
# 3. Why do inputs add up in a passive tree and not in an active one?
# 4. What carries a spike into the dendrite?
# 5. How do you know that a dendritic event is a calcium spike?
# 6. What of a published model carries over to another neuron?
#
# **What you will need**: the lectures `lectures/05_neuron` and `lectures/07_channels`; exercise 05 helps.
#
# **Time**: about 120 minutes. **Points**: 24 automatic, 6 by hand. Each task can be solved even if the one before is
# still open.
#
# The neuron is not in this folder: it comes with NEURON, as an example in its folder `demo`. The wheels on PyPI that
# this course uses (8.2.4, 8.2.6 and 9.0.2) hold the same file. Should your NEURON lack it, the next cell says where it looked and what to do.

# %% tags=["setup"]
import json
import os

import matplotlib.pyplot as plt
import numpy as np
from neuron import h
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import splu

import checks
import mechanisms

h.load_file("stdrun.hoc")
plt.style.use("course.mplstyle")


def read_morphology():
    """The pyramidal cell that NEURON ships: name of each section -> parent, kind, length, points (x, y, z, diameter in µm)."""
    path = os.path.join(h.neuronhome(), "demo", "pyramid.nrn")
    if not os.path.exists(path):
        raise FileNotFoundError(
            f"This NEURON came without its example neuron: there is no {path}. The wheel has it: in a terminal, "
            "pip install neuron. Or copy pyramid.nrn from the folder share/demo of NEURON's source code to that place."
        )
    before = list(h.allsec())
    h.xopen(path)
    sections = [section for section in h.allsec() if section not in before]
    tree = {}
    for section in sections:
        name, start = section.name(), section.parentseg()
        tree[name] = {
            "parent": None if start is None else start.sec.name(),
            "kind": "soma" if name == "soma" else "apical" if name.startswith("dendrite_1[") else "basal",
            "length_um": section.L,
            "points": np.array(
                [[of(i) for of in (section.x3d, section.y3d, section.z3d, section.diam3d)] for i in range(section.n3d())]
            ),
        }
    for section in sections:  # keep the numbers, and leave NEURON as it was
        h.delete_section(sec=section)
    return tree


def grow(morphology, segments):
    """Sections of NEURON by name, without channels. The cell lives as long as you keep the dictionary."""
    cell = {}
    for name, part in morphology.items():
        section = cell[name] = h.Section(name=name)
        for point in part["points"]:
            section.pt3dadd(*[float(number) for number in point])
        if part["parent"] is not None:
            section.connect(cell[part["parent"]](0.5 if part["parent"] == "soma" else 1))
        section.nseg = segments[name]
    return cell


MORPHOLOGY = read_morphology()
SOMA = ("soma", 0.5)  # a place: section, and position from 0 to 1 along it
PATH = [f"dendrite_1[{number}]" for number in (0, 2, 4, 6, 8, 14, 22, 28, 29)]  # from the soma to the farthest tip
FARTHEST_UM = sum(MORPHOLOGY[name]["length_um"] for name in PATH)  # 960

# Leak and capacitance of the layer 5 pyramidal cell of Hay et al. (2011, doi:10.1371/journal.pcbi.1002107). Its
# channels lift rest to -77 mV; here the leak itself reverses there, so that both cells rest alike at the soma.
PASSIVE = {
    "R_a": 100.0,  # Ω cm
    "e_pas": -77.0,  # mV
    "g_pas": {"soma": 3.38e-5, "basal": 4.67e-5, "apical": 5.89e-5},  # S/cm²
    "C_m": {"soma": 1.0, "basal": 2.0, "apical": 2.0},  # µF/cm²; 2 makes up for the spines
}
SYNAPSE = {"tau_ms": 2.0, "e_mV": 0.0, "weight_uS": 5e-4, "start_ms": 10.0}  # an exponential synapse of 0.5 nS
POOL = {"soma": {"tau": 460.0, "gamma": 5.01e-4}, "apical": {"tau": 122.0, "gamma": 5.09e-4}}  # calcium, Hay et al.
HOT_ZONE = (685 / 1312, 885 / 1312)  # of the distance to the farthest tip, see section 6
LEVEL_MV, SHORTEST_MS = -40.0, 15.0  # what counts as a calcium spike, see section 10


def place_at(distance_um):
    """Section and position at a distance from the soma, along the dendrite to the farthest tip."""
    if distance_um <= 0:
        return SOMA
    start = 0.0
    for name in PATH:
        length = MORPHOLOGY[name]["length_um"]
        if distance_um <= start + length or name == PATH[-1]:
            return name, float(min(1.0, (distance_um - start) / length))
        start += length


# %%
mechanisms.load("mod")
guesses = {}  # your predictions


def look_back(name, found):
    """Print what you guessed beside what came out."""
    guess = guesses.get(name)
    print(f"{name}: {'no guess recorded' if guess is None else f'you guessed {guess}'}, it is {found}")


# %% [markdown]
# ## 1. The neuron
#
# Someone followed this neuron's stain with a cursor. At each click the microscope stored $x$, $y$, $z$ and a diameter. `MORPHOLOGY`
# holds these points, section by section; the apical dendrite is `dendrite_1`, all others are basal. There is no axon.

# %%
fig, ax = plt.subplots(layout="constrained", figsize=(4, 5.5))
for part in MORPHOLOGY.values():
    x, y = part["points"].T[:2]
    ax.plot(x, y, color="C0" if part["kind"] == "apical" else "C7", lw=1 if part["kind"] != "soma" else 6)
ax.plot([150, 250], [-250, -250], color="black", lw=2)
ax.text(200, -240, "100 µm", ha="center", va="bottom")
ax.set(aspect="equal", xticks=[], yticks=[])
plt.show()

# %% [markdown]
# **Predict.** One number for the whole membrane of this cell, in µm². A sphere with the diameter of the soma, 22 µm,
# has 1500.

# %% tags=["scratch"]
guesses["membrane area (µm²)"] = None  # your number

# %% [markdown]
# **Task 1.** Between two points lies a **truncated cone**. Write `length_and_area` for the points of one section. The area is
# that of the membrane, the side of the cones without their ends.
#
# <details><summary>A nudge</summary>
# A cone's side is longer than its axis: its slant height joins the two rims.
# </details>
# <details><summary>The formula behind it</summary>
# Side of a truncated cone: π (r₁ + r₂) √(ℓ² + (r₁ − r₂)²), with radii r and the distance ℓ of the points in space.
# </details>
# <details><summary>A first line</summary>
# <code>steps = np.diff(points, axis=0)</code>: differences of x, y, z and diameter, a row for each cone.
# </details>


# %% answer="length_and_area"
def length_and_area(points):
    """Length and membrane area of one section.

    Parameters
    ----------
    points : array of shape (n, 4)
        x, y, z and diameter in µm of n points along the section.

    Returns
    -------
    tuple of two floats
        Length in µm and area in µm². Example: two points 10 µm apart, both of diameter 2, give 10.0 and 62.83.
    """
    ### BEGIN SOLUTION
    steps = np.diff(points, axis=0)
    lengths = np.sqrt((steps[:, :3] ** 2).sum(axis=1))
    diameters = points[:-1, 3] + points[1:, 3]
    slants = np.sqrt(lengths**2 + (steps[:, 3] / 2) ** 2)
    return lengths.sum(), (np.pi / 2 * diameters * slants).sum()
    ### END SOLUTION


# %% test="length_and_area" points=2
# Length and area of a section (2 points). Closed formulas: only rounding is allowed for.
_result = length_and_area(np.array([[0.0, 0.0, 0.0, 2.0], [6.0, 8.0, 0.0, 2.0]]))
checks.parts(_result, 2, what="length_and_area(two points)")
checks.close(_result[0], 10.0, unit="µm", what="the length of a cylinder")
checks.close(
    _result[1],
    20 * np.pi,
    unit="µm²",
    what="the area of a cylinder",
    mistakes={"the ends belong to no membrane: leave the two discs out": 22 * np.pi},
)
### BEGIN HIDDEN TESTS
# 3-4-5 triangles, so that every cone can be done in the head: slant² = length² + (difference of radii)².
_points = np.array([[0, 0, 0, 4], [0, 0, 4, 10], [0, 12, 4, 20], [3, 12, 8, 20], [3, 12, 8.0, 6.0], [3, 20, 8, 18]])
_length = 4 + 12 + 5 + 0 + 8
_area = np.pi * (7 * 5 + 15 * 13 + 20 * 5 + 13 * 7 + 12 * 10)
_flat = np.pi * (7 * 4 + 15 * 12 + 20 * 5 + 0 + 12 * 8)
_result = length_and_area(_points)
checks.parts(_result, 2, what="length_and_area(six points)")
checks.close(
    _result[0],
    _length,
    unit="µm",
    what="the length of another section",
    mistakes={
        "this is the straight line from the first point to the last: add up the steps": np.sqrt(9 + 400 + 64),
        "one of the three coordinates is missing": 0 + 12 + 3 + 0 + 8,
        "the diameters are no coordinates": np.sqrt(52) + np.sqrt(244) + 5 + 14 + np.sqrt(208),
    },
)
checks.close(
    _result[1],
    _area,
    unit="µm²",
    what="the area of another section",
    mistakes={
        "these are cylinders: the side of a cone is longer than its axis (slant height)": _flat,
        "only the first and the last diameter are used": np.pi * 11 * _length,
        "in the slant height stands the difference of radii, not of diameters": np.pi
        * (7 * np.sqrt(52) + 15 * np.sqrt(244) + 100 + 13 * 14 + 12 * np.sqrt(208)),
    },
)
### END HIDDEN TESTS

# %% [markdown]
# For the whole cell, from NEURON, and your own sum where it is done:

# %%
cell = grow(MORPHOLOGY, {name: 1 for name in MORPHOLOGY})
area_um2 = sum(segment.area() for section in cell.values() for segment in section)
print(f"{len(cell)} sections, {sum(section.L for section in cell.values()):.0f} µm, {area_um2:.0f} µm² (NEURON)")
del cell
look_back("membrane area (µm²)", round(area_um2))
print("your sum:", np.sum([length_and_area(part["points"]) for part in MORPHOLOGY.values()], axis=0).round(0))

# %% tags=["guard"]
_sums = np.sum([length_and_area(_part["points"]) for _part in MORPHOLOGY.values()], axis=0)
assert abs(_sums[1] / area_um2 - 1) < 1e-4 and abs(area_um2 / 31159 - 1) < 1e-3 and abs(_sums[0] - 5387) < 1
assert len(MORPHOLOGY) == 79 and 1490 < np.pi * 22**2 < 1530
assert 0.88 < 1 - length_and_area(MORPHOLOGY["soma"]["points"])[1] / area_um2 < 0.9
assert abs(FARTHEST_UM - 960) < 1

# %% [markdown]
# Almost nine tenths of the membrane are dendrite. What you know about the soma, you know about a small part of the cell.

# %% [markdown]
# ## 2. How many segments?
#
# NEURON cuts a section into `nseg` pieces of one potential each. A rule of thumb, **d_lambda**, says when they are
# short enough: no piece may exceed a tenth of the AC length constant at 100 Hz (exercise 04),
#
# $$\lambda_f = \frac12\sqrt{\frac{d}{\pi f R_a C_m}} = 10^5\ \mu\text{m}\ \sqrt{\frac{d}{4\pi f R_a C_m}}\quad (d \text{ in µm}, f \text{ in Hz}, R_a \text{ in Ω cm}, C_m \text{ in µF/cm²}).$$
#
# Along a tapering section $\lambda_f$ changes. Its length *counted in $\lambda_f$* is then a sum over the cones, each with
# its own length and mean diameter.
#
# **Task 2.** Write `n_segments`: the smallest **odd** number of equal segments of which none is longer than `d_lambda`
# when counted in $\lambda_f$. (Odd numbers have a segment in the middle.)
#
# <details><summary>A nudge</summary>
# First the length of the section in units of λ, one number. Then divide by 0.1, round up, and make it odd.
# </details>
# <details><summary>The formula behind it</summary>
# length/λ = Σ ℓᵢ/λ(dᵢ), with dᵢ the mean of the diameters at both ends of cone i.
# </details>
# <details><summary>A first line</summary>
# <code>lengths = np.sqrt((np.diff(points[:, :3], axis=0) ** 2).sum(axis=1))</code>
# </details>


# %% answer="n_segments"
def n_segments(points, R_a, C_m, frequency_Hz=100.0, d_lambda=0.1):
    """Smallest odd number of segments that the d_lambda rule allows.

    Parameters
    ----------
    points : array of shape (n, 4)
        x, y, z and diameter in µm of n points along the section.
    R_a, C_m : floats
        Axial resistivity in Ω cm, membrane capacitance in µF/cm².
    frequency_Hz : float
        Frequency of the AC length constant.
    d_lambda : float
        Largest length of a segment in units of this length constant.

    Returns
    -------
    int
        Odd number of segments. Example: a cylinder of 270 µm and diameter 1 µm with R_a = 100, C_m = 2 needs 15.
    """
    ### BEGIN SOLUTION
    lengths = np.sqrt((np.diff(points[:, :3], axis=0) ** 2).sum(axis=1))
    diameters = (points[:-1, 3] + points[1:, 3]) / 2
    lambdas = 1e5 * np.sqrt(diameters / (4 * np.pi * frequency_Hz * R_a * C_m))
    n = int(np.ceil((lengths / lambdas).sum() / d_lambda))
    return n if n % 2 else n + 1
    ### END SOLUTION


# %% test="n_segments" points=2
# The number of segments (2 points). Whole numbers; no section here lies close to where the number changes.
_stick = np.array([[0.0, 0.0, 0.0, 1.0], [270.0, 0.0, 0.0, 1.0]])
checks.equal(
    n_segments(_stick, 100.0, 2.0),
    15,
    what="the number of segments of a cylinder of 270 µm",
    mistakes={
        "this is even: round up to the next odd number": 14,
        "two more than needed": 17,
        "a segment would be longer than 0.1 λ: round up": 13,
    },
)
### BEGIN HIDDEN TESTS
_taper = np.array([[0.0, 0.0, 0.0, 6.0], [0.0, 30.0, 40.0, 2.0], [0.0, 30.0, 240.0, 0.4], [120.0, 30.0, 240.0, 0.4]])
_swelling = np.array([[0.0, 0.0, 0.0, 1.0], [3.0, 4.0, 0.0, 13.0], [3.0, 4.0, 5.0, 1.0]])  # 10 µm long


def _in_lambda(points, R_a, C_m, f, diameter=None, coordinates=3):
    lengths = np.sqrt((np.diff(points[:, :coordinates], axis=0) ** 2).sum(axis=1))
    d = (points[:-1, 3] + points[1:, 3]) / 2 if diameter is None else np.full(len(lengths), diameter)
    return (lengths * 1e-5 * np.sqrt(4 * np.pi * f * R_a * C_m / d)).sum()


def _odd(x):
    return 2 * int(np.ceil((np.ceil(x) - 1) / 2)) + 1


for _p, _R, _C, _f, _dl in [
    (_taper, 100.0, 2.0, 100.0, 0.1),
    (_taper, 185.0, 0.9, 300.0, 0.1),
    (_taper, 75.0, 1.3, 50.0, 0.03),
    (_stick[:, [2, 0, 1, 3]], 150.0, 1.0, 100.0, 0.05),
    (_stick * [0.01, 1, 1, 1], 150.0, 1.0, 100.0, 0.1),
    (_swelling, 120.0, 1.5, 200.0, 0.001),
]:
    _x = _in_lambda(_p, _R, _C, _f) / _dl
    _mistakes = {
        "this is even: round up to the next odd number": int(np.ceil(_x)),
        "the frequency is not used": _odd(_in_lambda(_p, _R, _C, 100.0) / _dl),
        "d_lambda is not used": _odd(_in_lambda(_p, _R, _C, _f) / 0.1),
        "R_a or C_m is not used": _odd(_in_lambda(_p, 100.0, 2.0, _f) / _dl),
        "one mean diameter for the whole section: each cone has its own λ": _odd(
            _in_lambda(_p, _R, _C, _f, np.mean(_p[:, 3])) / _dl
        ),
        "the first diameter is used for the whole section: each cone has its own λ": _odd(
            _in_lambda(_p, _R, _C, _f, _p[0, 3]) / _dl
        ),
        "a segment would be too long: round up, not down": int(_x) if int(_x) % 2 else int(_x) - 1,
        "the diameters are no coordinates": _odd(_in_lambda(_p, _R, _C, _f, coordinates=4) / _dl),
    }
    checks.equal(n_segments(_p, _R, _C, _f, _dl), _odd(_x), what="the number of segments of another section", mistakes=_mistakes)
### END HIDDEN TESTS

# %% [markdown]
# From here on the numbers come from NEURON's own form of the rule, so that an open task 2 does not stop you.


# %%
def d_lambda_rule(part, d_lambda=0.1):
    """The rule as NEURON's own tools apply it: the next odd number, with a little mercy just above one."""
    section = h.Section(name="measure")
    for point in part["points"]:
        section.pt3dadd(*[float(number) for number in point])
    section.Ra, section.cm = PASSIVE["R_a"], PASSIVE["C_m"][part["kind"]]
    return int((section.L / (d_lambda * h.lambda_f(100, sec=section)) + 0.9) / 2) * 2 + 1


SEGMENTS = {name: d_lambda_rule(part) for name, part in MORPHOLOGY.items()}
print(sum(SEGMENTS.values()), "segments for", len(SEGMENTS), "sections")

# %% tags=["guard"]
_own = {_n: n_segments(_p["points"], PASSIVE["R_a"], PASSIVE["C_m"][_p["kind"]]) for _n, _p in MORPHOLOGY.items()}
assert all(_own[_n] - SEGMENTS[_n] in (0, 2) for _n in SEGMENTS) and sum(_own[_n] != SEGMENTS[_n] for _n in SEGMENTS) <= 6
assert sum(SEGMENTS.values()) == 285

# %% [markdown]
# ## 3. A synapse at any distance
#
# Two given functions. `passive_cell` is the tree with nothing but leak and capacitance. `run` lets all that exists
# in NEURON come to rest, sets the clock to 0 and runs with a variable time step, so the times that you record are not
# evenly spaced.


# %%
def passive_cell(membrane):
    """The whole tree with a leak, from a dictionary like PASSIVE; returns its sections by name."""
    cell = grow(MORPHOLOGY, SEGMENTS)
    for name, section in cell.items():
        kind = MORPHOLOGY[name]["kind"]
        section.insert("pas")
        section.Ra, section.cm = membrane["R_a"], membrane["C_m"][kind]
        section.g_pas, section.e_pas = membrane["g_pas"][kind], membrane["e_pas"]
    return cell


# %%
def run(t_stop_ms):
    """Settle for two seconds in coarse steps, then run from t = 0 in steps of at most 1 ms, at 34 °C."""
    h.cvode.active(False)
    h.celsius, h.secondorder = 34, 0
    h.finitialize(PASSIVE["e_pas"])
    h.t, h.dt = -2000, 10
    while h.t < -1e-6:
        h.fadvance()
    h.t = 0
    h.cvode.active(True)
    h.cvode.atol(1e-4)
    h.cvode.maxstep(1)
    h.cvode.re_init()
    h.frecord_init()
    h.cvode.solve(t_stop_ms)
    h.cvode.active(False)


# %% [markdown]
# And the lines of NEURON for one synapse:
#
# | line | what it does |
# |---|---|
# | `synapse = h.ExpSyn(cell[name](x))` | a synapse; set `synapse.tau` (ms), `synapse.e` (mV) |
# | `stimulus = h.NetStim()` | sends events; set `stimulus.number = 1` and `stimulus.start` (ms) |
# | `connection = h.NetCon(stimulus, synapse)` | joins both; set `connection.delay` (0 ms here) and `connection.weight[0]` (µS) |
# | `t = h.Vector().record(h._ref_t)` | keeps the times (ms) |
# | `v = h.Vector().record(cell[name](x)._ref_v)` | keeps the potential (mV) of a place |
#
# `place_at(600)` gives the name and the position 600 µm from the soma, along the dendrite to the farthest tip;
# `place_at(0)` is `SOMA`.
#
# **Predict.** The same synapse at the soma and at 900 µm. By which factor is the EPSP *at the soma* smaller for the far
# one? By which factor is the EPSP *at the synapse* larger?

# %% tags=["scratch"]
guesses["somatic EPSP, near / far"] = None  # numbers above 1
guesses["local EPSP, far / near"] = None

# %% [markdown]
# **Task 3.** Write `epsp`: one synapse as in `SYNAPSE` on a passive cell, recorded where it sits and at `SOMA`. Build the
# cell inside the function, or it lives on and runs with the next one.
#
# ![Two panels against the distance of the synapse from 0 to 950 µm. Left: the peak at the synapse rises from 0.16 to 2.2 mV, that at the soma falls from 0.16 to 0.05 mV, on a logarithmic axis. Right: somatic EPSPs divided by their peaks; the one from 800 µm rises later and lasts more than twice as long as the one from the soma.](figures/location.png)
#
# <details><summary>A nudge</summary>
# Cell, synapse, stimulus, connection and vectors must all live until run is over: give each a name.
# </details>
# <details><summary>The formula behind it</summary>
# Everything is made first, run comes last. Rows in the order synapse, soma: np.array([at_synapse, at_soma]).
# </details>
# <details><summary>A first line</summary>
# <code>cell = passive_cell(membrane)</code> and <code>name, x = place_at(distance_um)</code>
# </details>


# %% answer="epsp"
def epsp(membrane, distance_um, t_stop_ms):
    """Membrane potential of the passive cell at the synapse and at the soma.

    Parameters
    ----------
    membrane : dict
        Leak and capacitance, as in PASSIVE.
    distance_um : float
        Distance of the synapse from the soma in µm, as in place_at.
    t_stop_ms : float
        Duration in ms.

    Returns
    -------
    t_ms : array of shape (m,)
        The recorded times from 0 to t_stop_ms.
    v_mV : array of shape (2, m)
        Membrane potential in mV: first row at the synapse, second row at SOMA.
    """
    ### BEGIN SOLUTION
    cell = passive_cell(membrane)
    name, x = place_at(distance_um)
    synapse = h.ExpSyn(cell[name](x))
    synapse.tau, synapse.e = SYNAPSE["tau_ms"], SYNAPSE["e_mV"]
    stimulus = h.NetStim()
    stimulus.number, stimulus.start = 1, SYNAPSE["start_ms"]
    connection = h.NetCon(stimulus, synapse)
    connection.delay, connection.weight[0] = 0, SYNAPSE["weight_uS"]
    t = h.Vector().record(h._ref_t)
    traces = [h.Vector().record(cell[name](x)._ref_v) for name, x in ((name, x), SOMA)]
    run(t_stop_ms)
    return np.array(t), np.array([np.array(trace) for trace in traces])
    ### END SOLUTION


# %% test="epsp" points=3
# One synapse on the passive tree, seen from both ends (3 points).
_result = epsp(PASSIVE, 600.0, 80.0)
checks.parts(_result, 2, what="epsp(PASSIVE, 600.0, 80.0)")
_t, _v = _result
checks.shape(_t, (None,), what="t_ms")
checks.shape(_v, (2, len(_t)), what="v_mV")
checks.close([_t[0], _t[len(_t) - 1]], [0.0, 80.0], rtol=0.0, atol=1e-3, unit="ms", what="the first and the last time")
# 2 %: the variable step gives 0.3 %, fixed steps of 0.05 ms 1 %; the reference is an implicit solver in NumPy.
checks.close(
    np.max(_v, axis=1) - np.asarray(_v)[:, 0],
    [0.5257, 0.06154],
    rtol=0.02,
    unit="mV",
    what="the peaks above rest at the synapse and at the soma, 600 µm apart",
    mistakes={
        "the rows are exchanged: first the synapse, then the soma": [0.06154, 0.5257],
        "both rows are the soma": [0.06154, 0.06154],
        "no input arrives: are stimulus, connection and weight set?": [0.0, 0.0],
        "tau is still NEURON's own, 0.1 ms": [0.1503, 0.00311],
        "the synapse sits at the soma": [0.1648, 0.1648],
    },
)
### BEGIN HIDDEN TESTS
def _network(membrane):
    """The tree without NEURON's solver: conductances between nodes (µS), leak (µS) and capacitance (nF) of each node."""
    n_segments = {}
    for name, part in MORPHOLOGY.items():
        section = h.Section(name="measure")
        for point in part["points"]:
            section.pt3dadd(*[float(number) for number in point])
        section.Ra, section.cm = PASSIVE["R_a"], PASSIVE["C_m"][part["kind"]]
        n_segments[name] = int((section.L / (0.1 * h.lambda_f(100, sec=section)) + 0.9) / 2) * 2 + 1
    cell, first, size = grow(MORPHOLOGY, n_segments), {}, 0
    for name, section in cell.items():
        section.Ra = membrane["R_a"]
        first[name], size = size, size + section.nseg + 1  # the last node is the end at 1, without membrane
    links, g, c = [], np.zeros(size), np.zeros(size)
    for name, section in cell.items():
        kind, n, f = MORPHOLOGY[name]["kind"], section.nseg, first[name]
        parent = MORPHOLOGY[name]["parent"]
        before = f if parent is None else first[parent] + (0 if parent == "soma" else cell[parent].nseg)
        for j, segment in enumerate(section):
            g[f + j] = 1e-2 * segment.area() * membrane["g_pas"][kind]
            c[f + j] = 1e-5 * segment.area() * membrane["C_m"][kind]
            if j or parent is not None:
                links.append((f + j, f + j - 1 if j else before, 1 / segment.ri()))
        links.append((f + n, f + n - 1, 1 / section(1).ri()))
    i, j, w = [np.array(column) for column in zip(*links)]
    rows, columns, values = np.r_[i, j, i, j], np.r_[j, i, i, j], np.r_[-w, -w, w, w]
    nodes = lambda place: first[place[0]] + min(int(place[1] * n_segments[place[0]]), n_segments[place[0]] - 1)  # noqa: E731
    return coo_matrix((values, (rows, columns)), shape=(size, size)).tocsc(), g, c, nodes


def _epsp(membrane, distance_um, t_stop_ms, weight=SYNAPSE["weight_uS"], dt=0.05):
    """Crank-Nicolson with the synapse as one conductance that changes (Sherman and Morrison), in place of NEURON."""
    matrix, g, c, nodes = _network(membrane)
    at, soma = nodes(place_at(distance_um)), nodes(SOMA)
    diagonal = coo_matrix((g + c * 2 / dt, (np.arange(len(g)), np.arange(len(g)))), shape=matrix.shape)
    solve = splu((matrix + diagonal).tocsc())
    unit = np.zeros(len(g))
    unit[at] = 1
    column, V = solve.solve(unit), np.zeros(len(g))  # V: deviation from the leak's reversal potential
    t, out, e = np.arange(0, t_stop_ms + dt / 2, dt), [], SYNAPSE["e_mV"] - membrane["e_pas"]
    for k in range(len(t)):
        out.append(V[[at, soma]])
        s = weight * np.exp(-(t[k] + dt / 2 - SYNAPSE["start_ms"]) / SYNAPSE["tau_ms"]) * (t[k] + dt / 2 > SYNAPSE["start_ms"])
        half = solve.solve(c * 2 / dt * V + s * e * unit)  # potential in the middle of the step
        half -= column * s * half[at] / (1 + s * column[at])
        V = 2 * half - V
    return t, np.array(out).T


_leaky = {
    "R_a": 160.0,
    "e_pas": -70.0,
    "g_pas": {"soma": 1e-4, "basal": 3e-5, "apical": 8e-5},
    "C_m": {"soma": 1.2, "basal": 1.0, "apical": 1.5},
}
for _membrane, _far, _stop in [(PASSIVE, 0.0, 40.0), (_leaky, 330.0, 50.0), (_leaky, 900.0, 50.0)]:
    _grid, _right = _epsp(_membrane, _far, _stop)
    _result = epsp(_membrane, _far, _stop)
    checks.parts(_result, 2, what="epsp of another membrane or distance")
    _t, _v = np.asarray(_result[0]), np.asarray(_result[1])
    checks.shape(_v, (2, len(_t)), what="v_mV of another membrane or distance")
    checks.close(
        _v[:, 0],
        [_membrane["e_pas"]] * 2,
        rtol=0.0,
        atol=2e-3,
        unit="mV",
        what="the potential at t = 0 with another membrane",
        mistakes={"this is PASSIVE: use the argument `membrane`": PASSIVE["e_pas"]},
    )
    _found = np.array([np.interp(_grid, _t, row - row[0]) for row in _v])
    _off = np.abs(_found.max(axis=1) / _right.max(axis=1) - 1).max() > 0.02  # find out why, which takes its time
    checks.close(
        _found.max(axis=1),
        _right.max(axis=1),
        rtol=0.02,
        unit="mV",
        what="the peaks of another membrane or distance",
        mistakes={
            "is the distance used?": _epsp(_membrane, 600.0, _stop)[1].max(axis=1),
            "this is PASSIVE: use the argument `membrane`": _epsp(PASSIVE, _far, _stop)[1].max(axis=1),
            "the second row is the synapse, too": [_right[0].max(), _right[0].max()],
        }
        if _off
        else None,
    )
    # The whole course in time; 4 % of the peak, because lines between the variable steps cut the rounded top.
    for _name, _a, _b in zip(("synapse", "soma"), _found, _right):
        checks.close(
            _a[::20] / _b.max(),
            _b[::20] / _b.max(),
            rtol=0.0,
            atol=0.04,
            what=f"the course of the EPSP at the {_name}, divided by its peak",
            mistakes={"the input comes 1 ms late: set the delay of the NetCon to 0": np.r_[[0.0] * 20, _b[:-20]][::20] / _b.max()},
        )
### END HIDDEN TESTS

# %% [markdown]
# Raw and normalised, at the synapse and at the soma:

# %%
distances_um = [0, 50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950]
responses = {d: epsp(PASSIVE, d, 120.0) for d in distances_um}
peaks = np.array([v.max(axis=1) - v[:, 0] for t, v in responses.values()])

# %%
fig, (left, right) = plt.subplots(1, 2, layout="constrained", figsize=(8, 3.2))
left.semilogy(distances_um, peaks[:, 0], "^--", color="C3", label="at the synapse")
left.semilogy(distances_um, peaks[:, 1], "o-", color="C0", label="at the soma")
for d, style in ((0, "-"), (400, "--"), (800, ":")):
    t_ms, v_mV = responses[d]
    right.plot(t_ms, (v_mV[1] - v_mV[1, 0]) / np.ptp(v_mV[1]), style, color="C0", label=f"{d} µm")
left.set(xlabel="distance of the synapse (µm)", ylabel="peak of the EPSP (mV)")
right.set(xlabel="time (ms)", ylabel="somatic EPSP / its peak (1)")
left.legend()
right.legend()
plt.show()
near_mV, far_mV = peaks[0], peaks[10]
look_back("somatic EPSP, near / far", round(near_mV[1] / far_mV[1], 1))
look_back("local EPSP, far / near", round(far_mV[0] / near_mV[0], 1))

# %% tags=["guard"]
fig.savefig("figures/location.png", dpi=70)
assert abs(near_mV[1] / far_mV[1] - 3.1) < 0.1 and 7 < far_mV[0] / near_mV[0] < 12, (near_mV, far_mV)
assert peaks[-1, 0] / peaks[0, 0] > 13 and abs(peaks[-1, 0] - 2.19) < 0.05 and abs(peaks[-1, 1] - 0.0525) < 0.001
assert 0.5 < peaks[0, 1] / peaks[4, 1] / 1.65 < 2 and np.all(np.diff(peaks[:, 1]) < 0)
_half = {_d: np.ptp(responses[_d][0][responses[_d][1][1] - responses[_d][1][1, 0] > np.ptp(responses[_d][1][1]) / 2]) for _d in (0, 800)}
assert 2.1 < _half[800] / _half[0] < 2.4, _half
# Half of this step changes these peaks by less than 0.01 %, and the last of them comes at 33 ms.
_fine = {_d: _epsp(PASSIVE, float(_d), 40.0, dt=0.025)[1].max(axis=1) for _d in (0, 600, 950)}
for _d in _fine:
    assert np.allclose(peaks[distances_um.index(_d)], _fine[_d], rtol=0.006), (_d, peaks[distances_um.index(_d)], _fine[_d])
assert np.allclose(_fine[600], [0.5257, 0.06154], rtol=5e-3), _fine[600]

# %% [markdown]
# At the soma the far synapse counts for a third of a near one, no more and no less: beyond 700 µm hardly anything is
# lost. Where it sits, its EPSP is more than ten times as large, because a thin branch has a high input resistance. The
# normalised curves show what filtering does: later and more than twice as broad.

# %% [markdown]
# ## 4. Out is not in
#
# **Attenuation** is the potential that arrives divided by the potential where the current is injected; it is 1 where
# nothing is lost. `h.Impedance` gives it without a simulation, for a sine of any frequency (0 Hz is a steady current):
#
# | line | what it does |
# |---|---|
# | `z = h.Impedance()` | a calculator for the cell that exists; it belongs to the state after `h.finitialize(...)` |
# | `z.loc(cell[name](x))` | the place of the *electrode* |
# | `z.compute(frequency_Hz, 0)` | solves the whole tree |
# | `z.input(cell[name](x))` | amplitude of the potential at the electrode, per current there (MΩ): only at that same place |
# | `z.transfer(cell[name](x))` | amplitude of the potential at another place, per current at the electrode (MΩ) |
#
# **Predict.** Steady current. A fifth of the potential at 900 µm arrives at the soma. What part of the potential at the
# soma arrives at 900 µm?

# %% tags=["scratch"]
guesses["soma to tip"] = None  # a fraction

# %% [markdown]
# **Task 4.** Write `attenuation`.
#
# <details><summary>A nudge</summary>
# The electrode stands at start. Two numbers from one computation, and their quotient.
# </details>
# <details><summary>The formula behind it</summary>
# attenuation = |transfer resistance between start and end| / |input resistance at start|
# </details>
# <details><summary>A first line</summary>
# <code>cell = passive_cell(membrane)</code>, then <code>h.finitialize(membrane["e_pas"])</code>
# </details>


# %% answer="attenuation"
def attenuation(membrane, start, end, frequency_Hz):
    """Which part of a potential arrives, when a current is injected at start.

    Parameters
    ----------
    membrane : dict
        Leak and capacitance, as in PASSIVE.
    start, end : tuples of str and float
        Places, such as SOMA or place_at(900): where the current is injected, and where it is asked for.
    frequency_Hz : float
        Frequency of the current; 0 for a steady one.

    Returns
    -------
    float
        Amplitude at end divided by amplitude at start, from 0 to 1.
    """
    ### BEGIN SOLUTION
    cell = passive_cell(membrane)
    h.finitialize(membrane["e_pas"])
    z = h.Impedance()
    z.loc(cell[start[0]](start[1]))
    z.compute(frequency_Hz, 0)
    return z.transfer(cell[end[0]](end[1])) / z.input(cell[start[0]](start[1]))
    ### END SOLUTION


# %% test="attenuation" points=3
# Attenuation between two places (3 points).
_far = ("dendrite_1[28]", 0.9)
# 1 %: the tree is cut as given; a long simulation in place of the calculator comes as close as that.
checks.close(
    attenuation(PASSIVE, _far, SOMA, 0.0),
    0.2442,
    rtol=0.01,
    unit="1",
    what="the attenuation from 820 µm to the soma, steady",
    mistakes={
        "this is the way outward: the electrode stands at start": 0.5694,
        "upside down: what arrives over what starts": 1 / 0.2442,
    },
)
### BEGIN HIDDEN TESTS
def _network(membrane):
    """The tree without NEURON's solver: conductances between nodes (µS), leak (µS) and capacitance (nF) of each node."""
    n_segments = {}
    for name, part in MORPHOLOGY.items():
        section = h.Section(name="measure")
        for point in part["points"]:
            section.pt3dadd(*[float(number) for number in point])
        section.Ra, section.cm = PASSIVE["R_a"], PASSIVE["C_m"][part["kind"]]
        n_segments[name] = int((section.L / (0.1 * h.lambda_f(100, sec=section)) + 0.9) / 2) * 2 + 1
    cell, first, size = grow(MORPHOLOGY, n_segments), {}, 0
    for name, section in cell.items():
        section.Ra = membrane["R_a"]
        first[name], size = size, size + section.nseg + 1  # the last node is the end at 1, without membrane
    links, g, c = [], np.zeros(size), np.zeros(size)
    for name, section in cell.items():
        kind, n, f = MORPHOLOGY[name]["kind"], section.nseg, first[name]
        parent = MORPHOLOGY[name]["parent"]
        before = f if parent is None else first[parent] + (0 if parent == "soma" else cell[parent].nseg)
        for j, segment in enumerate(section):
            g[f + j] = 1e-2 * segment.area() * membrane["g_pas"][kind]
            c[f + j] = 1e-5 * segment.area() * membrane["C_m"][kind]
            if j or parent is not None:
                links.append((f + j, f + j - 1 if j else before, 1 / segment.ri()))
        links.append((f + n, f + n - 1, 1 / section(1).ri()))
    i, j, w = [np.array(column) for column in zip(*links)]
    rows, columns, values = np.r_[i, j, i, j], np.r_[j, i, i, j], np.r_[-w, -w, w, w]
    nodes = lambda place: first[place[0]] + min(int(place[1] * n_segments[place[0]]), n_segments[place[0]] - 1)  # noqa: E731
    return coo_matrix((values, (rows, columns)), shape=(size, size)).tocsc(), g, c, nodes


def _attenuations(membrane, pairs):
    matrix, g, c, nodes = _network(membrane)
    for start, end, f in pairs:
        unit = np.zeros(len(g), complex)
        unit[nodes(start)] = 1
        Y = matrix + coo_matrix((g + 2e-3j * np.pi * f * c, (np.arange(len(g)),) * 2), shape=matrix.shape)
        V = np.abs(splu(Y.tocsc()).solve(unit))
        yield V[nodes(end)] / V[nodes(start)]


_stiff = {
    "R_a": 220.0,
    "e_pas": -70.0,
    "g_pas": {"soma": 2e-4, "basal": 2e-5, "apical": 1e-4},
    "C_m": {"soma": 0.9, "basal": 1.5, "apical": 1.0},
}
_basal, _branch = ("dendrite_3[9]", 0.5), ("dendrite_1[13]", 0.7)
_pairs = [(SOMA, _far, 0.0), (_far, SOMA, 50.0), (_branch, _basal, 0.0), (_basal, _branch, 20.0), (SOMA, SOMA, 100.0)]
_returns, _slow = [(end, start, f) for start, end, f in _pairs], [(start, end, 0.0) for start, end, f in _pairs]
_given = list(_attenuations(PASSIVE, _pairs))
for _membrane in (PASSIVE, _stiff):
    _right, _back, _steady = np.reshape(list(_attenuations(_membrane, _pairs + _returns + _slow)), (3, len(_pairs)))
    for _k, (_start, _end, _f) in enumerate(_pairs):
        checks.close(
            attenuation(_membrane, _start, _end, _f),
            _right[_k],
            rtol=0.01,
            unit="1",
            what=f"the attenuation between two other places at {_f:g} Hz",
            mistakes={
                "this is the way back: the electrode stands at start": _back[_k],
                "upside down: what arrives over what starts": 1 / _right[_k],
                "this is the steady attenuation: use the frequency": _steady[_k],
                "this is PASSIVE: use the argument `membrane`": _given[_k],
            },
        )
### END HIDDEN TESTS

# %%
inward = attenuation(PASSIVE, place_at(900), SOMA, 0.0)
outward = attenuation(PASSIVE, SOMA, place_at(900), 0.0)
print(f"steady: inward {inward:.3f}, outward {outward:.3f}")
print(f"100 Hz: inward {attenuation(PASSIVE, place_at(900), SOMA, 100.0):.4f}, outward {attenuation(PASSIVE, SOMA, place_at(900), 100.0):.4f}")
look_back("soma to tip", round(outward, 2))

# %% tags=["guard"]
_four = list(_attenuations(PASSIVE, [(place_at(900), SOMA, 0.0), (SOMA, place_at(900), 0.0), (place_at(900), SOMA, 100.0)]))
assert np.allclose(_four[:2], [inward, outward], rtol=1e-6) and 2.7 < outward / inward < 3, (_four, outward, inward)
assert abs(attenuation(PASSIVE, _far, SOMA, 0.0) - 0.2442) < 3e-4 and abs(attenuation(PASSIVE, SOMA, _far, 0.0) - 0.5694) < 1e-3
_fast = list(_attenuations(PASSIVE, [(place_at(900), SOMA, 100.0), (SOMA, place_at(900), 100.0)]))
assert _four[2] < inward / 10 and 13 < _fast[1] / _fast[0] < 15 and _fast[1] < 0.05 and abs(inward - 0.2) < 0.01, _fast

# %% [markdown]
# The same way, and a factor of almost three between the two directions. The transfer resistance is the same both ways; the input
# resistances are not. From the thin end the current drains into a large tree. From the soma outward it meets a sealed end, and
# little leaves on the way. At 100 Hz the factor is fourteen, and what arrives is a small part in both directions.

# %% [markdown]
# ## 5. Channels, from paper to NMODL
#
# Hay, Hill, Schürmann, Markram and Segev (2011, [doi:10.1371/journal.pcbi.1002107](https://doi.org/10.1371/journal.pcbi.1002107))
# fitted a layer 5 pyramidal cell with ten kinds of channels. The files in `mod` were written for this course from the published
# equations. One of the channels matters much for synapses: $I_h$ opens when the membrane is *hyper*polarised, and its
# gate follows (Kole et al. 2006), $V$ in mV and rates in 1/ms,
#
# $$\alpha = \frac{0.00643\,(V + 154.9)}{e^{(V+154.9)/11.9} - 1}, \qquad \beta = 0.193\,e^{V/33.1}, \qquad \dot m = \alpha(1-m) - \beta m .$$
#
# **Task 5.** Write `ih_gate`: where does the gate end, and how fast does it get there? These rates hold as they stand; no
# temperature correction belongs to them.
#
# <details><summary>A nudge</summary>
# Sort the right-hand side by m and bring it into the form (m∞ − m)/τ.
# </details>
# <details><summary>The formula behind it</summary>
# m∞ = α/(α + β), τ = 1/(α + β).
# </details>
# <details><summary>A first line</summary>
# <code>V = np.asarray(V_mV, dtype=float)</code>
# </details>


# %% answer="ih_gate"
def ih_gate(V_mV):
    """Steady state and time constant of the gate of I_h (Kole et al. 2006, as in Hay et al. 2011).

    Parameters
    ----------
    V_mV : float or array
        Membrane potential in mV, above -150.

    Returns
    -------
    m_inf, tau_ms : floats or arrays of the shape of V_mV
        Open fraction in the end (between 0 and 1), and time constant in ms.
    """
    ### BEGIN SOLUTION
    V = np.asarray(V_mV, dtype=float)
    alpha = 0.00643 * (V + 154.9) / np.expm1((V + 154.9) / 11.9)
    beta = 0.193 * np.exp(V / 33.1)
    return alpha / (alpha + beta), 1 / (alpha + beta)
    ### END SOLUTION


# %% test="ih_gate" points=2
# The gate of I_h (2 points).
_result = ih_gate(-65.0)
checks.parts(_result, 2, what="ih_gate(-65.0)")
# Published values, rounded to five places: half a unit in the last is 0.05 %.
checks.close(
    _result[0],
    0.01106,
    rtol=1e-3,
    what="m_inf at -65 mV",
    mistakes={"this is the closed fraction: the opening rate stands on top": 1 - 0.01106, "this is the time constant": 36.514},
)
checks.close(
    _result[1],
    36.514,
    rtol=1e-3,
    unit="ms",
    what="tau_ms at -65 mV",
    mistakes={
        "this is 1/τ: the time constant is one over the sum of the rates": 1 / 36.514,
        "no temperature correction belongs to this channel": 36.514 / 2.3**1.3,
        "this is 1/β: both rates take part": 1 / (0.193 * np.exp(-65 / 33.1)),
    },
)
### BEGIN HIDDEN TESTS
# Closed formulas: only rounding is allowed for.
_V = np.array([-120.0, -97.5, -80.0, -71.0, -43.0, 10.0])
_alpha = 0.00643 * (_V + 154.9) / (np.exp((_V + 154.9) / 11.9) - 1)
_beta = 0.193 * np.exp(_V / 33.1)
_result = ih_gate(_V)
checks.parts(_result, 2, what="ih_gate of six potentials")
checks.close(
    _result[0],
    _alpha / (_alpha + _beta),
    what="m_inf at six potentials",
    mistakes={"this is the closed fraction": _beta / (_alpha + _beta), "this is α/β: the sum belongs below": _alpha / _beta},
)
checks.close(_result[1], 1 / (_alpha + _beta), unit="ms", what="tau_ms at six potentials")
checks.close(ih_gate(-71.0)[0], (_alpha / (_alpha + _beta))[3], what="m_inf at a single potential")
### END HIDDEN TESTS

# %% [markdown]
# And the NMODL files? The next cell reads steady states and time constants out of NEURON at −80, −65, −40 and 0 mV and compares
# them with what the authors' own files give (ModelDB 139653), rounded to five digits.

# %%
PUBLISHED = {
    ("Ih", "m_inf"): (0.04922, 0.01106, 0.00082, 0.00001),
    ("Ih", "tau_m"): (55.230, 36.514, 17.335, 5.181),
    ("NaTa_t", "m_inf"): (0.00134, 0.01604, 0.5126, 0.99879),
    ("NaTa_t", "tau_h"): (1.3275, 1.8771, 0.84584, 0.34206),
    ("Nap_Et2", "h_inf"): (0.95771, 0.8348, 0.29318, 0.00754),
    ("SKv3_1", "tau_m"): (1.2767, 1.5882, 2.1484, 2.9668),
    ("K_Tst", "tau_h"): (19.023, 11.703, 3.2127, 2.7093),
    ("K_Pst", "tau_h"): (339.66, 409.44, 348.31, 159.74),
    ("Im", "tau_m"): (1.1399, 5.0966, 45.5035, 3.0961),
    ("Ca_HVA", "m_inf"): (0.0, 0.00018, 0.16762, 0.99238),
    ("Ca_LVAst", "m_inf"): (0.00127, 0.01527, 0.5, 0.99873),
}


# %%
def read_gate(channel, what, potentials_mV):
    """A gate's steady state or time constant in NEURON, at each of the potentials."""
    patch = h.Section(name="patch")
    patch.nseg = len(potentials_mV)
    patch.insert("hay_" + channel)
    h.celsius = 34
    for segment, potential in zip(patch, potentials_mV):
        segment.v = potential
    h.finitialize()
    return np.array([getattr(getattr(segment, "hay_" + channel), what) for segment in patch])


# %%
for (channel, what), published in PUBLISHED.items():
    found = read_gate(channel, what, (-80, -65, -40, 0))
    print(f"{channel:9s}{what:6s} largest difference {np.abs(found - published).max():.1e}")

V_mV = np.linspace(-120, 0, 121)
fig, (left, right) = plt.subplots(1, 2, layout="constrained", figsize=(8, 3))
for ax, what in ((left, "m_inf"), (right, "tau_m")):
    ax.plot(V_mV, read_gate("Ih", what, V_mV), color="C1", label="hay_Ih in NEURON")
    ax.set(xlabel="membrane potential (mV)")
left.plot(V_mV, ih_gate(V_mV)[0], "--", color="C5", label="your formula")
right.plot(V_mV, ih_gate(V_mV)[1], "--", color="C5")
left.set(ylabel="open in the end (1)")
right.set(ylabel="time constant (ms)")
left.legend()
plt.show()

# %% tags=["guard"]
for (_channel, _what), _published in PUBLISHED.items():
    assert np.allclose(read_gate(_channel, _what, (-80, -65, -40, 0)), _published, rtol=1.1e-4, atol=6e-6), (_channel, _what)
for _what, _own in zip(("m_inf", "tau_m"), ih_gate(V_mV)):
    assert np.allclose(read_gate("Ih", _what, V_mV), _own, rtol=1e-9)

# %% [markdown]
# ## 6. Published densities, another tree
#
# The densities of Hay et al. (their model of back-propagation *and* step firing), in S/cm²; `"g_pas"` is the leak:
#
# | key | soma | basal | apical |
# |---|---|---|---|
# | `"g_pas"` | 3.38e-5 | 4.67e-5 | 5.89e-5 |
# | `"Ih"` | 2e-4 | 2e-4 | $2\times10^{-4}\,(-0.8696 + 2.087\,e^{3.6161\,d/d_\text{max}})$ |
# | `"NaTa_t"` | 2.04 | – | 0.0213 |
# | `"SKv3_1"` | 0.693 | – | 2.61e-4 |
# | `"SK_E2"` | 0.0441 | – | 1.2e-3 |
# | `"Ca_LVAst"` | 3.43e-3 | – | 0.0187 in the hot zone, a hundredth of it elsewhere |
# | `"Ca_HVA"` | 9.92e-4 | – | 5.55e-4 in the hot zone, a tenth of it elsewhere |
# | `"Nap_Et2"` | 1.72e-3 | – | – |
# | `"K_Tst"` | 0.0812 | – | – |
# | `"K_Pst"` | 2.23e-3 | – | – |
# | `"Im"` | – | – | 6.75e-5 |
#
# $d$ is the distance from the soma, $d_\text{max}$ that of the farthest tip. In the authors' cell the hot zone of the
# calcium channels reaches from 685 to 885 µm, around the place where the apical dendrite branches into its tuft, with a tip at 1312 µm. **Our tree is
# smaller, so we keep the proportion**: the zone is where $d/d_\text{max}$ lies in `HOT_ZONE`, its ends included. Here that is 501
# to 647 µm, again around a main branching point. This choice is ours, not theirs.
#
# **Task 6.** Write `densities`. Mind the basal dendrites: where they are forgotten they keep NEURON's default leak,
# which is 21 times too large.
#
# <details><summary>A nudge</summary>
# One dictionary for each kind. Only three values of the apical one depend on the distance.
# </details>
# <details><summary>The formula behind it</summary>
# <code>x = distance_um / farthest_um</code>; the hot zone is <code>HOT_ZONE[0] <= x <= HOT_ZONE[1]</code>.
# </details>
# <details><summary>A first line</summary>
# <code>if kind == "basal": return {"g_pas": 4.67e-5, "Ih": 2e-4}</code>
# </details>


# %% answer="densities"
def densities(kind, distance_um, farthest_um):
    """Maximal conductances of one piece of membrane (Hay et al. 2011).

    Parameters
    ----------
    kind : str
        "soma", "basal" or "apical".
    distance_um : float
        Distance from the soma in µm.
    farthest_um : float
        Distance of the farthest tip of the apical dendrite in µm.

    Returns
    -------
    dict
        Conductances in S/cm², keys as in the table; a channel that the table does not give (–) has no key.
    """
    ### BEGIN SOLUTION
    if kind == "soma":
        channels = {"g_pas": 3.38e-5, "Ih": 2e-4, "NaTa_t": 2.04, "SKv3_1": 0.693, "SK_E2": 0.0441, "Ca_LVAst": 3.43e-3}
        return dict(channels, Ca_HVA=9.92e-4, Nap_Et2=1.72e-3, K_Tst=0.0812, K_Pst=2.23e-3)
    if kind == "basal":
        return {"g_pas": 4.67e-5, "Ih": 2e-4}
    x = distance_um / farthest_um
    hot = HOT_ZONE[0] <= x <= HOT_ZONE[1]
    return {
        "g_pas": 5.89e-5,
        "Ih": 2e-4 * (-0.8696 + 2.087 * np.exp(3.6161 * x)),
        "NaTa_t": 0.0213,
        "SKv3_1": 2.61e-4,
        "SK_E2": 1.2e-3,
        "Ca_LVAst": 0.0187 if hot else 0.000187,
        "Ca_HVA": 5.55e-4 if hot else 5.55e-5,
        "Im": 6.75e-5,
    }
    ### END SOLUTION


# %% test="densities" points=3
# The published densities (3 points). Copied numbers and one exponential: only rounding is allowed for.
_apical = ["g_pas", "Ih", "NaTa_t", "SKv3_1", "SK_E2", "Ca_LVAst", "Ca_HVA", "Im"]
_found = densities("apical", 600.0, 1000.0)
checks.keys(_found, _apical, what='densities("apical", 600.0, 1000.0)')
checks.close(
    _found["Ca_LVAst"],
    0.0187,
    unit="S/cm²",
    what="Ca_LVAst 600 µm out of 1000 µm",
    mistakes={"this place is in the hot zone: divide the distance by that of the farthest tip": 0.000187},
)
_found = densities("basal", 100.0, 1000.0)
checks.keys(_found, ["g_pas", "Ih"], what='densities("basal", 100.0, 1000.0)')
checks.close(
    _found["g_pas"],
    4.67e-5,
    unit="S/cm²",
    what="g_pas of a basal dendrite",
    mistakes={"this is the apical dendrite's: basal ones have their own": 5.89e-5, "this is the soma's": 3.38e-5},
)
### BEGIN HIDDEN TESTS
_absent = "the table gives no such channel here: leave its key out, or set it to 0"
_table = {
    "soma": dict(
        zip(
            ["g_pas", "Ih", "NaTa_t", "SKv3_1", "SK_E2", "Ca_LVAst", "Ca_HVA", "Nap_Et2", "K_Tst", "K_Pst"],
            [3.38e-5, 2e-4, 2.04, 0.693, 0.0441, 3.43e-3, 9.92e-4, 1.72e-3, 0.0812, 2.23e-3],
        )
    ),
    "basal": {"g_pas": 4.67e-5, "Ih": 2e-4},
}


def _check_densities(kind, distance, farthest, right, mistakes=None):
    found = densities(kind, distance, farthest)
    where = {"soma": "at the soma", "basal": "in a basal dendrite", "apical": f"{distance:g} of {farthest:g} µm along the apical dendrite"}
    checks.keys(found, list(right), what=f"the densities {where[kind]}")
    for key in right:
        checks.close(
            found[key], right[key], unit="S/cm²", what=f"{key} {where[kind]}", mistakes=(mistakes or {}).get(key)
        )
    for key in ("NaTa_t", "SKv3_1", "SK_E2", "Ca_LVAst", "Ca_HVA", "Nap_Et2", "K_Tst", "K_Pst", "Im"):
        if key not in right:
            checks.close(found.get(key, 0.0), 0.0, unit="S/cm²", what=f"{key} {where[kind]}", mistakes={_absent: found.get(key, 0.0)})


_check_densities("soma", 0.0, 960.0, _table["soma"])
_check_densities("basal", 250.0, 960.0, _table["basal"], {"Ih": {"only the apical I_h grows with the distance": 2e-4 * (-0.8696 + 2.087 * np.exp(3.6161 * 250 / 960))}})
for _d, _far in [(0.0, 960.0), (500.0, 960.0), (502.0, 960.0), (646.0, 960.0), (650.0, 960.0), (900.0, 960.0), (685.0, 1312.0), (700.0, 1312.0), (885.0, 1312.0), (550.0, 700.0)]:
    _x = _d / _far
    _hot = 685 / 1312 <= _x <= 885 / 1312
    _zone = {"is this place in the hot zone? It is where distance/farthest lies in HOT_ZONE, its ends included": 0.0187 if not _hot else 0.000187}
    _ih = lambda x: 2e-4 * (-0.8696 + 2.087 * np.exp(3.6161 * x))  # noqa: E731
    _check_densities(
        "apical",
        _d,
        _far,
        dict(
            zip(_apical, [5.89e-5, _ih(_x), 0.0213, 2.61e-4, 1.2e-3, 0.0187 if _hot else 0.000187, 5.55e-4 if _hot else 5.55e-5, 6.75e-5])
        ),
        {
            "Ih": {
                "I_h grows along the apical dendrite: this is the soma's": 2e-4,
                "the distance must be divided by that of the farthest tip, the argument": _ih(_d / 960.0),
                "the factor 2e-4 stands before the whole bracket": -0.8696 + 2.087 * np.exp(3.6161 * _x),
            },
            "Ca_LVAst": dict(_zone, **{"outside the hot zone it is a hundredth, not a tenth": 0.00187}),
            "Ca_HVA": {
                "outside the hot zone it is a tenth, not a hundredth": 5.55e-6,
                "is this place in the hot zone? It is where distance/farthest lies in HOT_ZONE, its ends included": 5.55e-5 if _hot else 5.55e-4,
            },
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# The file `data/densities.json` holds the same densities as numbers, for this tree, every 2 µm. If yours agree with it,
# `trusted_densities` is *your* function; if not, it reads the file, so that an open task 6 does not stop you.

# %%
with open("data/densities.json", encoding="utf-8") as file:
    TABLE = json.load(file)


def lent_densities(kind, distance_um, farthest_um):
    """Densities from the file, for the tree of this exercise."""
    columns = TABLE[kind]
    return {key: float(np.interp(distance_um, TABLE["distance_um"], row)) if isinstance(row, list) else row for key, row in columns.items()}


# %%
try:
    agreement, problem = True, "they differ from the file"
    for kind in ("soma", "basal", "apical"):
        for distance in [d for d in TABLE["distance_um"] if d % 10 == 0]:
            own, lent = densities(kind, distance, FARTHEST_UM), lent_densities(kind, distance, FARTHEST_UM)
            same = [np.isclose(own.get(key, 0), lent.get(key, 0), rtol=1e-3, atol=0) for key in own.keys() | lent.keys()]
            agreement = agreement and all(same)
except Exception as error:  # whatever an unfinished function raises
    agreement, problem = False, f"{type(error).__name__}: {error}"
trusted_densities = densities if agreement else lent_densities
print("trusted_densities:", "your own" if agreement else f"from the file, until yours are right ({problem})")


# %%
def insert_channels(section, kind):
    """Leak, channels and calcium pool of a section, still without densities."""
    section.Ra, section.cm = PASSIVE["R_a"], PASSIVE["C_m"][kind]
    section.insert("pas")
    section.e_pas = -90
    for channel in trusted_densities(kind, 0.0, FARTHEST_UM):
        if channel != "g_pas":
            section.insert("hay_" + channel)
    if kind in POOL:
        section.insert("hay_CaDynamics_E2")
        section.ek, section.ena = -85, 50


# %%
def put_channels(segment, kind, distance_um, blocked):
    """Set the densities of one segment."""
    for channel, density in trusted_densities(kind, distance_um, FARTHEST_UM).items():
        if channel == "g_pas":
            segment.pas.g = density
        else:
            getattr(segment, "hay_" + channel).gbar = 0.0 if (kind, channel) in blocked else density
    for name, value in POOL.get(kind, {}).items():
        setattr(segment.hay_CaDynamics_E2, name, value)


# %%
def active_cell(blocked=()):
    """The tree with all channels. `blocked` lists pairs such as ("apical", "NaTa_t"): these get no conductance."""
    cell = grow(MORPHOLOGY, SEGMENTS)
    for name, section in cell.items():
        insert_channels(section, MORPHOLOGY[name]["kind"])
    for name, section in cell.items():
        for segment in section:
            put_channels(segment, MORPHOLOGY[name]["kind"], h.distance(cell["soma"](0.5), segment), blocked)
    return cell


# %% [markdown]
# One more tool, for all that follows. `respond` attaches any number of synapses and current pulses to a cell and records it:
# `respond(cell, [SOMA, place_at(600)], 100.0, synapses=[(place, start_ms, weight_uS)], pulses=[(place, start_ms, duration_ms, nA)])`.


# %%
def attach(cell, synapses, pulses):
    """Put synapses and current pulses into a cell; they live as long as you keep the list."""
    kept = []
    for (name, x), start_ms, weight_uS in synapses:
        synapse, stimulus = h.ExpSyn(cell[name](x)), h.NetStim()
        synapse.tau, synapse.e = SYNAPSE["tau_ms"], SYNAPSE["e_mV"]
        stimulus.number, stimulus.start = 1, start_ms
        connection = h.NetCon(stimulus, synapse)
        connection.delay, connection.weight[0] = 0, weight_uS
        kept += [synapse, stimulus, connection]
    for (name, x), start_ms, duration_ms, current_nA in pulses:
        clamp = h.IClamp(cell[name](x))
        clamp.delay, clamp.dur, clamp.amp = start_ms, duration_ms, current_nA
        kept.append(clamp)
    return kept


# %%
def respond(cell, places, t_stop_ms, synapses=(), pulses=()):
    """Times (m,) in ms, unevenly spaced, and potentials (number of places, m) in mV, from rest at t = 0 on."""
    _kept = attach(cell, synapses, pulses)
    t = h.Vector().record(h._ref_t)
    traces = [h.Vector().record(cell[name](x)._ref_v) for name, x in places]
    run(t_stop_ms)
    return np.array(t), np.array([np.array(trace) for trace in traces])


# %%
t_ms, v_mV = respond(active_cell(), [SOMA, place_at(600), place_at(900)], 300.0, pulses=[(SOMA, 10, 290, -0.05)])
print("rest at the soma, 600 and 900 µm:", v_mV[:, 0].round(1), "mV")
print("input resistance at the soma: %.1f MΩ" % ((v_mV[0, -1] - v_mV[0, 0]) / -0.05))

# %% tags=["guard"]
assert trusted_densities is densities
assert np.allclose(v_mV[:, 0], [-77.25, -69.1, -66.5], atol=0.3) and abs((v_mV[0, -1] - v_mV[0, 0]) / -0.05 - 34.6) < 0.3, (v_mV[:, 0], v_mV[0, -1])
for _kind in ("soma", "basal", "apical"):
    for _d in TABLE["distance_um"]:
        _a, _b = densities(_kind, _d, FARTHEST_UM), lent_densities(_kind, _d, FARTHEST_UM)
        assert _a.keys() == _b.keys() and all(np.isclose(_a[_k], _b[_k], rtol=1e-4) for _k in _a), (_kind, _d)
assert abs(HOT_ZONE[0] * FARTHEST_UM - 501) < 1 and abs(HOT_ZONE[1] * FARTHEST_UM - 647) < 1 and 21 < 1e-3 / 4.67e-5 < 22
assert h.distance is not None and abs(sum(MORPHOLOGY[_n]["length_um"] for _n in PATH[:6]) - 604) < 1  # the branching point

# %% [markdown]
# On the authors' own tree the same set rests at about −77 mV too, with an input resistance of some 40 MΩ. Rest is decided by
# densities and carries over; the resistance also by area. Out in the tuft $I_h$ lifts rest by more than 10 mV.

# %% [markdown]
# ## 7. Three inputs
#
# Three synapses of 3 nS each, all at 700 µm, one after another at 20, 60 and 100 ms.
#
# **Predict.** In the passive tree and in the one with channels: is the third EPSP at the *soma* larger than the first, as
# large, or smaller? Write the quotient third / first.

# %% tags=["scratch"]
guesses["passive, soma"] = None
guesses["active, soma"] = None

# %% [markdown]
# **Task 7.** Fill the dictionary `summation` with four quotients: the peak after the third input divided by that after the
# first. A peak is the largest potential within 40 ms from the input, minus rest, the potential of that place at $t = 0$.
#
# | key | cell | recorded at |
# |---|---|---|
# | `"passive, synapse"` | `passive_cell(PASSIVE)` | `place_at(700)` |
# | `"passive, soma"` | `passive_cell(PASSIVE)` | `SOMA` |
# | `"active, synapse"` | `active_cell()` | `place_at(700)` |
# | `"active, soma"` | `active_cell()` | `SOMA` |
#
# ![Somatic potential above rest against time for three inputs. Passive: peaks of 0.33, 0.48 and 0.54 mV, each on the tail of the one before. Active: three narrow peaks of 0.17, 0.15 and 0.13 mV; the potential is back at rest when the next input comes, and falls below rest in the end. Active with blocked h-current: like the passive cell.](figures/summation.png)
#
# <details><summary>A nudge</summary>
# One call of respond for each cell does both places: run for 140 ms.
# </details>
# <details><summary>The formula behind it</summary>
# <code>v[row][(t >= 100) & (t <= 140)].max() - v[row, 0]</code> is the third peak.
# </details>
# <details><summary>A first line</summary>
# <code>three = [(place_at(700), start_ms, 3e-3) for start_ms in (20, 60, 100)]</code>
# </details>

# %% answer="summation"
summation = None  # a dict with four numbers
### BEGIN SOLUTION
three = [(place_at(700), start_ms, 3e-3) for start_ms in (20, 60, 100)]
summation = {}
for name, build in (("passive", lambda: passive_cell(PASSIVE)), ("active", active_cell)):
    t, v = respond(build(), [place_at(700), SOMA], 140.0, synapses=three)
    for row, place in enumerate(("synapse", "soma")):
        first, third = [v[row][(t >= start) & (t <= start + 40)].max() - v[row, 0] for start in (20, 100)]
        summation[f"{name}, {place}"] = third / first
### END SOLUTION

# %% test="summation" points=2
# Third EPSP over first, passive and active, at the synapse and at the soma (2 points).
checks.keys(summation, ["passive, synapse", "passive, soma", "active, synapse", "active, soma"], what="summation")
# 1.5 %: half the error of the variable step and twice the segments change these numbers by less than 0.5 %.
checks.close(
    summation["passive, synapse"],
    1.0958,
    rtol=0.015,
    unit="1",
    what='summation["passive, synapse"]',
    mistakes={
        "this is upside down: the third over the first": 1 / 1.0958,
        "these are potentials: subtract rest first": 73.1 / 73.44,
        "this is the second over the first": 1.0743,
        "this is the soma": 1.636,
    },
)
### BEGIN HIDDEN TESTS
for _name, _true, _mistakes in [
    ("passive, soma", 1.637, {"this is the synapse's own place": 1.0958, "this is the second over the first": 1.4706}),
    ("active, synapse", 0.9514, {"this is the passive cell": 1.0958, "this is the second over the first": 0.9602}),
    ("active, soma", 0.7956, {"this is the passive cell": 1.637, "this is the second over the first": 0.8814, "this is the synapse's own place": 0.9514}),
]:
    checks.close(
        summation[_name],
        _true,
        rtol=0.015,
        unit="1",
        what=f"summation[{_name!r}]",
        mistakes=dict(_mistakes, **{"this is upside down: the third over the first": 1 / _true}),
    )
### END HIDDEN TESTS

# %%
three_inputs = [(place_at(700), start_ms, 3e-3) for start_ms in (20, 60, 100)]
all_Ih = [("soma", "Ih"), ("basal", "Ih"), ("apical", "Ih")]
fig, ax = plt.subplots(layout="constrained")
for label, build, style in (
    ("passive", lambda: passive_cell(PASSIVE), "--"),
    ("active", active_cell, "-"),
    ("active, $I_h$ blocked", lambda: active_cell(all_Ih), ":"),
):
    t_ms, v_mV = respond(build(), [SOMA], 180.0, synapses=three_inputs)
    ax.plot(t_ms, v_mV[0] - v_mV[0, 0], style, color="C0", label=label)
ax.set(xlabel="time (ms)", ylabel="somatic potential above rest (mV)")
ax.legend()
plt.show()
for name in ("passive, soma", "active, soma"):
    look_back(name, round(summation[name], 2))

# %% tags=["guard"]
fig.savefig("figures/summation.png", dpi=70)
_first, _third = [v_mV[0][(t_ms >= _s) & (t_ms <= _s + 40)].max() - v_mV[0, 0] for _s in (20, 100)]
assert 1.3 < _third / _first < 1.9, ("without Ih", _third / _first)


def finer(cell, places, t_stop_ms, synapses=(), pulses=(), dt_ms=0.02):
    """As respond, with small fixed steps of backward Euler in place of the variable step."""
    global run
    usual = run

    def run(t_stop):
        h.celsius = 34
        h.finitialize(PASSIVE["e_pas"])
        h.t, h.dt = -2000, 10
        while h.t < -1e-6:
            h.fadvance()
        h.t, h.dt, h.steps_per_ms = 0, dt_ms, 1 / dt_ms
        h.frecord_init()
        h.continuerun(t_stop)

    try:
        return respond(cell, places, t_stop_ms, synapses, pulses)
    finally:
        run = usual


def quotients(t, v):
    return [np.divide(*[v[row][(t >= s) & (t <= s + 40)].max() - v[row, 0] for s in (100, 20)]) for row in (0, 1)]


_found = quotients(*finer(passive_cell(PASSIVE), [place_at(700), SOMA], 140.0, synapses=three_inputs))
_found += quotients(*finer(active_cell(), [place_at(700), SOMA], 140.0, synapses=three_inputs, dt_ms=0.05))
assert np.allclose(_found, list(summation.values()), rtol=0.006), (_found, summation)
# Three times the segments.
_coarse, SEGMENTS = SEGMENTS, {_n: 3 * _k for _n, _k in SEGMENTS.items()}
_found = quotients(*respond(passive_cell(PASSIVE), [place_at(700), SOMA], 140.0, synapses=three_inputs))
_found += quotients(*respond(active_cell(), [place_at(700), SOMA], 140.0, synapses=three_inputs))
SEGMENTS = _coarse
assert np.allclose(_found, list(summation.values()), rtol=0.01), (_found, summation)
assert np.allclose([1.0958, 1.637, 0.9514, 0.7956], list(summation.values()), rtol=0.005), summation

# %% [markdown]
# Passive EPSPs ride on one another's tails: the third is 1.6 times the first. With channels the third is *smaller*. Without
# $I_h$ the sum is back. $I_h$ is open at rest, which makes the membrane leaky, and each EPSP closes some of it, so
# that an undershoot follows just when the next input comes.

# %% [markdown] discuss="far_inputs" points=3
# **Discuss: far inputs.** Use sections 3, 4 and 7. Five to eight sentences.
#
# (a) At the synapse the far EPSP is ten times as large as a near one, at the soma three times as small. Which
# property of the tree explains each? (b) At the synapse's own place the third passive EPSP is only a tenth larger than the first, at
# the soma two thirds. Why does the soma sum better, in the same run? (c) Name two ways in which $I_h$ of the distal dendrite makes the third EPSP
# smaller, and say what it does to *when* inputs must come to be added.
#
# *How it is judged: one point for each part. (a) needs input resistance and attenuation, (b) the width of the EPSPs, (c) two effects
# and a consequence.*
#
# ### BEGIN MARK SCHEME
# One point each, half points allowed:
#
# (a) Local size: input resistance of a thin branch near a sealed end, high. Somatic size: charge is lost through the
# membrane and into the rest of the tree on the way (low-pass filtering, attenuation inward far larger than outward).
#
# (b) At the synapse the EPSP is a fast peak that has decayed (charge has spread into the tree) when the next comes; at the
# soma the EPSP is broad, later than the peak and lasts longer than the interval of 40 ms, so the next rides on its tail.
# A small part by the driving force is also accepted, with numbers.
#
# (c) I_h is open at rest: more conductance, shorter time constant, so less tail. It closes on depolarisation, which acts as an
# outward current after the peak (undershoot; deactivation kinetics of tens of ms). Consequence: a narrower time window, far inputs
# must coincide within a few ms; also accepted: makes summation independent of the place.
# ### END MARK SCHEME

# %% [markdown]
# ## 8. Firing
#
# **Predict.** The cells in the slice to which the paper's model was fitted fired some 9 spikes a second for a step of about 0.6 nA
# and 14 for one of 0.8 nA. Ours has the model's channels. What will it do with 0.8 nA?

# %% tags=["scratch"]
guesses["rate at 0.8 nA (Hz)"] = None

# %% [markdown]
# **Task 8.** Write `firing_rate`: spikes in a window of time, divided by its length. A spike is an upward crossing of 0 mV.
#
# <details><summary>A nudge</summary>
# First the times of all crossings, then those in the window.
# </details>
# <details><summary>The formula behind it</summary>
# Rate in Hz = 1000 × number / length of the window in ms.
# </details>
# <details><summary>A first line</summary>
# <code>up = (v_mV[:-1] < 0) & (v_mV[1:] >= 0)</code>
# </details>


# %% answer="firing_rate"
def firing_rate(t_ms, v_mV, from_ms, to_ms):
    """Firing rate in a window.

    Parameters
    ----------
    t_ms, v_mV : arrays of shape (m,)
        Times in ms, not evenly spaced, and potential in mV.
    from_ms, to_ms : floats
        The window in ms. The time of a spike is that of the first sample at or above 0 mV.

    Returns
    -------
    float
        Rate in Hz (spikes per second).
    """
    ### BEGIN SOLUTION
    up = (v_mV[:-1] < 0) & (v_mV[1:] >= 0)
    times = t_ms[1:][up]
    return 1000 * np.sum((times >= from_ms) & (times <= to_ms)) / (to_ms - from_ms)
    ### END SOLUTION


# %% test="firing_rate" points=2
# Spikes in a window, per second (2 points). A whole number over a length: exact. No spike lies at the edge of a window.
_t = np.array([0.0, 5, 8, 9, 10, 11, 14, 20, 30, 31, 32, 33, 40, 60, 61, 61.5, 62, 70, 90, 100])
_v = np.array([-70.0, -65, -20, 15, 20, -30, -70, -60, -30, 5, 20, -70, -72, -10, 30, 10, -60, -70, -71, -71])
checks.close(
    firing_rate(_t, _v, 0.0, 100.0),
    30.0,
    unit="Hz",
    what="firing_rate of three spikes in 100 ms",
    mistakes={
        "this is the number of spikes: divide by the length of the window": 3.0,
        "count upward crossings alone: neither all samples above 0 mV nor both directions": 60.0,
    },
)
### BEGIN HIDDEN TESTS
for _from, _to, _n in [(20.0, 70.0, 2), (45.0, 50.0, 0), (50.0, 90.0, 1), (5.0, 45.0, 2)]:
    checks.close(
        firing_rate(_t, _v, _from, _to),
        1000 * _n / (_to - _from),
        unit="Hz",
        what="firing_rate of another window",
        mistakes={
            "all spikes are counted: only those in the window belong to it": 3000 / (_to - _from),
            "the window's length is to_ms - from_ms": 1000 * _n / _to,
            "divide by the window, not by the whole recording": 1000 * _n / 100,
        },
    )
_t = 500 + np.cumsum(np.tile([0.02, 0.3, 0.1, 4.0], 250))
_v = 40 * np.sin(2 * np.pi * (_t - 500) / 100) - 5 * np.cos(_t)
_up = _t[1:][(_v[:-1] < 0) & (_v[1:] >= 0)]
for _from, _to in [(500.0, 1605.0), (655.0, 945.0)]:
    _n = np.sum((_up > _from) & (_up < _to))
    checks.close(firing_rate(_t, _v, _from, _to), 1000 * _n / (_to - _from), unit="Hz", what="firing_rate of another recording")
checks.close(
    firing_rate(np.array([0.0, 1.0, 2.0, 3.0, 4.0]), np.array([5.0, -5.0, 0.0, 0.0, -1.0]), 0.0, 4.0),
    250.0,
    unit="Hz",
    what="firing_rate when the potential starts above 0 mV and comes back to exactly 0 mV",
)
### END HIDDEN TESTS

# %%
currents_nA = [0.3, 0.8, 1.2]
steps = {}
for current in currents_nA:  # a few seconds
    steps.update({current: respond(active_cell(), [SOMA], 310.0, pulses=[(SOMA, 10, 300, current)])})
    print(".", end="")

# %%
fig, (left, right) = plt.subplots(1, 2, layout="constrained", figsize=(8, 3))
rates_Hz = [firing_rate(t, v[0], 10, 310) for t, v in steps.values()]
left.plot(currents_nA, rates_Hz, "o-", color="C7")
right.plot(steps[0.8][0], steps[0.8][1][0], color="C0")
left.set(xlabel="current (nA)", ylabel="firing rate (1/s)")
right.set(xlabel="time (ms)", ylabel="membrane potential (mV)", title="0.8 nA")
plt.show()
look_back("rate at 0.8 nA (Hz)", round(rates_Hz[1], 1))

# %% tags=["guard"]
_n = [int(round(0.3 * _rate)) for _rate in rates_Hz]
assert _n[:2] == [0, 4] and _n[2] in (5, 6), _n
_t, _v = finer(active_cell(), [SOMA], 310.0, pulses=[(SOMA, 10, 300, 0.8)], dt_ms=0.025)
_crossings = [_t[1:][(_w[:-1] < 0) & (_w[1:] >= 0)] for _t, _w in ((_t, _v[0]), (steps[0.8][0], steps[0.8][1][0]))]
assert np.allclose(*_crossings, rtol=0, atol=1.0), _crossings
assert np.all(np.diff(_crossings[1], 2) > 0) and np.diff(_crossings[1])[-1] > 100 and np.diff(_crossings[1])[0] < 25

# %% [markdown]
# A quick start, then ever longer pauses: calcium that enters with each spike opens SK channels. Whether the rates of the paper come
# out is another matter: no channel was fitted on *this* tree, and we measure the first 300 ms. Do not move the
# conductances until the numbers please: say what carries over, and what does not (the last question).

# %% [markdown]
# ## 9. A spike goes out
#
# A short, strong pulse into the soma (5 nA for 2 ms) makes one spike.
#
# **Predict.** Which part of its height is left at 600 µm? And with the dendrite's sodium channels blocked?

# %% tags=["scratch"]
guesses["control"] = None  # fractions
guesses["no dendritic Na"] = None

# %% [markdown]
# **Task 9.** Fill the dictionary `backpropagation`: peak depolarisation at `place_at(600)` divided by that at `SOMA`, for the pulse
# `(SOMA, 10, 2, 5)` in a run of 50 ms. A peak depolarisation is the largest potential minus that of the same place at $t = 0$.
#
# | key | blocked in the apical dendrite |
# |---|---|
# | `"control"` | nothing |
# | `"no dendritic Na"` | `"NaTa_t"` |
# | `"no dendritic Ca"` | `"Ca_HVA"` and `"Ca_LVAst"` |
#
# ![Peak depolarisation against distance from 0 to 900 µm. Control: 122 mV at the soma, between 60 and 80 mV everywhere in the dendrite. Dendritic calcium channels blocked: the same as far as 500 µm, a little less beyond. Dendritic sodium channels blocked: it falls to 16 mV at 400 µm and 3 mV at 900 µm.](figures/backpropagation.png)
#
# <details><summary>A nudge</summary>
# Each run needs a new cell: active_cell(blocked) takes a list of pairs (kind, channel).
# </details>
# <details><summary>The formula behind it</summary>
# <code>v.max(axis=1) - v[:, 0]</code> gives both peaks at once.
# </details>
# <details><summary>A first line</summary>
# <code>t, v = respond(active_cell(), [SOMA, place_at(600)], 50.0, pulses=[(SOMA, 10, 2, 5)])</code>
# </details>

# %% answer="backpropagation"
backpropagation = None  # a dict with three fractions
### BEGIN SOLUTION
blocks = {
    "control": [],
    "no dendritic Na": [("apical", "NaTa_t")],
    "no dendritic Ca": [("apical", "Ca_HVA"), ("apical", "Ca_LVAst")],
}
backpropagation = {}
for name, blocked in blocks.items():
    t, v = respond(active_cell(blocked), [SOMA, place_at(600)], 50.0, pulses=[(SOMA, 10, 2, 5)])
    at_soma, far = v.max(axis=1) - v[:, 0]
    backpropagation[name] = far / at_soma
### END SOLUTION

# %% test="backpropagation" points=2
# What is left of a spike at 600 µm (2 points).
checks.keys(backpropagation, ["control", "no dendritic Na", "no dendritic Ca"], what="backpropagation")
# 4 %: the time steps move these numbers by less than 2 %. The segments are given: three times as many move the faint one by 7 %.
checks.close(
    backpropagation["no dendritic Na"],
    0.0517,
    rtol=0.04,
    unit="1",
    what='backpropagation["no dendritic Na"]',
    mistakes={
        "this is upside down: far over soma": 1 / 0.0517,
        "these are potentials: subtract that at t = 0 first": -1.394,
        "the somatic sodium channels are blocked, too, or instead: name the kind": 0.2,
        "nothing is blocked in this run: is active_cell given the list?": 0.561,
    },
)
### BEGIN HIDDEN TESTS
for _name, _true, _mistakes in [
    ("control", 0.559, {"these are potentials: subtract that at t = 0 first": -0.0135}),
    (
        "no dendritic Ca",
        0.389,
        {"nothing is blocked in this run": 0.561, "both calcium channels must be blocked: one is still there": 0.454, "these are potentials": -0.473},
    ),
]:
    checks.close(
        backpropagation[_name],
        _true,
        rtol=0.04,
        unit="1",
        what=f"backpropagation[{_name!r}]",
        mistakes=dict(_mistakes, **{"this is upside down: far over soma": 1 / _true}),
    )
### END HIDDEN TESTS

# %%
along_um = [0, 100, 200, 300, 400, 500, 600, 700, 800, 900]
fig, ax = plt.subplots(layout="constrained")
for label, blocked, style in (
    ("control", [], "o-"),
    ("dendritic Ca channels blocked", [("apical", "Ca_HVA"), ("apical", "Ca_LVAst")], "s--"),
    ("dendritic Na channels blocked", [("apical", "NaTa_t")], "^:"),
):
    t_ms, v_mV = respond(active_cell(blocked), [place_at(d) for d in along_um], 50.0, pulses=[(SOMA, 10, 2, 5)])
    ax.plot(along_um, v_mV.max(axis=1) - v_mV[:, 0], style, color="C0", label=label)
ax.set(xlabel="distance from soma (µm)", ylabel="peak depolarisation (mV)", ylim=(0, 130))
ax.legend()
plt.show()
for name in ("control", "no dendritic Na"):
    look_back(name, round(backpropagation[name], 2))

# %% tags=["guard"]
fig.savefig("figures/backpropagation.png", dpi=70)
_runs = {}  # 25 ms in place of 50: the last of the peaks comes at 19 ms
for _name, _blocked in blocks.items():
    _t, _v = finer(active_cell(_blocked), [SOMA, place_at(600)], 25.0, pulses=[(SOMA, 10, 2, 5)], dt_ms=0.0125)
    _runs[_name] = np.divide(*(_v.max(axis=1) - _v[:, 0])[::-1])
_coarse, SEGMENTS = SEGMENTS, {_n: 3 * _k for _n, _k in SEGMENTS.items()}
for _name, _blocked in blocks.items():
    _t, _v = respond(active_cell(_blocked), [SOMA, place_at(600)], 25.0, pulses=[(SOMA, 10, 2, 5)])
    _runs[_name, 3] = np.divide(*(_v.max(axis=1) - _v[:, 0])[::-1])
SEGMENTS = _coarse
for _name in blocks:
    assert np.isclose(_runs[_name], backpropagation[_name], rtol=0.02), (_runs, backpropagation)
    assert np.isclose(_runs[_name, 3], backpropagation[_name], rtol=0.08), (_runs, backpropagation)
assert np.allclose([0.559, 0.0517, 0.389], list(backpropagation.values()), rtol=0.01), backpropagation

# %% [markdown]
# Sodium channels, a hundred times sparser than in the soma, carry the spike to the tips: without them a twentieth
# arrives. Calcium channels matter only from the hot zone on. And in the control run something stays behind out there,
# for tens of milliseconds. Look at it more closely.

# %% [markdown]
# ## 10. A calcium spike
#
# Inject 2 nA for 5 ms at 600 µm, in the hot zone. Three cells: control; all sodium channels blocked, as by
# TTX; all calcium channels blocked.
#
# ![Membrane potential at 600 µm against time. Control: a peak of 52 mV at the end of the pulse and a slow fall that passes −40 mV 26 ms after the rise. Sodium blocked: a peak of 15 mV and a slow fall, 22 ms above −40 mV. Calcium blocked: a peak of 35 mV that falls below −40 mV after 12 ms.](figures/calcium_spike.png)
#
# **Predict.** For how long will the place stay above −40 mV, in each cell? The pulse lasts 5 ms.

# %% tags=["scratch"]
guesses["time above -40 mV, control (ms)"] = None
guesses["time above -40 mV, Na blocked (ms)"] = None
guesses["time above -40 mV, Ca blocked (ms)"] = None

# %%
TTX = [("soma", "NaTa_t"), ("soma", "Nap_Et2"), ("apical", "NaTa_t")]
NO_CA = [(kind, channel) for kind in ("soma", "apical") for channel in ("Ca_HVA", "Ca_LVAst")]
at_600 = {}
for label, blocked in (("control", []), ("Na blocked", TTX), ("Ca blocked", NO_CA)):
    t_ms, v_mV = respond(active_cell(blocked), [place_at(600), SOMA], 80.0, pulses=[(place_at(600), 10, 5, 2)])
    at_600.update({label: (t_ms, v_mV[0])})

# %%
fig, ax = plt.subplots(layout="constrained")
for (label, (t_ms, v_mV)), style in zip(at_600.items(), ("-", "--", ":")):
    ax.plot(t_ms, v_mV, style, color="C0", label=label)
ax.axhline(LEVEL_MV, color="C7", lw=0.8)
ax.set(xlabel="time (ms)", ylabel="membrane potential at 600 µm (mV)")
ax.legend()
plt.show()

# %% [markdown]
# What would convince a sceptic that the event in the control run is a *calcium* spike? Not its look. Three findings together:
#
# 1. it is long: the potential stays above `LEVEL_MV` for at least `SHORTEST_MS`;
# 2. it does not need sodium channels: with these blocked it is still that long;
# 3. it needs calcium channels: with these blocked it is shorter than `SHORTEST_MS`.
#
# **Task 10.** Write `is_calcium_spike`. The three recordings have times of their own. The time above the level is the sum of all intervals
# between neighbouring samples that both lie above it.
#
# <details><summary>A nudge</summary>
# A small function for the time above the level, used three times.
# </details>
# <details><summary>The formula behind it</summary>
# Intervals: <code>np.diff(t)</code>. Both ends above: <code>(v[:-1] > LEVEL_MV) & (v[1:] > LEVEL_MV)</code>.
# </details>
# <details><summary>A first line</summary>
# <code>def time_above(recording):</code>, inside your function, and in it <code>t, v = recording</code>.
# </details>


# %% answer="is_calcium_spike"
def is_calcium_spike(control, no_Na, no_Ca):
    """Whether an event has all three marks of a calcium spike.

    Parameters
    ----------
    control, no_Na, no_Ca : tuples of two arrays
        Times in ms (not evenly spaced) and potential in mV of the same place: with all channels, with sodium channels blocked,
        and with calcium channels blocked. The three may differ in length.

    Returns
    -------
    bool
        True if all three findings hold.
    """

    ### BEGIN SOLUTION
    def time_above(recording):
        t, v = np.asarray(recording[0]), np.asarray(recording[1])
        return np.diff(t)[(v[:-1] > LEVEL_MV) & (v[1:] > LEVEL_MV)].sum()

    long = [bool(time_above(recording) >= SHORTEST_MS) for recording in (control, no_Na, no_Ca)]
    return long[0] and long[1] and not long[2]
    ### END SOLUTION


# %% test="is_calcium_spike" points=3
# Three marks of a calcium spike (3 points). No event here is within 2 ms of what counts.
_rising = np.array([0.0, 5.0, 10.0, 10.1, 10.2, 11.0, 14.0])


def _event(duration_ms, peak_mV=0.0):
    """A recording with uneven times that lies above -40 mV for this long: many samples early, few late."""
    t = np.append(_rising[_rising < 10.1 + duration_ms], [10.1 + duration_ms, 10.2 + duration_ms, 90.0])
    return t, np.where((t >= 10.05) & (t <= 10.15 + duration_ms), peak_mV, -65.0)


_all = "all three marks hold here. Is the time a sum of intervals, np.diff(t), and is each mark the right way round?"
checks.equal(
    is_calcium_spike(_event(25.0), _event(20.0), _event(8.0)),
    True,
    what="is_calcium_spike of a clear case",
    mistakes={_all: False},
)
checks.equal(
    is_calcium_spike(_event(3.0), _event(3.0), _event(3.0)), False, what="is_calcium_spike of a short event that nothing changes", mistakes={"3 ms are not long": True}
)
### BEGIN HIDDEN TESTS
for _three, _true, _words in [
    ((30.0, 28.0, 27.0), False, "it is as long with calcium channels blocked, so these do not make it"),
    ((30.0, 4.0, 3.0), False, "it needs sodium channels"),
    ((11.0, 40.0, 2.0), False, "it is too short in control"),
    ((18.0, 18.0, 12.0), True, _all),
    ((40.0, 12.0, 5.0), False, "it is too short with sodium channels blocked"),
    ((60.0, 17.5, 0.5), True, _all),
    ((70.0, 60.0, 25.0), False, "without calcium channels it is shorter, but still long"),
]:
    checks.equal(
        is_calcium_spike(*[_event(_d) for _d in _three]),
        _true,
        what="is_calcium_spike of another event",
        mistakes={_words: not _true},
    )
checks.equal(
    is_calcium_spike(_event(30.0, -39.0), _event(25.0, -39.0), _event(30.0, -41.0)),
    True,
    what="is_calcium_spike of an event that lies close to the level",
    mistakes={"compare with LEVEL_MV": False},
)
# Two humps: their times add up. And many samples in a short time are a short time.
_t = np.array([0.0, 10, 19, 19.5, 20, 29, 29.5, 90])
_two = _t, np.array([-60.0, -20, -20, -60, -20, -20, -60, -60])
checks.equal(is_calcium_spike(_two, _two, _event(1.0)), True, what="is_calcium_spike of an event with two humps", mistakes={"all intervals above the level count": False})
_dense = np.append(np.linspace(0.0, 5.0, 400), [90.0]), np.append(np.full(400, -10.0), [-70.0])
checks.equal(is_calcium_spike(_dense, _dense, _event(1.0)), False, what="is_calcium_spike of an event with many samples in a short time", mistakes={"this counts samples: add up the intervals between them": True})
### END HIDDEN TESTS

# %%
print("a calcium spike:", is_calcium_spike(*at_600.values()))
for label, (t_ms, v_mV) in at_600.items():
    above = np.diff(t_ms)[(v_mV[:-1] > LEVEL_MV) & (v_mV[1:] > LEVEL_MV)].sum()
    look_back(f"time above -40 mV, {label} (ms)", round(above, 1))

# %% tags=["guard"]
fig.savefig("figures/calcium_spike.png", dpi=70)
assert is_calcium_spike(*at_600.values()) is True
_above = [np.diff(_t)[(_v[:-1] > -40) & (_v[1:] > -40)].sum() for _t, _v in at_600.values()]
assert np.allclose(_above, [26, 21.5, 11.6], atol=1.0), _above
assert abs(at_600["control"][1].max() - 52) < 2 and abs(at_600["Na blocked"][1].max() - 15) < 1
for _current, _low, _high in ((1.0, 1.0, 4.0), (1.4, 27.0, 32.0)):  # the threshold named in the text, without TTX
    _t, _v = respond(active_cell(), [place_at(600)], 80.0, pulses=[(place_at(600), 10, 5, _current)])
    assert _low < np.diff(_t)[(_v[0, :-1] > -40) & (_v[0, 1:] > -40)].sum() < _high
_t, _v = respond(active_cell(), [place_at(600)], 80.0, pulses=[(SOMA, 10, 2, 5)])
assert np.diff(_t)[(_v[0, :-1] > -40) & (_v[0, 1:] > -40)].sum() > 20  # one somatic spike is enough, see below
_t, _v = finer(active_cell(TTX), [place_at(600)], 80.0, pulses=[(place_at(600), 10, 5, 2)], dt_ms=0.025)
assert abs(np.diff(_t)[(_v[0, :-1] > -40) & (_v[0, 1:] > -40)].sum() - _above[1]) < 0.5

# %% [markdown]
# All three marks. There is a threshold as well: with 1 nA the place is above −40 mV for less than 4 ms, with 1.4 nA for
# almost 30 ms. Try it in the next cell, and try a single somatic spike (`pulses=[(SOMA, 10, 2, 5)]`): *here* it is enough to start a calcium
# spike. In the authors' model it is not: a back-propagating spike *and* an input to the tuft are needed together, which made the
# model known. A smaller tree with the same densities is more excitable.

# %% tags=["scratch"]
t_ms, v_mV = respond(active_cell(), [place_at(600), SOMA], 80.0, pulses=[(place_at(600), 10, 5, 1.4)])

# %% [markdown] discuss="carries_over" points=3
# **Discuss: what carries over?** Hay et al. fitted their densities so that *one* reconstructed cell fired and
# back-propagated as cells in the slice do. You have put the same densities on another reconstruction. Five to eight sentences.
#
# (a) Name two findings of this exercise that you would expect on any tree, and say why the tree hardly matters for them. (b) Name two that
# belong to the pair of densities *and* tree, with the evidence from sections 6 to 10. (c) A colleague wants the published rates on this tree and
# scales the potassium channels until the f-I curve fits. What has the model gained, what may it have lost, and which measurement would tell?
#
# *How it is judged: one point for each part. (a) and (b) need two examples with a reason each, (c) a gain, a loss and a measurement.*
#
# ### BEGIN MARK SCHEME
# One point each, half points allowed:
#
# (a) For example: kinetics (voltage alone decides), resting potential of a patch (a balance of densities), that I_h narrows EPSPs, that
# attenuation inward exceeds outward, that blocking Na stops back-propagation. Reason: local properties, or signs that only
# need a thin sealed branch.
#
# (b) For example: firing rates and latencies (area and load set the current that is needed, ours fires less and adapts more in 300 ms);
# one somatic spike already starts a calcium spike here, not in the original; input resistance; place and size of the hot zone,
# which we had to scale by a rule of our own. Evidence named.
#
# (c) Gain: one feature fits. Loss: all others that the same channels shape (spike shape, back-propagation, calcium spike, adaptation);
# fits are not unique. Measurement: something that was not fitted, for example back-propagation at 600 µm, the calcium spike's threshold, or
# recordings of the cell to which the tree belongs.
# ### END MARK SCHEME

# %% [markdown]
# ## What you have learnt
#
# 1. **How many segments?** As many as the fastest signal of interest needs: a tenth of the length constant at 100 Hz
#    made 285 for this tree. Then check that more change nothing.
# 2. **What notices a far synapse?** Its own branch, ten times as much as the soma would; the soma, a third of a near one,
#    late and broad. Inward loses far more than outward.
# 3. **Why no summation with channels?** $I_h$ shortens EPSPs and closes with each, so that the next finds an undershoot.
# 4. **What carries a spike out?** Sodium channels of the dendrite, few as they are.
# 5. **How do you know a calcium spike?** It is long, survives without sodium channels, and vanishes without calcium channels.
# 6. **What carries over?** Kinetics and local balances do. Rates, thresholds, and what one spike can trigger belong to the
#    densities and the tree together.
#
# **Where to go next**: exercise `07_calcium_spikes` moves calcium channels about on a smaller tree. The model of Hay et al. is on ModelDB
# (139653), with the tree that belongs to it.
