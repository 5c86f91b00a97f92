"""Exercise 05's recording: what its program makes, right by another simulator, and no word of it where students look."""

import importlib.util
import re

import nbformat
import numpy as np
import pytest

from grading.build import text
from grading.build.units import STUDENT_FILES
from grading.course import ROOT

UNIT = "05_ball_and_stick"
PROGRAM = ROOT / "grading/text" / UNIT / "recording.py"


@pytest.fixture(scope="module")
def recording():
    spec = importlib.util.spec_from_file_location("recording", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def leaks(content: str, recording) -> set[str]:
    """Lines of the program, and its hidden numbers, that stand in a content."""
    lines = {line.strip() for line in PROGRAM.read_text().splitlines() if len(line.strip()) > 12}
    imported = {line for line in lines if re.match(r"(from|import) ", line)}
    found = {line for line in lines - imported if line in content}
    found |= {
        str(x) for x in recording.HIDDEN.values() if re.search(rf"(?<![\d.]){re.escape(str(x))}(?![\d.]*\d)", content)
    }
    return found | {word for word in (f"rng({recording.SEED})", "recording.py") if word in content}


@pytest.mark.parametrize("folder", ["Exercises", "Solutions"])
def test_neither_the_program_nor_its_parameters_reach_students(folder, recording):
    files = [path for path in (ROOT / folder / UNIT).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert "recording.csv" in {path.name for path in files} and "recording.py" not in {path.name for path in files}
    for path in files:
        if path.suffix == ".ipynb":
            cells = nbformat.read(path, as_version=4).cells
            assert not leaks("\n".join(cell.source for cell in cells), recording), path
        elif path.suffix == ".csv":
            header, *rows = path.read_text().splitlines()
            assert header == "time (ms),potential (mV)" and all(re.fullmatch(r"[\d.]+,-?[\d.]+", row) for row in rows)
        elif path.suffix != ".png":
            assert not leaks(path.read_text(), recording), path


def test_a_leak_would_be_seen(recording):
    assert leaks('HIDDEN = {"tau_ms": 0}', recording) == set()
    assert leaks(f"the answer is {recording.HIDDEN['rho']}, as you see", recording) == {str(recording.HIDDEN["rho"])}
    assert leaks(f"x = 1\n{PROGRAM.read_text().splitlines()[-1].strip()}", recording)
    assert leaks(f"np.random.default_rng({recording.SEED})", recording)


def test_the_committed_recording_is_what_the_program_makes(recording):
    committed = np.loadtxt(recording.PATH, delimiter=",", skiprows=1)
    made = recording.recording()
    assert committed.shape == made.shape
    assert np.abs(committed - made).max() < 0.00051  # three digits are written


def test_the_curve_without_noise_is_neurons(recording):
    """A neuron with these four numbers, in NEURON with fine steps."""
    from neuron import h

    h.load_file("stdrun.hoc")
    R_in, tau_ms, L, rho = (recording.HIDDEN[name] for name in ("R_in", "tau_ms", "L", "rho"))
    R_m, R_a, d_um = 1e3 * tau_ms, 100.0, 8.0  # with 1 µF/cm²
    length_um = L * 1e4 * np.sqrt(1e-4 * d_um * R_m / (4 * R_a))
    G_dend = np.tanh(L) * np.pi / 2 * d_um**1.5 / np.sqrt(R_m * R_a)  # µS
    scale = R_in * G_dend * (1 + 1 / rho)  # this cell's current for the same potential
    soma, dend = h.Section(name="soma"), h.Section(name="dend")
    dend.connect(soma(1))
    soma.L = soma.diam = np.sqrt(G_dend / rho * R_m * 1e2 / np.pi)
    dend.L, dend.diam, dend.nseg = length_um, d_um, 201
    for sec in (soma, dend):
        sec.Ra, sec.cm = R_a, 1
        sec.insert("pas")
        sec.g_pas, sec.e_pas = 1 / R_m, -65
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0, 1e9, recording.I_NA * scale
    v = h.Vector().record(soma(0.5)._ref_v)
    h.dt, h.secondorder = 0.005, 0
    h.finitialize(-65)
    h.continuerun(recording.T_MS[-1] + h.dt)
    V_mV = v.as_numpy()[np.rint(recording.T_MS / h.dt).astype(int)] + 65
    exact = recording.exact_curve(recording.T_MS, recording.I_NA, **recording.HIDDEN)
    assert np.abs(V_mV - exact).max() < 5e-4 * exact[-1]  # measured: 2.6e-4


def test_the_fit_of_the_right_model_finds_the_parameters_and_that_of_the_wrong_one_does_not(
    recording, course, monkeypatch
):
    monkeypatch.chdir(STUDENT_FILES)  # where the setup cell finds the style and checks.py
    monkeypatch.syspath_prepend(STUDENT_FILES)
    unit = next(unit for unit in course.exercises if unit.id == UNIT)
    names: dict = {}
    for cell in text.read(unit.text, unit):
        if cell.role == "setup" or (cell.role == "answer" and cell.name == "fit_charging"):
            exec(cell.source, names)
    t_ms, V_mV = np.loadtxt(recording.PATH, delimiter=",", skiprows=1, unpack=True)
    estimates, half_widths, residuals = names["fit_charging"]("ball and stick", t_ms, V_mV, recording.I_NA)
    true = np.array([recording.HIDDEN[name] for name in ("R_in", "tau_ms", "L", "rho")])
    assert (np.abs(estimates - true) < 1.5 * half_widths).all()  # 3 standard errors
    assert np.std(residuals) == pytest.approx(recording.NOISE_MV, rel=0.1)  # 800 samples: 2.5 % is a standard error
    estimates, half_widths, _ = names["fit_charging"]("lone soma", t_ms, V_mV, recording.I_NA)
    assert true[1] - estimates[1] > 10 * half_widths[1]
