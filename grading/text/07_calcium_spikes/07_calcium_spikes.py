# %% [markdown]
# # Calcium spikes in a dendrite
#
# Some neurons answer one short input with one spike, others with a whole volley. In the thalamus the volley rides on a
# slower event, a **calcium spike**: T-type calcium channels open close to rest, pull the membrane up for tens of
# milliseconds, and the sodium spikes sit on top. Where along the dendrite these channels lie decides which inputs the
# cell notices. Here you take such a cell apart, one channel at a time, and move its channels about.
#
# **What you will do**
#
# - measure a branching dendrite, and spread channels over it without changing their total;
# - run the cell, and find the input that makes exactly five spikes;
# - block sodium, calcium, and both, and look at rest and at the burst;
# - send events outward from the soma and inward from a tip;
# - compare a uniform density with one that grows along the dendrite, and add sodium and potassium channels to the dendrite.
#
# **What you will learn**
#
# 1. What carries a burst, and what does each channel add?
# 2. Which channel moves the resting potential?
# 3. Which events invade a dendrite, and which die on the way?
# 4. What changes when the same number of channels moves outward?
# 5. What do sodium and potassium channels in the dendrite do to a burst?
#
# **What you will need**: the lectures `lectures/05_neuron` (sections, synapses, recording) and `lectures/07_channels`
# (gates, mechanisms).
#
# **Time**: about 100 minutes. **Points**: 22 automatic, 6 by hand. Each task can be solved even if the one before is
# still open.

# %% tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np
from neuron import h
from scipy.linalg.lapack import dpbsv
from scipy.signal import find_peaks

import checks
import mechanisms

h.load_file("stdrun.hoc")
plt.style.use("course.mplstyle")

# A small tree of our own, after the look of a thalamic interneuron: long, thin, few branches.
TREE = {
    "soma": {"parent": None, "length_um": 18.0, "d_um": 18.0},
    "A": {"parent": "soma", "length_um": 60.0, "d_um": 2.4},
    "A1": {"parent": "A", "length_um": 180.0, "d_um": 1.3},
    "A2": {"parent": "A", "length_um": 90.0, "d_um": 1.5},
    "A21": {"parent": "A2", "length_um": 160.0, "d_um": 1.0},
    "A22": {"parent": "A2", "length_um": 240.0, "d_um": 0.9},
    "B": {"parent": "soma", "length_um": 110.0, "d_um": 1.8},
    "B1": {"parent": "B", "length_um": 200.0, "d_um": 1.1},
    "B2": {"parent": "B", "length_um": 120.0, "d_um": 1.1},
    "C": {"parent": "soma", "length_um": 150.0, "d_um": 1.4},
}

# Maximal conductances in S/cm², permeability of the T-channels in cm/s.
CHANNELS = {
    "gNa_soma": 0.22,
    "gK_soma": 0.3,
    "gNa_dend": 0.0,
    "gK_dend": 0.0,
    "p_T": 7e-5,  # at the soma; uniform as long as k_per_um is 0
    "k_per_um": 0.0,  # at the distance d: p_T * (1 + k_per_um * d)
}

# Membrane and cytoplasm of the interneuron models of Halnes et al. (2011, doi:10.1371/journal.pcbi.1002160) and
# Allken et al. (2014, doi:10.1371/journal.pone.0107780), which also place the Na and K gates (V_T).
MEMBRANE = {"R_m": 45e3, "C_m": 1.1, "R_a": 113.0, "e_pas": -70.6, "ena": 50.0, "ek": -90.0}
V_T = {"Na": -50.5, "K": -49.3}  # mV
CALCIUM = {"inside": 5e-5, "outside": 2.0}  # mM
CELSIUS = 36.0
DT_MS = 0.05
SOMA, TIP = ("soma", 0.5), ("A22", 1)  # places: section, and position from 0 to 1 along it

# %%
mechanisms.load("mod")
guesses = {}  # your predictions


def look_back(name, found):
    """Print what you guessed beside what came out."""
    guess = guesses.get(name)
    print(f"{name}: {'no guess recorded' if guess is None else f'you guessed {guess}'}, it is {found}")


# %% [markdown]
# ## 1. The tree
#
# A tree is a dictionary. Each section has a parent (`None` for the soma), a length and a diameter in µm, and begins
# where its parent ends. A parent always stands before its daughters. Sections are cylinders without caps: membrane
# area is $\pi d \ell$, for the soma too.
#
# **Distance** means path length along the dendrite. The soma counts as one point: all of it is at distance 0, and the
# sections that leave it begin at 0 as well.
#
# **Task 1.** Write `section_starts`: at which distance does each section begin?
#
# <details><summary>A nudge</summary>
# Where a section begins, its parent ends. Only for the soma's daughters is the answer 0 again.
# </details>
# <details><summary>The formula behind it</summary>
# start = start of the parent + length of the parent, unless the parent is the soma, whose length does not count.
# </details>
# <details><summary>A first line</summary>
# <code>for name, section in tree.items():</code>, and a dictionary that grows: when it is a section's turn, its parent's
# start is known.
# </details>


# %% answer="section_starts"
def section_starts(tree):
    """Path distance from the soma to the beginning of each section.

    Parameters
    ----------
    tree : dict
        Sections as in TREE. The soma is the section whose parent is None; it may have any name.

    Returns
    -------
    dict
        Name of each section -> distance in µm (float); 0 for the soma and for its daughters.
        Example: in TREE, section "A1" begins at 60.0.
    """
    ### BEGIN SOLUTION
    starts_um = {}
    for name, section in tree.items():
        parent = section["parent"]
        if parent is None or tree[parent]["parent"] is None:
            starts_um[name] = 0.0
        else:
            starts_um[name] = starts_um[parent] + tree[parent]["length_um"]
    return starts_um
    ### END SOLUTION


# %% test="section_starts" points=2
# Where each section begins, in µm from the soma (2 points).
_starts = section_starts(TREE)
checks.keys(_starts, list(TREE), what="section_starts(TREE)")
checks.close(
    _starts["A1"],
    60.0,
    unit="µm",
    what="the start of A1",
    mistakes={
        "the soma counts as one point, its length does not count": 78.0,
        "half of the soma's length is counted: the soma is one point": 69.0,
        "this is where the section ends": 240.0,
        "this is the distance from the parent's beginning to the parent's beginning, not to its end": 0.0,
    },
)
### BEGIN HIDDEN TESTS
# Sums of lengths: only rounding is allowed for.
_tree = {
    "body": {"parent": None, "length_um": 25.0, "d_um": 20.0},
    "one": {"parent": "body", "length_um": 31.0, "d_um": 3.0},
    "two": {"parent": "one", "length_um": 47.0, "d_um": 2.0},
    "other": {"parent": "body", "length_um": 71.0, "d_um": 1.0},
    "three": {"parent": "two", "length_um": 5.5, "d_um": 1.0},
    "four": {"parent": "three", "length_um": 100.0, "d_um": 0.5},
    "twig": {"parent": "one", "length_um": 13.0, "d_um": 0.5},
}
_names = ["body", "one", "two", "other", "three", "four", "twig"]
_starts = section_starts(_tree)
checks.keys(_starts, _names, what="section_starts of another tree")
checks.close(
    np.ravel([_starts[_name] for _name in _names]),
    [0.0, 0.0, 31.0, 0.0, 78.0, 83.5, 31.0],
    unit="µm",
    what="the starts of another tree, whose soma has another name",
    mistakes={
        "the soma counts as one point, its length does not count": [0.0, 25.0, 56.0, 25.0, 103.0, 108.5, 56.0],
        "this is where the sections end": [25.0, 31.0, 78.0, 71.0, 83.5, 183.5, 44.0],
        "only one ancestor is counted: go all the way back to the soma": [0.0, 0.0, 31.0, 0.0, 47.0, 5.5, 31.0],
    },
)
### END HIDDEN TESTS

# %% [markdown]
# ## 2. The same channels, elsewhere
#
# How many T-channels has a cell? Their permeability $p$ (cm/s) is a density: it belongs to a piece of membrane. The
# **total** is the integral of $p$ over all membrane, soma and dendrite:
#
# $$P = \int p\,\mathrm{d}A, \qquad \mathrm{d}A = \pi\,d_\text{section}\,\mathrm{d}x .$$
#
# Compare two laws. Uniform: $p = p_u$ everywhere. Linear: $p(s) = \beta\,(1 + k s)$ at the distance $s$ from the soma,
# and $\beta$ at all of the soma. Halnes et al. (2011) let the T-channels of their model grow like this, with $k \approx 0.04$ per µm.
# To see what *placement* does, the total must stay the same, and that fixes $\beta$.
#
# **Predict first.** With $k = 0.04$ per µm the density at the farthest tip, 390 µm away, is 16.6 times that of the
# soma. By which factor has the soma's own density to shrink ($\beta/p_u$)?

# %% tags=["scratch"]
guesses["beta / p_u"] = None  # your number, below 1

# %% [markdown]
# **Task 2.** Do the integral, section by section, and write `linear_scale`. The starts come as an argument, so that
# task 1 does not matter here.
#
# <details><summary>A nudge</summary>
# Write P for the linear law. β stands in front of everything: P = β × (something that the tree alone decides).
# </details>
# <details><summary>The formula behind it</summary>
# Along a section that begins at s₀ and is ℓ long, ∫(1 + k s) ds from s₀ to s₀ + ℓ equals ℓ (1 + k (s₀ + ℓ/2)). Times π d
# it is the section's area, weighted. For the soma the weight is 1.
# </details>
# <details><summary>A first line</summary>
# <code>area = weighted = 0.0</code>, then one loop over the sections that adds to both.
# </details>


# %% answer="linear_scale"
def linear_scale(tree, starts_um, p_uniform, k_per_um):
    """Permeability at the soma of a linear law with the same total as a uniform density.

    Parameters
    ----------
    tree : dict
        Sections as in TREE. The soma is the section whose parent is None.
    starts_um : dict
        Path distance in µm at which each section begins (task 1).
    p_uniform : float
        Uniform permeability of soma and dendrites in cm/s.
    k_per_um : float
        Slope of the law p(s) = beta (1 + k s) in 1/µm; may be 0.

    Returns
    -------
    float
        beta in cm/s.
    """
    ### BEGIN SOLUTION
    area = weighted = 0.0
    for name, section in tree.items():
        section_area = np.pi * section["d_um"] * section["length_um"]
        if section["parent"] is None:
            weight = 1.0
        else:
            weight = 1 + k_per_um * (starts_um[name] + section["length_um"] / 2)
        area += section_area
        weighted += section_area * weight
    return p_uniform * area / weighted
    ### END SOLUTION


# %% test="linear_scale" points=3
# The total is conserved (3 points).
# One soma of 400 π µm² and one dendrite of 200 π µm², on average at 50 µm: beta = 600 / (400 + 200 × 3).
_stick = {
    "soma": {"parent": None, "length_um": 20.0, "d_um": 20.0},
    "stick": {"parent": "soma", "length_um": 100.0, "d_um": 2.0},
}
_zero = {"soma": 0.0, "stick": 0.0}
checks.close(
    linear_scale(_stick, _zero, 1e-5, 0.04),
    0.6e-5,
    unit="cm/s",
    what="beta of a soma with one dendrite",
    mistakes={
        "the soma has T-channels too: its area belongs to the total": 1e-5 / 3,
        "this is the uniform density: divide by the weighted area": 1e-5,
        "the fraction is upside down: more weight must make beta smaller": 1e-5 / 0.6,
        "the mean over the sections must be weighted with their areas": 1e-5 * 2 / 4,
        "the law is taken at the end of the section: integrate along it": 1e-5 * 600 / (400 + 200 * 5),
        "the law is taken at the beginning of the section: integrate along it": 1e-5 + 0.0,
        "all of the soma is at distance 0: its weight is 1": 1e-5 * 600 / (400 * 1.4 + 200 * 3),
        "weighted with length: the area is π times diameter times length": 1e-5 * 120 / (20 + 300),
    },
)
### BEGIN HIDDEN TESTS
# A closed formula: only rounding is allowed for. Here the integral is done by a sum over 0.01 µm, exact for a line.
_tree = {
    "body": {"parent": None, "length_um": 25.0, "d_um": 20.0},
    "one": {"parent": "body", "length_um": 31.0, "d_um": 3.0},
    "two": {"parent": "one", "length_um": 47.0, "d_um": 2.0},
    "other": {"parent": "body", "length_um": 171.0, "d_um": 1.0},
    "three": {"parent": "two", "length_um": 95.5, "d_um": 0.7},
}
_first = {"body": 0.0, "one": 0.0, "two": 31.0, "other": 0.0, "three": 78.0}


def _beta(p, k, soma=True, at=None, own=False, weigh="area"):
    area = weighted = 0.0
    for name, s in _tree.items():
        dx = s["length_um"] / 1000
        x = (np.arange(1000) + 0.5) * dx if at is None else np.full(1000, at * s["length_um"])
        law = np.ones(1000) if s["parent"] is None else 1 + k * (x + (0 if own else _first[name]))
        each = {"area": np.pi * s["d_um"] * dx, "length": dx, "count": 1e-3}[weigh]
        if soma or s["parent"] is not None:
            area, weighted = area + 1000 * each, weighted + each * law.sum()
    return p * area / weighted


for _p, _k in [(7e-5, 0.04), (3e-6, 0.2), (1e-5, 0.0), (2e-5, 0.003)]:
    _mistakes = {
        "the soma has T-channels too: its area belongs to the total": _beta(_p, _k, soma=False),
        "the law is taken at the end of each section: integrate along it": _beta(_p, _k, at=1),
        "the law is taken at the beginning of each section: integrate along it": _beta(_p, _k, at=0),
        "the distance counts from the soma, not from the section's own beginning": _beta(_p, _k, own=True),
        "weighted with length: the area is π times diameter times length": _beta(_p, _k, weigh="length"),
        "the mean over the sections must be weighted with their areas": _beta(_p, _k, weigh="count"),
        "this is the uniform density: divide by the weighted area": _p,
    }
    checks.close(
        linear_scale(_tree, _first, _p, _k),
        _beta(_p, _k),
        unit="cm/s",
        what="beta of another tree" if _k else "beta for k = 0",
        mistakes=_mistakes if _k else None,
    )
### END HIDDEN TESTS

# %% [markdown]
# For the tree of this exercise, and your guess. The rounded number in the next cell is used from here on.

# %%
p_linear = linear_scale(TREE, section_starts(TREE), CHANNELS["p_T"], 0.04)
print(f"beta = {p_linear:.4e} cm/s")
look_back("beta / p_u", round(p_linear / CHANNELS["p_T"], 3))

# %%
LINEAR = {"p_T": 1.1771e-5, "k_per_um": 0.04}  # change these two in CHANNELS, and the total stays

# %% [markdown]
# A sixth. Most of this cell's membrane lies more than 100 µm out, so a
# slope there costs the soma dearly: near the tip the density is 2.8 times the uniform one.

# %% [markdown]
# ## 3. The cell in NEURON
#
# The next three cells are given. `grow` makes sections from a tree, and `put_channels` puts the membrane in. `settle` lets a
# cell that is complete come to rest for a second in coarse steps, then sets the clock to 0 and empties what was recorded.


# %%
def grow(tree, channels):
    """Sections of NEURON with all channels, by name. The cell lives as long as you keep the dictionary."""
    cell = {}
    for name, shape in tree.items():
        section = cell[name] = h.Section(name=name)
        section.L, section.diam = shape["length_um"], shape["d_um"]
        section.Ra, section.cm = MEMBRANE["R_a"], MEMBRANE["C_m"]
        section.nseg = 2 * int(shape["length_um"] / 40) + 1
        if shape["parent"] is not None:
            section.connect(cell[shape["parent"]](1))
    for section in cell.values():
        put_channels(section, tree, channels, cell)
    return cell


# %%
def put_channels(section, tree, channels, cell):
    """Insert leak and channels into one section, and set their densities segment by segment."""
    for mechanism in ("pas", "halnes_Na", "halnes_Kdr", "halnes_CaT"):
        section.insert(mechanism)
    section.g_pas, section.e_pas = 1 / MEMBRANE["R_m"], MEMBRANE["e_pas"]
    section.ena, section.ek = MEMBRANE["ena"], MEMBRANE["ek"]
    section.cai, section.cao = CALCIUM["inside"], CALCIUM["outside"]
    soma = next(name for name in tree if tree[name]["parent"] is None)
    in_soma = section == cell[soma]
    for segment in section:
        distance_um = 0.0 if in_soma else h.distance(cell[soma](1), segment)
        segment.halnes_Na.gbar = channels["gNa_soma" if in_soma else "gNa_dend"]
        segment.halnes_Kdr.gbar = channels["gK_soma" if in_soma else "gK_dend"]
        segment.halnes_Na.V_T, segment.halnes_Kdr.V_T = V_T["Na"], V_T["K"]
        segment.halnes_CaT.pbar = channels["p_T"] * (1 + channels["k_per_um"] * distance_um)


# %%
def settle():
    """Bring the cell to rest, then start the clock at 0 ms with the step DT_MS."""
    h.celsius, h.secondorder = CELSIUS, 0
    h.finitialize(MEMBRANE["e_pas"])
    h.t, h.dt = -1000.0, 5.0
    while h.t < -1e-6:
        h.fadvance()
    h.t, h.dt, h.steps_per_ms = 0.0, DT_MS, 1 / DT_MS
    h.frecord_init()


# %% tags=["guard"]
# The tree is cut into segments so that the sum over segments is the integral, to rounding.
_cell = grow(TREE, dict(CHANNELS, **dict(LINEAR, p_T=p_linear)))
_segments = [_segment for _section in _cell.values() for _segment in _section]
_area = sum(_segment.area() for _segment in _segments)
assert abs(sum(_s.halnes_CaT.pbar * _s.area() for _s in _segments) / (CHANNELS["p_T"] * _area) - 1) < 1e-9
assert abs(p_linear / LINEAR["p_T"] - 1) < 1e-4 and abs(p_linear / CHANNELS["p_T"] - 1 / 6) < 0.01
assert abs(max(h.distance(_cell["soma"](1), _s) for _s in _segments) - 380) < 15 and 1 + 0.04 * 390 == 16.6
_far = max(_s.area() for _s in _segments if h.distance(_cell["soma"](1), _s) > 100)
assert sum(_s.area() for _s in _segments if h.distance(_cell["soma"](1), _s) > 100) > 0.5 * _area
del _cell, _segments

# %% [markdown]
# Here is the tree, drawn as a dendrogram: distance upward, line width like diameter.

# %%
fig, ax = plt.subplots(layout="constrained", figsize=(4.5, 3.2))
columns = {"soma": 2.4, "A": 1.2, "A1": 0, "A2": 2, "A21": 1.5, "A22": 2.5, "B": 4, "B1": 3.5, "B2": 4.5, "C": 5.5}
cell = grow(TREE, CHANNELS)
for name, section in cell.items():
    low, high = [h.distance(cell["soma"](1), section(x)) if name != "soma" else 0 for x in (0, 1)]
    ax.plot([columns[name]] * 2, [low, high], color="C7", lw=2 * TREE[name]["d_um"], solid_capstyle="butt")
    if TREE[name]["parent"]:
        ax.plot([columns[TREE[name]["parent"]], columns[name]], [low, low], color="C7", lw=1)
    ax.text(columns[name] + 0.12, (low + high) / 2, name)
ax.plot(columns["soma"], 0, "o", color="C0", markersize=12)
ax.set(ylabel="distance from soma (µm)", xticks=[])
del cell, section
plt.show()

# %% [markdown]
# **Task 3.** A drug that blocks a channel sets its density to zero, wherever it is. Write `blocked`; it returns a new
# dictionary and leaves the old one as it was.
#
# <details><summary>A nudge</summary>
# Which keys of CHANNELS belong to sodium? There may be sodium channels in the dendrite too.
# </details>
# <details><summary>The formula behind it</summary>
# Blocking is a density of 0. The keys that belong to no blocked channel keep their values.
# </details>
# <details><summary>A first line</summary>
# <code>after = dict(channels)</code> makes a copy, which you may change.
# </details>


# %% answer="blocked"
def blocked(channels, ion):
    """Channels after a drug has blocked all those of one ion.

    Parameters
    ----------
    channels : dict
        Densities with the keys of CHANNELS.
    ion : str
        "Na" (sodium channels of soma and dendrite) or "Ca" (T-channels).

    Returns
    -------
    dict
        A new dictionary with all keys of CHANNELS.
    """
    ### BEGIN SOLUTION
    keys = {"Na": ["gNa_soma", "gNa_dend"], "Ca": ["p_T"]}[ion]
    return dict(channels, **{key: 0.0 for key in keys})
    ### END SOLUTION


# %% test="blocked" points=2
# Blocked channels are gone, the others stay (2 points).
_keys = ["gNa_soma", "gK_soma", "gNa_dend", "gK_dend", "p_T", "k_per_um"]
_after = blocked(dict(CHANNELS), "Na")
checks.keys(_after, _keys, what='blocked(CHANNELS, "Na")')
checks.close(_after["gNa_soma"], 0.0, unit="S/cm²", what='gNa_soma of blocked(CHANNELS, "Na")')
### BEGIN HIDDEN TESTS
# Copied numbers and zeros: exact.
_other = {"gNa_soma": 0.1, "gK_soma": 0.2, "gNa_dend": 0.03, "gK_dend": 0.04, "p_T": 5e-6, "k_per_um": 0.06}
for _ion, _zero in [("Na", ["gNa_soma", "gNa_dend"]), ("Ca", ["p_T"])]:
    _after = blocked(_other, _ion)
    checks.keys(_after, _keys, what="what blocked returns for another cell")
    for _key in _keys[:5]:
        _what = f"{_key} after blocking {_ion}"
        if _key in _zero:
            checks.close(
                _after[_key],
                0.0,
                unit="1",
                what=_what,
                mistakes={"the drug reaches the dendrite too": 0.03} if _key == "gNa_dend" else None,
            )
        else:
            checks.close(
                _after[_key],
                _other[_key],
                unit="1",
                what=_what,
                mistakes={
                    "this channel is blocked as well: the drug spares it": 0.0,
                    "this comes from CHANNELS: use the argument": CHANNELS[_key],
                },
            )
checks.close(
    blocked(_other, "Na")["k_per_um"],
    0.06,
    unit="1/µm",
    what="k_per_um after blocking Na",
    mistakes={"this belongs to the T-channels, which are not blocked: it keeps its value": 0.0},
)
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Run it
#
# **Task 4.** Write `simulate`: one synaptic input, recorded at several places.
#
# - Grow the cell *inside* the function; a cell that stays from the last call would be simulated along with it.
# - The synapse is an `h.Exp2Syn` at the given place, with `tau1` 1 ms, `tau2` 3 ms and `e` 0 mV.
# - It is driven by an `h.NetStim` with `number` 1 and `start` 10 ms, through an `h.NetCon(stim, synapse)` with `delay` 0 and
#   `weight[0]` in µS.
# - Record `h._ref_t` and the potential at each place with `h.Vector().record(...)`. Then `settle()`, then
#   `h.continuerun(t_stop_ms)`.
#
# A place is a section's name and a position: `("A22", 1)` is `cell["A22"](1)`.
#
# <details><summary>A nudge</summary>
# Five objects must live until the run is over: cell, synapse, stimulus, connection, vectors. Give each a name.
# </details>
# <details><summary>The formula behind it</summary>
# The order matters: settle empties recordings that exist and starts events that exist. What you make after it is not
# recorded from 0 on.
# </details>
# <details><summary>A first line</summary>
# <code>cell = grow(tree, channels)</code>, then <code>synapse = h.Exp2Syn(cell[name](x))</code> with name and x from
# <code>synapse_at</code>.
# </details>


# %% answer="simulate"
def simulate(tree, channels, weight_uS, synapse_at, places, t_stop_ms):
    """Response of the cell to one synaptic input at 10 ms.

    Parameters
    ----------
    tree : dict
        Sections as in TREE.
    channels : dict
        Densities with the keys of CHANNELS.
    weight_uS : float
        Peak conductance of the synapse in µS.
    synapse_at : tuple of str and float
        Section and position of the synapse, such as SOMA or TIP.
    places : list of n tuples of str and float
        Where the potential is recorded.
    t_stop_ms : float
        Duration in ms.

    Returns
    -------
    t_ms : array of shape (m,)
        Times 0, DT_MS, 2 DT_MS, ..., t_stop_ms.
    v_mV : array of shape (n, m)
        Membrane potential in mV, one row a place.
    """
    ### BEGIN SOLUTION
    cell = grow(tree, channels)
    synapse = h.Exp2Syn(cell[synapse_at[0]](synapse_at[1]))
    synapse.tau1, synapse.tau2, synapse.e = 1, 3, 0
    stimulus = h.NetStim()
    stimulus.number, stimulus.start = 1, 10
    connection = h.NetCon(stimulus, synapse)
    connection.delay, connection.weight[0] = 0, weight_uS
    t = h.Vector().record(h._ref_t)
    traces = [h.Vector().record(cell[name](x)._ref_v) for name, x in places]
    settle()
    h.continuerun(t_stop_ms)
    return np.array(t), np.array([np.array(trace) for trace in traces])
    ### END SOLUTION


# %% test="simulate" points=4
# The response of trees with and without channels (4 points).
_passive = {"gNa_soma": 0.0, "gK_soma": 0.3, "gNa_dend": 0.0, "gK_dend": 0.0, "p_T": 0.0, "k_per_um": 0.0}
_result = simulate(TREE, _passive, 0.005, TIP, [SOMA, TIP], 40.0)
checks.parts(_result, 2, what="simulate(TREE, ...)")
_t, _v = _result
checks.shape(_v, (2, 801), what="v_mV of two places for 40 ms in steps of 0.05 ms")
checks.shape(_t, (801,), what="t_ms for 40 ms in steps of 0.05 ms")
checks.close([_t[0], _t[800]], [0.0, 40.0], rtol=0.0, atol=1e-3, unit="ms", what="the first and the last time")
# Expected values: a solver in NumPy that shares no code with NEURON and agrees to 0.01 mV. 0.1 mV leaves room for
# another version of NEURON.
_few = dict(_passive, p_T=3e-5)  # some T-channels: rest is not the leak's reversal potential
checks.close(
    np.ravel(simulate(TREE, _few, 0.005, TIP, [SOMA], 1.0)[1])[0],
    -69.66,
    rtol=0.0,
    atol=0.1,
    unit="mV",
    what="the soma's potential at t = 0, which is rest",
    mistakes={
        "the cell does not start at rest but at the leak's reversal potential: call settle() before continuerun": -70.6,
        "the cell does not start at rest but at NEURON's own -65 mV: call settle() before continuerun": -65.0,
    },
)
checks.close(
    np.max(_v, axis=1),
    [-61.33, -23.33],
    rtol=0.0,
    atol=0.1,
    unit="mV",
    what="the peaks at soma and tip for an input at the tip, Na and Ca blocked",
    mistakes={
        "the two rows are exchanged: they follow the order of places": [-23.33, -61.33],
        "the tip is ('A22', 1): is the position of the synapse used?": [-58.64, -33.49],
        "the tip is ('A22', 1): is the position of the recording used?": [-61.33, -43.86],
        "the synapse sits at the soma: use synapse_at": [-51.85, -53.32],
        "tau1 and tau2 are still NEURON's own": [-55.46, -24.35],
        "tau1 and tau2 are exchanged": [-65.01, -26.24],
        "no input arrives: are stimulus and connection kept in variables, and is the weight set?": [-70.6, -70.6],
        "the synapse pulls to -70 mV: set e": [-70.52, -70.2],
    },
)
### BEGIN HIDDEN TESTS
_other = {
    "body": {"parent": None, "length_um": 22.0, "d_um": 16.0},
    "one": {"parent": "body", "length_um": 90.0, "d_um": 2.0},
    "two": {"parent": "one", "length_um": 130.0, "d_um": 1.0},
    "three": {"parent": "one", "length_um": 50.0, "d_um": 1.2},
    "four": {"parent": "body", "length_um": 100.0, "d_um": 1.5},
}
_active = {"gNa_soma": 0.15, "gK_soma": 0.2, "gNa_dend": 0.004, "gK_dend": 0.005, "p_T": 1.5e-5, "k_per_um": 0.06}
_uniform = dict(_active, gNa_soma=0.0, gNa_dend=0.0, p_T=9e-5, k_per_um=0.0)
_samples = np.array([100, 240, 360, 600, 1200, 2000])  # 5, 12, 18, 30, 60 and 100 ms: between the spikes


def _at(channels, weight, place, places, n):
    result = simulate(_other, channels, weight, place, places, 0.05 * _samples[n - 1])
    checks.parts(result, 2, what="simulate of another tree")
    checks.shape(result[1], (len(places), _samples[n - 1] + 1), what="v_mV of another tree")
    return np.asarray(result[1])[:, _samples[:n]]


for _ in range(2):  # twice: what an earlier call leaves behind must not matter
    checks.close(
        _at(_active, 0.008, ("three", 0.7), [("body", 0.5), ("two", 1), ("three", 0.7)], 6),
        [
            [-68.46, -53.18, -50.88, -49.43, -61.37, -64.85],
            [-68.41, -50.77, -45.77, -47.32, -61.27, -64.79],
            [-68.44, -35.44, -45.14, -48.75, -61.34, -64.83],
        ],
        rtol=0.0,
        atol=0.1,
        unit="mV",
        what="the potential of another tree at three places, from 5 to 100 ms",
        mistakes={
            "the cell is not at rest when the input comes: call settle() after everything is made": [
                [-70.45, -54.57, -50.85, -43.3, -53.88, -58.78],
                [-70.41, -52.11, -44.77, -40.84, -53.61, -58.67],
                [-70.44, -36.38, -44.82, -42.63, -53.79, -58.74],
            ],
            "the input comes 1 ms late: set the delay of the NetCon to 0": [
                [-68.46, -62.99, -56.53, -50.51, -61.29, -64.78],
                [-68.41, -61.59, -49.69, -48.07, -61.17, -64.72],
                [-68.44, -44.25, -48.27, -49.7, -61.25, -64.76],
            ],
            "is the position of the synapse used?": [
                [-68.46, -51.98, -48.48, -47.27, -60.12, -63.96],
                [-68.41, -49.39, -43.59, -45.23, -60.0, -63.9],
                [-68.44, -38.03, -44.02, -46.63, -60.08, -63.94],
            ],
            "is the position of the recording used?": [
                [-68.46, -53.18, -50.88, -49.43, -61.37, -64.85],
                [-68.42, -49.78, -46.49, -47.78, -61.29, -64.8],
                [-68.44, -40.05, -46.3, -48.79, -61.34, -64.83],
            ],
        },
    )
    checks.close(
        _at(_uniform, 0.02, ("two", 0.3), [("two", 1), ("body", 0.5)], 5),
        [[-66.48, -18.4, -28.83, -37.47, -44.58], [-66.48, -45.95, -37.63, -39.58, -44.65]],
        rtol=0.0,
        atol=0.1,
        unit="mV",
        what="the potential of another tree with uniform T-channels and Na blocked",
    )
### END HIDDEN TESTS

# %% [markdown]
# Is it right? Here is a second cell, without NEURON's sections, synapses and solver. The file `data/compartments.csv` has
# the tree in pieces: area and distance of each, and the axial resistance to its neighbour on the soma's side. Only the gates are
# asked of NEURON, once, for a table. `lent_simulate`, which ends the next six cells, takes what `simulate` takes, but knows no tree except `TREE`.


# %%
def table_of_gates(v_mV):
    """Five steady states, five time constants (ms), current through open T-channels (mA/cm² for 1 cm/s), shape (11, n)."""
    patch = h.Section(name="patch")
    patch.nseg = len(v_mV)
    for mechanism in ("halnes_Na", "halnes_Kdr", "halnes_CaT"):
        patch.insert(mechanism)
    patch.cai, patch.cao = CALCIUM["inside"], CALCIUM["outside"]
    for segment, v in zip(patch, v_mV):
        segment.v, segment.halnes_CaT.pbar = v, 1
        segment.halnes_Na.V_T, segment.halnes_Kdr.V_T = V_T["Na"], V_T["K"]
    h.celsius = CELSIUS
    h.finitialize()
    rows = []
    for name in ("{}_inf", "tau_{}"):
        for channel, gate in (("Na", "m"), ("Na", "h"), ("Kdr", "n"), ("CaT", "m"), ("CaT", "h")):
            rows.append([getattr(getattr(segment, "halnes_" + channel), name.format(gate)) for segment in patch])
    return np.array([*rows, [segment.halnes_CaT.i for segment in patch] / (np.square(rows[3]) * rows[4])])


# %%
TABLE_STEP_MV = 0.05
TABLE_MV = np.arange(-100.0, 70.0, TABLE_STEP_MV)
TABLE = table_of_gates(TABLE_MV)
TABLES = {dt: np.vstack([TABLE[:5], np.exp(-dt / TABLE[5:10]), TABLE[10]]) for dt in (5.0, DT_MS)}
PIECES = np.genfromtxt("data/compartments.csv", delimiter=",", names=True, dtype=None, encoding="utf-8")


def look_up(dt_ms, v_mV):
    """Steady states, decays over a step, and T-current at each potential, between the lines of the table; slope of the current."""
    index = ((v_mV - TABLE_MV[0]) / TABLE_STEP_MV).astype(int)
    below = TABLES[dt_ms].take(index, axis=1)
    slope = (TABLES[dt_ms].take(index + 1, axis=1) - below) / TABLE_STEP_MV
    return below + slope * (v_mV - TABLE_MV[index]), slope[10]


# %%
def membrane_of(channels):
    """Conductances (µS) and capacitance (nF) of each piece of TREE; "T" turns the table's current into nA."""
    in_soma, area = PIECES["section"] == "soma", 1e-2 * PIECES["area_um2"]
    return {
        "Na": area * np.where(in_soma, channels["gNa_soma"], channels["gNa_dend"]),
        "K": area * np.where(in_soma, channels["gK_soma"], channels["gK_dend"]),
        "T": area * channels["p_T"] * (1 + channels["k_per_um"] * PIECES["distance_um"]),
        "leak": area / MEMBRANE["R_m"],
        "capacitance": 1e-3 * area * MEMBRANE["C_m"],
    }


# %%
def axial_bands():
    """Conductances (µS) between the pieces, as dpbsv wants a matrix: the last row is the diagonal."""
    number, parent, axial = np.arange(len(PIECES))[1:], PIECES["parent"][1:], 1 / PIECES["resistance_MOhm"][1:]
    bands = np.zeros((1 + max(number - parent), len(PIECES)))
    np.add.at(bands[-1], number, axial)
    np.add.at(bands[-1], parent, axial)
    bands[parent - number - 1, number] = -axial
    return bands


def conductance_uS(t_ms, weight_uS):
    """What h.Exp2Syn opens at these times for an event at 10 ms: its peak is the weight."""
    since = np.maximum(t_ms - 10, 0)
    return weight_uS * (np.exp(-since / 3) - np.exp(-since)) / (3**-0.5 - 3**-1.5)


# %%
def implicit_step(v, gates, dt_ms, membrane, bands, synapse_uS):
    """Potential and gates of all pieces one step of implicit Euler later (mV, ms, µS, nA, nF)."""
    values, slope = look_up(dt_ms, v)
    gates = values[:5] + (gates - values[:5]) * values[5:10]
    m, h, n, q, r = gates
    sodium, potassium = membrane["Na"] * (m * m * m * h), membrane["K"] * (n * n) ** 2
    calcium, inertia = membrane["T"] * (q * q * r), membrane["capacitance"] / dt_ms
    driven = MEMBRANE["e_pas"] * membrane["leak"] + MEMBRANE["ena"] * sodium + MEMBRANE["ek"] * potassium
    driven += inertia * v - calcium * (values[10] - slope * v)
    matrix = bands.copy()
    matrix[-1] += membrane["leak"] + inertia + sodium + potassium + calcium * slope + synapse_uS
    return dpbsv(matrix, driven)[1], gates


# %%
def lent_simulate(tree, channels, weight_uS, synapse_at, places, t_stop_ms):
    """What simulate returns, by implicit Euler on the pieces of TREE."""
    if tree != TREE:
        raise ValueError("lent_simulate knows no tree except TREE")
    x, section = PIECES["x"], PIECES["section"]
    start, *rows = [np.argmin(np.abs(x - at) + 9 * (section != name)) for name, at in [synapse_at, *places]]
    t_ms = DT_MS * np.arange(round(t_stop_ms / DT_MS) + 1)
    cell, v_mV = (membrane_of(channels), axial_bands()), []
    v = np.full(len(PIECES), MEMBRANE["e_pas"])
    gates = look_up(DT_MS, v)[0][:5]
    for _ in range(200):  # a second of rest
        v, gates = implicit_step(v, gates, 5.0, *cell, 0.0)
    for synapse_uS in conductance_uS(t_ms, weight_uS)[:, np.newaxis] * (np.arange(len(PIECES)) == start):
        v_mV.append(v[rows])
        v, gates = implicit_step(v, gates, DT_MS, *cell, synapse_uS)
    return t_ms, np.array(v_mV).T


# %% [markdown]
# Another program, other methods: where both agree, both are likely to be right. If they do, `trusted_simulate` is *your*
# function; if not, it is the lent one, so that an open task 4 does not stop you. **From here on call `trusted_simulate`.**

# %%
try:
    agreement, problem = True, "its potentials differ from those of lent_simulate"
    for probe in (
        (CHANNELS, 0.005, TIP, [SOMA, TIP], 30.0),
        (dict(CHANNELS, gNa_soma=0.0, **LINEAR), 0.01, SOMA, [TIP], 20.0),
    ):
        for own, lent in zip(simulate(TREE, *probe), lent_simulate(TREE, *probe)):
            agreement = agreement and np.shape(own) == lent.shape and np.allclose(own, lent, rtol=0, atol=0.5)
except Exception as error:  # whatever an unfinished function raises
    agreement, problem = False, f"{type(error).__name__}: {error}"
trusted_simulate = simulate if agreement else lent_simulate
print("trusted_simulate:", "your own" if agreement else f"the lent one, until yours is right ({problem})")

# %% tags=["guard"]
assert trusted_simulate is simulate

# %% [markdown]
# **Predict.** One input into the soma, 0.01 µS. How many spikes will you see with all channels, and how many with the
# T-channels blocked?

# %% tags=["scratch"]
guesses["spikes with all channels"] = None
guesses["spikes without T-channels"] = None

# %% [markdown]
# **Task 5.** Write `spike_times`: the times at which the potential crosses a level on its way up.
#
# <details><summary>A nudge</summary>
# A crossing needs two neighbours: one sample below the level, the next at or above it.
# </details>
# <details><summary>The formula behind it</summary>
# Compare <code>v_mV[:-1]</code> and <code>v_mV[1:]</code> with the level: two arrays of truths, joined by <code>&</code>.
# </details>
# <details><summary>A first line</summary>
# <code>v_mV = np.asarray(v_mV)</code>
# </details>


# %% answer="spike_times"
def spike_times(t_ms, v_mV, level_mV=0.0):
    """Times of the upward crossings of a level.

    Parameters
    ----------
    t_ms, v_mV : arrays of shape (m,)
        Times in ms and potential in mV.
    level_mV : float
        The level in mV.

    Returns
    -------
    array of shape (number of crossings,)
        Time in ms of the first sample at or above the level (or any time between it and the sample before).
    """
    ### BEGIN SOLUTION
    v_mV = np.asarray(v_mV)
    up = (v_mV[:-1] < level_mV) & (v_mV[1:] >= level_mV)
    return np.asarray(t_ms)[1:][up]
    ### END SOLUTION


# %% test="spike_times" points=2
# Upward crossings of a level (2 points).
# Half a step each way: the time of the sample, or an interpolated one.
_t = 10 + np.arange(0.0, 8.0, 0.5)
_v = np.array([-70, -60, 10, 30, -10, -70, -50, 20, 25, 22, -60, -70, -5, -30, -70, -70.0])
_times = spike_times(_t, _v)
checks.shape(_times, (None,), what="spike_times of sixteen samples")
checks.close(
    np.ravel(_times)[:1],
    [10.75],
    rtol=0.0,
    atol=0.251,
    unit="ms",
    what="the first of the spike_times of sixteen samples",
    mistakes={
        "this is a crossing on the way down": [12.0],
        "this is an index rather than a time": [2.0],
        "this is the index of the sample before the crossing": [1.0],
        "this is the time of the peak, not that of the crossing": [11.5],
    },
)
checks.spike_times(_times, [10.75, 13.25], atol=0.251, what="spike_times of sixteen samples")
### BEGIN HIDDEN TESTS
# The step is 0.05 ms; the allowance is half a step, from the middle between two samples.
_t = np.arange(4001) * 0.05 + 3.0
_v = -65 + 80 * np.exp(-(((_t - 20.02) / 0.4) ** 2)) + 60 * np.exp(-(((_t - 33.33) / 3.0) ** 2))
_v = _v + 90 * np.exp(-(((_t - 60.01) / 0.7) ** 2))
for _level in (-20.0, -40.0, 0.0):
    _up = np.flatnonzero((_v[:-1] < _level) & (_v[1:] >= _level))
    checks.spike_times(
        spike_times(_t, _v, _level), _t[_up] + 0.025, atol=0.026, what="the crossings of another potential and level"
    )
checks.spike_times(spike_times(_t, _v, 40.0), [], atol=0.026, what="the crossings of a level that is never reached")
checks.spike_times(
    spike_times([0.0, 1.0, 2.0, 3.0], [5.0, -5.0, 0.0, 0.0]),
    [1.5],
    atol=0.51,
    what="the crossings when the potential starts above the level and returns exactly to it",
)
### END HIDDEN TESTS

# %% [markdown]
# The same once more, for `spike_times`. The lent function gives the time of each *peak*: later than the crossing, but as many.
# **From here on call `trusted_spike_times`.**


# %%
def lent_spike_times(t_ms, v_mV, level_mV=0.0):
    """Times of the peaks above a level: as many as there are spikes."""
    return np.asarray(t_ms)[find_peaks(v_mV, height=level_mV)[0]]


t, v = trusted_simulate(TREE, CHANNELS, 0.01, SOMA, [SOMA], 60.0)
try:
    agreement = len(spike_times(t, v[0])) == len(lent_spike_times(t, v[0]))
    problem = "it finds another number of spikes"
except Exception as error:  # whatever an unfinished function raises
    agreement, problem = False, f"{type(error).__name__}: {error}"
trusted_spike_times = spike_times if agreement else lent_spike_times
print("trusted_spike_times:", "your own" if agreement else f"the lent one, until yours is right ({problem})")

# %% tags=["guard"]
assert trusted_spike_times is spike_times and len(spike_times(t, v[0])) == 6

# %% [markdown]
# ## 5. A burst, and what carries it
#
# Four cells: all channels, sodium blocked, calcium blocked, both blocked. They are written out here, so that an open task 3
# does not stop you. The picture to reach:
#
# ![Membrane potential of the soma from 0 to 100 ms. All channels: six spikes on a hump. Calcium blocked: one spike. Sodium blocked: a smooth hump that stays above −50 mV for some 60 ms, without spikes. Both blocked: a short synaptic potential to −40 mV.](figures/burst.png)

# %%
cases = {
    "control": dict(CHANNELS),
    "no Na": dict(CHANNELS, gNa_soma=0.0),
    "no Ca": dict(CHANNELS, p_T=0.0),
    "no Na, no Ca": dict(CHANNELS, gNa_soma=0.0, p_T=0.0),
}

# %%
responses = {
    case: trusted_simulate(TREE, channels, 0.01, SOMA, [SOMA, TIP], 100.0) for case, channels in cases.items()
}

fig, ax = plt.subplots(layout="constrained")
for (case, response), style in zip(responses.items(), (("C0", "-"), ("C0", "--"), ("C7", "-"), ("C7", "--"))):
    ax.plot(response[0], response[1][0], color=style[0], ls=style[1], label=case)
ax.set(xlabel="time (ms)", ylabel="membrane potential (mV)")
ax.legend()
plt.show()
look_back("spikes with all channels", len(trusted_spike_times(response[0], responses["control"][1][0])))
look_back("spikes without T-channels", len(trusted_spike_times(response[0], responses["no Ca"][1][0])))

# %% tags=["guard"]
fig.savefig("figures/burst.png", dpi=70)
assert cases["no Na"] == blocked(CHANNELS, "Na") and cases["no Ca"] == blocked(CHANNELS, "Ca")
assert cases["no Na, no Ca"] == blocked(blocked(CHANNELS, "Na"), "Ca")
_n = {_name: len(spike_times(_r[0], _r[1][0])) for _name, _r in responses.items()}
assert _n == {"control": 6, "no Na": 0, "no Ca": 1, "no Na, no Ca": 0}, _n
_width = {_name: DT_MS * np.sum(_r[1][0] > -50) for _name, _r in responses.items()}
assert 50 < _width["no Na"] < 75 and _width["no Na, no Ca"] < 25, _width
assert abs(responses["no Na, no Ca"][1][0].max() + 40) < 1

# %% [markdown]
# The T-channels alone make the hump; the sodium channels alone make one spike. Together they make a burst: each spike
# ends because of the potassium channels, and the hump lifts the membrane back to threshold.
#
# **Task 6.** Find the *smallest* synaptic weight at the soma with which the control cell (`CHANNELS`) fires **five**
# spikes within 100 ms, right to 1 %. Save it as `weight_uS`. How you search is up to you.
#
# <details><summary>A nudge</summary>
# More weight, more spikes, up to a point. Bracket the answer: one weight with four spikes or fewer, one with five.
# </details>
# <details><summary>The formula behind it</summary>
# Bisection: try the middle, keep the half in which the change lies. Eight steps divide the interval by 256.
# </details>
# <details><summary>A first line</summary>
# <code>low_uS, high_uS = 0.003, 0.01</code>: three spikes or fewer, and six.
# </details>

# %% answer="weight"
weight_uS = None  # the smallest weight in µS that gives five spikes
### BEGIN SOLUTION
low_uS, high_uS = 0.003, 0.01
for _ in range(8):
    middle_uS = (low_uS + high_uS) / 2
    t_ms, v_mV = trusted_simulate(TREE, CHANNELS, middle_uS, SOMA, [SOMA], 100.0)
    if len(trusted_spike_times(t_ms, v_mV[0])) >= 5:
        high_uS = middle_uS
    else:
        low_uS = middle_uS
weight_uS = high_uS
### END SOLUTION

# %% test="weight" points=2
# The smallest weight that gives five spikes (2 points).
checks.in_range(weight_uS, 0.003, 0.01, unit="µS", what="weight_uS")
### BEGIN HIDDEN TESTS
# The number of spikes jumps from four to five between 0.00664 and 0.006645 µS; 1 % is what the task asks for.
checks.close(
    weight_uS,
    0.006643,
    rtol=0.0105,
    unit="µS",
    what="weight_uS",
    mistakes={
        "this weight gives six spikes": 0.00899,
        "this is where three spikes become four": 0.005456,
        "five spikes, but a smaller weight gives five as well: halve the interval further": 0.006875,
        "five spikes, but a weight 5 % smaller gives five as well": 0.007,
        "five spikes, but a smaller weight, too, gives five": 0.0075,
        "five spikes, but a much smaller weight gives five as well": 0.008,
    },
)
### END HIDDEN TESTS

# %% tags=["guard"]
for _w, _n in [(0.00664, 4), (0.006645, 5), (0.00895, 5), (0.00903, 6)]:
    _t, _v = simulate(TREE, CHANNELS, _w, SOMA, [SOMA], 100.0)
    assert len(spike_times(_t, _v[0])) == _n, (_w, spike_times(_t, _v[0]))
    _t, _v = lent_simulate(TREE, CHANNELS, _w * (1 + 0.005 * (_n - 5)), SOMA, [SOMA], 100.0)
    assert len(lent_spike_times(_t, _v[0])) == _n, (_w, lent_spike_times(_t, _v[0]))

# %% [markdown]
# ## 6. At rest
#
# Some T-channels are open at rest. **Predict:** does rest move when sodium is blocked? When calcium is blocked? Up or
# down?

# %% tags=["scratch"]
guesses["shift of rest when Na is blocked (mV)"] = None
guesses["shift of rest when Ca is blocked (mV)"] = None

# %% [markdown]
# **Task 7.** Fill the dictionary `rest_mV`: the soma's resting potential for the four cells of section 5, under the keys
# `"control"`, `"no Na"`, `"no Ca"` and `"no Na, no Ca"`.
#
# <details><summary>A nudge</summary>
# settle has brought the cell to rest, and the input comes at 10 ms.
# </details>
# <details><summary>The formula behind it</summary>
# Any sample before 10 ms is rest. Without input the last one will do as well.
# </details>
# <details><summary>A first line</summary>
# <code>rest_mV = {}</code>, then a loop over the names and channels in <code>cases</code>.
# </details>

# %% answer="rest"
rest_mV = None  # a dict with four numbers in mV
### BEGIN SOLUTION
rest_mV = {}
for name, channels in cases.items():
    t_ms, v_mV = trusted_simulate(TREE, channels, 0.0, SOMA, [SOMA], 5.0)
    rest_mV[name] = v_mV[0, -1]
### END SOLUTION

# %% test="rest" points=2
# The soma's resting potential with and without channels (2 points).
checks.keys(rest_mV, ["control", "no Na", "no Ca", "no Na, no Ca"], what="rest_mV")
# No channel but potassium's is open: rest is within 0.05 mV of the reversal potential of the leak.
checks.close(rest_mV["no Na, no Ca"], -70.6, rtol=0.0, atol=0.05, unit="mV", what='rest_mV["no Na, no Ca"]')


### BEGIN HIDDEN TESTS
def _rest(p):
    """Where leak and T-current of a membrane cancel, by bisection: the sodium and potassium gates are closed there."""

    def inward(v):
        m = 1 / (1 + np.exp(-(v + 38.2) / 8.7))
        closed = 1 / (1 + np.exp((v + 69.7) / 6.4))
        z = 2 * 96485.33 * v * 1e-3 / (8.314463 * (CELSIUS + 273.15))
        f = lambda x: x / np.expm1(x)  # noqa: E731
        ghk = 2e-3 * 96485.33 * (CALCIUM["inside"] * f(-z) - CALCIUM["outside"] * f(z))
        return (v - MEMBRANE["e_pas"]) / MEMBRANE["R_m"] + p * m * m * closed * ghk

    low, high = -75.0, -62.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if inward(middle) < 0 else (low, middle)
    return low


# 0.05 mV: the sodium and potassium channels of the soma, closed but for one gate in a thousand, shift rest by less.
for _name, _p in [("control", CHANNELS["p_T"]), ("no Na", CHANNELS["p_T"]), ("no Ca", 0.0), ("no Na, no Ca", 0.0)]:
    checks.close(
        rest_mV[_name],
        _rest(_p),
        rtol=0.0,
        atol=0.05,
        unit="mV",
        what=f"rest_mV[{_name!r}]",
        mistakes={
            "this is the leak's reversal potential: the T-channels are missing, or it was read before rest": -70.6,
            "this is rest with the T-channels still in": _rest(CHANNELS["p_T"]),
        },
    )
### END HIDDEN TESTS

# %%
look_back("shift of rest when Na is blocked (mV)", round(rest_mV["no Na"] - rest_mV["control"], 1) + 0.0)
look_back("shift of rest when Ca is blocked (mV)", round(rest_mV["no Ca"] - rest_mV["control"], 1))

# %% tags=["guard"]
assert abs(rest_mV["no Na"] - rest_mV["control"]) < 0.05 and -3 < rest_mV["no Ca"] - rest_mV["control"] < -2.5
assert abs(responses["control"][1][0, 190] - responses["control"][1][0, 0]) < 1e-3  # at rest when the input comes

# %% [markdown]
# Sodium leaves rest alone. The T-channels lift it by almost 3 mV: at these potentials a few are open and not all are
# inactivated, a *window current*. They also inactivate with every mV of depolarisation, which limits the burst.

# %% [markdown] discuss="burst" points=3
# **Discuss: who does what?** Use section 5 and your `rest_mV`.
#
# (a) Which channel decides how *long* the burst lasts, which how *high* its spikes are? Name the runs that show it. (b)
# Why does the calcium spike end although the synapse has long been silent? (c) A colleague blocks the T-channels,
# sees one spike instead of six, and concludes that the T-current makes the other five spikes. What is wrong with the
# sentence, and which run contradicts it?
#
# You are marked on the runs you name (1 point), on the mechanism (1 point) and on the argument (1 point). Five to eight
# sentences.
#
# ### BEGIN MARK SCHEME
# One point each, half points allowed:
#
# (a) Length: the T-channels (with Na blocked the hump still lasts some 60 ms; with Ca blocked there is one spike of
# normal height). Height: the sodium channels (same height with and without Ca; no fast spike when Na is blocked). Both
# runs named.
#
# (b) The T-channels inactivate: their gate h closes within tens of ms at depolarised potentials, so the inward current
# fades and the leak (and, with spikes, the potassium current) wins. "Inactivation" with its direction is needed.
#
# (c) With Na blocked the T-current is there and there are no spikes at all, only the hump. T-channels supply the
# depolarisation that brings the membrane back to threshold; sodium channels make each spike. Necessary is not
# sufficient. Also accepted: blocking Ca lowers rest by 3 mV, so the threshold is farther away.
# ### END MARK SCHEME

# %% [markdown]
# ## 7. Outward and inward
#
# Now compare two places, `SOMA` and `TIP`, the end of branch A22, 390 µm away. Measure an event by its **peak depolarisation**: the
# largest potential at a place minus the potential at the same place at $t = 0$. Its **transfer** is the peak
# depolarisation where it arrives divided by that where it starts.
#
# For the last line of the table, dendritic sodium and potassium channels, use these (the proportions of Allken et al. 2014: 3.5 % and 1.5 % of their soma's):

# %%
DENDRITIC = {"gNa_dend": 0.0063, "gK_dend": 0.006}  # S/cm²

# %% [markdown]
# **Predict.** A spike of 110 mV starts at the soma, in a tree without T-channels. How many per cent of it reach the tip?
# And of a calcium spike, with sodium blocked?

# %% tags=["scratch"]
guesses["Na spike, outward"] = None  # a fraction
guesses["Ca spike, outward"] = None

# %% [markdown]
# **Task 8.** Fill the dictionary `transfer` with five fractions. Each run lasts 100 ms.
#
# | key | input | channels |
# |---|---|---|
# | `"Na spike, outward"` | 0.01 µS at `SOMA` | Ca blocked |
# | `"Ca spike, outward"` | 0.01 µS at `SOMA` | Na blocked |
# | `"inward, no Ca"` | 0.005 µS at `TIP` | Ca blocked |
# | `"inward, uniform"` | 0.005 µS at `TIP` | `CHANNELS` |
# | `"Na spike, dendritic channels"` | 0.01 µS at `SOMA` | `CHANNELS` with `DENDRITIC`, Ca blocked |
#
# <details><summary>A nudge</summary>
# Outward: arrives at the tip, starts at the soma. Inward: the other way round.
# </details>
# <details><summary>The formula behind it</summary>
# <code>peaks = v_mV.max(axis=1) - v_mV[:, 0]</code>, one for each place; the transfer is a quotient of two of them.
# </details>
# <details><summary>A first line</summary>
# <code>dict(CHANNELS, **DENDRITIC)</code> is a copy of CHANNELS with two values replaced.
# </details>

# %% answer="transfer"
transfer = None  # a dict with five numbers
### BEGIN SOLUTION
no_Ca, no_Na = dict(CHANNELS, p_T=0.0), dict(CHANNELS, gNa_soma=0.0)
runs = {
    "Na spike, outward": (no_Ca, 0.01, SOMA, TIP),
    "Ca spike, outward": (no_Na, 0.01, SOMA, TIP),
    "inward, no Ca": (no_Ca, 0.005, TIP, SOMA),
    "inward, uniform": (CHANNELS, 0.005, TIP, SOMA),
    "Na spike, dendritic channels": (dict(no_Ca, **DENDRITIC), 0.01, SOMA, TIP),
}
transfer = {}
for key, (channels, weight, start, end) in runs.items():
    t_ms, v_mV = trusted_simulate(TREE, channels, weight, start, [start, end], 100.0)
    peaks = v_mV.max(axis=1) - v_mV[:, 0]
    transfer[key] = peaks[1] / peaks[0]
### END SOLUTION

# %% test="transfer" points=3
# How much of an event arrives (3 points).
_names = ["Na spike, outward", "Ca spike, outward", "inward, no Ca", "inward, uniform", "Na spike, dendritic channels"]
checks.keys(transfer, _names, what="transfer")
# 2 %: half the time step changes these numbers by less than 1 %.
checks.close(
    transfer["inward, no Ca"],
    0.1961,
    rtol=0.02,
    unit="1",
    what='transfer["inward, no Ca"]',
    mistakes={
        "this is upside down: divide what arrives by what starts": 1 / 0.1961,
        "these are potentials: subtract the potential at t = 0 first": 2.632,
        "these are potentials, and upside down: subtract the potential at t = 0 first": 1 / 2.632,
        "this is in per cent: the task asks for a fraction": 19.61,
    },
)
### BEGIN HIDDEN TESTS
# The numbers: a solver in NumPy that shares no code with NEURON, at the same step.
_upside, _plain = "this is upside down: divide what arrives by what starts", "subtract the potential at t = 0 first"
for _name, _true, _mistakes in [
    ("Na spike, outward", 0.2777, {_plain: -0.981, "the T-channels are not blocked in this run": 0.3405}),
    ("Ca spike, outward", 1.1805, {_plain: 0.86, "the sodium channels are not blocked in this run": 0.3405}),
    ("inward, uniform", 0.3109, {_plain: 2.434, "the T-channels are blocked in this run": 0.1961}),
    ("Na spike, dendritic channels", 0.7514, {_plain: 0.331, "the dendritic channels are missing": 0.2777}),
]:
    checks.close(
        transfer[_name],
        _true,
        rtol=0.02,
        unit="1",
        what=f"transfer[{_name!r}]",
        mistakes=dict(_mistakes, **{_upside: 1 / _true}),
    )
### END HIDDEN TESTS

# %%
look_back("Na spike, outward", round(transfer["Na spike, outward"], 2))
look_back("Ca spike, outward", round(transfer["Ca spike, outward"], 2))

# %% [markdown]
# Little more than a quarter of a sodium spike reaches the tip: it is short, and fast signals die young (exercise 04). The
# calcium spike arrives *larger* than it started: it is slow, and T-channels all along the way renew it. Inward, T-channels
# raise the transfer from a fifth to less than a third: a thin twig has to charge the soma and all the other branches.
# Sodium and potassium channels in the dendrite, a few per cent of the soma's, carry three quarters of the fast spike out.

# %% [markdown]
# ## 8. The same channels, farther out
#
# **Predict.** Uniform or linear, the cell has the same number of T-channels. Same input at the tip, 0.005 µS: in which
# cell will the soma fire, in both, in one, in none? And for an input at the soma?

# %% tags=["scratch"]
guesses["tip, uniform"] = None  # number of spikes at the soma
guesses["tip, linear"] = None

# %% [markdown]
# **Task 9.** Fill the dictionary `somatic_spikes`: the number of spikes of the *soma* within 100 ms, crossings of 0 mV.
#
# | key | input | channels |
# |---|---|---|
# | `"soma, uniform"` | 0.01 µS at `SOMA` | `CHANNELS` |
# | `"soma, linear"` | 0.01 µS at `SOMA` | `CHANNELS` with `LINEAR` |
# | `"soma, dendritic channels"` | 0.01 µS at `SOMA` | `CHANNELS` with `DENDRITIC` |
# | `"tip, uniform"` | 0.005 µS at `TIP` | `CHANNELS` |
# | `"tip, linear"` | 0.005 µS at `TIP` | `CHANNELS` with `LINEAR` |
#
# <details><summary>A nudge</summary>
# Record the soma, wherever the synapse is.
# </details>
# <details><summary>The formula behind it</summary>
# The number of spikes is the length of what trusted_spike_times returns for the soma's row.
# </details>
# <details><summary>A first line</summary>
# <code>linear = dict(CHANNELS, **LINEAR)</code>
# </details>

# %% answer="somatic_spikes"
somatic_spikes = None  # a dict with five whole numbers
### BEGIN SOLUTION
runs = {
    "soma, uniform": (CHANNELS, 0.01, SOMA),
    "soma, linear": (dict(CHANNELS, **LINEAR), 0.01, SOMA),
    "soma, dendritic channels": (dict(CHANNELS, **DENDRITIC), 0.01, SOMA),
    "tip, uniform": (CHANNELS, 0.005, TIP),
    "tip, linear": (dict(CHANNELS, **LINEAR), 0.005, TIP),
}
traces = {key: trusted_simulate(TREE, *run, [SOMA, TIP], 100.0) for key, run in runs.items()}
somatic_spikes = {key: len(trusted_spike_times(t_ms, v_mV[0])) for key, (t_ms, v_mV) in traces.items()}
### END SOLUTION

# %% test="somatic_spikes" points=2
# Spikes of the soma for two places of the input and three placements of channels (2 points).
_names = ["soma, uniform", "soma, linear", "soma, dendritic channels", "tip, uniform", "tip, linear"]
checks.keys(somatic_spikes, _names, what="somatic_spikes")
checks.equal(
    somatic_spikes["soma, uniform"],
    6,
    what='somatic_spikes["soma, uniform"]',
    mistakes={"no spike: are these counts of the soma, and crossings of 0 mV?": 0},
)
### BEGIN HIDDEN TESTS
# Whole numbers, the same at half the time step and in a solver of our own in NumPy.
_still = "this is the number of the uniform cell: both values of LINEAR must change"
_density = "k_per_um alone was changed: p_T must change too, or the total grows"
for _name, _true, _mistakes in [
    ("soma, linear", 6, {_density: 10, "p_T alone was changed: k_per_um must change too": 1}),
    ("soma, dendritic channels", 8, {"the dendritic channels are missing": 6}),
    ("tip, uniform", 0, {"this is the number of the linear law": 1}),
    ("tip, linear", 1, {_still: 0, _density: 8}),
]:
    checks.equal(somatic_spikes[_name], _true, what=f"somatic_spikes[{_name!r}]", mistakes=_mistakes)
### END HIDDEN TESTS

# %% [markdown]
# Look at the two inputs at the tip. The picture to reach:
#
# ![Two panels, membrane potential against time, for the input at the tip. Uniform density: the tip jumps to −22 mV, the soma rises by some 14 mV and falls back. Linear density: the tip stays depolarised three times as long, and the soma fires one spike about 40 ms after the input.](figures/tip.png)

# %%
fig, axes = plt.subplots(1, 2, sharey=True, layout="constrained", figsize=(7, 3.2))
for ax, law in zip(axes, ("uniform", "linear")):
    changed = LINEAR if law == "linear" else {}
    t, v = trusted_simulate(TREE, dict(CHANNELS, **changed), 0.005, TIP, [SOMA, TIP], 100.0)
    ax.plot(t, v[1], color="C0", ls="--", label="tip")
    ax.plot(t, v[0], color="C0", label="soma")
    ax.set(xlabel="time (ms)", title=law)
axes[0].set(ylabel="membrane potential (mV)")
axes[1].legend()
plt.show()
for law in ("uniform", "linear"):
    look_back(f"tip, {law}", somatic_spikes[f"tip, {law}"])

# %% tags=["guard"]
fig.savefig("figures/tip.png", dpi=70)
assert somatic_spikes == {
    "soma, uniform": 6,
    "soma, linear": 6,
    "soma, dendritic channels": 8,
    "tip, uniform": 0,
    "tip, linear": 1,
}
_late = traces["tip, linear"]
assert 40 < spike_times(_late[0], _late[1][0])[0] - 10 < 46
_long = {_law: DT_MS * np.sum(traces[f"tip, {_law}"][1][1] > -45) for _law in ("uniform", "linear")}
assert 3 < _long["linear"] / _long["uniform"] < 3.5, _long
assert abs(traces["tip, uniform"][1][1].max() + 22) < 0.5 and 13 < np.ptp(traces["tip, uniform"][1][0]) < 15
_rests = np.array([traces[f"tip, {_law}"][1][:, 0] for _law in ("uniform", "linear")])
assert np.ptp(_rests) < 0.2
assert abs(_late[1][1, 0] - _late[1][0, 0]) < 0.2 and 2.7 < 16.6 * LINEAR["p_T"] / CHANNELS["p_T"] < 2.85


def numpy_cell(tree, channels, weight_uS, at, places, t_stop_ms, dt_ms, nseg_factor=1):
    """The same model without NEURON: nodes and resistances by hand, backward Euler, gates by exponentials (nA, mV, µS, nF)."""
    starts, first, size = section_starts(tree), {}, 0
    area, far, where = [], [], []
    for name, s in tree.items():
        n, first[name] = nseg_factor * (2 * int(s["length_um"] / 40) + 1), size
        dx, soma = s["length_um"] / n, s["parent"] is None
        area += [np.pi * s["d_um"] * dx] * n + [0.0]
        far += [0.0 if soma else starts[name] + (j + 0.5) * dx for j in range(n)] + [0.0]
        where += [soma] * (n + 1)
        first[name, "n"], size = n, size + n + 1
    G = np.zeros((size, size))
    for name, s in tree.items():
        n, f = first[name, "n"], first[name]
        half = 1e-2 * MEMBRANE["R_a"] * s["length_um"] / (2 * n) / (np.pi * s["d_um"] ** 2 / 4)  # MΩ
        pairs = [(f + j, f + j + 1, 2 * half if j < n - 1 else half) for j in range(n)]
        if s["parent"] is not None:
            pairs.append((first[s["parent"]] + first[s["parent"], "n"], f, half))
        for i, j, r in pairs:
            G[[i, j, i, j], [i, j, j, i]] += np.array([1, 1, -1, -1]) / r
    area, far, soma = 1e-2 * np.array(area), np.array(far), np.array(where)  # S/cm² -> µS, mA/cm² -> nA
    spot = {place: first[place[0]] + int(place[1] * first[place[0], "n"]) for place in [at] + list(places)}
    gNa, gK = [area * np.where(soma, channels[k + "_soma"], channels[k + "_dend"]) for k in ("gNa", "gK")]
    pT = area * channels["p_T"] * (1 + channels["k_per_um"] * far)
    C, leak = 1e-3 * area * MEMBRANE["C_m"], area / MEMBRANE["R_m"]
    rt, F = 8.314463 * (CELSIUS + 273.15), 96485.33

    def ratio(x):
        x = x + 1e-300  # changes no x but 0, where the ratio is 1
        return x / np.expm1(x)

    def ghk(v):
        z = 2e-3 * F * v / rt
        return 2e-3 * F * (CALCIUM["inside"] * ratio(-z) - CALCIUM["outside"] * ratio(z))

    def rates(v):
        u, w, b, q = v - V_T["Na"], v - V_T["K"], v - 8, (CELSIUS - 23.5) / 10
        pairs = [(0.32 * 4 * ratio((13 - u) / 4), 0.28 * 5 * ratio((u - 40) / 5))]
        pairs += [(0.128 * np.exp((17 - u) / 18), 4 / (1 + np.exp((40 - u) / 5)))]
        pairs += [(0.032 * 5 * ratio((15 - w) / 5), 0.5 * np.exp((10 - w) / 40))]
        inf, tau = [a / (a + c) for a, c in pairs], [1 / (a + c) / 3 ** ((CELSIUS - 36) / 10) for a, c in pairs]
        inf += [1 / (1 + np.exp(-(b + 46.2) / 8.7)), 1 / (1 + np.exp((v + 69.7) / 6.4))]
        tau += [(5.4 + 1 / (np.exp(-(b + 125.7) / 19.7) + np.exp((b - 0.54) / 13))) / 3**q]
        tau += [(21 + 1 / (np.exp((v + 22.2) / 9.1) + np.exp(-(v + 362.9) / 46.9))) / 1.5**q]
        return np.array(inf), np.array(tau)

    v = np.full(size, MEMBRANE["e_pas"])
    x, (A, B), out = rates(v)[0], (0.0, 0.0), []
    peak = np.log(3) * 1.5
    scale = weight_uS / (np.exp(-peak / 3) - np.exp(-peak))
    for k in range(-200, int(round(t_stop_ms / dt_ms)) + 1):
        step = 5.0 if k < 0 else dt_ms
        if k >= 0:
            out.append([v[spot[place]] for place in places])
        if k == round(10 / dt_ms):
            A = B = scale
        na, kdr, p = gNa * x[0] ** 3 * x[1], gK * x[2] ** 4, pT * x[3] ** 2 * x[4]
        driving = ghk(v)
        i_T, slope = p * driving, p * (ghk(v + 0.001) - driving) / 0.001
        diagonal = C / step + leak + na + kdr + slope
        right = C / step * v + leak * MEMBRANE["e_pas"] + na * MEMBRANE["ena"] + kdr * MEMBRANE["ek"] - i_T + slope * v
        diagonal[spot[at]] += B - A
        v = np.linalg.solve(G + np.diag(diagonal), right)
        inf, tau = rates(v)
        x = inf + (x - inf) * np.exp(-step / tau)
        A, B = A * np.exp(-step), B * np.exp(-step / 3)
    return dt_ms * np.arange(len(out)), np.array(out).T


for _key, _channels, _w, _start, _end in [
    ("dendritic", dict(CHANNELS, **DENDRITIC), 0.01, SOMA, 25.0),
    ("linear", dict(CHANNELS, **LINEAR), 0.005, TIP, 60.0),
]:
    _v = simulate(TREE, _channels, _w, _start, [SOMA, TIP], _end)[1]
    _own = numpy_cell(TREE, _channels, _w, _start, [SOMA, TIP], _end, DT_MS)[1]
    assert np.abs(_v - _own).max() < 0.02, (_key, np.abs(_v - _own).max())
    _lent = lent_simulate(TREE, _channels, _w, _start, [SOMA, TIP], _end)[1]
    assert np.abs(_v - _lent).max() < 0.5, (_key, np.abs(_v - _lent).max())  # on a spike's upstroke, 200 mV/ms
_few_rest = numpy_cell(TREE, dict(CHANNELS, gNa_soma=0.0, p_T=3e-5), 0.0, SOMA, [SOMA], 0.0, DT_MS)[1]
assert abs(_few_rest[0, 0] + 69.66) < 0.01  # the number of a visible test of simulate
_t, _own = numpy_cell(TREE, dict(CHANNELS, **LINEAR), 0.005, TIP, [SOMA], 60.0, DT_MS / 2)
assert len(spike_times(_t, _own[0])) == 1

# %% [markdown] discuss="placement" points=3
# **Discuss: why placement matters.** Use tasks 8 and 9 and the last picture.
#
# (a) The total permeability is the same in both cells, and rest is the same within 0.2 mV. Why does the input at the tip reach
# the soma's threshold only with the linear law? (b) For the input at the soma the number of spikes hardly changes, although
# the soma's own density is six times smaller. Why? (c) With dendritic sodium and potassium channels the burst
# changes. Say how, and give one reason; then say how you would test the reason.
#
# You are marked on local against total density (1 point), on the load or on the spread of the calcium spike (1 point),
# and on a test that could fail (1 point). Five to eight sentences.
#
# ### BEGIN MARK SCHEME
# One point each, half points allowed:
#
# (a) Regeneration is local: near the tip the linear law has up to 2.8 times the uniform density, so the synaptic
# potential there recruits a stronger, longer calcium spike (three times as long at the tip), which charges the tree for
# longer; the next branches, also rich in channels, are recruited, and the slow potential reaches the soma.
#
# (b) The calcium spike started at the soma invades the whole tree (transfer above 1); it is the tree's membrane, most
# of the cell's area and most of its channels in both laws, that carries the hump and feeds current back into the
# soma. Same total, same current.
#
# (c) More spikes in this setting (eight instead of six). Possible reasons: spikes invade the dendrite, so less of their
# current is lost into a passive load; dendritic Na adds inward current. Test: raise both densities (then potassium
# repolarises the dendrite and cuts the burst short), or set only one of the two to zero and count, or compare the
# potential at the tip. Full point for a prediction that the run could refute.
# ### END MARK SCHEME

# %% [markdown]
# ## What you have learnt
#
# 1. **What carries a burst?** A calcium spike of tens of milliseconds, which T-channels make; sodium channels put
#    spikes on top, and inactivation of the T-channels ends it.
# 2. **Which channel moves rest?** The T-channels, by a window current of a few open channels: almost 3 mV. Sodium does not.
# 3. **What invades the dendrite?** Slow events, and events that channels renew on the way. A sodium spike alone fades to a
#    quarter. Inward is harder than outward: a thin twig drives a large tree.
# 4. **What does placement do?** With the same total, channels that lie farther out let a distant input make the soma
#    fire, and leave the response to a somatic input almost as it was.
# 5. **What do dendritic Na and K channels do?** They carry spikes out to the tips, and change how many there are.
#
# **Where to go next**: exercise `08_firing_patterns` takes six channels of the same interneuron in a single compartment.
# The papers by Halnes et al. (2011) and Allken et al. (2014) ask what the distribution of T-channels is good for; both models are
# on ModelDB (140249, 156039).
