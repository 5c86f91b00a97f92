"""What kernels and graders inherit from the warm parent, and what they must not: state, seeds, each other."""

import ast
import json
import subprocess
import sys

import pytest

from grading import course as courses
from grading.build import text
from grading.execution import warm
from grading.tests import engine, test_sandbox
from grading.tests.engine import needs_sandbox

factory, go, new_factory, look = engine.factory, engine.go, engine.new_factory, test_sandbox.look

LFPY = """
import LFPy, neuron
from neuron import h
import numpy as np
before = len(list(h.allsec()))
soma = h.Section(name="soma"); dend = h.Section(name="dend"); dend.connect(soma(1))
for section, low, high, wide in ((soma, -10, 10, 20), (dend, 10, 310, 2)):
    section.pt3dadd(0, 0, low, wide); section.pt3dadd(0, 0, high, wide)
tree = h.SectionList(); tree.wholetree(sec=soma)
cell = LFPy.Cell(tree, passive=True, passive_parameters={"g_pas": 1e-4, "e_pas": -65.0}, v_init=-65.0, tstop=20.0, dt=0.1,
                 nsegs_method="fixed_length", max_nsegs_length=30.0, delete_sections=False)
synapse = LFPy.Synapse(cell, idx=cell.totnsegs - 1, syntype="ExpSyn", weight=0.01, tau=2.0, e=0.0)
synapse.set_spike_times(np.array([5.0]))
electrode = LFPy.RecExtElectrode(cell, sigma=0.3, x=np.array([30.0]), y=np.zeros(1), z=np.array([300.0]))
cell.simulate(probes=[electrode])
result = [before, [value.hex() for value in electrode.data[0].tolist()][::10]]
"""
PLOTS = """
import matplotlib
import matplotlib.pyplot as plt
of_notebooks = ("backend", "backend_fallback", "interactive")  # theirs differ from a program's
result = [plt.get_fignums(), sorted((key, str(value)) for key, value in matplotlib.rcParams.items() if key not in of_notebooks)]
"""


@pytest.mark.parametrize(("uses", "source"), [(("lfpy",), LFPY), ((), PLOTS)], ids=["LFPy", "matplotlib"])
def test_a_library_is_as_new_after_the_fork(uses, source, look, tmp_path, new_factory):
    """The same numbers to the last bit as in a process of its own that has just started, twice."""
    for name in uses and ("LFPy", "neuron"):
        pytest.importorskip(name)
    fresh = subprocess.run(
        [sys.executable, "-c", source + "import json; print(json.dumps(result))"],
        cwd=tmp_path, env=warm.environment(), capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    wanted = json.loads(fresh.stdout.splitlines()[-1])
    assert len(wanted[1]) > 15
    warm_one = new_factory(uses=uses)
    for _ in range(2):
        module = "LFPy" if uses else "matplotlib.pyplot"
        found = look(
            "result", f"{module!r} in _loaded", before=f"_loaded = set(sys.modules)\n{source}", factory=warm_one
        )
        assert found == [wanted, True]


NOT_WARM = """
import importlib.util, json, os, sys
from grading.execution import factory
factory.warm_up([])
for uses, modules in json.loads(sys.argv[1]):
    if os.fork() == 0:
        factory.warm_up(uses)
        print("missing:", *(name for name in modules if name not in sys.modules and importlib.util.find_spec(name)), flush=True)
        os._exit(0)
    assert os.wait()[1] == 0
"""


def test_what_set_up_cells_import_is_there_already(course):
    """Or every kernel and every grader would import it again."""
    wanted = {}
    for exercise in course.exercises:
        setup = next(cell for cell in text.read(exercise.text, exercise) if cell.role == "setup")
        for node in ast.walk(ast.parse(setup.source)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            wanted.setdefault(warm.needs(exercise), set()).update(set(names) - {"checks", "mechanisms"})
    assert any("scipy.signal" in names for names in wanted.values()) and len(wanted) > 3
    assert warm.needs(course.exercise("11_nest_neurons"))[0] == "nest"
    groups = json.dumps([(uses, sorted(names)) for uses, names in wanted.items()])
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", NOT_WARM, groups],
        cwd=courses.ROOT, env=warm.environment(), capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    said = [line.strip() for line in run.stdout.splitlines() if line.startswith("missing:")]  # NEST says more
    assert said == ["missing:"] * len(wanted)


def test_random_numbers_differ_between_two_graders(go):
    draw = "import random\nprint(np.random.rand(), random.random(), np.random.default_rng().random())"
    first, second = (go(("test_a", draw)).shows["test_a"].split() for _ in range(2))
    assert len(first) == 3 and not set(first) & set(second)


LEAVE = """
import os, pathlib, socket
for place in ("/tmp", "/dev/shm", "/var/tmp", os.getcwd(), os.path.expanduser("~")):
    try:
        pathlib.Path(place, "left-behind").write_text("by the first")
    except OSError:
        pass
kept = socket.socket(socket.AF_UNIX)
kept.bind("\\0left-behind")
kept.listen()
import numpy, matplotlib
numpy.left_behind = matplotlib.rcParams["lines.linewidth"] = 77.0
"""
FIND = """
import os, socket
found = []
for parent, folders, names in os.walk("/"):
    folders[:] = [name for name in folders if os.path.join(parent, name) not in ("/proc", "/usr", "/sys")]
    found += [os.path.join(parent, name) for name in names if name == "left-behind"]
try:
    socket.socket(socket.AF_UNIX).connect("\\0left-behind")
    found.append("a socket")
except OSError:
    pass
import numpy, matplotlib
found += ["numpy"] * hasattr(numpy, "left_behind") + ["matplotlib"] * (matplotlib.rcParams["lines.linewidth"] == 77.0)
"""


@needs_sandbox
def test_nothing_of_one_submission_reaches_the_next(look):
    """What the first leaves, it finds itself; another kernel of the same factory finds none of it."""
    assert len(look("found", before=LEAVE + FIND)[0]) >= 4
    assert look("found", before=FIND) == [[]]
