"""Measure the mechanisms of the library: a script of its own process, since NEURON cannot forget a mechanism.

Run in a folder where `nrnivmodl` has compiled them; reads what to do as JSON, and answers with JSON. Python 3.8.
"""

import json
import os
import sys

os.environ["NEURON_MODULE_OPTIONS"] = "-nogui"
from neuron import h  # loads what is compiled in this folder

h.load_file("stdrun.hoc")


def membrane(channels):
    """A patch of 100 um2 with all channels; they carry no current until somebody sets their density."""
    patch = h.Section(name="patch")
    patch.L = patch.diam = (100 / 3.141592653589793) ** 0.5
    for name in channels:
        patch.insert(name)
    patch.ena, patch.ek = 50, -85
    return patch


def steady_states(channels, potentials, calcium, temperatures):
    """What each channel shows after `finitialize`, at every potential and temperature."""
    found = []
    patch = membrane(channels)
    for name in channels:
        part = getattr(patch(0.5), name)
        setattr(part, "pbar" if hasattr(part, "pbar") else "gbar", 1e-3)
    for temperature in temperatures:
        for v, ca in zip(potentials, calcium):
            h.celsius, patch.cai = temperature, ca  # no mechanism changes it here, so it stays
            h.finitialize(v)
            h.fcurrent()
            values = {"celsius": temperature, "v": v, "cai": ca, "eca": patch.eca}
            for name, gates in channels.items():
                part = getattr(patch(0.5), name)
                for gate in gates:
                    for quantity in (gate, gate + "_inf", "tau_" + gate):
                        values[name + "." + quantity] = getattr(part, quantity)
                values[name + ".i"] = part.i
            values.update(ina=patch.ina, ik=patch.ik, ica=patch.ica)
            found.append(values)
    return found


def clamped(channels, before, after, temperature, dt, steps):
    """Gates after a sudden step of the membrane potential (mV) and of calcium (mM), each a pair (v, cai)."""
    patch = membrane(channels)
    h.celsius, patch.cai, h.dt = temperature, before[1], dt
    clamp = h.SEClamp(patch(0.5))
    clamp.rs, clamp.dur1, clamp.amp1 = 1e-6, 1e9, before[0]
    h.finitialize(before[0])
    clamp.amp1, patch.cai = after[0], after[1]
    traces = {name + "." + gate: [] for name, gates in channels.items() for gate in gates}
    potentials = []
    for _ in range(steps):
        h.fadvance()
        potentials.append(patch(0.5).v)
        for name, gates in channels.items():
            for gate in gates:
                traces[name + "." + gate].append(getattr(getattr(patch(0.5), name), gate))
    return {"v": potentials, "traces": traces}


def pool(mechanism, current, start, dt, steps, **parameters):
    """Calcium (mM) while a steady current (mA/cm2) flows; start: mM, or None for the mechanism's own."""
    patch = h.Section(name="patch")
    for name in (mechanism, "steady_calcium"):
        patch.insert(name)
    for name, value in parameters.items():
        setattr(getattr(patch(0.5), mechanism), name, value)
    patch(0.5).steady_calcium.density = current
    h.dt = dt
    h.finitialize(-65)
    if start is not None:
        patch.cai = start
    found = [patch.cai]
    for _ in range(steps):
        h.fadvance()
        found.append(patch.cai)
    return found


def first_calcium(rest):
    """An SK channel, inserted before the pool that it depends on: open fraction and reversal potential at the start."""
    patch = h.Section(name="patch")
    for name in ("hay_SK_E2", "hay_Ca_HVA", "hay_CaDynamics_E2"):
        patch.insert(name)
    patch(0.5).hay_CaDynamics_E2.rest = rest
    h.celsius = 34
    h.finitialize(-65)
    return {"z": patch(0.5).hay_SK_E2.z, "cai": patch.cai, "eca": patch.eca}


def interneuron(current, dt=0.025):
    """The single compartment of a thalamic interneuron: potentials (mV) and spikes (ms) around a step of current (nA)."""
    cell = h.Section(name="cell")
    cell.L = cell.diam = 20
    cell.cm = 1.1
    for name in ("Na", "Kdr", "AHP", "CaT", "CaL", "Ih", "Ca_pool"):
        cell.insert("halnes_" + name)
    cell.insert("pas")
    cell.g_pas, cell.e_pas, cell.ena, cell.ek = 1 / 45e3, -80, 50, -90
    here = cell(0.5)
    here.halnes_Na.gbar, here.halnes_Na.V_T = 0.01, -52.6
    here.halnes_Kdr.gbar, here.halnes_Kdr.V_T = 0.01, -51.2
    here.halnes_AHP.gbar, here.halnes_Ih.gbar = 5e-5, 5e-5
    here.halnes_CaT.pbar, here.halnes_CaL.pbar = 2e-4, 9e-4
    h.celsius, h.cao0_ca_ion = 36, 1  # the reference was computed with 1 mM outside
    electrode = h.IClamp(here)
    electrode.delay, electrode.dur, electrode.amp = 500, 1000, current
    detector, spikes = h.NetCon(here._ref_v, None, sec=cell), h.Vector()
    detector.threshold = 0
    detector.record(spikes)
    v = h.Vector().record(here._ref_v)
    h.dt, h.steps_per_ms = dt, 1 / dt
    h.finitialize(-65)
    h.continuerun(1700)
    h.cao0_ca_ion = 2
    step = [v[i] for i in range(int(500 / dt), int(1500 / dt))]
    return {"rest": v[int(499 / dt)], "spikes": list(spikes), "lowest": min(step), "last": step[-1]}


def with_threads(channels, threads):
    """The last potential of two active patches that are advanced by this many threads."""
    parallel = h.ParallelContext()
    parallel.nthread(threads)
    patches = [membrane(channels) for _ in range(2)]
    for shift, patch in enumerate(patches):
        for name in channels:
            part = getattr(patch(0.5), name)
            setattr(part, "pbar" if hasattr(part, "pbar") else "gbar", 1e-4 * (shift + 1))
    h.dt = 0.025
    h.finitialize(-65)
    for _ in range(200):
        h.fadvance()
    found = [patch(0.5).v for patch in patches]
    parallel.nthread(1)
    return found


print(json.dumps([globals()[name](**arguments) for name, arguments in json.load(sys.stdin)]))
