# %% [markdown]
# # About this kernel
#
# A notebook runs in a *kernel*: a Python with packages around it. The notebooks of this course are made for the kernel
# EBRAINS-25.02. This page tells you in a minute whether the kernel that you have will do.
#
# **What you will do**: run all cells (menu *Run > Run All Cells*) and read what they print.
#
# **What you will learn**: which packages are there, whether NEURON can compile ion channels, and what to do if not.
#
# **What you will need**: nothing. **Time**: 5 minutes.

# %% tags=["setup"]
import importlib
import os
import platform
import re
import shutil
import sys
from importlib import metadata
from pathlib import Path

report = []  # lines for the last cell
to_do = []  # what stands in your way, if anything


def tell(line):
    """Print a line and remember it for the report."""
    print(line)
    report.append(line)


# %% [markdown]
# ## The machine
#
# EBRAINS gives each user about 2 GB of memory. The notebooks of this course are made to fit.


# %%
def memory_gb():
    """The memory (GB) of this machine, or what a container leaves of it; None where that is not known."""
    found = []
    for path in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        if os.path.exists(path) and Path(path).read_text().strip().isdigit():
            found.append(int(Path(path).read_text()))
    try:
        found.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (AttributeError, ValueError, OSError):
        pass
    return min(found) / 1e9 if found else None


memory = memory_gb()
cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
tell(f"Python     {platform.python_version()}")
tell(f"system     {platform.system()} {platform.machine()}, {cores} cores")
tell("memory     " + (f"{memory:.1f} GB" if memory else "not known"))

# %% [markdown]
# ## The packages
#
# The file `environment.yml` at the top of the course lists what the EBRAINS kernel holds, as far as we know. Other
# versions mostly do as well: the course is tested with older and with newer ones.


# %%
def expected_versions(path="../environment.yml"):
    """Package names and versions that environment.yml asks for; an empty dictionary where there is no such file."""
    if not Path(path).exists():
        return {}
    dependencies = Path(path).read_text("utf-8").partition("dependencies:")[2]
    return dict(re.findall(r"^ *- ([\w-]+)=?(\S*)", dependencies, re.MULTILINE))


expected = expected_versions()
if not expected:
    print("environment.yml is not here: the next table shows what there is, and cannot compare.")


# %%
MODULES = {"nest-simulator": "nest", "lfpy": "LFPy", "matplotlib-base": "matplotlib"}


def version_of(package):
    """The installed version of a package, or None."""
    module = MODULES.get(package, package)
    if package == "python":
        return platform.python_version()
    for name in (package, module):
        try:
            return metadata.version(name)
        except Exception:
            continue
    try:  # installed in a way that leaves no record
        return str(importlib.import_module(module).__version__)
    except Exception:
        return None


# %%
# The oldest versions that the course is tested with
OLDEST = {"python": "3.8", "numpy": "1.24", "scipy": "1.10", "matplotlib-base": "3.7", "pandas": "2.0",
          "neuron": "8.2.4", "lfpy": "2.3", "lfpykit": "0.5.1"}  # fmt: skip
CHANGE_KERNEL = "missing: choose the kernel EBRAINS-25.02 (menu Kernel > Change Kernel)"


def number(version):
    """A version as numbers that can be compared: "8.2.6" gives [8, 2, 6]."""
    return [int(part) for part in re.findall(r"\d+", version.lstrip("<"))][:3]


def judge(package, wanted, found):
    """What a difference means, and whether it stands in your way."""
    if found is None and package in ("jupyterlab", "ipykernel", "setuptools"):
        return "not here; not needed inside the kernel", False
    if found is None and package == "nest-simulator":
        return "missing; needed in units 10 to 12 only", False
    if found is None:
        return CHANGE_KERNEL, True
    if package == "setuptools" and number(found) >= [82] and number(version_of("neuron") or "9") < [9]:
        return "too new for this NEURON to compile: pip install 'setuptools<81'", True
    if package == "numpy" and number(found) >= [2] and number(version_of("neuron") or "9") < [9]:
        return "too new for this NEURON: choose another kernel", True
    if package in OLDEST and number(found) < number(OLDEST[package]):
        return f"older than any tested ({OLDEST[package]}): expect surprises", True
    if not wanted or found == wanted or (wanted[0] == "<" and number(found) < number(wanted)):
        return "fine", False
    return "another version; harmless as far as we know", False


# %%
packages = expected or dict.fromkeys([*OLDEST, "nest-simulator", "setuptools"], "")
tell(f"{'package':<16} {'expected':<10} {'found':<10} what it means")
for package, wanted in packages.items():
    if package not in ("cxx-compiler", "make"):
        found = version_of(package)
        words, in_the_way = judge(package, wanted, found)
        tell(f"{package:<16} {wanted or '?':<10} {found or '-':<10} {words}")
        if in_the_way:
            to_do.append(f"{package}: {words}")

# %% [markdown]
# ## Ion channels
#
# NEURON compiles ion channels that are not built in. That takes a C++ compiler. The next cell compiles a leak,
# `mod/course_leak.mod`, and sends a constant current into a cell that has nothing else. Ohm's law says where its
# membrane potential must end: at $e + I R$, where $e$ is the leak's reversal potential and $R$ the membrane's resistance.

# %%
tell("compiler   " + (next(filter(None, map(shutil.which, ("c++", "g++", "clang++"))), None) or "none on PATH"))
tell("make       " + (shutil.which("make") or "none on PATH"))
beside = shutil.which("nrnivmodl", path=str(Path(sys.executable).parent)) or shutil.which("nrnivmodl")
tell("nrnivmodl  " + ("found" if beside else "not found"))


# %%
def leaky_cell():
    """Membrane potential (mV) of a leaky cell after 200 ms of 12.5 pA: as NEURON simulates it, and from Ohm's law."""
    from neuron import h

    import mechanisms

    mechanisms.load("mod")
    h.load_file("stdrun.hoc")
    soma = h.Section(name="soma")
    soma.L = soma.diam = 20  # µm
    soma.insert("course_leak")
    clamp = h.IClamp(soma(0.5))
    clamp.dur, clamp.amp = 1e9, 0.0125  # ms, nA
    h.finitialize(-65)  # mV
    h.continuerun(200)  # ms: 20 time constants
    conductance = 1e-2 * soma(0.5).g_course_leak * soma(0.5).area()  # µS, from S/cm² and µm²
    return soma(0.5).v, soma(0.5).e_course_leak + clamp.amp / conductance


simulated = ohm = None
try:
    simulated, ohm = leaky_cell()
    tell(f"mechanism  compiled; simulated {simulated:.4f} mV, by Ohm's law {ohm:.4f} mV")
    if not abs(simulated - ohm) < 1e-4:
        to_do.append("NEURON: the two potentials above should agree. Please report it.")
except Exception as error:
    tell(f"mechanism  {type(error).__name__}: {error}")
    to_do.append("NEURON: the line 'mechanism' above says what is missing.")

# %% tags=["guard"]
assert abs(ohm - (-65 + 0.0125e-9 / (1e-4 * 3.141592653589793 * 20e-4**2) * 1e3)) < 1e-9, ohm
assert abs(simulated - ohm) < 1e-4, (simulated, ohm)
assert [line for line in report if line.startswith("numpy")], report
assert judge("numpy", "1.26.4", None)[1] and not judge("nest-simulator", "3.8", None)[1]
assert not to_do, to_do

# %% [markdown]
# ## The result

# %%
if to_do:
    print("Before you go on:")
    for line in to_do:
        print(" -", line)
else:
    print("This kernel is ready for the course.")

# %% [markdown]
# If something does not work, copy all of the next cell's output into your report:

# %%
print("```")
print("\n".join(report + [f"to do: {line}" for line in to_do]))
print("```")

# %% [markdown]
# ## What you have seen
#
# - Which packages are there: the table above. A version that differs is harmless unless the table says otherwise.
# - Whether NEURON can compile ion channels: the line *mechanism*.
# - What to do if not: the list under *The result*. Choosing another kernel is the remedy in most cases.
#
# Next: `lectures/01_python`, or the unit that your teacher names.
