# %% [markdown]
# # Detailed cell models and where to find them
#
# To trace one neuron under the microscope takes days; to fit its channels takes months. You need not do either: more than a hundred thousand traced neurons and well over a thousand published models wait in open databases. But a file that loads is not yet a model that is right. A soma can vanish on import, a radius can pass for a diameter, and no program complains. This page takes you from a text file with seven numbers a line to a pyramidal cell with dendrites, and to the databases where the others are.
#
# **What you will do**
#
# - read and draw a morphology file with your own ten lines, and let NEURON read it
# - find out what NEURON makes of five different somata
# - load a reconstructed pyramidal cell, measure it, and send a signal through it, in NEURON and in LFPy
# - question four databases from Python, without a network first
#
# **What you will learn**
#
# - What does a detailed cell model consist of, and which part of it is in which database?
# - What is in an SWC file, and what do people misread in it?
# - What does NEURON's Import3d do with a soma?
# - How do you check a morphology before you trust it?
# - How do you ask a database from a program, so that a missing network or a changed server cannot fool you?
#
# **What you will need**: sections, segments and mechanisms (lecture 05); length constant and input resistance (lecture 04).
#
# **Time**: 75 minutes. The page runs in about ten seconds. It needs no network; the last part uses one if you wish.

# %% tags=["setup"]
import hashlib
import http.client
import io
import json
import os
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import LineCollection

os.environ["NEURON_MODULE_OPTIONS"] = "-nogui"  # NEURON need not look for a screen
import LFPy
from neuron import h

plt.style.use("course.mplstyle")
h.load_file("stdrun.hoc")
h.load_file("import3d.hoc")
folder = Path(tempfile.mkdtemp(prefix="cell_models_"))  # our files go there, not into the course's folder

# %% [markdown]
# ## 1. What makes a detailed model, and who keeps it
#
# A detailed model of a cell has four parts: a **morphology** (where is the membrane?), **passive properties** ($R_m$, $R_a$, $C_m$), **channels** with their densities, and **synapses**. To these comes a fifth, which is in no file format: where it comes from. Which species, which age, which temperature, how stained, how much shrunk?
#
# | database | holds | how to ask it |
# |---|---|---|
# | [NeuroMorpho.org](https://neuromorpho.org) (Ascoli et al. 2007, [doi:10.1523/JNEUROSCI.2055-07.2007](https://doi.org/10.1523/JNEUROSCI.2055-07.2007)) | morphologies from hundreds of laboratories, brought to one format, with species, region and cell type; no channels | JSON by URL, files in SWC |
# | [ModelDB](https://modeldb.science) (McDougal et al. 2017, [doi:10.1007/s10827-016-0623-7](https://doi.org/10.1007/s10827-016-0623-7)) | the program code of published models, in any simulator's language, as the authors left it | JSON by URL, code as zip or from GitHub |
# | [Allen Cell Types](https://celltypes.brain-map.org) (Gouwens et al. 2018, [doi:10.1038/s41467-017-02718-3](https://doi.org/10.1038/s41467-017-02718-3)) | neurons of mouse and human: recordings, many with a morphology, some with a fitted model | JSON by URL (a query language called RMA), files in SWC and NWB |
# | Neocortical Microcircuit Collaboration portal (Ramaswamy et al. 2015, [doi:10.3389/fncir.2015.00044](https://doi.org/10.3389/fncir.2015.00044)) | the models of one piece of rat cortex, ready to run in NEURON | one zip a model. The project behind it has ended: the portal may be gone |
#
# Data have terms of use: look for the licence of what you load, and cite the people who traced the cell, not only the database.

# %% [markdown]
# ## 2. Seven numbers a line
#
# Nearly all morphologies travel as **SWC** (Cannon et al. 1998, [doi:10.1016/S0165-0270(98)00091-0](https://doi.org/10.1016/S0165-0270%2898%2900091-0)): text, one point a line.
#
# | column | meaning |
# |---|---|
# | 1 | number of the point |
# | 2 | type: 1 soma, 2 axon, 3 basal dendrite, 4 apical dendrite |
# | 3-5 | position $x, y, z$ in µm |
# | 6 | **radius** in µm |
# | 7 | number of the point that it hangs on (its parent); −1 for the first |
#
# Here is a pyramidal cell that we made up, of nine points.

# %%
SMALL_CELL = """\
# a made-up pyramidal cell
1 1    0    0  0  10   -1
2 4    0   10  0  1.5   1
3 4    0  310  0  1.0   2
4 4  -80  410  0  0.5   3
5 4   80  410  0  0.5   3
6 3    8   -6  0  0.8   1
7 3   88  -66  0  0.4   6
8 3   -8   -6  0  0.8   1
9 3  -88  -66  0  0.4   8
"""


# %%
def read_swc(text):
    """Points of an SWC file.

    Returns
    -------
    dict
        "number", "type", "parent": integer arrays of shape (n,); "xyz": shape (n, 3), and "radius": shape (n,), in µm.

    Raises
    ------
    ValueError
        If a line has not seven numbers, or a parent does not come before its child.
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if not lines or any(len(line.split()) != 7 for line in lines):
        raise ValueError("an SWC file has seven numbers a line")
    columns = np.array([[float(word) for word in line.split()] for line in lines])
    number, parent = columns[:, 0].astype(int), columns[:, 6].astype(int)
    for k, up in enumerate(parent):
        if up != -1 and up not in number[:k]:
            raise ValueError(f"point {number[k]} hangs on {up}, which does not come before it")
    return {
        "number": number,
        "type": columns[:, 1].astype(int),
        "xyz": columns[:, 2:5],
        "radius": columns[:, 5],
        "parent": parent,
    }


# %% [markdown]
# Two neighbouring points make a truncated cone. With radii $r_1, r_2$ and distance $\ell$, its side has the area
#
# $$ A = \pi\,(r_1 + r_2)\sqrt{\ell^2 + (r_1 - r_2)^2}. \tag{1} $$
#
# **Predict:** take the radius for a diameter, and by which factor does the input resistance of a cell go wrong, if the potential is the same everywhere in it?


# %%
def dendritic_length_and_area(swc):
    """Length (µm) and area (µm²) of all cones outside the soma: those that join two points of one neurite."""
    place = {number: k for k, number in enumerate(swc["number"])}
    length = area = 0.0
    for k, up in enumerate(swc["parent"]):
        if up == -1 or swc["type"][k] == 1 or swc["type"][place[up]] == 1:
            continue
        step = np.linalg.norm(swc["xyz"][k] - swc["xyz"][place[up]])
        r1, r2 = swc["radius"][k], swc["radius"][place[up]]
        length, area = length + step, area + np.pi * (r1 + r2) * np.hypot(step, r1 - r2)
    return length, area


small = read_swc(SMALL_CELL)
length, area = dendritic_length_and_area(small)
wrong = dendritic_length_and_area(dict(small, radius=small["radius"] / 2))[1]
print(
    f"{length:.1f} µm of dendrite, {area:.0f} µm²; with diameters for radii {wrong:.0f} µm²: {area / wrong:.2f} times less"
)

# %% [markdown]
# Half the area, twice the input resistance: $R_\text{in} = R_m/A$. No program notices. Some files carry other units, too: those from electron microscopes often count in nanometres or in pixels. A dendrite of 300 000 "µm" is 300 µm long.

# %% tags=["guard"]
# By hand: 300 + 2 sqrt(80² + 100²) + 2 · 100 µm
assert abs(length - (500 + 2 * np.hypot(80, 100))) < 1e-9 and abs(area / wrong - 2) < 0.01
for _bad in ("1 1 0 0 0 10\n", "1 1 0 0 0 5 -1\n2 3 0 9 0 1 7\n", "", "# nothing\n", "<html> not found </html>"):
    try:
        read_swc(_bad)
        raise SystemExit(f"accepted {_bad!r}")
    except ValueError:
        pass

# %% [markdown]
# ## 3. What NEURON makes of a soma
#
# NEURON reads such files with its tool **Import3d**. It turns unbranched runs of points into sections, named `soma[0]`, `dend[0]`, `apic[0]`, `axon[0]` and so on. We give it a text and get a namespace of lists.


# %%
def fresh():
    """Delete every section, so that no leftover changes the next cell."""
    for section in list(h.allsec()):
        h.delete_section(sec=section)


class ImportedCell:
    """A cell that Import3d makes from an SWC text; its sections are lists called soma, dend, apic, axon."""

    def __init__(self, text):
        path = folder / "imported.swc"
        path.write_text(text)
        reader = h.Import3d_SWC_read()
        reader.input(str(path))
        h.Import3d_GUI(reader, 0).instantiate(self)

    def __repr__(self):
        return "cell"  # NEURON puts it in front of the sections' names

    def sections(self):
        """All sections of this cell, soma first."""
        return [section for kind in ("soma", "axon", "dend", "apic") for section in getattr(self, kind, [])]


fresh()
cell = ImportedCell(SMALL_CELL)
for section in cell.sections():
    up = section.parentseg()
    print(f"{section.name():13} L {section.L:6.1f} µm, {section.nseg} segment, hangs on {up if up else 'nothing'}")

# %% [markdown]
# One point for the soma, and NEURON has made a cylinder of it, as long as wide: 20 µm. The side of that cylinder, $\pi d L$, equals the surface of the sphere, $4\pi r^2$, and the dendrites hang on its middle. Note also that each section has **one** segment: setting `nseg` is up to you.

# %% tags=["guard"]
_area = sum(segment.area() for segment in cell.soma[0])
assert abs(cell.soma[0].L - 20) < 1e-6 and abs(cell.soma[0].diam - 20) < 1e-6 and abs(_area - 4 * np.pi * 100) < 1e-3
assert [section.nseg for section in cell.sections()] == [1] * 6
assert all(section.parentseg().x == 0.5 for section in (cell.dend[0], cell.dend[1], cell.apic[0]))
_dendrites = cell.dend + cell.apic
assert abs(sum(section.L for section in _dendrites) - length) < 1e-3  # NEURON against our own ten lines
for section in _dendrites:
    section.nseg = 1
assert abs(sum(segment.area() for section in _dendrites for segment in section) / area - 1) < 1e-6

# %% [markdown]
# A soma is traced in several fashions, and each has its rule. One dendrite of 100 µm hangs on each of the next four. **Predict** for each: is there a soma, how large is it, and where does the dendrite hang?
#
# 1. *three points*: the centre and two points one radius below and above it, NeuroMorpho's way of writing a sphere
# 2. *two points*: two ends, 30 µm apart
# 3. *no soma*: a dendrite alone
# 4. *a gap*: a soma of one point with radius 10 µm, and a dendrite whose first point lies 30 µm from its centre

# %% tags=["scratch"]
my_guess = {"three points": None, "two points": None, "no soma": None, "a gap": None}

# %%
SOMATA = {
    "three points": "1 1 0 0 0 10 -1\n2 1 0 -10 0 10 1\n3 1 0 10 0 10 1\n4 3 10 0 0 1 1\n5 3 110 0 0 1 4\n",
    "two points": "1 1 0 0 0 10 -1\n2 1 30 0 0 10 1\n3 3 30 0 0 1 2\n4 3 130 0 0 1 3\n",
    "no soma": "1 3 0 0 0 1 -1\n2 3 100 0 0 1 1\n",
    "a gap": "1 1 0 0 0 10 -1\n2 3 30 0 0 1 1\n3 3 130 0 0 1 2\n",
}
for name, text in SOMATA.items():
    fresh()
    cell = ImportedCell(text)
    somata = getattr(cell, "soma", [])
    soma = f"L {somata[0].L:.0f}, diam {somata[0].diam:.0f} µm" if len(somata) else "none"
    up = cell.dend[0].parentseg()
    print(f"{name:13} soma: {soma:22} dendrite: L {cell.dend[0].L:.0f} µm, hangs on {up if up else 'nothing'}")

# %% [markdown]
# - *Three points* are recognised: again a cylinder with the sphere's area, not three cones.
# - *Two points* are taken as they are: a cylinder from one to the other, and the dendrite hangs on its end.
# - *No soma*: the cell consists of dendrites alone. Code that says `cell.soma[0]` fails, which is good. LFPy takes the cell's first segment for its soma and goes on: what you record "at the soma" comes from a dendrite.
# - *A gap* is closed by a wire without resistance or membrane: the dendrite keeps its 100 µm, and the 20 µm between its first point and the soma's surface count for nothing.
#
# The rules have changed over the years (NEURON before 8.0 handled somata differently), and files that trace a soma as a contour are treated in yet another way. So look at what came in, every time.

# %% tags=["guard"]
_made = {}
for name, text in SOMATA.items():
    fresh()
    cell = ImportedCell(text)
    _somata = [(round(s.L, 4), round(s.diam, 4)) for s in getattr(cell, "soma", [])]
    _up = cell.dend[0].parentseg()
    _made[name] = (_somata, round(cell.dend[0].L, 4), _up.x if _up else None)
assert _made["three points"][:2] == ([(20, 20)], 100), _made
assert _made["two points"] == ([(30, 20)], 100, 1), _made
assert _made["no soma"] == ([], 100, None), _made
assert _made["a gap"] == ([(20, 20)], 100, 0.5), _made
(folder / "soma_less.swc").write_text(SOMATA["no soma"])
_lfpy = LFPy.Cell(morphology=str(folder / "soma_less.swc"), passive=False, verbose=False)
assert list(_lfpy.somaidx) == [0] and _lfpy.allsecnames == ["dend[0]"]
_lfpy.strip_hoc_objects()
del _lfpy

# %% [markdown]
# ## 4. A pyramidal cell that you already have
#
# NEURON's installation contains a demonstration, and in it lies a reconstructed pyramidal cell, `pyramid.nrn`: a HOC file with 2000 points. `h.neuronhome()` says where NEURON's own files are. All versions that this course supports have it (8.2 and 9; we looked into their packages). Should yours lack it, the cell below says so and takes our made-up cell of nine points in its place: the page runs on, with other numbers.


# %%
def load_pyramid():
    """Sections of NEURON's reconstructed pyramidal cell, soma first, and whether it was found."""
    fresh()
    path = Path(h.neuronhome()) / "demo" / "pyramid.nrn"
    if not path.exists():
        print(f"This NEURON comes without {path.name}: a made-up cell takes its place.")
        made_up = ImportedCell(SMALL_CELL)
        return SimpleNamespace(sections=made_up.sections(), found=False, keep=made_up)
    h.xopen(str(path))  # as load_file, but reads the file each time
    return SimpleNamespace(sections=list(h.allsec()), found=True, keep=None)


pyramid = load_pyramid()
print(len(pyramid.sections), "sections, the first is", pyramid.sections[0].name())

# %% [markdown]
# First look at it. Equal scales on both axes, a scale bar, the apical dendrite upwards.


# %%
def pieces(sections):
    """Straight pieces of a morphology: their ends (n, 2, 2) in the x-y plane, diameters (n,) in µm, and segments."""
    ends, diameters, segments = [], [], []
    for section in sections:
        points = [(section.x3d(k), section.y3d(k)) for k in range(section.n3d())]
        for k in range(1, section.n3d()):
            ends.append([points[k - 1], points[k]])
            diameters.append((section.diam3d(k - 1) + section.diam3d(k)) / 2)
            middle = (section.arc3d(k - 1) + section.arc3d(k)) / 2 / section.L
            segments.append(section(min(middle, 0.999)))
    return np.array(ends), np.array(diameters), segments


def draw(ax, ends, diameters, **colours):
    """Draw the pieces, with a scale bar of 100 µm."""
    lines = LineCollection(ends, linewidths=np.clip(0.6 * diameters, 0.6, 8), capstyle="round", **colours)
    ax.add_collection(lines)
    low, high = ends.min(axis=(0, 1)) - 30, ends.max(axis=(0, 1)) + 30
    ax.plot([low[0] + 10, low[0] + 110], [low[1] + 10] * 2, color="black", linewidth=3)
    ax.text(low[0] + 60, low[1] + 18, "100 µm", ha="center", va="bottom")
    ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), aspect="equal")
    ax.axis("off")
    return lines


fig, ax = plt.subplots(figsize=(3.5, 5), layout="constrained")
ends, diameters, _segments = pieces(pyramid.sections)
draw(ax, ends, diameters, colors="C0")
plt.show()

# %% [markdown]
# Then measure it. `h.distance` gives path lengths along the dendrites.


# %%
def measure(sections):
    """A morphology in numbers: sections, points, tips; length and reach in µm, area in µm²."""
    h.distance(0, sections[0](0.5))
    return {
        "sections": len(sections),
        "points": sum(section.n3d() for section in sections),
        "tips": sum(not section.children() for section in sections),
        "length": sum(section.L for section in sections),
        "area": sum(segment.area() for section in sections for segment in section),
        "reach": max(h.distance(section(1)) for section in sections),
    }


for name, value in measure(pyramid.sections).items():
    print(f"{name:9} {value:8.0f}")
soma = pyramid.sections[0]
print(f"soma: {soma.L:.1f} µm long, {soma.diam:.1f} µm wide; {soma.n3d()} points")

# %% [markdown]
# Believe such numbers when a second source agrees. Here is one: the file itself begins with what the tracing program counted.

# %%
path = Path(h.neuronhome()) / "demo" / "pyramid.nrn"
head = path.read_text(errors="replace").splitlines()[4:11] if path.exists() else []
print("\n".join(head))

# %% [markdown]
# NEURON's 5350 µm without the soma against 5349.55 µm; 79 sections, soma included, against 79 "segments" in the last line. Dendrites and soma together should have 27 653 + 2580 = 30 233 µm²; NEURON finds 3 % more. By which rule the tracing program got its areas we do not know: write the rule beside a number, or the next person cannot use it. With length and area known, you can check any program that loads the file.

# %% tags=["guard"]
_seen = measure(pyramid.sections)
assert pyramid.found and (_seen["sections"], _seen["points"]) == (79, 2116)
assert "5349.55 um in length, 27653 um2" in "\n".join(head) and "area = 2580.25" in "\n".join(head)
assert abs(_seen["length"] - soma.L - 5349.55) < 1 and "translated to 79 segments" in path.read_text(errors="replace")
assert 0.02 < _seen["area"] / (27653 + 2580.25) - 1 < 0.04
assert abs(_seen["area"] - 31159) < 40
# Without the file: the made-up cell, and a word about it.
_home, h_real = h.neuronhome, h


class _Without:
    def __getattr__(self, name):
        return (lambda: str(folder)) if name == "neuronhome" else getattr(h_real, name)


h = _Without()
_other = load_pyramid()
assert not _other.found and len(_other.sections) == 6 and abs(measure(_other.sections)["length"] - length - 20) < 1e-3
del _other
h = h_real
pyramid = load_pyramid()
soma = pyramid.sections[0]

# %% [markdown]
# ## 5. A signal in the tree
#
# A morphology is not yet a model: it needs a membrane and enough segments. The d_lambda rule (lecture 05) makes no segment longer than a tenth of the length constant at 100 Hz.

# %%
PASSIVE = dict(Rm_ohm_cm2=20e3, Ra_ohm_cm=150.0, cm_uF_cm2=1.0, e_mV=-65.0)  # round values, as in lecture 04


def make_passive(sections, Rm_ohm_cm2, Ra_ohm_cm, cm_uF_cm2, e_mV):
    """Give every section a leak and as many segments as the d_lambda rule asks for."""
    for section in sections:
        section.Ra, section.cm = Ra_ohm_cm, cm_uF_cm2
        section.nseg = 1 + 2 * int((section.L / (0.1 * h.lambda_f(100, sec=section)) + 0.9) / 2)
        section.insert("pas")
        section.g_pas, section.e_pas = 1 / Rm_ohm_cm2, e_mV


def input_resistance(segment):
    """Steady input resistance at a place, in MΩ."""
    h.finitialize(PASSIVE["e_mV"])
    impedance = h.Impedance()
    impedance.loc(segment)
    impedance.compute(0)
    return impedance.input(segment)


make_passive(pyramid.sections, **PASSIVE)
n_segments = sum(section.nseg for section in pyramid.sections)
R_soma = input_resistance(soma(0.5))
total_cm2 = 1e-8 * measure(pyramid.sections)["area"]
R_uniform = 1e-6 * PASSIVE["Rm_ohm_cm2"] / total_cm2
print(
    f"{n_segments} segments; input resistance at the soma {R_soma:.1f} MΩ; if all were one potential {R_uniform:.1f} MΩ"
)

# %% [markdown]
# The second number is the lower limit, $R_m/A$, for a cell whose cytoplasm conducts perfectly. The difference is what the tree's own resistance keeps away from the soma.

# %% tags=["guard"]
assert R_soma > R_uniform
make_passive(pyramid.sections, **dict(PASSIVE, Ra_ohm_cm=1e-3))  # cytoplasm that conducts: the limit by formula
assert abs(input_resistance(soma(0.5)) / R_uniform - 1) < 1e-3
make_passive(pyramid.sections, **PASSIVE)
for section in pyramid.sections:  # three times as many segments change nothing that matters
    section.nseg *= 3
assert abs(input_resistance(soma(0.5)) / R_soma - 1) < 5e-3
make_passive(pyramid.sections, **PASSIVE)

# %% [markdown]
# How much of a steady signal arrives elsewhere? The *transfer resistance* between two places, divided by the input resistance where the current enters, is the attenuation. **Predict:** inject at the soma, and read at the most distant tip; or inject at the tip, and read at the soma. In which direction does more arrive? Then move the sliders. (Where `ipywidgets` is missing you see one picture; call `explore` with your own values.)


# %%
def attenuation(source, segments):
    """Share of the source's steady depolarisation that each segment gets."""
    h.finitialize(PASSIVE["e_mV"])
    impedance = h.Impedance()
    impedance.loc(source)
    impedance.compute(0)
    return np.array([impedance.transfer(segment) for segment in segments]) / impedance.input(source)


def soma_and_tip(sections):
    """The middle of the soma, and the tip that is most distant from it along the dendrites."""
    h.distance(0, sections[0](0.5))
    return sections[0](0.5), max(sections, key=lambda section: h.distance(section(1)))(0.999)


def explore(Rm_kohm_cm2=20.0, at_tip=False):
    """The cell, coloured by how much of a steady depolarisation arrives; from the soma or from the most distant tip."""
    tree = load_pyramid()  # anew, whatever ran before
    make_passive(tree.sections, **dict(PASSIVE, Rm_ohm_cm2=1e3 * Rm_kohm_cm2))
    source, target = soma_and_tip(tree.sections)[:: -1 if at_tip else 1]
    ends, diameters, segments = pieces(tree.sections)
    fig, ax = plt.subplots(figsize=(4.2, 5), layout="constrained")
    lines = draw(ax, ends, diameters, array=attenuation(source, segments), cmap="viridis")
    lines.set_clim(0, 1)
    fig.colorbar(lines, label="share of the depolarisation (no unit)")
    there = attenuation(source, [target])[0]
    ax.set_title(f"from the {'tip to the soma' if at_tip else 'soma to the tip'}: {there:.2f}")
    plt.show()


try:
    from ipywidgets import Checkbox, FloatSlider, interact

    interact(
        explore,
        Rm_kohm_cm2=FloatSlider(20, min=2, max=50, step=2, description="Rm (kΩ cm²)", continuous_update=False),
        at_tip=Checkbox(False, description="inject at the tip"),
    )
except ImportError:  # no sliders in this kernel: one picture
    explore()

# %% tags=["scratch"]
explore(Rm_kohm_cm2=20.0, at_tip=True)

# %% [markdown]
# From the soma half of it arrives at the tip, from the tip an eighth at the soma: a thin tip is a place of high resistance, where little current makes much voltage, and the soma with all its other dendrites is a large sink. Rall explained this before anybody could record from a dendrite. Yet the *current* is fair: the transfer resistance is the same in both directions.

# %% tags=["guard"]
import sys

pyramid = load_pyramid()
make_passive(pyramid.sections, **PASSIVE)
_soma, _tip = soma_and_tip(pyramid.sections)
_out, _in = attenuation(_soma, [_tip])[0], attenuation(_tip, [_soma])[0]
assert abs(_out - 0.5) < 0.02 and abs(_in - 0.125) < 0.015, (_out, _in)
_there, _back = _out * input_resistance(_soma), _in * input_resistance(_tip)
assert abs(_there / _back - 1) < 1e-9  # reciprocity
_all = attenuation(_soma, pieces(pyramid.sections)[2])
assert (_all > 0).all() and (_all < 1 + 1e-9).all()
# Without ipywidgets the cell draws one picture and goes on.
_cell = [source_ for source_ in In if "def explore" in source_ and source_.startswith("def attenuation")][-1]  # noqa: F821
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
# ## 6. The same cell in LFPy
#
# LFPy (lecture 09) wraps NEURON, and computes the potential *outside* cells. It takes the format from the end of the file's name and does not know `.nrn`, so the file gets a second name. `LFPy.Cell` loads it, sets the membrane and counts segments by the same rule. Beware: it also **deletes all sections that exist**.

# %%
if pyramid.found:
    morphology = folder / "pyramid.hoc"
    morphology.write_bytes(path.read_bytes())
else:
    morphology = folder / "made_up.swc"
    morphology.write_text(SMALL_CELL)
lfpy_cell = LFPy.Cell(
    morphology=str(morphology),
    passive=True,
    passive_parameters={"g_pas": 1 / PASSIVE["Rm_ohm_cm2"], "e_pas": PASSIVE["e_mV"]},
    Ra=PASSIVE["Ra_ohm_cm"],
    cm=PASSIVE["cm_uF_cm2"],
    v_init=PASSIVE["e_mV"],
    nsegs_method="lambda_f",
    lambda_f=100,
)
R_lfpy = input_resistance(next(iter(lfpy_cell.allseclist))(0.5))
print(f"LFPy: {lfpy_cell.totnsegs} segments, {lfpy_cell.area.sum():.0f} µm², input resistance {R_lfpy:.1f} MΩ")

# %% tags=["guard"]
assert lfpy_cell.totnsegs == n_segments and len(lfpy_cell.somaidx) >= 1
assert abs(1e-8 * lfpy_cell.area.sum() / total_cm2 - 1) < 1e-3 and abs(R_lfpy / R_soma - 1) < 1e-6

# %% [markdown]
# As many segments, the same resistance. Two doors, one cell. `cell.strip_hoc_objects()` lets NEURON forget it.

# %%
lfpy_cell.strip_hoc_objects()
del lfpy_cell
fresh()

# %% [markdown]
# ## 7. Asking a database
#
# A database answers to a URL, with JSON or with a file. Python's own `urllib` is enough. But a network is not a file: it may be missing, slow, or answer with a page that says "sorry" under the status 200. A loader therefore
#
# - gives up after a **time limit**;
# - keeps what it got in a **cache**, so that a second run asks nobody, works offline and gives the same result;
# - looks at the answer **before** it keeps it;
# - says in words what went wrong and what you can do;
# - asks through an **opener** that can be replaced, so that it can be tested without a network.


# %%
class NoAnswer(Exception):
    """A database gave no usable answer; the message says what to do."""


def download(url, opener=None, timeout_s=20.0):
    """Bytes behind a URL; NoAnswer if there are none, or a web page in place of data."""
    site = urllib.parse.urlsplit(url).hostname
    request = urllib.request.Request(url, headers={"User-Agent": "computational-neuroscience-course"})
    try:
        with (opener or urllib.request.build_opener()).open(request, timeout=timeout_s) as answer:
            content = answer.read()
    except urllib.error.HTTPError as error:
        words = "does not know this address" if error.code == 404 else "refuses or is in trouble: try again later"
        raise NoAnswer(f"{site} {words} (status {error.code}): {url}") from None
    except (OSError, http.client.HTTPException) as error:  # no network, no such host, time is up, cut off
        reason = getattr(error, "reason", None) or error or type(error).__name__
        raise NoAnswer(f"{site} cannot be reached ({reason}). Are you online? Try {url} in a browser.") from None
    if content.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html")):
        raise NoAnswer(f"{site} sent a web page in place of data. Does what you asked for exist? {url}")
    return content


# %%
CACHE = Path.home() / ".cache" / "cell_models"


def fetch(url, decode, opener=None, cache=CACHE, timeout_s=20.0):
    """What lies behind a URL: from the cache, or else from the network.

    Parameters
    ----------
    url : str
        The address.
    decode : callable
        Takes the bytes and returns the value; raises ValueError if they are not what they should be.
    opener : object, optional
        Has `open(request, timeout)`; by default that of `urllib.request`.
    cache : path
        Where answers are kept.
    timeout_s : float
        How many seconds without a sign of life we wait.

    Raises
    ------
    NoAnswer
        There is no network, no such address, or no usable answer. Nothing is kept then.
    """
    kept = Path(cache) / hashlib.sha256(url.encode()).hexdigest()[:32]
    known = kept.exists()
    content = kept.read_bytes() if known else download(url, opener, timeout_s)
    try:
        value = decode(content)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        source = f"the kept file {kept}" if known else "the answer"
        raise NoAnswer(f"{source} to {url} is not as expected ({error!r}). Has the interface changed?") from None
    if not known:
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")  # first complete, then in place: a stopped run leaves no half
        part.write_bytes(content)
        part.replace(kept)
    return value


# %% [markdown]
# **NeuroMorpho.org** answers a query with pages of records; the file's address follows from archive and name.

# %%
NEUROMORPHO = "https://neuromorpho.org"


def swc_text(content):
    """Text of an SWC file, checked."""
    text = content.decode("utf-8", errors="replace")
    read_swc(text)
    return text


def neuromorpho_find(species, region, size=5, **how):
    """How many neurons NeuroMorpho.org has of a species and region, and the records of the first `size`."""
    query = {"q": f"species:{species}", "fq": f"brain_region:{region}", "page": 0, "size": size}

    def decode(content):
        found = json.loads(content)
        total = found["page"]["totalElements"]
        records = found["_embedded"]["neuronResources"] if total else []
        return total, [{key: record[key] for key in ("neuron_name", "archive", "cell_type")} for record in records]

    return fetch(f"{NEUROMORPHO}/api/neuron/select?{urllib.parse.urlencode(query)}", decode, **how)


def neuromorpho_swc(archive, neuron_name, **how):
    """SWC text of a neuron at NeuroMorpho.org, in the standardised version."""
    place = f"{urllib.parse.quote(archive.lower())}/CNG%20version/{urllib.parse.quote(neuron_name)}.CNG.swc"
    return fetch(f"{NEUROMORPHO}/dableFiles/{place}", swc_text, **how)


# %% [markdown]
# **ModelDB** lists numbers; each model has a record, and its code is a zip. The **NMC portal** had zips alone, so it shares the last function.

# %%
MODELDB = "https://modeldb.science"
NMC = "https://bbp.epfl.ch/nmc-portal/assets/documents/static/downloads-zip"


def zip_files(content):
    """Files in a zip: a dict from name to bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    except zipfile.BadZipFile as error:
        raise ValueError(str(error)) from None


def modeldb_models(simulator="NEURON", **how):
    """Numbers of the models in ModelDB that are written for a simulator."""
    query = urllib.parse.urlencode({"modeling_application": simulator})
    return fetch(f"{MODELDB}/api/v1/models?{query}", lambda content: [int(n) for n in json.loads(content)], **how)


def modeldb_model(number, **how):
    """Number and name of a model in ModelDB."""

    def decode(content):
        record = json.loads(content)
        return {key: record[key] for key in ("id", "name")}

    return fetch(f"{MODELDB}/api/v1/models/{int(number)}", decode, **how)


def modeldb_files(number, **how):
    """Files of a model in ModelDB: a dict from name to bytes."""
    return fetch(f"{MODELDB}/eavBinDown?o={int(number)}", zip_files, **how)


def nmc_files(name, **how):
    """Files of a model of the NMC portal, such as "L5_TTPC2_cADpyr232_1": a dict from name to bytes."""
    return fetch(f"{NMC}/{urllib.parse.quote(name)}.zip", zip_files, **how)


# %% [markdown]
# The **Allen Institute**'s query language, RMA, names a model (here: a kind of record), criteria, and what to include. A morphology takes two questions: where is the file, and then the file.

# %%
ALLEN = "http://api.brain-map.org"


def allen_url(query):
    """Address of an RMA query."""
    return f"{ALLEN}/api/v2/data/query.json?q={urllib.parse.quote(query, safe=':,$[]()')}"


def allen_cells(n=5, **how):
    """Specimen numbers of the first n cells in the Allen Cell Types database."""

    def decode(content):
        answer = json.loads(content)
        if not answer["success"]:  # RMA says "success": false, with the complaint as message
            raise ValueError(answer["msg"])
        return [row["specimen__id"] for row in answer["msg"]]

    query = f"model::ApiCellTypesSpecimenDetail,rma::options[num_rows$eq{int(n)}]"
    return fetch(allen_url(query), decode, **how)


def allen_swc(specimen, **how):
    """SWC text of a cell in the Allen Cell Types database."""
    kind = "neuron_reconstructions(well_known_files(well_known_file_type[name$eq'3DNeuronReconstruction']))"
    query = (
        f"model::Specimen,rma::criteria,[id$eq{int(specimen)}],neuron_reconstructions(well_known_files),"
        f"rma::include,{kind},rma::options[num_rows$eqall]"
    )

    def link(content):
        answer = json.loads(content)
        if not answer["msg"]:
            raise ValueError(f"no morphology of specimen {specimen}")
        return answer["msg"][0]["neuron_reconstructions"][0]["well_known_files"][0]["download_link"]

    return fetch(ALLEN + fetch(allen_url(query), link, **how), swc_text, **how)


# %% [markdown]
# ### Without a network
#
# `Stored` is an opener that knows a few answers by heart and otherwise behaves like a machine that is offline. We made the answers up; they have the shape of the real ones.


# %%
class Stored:
    """An opener with answers of its own: a dict from URL to bytes, or to an exception that is raised."""

    def __init__(self, answers):
        self.answers, self.asked = answers, []

    def open(self, request, timeout):
        self.asked.append((request.full_url, timeout))
        answer = self.answers.get(request.full_url, urllib.error.URLError("no route to the network"))
        if isinstance(answer, Exception):
            raise answer
        return io.BytesIO(answer)


def zipped(files):
    """Bytes of a zip with these files."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return memory.getvalue()


RECORD = {
    "neuron_id": 1,
    "neuron_name": "made up-1",
    "archive": "Course",
    "species": "mouse",
    "cell_type": ["pyramidal"],
}
FOUND = {
    "_embedded": {"neuronResources": [RECORD]},
    "page": {"size": 5, "totalElements": 1, "totalPages": 1, "number": 0},
}
FILES = [{"download_link": "/api/v2/well_known_file_download/42"}]
SPECIMEN = {"success": True, "num_rows": 1, "msg": [{"id": 7, "neuron_reconstructions": [{"well_known_files": FILES}]}]}
SPECIMEN_URL = allen_url(
    "model::Specimen,rma::criteria,[id$eq7],neuron_reconstructions(well_known_files),rma::include,"
    "neuron_reconstructions(well_known_files(well_known_file_type[name$eq'3DNeuronReconstruction'])),"
    "rma::options[num_rows$eqall]"
)
stored = Stored(
    {
        f"{NEUROMORPHO}/api/neuron/select?q=species%3Amouse&fq=brain_region%3Aneocortex&page=0&size=5": json.dumps(
            FOUND
        ).encode(),
        f"{NEUROMORPHO}/dableFiles/course/CNG%20version/made%20up-1.CNG.swc": SMALL_CELL.encode(),
        f"{MODELDB}/api/v1/models?modeling_application=NEURON": b"[2488, 139653]",
        f"{MODELDB}/api/v1/models/139653": json.dumps(
            {"id": 139653, "name": "A made-up model", "gitrepo": True}
        ).encode(),
        f"{MODELDB}/eavBinDown?o=139653": zipped({"model/mosinit.hoc": "// starts here", "model/kv.mod": "TITLE"}),
        f"{NMC}/L5_TTPC2_cADpyr232_1.zip": zipped({"L5/template.hoc": "begintemplate", "L5/LICENSE": "CC BY-NC-SA"}),
        SPECIMEN_URL: json.dumps(SPECIMEN).encode(),
        f"{ALLEN}/api/v2/well_known_file_download/42": SMALL_CELL.encode(),
        allen_url(
            "model::ApiCellTypesSpecimenDetail,rma::options[num_rows$eq5]"
        ): b'{"success": true, "msg": [{"specimen__id": 7}]}',
    }
)

# %%
offline = dict(opener=stored, cache=folder / "cache")
total, records = neuromorpho_find("mouse", "neocortex", **offline)
print(f"NeuroMorpho.org: {total} neuron, {records[0]}")
text = neuromorpho_swc(records[0]["archive"], records[0]["neuron_name"], **offline)
print(f"                 its file has {len(read_swc(text)['number'])} points")
print("ModelDB:", modeldb_models(**offline), modeldb_model(139653, **offline), list(modeldb_files(139653, **offline)))
print("NMC portal:", list(nmc_files("L5_TTPC2_cADpyr232_1", **offline)))
print("Allen: cells", allen_cells(**offline), "with", len(read_swc(allen_swc(7, **offline))["number"]), "points")
asked = len(stored.asked)
neuromorpho_find("mouse", "neocortex", **offline)
print(f"{asked} questions went out; asking one of them again: {len(stored.asked) - asked} more")

# %% [markdown]
# And when something is wrong? Each of these would be a traceback, or worse, a wrong cell.

# %%
for question in (
    lambda: neuromorpho_find("rat", "hippocampus", **offline),
    lambda: neuromorpho_swc(
        "Course",
        "gone",
        opener=Stored({stored.asked[1][0].replace("made%20up-1", "gone"): b"<html>no"}),
        cache=folder / "cache",
    ),
):
    try:
        question()
    except NoAnswer as error:
        print(error)

# %% tags=["guard"]
import http.server
import threading
import time

assert asked == 9 and all(timeout == 20.0 for _url, timeout in stored.asked)
assert (total, records[0]["neuron_name"], text) == (1, "made up-1", SMALL_CELL)
assert modeldb_files(139653, **offline)["model/kv.mod"] == b"TITLE"
# What comes from a database goes into NEURON as any other file.
fresh()
cell = ImportedCell(allen_swc(7, opener=Stored({}), cache=folder / "cache"))  # offline now: the cache answers
assert len(cell.sections()) == 6
del cell
fresh()


def _words(question, **answers):
    """The complaint about an answer; it must not be kept, so that the next try can do better."""
    cache = Path(tempfile.mkdtemp(dir=str(folder)))
    try:
        question(opener=Stored(answers), cache=cache)
    except NoAnswer as error:
        assert not list(cache.iterdir())
        return str(error)
    raise SystemExit("accepted a bad answer")


_model = f"{MODELDB}/api/v1/models/5"
_error = urllib.error.HTTPError(_model, 404, "Not Found", {}, None)
for _bad, _part in [
    (_error, "does not know this address (status 404)"),
    (urllib.error.HTTPError(_model, 503, "Busy", {}, None), "try again later (status 503)"),
    (TimeoutError("timed out"), "cannot be reached (timed out)"),
    (http.client.RemoteDisconnected("closed"), "cannot be reached (closed)"),
    (http.client.IncompleteRead(b"1"), "cannot be reached"),
    (b" <!DOCTYPE html><p>moved", "a web page in place of data"),
    (b"{half", "the answer to https"),
    (b'{"other": 1}', "is not as expected (KeyError('id'))"),
    (b"[]", "the answer to https"),
]:
    assert _part in _words(lambda **how: modeldb_model(5, **how), **{_model: _bad}), (_bad, _part)
assert "Are you online?" in _words(lambda **how: modeldb_model(5, **how))
assert "no morphology of specimen 7" in _words(lambda **how: allen_swc(7, **how), **{SPECIMEN_URL: b'{"msg": []}'})
_cells = allen_url("model::ApiCellTypesSpecimenDetail,rma::options[num_rows$eq5]")
assert "syntax" in _words(lambda **how: allen_cells(**how), **{_cells: b'{"success": false, "msg": "syntax"}'})
assert "not a zip" in _words(lambda **how: modeldb_files(5, **how), **{f"{MODELDB}/eavBinDown?o=5": b"PK nothing"})
_none = f"{NEUROMORPHO}/api/neuron/select?q=species%3Ayeti&fq=brain_region%3Aneocortex&page=0&size=5"
_empty = Stored({_none: b'{"page": {"totalElements": 0}}'})
assert neuromorpho_find("yeti", "neocortex", opener=_empty, cache=folder / "empty") == (0, [])


# A file in the cache that somebody has spoilt: the message names it.
(folder / "spoilt").mkdir()
(folder / "spoilt" / hashlib.sha256(_model.encode()).hexdigest()[:32]).write_bytes(b"{half")
try:
    modeldb_model(5, opener=Stored({}), cache=folder / "spoilt")
    raise SystemExit("accepted a spoilt file")
except NoAnswer as error:
    assert "the kept file" in str(error) and "spoilt" in str(error)


# The real opener, against a server on this machine: an answer, a missing page, and one that comes too late.
class _Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/late":
            time.sleep(1.0)
        self.send_response(404 if self.path == "/gone" else 200)
        self.end_headers()
        self.wfile.write(b"[1, 2]")

    def log_message(self, *_words):
        pass

    def handle(self):
        try:
            super().handle()
        except OSError:  # the one that waited has gone
            pass


_server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
_server.daemon_threads = True
threading.Thread(target=_server.serve_forever, daemon=True).start()
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_local, _kept = f"http://127.0.0.1:{_server.server_port}", Path(tempfile.mkdtemp(dir=str(folder)))
try:
    assert (
        fetch(f"{_local}/list", json.loads, opener=_direct, cache=_kept) == [1, 2] and len(list(_kept.iterdir())) == 1
    )
    for _page, _part in [("gone", "status 404"), ("late", "timed out")]:
        try:
            fetch(f"{_local}/{_page}", json.loads, opener=_direct, cache=_kept, timeout_s=0.3)
            raise SystemExit(f"no complaint about {_page}")
        except NoAnswer as error:
            assert _part in str(error), error
finally:
    _server.shutdown()
    _server.server_close()
assert len(list(_kept.iterdir())) == 1

# %% [markdown]
# ### With a network
#
# Set `ONLINE` to `True` and run these two cells. We could not ask the real servers while this page was written: the addresses are those that public programs use (allensdk, bmtk, NeuroMorpho's and ModelDB's own descriptions). If one has moved, the message says what came back. NeuroMorpho's server has long used a short key that new versions of OpenSSL refuse ("dh key too small"); then give `fetch` an opener that accepts it:
#
# ```python
# import ssl
# context = ssl.create_default_context()
# context.set_ciphers("DEFAULT@SECLEVEL=1")
# opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))
# ```

# %% tags=["scratch"]
ONLINE = False

# %%
questions = {
    "NeuroMorpho.org": lambda: neuromorpho_find("mouse", "neocortex"),
    "ModelDB": lambda: modeldb_model(2488),
    "Allen": lambda: allen_cells(3),
}
for name, question in questions.items():
    if not ONLINE:
        print(f"{name}: not asked, since ONLINE is False")
        continue
    try:
        print(f"{name}: {question()}")
    except NoAnswer as error:
        print(f"{name}: {error}")

# %% [markdown]
# ## 8. Before you believe a model
#
# Somebody else's model is a claim, and you are its reviewer. In this order:
#
# 1. **Look** at it: draw it, with a scale bar. Is the soma there? Does a dendrite jump?
# 2. **Measure** it: length, area, number of tips, against what the database or the paper says.
# 3. **Segments**: by the d_lambda rule, and three times as many. Does a result change?
# 4. **The axon**: often cut, often missing, often replaced by a stub. Know which.
# 5. **Channels**: do they compile in your NEURON? (Version 9 translates them to C++, and some old files with C code inside fail.) Which temperature do they assume?
# 6. **One figure** of the paper, first. If you cannot reproduce it, change nothing until you can.
# 7. **Licence and citation**: of the model, and of the morphology in it.

# %%
import shutil

shutil.rmtree(str(folder))  # our files

# %% tags=["guard"]
folder = Path(tempfile.mkdtemp(prefix="cell_models_"))
assert not list(h.allsec())
folder.rmdir()

# %% [markdown]
# ## What you have learned
#
# - **What makes a detailed model?** Morphology, passive properties, channels, synapses, and where they come from. NeuroMorpho.org has morphologies, ModelDB the code of models, the Allen Institute recordings with morphologies and models of the same cells.
# - **What is in an SWC file?** Number, type, place, *radius*, parent. Radius and unit are what people misread.
# - **What does Import3d do with a soma?** One point, or NeuroMorpho's three, become a cylinder with the sphere's area; two points stay as they are; a missing soma stays missing; gaps are bridged without a resistance.
# - **How do you check a morphology?** Draw it, compare length and area with a second source, compare the input resistance with $R_m/A$, and refine the segments.
# - **How do you ask a database?** With a time limit, a cache, a look at the answer before it counts, words for what went wrong, and a replaceable opener for tests.
#
# ## Where to go next
#
# - Exercise 06 gives this pyramidal cell its channels; lecture 07 shows how they are written.
# - Take a cell of your favourite region from NeuroMorpho.org, and go through the list of section 8.
# - NEURON's own page on Import3d, and its inventory of ModelDB: <https://nrn.readthedocs.io>.
