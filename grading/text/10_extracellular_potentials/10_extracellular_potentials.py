# %% [markdown]
# # Potentials outside neurons
#
# Most of what is known about the working brain was heard through electrodes that touch no cell: the click of a spike, the slow wave of the local field potential (LFP), the EEG. All
# of them are the same thing, the potential that the currents through membranes leave behind in the salt water between the cells. In this exercise you compute it from first
# principles, and then ask what an electrode can tell: how far a spike is heard, what an LFP says about where an input arrived, and when a whole neuron may be replaced by one arrow.
#
# **What you will do**
#
# - derive potentials from currents, as points and as lines, and compare with LFPykit;
# - simulate two cells in LFPy and check that their currents sum to zero;
# - follow a spike until it sinks into the noise of a band;
# - draw six maps of LFPs, replace neurons by dipoles, and measure how wrong that is;
# - estimate a source from potentials, where you know the source.
#
# **What you will learn**
#
# 1. When does it matter that a dendrite is a line and not a row of points?
# 2. How far away is a spike visible, and what does the band of the recording change?
# 3. Which cells and inputs make large LFPs?
# 4. Where does the dipole approximation hold, and how does its error fall?
# 5. What does a current source density estimate take for granted?
#
# **What you will need**: the lecture `lectures/09_extracellular`, and from `lectures/05_neuron` sections, segments and synapses; a little vector algebra.
#
# **Time**: about 120 minutes. **Points**: 22 automatic, 6 by hand. No test needs the answer to an earlier task; the figures do.

# %% tags=["setup"]
import LFPy
import matplotlib.pyplot as plt
import numpy as np
from lfpykit import CellGeometry, CurrentDipoleMoment, LineSourcePotential, PointSourcePotential
from matplotlib.colors import SymLogNorm
from neuron import h
from scipy.signal import butter, sosfiltfilt

import checks

h.load_file("stdrun.hoc")
plt.style.use("course.mplstyle")

# Lengths in µm, currents in nA, conductivity in S/m, potentials in mV: nA/(S/m · µm) = mV.
SIGMA = 0.3  # conductivity of the tissue in S/m, the same in all directions (Goto et al. 2010, doi:10.1152/jn.00122.2010)
MEMBRANE = {"R_m": 30e3, "C_m": 1.0, "R_a": 150.0, "rest_mV": -65.0}  # Ω cm², µF/cm², Ω cm; the same for both cells
SYNAPSE = {"syntype": "ExpSyn", "tau": 2.0, "e": 0.0}  # decay in ms, reversal potential in mV
RUN = {"dt_ms": 2**-4, "t_stop_ms": 30.0, "t_input_ms": 5.0}  # the synapse is active once, at t_input_ms

# Two cells made for this exercise. One row a section: name, parent, where on the parent, start, end (µm), diameter (µm).
CELLS = {
    "pyramidal": [
        ("soma", None, None, (0, 0, -10), (0, 0, 10), 20.0),
        ("apical", "soma", 1.0, (0, 0, 10), (0, 0, 700), 3.0),
        ("tuft[0]", "apical", 1.0, (0, 0, 700), (120, 0, 900), 1.5),
        ("tuft[1]", "apical", 1.0, (0, 0, 700), (-120, 0, 900), 1.5),
        ("basal[0]", "soma", 0.0, (0, 0, -10), (150, 0, -110), 1.5),
        ("basal[1]", "soma", 0.0, (0, 0, -10), (-150, 0, -110), 1.5),
        ("basal[2]", "soma", 0.0, (0, 0, -10), (0, 150, -110), 1.5),
        ("basal[3]", "soma", 0.0, (0, 0, -10), (0, -150, -110), 1.5),
    ],
    "interneuron": [
        ("soma", None, None, (0, 0, -10), (0, 0, 10), 20.0),
        ("dend[0]", "soma", 1.0, (0, 0, 10), (0, 0, 310), 1.5),
        ("dend[1]", "soma", 0.0, (0, 0, -10), (0, 0, -310), 1.5),
        ("dend[2]", "soma", 0.5, (0, 0, 0), (300, 0, 0), 1.5),
        ("dend[3]", "soma", 0.5, (0, 0, 0), (-300, 0, 0), 1.5),
        ("dend[4]", "soma", 0.5, (0, 0, 0), (0, 300, 0), 1.5),
        ("dend[5]", "soma", 0.5, (0, 0, 0), (0, -300, 0), 1.5),
    ],
}


def build(name, spiking=False, longest_um=20.0):
    """Make one of CELLS in NEURON: passive, or with `hh` in place of the leak in the soma.

    Returns a dict of sections and a SectionList of them. The cell lives as long as you hold the dict.
    """
    sections = {}
    for section_name, parent, where, start, end, diameter in CELLS[name]:
        section = sections[section_name] = h.Section(name=section_name)
        section.pt3dadd(*start, diameter)
        section.pt3dadd(*end, diameter)
        section.nseg = int(np.ceil(section.L / longest_um)) // 2 * 2 + 1
        section.Ra, section.cm = MEMBRANE["R_a"], MEMBRANE["C_m"]
        if parent is not None:
            section.connect(sections[parent](where))
        if spiking and parent is None:
            section.insert("hh")
        else:
            section.insert("pas")
            for segment in section:
                segment.pas.g, segment.pas.e = 1 / MEMBRANE["R_m"], MEMBRANE["rest_mV"]
    morphology = h.SectionList()
    for section in sections.values():
        morphology.append(sec=section)
    return sections, morphology


def band_pass(signal, dt_ms, band_Hz):
    """What a recording from band_Hz = (low, high) keeps of a signal along its last axis; no shift in time."""
    return sosfiltfilt(butter(2, band_Hz, "bandpass", fs=1e3 / dt_ms, output="sos"), signal, axis=-1)


def lfpykit_matrix(start_um, end_um, electrodes_um, sigma):
    """Potential in mV at m electrodes for 1 nA from each of n line sources, by LFPykit; arguments as in task 2."""
    ends = np.stack([np.asarray(start_um, float), np.asarray(end_um, float)], axis=-1)  # (n, 3, 2)
    geometry = CellGeometry(x=ends[:, 0], y=ends[:, 1], z=ends[:, 2], d=np.full(len(ends), 2.0))
    x, y, z = np.asarray(electrodes_um, float).T.copy()
    return LineSourcePotential(geometry, x=x, y=y, z=z, sigma=sigma).get_transformation_matrix()


guesses = {}  # your predictions


# %%
def look_back(name, found):
    """Print what you guessed beside what came out."""
    guess = guesses.get(name)
    print(f"{name}: {'no guess recorded' if guess is None else f'you guessed {guess}'}, it is {found}")


# %% [markdown]
# ## 1. A point
#
# A current $I$ that leaves a point spreads evenly in all directions. Through a sphere of radius $r$ around it flows the density $I/4\pi r^2$, which is $\sigma$ times the field. Integrate
# the field from $r$ to infinity:
#
# $$\phi = \frac{I}{4\pi\sigma r} .$$
#
# Potentials add. So $n$ currents and $m$ electrodes make a matrix $\mathbf M$ of shape $(m, n)$ with $\boldsymbol\phi = \mathbf M\,\mathbf I$: geometry on one side, what the cell does on the other. A current that
# flows *out of* the cell counts as positive.
#
# **Predict first.** What does 1 nA do to an electrode at a distance of 20 µm, in µV?

# %% tags=["scratch"]
guesses["potential of 1 nA at 20 µm (µV)"] = None  # your number

# %% [markdown]
# **Task 1.** Write `point_matrix`. No electrode of a test lies closer than 1 µm to a point.
#
# <details><summary>Hint 1: a nudge</summary>
#
# All distances at once: give the electrodes a new axis, and subtract.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `a[:, None] - b[None]` has the shape (m, n, 3), and `np.linalg.norm(..., axis=-1)` takes the last axis away.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `points, electrodes = np.asarray(points_um), np.asarray(electrodes_um)`
# </details>


# %% answer="point_matrix"
def point_matrix(points_um, electrodes_um, sigma):
    """Potential at m electrodes for 1 nA out of each of n points.

    Parameters
    ----------
    points_um : array of shape (n, 3)
        x, y, z of the points in µm.
    electrodes_um : array of shape (m, 3)
        x, y, z of the electrodes in µm.
    sigma : float
        Conductivity in S/m.

    Returns
    -------
    array of shape (m, n)
        In mV/nA. Example: one point, one electrode 20 µm away and 0.3 S/m give [[0.01326]].
    """
    ### BEGIN SOLUTION
    points, electrodes = np.asarray(points_um), np.asarray(electrodes_um)
    distance = np.linalg.norm(electrodes[:, None] - points[None], axis=-1)
    return 1 / (4 * np.pi * sigma * distance)
    ### END SOLUTION


# %% test="point_matrix" points=2
# Point sources (2 points).
# A closed formula: only rounding is allowed for.
checks.close(
    point_matrix(np.zeros((1, 3)), np.array([[0.0, 20.0, 0.0], [0.0, 0.0, 50.0]]), 0.3),
    np.array([[0.0132629], [0.00530516]]),
    rtol=1e-5,  # printed digits
    unit="mV/nA",
    what="a point of 1 nA, at 20 and at 50 µm",
    mistakes={
        "this is in µV: the result is in mV": np.array([[13.2629], [5.30516]]),
        "a potential falls with the distance, a field with its square": np.array([[0.0132629 / 20], [0.00530516 / 50]]),
        "a whole sphere has 4π: this is a half-space": np.array([[0.0265258], [0.0106103]]),
    },
)
### BEGIN HIDDEN TESTS
_rng = np.random.default_rng(4)
for _n, _m, _sigma in [(3, 5, 0.4), (7, 2, 1.5)]:
    _points, _electrodes = _rng.uniform(-100, 100, (_n, 3)), _rng.uniform(150, 300, (_m, 3))
    _distance = np.array([[np.sqrt(((_e - _p) ** 2).sum()) for _p in _points] for _e in _electrodes])
    _right = 1 / (4 * np.pi * _sigma * _distance)
    _result = point_matrix(_points, _electrodes, _sigma)
    checks.shape(_result, (_m, _n), what="the matrix for other points (one row an electrode, one column a point)")
    checks.close(
        _result,
        _right,
        unit="mV/nA",
        what="the matrix for other points",
        mistakes={
            "this is SIGMA: use the argument `sigma`": _right * _sigma / SIGMA,
            "sigma belongs into the denominator": _right * _sigma**2,
            "each coordinate counts: this is a sum of differences, not a distance": 1
            / (4 * np.pi * _sigma * np.abs(_electrodes[:, None] - _points[None]).sum(-1)),
            "the distance in the x-y plane is not enough: z counts too": 1
            / (4 * np.pi * _sigma * np.linalg.norm((_electrodes[:, None] - _points[None])[..., :2], axis=-1)),
        },
    )
### END HIDDEN TESTS

# %%
one_uV = 1e3 * point_matrix([[0, 0, 0]], [[20, 0, 0]], SIGMA)[0, 0]
look_back("potential of 1 nA at 20 µm (µV)", round(one_uV, 2))

# %% tags=["guard"]
assert abs(one_uV - 13.2629) < 1e-3

# %% [markdown]
# ## 2. A line
#
# A segment of dendrite is no point. If its current leaves evenly along its length $\ell$, integrate over it. Measure along the axis: the electrode lies at the distance $\rho$ from the axis, and its foot at $a$ from
# the segment's start. Then
#
# $$\phi = \frac{I}{4\pi\sigma\ell}\int_0^{\ell}\frac{\mathrm ds}{\sqrt{(a-s)^2+\rho^2}} .$$
#
# You can solve this integral: substitute $u = (a - s)/\rho$ and remember the derivative of $\operatorname{arsinh} u$, which is $1/\sqrt{1+u^2}$. Holt and Koch (1999, [doi:10.1023/A:1008832702585](https://doi.org/10.1023/A:1008832702585)) write
# the same with logarithms.
#
# **Predict first.** An electrode lies beside the middle of a segment of 100 µm, 10 µm from its axis. By which factor is the potential of the line smaller or larger than that of a point in the middle?

# %% tags=["scratch"]
guesses["line / point, 10 µm beside the middle of 100 µm"] = None  # your number

# %% [markdown]
# **Task 2.** Write `line_matrix`. Take $\rho$ to be at least `rho_min_um`, so that an electrode on the axis does not divide by zero.
#
# ![Potential of 1 nA in µV along the axis of a segment of 100 µm from 0 to 100 µm, electrodes 10 µm beside the axis. The point source makes a peak of 26.5 µV in the middle, the line source a plateau of about 12 µV; 100 µm beyond the ends both are nearly equal.](figures/line.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# With the unit vector u along the segment and the vector d from its start to the electrode, a = d·u, and ρ² = |d|² − a².
# </details>
# <details><summary>Hint 2: the integral</summary>
#
# $\int_0^\ell = \operatorname{arsinh}(a/\rho) - \operatorname{arsinh}((a-\ell)/\rho)$, and NumPy has `np.arcsinh`.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `axis = np.asarray(end_um) - np.asarray(start_um)`
# </details>


# %% answer="line_matrix"
def line_matrix(start_um, end_um, electrodes_um, sigma, rho_min_um=1.0):
    """Potential at m electrodes for 1 nA that leaves each of n segments evenly along its length.

    Parameters
    ----------
    start_um, end_um : arrays of shape (n, 3)
        x, y, z of both ends of the segments in µm.
    electrodes_um : array of shape (m, 3)
        x, y, z of the electrodes in µm.
    sigma : float
        Conductivity in S/m.
    rho_min_um : float
        Smallest distance from a segment's axis in µm; smaller ones are replaced by it.

    Returns
    -------
    array of shape (m, n)
        In mV/nA. Example: a segment of 100 µm, an electrode 10 µm beside its middle and 0.3 S/m give [[0.01227]].
    """
    ### BEGIN SOLUTION
    start, axis = np.asarray(start_um, float), np.asarray(end_um, float) - np.asarray(start_um, float)
    length = np.linalg.norm(axis, axis=1)
    d = np.asarray(electrodes_um, float)[:, None] - start[None]
    a = (d * (axis / length[:, None])).sum(axis=-1)
    rho = np.sqrt(np.maximum((d**2).sum(axis=-1) - a**2, rho_min_um**2))
    return (np.arcsinh(a / rho) - np.arcsinh((a - length) / rho)) / (4 * np.pi * sigma * length)
    ### END SOLUTION


# %% test="line_matrix" points=3
# Line sources (3 points).
# 1e-6 relative: a closed formula; the printed values of the first check have six digits.
_start, _end = np.zeros((1, 3)), np.array([[0.0, 0.0, 100.0]])
checks.close(
    line_matrix(_start, _end, np.array([[10.0, 0.0, 50.0], [0.0, 5.0, -30.0]]), 0.3),
    np.array([[0.0122679], [0.00387233]]),
    rtol=1e-5,
    unit="mV/nA",
    what="a segment of 100 µm, electrodes beside its middle and below its start",
    mistakes={
        "this is a point in the middle": np.array([[0.0265258], [0.00330927]]),
        "divide by the length: 1 nA is the current of the whole segment": np.array([[1.22679], [0.387233]]),
    },
)
### BEGIN HIDDEN TESTS
_rng = np.random.default_rng(8)
_nodes, _weights = np.polynomial.legendre.leggauss(200)
for _n, _m, _sigma in [(4, 3, 0.5), (2, 6, 0.27)]:
    _start, _electrodes = _rng.uniform(-60, 60, (_n, 3)), _rng.uniform(80, 200, (_m, 3))
    _end = _start + _rng.uniform(-40, 40, (_n, 3))
    _steps = _start[:, None] + 0.5 * (_nodes[None, :, None] + 1) * (_end - _start)[:, None]  # (n, 200, 3)
    _r = np.linalg.norm(_electrodes[:, None, None] - _steps[None], axis=-1)
    _right = (0.5 * _weights / (4 * np.pi * _sigma * _r)).sum(-1)  # the integral by quadrature
    _length = np.linalg.norm(_end - _start, axis=1)

    def _points(at, electrodes=_electrodes, sigma=_sigma):
        return 1 / (4 * np.pi * sigma * np.linalg.norm(electrodes[:, None] - at[None], axis=-1))

    _result = line_matrix(_start, _end, _electrodes, _sigma)
    checks.shape(_result, (_m, _n), what="the matrix for other segments (one row an electrode, one column a segment)")
    checks.close(
        _result,
        _right,
        unit="mV/nA",
        what="the matrix for other segments",
        mistakes={
            "this is a point in the middle of each segment": _points((_start + _end) / 2),
            "this is a point at the start of each segment": _points(_start),
            "divide by the length: 1 nA is the current of the whole segment": _right * _length,
            "this is SIGMA: use the argument `sigma`": _right * _sigma / SIGMA,
        },
    )
# on the axis, far outside: the logarithm of two distances. 1e-3: rho_min instead of 0.
_axis = np.array([[0.0, 0.0, 300.0], [0.0, 0.0, -150.0]])
checks.close(
    line_matrix(np.zeros((1, 3)), np.array([[0.0, 0.0, 80.0]]), _axis, 0.3),
    np.log(np.array([[300 / 220], [230 / 150]])) / (4 * np.pi * 0.3 * 80),
    rtol=1e-3,
    unit="mV/nA",
    what="electrodes on the axis",
)
for _rho in (2.0, 6.0):  # inside the segment: at rho_min beside it
    checks.close(
        line_matrix(np.zeros((1, 3)), np.array([[0.0, 40.0, 0.0]]), np.array([[0.0, 10.0, 0.0]]), 0.3, _rho),
        np.array([[(np.arcsinh(10 / _rho) + np.arcsinh(30 / _rho)) / (4 * np.pi * 0.3 * 40)]]),
        unit="mV/nA",
        what="an electrode on the axis, inside the segment",
        mistakes={
            "rho_min_um is an argument: use it": np.array([[(np.arcsinh(10.0) + np.arcsinh(30.0)) / (4 * np.pi * 0.3 * 40)]])
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# LFPykit brings both formulas. It wants a `CellGeometry`. Compare your matrices with its own:

# %%
z_um = np.linspace(-200, 300, 251)
beside = np.column_stack([np.full(251, 10.0), np.zeros(251), z_um])
segment = CellGeometry(x=np.zeros((1, 2)), y=np.zeros((1, 2)), z=np.array([[0.0, 100.0]]), d=np.array([2.0]))
theirs_line = LineSourcePotential(segment, *beside.T, sigma=SIGMA).get_transformation_matrix()
theirs_point = PointSourcePotential(segment, *beside.T, sigma=SIGMA).get_transformation_matrix()
mine_line = line_matrix([[0, 0, 0]], [[0, 0, 100]], beside, SIGMA)
mine_point = point_matrix([[0, 0, 50]], beside, SIGMA)
print(f"largest relative difference: line {np.abs(mine_line / theirs_line - 1).max():.0e}, point {np.abs(mine_point / theirs_point - 1).max():.0e}")

# %%
fig, ax = plt.subplots(layout="constrained")
ax.plot(z_um, 1e3 * mine_point[:, 0], "--", color="C7", label="point in the middle")
ax.plot(z_um, 1e3 * mine_line[:, 0], color="C6", label="line from 0 to 100 µm")
ax.set(xlabel="place along the axis (µm)", ylabel="potential of 1 nA (µV)")
ax.legend()
plt.show()
look_back("line / point, 10 µm beside the middle of 100 µm", round(mine_line[125, 0] / mine_point[125, 0], 2))

# %% tags=["guard"]
fig.savefig("figures/line.png", dpi=70)
assert np.abs(mine_line / theirs_line - 1).max() < 1e-9 and np.abs(mine_point / theirs_point - 1).max() < 1e-12
assert abs(mine_line[125, 0] / mine_point[125, 0] - 0.4625) < 1e-3 and abs(1e3 * mine_point[125, 0] - 26.5) < 0.05
_far = line_matrix([[0, 0, 0]], [[0, 0, 100]], [[100, 0, 50], [300, 0, 50]], SIGMA)[:, 0]
_far_point = point_matrix([[0, 0, 50]], [[100, 0, 50], [300, 0, 50]], SIGMA)[:, 0]
assert 0.96 < _far[0] / _far_point[0] < 0.97 and abs(_far[1] / _far_point[1] - 1) < 0.005

# %% [markdown]
# Close to the segment the line makes less than half of the point's potential, because most of its current leaves farther away. At a distance of one length from the middle the two differ by 4 %, at three lengths by less than 0.5 %. So divide a cell
# into segments that are shorter than the distance to your electrode, and either formula will do. From here on the notebook uses LFPykit's line sources, by the name `lfpykit_matrix` with the same arguments (without the last), so that an open task 2 does not stop you.

# %% [markdown]
# ## 3. Two cells and their currents
#
# `CELLS` holds a pyramidal cell and an interneuron, drawn for this exercise. Both have the *same* membrane, so what differs between them comes from shape alone. LFPy runs a cell of NEURON and keeps the transmembrane current of each
# segment. The lines that you need:
#
# | line | what it does |
# |---|---|
# | `sections, morphology = build(name, spiking)` | the cell in NEURON (given above); keep both names |
# | `cell = LFPy.Cell(morphology, delete_sections=False, nsegs_method=None, v_init=..., dt=..., tstop=...)` | hands it to LFPy as it is; mV and ms |
# | `i = cell.get_closest_idx(x=..., y=..., z=...)` | the segment whose middle is nearest to a place |
# | `synapse = LFPy.Synapse(cell, idx=i, weight=..., **SYNAPSE)` | a synapse on this segment; weight in µS |
# | `synapse.set_spike_times(np.array([...]))` | when it is active, in ms |
# | `cell.simulate(rec_imem=True)` | runs; then `cell.tvec` (ms) and `cell.imem` (nA, one row a segment) are there |
# | `cell.x`, `cell.y`, `cell.z` | shape (n, 2): start and end of each segment (µm) |
# | `cell.strip_hoc_objects()` | lets NEURON's objects go, so that the next cell is alone |
#
# The first sample, at $t = 0$, is taken before the first step, when the capacitive currents are not known yet. Leave it out.
#
# LFPy finds the soma by its name. A section of your own called `soma`, left over from an experiment, is taken for a second one, and `simulate` ends with "setting an array element with a sequence": `del` it, or call it by another name.
#
# **Predict first.** All transmembrane currents of a cell summed up, at the time of the synaptic current: how many nA, for a synapse of 1 nS?

# %% tags=["scratch"]
guesses["sum of all transmembrane currents (nA)"] = None  # your number

# %% [markdown]
# **Task 3.** Write `simulate`. Starting potential `MEMBRANE["rest_mV"]`, time step, end and time of the input from `RUN`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The table is in the right order: one line of code for each of its rows.
# </details>
# <details><summary>Hint 2: the ends</summary>
#
# `np.column_stack([cell.x[:, 0], cell.y[:, 0], cell.z[:, 0]])` are the starts; column 1 has the ends. `array[:, 1:]` leaves out the first sample.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `h.celsius = 6.3`, since somebody may have changed it; then the first row of the table.
# </details>


# %% answer="simulate"
def simulate(name, input_um, weight_uS, spiking=False):
    """Simulate one of CELLS with one synapse that is active once.

    Parameters
    ----------
    name : str
        A key of CELLS.
    input_um : tuple of three floats
        x, y, z; the synapse sits on the segment whose middle is nearest, in µm.
    weight_uS : float
        Peak conductance of the synapse in µS.
    spiking : bool
        Whether the soma has Hodgkin-Huxley channels (at 6.3 °C).

    Returns
    -------
    tuple of four arrays
        Times in ms, shape (k,); starts and ends of the segments in µm, shape (n, 3) each, in LFPy's order;
        transmembrane currents in nA, positive outwards, shape (n, k). Without the sample at t = 0.
    """
    ### BEGIN SOLUTION
    h.celsius = 6.3
    sections, morphology = build(name, spiking)
    cell = LFPy.Cell(
        morphology,
        delete_sections=False,
        nsegs_method=None,
        v_init=MEMBRANE["rest_mV"],
        dt=RUN["dt_ms"],
        tstop=RUN["t_stop_ms"],
    )
    x, y, z = input_um
    synapse = LFPy.Synapse(cell, idx=cell.get_closest_idx(x=x, y=y, z=z), weight=weight_uS, **SYNAPSE)
    synapse.set_spike_times(np.array([RUN["t_input_ms"]]))
    cell.simulate(rec_imem=True)
    start, end = [np.column_stack([cell.x[:, k], cell.y[:, k], cell.z[:, k]]) for k in (0, 1)]
    t_ms, currents_nA = cell.tvec[1:], cell.imem[:, 1:]
    cell.strip_hoc_objects()
    return t_ms, start, end, currents_nA
    ### END SOLUTION


# %% test="simulate" points=3
# Geometry and transmembrane currents of both cells (3 points).
# 1 % of the largest current: an event one time step early or late changes less than that after the first millisecond.
_result = simulate("interneuron", (0.0, 0.0, 155.0), 1e-3)
checks.parts(_result, 4, what="the result of simulate (times, starts, ends, currents)")
_n, _k = sum(int(np.ceil(np.linalg.norm(np.subtract(_row[4], _row[3])) / 20)) // 2 * 2 + 1 for _row in CELLS["interneuron"]), 480
checks.shape(_result[1], (_n, 3), what="the starts of the interneuron's segments")
checks.shape(_result[2], (_n, 3), what="the ends of the interneuron's segments")
checks.shape(_result[0], (_k,), what="the times, without the one at t = 0")
checks.shape(_result[3], (_n, _k), what="the currents (one row a segment, without the sample at t = 0)")
checks.close(_result[0][0], RUN["dt_ms"], rtol=1e-6, unit="ms", what="the first time", mistakes={"leave out the sample at t = 0": 0.0})
### BEGIN HIDDEN TESTS
def _ends(name):
    _rows = []
    for _row in CELLS[name]:
        _a, _b = np.array(_row[3], float), np.array(_row[4], float)
        _s = np.linspace(0, 1, int(np.ceil(np.linalg.norm(_b - _a) / 20)) // 2 * 2 + 2)[:, None]
        _points = _a + _s * (_b - _a)
        _rows.append(np.stack([_points[:-1], _points[1:]]))
    return np.concatenate(_rows, axis=1)


def _by_neuron(name, input_um, weight_uS, spiking):
    """The same with NEURON alone, without LFPy."""
    _sections, _morphology = build(name, spiking)
    _segments = [_segment for _section in _sections.values() for _segment in _section]
    _middles = _ends(name).mean(0)
    _place = _segments[int(np.argmin(((_middles - np.array(input_um)) ** 2).sum(1)))]
    _synapse = h.ExpSyn(_place)
    _synapse.tau, _synapse.e = 2.0, 0.0
    _stimulus = h.NetStim()
    _stimulus.number, _stimulus.start, _stimulus.noise = 1, 5.0, 0
    _connection = h.NetCon(_stimulus, _synapse)
    _connection.delay, _connection.weight[0] = 0.0, weight_uS
    _solver = h.CVode()
    _solver.active(0)
    _solver.use_fast_imem(1)
    _records = [h.Vector().record(_segment._ref_i_membrane_) for _segment in _segments]
    h.celsius, h.dt = 6.3, 2**-4
    h.finitialize(-65)
    h.continuerun(30)
    _currents = np.array([np.array(_record) for _record in _records])[:, 1:481]
    _solver.use_fast_imem(0)
    return _currents


for _name, _input, _weight, _spiking in [
    ("pyramidal", (-80.0, 5.0, 830.0), 2e-3, False),
    ("interneuron", (3.0, -205.0, 0.0), 8e-4, False),
    ("pyramidal", (0.0, 0.0, 1.0), 0.05, True),
]:
    _right, _places = _by_neuron(_name, _input, _weight, _spiking), _ends(_name)
    _result = simulate(_name, _input, _weight, _spiking)
    checks.parts(_result, 4, what="the result of simulate (times, starts, ends, currents)")
    _t, _start, _end, _currents = _result
    for _found, _place, _what in [(_start, _places[0], "starts"), (_end, _places[1], "ends")]:
        checks.close(_found, _place, rtol=0.0, atol=1e-2, unit="µm", what=f"the {_what} of the segments ({_name})")
    checks.shape(_currents, _right.shape, what=f"the currents ({_name})")
    _largest = np.abs(_right).max()
    # Peaks and troughs of each segment after the synaptic current began: insensitive to one time step.
    checks.close(
        np.stack([np.max(_currents, axis=1), np.min(_currents, axis=1)]) / _largest,
        np.stack([_right.max(1), _right.min(1)]) / _largest,
        rtol=0.0,
        atol=0.01,
        what=f"largest and smallest current of each segment, over the largest of all ({_name}, spiking={_spiking})",
        mistakes={
            "the sign: outward is positive": np.stack([-_right.min(1), -_right.max(1)]) / _largest,
            "these are pA: nA are asked for": 1e3 * np.stack([_right.max(1), _right.min(1)]) / _largest,
        },
    )
    checks.close(
        np.asarray(_t)[int(np.argmax(np.abs(_currents).max(0)))],
        (np.argmax(np.abs(_right).max(0)) + 1) * 2**-4,
        rtol=0.0,
        atol=0.2,  # three time steps
        unit="ms",
        what=f"the time of the largest current ({_name}, spiking={_spiking})",
    )
### END HIDDEN TESTS

# %% test="simulate/sum" points=1
# All currents of a cell sum to zero, at each time (1 point).
# 1e-9 nA, where single currents are some 0.01 to 1 nA: rounding stays below 1e-13.
_result = simulate("pyramidal", (0.0, 0.0, 0.0), 1e-3)
checks.parts(_result, 4, what="the result of simulate (times, starts, ends, currents)")
checks.shape(_result[3], (None, None), what="the currents")
checks.in_range(np.abs(_result[3]).max(), 1e-3, 1.0, unit="nA", what="the largest current for a synapse of 1 nS")
checks.close(np.sum(_result[3], axis=0), np.zeros(np.shape(_result[3])[1]), atol=1e-9, unit="nA", what="the sum of all currents")
### BEGIN HIDDEN TESTS
for _name, _input, _spiking in [("interneuron", (0.0, 290.0, 0.0), False), ("interneuron", (0.0, 0.0, 0.0), True)]:
    _result = simulate(_name, _input, 0.04, _spiking)
    checks.parts(_result, 4, what="the result of simulate (times, starts, ends, currents)")
    checks.in_range(np.abs(_result[3]).max(), 1e-2, 10.0, unit="nA", what="the largest current for a synapse of 40 nS")
    checks.close(
        np.sum(_result[3], axis=0),
        np.zeros(np.shape(_result[3])[1]),
        atol=1e-9,
        unit="nA",
        what=f"the sum of all currents (spiking={_spiking})",
    )
### END HIDDEN TESTS

# %%
INPUTS = {
    "pyramidal": {"soma": (0, 0, 0), "middle": (0, 0, 350), "far end": (120, 0, 900)},
    "interneuron": {"soma": (0, 0, 0), "middle": (0, 0, 160), "far end": (0, 0, 310)},
}
runs = {(name, where): simulate(name, at, 1e-3) for name, places in INPUTS.items() for where, at in places.items()}
for key, (_, _, _, currents_nA) in runs.items():
    print(f"{key[0]:12s} {key[1]:8s} largest current {1e3 * np.abs(currents_nA).max():6.2f} pA, largest |sum| {1e3 * np.abs(currents_nA.sum(axis=0)).max():.0e} pA")
look_back("sum of all transmembrane currents (nA)", "0, up to rounding")

# %% tags=["guard"]
assert max(np.abs(_run[3].sum(axis=0)).max() for _run in runs.values()) < 1e-13
assert all(0.005 < np.abs(_run[3]).max() < 0.08 for _run in runs.values())

# %% [markdown]
# What enters at the synapse leaves elsewhere, at the same moment: charge has nowhere to stay. The sum rule is the cheapest test of a model of extracellular potentials. A model that forgets a current, the capacitive one for example, breaks it at once.
#
# ## 4. How far is a spike heard?
#
# White noise has a **density**: its root mean square (rms) in a band is $s\sqrt{f_\text{high} - f_\text{low}}$, with $s$ in µV/√Hz. To say "15 µV of noise" without a band says nothing. And the band that limits the noise changes the spike, too.
#
# The pyramidal cell gets Hodgkin-Huxley channels into its soma and a strong synapse. Electrodes lie in the plane of the soma, on a diagonal between the basal dendrites.
#
# **Predict first.** At which distance does the spike's peak-to-peak amplitude fall below the rms of the noise, for 0.1 µV/√Hz from 300 to 3000 Hz?

# %% tags=["scratch"]
guesses["distance at which the spike sinks, 300 to 3000 Hz (µm)"] = None  # your number
guesses["the same from 300 to 6000 Hz (µm)"] = None  # your number

# %% [markdown]
# **Task 4.** Write `sinking_distance`. Between two electrodes take the amplitude to follow a power law, a straight line in a plot of log amplitude against log distance. The amplitudes fall with distance, and the noise lies between the
# first and the last.
#
# ![Peak-to-peak amplitude of the spike against distance from 15 to 400 µm, both axes logarithmic. Four falling curves that become ever steeper: unfiltered some 80 µV at the left end, 70 µV from 100 to 3000 Hz, and two almost equal ones of 42 µV from 300 Hz on. Three horizontal lines for the noise: 5.2, 5.4 and 7.6 µV.](figures/spike.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# Filter, then peak to peak (`np.ptp` along the last axis), then the noise, then interpolate.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `np.interp` wants its second argument to increase: turn both arrays around, or interpolate against minus the log of the amplitude.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `amplitudes_uV = np.ptp(band_pass(potentials_uV, dt_ms, band_Hz), axis=-1)`
# </details>


# %% answer="sinking_distance"
def sinking_distance(distances_um, potentials_uV, dt_ms, band_Hz, density):
    """Where a spike's amplitude in a band falls to the rms of the noise in this band.

    Parameters
    ----------
    distances_um : array of shape (m,)
        Distances of the electrodes in µm, increasing.
    potentials_uV : array of shape (m, k)
        What each electrode sees, unfiltered, in µV.
    dt_ms : float
        Time between samples in ms.
    band_Hz : tuple of two floats
        Lower and upper end of the band in Hz; use `band_pass`.
    density : float
        Density of the white noise in µV/√Hz.

    Returns
    -------
    tuple of (array of shape (m,), float, float)
        Peak-to-peak amplitudes in the band in µV, rms of the noise in the band in µV, distance in µm.
    """
    ### BEGIN SOLUTION
    amplitudes_uV = np.ptp(band_pass(potentials_uV, dt_ms, band_Hz), axis=-1)
    noise_uV = density * np.sqrt(band_Hz[1] - band_Hz[0])
    log_distance = np.interp(-np.log(noise_uV), -np.log(amplitudes_uV), np.log(distances_um))
    return amplitudes_uV, noise_uV, np.exp(log_distance)
    ### END SOLUTION


# %% test="sinking_distance" points=3
# Amplitude, noise and the distance where they meet (3 points).
# 0.1 %: filters and logarithms, both exact up to rounding; 1e-6 would do.
_t = np.arange(0, 30, 0.0625)
_wave = np.exp(-(((_t - 12) / 0.4) ** 2)) - 0.4 * np.exp(-(((_t - 13) / 0.9) ** 2))
_r = np.array([20.0, 40.0, 80.0, 160.0])
_result = sinking_distance(_r, 4e3 * _wave / _r[:, None], 0.0625, (300, 3000), 0.5)
checks.parts(_result, 3, what="the result of sinking_distance (amplitudes, noise, distance)")
checks.shape(_result[0], (4,), what="the amplitudes")
checks.close(
    _result[1],
    0.5 * 2700**0.5,
    rtol=1e-3,
    unit="µV",
    what="the noise from 300 to 3000 Hz at 0.5 µV/√Hz",
    mistakes={
        "the root of the bandwidth, not the bandwidth": 0.5 * 2700,
        "the band begins at its lower end: subtract it": 0.5 * 3000**0.5,
    },
)
### BEGIN HIDDEN TESTS
for _power, _band, _density in [(1.5, (250, 5000), 0.22), (2.5, (500, 2500), 0.05), (1.0, (300, 3000), 0.5)]:
    _r = np.array([15.0, 25.0, 60.0, 150.0, 400.0])
    _scale = 8e3 * (_r / 15.0) ** -_power / 15
    _raw = _scale[:, None] * _wave
    _noise = _density * np.sqrt(_band[1] - _band[0])
    _unit = np.ptp(band_pass(_wave, 0.0625, _band))
    _amplitudes = _scale * _unit
    _right = 15.0 * (_noise / (8e3 / 15 * _unit)) ** (-1 / _power)  # of a power law
    assert 16 < _right < 390

    def _read(amplitudes, noise, r=_r):
        return float(np.exp(np.interp(-np.log(noise), -np.log(amplitudes), np.log(r))))

    _result = sinking_distance(_r, _raw, 0.0625, _band, _density)
    checks.parts(_result, 3, what="the result of sinking_distance in another band")
    checks.close(
        _result[0],
        _amplitudes,
        rtol=1e-3,
        unit="µV",
        what="the amplitudes in another band",
        mistakes={
            "these are not filtered: use band_pass": np.ptp(_raw, axis=-1),
            "from the lowest to the highest value: this is the largest deviation": np.abs(band_pass(_raw, 0.0625, _band)).max(-1),
            "this is a standard deviation, not peak to peak": band_pass(_raw, 0.0625, _band).std(-1),
            "this is the depth of the trough alone": -band_pass(_raw, 0.0625, _band).min(-1),
        },
    )
    checks.close(
        _result[1],
        _noise,
        rtol=1e-3,
        unit="µV",
        what="the noise in another band",
        mistakes={
            "the root of the bandwidth, not the bandwidth": _noise**2 / _density,
            "the band begins at its lower end: subtract it": _density * _band[1] ** 0.5,
        },
    )
    checks.close(
        _result[2],
        _right,
        rtol=1e-3,
        unit="µm",
        what="the distance in another band",
        mistakes={
            "interpolate the logarithms: between electrodes the amplitude is a power law": float(
                np.interp(-_noise, -_amplitudes, _r)
            ),
            "this is where the unfiltered amplitude sinks": _read(np.ptp(_raw, axis=-1), _noise),
            "this is an electrode's distance: interpolate": float(_r[_amplitudes > _noise][-1]),
            "this is the first electrode below the noise: interpolate": float(_r[_amplitudes < _noise][0]),
        },
    )
### END HIDDEN TESTS

# %%
DENSITY = 0.1  # µV/√Hz, electrode, amplifier and distant cells together: a round number
distances_um = np.geomspace(15, 400, 25)
diagonal = np.outer(distances_um, [0.5**0.5, 0.5**0.5, 0.0])
t_ms, start_um, end_um, spike_nA = simulate("pyramidal", (0, 0, 0), 0.05, spiking=True)
spike_uV = 1e3 * lfpykit_matrix(start_um, end_um, diagonal, SIGMA) @ spike_nA
bands = {band: sinking_distance(distances_um, spike_uV, RUN["dt_ms"], band, DENSITY) for band in [(300, 3000), (300, 6000), (100, 3000)]}
for band, (amplitudes_uV, noise_uV, sinks_um) in bands.items():
    print(f"{band} Hz: {amplitudes_uV[0]:5.1f} µV at 15 µm, noise {noise_uV:.2f} µV, sinks at {sinks_um:.0f} µm")
raw_uV = np.ptp(spike_uV, axis=1)
exponents = np.diff(np.log(raw_uV)) / np.diff(np.log(distances_um))
print(f"unfiltered: amplitude ~ r^{exponents[0]:.2f} near the cell, r^{exponents[-1]:.2f} at 400 µm")
look_back("distance at which the spike sinks, 300 to 3000 Hz (µm)", round(bands[300, 3000][2]))
look_back("the same from 300 to 6000 Hz (µm)", round(bands[300, 6000][2]))

# %%
fig, ax = plt.subplots(layout="constrained")
ax.loglog(distances_um, raw_uV, color="C6", label="unfiltered")
for band, style in [((300, 3000), "--"), ((300, 6000), ":"), ((100, 3000), "-.")]:
    ax.loglog(distances_um, bands[band][0], style, color="C6", label=f"{band[0]} to {band[1]} Hz")
    ax.axhline(bands[band][1], linestyle=style, color="C7", label=f"noise, {band[0]} to {band[1]} Hz")
ax.set(xlabel="distance from the soma (µm)", ylabel="peak to peak (µV)", ylim=(0.1, None))
ax.set_xticks([20, 50, 100, 200, 400], labels=["20", "50", "100", "200", "400"])
ax.minorticks_off()
ax.legend(fontsize="small")
plt.show()

# %% tags=["guard"]
fig.savefig("figures/spike.png", dpi=70)
_found = [(_b[0][0], _b[1], _b[2]) for _b in bands.values()]
assert np.allclose(_found, [(42.4, 5.20, 63), (43.1, 7.55, 51), (69.7, 5.39, 85)], rtol=0.015), _found
assert 70 < raw_uV[0] < 95 and abs(exponents[0] + 1.14) < 0.02 and abs(exponents[-1] + 2.22) < 0.03
assert (np.diff(exponents) < 0.1).all()
# half the time step: amplitude and distance move by a few percent only
RUN["dt_ms"] = 2**-5
_spike = 1e3 * lfpykit_matrix(start_um, end_um, diagonal, SIGMA) @ simulate("pyramidal", (0, 0, 0), 0.05, spiking=True)[3]
_half = sinking_distance(distances_um, _spike, 2**-5, (300, 3000), DENSITY)
RUN["dt_ms"] = 2**-4
assert abs(_half[0][0] / 42.4 - 1) < 0.12 and abs(_half[2] / 63 - 1) < 0.06, (_half[0][0], _half[2])

# %% [markdown]
# Close to the soma the amplitude falls little faster than $1/r$, as it would for a point. At 400 µm it falls as $r^{-2.2}$: what leaves the soma returns through the dendrites, and from afar the two
# cancel more and more. The 42 µV that this electrode sees at 15 µm from 300 to 3000 Hz are lost in the noise at 63 µm, and with twice the band already at 51 µm.

# %% [markdown] discuss="band" points=3
# **Discuss: the band.** In four to six sentences: (a) Going from 300-3000 Hz to 300-6000 Hz, what happens to the noise, to the spike, and to the distance? Give the numbers. (b) Going down from 300 to 100 Hz, what happens to these, and why is the answer so different? (c) A
# mammalian spike is about four times as fast as this one (Hodgkin-Huxley channels at 6.3 °C). What would you expect to change?
#
# *How it is judged: one point for each part; (a) and (b) need numbers, (c) an argument.*
### BEGIN MARK SCHEME
# - (a) 1 point: noise from 5.20 to 7.55 µV, by the root of 5700/2700; the spike only from 42.4 to 43.1 µV at 15 µm, since it has little power above 3 kHz; distance from 63 to 51 µm. Half a point without the reason.
# - (b) 1 point: noise from 5.20 to 5.39 µV, the spike from 42 to 70 µV, distance from 63 to 85 µm. The spike is slow and has much of its power below 300 Hz, and 200 Hz more are little noise. (In tissue the LFP
#   lies there as well: the noise is not white.)
# - (c) 1 point: a faster spike has its power at higher frequencies: less is lost below 300 Hz, and the wider band gains more. Larger capacitive currents, so a larger amplitude, also count.
### END MARK SCHEME

# %% [markdown]
# ## 5. The dipole moment
#
# From far away a cell is a small thing. Its currents sum to zero, so there is no term with $1/r$. What comes next is the **current dipole moment** and its potential. With the vector $\mathbf R$ from the place where we put the dipole to the electrode:
#
# $$\mathbf p = \sum_k I_k\,\mathbf r_k, \qquad \phi = \frac{\mathbf p\cdot\mathbf R}{4\pi\sigma R^3} .$$
#
# It points from where current enters the cell, the sink outside, to where it leaves. For a segment $\mathbf r_k$ is its middle.
#
# **Predict first.** Which input to the pyramidal cell makes the largest dipole, and which the smallest: soma, middle or far end? And the interneuron with input to the soma, compared with the pyramidal cell?

# %% tags=["scratch"]
guesses["largest and smallest dipole of the pyramidal cell"] = None  # two of: soma, middle, far end
guesses["dipole of the interneuron / of the pyramidal cell, input to the soma"] = None  # your number

# %% [markdown]
# **Task 5.** Write `dipole_moment`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Middles of shape (n, 3) and currents of shape (n, k) have n in common: sum over it.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# A matrix product sums over the last axis of the first factor and the first axis of the second. Transpose what needs it.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `middles = (np.asarray(start_um) + np.asarray(end_um)) / 2`
# </details>


# %% answer="dipole_moment"
def dipole_moment(start_um, end_um, currents_nA):
    """Current dipole moment of a cell at each time.

    Parameters
    ----------
    start_um, end_um : arrays of shape (n, 3)
        Both ends of the segments in µm.
    currents_nA : array of shape (n, k)
        Transmembrane currents in nA, positive outwards.

    Returns
    -------
    array of shape (3, k)
        x, y and z component in nA µm.
        Example: -1 nA at z = 0 and 1 nA at z = 100 µm make (0, 0, 100).
    """
    ### BEGIN SOLUTION
    middles = (np.asarray(start_um) + np.asarray(end_um)) / 2
    return middles.T @ np.asarray(currents_nA)
    ### END SOLUTION


# %% test="dipole_moment" points=2
# The current dipole moment (2 points).
# A closed formula: only rounding is allowed for.
_start = np.array([[0.0, 0.0, -5.0], [0.0, 0.0, 90.0]])
_end = np.array([[0.0, 0.0, 5.0], [0.0, 0.0, 110.0]])
checks.close(
    dipole_moment(_start, _end, np.array([[-1.0, 0.5], [1.0, -0.5]])),
    np.array([[0.0, 0.0], [0.0, 0.0], [100.0, -50.0]]),
    atol=1e-9,
    unit="nA µm",
    what="the dipole of -1 nA at 0 and 1 nA at 100 µm, and of minus half of it",
    mistakes={
        "the sign: a current that leaves the cell is positive": np.array([[0.0, 0.0], [0.0, 0.0], [-100.0, 50.0]]),
        "a segment lies at its middle, not at its start": np.array([[0.0, 0.0], [0.0, 0.0], [95.0, -47.5]]),
        "a segment lies at its middle, not at its end": np.array([[0.0, 0.0], [0.0, 0.0], [105.0, -52.5]]),
    },
)
### BEGIN HIDDEN TESTS
_rng = np.random.default_rng(12)
for _n, _k in [(5, 4), (9, 2)]:
    _start = _rng.uniform(-300, 300, (_n, 3))
    _end = _start + _rng.uniform(-20, 20, (_n, 3))
    _currents = _rng.standard_normal((_n, _k))
    _currents -= _currents.mean(0)
    _right = np.array([[sum(_currents[_j, _i] * (_start[_j, _c] + _end[_j, _c]) / 2 for _j in range(_n)) for _i in range(_k)] for _c in range(3)])
    _result = dipole_moment(_start, _end, _currents)
    checks.shape(_result, (3, _k), what="the dipole of another cell (three components, one column a time)")
    checks.close(
        _result,
        _right,
        atol=1e-9,
        unit="nA µm",
        what="the dipole of another cell",
        mistakes={
            "the sign: a current that leaves the cell is positive": -_right,
            "a segment lies at its middle, not at its start": _start.T @ _currents,
            "a segment lies at its middle, not at its end": _end.T @ _currents,
            "the middle is half of the sum of both ends": 2 * _right,
            "a sum over segments, not a mean": _right / _n,
        },
    )
### END HIDDEN TESTS

# %%
peaks = {}
for key, (t_ms, start_um, end_um, currents_nA) in runs.items():
    size = np.linalg.norm(dipole_moment(start_um, end_um, currents_nA), axis=0)
    peaks.update({key: size.max()})
    print(f"{key[0]:12s} {key[1]:8s} largest |p| = {size.max():6.2f} nA µm at {t_ms[size.argmax()]:5.2f} ms")
pyramidal = sorted(INPUTS["pyramidal"], key=lambda where: peaks["pyramidal", where])
look_back("largest and smallest dipole of the pyramidal cell", f"{pyramidal[-1]}, {pyramidal[0]}")
look_back("dipole of the interneuron / of the pyramidal cell, input to the soma", round(peaks["interneuron", "soma"] / peaks["pyramidal", "soma"], 3))

# %% tags=["guard"]
_sizes = [peaks[_key] for _key in runs]
assert np.allclose(_sizes, [4.71, 1.05, 9.95, 0.0, 4.09, 7.69], rtol=0.01, atol=1e-9), _sizes
for _, _start, _end, _currents in runs.values():  # LFPykit's own
    _ends = np.stack([_start, _end], axis=-1)
    _geometry = CellGeometry(x=_ends[:, 0], y=_ends[:, 1], z=_ends[:, 2], d=np.full(len(_ends), 2.0))
    _theirs = CurrentDipoleMoment(_geometry).get_transformation_matrix() @ _currents
    assert np.abs(dipole_moment(_start, _end, _currents) - _theirs).max() < 1e-10
# half the time step and a third of the segments' length (odd numbers keep the middles): the dipoles move by less than 3 %
RUN["dt_ms"], build.__defaults__ = 2**-5, (False, 20 / 3)
for _key in [("pyramidal", "middle"), ("pyramidal", "far end"), ("interneuron", "far end")]:
    _place = (0, 0, 355) if _key[1] == "middle" else INPUTS[_key[0]][_key[1]]
    _, _start, _end, _currents = simulate(_key[0], _place, 1e-3)
    _size = np.linalg.norm(dipole_moment(_start, _end, _currents), axis=0).max()
    assert abs(_size / peaks[_key] - 1) < 0.03, (_key, _size)
RUN["dt_ms"], build.__defaults__ = 2**-4, (False, 20.0)

# %% [markdown]
# The far end makes the largest dipole of the pyramidal cell, the middle the smallest: 9.95 against 1.05 nA µm. Current that enters in the middle leaves both above and below, and the two arrows nearly cancel. The interneuron with input to its soma has
# no dipole at all, because each of its dendrites has an opposite one. But with input to the end of one dendrite its dipole is 7.7 nA µm: more than that of the pyramidal cell with input to the soma, 4.7 nA µm. Neither the type of the cell nor the place of the input decides alone.
#
# **Task 6.** Write `dipole_potential`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# R is the electrode's place minus the dipole's.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `R @ p` gives the product p·R for each row of R.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `R = np.asarray(electrodes_um) - np.asarray(place_um)`
# </details>


# %% answer="dipole_potential"
def dipole_potential(p, place_um, electrodes_um, sigma):
    """Potential of a current dipole in a medium without borders.

    Parameters
    ----------
    p : array of shape (3,)
        Dipole moment in nA µm.
    place_um : array of shape (3,)
        Where the dipole lies, in µm.
    electrodes_um : array of shape (m, 3)
        x, y, z of the electrodes in µm.
    sigma : float
        Conductivity in S/m.

    Returns
    -------
    array of shape (m,)
        In mV. Example: 100 nA µm along z, 100 µm above it, 0.3 S/m: [0.002653].
    """
    ### BEGIN SOLUTION
    R = np.asarray(electrodes_um) - np.asarray(place_um)
    return R @ np.asarray(p) / (4 * np.pi * sigma * np.linalg.norm(R, axis=1) ** 3)
    ### END SOLUTION


# %% test="dipole_potential" points=2
# The potential of a dipole (2 points).
# A closed formula: only rounding is allowed for.
checks.close(
    dipole_potential(np.array([0.0, 0.0, 1e7]), np.zeros(3), np.array([[0.0, 0.0, 12e3], [12e3, 0.0, 0.0]]), 0.3),
    np.array([0.0184207, 0.0]),
    rtol=1e-5,  # printed digits
    atol=1e-12,
    unit="mV",
    what="10 nA m, 12 mm above it and beside it",
    mistakes={
        "this is in µV: the result is in mV": np.array([18.4207, 0.0]),
        "the angle counts: p·R, not the product of their lengths": np.array([0.0184207, 0.0184207]),
        "R³ in the denominator: p·R has one R already, cos θ/R² has none": np.array([221.049, 0.0]),
    },
)
### BEGIN HIDDEN TESTS
_rng = np.random.default_rng(21)
for _m, _sigma in [(4, 0.3), (2, 1.1)]:
    _p, _place = _rng.uniform(-50, 50, 3), _rng.uniform(-200, 200, 3)
    _electrodes = _rng.uniform(400, 900, (_m, 3))
    # two opposite points 0.02 µm apart: the limit that defines a dipole (error below 1e-8)
    _half = 0.01 * _p / np.linalg.norm(_p)
    _far = [1 / np.linalg.norm(_electrodes - _place - _s * _half, axis=1) for _s in (1, -1)]
    _right = np.linalg.norm(_p) / 0.02 * (_far[0] - _far[1]) / (4 * np.pi * _sigma)
    _R = _electrodes - _place
    _length = np.linalg.norm(_R, axis=1)
    checks.close(
        dipole_potential(_p, _place, _electrodes, _sigma),
        _right,
        rtol=1e-6,
        unit="mV",
        what="another dipole",
        mistakes={
            "R points from the dipole to the electrode": -_right,
            "the dipole lies at place_um, not at the origin": _electrodes
            @ _p
            / (4 * np.pi * _sigma * np.linalg.norm(_electrodes, axis=1) ** 3),
            "R³ in the denominator: p·R has one R already, cos θ/R² has none": _right * _length,
            "this falls with the fourth power of R": _right / _length,
            "the angle counts: p·R, not the product of their lengths": np.linalg.norm(_p) / (4 * np.pi * _sigma * _length**2),
            "this is SIGMA: use the argument `sigma`": _right * _sigma / SIGMA,
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# ## 6. How wrong is the dipole?
#
# The term after the dipole's falls with $1/r^3$. Straight above a cell, in the direction of the unit vector $\mathbf u$,
#
# $$\phi(r\,\mathbf u) = \frac{1}{4\pi\sigma}\left(\frac{\mathbf p\cdot\mathbf u}{r^2} + \frac{q}{r^3} + \dots\right), \qquad q = \tfrac12\sum_k I_k\left(3(\mathbf r_k\cdot\mathbf u)^2 - |\mathbf r_k|^2\right).$$
#
# So the dipole's relative error, (dipole − exact)/exact, tends to $-\lambda/r$ with a length $\lambda = q/(\mathbf p\cdot\mathbf u)$. The **error length** depends on where you put the origin. Move the dipole by $\lambda/2$ along $\mathbf u$, and $q$ is zero
# there: the error then falls with $1/r^2$.
#
# **Predict first.** The pyramidal cell is 1 mm tall and gets its input at the soma. How far up must the electrode be, from the soma, until a dipole at the soma is wrong by less than 10 %?

# %% tags=["scratch"]
guesses["10 % error of a dipole at the soma (mm)"] = None  # your number

# %% [markdown]
# **Task 7.** Write `error_length`.
#
# ![Size of the relative error against distance from the soma, 1 to 100 mm, both axes logarithmic. The error of the dipole at the soma falls along a straight line of slope -1, that of the moved dipole along one of slope -2 and lies far below.](figures/error.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# Project first: the heights r·u are the points times u. The rest are sums.
# </details>
# <details><summary>Hint 2: the two sums</summary>
#
# p·u is the sum of currents times heights; q the sum of currents times (3 height² − squared distance from the origin), halved.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `height = np.asarray(points_um) @ np.asarray(u)`
# </details>


# %% answer="error_length"
def error_length(points_um, currents_nA, u):
    """Length that rules the error of a dipole at the origin.

    Parameters
    ----------
    points_um : array of shape (n, 3)
        Where the currents leave the cell, in µm.
    currents_nA : array of shape (n,)
        Currents at one moment in nA; they sum to zero.
    u : array of shape (3,)
        Unit vector towards the electrode.

    Returns
    -------
    float
        q / (p·u) in µm. Example: -1 nA at z = 0 and 1 nA at z = 100 µm, seen along z: 100.
    """
    ### BEGIN SOLUTION
    points, currents = np.asarray(points_um), np.asarray(currents_nA)
    height = points @ np.asarray(u)
    q = currents @ (3 * height**2 - (points**2).sum(axis=1)) / 2
    return q / (currents @ height)
    ### END SOLUTION


# %% test="error_length" points=2
# The length that rules the dipole's error (2 points).
# A closed formula: only rounding is allowed for.
checks.close(
    error_length(np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 100.0]]), np.array([-1.0, 1.0]), np.array([0.0, 0.0, 1.0])),
    100.0,
    unit="µm",
    what="the error length of -1 nA at 0 and 1 nA at 100 µm, along z",
    mistakes={
        "this is where the dipole should lie, half of the length": 50.0,
        "this is one over the length": 0.01,
        "the factor 1/2 of q is missing": 200.0,
    },
)
### BEGIN HIDDEN TESTS
_rng = np.random.default_rng(31)
for _n in (4, 9):
    _points, _u = _rng.uniform(-200, 300, (_n, 3)), _rng.standard_normal(3)
    _u /= np.linalg.norm(_u)
    _currents = _rng.standard_normal(_n)
    _currents -= _currents.mean()
    # Legendre's polynomials of the angles, not the formula of the text
    _r = np.linalg.norm(_points, axis=1)
    _cos = _points @ _u / _r
    _q = _currents @ (_r**2 * np.polynomial.legendre.legval(_cos, [0, 0, 1]))
    _p = _currents @ (_r * _cos)
    checks.close(
        error_length(_points, _currents, _u),
        _q / _p,
        unit="µm",
        what="the error length of other currents",
        mistakes={
            "this is where the dipole should lie, half of the length": _q / _p / 2,
            "this is one over the length": _p / _q,
            "the factor 1/2 of q is missing": 2 * _q / _p,
            "the squared distances are missing in q": _currents @ (3 * (_points @ _u) ** 2) / 2 / _p,
            "this is right only for points on a line along u": _currents @ (_points @ _u) ** 2 / _p,
            "along u, not along z": _currents @ (3 * _points[:, 2] ** 2 - _r**2) / 2 / (_currents @ _points[:, 2]),
            "divide by p·u, not by the length of p": _q / np.linalg.norm(_currents @ _points),
        },
    )
### END HIDDEN TESTS

# %%
up, r_um = np.array([0.0, 0.0, 1.0]), np.geomspace(1e3, 1e5, 41)
above = np.outer(r_um, up)
errors, lengths_um = {}, {}
for where in INPUTS["pyramidal"]:
    t_ms, start_um, end_um, currents_nA = runs["pyramidal", where]
    p = dipole_moment(start_um, end_um, currents_nA)
    k = np.linalg.norm(p, axis=0).argmax()
    middles_um = (start_um + end_um) / 2
    exact = point_matrix(middles_um, above, SIGMA) @ currents_nA[:, k]
    lengths_um.update({where: error_length(middles_um, currents_nA[:, k], up)})
    errors.update({where: [dipole_potential(p[:, k], place, above, SIGMA) / exact - 1 for place in (0 * up, lengths_um[where] / 2 * up)]})
    print(f"{where:8s} error length {lengths_um[where]:6.0f} µm; error of the dipole at the soma at 10 mm {errors[where][0][20]:6.1%}, of the moved one {errors[where][1][20]:6.2%}")
ten_percent_mm = np.interp(-0.1, -np.abs(errors["soma"][0]), r_um) / 1e3
look_back("10 % error of a dipole at the soma (mm)", round(ten_percent_mm, 1))

# %%
fig, ax = plt.subplots(layout="constrained")
for error, style, label in zip(errors["soma"], ("-", "--"), ("dipole at the soma", "dipole moved by λ/2")):
    ax.loglog(r_um / 1e3, np.abs(error), style, color="C6", label=label)
ax.loglog(r_um / 1e3, abs(lengths_um["soma"]) / r_um, ":", color="C5", label="λ/r")
ax.set(xlabel="distance from the soma (mm)", ylabel="size of the relative error (1)")
ax.legend()
plt.show()

# %% tags=["guard"]
fig.savefig("figures/error.png", dpi=70)
assert np.allclose([lengths_um[_w] for _w in ("soma", "middle", "far end")], [609, -1593, 1202], rtol=0.01)
assert abs(ten_percent_mm - 6.1) < 0.1
for _where, (_at_soma, _moved) in errors.items():
    assert abs(_at_soma[-1] * r_um[-1] / -lengths_um[_where] - 1) < 0.03  # the law, at 100 mm
_slope = [np.polyfit(np.log(r_um[30:]), np.log(np.abs(_e[30:])), 1)[0] for _e in errors["soma"]]
assert abs(_slope[0] + 1) < 0.03 and abs(_slope[1] + 2) < 0.1, _slope
_at_10_mm = [_e[20] for _w in ("soma", "middle", "far end") for _e in errors[_w]]
assert np.allclose(_at_10_mm, [-0.061, -0.0012, 0.222, 0.0481, -0.118, -0.0014], rtol=0.02, atol=6e-5), _at_10_mm

# %% [markdown]
# A dipole at the soma is wrong by 10 % still at 6 mm, six times the height of the cell, and by 6 % at 10 mm: $\lambda$ = 0.61 mm for this input. The same arrow 0.3 mm higher up is wrong by 0.12 % at 10 mm. Where you put a dipole matters as
# much as what it is. For the input in the middle the dipole is small and the next term is not: $|\lambda|$ = 1.6 mm, and even at 10 mm the dipole at the soma is 22 % off. Inside the tissue, within a millimetre, none of these dipoles is of use; for an EEG, from centimetres, all are.
#
# ## 7. Six maps
#
# Two cells, three places for the input: how does the LFP look around them? A map needs one colour scale for all six, or the eye compares nothing.
#
# **Predict first.** Which of the six has the smallest potential 1 mm above the soma?

# %% tags=["scratch"]
guesses["smallest potential 1 mm above the soma"] = None  # such as "interneuron, far end"

# %% [markdown]
# **Task 8.** Write `lfp_map`: the potential in a plane beside the cell at the moment at which its absolute value is largest anywhere in the map. Use line sources: `lfpykit_matrix` or your own.
#
# ![Six maps of the potential in the plane y = 20 µm, with the outlines of the cells, on one colour scale. Pyramidal cell above, interneuron below; input to soma, middle and far end from left to right. Each map is negative around its input. The pyramidal cell's maps show a positive region at the other end; the interneuron's first map is confined to the cell.](figures/maps.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# All electrodes in one list of shape (n_z·n_x, 3), potentials at all times, the column with the largest value, and back into the shape of the map.
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `np.meshgrid(x, z)` gives two arrays of shape (n_z, n_x); `.ravel()` makes lists of them, `.reshape` maps again. `np.abs(phi).max(axis=0).argmax()` is the column.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `X, Z = np.meshgrid(x_um, z_um)`
# </details>


# %% answer="lfp_map"
def lfp_map(start_um, end_um, currents_nA, x_um, z_um, y_um, sigma):
    """Potential in a plane of constant y, at the moment of its largest absolute value.

    Parameters
    ----------
    start_um, end_um : arrays of shape (n, 3)
        Both ends of the segments in µm.
    currents_nA : array of shape (n, k)
        Transmembrane currents in nA.
    x_um, z_um : arrays of shape (n_x,) and (n_z,)
        Where the columns and rows of the map lie, in µm.
    y_um : float
        Where the plane lies, in µm.
    sigma : float
        Conductivity in S/m.

    Returns
    -------
    array of shape (n_z, n_x)
        Potential in µV, one row for each z.
    """
    ### BEGIN SOLUTION
    X, Z = np.meshgrid(x_um, z_um)
    electrodes = np.column_stack([X.ravel(), np.full(X.size, y_um), Z.ravel()])
    potential_uV = 1e3 * lfpykit_matrix(start_um, end_um, electrodes, sigma) @ np.asarray(currents_nA)
    k = np.abs(potential_uV).max(axis=0).argmax()
    return potential_uV[:, k].reshape(X.shape)
    ### END SOLUTION


# %% test="lfp_map" points=2
# A map of the potential at its moment of largest size (2 points).
# 1e-6: closed formulas. lfpykit_matrix is given, so that a wrong line_matrix counts once, in its own test.
_x, _z = np.array([-60.0, 10.0, 90.0]), np.array([-50.0, 20.0, 130.0, 260.0])
_start, _end = np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 150.0]]), np.array([[0.0, 0.0, 30.0], [0.0, 0.0, 190.0]])
_result = lfp_map(_start, _end, np.array([[-0.1, -0.3, 0.2], [0.1, 0.3, -0.2]]), _x, _z, 20.0, 0.3)
checks.shape(_result, (4, 3), what="the map (rows: z, columns: x)")
### BEGIN HIDDEN TESTS
_nodes, _weights = np.polynomial.legendre.leggauss(80)


def _map(start, end, currents, x, z, y, sigma):
    _steps = start[:, None] + 0.5 * (_nodes[None, :, None] + 1) * (end - start)[:, None]
    _matrix = np.zeros((len(z), len(x), len(start)))
    for _i, _zi in enumerate(z):
        for _j, _xj in enumerate(x):
            _r = np.linalg.norm(np.array([_xj, y, _zi]) - _steps, axis=-1)
            _matrix[_i, _j] = (0.5 * _weights / (4 * np.pi * sigma * _r)).sum(-1)
    return 1e3 * _matrix @ currents  # (n_z, n_x, k)


for _currents, _y, _sigma in [
    (np.array([[-0.1, -0.3, 0.2, -0.05], [0.1, 0.3, -0.2, 0.05]]), 20.0, 0.3),
    (np.array([[0.02, 0.01, -0.05, 0.03], [-0.02, -0.01, 0.05, -0.03]]), 35.0, 0.4),
]:
    _all = _map(_start, _end, _currents, _x, _z, _y, _sigma)
    _k = np.abs(_all).max((0, 1)).argmax()
    _right = _all[..., _k]
    _result = lfp_map(_start, _end, _currents, _x, _z, _y, _sigma)
    checks.shape(_result, (4, 3), what="the map (rows: z, columns: x)")
    checks.close(
        _result,
        _right,
        rtol=1e-6,
        unit="µV",
        what="the map of other currents",
        mistakes={
            "this is in mV: µV are asked for": _right / 1e3,
            "this is the last moment, not that of the largest value": _all[..., -1],
            "this is the first moment, not that of the largest value": _all[..., 0],
            "this is the moment of the largest positive value: the absolute value counts": _all[..., _all.max((0, 1)).argmax()],
            "these are absolute values: the sign belongs into the map": np.abs(_right),
            "each place has its own moment here: one moment for the whole map": np.take_along_axis(
                _all, np.abs(_all).argmax(-1)[..., None], -1
            )[..., 0],
            "this is the plane y = 0: use the argument `y_um`": _map(_start, _end, _currents, _x, _z, 0.0, _sigma)[..., _k],
            "this is SIGMA: use the argument `sigma`": _right * _sigma / SIGMA,
        },
    )
### END HIDDEN TESTS

# %%
x_um, z_um = np.linspace(-600, 600, 41), np.linspace(-600, 1400, 61)
maps = {key: lfp_map(start, end, currents, x_um, z_um, 20.0, SIGMA) for key, (_, start, end, currents) in runs.items()}
limit = max(np.abs(values).max() for values in maps.values())
fig, axes = plt.subplots(2, 3, figsize=(7.5, 7.5), sharex=True, sharey=True, layout="constrained")
for ax, ((name, where), values) in zip(axes.flat, maps.items()):
    image = ax.pcolormesh(x_um, z_um, values, cmap="PuOr", norm=SymLogNorm(0.01, vmin=-limit, vmax=limit, base=10), shading="nearest")
    for _, _, _, section_start, section_end, _ in CELLS[name]:
        ax.plot(*np.array([section_start, section_end])[:, [0, 2]].T, color="black", linewidth=0.8)
    ax.set(title=f"{name}, {where}", aspect="equal", xlabel="x (µm)", ylabel="z (µm)")
    ax.label_outer()
fig.colorbar(image, ax=axes, label="potential (µV)", shrink=0.6)
plt.show()

# %%
far_uV = {}
for key, (_, start_um, end_um, currents_nA) in runs.items():
    far_uV.update({key: np.abs(1e3 * lfpykit_matrix(start_um, end_um, [[20, 20, 1000]], SIGMA) @ currents_nA).max()})
    print(f"{key[0]:12s} {key[1]:8s} largest in the map {np.abs(maps[key]).max():5.2f} µV, 1 mm above the soma {far_uV[key]:.5f} µV, |p| {peaks[key]:5.2f} nA µm")
look_back("smallest potential 1 mm above the soma", ", ".join(min(far_uV, key=far_uV.get)))

# %% tags=["guard"]
fig.savefig("figures/maps.png", dpi=60)
_far = [far_uV[_key] for _key in runs]
assert np.allclose(_far, [0.0039, 0.0049, 0.0309, 0.0, 0.0013, 0.0030], rtol=0.02, atol=6e-5) and _far[3] < 5e-5, _far
assert min(far_uV, key=far_uV.get) == ("interneuron", "soma")
assert all(0.32 < np.abs(_map).max() < 0.46 for _map in maps.values())
for (_name, _where), _map in maps.items():  # negative beside the input
    _x, _, _z = INPUTS[_name][_where]
    assert _map[np.abs(z_um - _z).argmin(), np.abs(x_um - _x).argmin()] < -0.05
assert all(maps["pyramidal", _where].max() > 0.005 for _where in ("soma", "middle", "far end"))
assert np.abs(maps["interneuron", "soma"][np.abs(z_um) > 590]).max() < 0.003

# %% [markdown]
# Beside the input the six are alike, 0.33 to 0.45 µV: there each is the potential of one synapse. Far away they are not. At 1 mm above the soma, the pyramidal cell's far end makes 0.031 µV and its soma 0.004 µV; the interneuron's soma, a **closed field**, less than 0.0001 µV. And the
# dipole does not rank them: the input in the middle has a dipole 4.5 times smaller than that of the soma, and makes a *larger* potential here, 0.005 µV. This electrode lies 100 µm above the tips of the cell, much closer than $|\lambda|$ = 1.6 mm, where
# a dipole counts for nothing.

# %% [markdown] discuss="shape" points=3
# **Discuss: shape and place.** In five to eight sentences: (a) "An interneuron makes no LFP." What do your numbers say to that? Use all three inputs. (b) "The middle of the apical dendrite is a pure multipole." What do they say to that, and
# why is the dipole of this input so small? (c) Why was it necessary that both cells have the same membrane and synapse? Name one thing besides the arrangement of dendrites that still differs.
#
# *How it is judged: one point for each part. (a) and (b) need numbers from the table.*
### BEGIN MARK SCHEME
# - (a) 1 point: true for input to the soma, |p| = 0 and less than 0.0001 µV at 1 mm, because its dendrites lie in opposite pairs. Not for the others: |p| = 4.1 and 7.7 nA µm, and near the cell 0.33 to 0.43 µV with any input, as much as the pyramidal cell. Half a point for one of the two.
# - (b) 1 point: it has a dipole, 1.05 nA µm, though the smallest of the three (4.71 and 9.95). Current returns above and below the input, so its contributions cancel in part. The next term dominates out to millimetres (error length 1.6 mm).
# - (c) 1 point: otherwise a difference could come from the leak, which decides how far the return current spreads, and not from the shape (half a point). Still different: length and diameter of dendrites, so the total area and the input resistance;
#   the distance of "far end" from the soma (half a point for one).
### END MARK SCHEME

# %% [markdown]
# ## 8. Back from potentials to sources
#
# An electrode with many contacts crosses the layers of cortex. If all changes happen along its depth $z$, Poisson's equation has one derivative left, $C = -\sigma\,\partial^2\phi/\partial z^2$, and contacts at a spacing $h$ give its **standard estimate**:
#
# $$C(z_i) = -\sigma\,\frac{\phi_{i+1} - 2\phi_i + \phi_{i-1}}{h^2} .$$
#
# $C$ is the **current source density** (CSD): positive where current leaves cells. With mV, S/m and µm the formula is in nA/µm³; papers print µA/mm³, which is $10^{-6}$ of it.
#
# **Predict first.** A potential $\cos kz$ is sampled 10 times a period. By how many percent is the estimate too small or too large?

# %% tags=["scratch"]
guesses["error of the estimate with 10 contacts a period (%)"] = None  # your number, negative for too small

# %% [markdown]
# **Task 9.** Write `source_density`.
#
# ![Current source density against depth, four curves. The true source: a sink of -1 at 300 µm and a source of +1 µA/mm³ at 600 µm. The estimate for a column of 2 mm radius lies on it, that for 300 µm reaches 0.8, that for 100 µm less than one half.](figures/csd.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# Three slices of the same array along its first axis, or `np.diff` twice.
# </details>
# <details><summary>Hint 2: the unit</summary>
#
# 1 nA is 10⁻³ µA, and 1 µm³ is 10⁻⁹ mm³: multiply nA/µm³ by 10⁶.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `phi = np.asarray(potential_mV)`
# </details>


# %% answer="source_density"
def source_density(potential_mV, spacing_um, sigma):
    """Standard estimate of the current source density.

    Parameters
    ----------
    potential_mV : array of shape (n,) or (n, k)
        Potential in mV at n contacts, in the order of their depth (and k times).
    spacing_um : float
        Distance between neighbours in µm.
    sigma : float
        Conductivity in S/m.

    Returns
    -------
    array of shape (n - 2,) or (n - 2, k)
        In µA/mm³, at all contacts but the first and the last.
        Example: 0, 1, 0 mV at a spacing of 100 µm and 0.3 S/m give [60].
    """
    ### BEGIN SOLUTION
    phi = np.asarray(potential_mV)
    return -1e6 * sigma * (phi[2:] - 2 * phi[1:-1] + phi[:-2]) / spacing_um**2
    ### END SOLUTION


# %% test="source_density" points=2
# The standard estimate (2 points).
# A closed formula: only rounding is allowed for.
checks.close(
    source_density(np.array([0.0, 1.0, 0.0]), 100.0, 0.3),
    np.array([60.0]),
    unit="µA/mm3",
    what="0, 1, 0 mV at a spacing of 100 µm",
    mistakes={
        "the sign: where current leaves cells the potential has a maximum": np.array([-60.0]),
        "this is in nA/µm³: multiply by a million": np.array([6e-5]),
        "this is in µA/mm³ times 1000: 1 nA is 0.001 µA": np.array([6e4]),
        "divide by the square of the spacing": np.array([6e3]),
    },
)
### BEGIN HIDDEN TESTS
for _per_period, _h, _sigma in [(10, 50.0, 0.3), (6, 120.0, 0.45)]:
    _k = 2 * np.pi / (_per_period * _h)
    _z = np.arange(17) * _h
    _wave = np.cos(_k * _z + 0.4)
    _right = 1e6 * _sigma * _k**2 * _wave[1:-1] * (2 - 2 * np.cos(_k * _h)) / (_k * _h) ** 2  # known for a wave
    for _phi, _C in [(_wave, _right), (np.outer(_wave, [1.0, -0.5, 2.0]), np.outer(_right, [1.0, -0.5, 2.0]))]:
        _result = source_density(_phi, _h, _sigma)
        checks.shape(_result, _C.shape, what="the estimate for a wave (two contacts fewer, first axis)")
        checks.close(
            _result,
            _C,
            rtol=1e-6,
            atol=1e-7 * np.abs(_C).max(),
            unit="µA/mm3",
            what="the estimate for a wave",
            mistakes={
                "the sign: where current leaves cells the potential has a maximum": -_C,
                "this is in nA/µm³: multiply by a million": _C * 1e-6,
                "divide by the square of the spacing": _C * _h,
                "sigma is missing, or taken from SIGMA": _C / _sigma * SIGMA,
                "neighbours are one contact apart: np.gradient twice takes a step of two": -1e6
                * _sigma
                * np.gradient(np.gradient(_phi, _h, axis=0), _h, axis=0)[1:-1],
            },
        )
### END HIDDEN TESTS

# %% [markdown]
# Now a source that you know. In a column of radius $a$ the density depends on the depth alone: a sink at 300 µm, a source at 600 µm. On the axis of the column the potential of such discs is known (Nicholson and Freeman 1975,
# [doi:10.1152/jn.1975.38.2.356](https://doi.org/10.1152/jn.1975.38.2.356)):
#
# $$\phi(z) = \frac{1}{2\sigma}\int C(z')\left(\sqrt{(z-z')^2 + a^2} - |z - z'|\right)\mathrm dz' .$$


# %%
def known_source(z_um):
    """A sink at 300 µm and a source at 600 µm in µA/mm³, each 60 µm wide (standard deviation)."""
    return np.exp(-(((z_um - 600) / 60) ** 2) / 2) - np.exp(-(((z_um - 300) / 60) ** 2) / 2)


def column_potential(z_um, radius_um, sigma):
    """Potential in mV on the axis of a column of known_source."""
    fine = np.arange(0, 900.5, 1.0)
    distance = np.abs(np.subtract.outer(z_um, fine))
    return (np.sqrt(distance**2 + radius_um**2) - distance) @ known_source(fine) * 1e-6 / (2 * sigma)


contacts_um = np.arange(0.0, 901.0, 50.0)
estimates = {radius: source_density(column_potential(contacts_um, radius, SIGMA), 50.0, SIGMA) for radius in (2000.0, 300.0, 100.0)}
fig, ax = plt.subplots(layout="constrained")
ax.plot(np.arange(901.0), known_source(np.arange(901.0)), color="C5", label="true")
for (radius, estimate), style in zip(estimates.items(), ("o", "s--", "^:")):
    ax.plot(contacts_um[1:-1], estimate, style, color="C1", label=f"radius {radius / 1e3:.1f} mm")
ax.set(xlabel="depth (µm)", ylabel="current source density (µA/mm³)")
ax.legend()
plt.show()
for radius, estimate in estimates.items():
    print(f"radius {radius:5.0f} µm: {estimate.max():.3f} at the source")
wave = np.cos(2 * np.pi * np.arange(11) / 10)
share = source_density(wave, 1.0, SIGMA)[4] / (1e6 * SIGMA * (2 * np.pi / 10) ** 2 * wave[5])
look_back("error of the estimate with 10 contacts a period (%)", round(100 * (share - 1), 1))

# %% tags=["guard"]
fig.savefig("figures/csd.png", dpi=70)
assert np.allclose([_e.max() for _e in estimates.values()], [0.945, 0.803, 0.438], atol=0.003)
assert abs(share - 0.967531) < 1e-6
_fine = np.arange(-300, 1301.0)
_weights = np.maximum(0, 50 - np.abs(np.subtract.outer(contacts_um[1:-1], _fine))) / 50**2
assert np.abs(estimates[2000.0] - _weights @ known_source(_fine)).max() < 0.02  # the wide column: a mean over neighbours

# %% [markdown]
# With 10 contacts a period the estimate is 3 % too small. For the column of 2 mm radius it is 5 % too small at its peak, for the same reason: it takes a mean over the neighbours of each contact, and these layers are about as thin as the contacts are apart. The other columns are a different matter. For 100 µm radius,
# less than half of the source is found, and finer contacts would not help: the potential falls off sideways, and the method was told that it does not. An estimate of a density is as good as its assumption about what lies beside the electrode.

# %% [markdown]
# ## What you have done, and where to go next
#
# 1. **Line or point**: it matters closer than about the length of the segment. At three lengths they agree within 0.5 %.
# 2. **A spike** is heard here to 63 µm, from 300 to 3000 Hz. More band above adds noise, with its root; more band below adds spike, if the spike is slow.
# 3. **The LFP** of a cell far away depends on the arrangement of its dendrites *and* on the input: none for an interneuron that is driven at its soma, much for either cell that is driven at an end.
# 4. **A dipole** is wrong by $\lambda/r$, and by a multiple of $1/r^2$ if it lies at the right place. For a cell of 1 mm that means centimetres.
# 5. **A source density** estimate takes for granted that nothing changes sideways. In a column of 100 µm radius it loses more than half.
#
# **Where to go next.** `11_nest_neurons` leaves space behind. To read on: Einevoll et al. (2013, [doi:10.1038/nrn3599](https://doi.org/10.1038/nrn3599)) on the LFP, Næss et al. (2017, [doi:10.3389/fnhum.2017.00490](https://doi.org/10.3389/fnhum.2017.00490)) on dipoles in a head, and the documentation of LFPy and LFPykit.
