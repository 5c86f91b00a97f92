# %% [markdown]
# # Ions, membranes, potentials
#
# Every living neuron is a charged battery. Its inside lies some 70 mV below its outside, across a film of fat a few millionths of a millimetre thin, and everything that a neuron says to another begins as a change of that voltage. Where does the voltage come from, when both sides of the membrane are
# salt water? How many ions have to move to change it? And if ions move with every signal, why does the battery not run down at once? Three ideas answer this: a membrane is a capacitor, an ion feels two forces, and a cell holds far more ions than charge.
# All later lectures of this course stand on them, mostly without saying so.
#
# **What you will do**
#
# - count the ions behind a membrane potential
# - let single ions walk at random through a membrane until the voltage stops them, and meet Nernst there
# - derive the Goldman-Hodgkin-Katz equations, and replace them by a resistor, a battery and a capacitor
# - switch the pumps off and watch the battery run down
#
# **What you will learn**
#
# - How few ions make a membrane potential?
# - At which potential does an ion stop, and why there?
# - What sets the potential when several ions leak?
# - When may you replace a membrane by a resistor and a capacitor?
# - When may you treat concentrations as constant?
#
# **What you will need**
#
# - NumPy, Matplotlib and functions, as in lecture 01
# - charge, current, Ohm's law; a first-order differential equation
#
# **Time**: 60 minutes. The whole page runs in less than 20 seconds.

# %% tags=["setup"]
from dataclasses import dataclass, replace

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import to_rgb
from scipy import constants as si
from scipy.integrate import solve_ivp, trapezoid
from scipy.optimize import brentq
from scipy.special import exprel

plt.style.use("course.mplstyle")

# %% [markdown]
# ## Symbols and units
#
# | symbol | meaning | unit here | in papers |
# |---|---|---|---|
# | $V$ | membrane potential: inside minus outside | mV | mV |
# | $E$ | Nernst (equilibrium) potential of an ion | mV | mV |
# | $z$ | valence of an ion: +1 for K⁺, −1 for Cl⁻, +2 for Ca²⁺ | – | – |
# | $c_\text{in},\ c_\text{out}$ | concentrations | mM | mM |
# | $C_m$ | membrane capacitance per area | pF/µm² | µF/cm² |
# | $P$ | permeability of the membrane for an ion | µm/ms | cm/s |
# | $I$ | current per area, positive when positive charge goes *out* | pA/µm² | µA/cm² |
# | $g$ | conductance per area | nS/µm² | mS/cm² |
# | $D$ | diffusion coefficient | µm²/ms | cm²/s |
# | $F,\ R,\ e,\ k$ | constants of Faraday, gas, elementary charge, Boltzmann | | |
# | $T$ | absolute temperature | K | °C |
#
# With µm, ms, mV, pA, pF, nS, fC and mM no conversion factor is left in any equation: 1 pF · 1 mV = 1 fC = 1 pA · 1 ms, and 1 nS · 1 mV = 1 pA. One mM is one attomole per µm³, so Faraday's constant is 96.485 fC per (mM µm³), and Avogadro's number is 602 214 ions per (mM µm³).

# %%
C_PER_MOL = si.N_A * si.e  # Faraday's constant in C/mol
FARADAY = 1e-3 * C_PER_MOL  # the same in fC/(mM µm³)
IONS_PER_MM_UM3 = 1e-18 * si.N_A  # ions in 1 µm³ at 1 mM
ELEMENTARY = 1e15 * si.e  # fC


@dataclass(frozen=True)
class Ion:
    """One kind of ion: valence, concentrations inside and outside (mM)."""

    z: int
    inside: float
    outside: float


def thermal(celsius):
    """RT/F in mV: the voltage that thermal motion is worth."""
    return 1e3 * si.R * (si.zero_Celsius + celsius) / C_PER_MOL


# %% [markdown]
# All parameters of this lecture stand in the next cell.
#
# - The **squid** giant axon, as textbooks give it (for example Kandel et al., *Principles of Neural Science*), with the permeability ratios of Hodgkin and Katz (1949, [doi:10.1113/jphysiol.1949.sp004310](https://doi.org/10.1113/jphysiol.1949.sp004310)).
# - A **mammalian** neuron: round numbers of the size that textbooks give (for example Hille 2001, *Ion Channels of Excitable Membranes*, chapter 1). We lend it the squid's permeability ratios.
# - Capacitance: 1 µF/cm² is the modellers' round number; measured in three kinds of neuron, 0.9 µF/cm² (Gentet, Stuart and Clements 2000, [doi:10.1016/S0006-3495(00)76293-X](https://doi.org/10.1016/S0006-3495%2800%2976293-X)).
# - The absolute permeability for K⁺, 10⁻⁶ cm/s, is our choice; it gives the membrane a resistance of a usual size.

# %%
SQUID = {"K": Ion(+1, 400, 20), "Na": Ion(+1, 50, 440), "Cl": Ion(-1, 52, 560)}  # mM
SQUID_CELSIUS = 20
NEURON = {"K": Ion(+1, 140, 5), "Na": Ion(+1, 12, 145), "Cl": Ion(-1, 10, 110), "Ca": Ion(+2, 1e-4, 2)}  # mM
CELSIUS = 37

RATIOS = {"K": 1.0, "Na": 0.04, "Cl": 0.45}  # permeabilities relative to that for K
P_K = 1e-5  # µm/ms, 1e-6 cm/s
PERMEABILITY = {name: ratio * P_K for name, ratio in RATIOS.items()}  # µm/ms
C_M = 0.01  # pF/µm², 1 µF/cm²


# %%
def shades(colour, count):
    """`count` colours from a light tint to the full colour."""
    return [tuple(1 - strength * (1 - np.array(to_rgb(colour)))) for strength in np.linspace(0.35, 1, count)]


# %% [markdown]
# ## 1. A membrane is a capacitor
#
# Ions cannot enter the oily core of a membrane. So there are two conductors, the salt water inside and outside, with an insulator between them: a capacitor. A potential $V$ *is* a charge $C_mV$ on each µm², negative on the one face, positive on the other.
#
# **Predict.** Bring 1 µm² of a neuron's membrane from 0 to −70 mV. Behind that µm², in a column of cytoplasm of 1 µm depth, swim 84 million K⁺ ions. How many of them have to leave: one in 10, in 1000, in 10 000?

# %% [markdown] tags=["scratch"]
# My guess:

# %%
charge = C_M * 70  # fC/µm²
leaving = charge / ELEMENTARY
available = NEURON["K"].inside * IONS_PER_MM_UM3
print(f"charge: {charge:.2f} fC/µm², that is {leaving:.0f} ions per µm²")
print(f"K ions in the column: {available / 1e6:.1f} million, so one in {available / leaving:.0f} leaves")

# %% [markdown]
# One in twenty thousand. The charge that makes all the voltage is a *trace* of the charge that is there. A different picture of the same: on the inner face lies one excess charge in every square of 15 nm × 15 nm.
#
# Where in the water is this charge? An excess ion draws ions of opposite sign towards itself, so the rest of the solution does not feel it beyond the **Debye length** (Debye and Hückel 1923), $\lambda_D = \sqrt{\varepsilon RT/(2F^2c)}$ for a salt of concentration $c$. Let us draw the potential and the charge from 5 nm inside (left) to 5 nm outside (right).

# %%
WATER, OIL = 74.0, 2.1  # relative permittivities: water at body temperature, hydrocarbon
thickness = 1e9 * OIL * si.epsilon_0 / 0.01  # nm; 1 µF/cm² is 0.01 F/m²
debye = 1e9 * np.sqrt(WATER * si.epsilon_0 * si.R * 310.15 / (2 * C_PER_MOL**2 * 150))  # nm; 37 °C, 150 mM
drop = 1e3 * (1e-3 * charge) * 1e-9 * debye / (WATER * si.epsilon_0)  # mV; 1 fC/µm² is 1e-3 C/m²

excess = 1e3 * charge / FARADAY / debye  # mM of positive charge at the faces
print(f"Debye length {debye:.2f} nm, drop in each layer {drop:.2f} mV, field {70 / thickness:.0f} million V/m")

# %%
x = np.linspace(0, 5, 200)  # nm from the face
fig, (a, b) = plt.subplots(1, 2, layout="constrained", figsize=(10, 3.2))
for side in (-1, 1):
    away = side * (thickness / 2 + x)
    a.plot(away, -70 * (side < 0) - drop + side * drop * (1 - np.exp(-x / debye)), color="C0")
    b.plot(away, side * excess * np.exp(-x / debye), color="C2")
a.plot([-thickness / 2, thickness / 2], [-70 - drop, -drop], color="C0")
for ax in (a, b):
    ax.axvspan(-thickness / 2, thickness / 2, color="0.9", lw=0)
    ax.set(xlabel="distance from the middle of the membrane (nm)")
a.set(ylabel="potential (mV)")
b.set(ylabel="excess positive charge (mM)")
b.text(0, 0, "membrane", ha="center", va="center", rotation=90)
plt.show()

# %% [markdown]
# The excess charge sits within a nanometre of the membrane. Beyond, positive and negative ions cancel: the bulk is **electroneutral**. Nearly all of the potential falls inside the membrane, along a straight line, which we shall use in section 5. (The insulator that makes 1 µF/cm² out of oil is 1.9 nm thick, about the size of the
# oily core of a membrane: the plate capacitor is not a bad picture. The field in it, 38 million V/m, is ten times what air can stand.)
#
# Electroneutrality is no law of nature. It is what the size of the capacitance enforces. What if one K⁺ in a hundred left an axon, with nothing to replace it? The axon's surface grows as $\pi d$, its volume as $\pi d^2/4$, so each µm² of membrane has $d/4$ µm³ behind it.

# %%
fraction, volts = {}, {}
for d in (0.2, 1, 10, 500):  # µm
    held = NEURON["K"].inside * FARADAY * d / 4  # fC of K behind each µm² of membrane
    fraction[d], volts[d] = charge / held, 1e-3 * 0.01 * held / C_M
    print(f"d = {d:5} µm: −70 mV take {fraction[d]:.1e} of the K; 1 % of it would make {volts[d]:8.1f} V")

# %% [markdown]
# Even in the thinnest axons 0.1 % of the ions do the job, and in an axon as thick as the squid's one in two and a half million. Losing one per cent would mean 0.7 V in the thinnest and 1700 V in the giant, and no cell could hold that. So think of the two quantities apart: *the potential is set by very few ions, the concentrations by all the others*. In exercise 01 you will do this count for a cell body, and for an ion of which
# there are few to begin with.

# %% tags=["guard"]
assert round(leaving / 100) == 44 and round(available / 1e6) == 84 and 19e3 < available / leaving < 20e3
assert 14.5 < 1e3 / np.sqrt(leaving) < 15.5  # nm
assert round(debye, 2) == 0.78 and drop < 0.9 and round(thickness, 1) == 1.9 and 35 < 70 / thickness < 40
_sigma = 1e-3 * charge  # C/m²; Gauss: field in the oil, from the charge, times thickness is the potential
assert np.isclose(_sigma / (OIL * si.epsilon_0) * thickness * 1e-9, 0.070)
# The fraction of an axon's ions, in SI units and from numbers of ions rather than charges; a piece of 1 m.
for _d in (0.2, 500):
    _number = np.pi * _d * 1e-6 * 0.01 * 0.070 / si.e
    _inside = np.pi * (_d * 1e-6) ** 2 / 4 * 140 * si.N_A
    assert np.isclose(fraction[_d], _number / _inside, rtol=1e-6), (_d, fraction[_d])
    assert np.isclose(volts[_d], 0.01 * 140 * 96485.33 * _d * 1e-6 / 4 / 0.01, rtol=1e-6), (_d, volts[_d])
assert round(1e3 * fraction[0.2], 1) == 1.0 and 2.3e6 < 1 / fraction[500] < 2.6e6, fraction
assert round(volts[0.2], 1) == 0.7 and round(volts[500], -2) == 1700, volts
# The excess adds up to the charge on a face.
assert np.isclose(trapezoid(excess * np.exp(-x / debye), x) * FARADAY * 1e-3, charge, rtol=5e-3)

# %% [markdown]
# ## 2. Two forces
#
# An ion in water is pushed about at random by the heat: more of them leave a crowded place than enter it. That is **diffusion**. An electric field pulls as well: **drift**. The flux of ions (number per area and time) along $x$ is the sum
#
# $$ J = -D\left(\frac{\mathrm{d}c}{\mathrm{d}x} + \frac{zF}{RT}\,c\,\frac{\mathrm{d}\phi}{\mathrm{d}x}\right), \tag{1} $$
#
# the **Nernst-Planck equation**, with $\phi$ the electric potential. One constant $D$ serves both terms, because the same collisions that spread the ions also brake them (Einstein 1905, [doi:10.1002/andp.19053220806](https://doi.org/10.1002/andp.19053220806)).
#
# **When do the two cancel?** Put $J = 0$, divide by $c$ and integrate from outside to inside:
#
# $$ c(x) \propto e^{-zF\phi(x)/RT} \qquad\Longrightarrow\qquad \frac{c_\text{in}}{c_\text{out}} = e^{-zFV/RT}. \tag{2} $$
#
# That is **Boltzmann's distribution**: each step of $RT$ in energy costs a factor $e$ in number. Solve it for the potential, and you have the **Nernst potential** (Nernst 1889, [doi:10.1515/zpch-1889-0412](https://doi.org/10.1515/zpch-1889-0412)):
#
# $$ \boxed{\;E = \frac{RT}{zF}\,\ln\frac{c_\text{out}}{c_\text{in}}\;} \tag{3} $$
#
# No property of the membrane is left in it: neither the thickness, nor $D$, nor the shape of $\phi(x)$. Only the two concentrations and the temperature count.
#
# ## 3. Watch it happen
#
# Equation (3) says where the journey ends. How does it get there? We build the smallest world in which that can be seen: 1 µm² of a membrane that lets pass K⁺ only, with 140 mM on the inside and 5 mM on the outside, uncharged at the beginning. An ion crosses the membrane in five hops of equal length, each outwards or inwards at
# random. The potential tilts the dice: a hop moves the ion through a fifth of $V$, so outward hops become more frequent by $e^{\,zFV/(10RT)}$ and inward hops rarer by the same factor. And each hop moves charge: a fifth of an elementary charge through the membrane, which changes $V$.
#
# Nothing in this world knows equation (3), and no ion knows where the others are, except through $V$.
#
# **Predict.** K⁺ begins to leave, and the inside becomes negative. Where does $V$ stop? At which concentration inside? And when it has stopped, do the ions stand still?

# %% [markdown] tags=["scratch"]
# My guess:

# %%
WALK = {"hops": 5, "dt": 0.02, "ions_per_mM": 4}  # time step in ms; ions in one slice of membrane at 1 mM


def hop(ion, V, ions, dice, hops, dt, ions_per_mM):
    """One time step of independent patches: net number of outward hops over each of the `hops` barriers.

    V (mV) has one entry for each patch; ions (patches × slices) are the numbers between the barriers.
    """
    base = P_K * IONS_PER_MM_UM3 * hops * dt / ions_per_mM  # so that many hops make the permeability P_K
    tilt = np.exp(ion.z * V / thermal(CELSIUS) / (2 * hops))
    outward, inward = base * tilt, base / tilt
    chances = np.stack([outward, inward, 1 - outward - inward], axis=-1)[:, None, :]
    moves = dice.multinomial(ions, chances)
    entering = dice.poisson(outward * ions_per_mM * ion.inside), dice.poisson(inward * ions_per_mM * ion.outside)
    return np.column_stack([entering[0], moves[..., 0]]) - np.column_stack([moves[..., 1], entering[1]])


# %%
def walk(ion, V, t_stop, seed, clamped=False, **world):
    """Patches of 1 µm² from potentials V (mV). Returns V (times × patches), ions that left, ions in the slices."""
    world = {**WALK, **world}
    dice = np.random.default_rng(seed)
    ions = np.zeros((len(V), world["hops"] - 1), dtype=int)
    left, potentials, numbers = np.zeros(len(V)), [V], [ions]
    for _ in range(round(t_stop / world["dt"])):
        net = hop(ion, V, ions, dice, **world)
        crossed = net.sum(axis=1) / world["hops"]  # a hop moves a fraction of a charge across
        ions = ions - np.diff(net, axis=1)
        left = left + crossed
        V = V if clamped else V - ion.z * ELEMENTARY * crossed / C_M
        potentials.append(V)
        numbers.append(ions)
    return np.array(potentials), left, np.array(numbers)


# %%
V_walk, left, numbers = walk(NEURON["K"], np.zeros(20), t_stop=200, seed=1)
t_walk = WALK["dt"] * np.arange(len(V_walk))
settled = V_walk[t_walk > 100]
E_K = thermal(CELSIUS) * np.log(NEURON["K"].outside / NEURON["K"].inside)
print(f"mean over the last 100 ms: {settled.mean():.2f} mV; Nernst: {E_K:.2f} mV")
print(f"ions that left each patch: {left.mean():.0f} of {available / 1e6:.0f} million in a column of 1 µm")

# %%
fig, (a, b, c) = plt.subplots(1, 3, layout="constrained", figsize=(10, 3.4))
for trace, colour in zip(V_walk.T, shades("C0", 3)):
    a.plot(t_walk, trace, color=colour, lw=0.8)
a.axhline(E_K, color="C5", ls="--", lw=1)
a.text(200, E_K + 7, "Nernst", ha="right")
a.set(xlabel="time (ms)", ylabel="membrane potential (mV)")
noise = 1e3 * np.sqrt(si.k * (si.zero_Celsius + CELSIUS) / (1e-12 * C_M))  # mV, of 1 µm²
bins = E_K + noise * np.linspace(-4, 4, 200)
b.hist(settled.ravel(), bins=40, density=True, color="C0", alpha=0.5)
b.plot(bins, np.exp(-(((bins - E_K) / noise) ** 2) / 2) / (noise * np.sqrt(2 * np.pi)), "--", color="C5")
b.set(xlabel="membrane potential (mV)", ylabel="probability density (1/mV)")
place = np.arange(1, WALK["hops"]) / WALK["hops"]
c.semilogy(place, numbers[t_walk > 100].mean(axis=(0, 1)) / WALK["ions_per_mM"], "o", color="C2", label="walk")
c.semilogy([0, 1], [NEURON["K"].inside, NEURON["K"].outside], "--", color="C5", label="Boltzmann")
c.set(xlabel="way from inside to outside", ylabel="K⁺ in the membrane (mM)")
c.legend()
plt.show()

# %% [markdown]
# - **Left**: three of twenty patches. The potential falls, ever more slowly, and stays at the Nernst potential.
# - **Middle**: it does not stand still there. Ions go on hopping, as many out as in *on average*. The potential of 1 µm² trembles by 0.65 mV: that is $\sqrt{kT/C}$, the thermal noise of any capacitor (black: no fit, only that formula). A whole cell, with a capacitance thousands of times larger, trembles by some ten microvolts.
# - **Right**: inside the membrane the ions are distributed as Boltzmann says, a straight line on this scale.
#
# And the count: some 5550 ions have left, as many as the capacitor asks for, one in 15 000 of those in the column. Did you guess that the concentrations would become equal? They do not change in four digits. *The voltage stops the flow long before the concentrations notice it.*

# %% tags=["guard"]
assert np.isclose(E_K, -89.059, atol=5e-4)  # reference value for K 5/140 mM at 37 °C
# Tolerance: 20 patches, 100 ms, correlated over 2 x 13 ms: 77 independent values of 0.65 mV, so 0.075 mV each sigma.
assert abs(settled.mean() - E_K) < 0.3, settled.mean()
assert abs(settled.std() / noise - 1) < 0.2 and round(noise, 2) == 0.65, (settled.std(), noise)
assert abs(left.mean() / 5560 - 1) < 0.01 and np.isclose(-C_M * E_K / ELEMENTARY, 5559, rtol=1e-3), left.mean()
assert 14.5e3 < available / left.mean() < 15.5e3
assert np.allclose(numbers[t_walk > 100].mean(axis=(0, 1)) / WALK["ions_per_mM"], 140 * (5 / 140) ** place, rtol=0.03)
assert np.allclose(140 * (1 - left.mean() / available), 140, rtol=1e-4)
_other, _, _ = walk(NEURON["Cl"], np.full(8, -60.0), t_stop=60, seed=2)  # an anion: 64.088 mV, negative
assert abs(_other[1500:].mean() + 64.088) < 0.5, _other[1500:].mean()
assert np.all(np.abs(V_walk[-1] - E_K) < 5 * noise)

# %% [markdown]
# ## 4. Each ion has its own potential
#
# For the ions of a neuron we read (3) as a rule of thumb: *so many millivolts for each factor of ten*, divided by the valence.

# %%
for name, ions, celsius in [("squid", SQUID, SQUID_CELSIUS), ("squid, cold", SQUID, 6.3), ("neuron", NEURON, CELSIUS)]:
    decade = np.log(10) * thermal(celsius)
    potentials = {k: decade / ion.z * np.log10(ion.outside / ion.inside) for k, ion in ions.items()}
    shown = ", ".join(f"{k} {E:+.1f}" for k, E in potentials.items())
    print(f"{name:12s} RT/F {thermal(celsius):.4f} mV, {decade:.1f} mV per factor of ten: {shown} mV")

# %% [markdown]
# K⁺ would hold the membrane at −89 mV, Na⁺ at +67 mV, Ca²⁺ above +130 mV. Cl⁻ sits near the resting potential; being negative, it wants a *negative* inside although it is more concentrated *outside*. A warm membrane makes a little more of the same concentrations, since $E$ is proportional to the absolute temperature: 11 % from 6.3 to 37 °C.
#
# A neuron has thus several batteries, and by opening this or that channel it chooses between −89 and +67 mV. That choice is what an action potential is made of (lecture 03).

# %% tags=["guard"]
import os

os.environ["NEURON_MODULE_OPTIONS"] = "-nogui"
from neuron import h

assert np.allclose([thermal(celsius) for celsius in (6.3, 20, 37)], (24.0811, 25.2617, 26.7267), rtol=0, atol=6e-5)
_reference = {"K": -89.059, "Na": 66.598, "Cl": -64.088, "Ca": 132.344}  # 37 °C
assert all(abs(potentials[k] - E) < 6e-4 for k, E in _reference.items()), potentials
assert round(100 * (thermal(CELSIUS) / thermal(6.3) - 1)) == 11
_kept = h.celsius
for _ions, _celsius in ((SQUID, 6.3), (SQUID, 20), (NEURON, 37)):
    h.celsius = _celsius
    for _ion in _ions.values():
        _E = thermal(_celsius) / _ion.z * np.log(_ion.outside / _ion.inside)
        assert np.isclose(h.nernst(_ion.inside, _ion.outside, _ion.z), _E, rtol=1e-5), (_ion, _E)
h.celsius = _kept

# %% [markdown]
# ## 5. How much current away from equilibrium?
#
# At $V \ne E$ ions flow. How many? Now the shape of $\phi(x)$ matters. In section 1 it was a straight line: a **constant field** (Goldman 1943, [doi:10.1085/jgp.27.1.37](https://doi.org/10.1085/jgp.27.1.37)). Let $\xi = zFV/RT$, the potential without units, and $s$ the way through the membrane of thickness $\delta$, from 0 inside to 1 outside. Then
# $\phi = V(1-s)$, and (1) reads $J\delta/D = -\mathrm{d}c/\mathrm{d}s + \xi c$. Multiply by $e^{-\xi s}$: the right side becomes a total derivative.
#
# $$ \frac{J\delta}{D}\,e^{-\xi s} = -\frac{\mathrm{d}}{\mathrm{d}s}\left(c\,e^{-\xi s}\right) \quad\xrightarrow{\ \int_0^1\ }\quad \frac{J\delta}{D}\,\frac{1 - e^{-\xi}}{\xi} = c_\text{in} - c_\text{out}\,e^{-\xi}. $$
#
# With the permeability $P = D/\delta$ and the charge $zF$ per mole, this is the **Goldman-Hodgkin-Katz current equation**:
#
# $$ \boxed{\;I = P\,zF\,\xi\;\frac{c_\text{in} - c_\text{out}\,e^{-\xi}}{1 - e^{-\xi}}\;} \;=\; P\,zF\left[c_\text{in}\,\frac{\xi}{1 - e^{-\xi}} - c_\text{out}\,\frac{\xi}{e^{\xi} - 1}\right] \tag{4} $$
#
# The second form shows two one-way streams: what goes out knows $c_\text{in}$ only, what comes in knows $c_\text{out}$ only. At $\xi = 0$ both fractions are 0/0, with the limit 1. SciPy's `exprel(x)`, that is $(e^x - 1)/x$, knows this.


# %%
def current(ion, V, P, celsius=CELSIUS):
    """Current (pA/µm², outward positive) of one ion at V (mV); permeability P in µm/ms. Equation (4)."""
    xi = ion.z * np.asarray(V) / thermal(celsius)
    return P * ion.z * FARADAY * (ion.inside / exprel(-xi) - ion.outside / exprel(xi))


# %% [markdown]
# **Predict.** The K⁺ current is zero at −89 mV. Go 60 mV up from there, then 60 mV down from there. Are the two currents of equal size? If not, by which factor do they differ?

# %% [markdown] tags=["scratch"]
# My guess:

# %%
K = NEURON["K"]
up, down = current(K, E_K + 60, P_K), current(K, E_K - 60, P_K)
print(f"60 mV up {up:.4f} pA/µm², 60 mV down {down:.4f} pA/µm², ratio {-up / down:.2f}")

held = np.arange(-150, 100, 30.0)  # mV
_, left, _ = walk(K, held, t_stop=50, seed=3, clamped=True, hops=10, dt=0.01)
V = np.linspace(-160, 100, 261)
fig, (a, b) = plt.subplots(1, 2, layout="constrained", figsize=(10, 3.8))
a.plot(V, current(K, V, P_K), color="C5", label="equation (4)")
a.plot(held, left * ELEMENTARY / 50, "o", color="C1", label="walk, potential held")
a.plot(V, P_K * FARADAY * K.inside * V / thermal(CELSIUS), ":", color="C7", label="outward stream alone")
a.plot(V, P_K * FARADAY * K.outside * V / thermal(CELSIUS), "--", color="C7", label="inward stream alone")
for outside, colour in zip((5, 25, 140), shades("C1", 3)):
    b.plot(V, current(replace(K, outside=outside), V, P_K), color=colour, label=f"{outside} mM outside")
for ax in (a, b):
    ax.axhline(0, color="0.8", lw=1, zorder=0)
    ax.set(xlabel="membrane potential (mV)", ylabel="current (pA/µm²)", ylim=(-0.35, 0.6))
    ax.legend()
plt.show()

# %% [markdown]
# The current up is nearly three times the current down. The membrane **rectifies**, with no gate and no moving part, only because there are more ions to carry the current out than in. Far to the right equation (4) becomes a straight line with a slope proportional to $c_\text{in}$, far to the left one with a slope proportional to $c_\text{out}$, 28 times
# flatter. With equal concentrations (right, darkest) it is Ohm's law. The dots are our walking ions, with the potential held: they know nothing of equation (4).
#
# Do not read too much into the formula. Real channels have binding sites and saturate, and some rectify the other way round. Equation (4) is what *free* diffusion in a constant field does, and it is used where the concentrations differ most: for calcium.


# %% tags=["guard"]
def _slope(ion, V, P=P_K, celsius=CELSIUS, step=1e-3):
    return (current(ion, V + step, P, celsius) - current(ion, V - step, P, celsius)) / (2 * step)


assert 2.7 < -up / down < 2.9, up / down
assert abs(current(K, E_K, P_K)) < 1e-9 and np.isclose(current(K, 0.0, P_K), P_K * FARADAY * 135)
assert np.isclose(_slope(K, 2000.0) / _slope(K, -2000.0), 28) and np.isclose(
    _slope(K, 2000.0), P_K * FARADAY * 140 / thermal(37)
)
_equal = current(replace(K, outside=140), V, P_K)
assert np.allclose(_equal, P_K * FARADAY * 140 * V / thermal(37))
# The walk: counting noise of some 1 %, lattice error of ten hops below 2 % of the larger stream.
assert np.allclose(left * ELEMENTARY / 50, current(K, held, P_K), rtol=0.03, atol=2e-3), left * ELEMENTARY / 50
# NEURON's own GHK, mA/cm² for P = 1 cm/s; 1 mA/cm² is 10 pA/µm², 1 cm/s is 10 µm/ms.
h.celsius = CELSIUS
for _name, _ion in NEURON.items():
    for _V in (-90.0, -20.0, 35.0):
        _theirs = 10 * h.ghk(_V, _ion.inside, _ion.outside, _ion.z)
        assert np.isclose(current(_ion, _V, 10.0), _theirs, rtol=1e-4), (_name, _V, _theirs)
h.celsius = _kept
# (4) out of (1), numerically: the profile c(s) integrated from inside with the flux of (4) arrives at c_out.
_xi = -65 / thermal(37)
_J = current(K, -65.0, P_K) / (P_K * FARADAY)
_profile = solve_ivp(lambda s, c: _xi * c - _J, (0, 1), [140.0], rtol=1e-10, atol=1e-10).y[0, -1]
assert abs(_profile - 5) < 1e-6, _profile
# The mean of the walks of section 3 follows C dV/dt = -I(V). Five hops: 2 % of the current.
_path = solve_ivp(lambda t, v: -current(K, v, P_K) / C_M, (0, 60), [0.0], t_eval=(5.0, 15.0, 40.0), rtol=1e-8).y[0]
assert np.allclose(V_walk[[250, 750, 2000]].mean(axis=1), _path, rtol=0, atol=1.2), _path

# %% [markdown]
# ## 6. Many ions, one potential
#
# With several ions there is one potential and several Nernst potentials; not all the ions can have theirs. The potential settles where the *sum* of the currents is zero. For monovalent ions $\xi$ is the same but for the sign; in (4) an anion's $c_\text{in}$ and $c_\text{out}$ exchange their roles, the common factor
# $\xi/(1 - e^{-\xi})$ drops out, and what remains can be solved for $V$:
#
# $$ V = \frac{RT}{F}\,\ln\frac{P_\text{K}[\text{K}]_\text{out} + P_\text{Na}[\text{Na}]_\text{out} + P_\text{Cl}[\text{Cl}]_\text{in}}{P_\text{K}[\text{K}]_\text{in} + P_\text{Na}[\text{Na}]_\text{in} + P_\text{Cl}[\text{Cl}]_\text{out}}. \tag{5} $$
#
# This is the **Goldman-Hodgkin-Katz voltage equation** (Hodgkin and Katz 1949). Only *ratios* of permeabilities matter. You will write it in exercise 01. Here we do not need the formula: we look for the zero of the sum, which works for any valence.


# %%
def total_current(ions, V, permeability, celsius=CELSIUS):
    """Sum of the currents (pA/µm²) of all ions that have a permeability (µm/ms)."""
    return sum(current(ions[name], V, P, celsius) for name, P in permeability.items())


def rest(ions, permeability, celsius=CELSIUS):
    """The potential (mV) at which the currents sum to zero."""
    return brentq(lambda V: total_current(ions, V, permeability, celsius), -200, 200, xtol=1e-10)


squid_rest = rest(SQUID, PERMEABILITY, SQUID_CELSIUS)
print(f"squid, 20 °C: {squid_rest:.3f} mV")

# %% [markdown]
# −59.9 mV, with the ratios 1 : 0.04 : 0.45 that Hodgkin and Katz inferred from how the axon's potential changed when they changed the sea water around it.
#
# **Predict.** Double the K⁺ outside a mammalian neuron (5 to 10 mM). Instead, double the Na⁺ outside (145 to 290 mM). Which one moves the resting potential more, and by how many mV? And at rest, is any single current zero?

# %% [markdown] tags=["scratch"]
# My guess:

# %%
V_REST = rest(NEURON, PERMEABILITY)
more_K = rest({**NEURON, "K": replace(K, outside=10)}, PERMEABILITY)
more_Na = rest({**NEURON, "Na": replace(NEURON["Na"], outside=290)}, PERMEABILITY)
print(
    f"rest {V_REST:.2f} mV; K doubled outside {more_K - V_REST:+.2f} mV, Na doubled outside {more_Na - V_REST:+.2f} mV"
)
for name, P in PERMEABILITY.items():
    print(f"{name:2s} {1e3 * current(NEURON[name], V_REST, P):+6.2f} fA/µm²")

# %% [markdown]
# As it happens they do about the same: $P_\text{Na}$ is 25 times smaller, but we added 29 times as many ions. In a brain the Na⁺ outside is too much to be doubled by anything; the little K⁺ is not: what leaves active neurons piles up in the narrow space around them.
#
# And **rest is not equilibrium**. No single current is zero: K⁺ leaks out all the time, Na⁺ leaks in. The sums of charge cancel, the ions do not come back. Something has to carry them back, at the cost of energy: the pumps of lecture 11. Section 8 switches them off.
#
# How does the resting potential follow the K⁺ outside?

# %%
outside = np.geomspace(0.5, 140, 60)  # mM
fig, ax = plt.subplots(layout="constrained")
ax.semilogx(outside, thermal(CELSIUS) * np.log(outside / K.inside), "--", color="C5", label="Nernst for K⁺")
for P_Na, colour in zip((0.003, 0.01, 0.04), shades("C0", 3)):
    membrane = {"K": 1.0, "Na": P_Na}
    potentials = [rest({**NEURON, "K": replace(K, outside=o)}, membrane) for o in outside]
    ax.semilogx(outside, potentials, color=colour, label=f"GHK, $P_{{Na}}/P_K$ = {P_Na}")
ax.set(xlabel="K⁺ outside (mM)", ylabel="resting potential (mV)", xticks=(1, 10, 100), xticklabels=(1, 10, 100))
ax.legend()
plt.show()

# %% [markdown]
# With much K⁺ outside, the membrane is a K⁺ electrode: 61.5 mV for each factor of ten. With little, a trace of Na⁺ permeability takes over, and the curve becomes flat. Measured curves look like this: in frog muscle, the potential follows $E_\text{K}$ with considerable accuracy above 10 mM and departs from it below (Hodgkin and Horowicz 1959, [doi:10.1113/jphysiol.1959.sp006278](https://doi.org/10.1113/jphysiol.1959.sp006278)).

# %% tags=["guard"]
assert abs(squid_rest + 59.927) < 6e-4  # reference value


def _voltage_equation(ions, ratios, celsius):
    above = sum(P * (ions[k].outside if ions[k].z > 0 else ions[k].inside) for k, P in ratios.items())
    below = sum(P * (ions[k].inside if ions[k].z > 0 else ions[k].outside) for k, P in ratios.items())
    return thermal(celsius) * np.log(above / below)


for _ions, _celsius in ((SQUID, 20), (NEURON, 37)):
    for _ratios in (RATIOS, {"K": 1, "Na": 20, "Cl": 0.45}, {"Cl": 3.0}, {"K": 1e-3, "Na": 1e-4}):
        assert np.isclose(
            rest(_ions, _ratios, _celsius), _voltage_equation(_ions, _ratios, _celsius), rtol=0, atol=1e-6
        )
assert abs((more_K - V_REST) / (more_Na - V_REST) - 1) < 0.2 and more_K - V_REST > 7
_currents = np.array([current(NEURON[k], V_REST, P) for k, P in PERMEABILITY.items()])
assert abs(_currents.sum()) < 1e-9 and _currents[0] > 0 > _currents[1] and np.abs(_currents).min() > 1e-3, _currents
assert round(1 / RATIOS["Na"]) == 25 and 145 / 5 == 29
assert np.isclose(rest({**NEURON, "K": replace(K, outside=7.0)}, {"K": 1.0}), thermal(37) * np.log(7 / 140))
assert round(np.log(10) * thermal(37), 1) == 61.5
_slopes = np.diff(potentials) / np.diff(np.log10(outside))  # of the last curve, P_Na/P_K = 0.04
assert _slopes[0] < 10 and _slopes[-1] > 0.93 * 61.5, (_slopes[0], _slopes[-1])

# %% [markdown]
# ### Play with it
#
# The curve is the resting potential of the mammalian neuron against $P_\text{Na}/P_\text{K}$; the dot is where your membrane stands. Find the permeabilities of a neuron at rest, and those at the peak of an action potential. Then take the Cl⁻ permeability up: which part of the curve does it flatten? What does K⁺ outside move, and where has it no effect?


# %%
def potential_chart(log_Na=-1.4, P_Cl=0.45, K_outside=5.0):
    """Draw the resting potential against P_Na/P_K; log_Na is its decimal logarithm, P_Cl is relative to P_K."""
    ions = {**NEURON, "K": replace(K, outside=K_outside)}
    logs = np.linspace(-3, 3, 61)
    curve = [rest(ions, {"K": 1.0, "Na": 10**log, "Cl": P_Cl}) for log in logs]
    here = rest(ions, {"K": 1.0, "Na": 10**log_Na, "Cl": P_Cl})
    fig, ax = plt.subplots(layout="constrained")
    for name, ion in ions.items():
        if name != "Ca":
            E = thermal(CELSIUS) / ion.z * np.log(ion.outside / ion.inside)
            ax.axhline(E, color="C7", ls="--", lw=1)
            ax.text(1.01, E, f"$E_{{{name}}}$", va="center", transform=ax.get_yaxis_transform())
    ax.plot(logs, curve, color="C0")
    ax.plot(log_Na, here, "o", color="C0", ms=9)
    ax.set(xlabel=r"$\log_{10}(P_{Na}/P_K)$", ylabel="resting potential (mV)", ylim=(-140, 85), title=f"{here:.1f} mV")
    plt.show()


# %%
try:
    from ipywidgets import interact

    interact(potential_chart, log_Na=(-3.0, 3.0, 0.1), P_Cl=(0.0, 10.0, 0.05), K_outside=(1.0, 60.0, 0.5))
except ImportError:  # no sliders in this kernel: one picture, and you can call potential_chart() with other values
    potential_chart()

# %% tags=["scratch"]
potential_chart(log_Na=1.3, P_Cl=0.45, K_outside=5.0)

# %% [markdown]
# The second picture has the permeability ratio 20 that Hodgkin and Katz (1949) gave to the peak of the action potential, 500 times that at rest. By this alone the potential goes from −67 to +51 mV, and *no concentration has changed*. Cl⁻ holds the potential near its own $E_\text{Cl}$: it moves the rest little, and the peak a great deal.

# %% tags=["guard"]
_peak = rest(NEURON, {"K": 1.0, "Na": 20.0, "Cl": 0.45})
assert round(10**1.3) == 20 and 20 / RATIOS["Na"] == 500 and round(_peak) == 51 and round(V_REST) == -67, _peak
_with = [rest(NEURON, {"K": 1.0, "Na": _P, "Cl": 4.5}) for _P in (0.04, 20.0)]
assert abs(_with[0] - V_REST) < 4 < 15 < abs(_with[1] - _peak), (_with, V_REST, _peak)
for _log in (-3.0, 3.0):
    potential_chart(log_Na=_log, P_Cl=0.0, K_outside=60.0)
    plt.close("all")

# %% [markdown]
# ## 7. A resistor, a battery, a capacitor
#
# Lectures from here on write $g(V - E)$ in place of equation (4). What is this $g$? There are two candidates. The **chord conductance** $I/(V - E)$ joins the point on the curve to the zero at $E$. The **slope conductance** $\mathrm{d}I/\mathrm{d}V$ is what a small change feels. On a straight line they are the same.

# %%
reversal = {
    name: thermal(CELSIUS) / NEURON[name].z * np.log(NEURON[name].outside / NEURON[name].inside) for name in RATIOS
}
chord, slope = {}, {}
for name, P in PERMEABILITY.items():
    chord[name] = current(NEURON[name], V_REST, P) / (V_REST - reversal[name])
    slope[name] = np.diff(current(NEURON[name], V_REST + np.array([-0.01, 0.01]), P))[0] / 0.02
    print(f"{name:2s} chord {100 * chord[name]:.4f} mS/cm², slope {100 * slope[name]:.4f} mS/cm²")
average = sum(chord[name] * reversal[name] for name in RATIOS) / sum(chord.values())
print(f"mean of the E, weighted with the chord conductances: {average:.2f} mV; rest: {V_REST:.2f} mV")

# %% [markdown]
# With chord conductances the resting potential is a *weighted mean* of the Nernst potentials,
#
# $$ V = \frac{\sum g_k E_k}{\sum g_k}, \tag{6} $$
#
# exactly, because (6) says again that the currents sum to zero. But it is a statement about *this* potential. Keep the $g_k$ and change something, and (6) becomes an approximation. How good is it? We ask both equations what happens when K⁺ outside rises, and when the Na⁺ permeability does.


# %%
def weighted_mean(g, E):
    """The resting potential (mV) of conductances g and their reversal potentials E (mV). Equation (6)."""
    return sum(g[name] * E[name] for name in g) / sum(g.values())


by_K, by_Na = {}, {}  # the resting potential (mV): GHK, fixed conductances
for K_outside in (5, 7, 10, 20, 40):
    E = {**reversal, "K": thermal(CELSIUS) * np.log(K_outside / K.inside)}
    ghk = rest({**NEURON, "K": replace(K, outside=K_outside)}, PERMEABILITY)
    by_K[K_outside] = ghk, weighted_mean(chord, E)
    print("K outside {:3d} mM: GHK {:6.1f} mV, fixed conductances {:6.1f} mV".format(K_outside, *by_K[K_outside]))
for factor in (2, 10, 100, 500):
    ghk = rest(NEURON, {**PERMEABILITY, "Na": factor * PERMEABILITY["Na"]})
    by_Na[factor] = ghk, weighted_mean({**chord, "Na": factor * chord["Na"]}, reversal)
    print("Na permeability × {:3d}: GHK {:6.1f} mV, fixed conductances {:6.1f} mV".format(factor, *by_Na[factor]))

# %% [markdown]
# The fixed conductances always come out too high. Already from 5 to 7 mM K⁺ they promise 5.3 mV where (4) gives 3.3 mV; with ten times the Na⁺ permeability they miss by 20 mV. They overlook that the conductances themselves change: more K⁺ outside carries more current in, and a depolarised
# membrane lets K⁺ go out more readily (section 5). With ten times the Na⁺ permeability, $g_\text{K}$ has grown by half. (At 40 mM the two meet again: there K⁺ rules, and both are close to $E_\text{K}$.) So (6) keeps the books of one state, and is a rough guide to others.
#
# Why, then, does $g(V - E)$ stand in nearly every model? Because real channels are not bound to free diffusion. When Hodgkin and Huxley (1952, [doi:10.1113/jphysiol.1952.sp004718](https://doi.org/10.1113/jphysiol.1952.sp004718)) changed the potential so fast that no gate could follow, the currents of the squid's axon in sea water were proportional to $V - E$. Which of the two
# a channel obeys is a matter of measurement.
#
# ### The RC membrane
#
# Now the capacitor. A current $I_e$ per area from an electrode either charges the membrane or leaks through it:
#
# $$ C_m\frac{\mathrm{d}V}{\mathrm{d}t} = I_e - g\,(V - V_\text{rest}) \qquad\Longrightarrow\qquad V(t) = V_\text{rest} + \frac{I_e}{g}\left(1 - e^{-t/\tau}\right), \qquad \tau = \frac{C_m}{g}, \tag{7} $$
#
# for a current that is switched on at $t = 0$. For small changes about rest, $g$ is the sum of the *slope* conductances. We integrate (7) with the plainest method there is, *forward Euler*: new value = old value + step × rate. (Lecture 03 looks at it closely.)

# %%
G_REST = sum(slope.values())  # nS/µm²
TAU = C_M / G_REST
I_STEP = 0.01  # pA/µm², 1 µA/cm²
print(f"g = {100 * G_REST:.3f} mS/cm², membrane resistance {1e-2 / G_REST:.2f} kΩ cm², time constant {TAU:.2f} ms")


def euler(leak, I_e, dt, t_stop=40.0):
    """Potentials (mV) at 0, dt, 2 dt, ... from rest; leak(V) is the current (pA/µm²) through the membrane."""
    V = [V_REST]
    for _ in range(round(t_stop / dt)):
        V.append(V[-1] + dt * (I_e - leak(V[-1])) / C_M)
    return np.array(V)


def resistor(V):
    return G_REST * (V - V_REST)


def ghk_membrane(V):
    return total_current(NEURON, V, PERMEABILITY)


# %%
errors = {}  # mV, by step in ms
for dt in (4.0, 2.0, 1.0, 0.5, 0.25):
    t = dt * np.arange(round(40 / dt) + 1)
    exact = V_REST + I_STEP / G_REST * (1 - np.exp(-t / TAU))
    errors[dt] = np.abs(euler(resistor, I_STEP, dt) - exact).max()
    print(f"step {dt:4.2f} ms: largest error {errors[dt]:.4f} mV")

# %% [markdown]
# Half the step, half the error. With a step of $\tau/20$ it is about one per cent of the response.
#
# **Predict.** The true membrane is (4), not a resistor. Inject 1 µA/cm² inwards, then the same outwards; then five times as much. Where will the resistor fail: for the small or the large current, up or down, and will the true membrane move more or less than the resistor?

# %% [markdown] tags=["scratch"]
# My guess:

# %%
t = 0.1 * np.arange(401)
fig, axes = plt.subplots(1, 2, layout="constrained", figsize=(10, 3.6))
for ax, factor in zip(axes, (1, 5)):
    for sign in (1, -1):
        I_e = sign * factor * I_STEP
        ax.plot(t, euler(ghk_membrane, I_e, 0.1), color="C0", label="GHK membrane" if sign > 0 else None)
        exact = V_REST + I_e / G_REST * (1 - np.exp(-t / TAU))
        ax.plot(t, exact, "--", color="C5", label="RC, equation (7)" if sign > 0 else None)
    ax.axhline(V_REST, color="0.8", lw=1, zorder=0)
    ax.set(title=f"± {factor} µA/cm²", xlabel="time (ms)", ylabel="membrane potential (mV)")
axes[0].legend()
plt.show()

# %% [markdown]
# For 7 mV the RC membrane is as good as the truth: 0.5 mV off at the most. For 33 mV it is not. Upwards the true membrane conducts better and moves less, also faster; downwards it conducts worse and moves more, and slower. That is the rectification of section 5 again. (In a living neuron, gates open long before: lecture 03.)
#
# The time constant has a second meaning: it is how long the cell *remembers* a current. Here that is 6.6 ms; the tighter membranes of lecture 04 have 30 and 40 ms.

# %% tags=["guard"]
assert np.isclose(average, V_REST, rtol=0, atol=1e-6)
assert all(np.isclose(slope[k], _slope(NEURON[k], V_REST, PERMEABILITY[k]), rtol=1e-5) for k in RATIOS)
# At E, chord and slope are the same: P F² / RT times z² c_in c_out ln(c_out/c_in) / (c_out - c_in).
_at_E = P_K * FARADAY / thermal(37) * 140 * 5 * np.log(28) / 135
assert np.isclose(_slope(K, E_K), _at_E, rtol=1e-6) and np.isclose(current(K, E_K + 1e-4, P_K) / 1e-4, _at_E, rtol=1e-5)
for _pairs in (by_K, by_Na):
    assert all(_fixed > _ghk for _x, (_ghk, _fixed) in _pairs.items() if _x != 5), _pairs
assert np.allclose(by_K[7], (V_REST + 3.3, V_REST + 5.3), rtol=0, atol=0.05) and np.ptp(by_K[5]) < 1e-6, by_K
assert np.ptp(by_K[40]) < 1 and np.abs(by_K[40] - thermal(37) * np.log(40 / 140)).max() < 3, by_K
assert round(np.ptp(by_Na[10])) == 20, by_Na
_gK = current(K, by_Na[10][0], P_K) / (by_Na[10][0] - reversal["K"])
assert 1.4 < _gK / chord["K"] < 1.6, _gK / chord["K"]
for _dt in (1.0, 0.5):
    assert np.isclose(errors[_dt] / errors[_dt / 2], 2, rtol=0.1), errors
assert errors[0.25] < 0.01 * I_STEP / G_REST and abs(TAU / 20 - 0.33) < 0.01, errors
assert round(TAU, 1) == 6.6 and round(I_STEP / G_REST) == 7 and round(5 * I_STEP / G_REST) == 33
_reached = {_f: euler(ghk_membrane, _f * I_STEP, 0.1)[-1] - V_REST for _f in (1, -1, 5, -5)}
assert all(abs(_reached[_f] - _f * I_STEP / G_REST) < 0.5 for _f in (1, -1)), _reached
assert _reached[5] < 0.9 * 5 * I_STEP / G_REST and -_reached[-5] > 1.1 * 5 * I_STEP / G_REST, _reached
_half = [np.argmax(np.abs(euler(ghk_membrane, _f * I_STEP, 0.01) - V_REST) > abs(_reached[_f]) / 2) for _f in (5, -5)]
assert _half[0] < np.log(2) * TAU / 0.01 < _half[1], _half
_finer = euler(ghk_membrane, 5 * I_STEP, 0.05)[-1] - V_REST
assert abs(_finer - _reached[5]) < 0.01

# %% [markdown]
# ## 8. The battery runs down
#
# Until now the concentrations were constant. Were they? We let go of that. An axon of diameter $d$ has $4/d$ of membrane for each volume, so
#
# $$ \frac{\mathrm{d}c_k}{\mathrm{d}t} = -\frac{4}{d}\,\frac{I_k}{z_kF}, \qquad C_m\frac{\mathrm{d}V}{\mathrm{d}t} = -\sum_k I_k. \tag{8} $$
#
# The outside is large and stays as it is. There are no pumps. Charges that cannot leave, mostly on proteins and phosphates, make up for what K⁺, Na⁺ and Cl⁻ do not balance inside.
#
# **Predict.** An axon of 1 µm starts uncharged, at $V = 0$. How long does it take to reach its resting potential? And how long does that last: a second, minutes, hours?

# %% [markdown] tags=["scratch"]
# My guess:


# %%
def run_down(diameter, t_stop, V=0.0):
    """Times (ms), potential (mV) and concentrations (mM; K, Na, Cl) of an axon (µm) without pumps. Equation (8)."""
    names = list(PERMEABILITY)
    z = np.array([NEURON[name].z for name in names])

    def rate(t, state):
        ions = [replace(NEURON[name], inside=c) for name, c in zip(names, state[1:])]
        currents = np.array([current(ion, state[0], PERMEABILITY[name]) for name, ion in zip(names, ions)])
        return np.append(-currents.sum() / C_M, -4 / diameter * currents / (z * FARADAY))

    start = [V] + [NEURON[name].inside for name in names]
    times = np.append(0, np.geomspace(0.1, t_stop, 300))
    solution = solve_ivp(rate, (0, t_stop), start, method="LSODA", t_eval=times, rtol=1e-8, atol=1e-8)
    return solution.t, solution.y[0], solution.y[1:]


# %%
t, V, inside = run_down(diameter=1.0, t_stop=1e8)
fig, (a, b) = plt.subplots(2, 1, layout="constrained", figsize=(7, 5.2), sharex=True)
a.semilogx(t[1:], V[1:], color="C0")
a.axhline(V_REST, color="C5", ls="--", lw=1)
a.text(t[-1], V_REST - 2, "GHK", ha="right", va="top")
for c, name, style in zip(inside, RATIOS, ("-", "--", ":")):
    b.semilogx(t[1:], c[1:], style, color="C2", label=name)
a.set(ylabel="membrane potential (mV)", ylim=(-80, 5))
b.set(ylabel="concentration inside (mM)", xlabel="time (ms, unless given)")
b.set_xticks(10.0 ** np.arange(-1, 9), ["0.1", "1", "10", "100", "1 s", "10 s", "100 s", "17 min", "3 h", "28 h"])
b.legend()
plt.show()

# %% [markdown]
# Look at the two time scales. Within 30 ms the potential is there, and the concentrations have not moved by a line's width. Then nothing seems to happen for seconds. And within minutes all is lost: Na⁺ comes in, K⁺ goes out, Cl⁻ follows. A factor of some ten thousand lies between the two, and it is the one of section 1: *how many ions there are for each one that makes the voltage*.
#
# In the end the three Nernst potentials are equal, at −10 mV: this is true equilibrium (**Donnan**'s), held up by the charges that cannot leave. A real cell would swell with water and burst first. Lecture 11 gives it pumps.
#
# ### Spikes
#
# Leaks are slow. A spike brings in at least $C_m \times 100$ mV of Na⁺, in practice 1.3 times that in economical axons, about 4 times in the squid (Alle, Roth and Geiger 2009, [doi:10.1126/science.1174331](https://doi.org/10.1126/science.1174331)). How many spikes double the Na⁺ inside, if the pumps stand still?

# %%
spikes = {}
for d in (0.2, 1, 10, 500):  # µm
    per_spike = C_M * 100 / FARADAY * 4 / d  # mM
    spikes[d] = NEURON["Na"].inside / per_spike
    print(f"d = {d:5} µm: {per_spike:.1e} mM per spike; {spikes[d]:10,.0f} spikes double it")

# %% [markdown]
# The squid's axon can fire more than a hundred thousand times on what it has; the thinnest cortical axons fewer than sixty times. So "concentrations are constant" is not right or wrong. It is a question of *how many ions move, into which volume, in which time*: right for K⁺, Na⁺ and Cl⁻ during a few spikes in all but the thinnest fibres; wrong for minutes without
# pumps. For an ion at 100 nM? You can find that out now: exercise 01.

# %% tags=["guard"]
assert abs(np.interp(30, t, V) - V_REST) < 0.5, np.interp(30, t, V)
_at = {_t: np.array([np.interp(_t, t, _c) for _c in inside]) for _t in (30, 1e3)}
assert np.all(np.abs(_at[30] - (140, 12, 10)) < 0.1), _at[30]
assert np.all(np.abs(_at[1e3] - (140, 12, 10)) < 2) and abs(np.interp(1e3, t, V) - V_REST) < 1, (
    _at,
    np.interp(1e3, t, V),
)
_half = [np.interp(0.5, (_c - _c[0]) / (_c[-1] - _c[0]), t) for _c in inside[1:]]
assert np.all((np.array(_half) > 60e3) & (np.array(_half) < 30 * 60e3)), _half
# Charge: what the membrane holds is what the ions inside lack.
_lack = FARADAY * 0.25 * (np.array([1, 1, -1]) @ (inside - inside[:, :1]))
assert np.allclose(_lack, C_M * V, rtol=0, atol=1e-4), np.abs(_lack - C_M * V).max()
# Donnan: with w = exp(-FV/RT), 150 w - 110/w = 142 mM of fixed charge (and the few ions on the membrane).
_w = (142 + np.sqrt(142**2 + 4 * 150 * 110)) / 300
assert abs(V[-1] + thermal(37) * np.log(_w)) < 0.01 and round(V[-1]) == -10, V[-1]
_E = [thermal(37) / z * np.log(NEURON[k].outside / c[-1]) for k, z, c in zip(RATIOS, (1, 1, -1), inside)]
assert np.allclose(_E, V[-1], rtol=0, atol=0.01), _E
# Twice the diameter, twice the time.
_t2, _V2, _ = run_down(diameter=2.0, t_stop=1e8)
_late = V_REST + 20
_cross = [np.interp(_late, _v[_T > 1e3], _T[_T > 1e3]) for _T, _v in ((t, V), (_t2, _V2))]
assert abs(_cross[1] / _cross[0] - 2) < 0.05, _cross
assert 50 < spikes[0.2] < 60 and 1e5 < spikes[500] < 2e5, spikes
_per_metre = np.pi * 500e-6 * 0.01 * 0.1 / si.e  # ions for 100 mV, in SI units
assert np.isclose(spikes[500], 12 * si.N_A * np.pi * (250e-6) ** 2 / _per_metre, rtol=1e-6)

# %% [markdown]
# ## What you have learnt
#
# - **How few ions make a membrane potential?** $C_mV/e$: some 4400 on each µm² for 70 mV, one in twenty thousand of the K⁺ within a µm. They sit within a nanometre of the membrane; the bulk is neutral.
# - **At which potential does an ion stop, and why there?** At $E = (RT/zF)\ln(c_\text{out}/c_\text{in})$, where drift cancels diffusion. The ions still hop; as many out as in. The voltage gets there because a membrane's capacitance is small.
# - **What sets the potential when several ions leak?** The currents sum to zero: the Goldman-Hodgkin-Katz equation, in which each ion pulls with its permeability times its concentration. It is a steady state, not an equilibrium, and it is paid for by pumps.
# - **When may you replace a membrane by a resistor and a capacitor?** For changes of a few millivolts, with slope conductances. Further away unequal concentrations rectify, and a conductance that was right at one potential is wrong at another.
# - **When may you treat concentrations as constant?** As long as the ions that move are few against those that are there. For K⁺, Na⁺ and Cl⁻: for seconds to minutes, longer in thick fibres.
#
# ## Where to go next
#
# - **Exercise 01** lets you count ions in a cell body and in a spine, write Nernst and GHK, and judge for K⁺ and Ca²⁺ whether concentrations are constant.
# - **Lecture 03** lets the permeabilities depend on the voltage: integrate-and-fire, Hodgkin and Huxley.
# - **Lecture 04** joins many RC membranes to a dendrite. **Lecture 11** brings the pumps.
# - To read on: Hille, *Ion Channels of Excitable Membranes* (2001), chapters 1, 10 and 14; Koch, *Biophysics of Computation* (1999), chapter 1.
