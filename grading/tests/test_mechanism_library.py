"""The mechanisms that units share: their text, their units, and what they compute, with every package set."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grading import kernels
from grading.course import ROOT
from grading.tests import mechanism_formulas as formulas

LIBRARY = sorted((ROOT / "grading/mechanisms").glob("*.mod"))
EVERYWHERE = LIBRARY + sorted((ROOT / "lectures/mod").rglob("*.mod"))
POOLS = ("hay_CaDynamics_E2", "halnes_Ca_pool")
PROBE = Path(__file__).with_name("mechanism_probe.py")
GATES = {name: list(powers) for name, (_, powers, _) in formulas.CHANNELS.items()}
TEMPERATURES = (6.3, 23.5, 36.0)  # 23.5 and 36 degC are references of published rates
FARADAY = 96485.332  # C/mol

# Every potential where some rate function is 0/0 (V_T = -63 mV), its neighbourhood, and the rest of the range.
SINGULAR = np.array([-154.9, -66, -64.4, -50, -48, -38, -27, -23, -17, 0, 8.31])
POTENTIALS = np.concatenate([SINGULAR, *(SINGULAR + d for d in (-1e-3, -1e-7, 1e-7, 1e-3)), np.arange(-120, 61, 7.5)])
CALCIUM = np.geomspace(1e-5, 1e-2, POTENTIALS.size)

STEADY_CALCIUM = """
NEURON { SUFFIX steady_calcium USEION ca WRITE ica RANGE density }
UNITS { (mA) = (milliamp) }
PARAMETER { density = 0 (mA/cm2) }
ASSIGNED { ica (mA/cm2) }
BREAKPOINT { ica = density }
"""


def other_set(name):
    missing = kernels.python_of(name) is None
    skip = pytest.mark.skipif(missing, reason=f"the package set {name} is not installed (make test-all installs it)")
    return pytest.param(kernels.python_of(name), marks=[pytest.mark.sets, skip], id=name)


@pytest.fixture(
    scope="module", params=[pytest.param(sys.executable, id="this"), other_set("ebrains-24.04"), other_set("newest")]
)
def python(request):
    return str(request.param)


@pytest.fixture(scope="module")
def compiled(python, tmp_path_factory):
    """A folder with the compiled library, and what the compiler said."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "mod").mkdir()
    for path in LIBRARY:
        shutil.copy(path, folder / "mod")
    (folder / "mod/steady_calcium.mod").write_text(STEADY_CALCIUM)
    beside = shutil.which("nrnivmodl", path=os.path.dirname(python))
    environment = dict(os.environ, PYTHONWARNINGS="ignore")
    done = subprocess.run(
        [python, beside, "mod"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return folder, done.stdout


@pytest.fixture(scope="module")
def probe(python, compiled):
    """Ask the probe: `probe(("pool", {...}), ...)` returns a list of answers."""

    def ask(*requests):
        done = subprocess.run(
            [python, str(PROBE)],
            cwd=compiled[0],
            input=json.dumps(requests),
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0 and not done.stderr, done.stderr
        return json.loads(done.stdout)

    return ask


@pytest.fixture(scope="module")
def steady(probe):
    """What all channels show after `finitialize`: arrays over potentials, calcium and temperatures."""
    request = dict(channels=GATES, potentials=[*POTENTIALS], calcium=[*CALCIUM], temperatures=TEMPERATURES)
    (found,) = probe(("steady_states", request))
    return {key: np.array([values[key] for values in found]) for key in found[0]}


def expected(name, v, calcium, temperature):
    """The published steady states and time constants of a channel's gates."""
    return formulas.CHANNELS[name][0](np.asarray(calcium if name in formulas.BY_CALCIUM else v, float), temperature)


def test_every_mechanism_is_tested():
    assert {path.stem for path in LIBRARY} == {*formulas.CHANNELS, *POOLS}


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_text(path):
    """What a reader and both NEURON versions need, and what would not run with threads."""
    text = path.read_text(encoding="ascii")
    assert re.search(r"SUFFIX (\w+)", text)[1] == path.stem
    assert re.match(r"COMMENT\n.*doi:10\.\d{4}/", text, re.DOTALL)
    assert not re.search(r"\b(GLOBAL|POINTER|TABLE|VERBATIM|UNITSOFF|INDEPENDENT)\b", text)
    assert "INITIAL" in text


@pytest.mark.parametrize("path", EVERYWHERE, ids=lambda path: path.stem)
def test_units_are_consistent(path):
    modlunit = shutil.which("modlunit", path=os.path.dirname(sys.executable))
    environment = dict(os.environ, PYTHONWARNINGS="ignore")
    done = subprocess.run(
        [modlunit, path.name],
        cwd=path.parent,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    assert [line.split()[0] for line in lines] == ["model", "Checking"], done.stdout


def test_compiles_without_a_warning_and_for_threads(compiled):
    output = compiled[1]
    said = [
        line for line in output.splitlines() if re.search(r"warn|notice|error|ignored|not thread", line, re.IGNORECASE)
    ]
    assert not said
    assert output.count("Thread Safe") == len(LIBRARY) + 1


@pytest.mark.parametrize("name", formulas.CHANNELS)
def test_steady_states_and_time_constants(name, steady):
    for gate in GATES[name]:
        for temperature in TEMPERATURES:
            here = steady["celsius"] == temperature
            inf, tau = expected(name, steady["v"][here], steady["cai"][here], temperature)[gate]
            # 1e-9: the formulas lose 1e-12 by cancellation close to 0/0, the files 1e-12 where they change to the series
            np.testing.assert_allclose(steady[f"{name}.{gate}_inf"][here], inf, rtol=1e-9, atol=1e-300)
            np.testing.assert_allclose(steady[f"{name}.tau_{gate}"][here], tau, rtol=1e-9)
        np.testing.assert_array_equal(steady[f"{name}.{gate}"], steady[f"{name}.{gate}_inf"])  # where it starts


def test_published_vectors(probe):
    request = dict(channels=GATES, potentials=[-80, -65, -40, 0], calcium=[5e-5] * 4, temperatures=[34])
    sk = dict(channels=GATES, potentials=[-65] * 4, calcium=[ca for ca, _ in formulas.PUBLISHED_SK], temperatures=[34])
    found, open_fractions = probe(("steady_states", request), ("steady_states", sk))
    for (name, quantity), published in formulas.PUBLISHED.items():
        values = [at[f"{name}.{quantity}"] for at in found]
        np.testing.assert_allclose(values, published, rtol=1e-4, atol=6e-6, err_msg=f"{name} {quantity}")  # five digits
    for at, (_, published) in zip(open_fractions, formulas.PUBLISHED_SK, strict=True):
        assert abs(at["hay_SK_E2.z_inf"] - published) < 6e-6


@pytest.mark.parametrize("name", formulas.CHANNELS)
def test_currents(name, steady):
    """Density times gates to their powers times driving force, carried by the right ion."""
    _, powers, driving = formulas.CHANNELS[name]
    v, temperature = steady["v"], steady["celsius"]
    force = v - (steady["eca"] if driving == "nernst" else driving) if driving != "ghk" else None
    if force is None:
        force = np.array(
            [formulas.ghk(*at) for at in zip(v, steady["cai"], np.full_like(v, 2), temperature, strict=True)]
        )
    gates = np.prod([steady[f"{name}.{gate}"] ** power for gate, power in powers.items()], axis=0)
    # NEURON 8.2 may be built with the physical constants of 2014; they differ by 1e-6
    np.testing.assert_allclose(steady[f"{name}.i"], 1e-3 * gates * force, rtol=1e-5, atol=1e-300)


def test_ions(steady):
    carriers = {
        "ina": ("hay_NaTa_t", "hay_Nap_Et2", "halnes_Na"),
        "ik": ("hay_K_Pst", "hay_K_Tst", "hay_SKv3_1", "hay_Im", "hay_SK_E2", "halnes_Kdr", "halnes_AHP"),
        "ica": ("hay_Ca_HVA", "hay_Ca_LVAst", "halnes_CaT", "halnes_CaL"),
    }
    for ion, names in carriers.items():
        total = np.sum([steady[f"{name}.i"] for name in names], axis=0)
        np.testing.assert_allclose(steady[ion], total, rtol=1e-9, atol=1e-15)
    nernst = 1e3 * 8.3144626 * (steady["celsius"] + 273.15) / (2 * FARADAY) * np.log(2 / steady["cai"])
    np.testing.assert_allclose(steady["eca"], nernst, rtol=1e-5)


@pytest.mark.parametrize("before, after", [((-80, 5e-5), (-20, 1e-3)), ((0, 2e-3), (-90, 1e-4))], ids=["up", "down"])
def test_voltage_clamp_follows_exponentials(before, after, probe):
    """After a step every gate relaxes as exp(-t/tau): the method of integration is exact at a constant potential."""
    dt, steps = 0.05, 300
    request = dict(channels=GATES, before=before, after=after, dt=dt, steps=steps)
    answers = probe(*(("clamped", dict(request, temperature=temperature)) for temperature in TEMPERATURES))
    t = dt * np.arange(1, steps + 1)
    moved = 0
    for temperature, answer in zip(TEMPERATURES, answers, strict=True):
        assert np.abs(np.array(answer["v"]) - after[0]).max() < 1e-4  # the clamp itself
        for name, gates in GATES.items():
            start, end = (expected(name, *state, temperature) for state in (before, after))
            for gate in gates:
                (from_, _), (to, tau) = start[gate], end[gate]
                trace = to + (from_ - to) * np.exp(-t / tau)
                # 1e-5 mV of error of the clamp over 5 mV for e-fold change of a steady state
                np.testing.assert_allclose(
                    answer["traces"][f"{name}.{gate}"], trace, atol=1e-5, err_msg=f"{name} {gate}"
                )
                moved += abs(trace[-1] - trace[0]) > 0.05
    assert moved > 30  # of 78: the others are slow, or far from where they open


def test_warmth_speeds_up_as_published(steady):
    """From 23.5 to 36 degC: by Q10 to the power of 1.25 where the paper has one, not at all where it has none."""
    q10 = {"halnes_Na": 3, "halnes_Kdr": 3, "halnes_CaT": 3, "halnes_CaL": 3, "halnes_AHP": 3, "halnes_CAN": 3}
    shortest = {"halnes_AHP": 1, "halnes_CAN": 0.1}  # ms
    cold, warm = (steady["celsius"] == temperature for temperature in (23.5, 36.0))
    for name, gates in GATES.items():
        for gate in gates:
            tau = steady[f"{name}.tau_{gate}"]
            free = tau[warm] > shortest.get(name, 0)
            assert free.sum() > 5
            factor = 1.5 if (name, gate) == ("halnes_CaT", "h") else q10.get(name, 1)
            np.testing.assert_allclose((tau[cold] / tau[warm])[free], factor**1.25, rtol=1e-9)


def test_hay_pool_follows_its_solution(probe):
    parameters = dict(gamma=0.01, tau=60.0, depth=0.2, rest=2e-4)
    dt, steps = 0.1, 2000
    t = dt * np.arange(steps + 1)
    for current, start in ((-2e-3, None), (1e-5, None), (0, 1e-3)):
        request = dict(mechanism="hay_CaDynamics_E2", current=current, start=start, dt=dt, steps=steps, **parameters)
        (found,) = probe(("pool", request))
        # mol of calcium that enters a litre of shell in a ms, in mM: 1 mA/cm2 over 1 um is 10 C/(s cm3)
        influx = -1e4 * current * parameters["gamma"] / (2 * FARADAY * parameters["depth"])
        end = parameters["rest"] + influx * parameters["tau"]
        solution = end + ((start or parameters["rest"]) - end) * np.exp(-t / parameters["tau"])
        np.testing.assert_allclose(found, solution, rtol=1e-6)  # constants of nature: 1e-6


def test_halnes_pool_follows_its_solution(probe):
    dt, steps, rest, tau, k = 0.1, 2000, 5e-5, 50.0, 0.0155458135
    t = dt * np.arange(steps + 1)
    for current, start in ((-2e-4, None), (2e-4, None), (2e-4, 1e-3), (0, 1e-3)):
        (found,) = probe(("pool", dict(mechanism="halnes_Ca_pool", current=current, start=start, dt=dt, steps=steps)))
        end = rest + tau * max(0, -k * current)
        np.testing.assert_allclose(
            found, end + ((start or rest) - end) * np.exp(-t / tau), rtol=2e-6
        )  # NEURON keeps 6 digits of k


def test_channels_start_with_the_calcium_of_the_pool(probe):
    (found,) = probe(("first_calcium", dict(rest=3e-4)))
    assert found["cai"] == 3e-4
    np.testing.assert_allclose(found["z"], formulas.sk_e2(3e-4, 34)["z"][0], rtol=1e-9)
    np.testing.assert_allclose(found["eca"], 1e3 * 8.3144626 * 307.15 / (2 * FARADAY) * np.log(2 / 3e-4), rtol=1e-5)


def test_interneuron_fires_as_the_published_files_do(probe):
    """The files of Halnes et al. (2011, ModelDB 140249), run with these parameters, give the numbers below."""
    up, down = probe(("interneuron", dict(current=0.02)), ("interneuron", dict(current=-0.02)))
    assert abs(up["rest"] - -72.254) < 2e-3  # three decimals of the reference, and a third of a second for settling
    spikes = np.array(up["spikes"]) - 500
    assert spikes.size == 15
    # two steps: the step's first current and the spike's crossing may be counted from either side
    np.testing.assert_allclose(spikes[:6], [21.575, 26.90, 32.00, 37.63, 44.88, 59.13], atol=0.05)
    assert abs(np.diff(spikes)[-1] - 96.73) < 0.1
    assert abs(down["lowest"] - -109.91) < 0.01 and abs(down["last"] - -95.42) < 0.01 and not down["spikes"]


def test_threads_change_nothing(probe):
    one, two = probe(*(("with_threads", dict(channels=GATES, threads=threads)) for threads in (1, 2)))
    assert one == two and one[0] != one[1]
