# %% [markdown]
# # Ions, membranes and potentials
#
# Every electrical signal of a neuron is made of ions that cross its membrane. Yet most models of neurons treat the ion
# concentrations as constants. Can both be true? Here you count the ions: for potassium in a large cell body, and for
# calcium in a dendritic spine, where the answer is another one.
#
# **What you will do**
#
# - count the ions that charge a cell by 100 mV, and compare them with all the ions inside;
# - compute Nernst potentials for K⁺, Na⁺, Cl⁻ and Ca²⁺, and say which way each ion flows;
# - compute the membrane potential of a cell that lets several ions through;
# - count the calcium ions that enter a dendritic spine, and see what they do to the concentration.
#
# **What you will learn**
#
# - how capacitance ties charge to potential, and how to keep pF, mV and pC apart;
# - what a Nernst potential depends on, and what it says about the direction of flow;
# - why the resting potential lies near, but not at, the Nernst potential of potassium;
# - when "the concentrations are constant" is a good approximation, and when it fails.
#
# **What you need**
#
# - the lecture *Ions, membranes, potentials* (`02_membranes`);
# - functions and dictionaries in Python (`00_python`).
#
# **Time:** about 60 minutes. **Points:** 18 automatic and 6 by hand.

# %% tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np

import checks

plt.style.use("course.mplstyle")

# Exact since 2019, by the definition of the units of the SI (F and R are products, rounded).
ELEMENTARY_CHARGE_C = 1.602176634e-19
AVOGADRO_PER_MOL = 6.02214076e23
FARADAY_C_PER_MOL = 96485.33212  # elementary charge times Avogadro constant
GAS_CONSTANT_J_PER_K_MOL = 8.314462618
ZERO_CELSIUS_K = 273.15

# A large cell body, filled with a potassium salt.
SOMA = {
    "radius_um": 25.0,
    "capacitance_uF_per_cm2": 1.0,  # 0.9 in neurons: Gentet, Stuart and Clements (2000)
    "K_mM": 100.0,  # a round number, somewhat less than in a neuron
}

# The head of a small dendritic spine, taken as a cylinder.
SPINE = {
    "diameter_um": 0.4,
    "height_um": 0.2,
    "capacitance_uF_per_cm2": 1.0,
    "Ca_rest_mM": 70e-6,  # free calcium, 70 nM
}

# A typical mammalian cell at 37 °C: within the ranges of Alberts et al. (2014), Molecular Biology of
# the Cell, 6th edition, chapter 11.
MAMMAL = {
    "K": {"inside_mM": 140.0, "outside_mM": 5.0, "valence": 1},
    "Na": {"inside_mM": 12.0, "outside_mM": 145.0, "valence": 1},
    "Cl": {"inside_mM": 10.0, "outside_mM": 110.0, "valence": -1},
    "Ca": {"inside_mM": 1e-4, "outside_mM": 2.0, "valence": 2},
}

# The giant axon of the squid at 20 °C; concentrations as in Hodgkin (1951).
SQUID_INSIDE_MM = {"K": 400.0, "Na": 50.0, "Cl": 52.0}
SQUID_OUTSIDE_MM = {"K": 20.0, "Na": 440.0, "Cl": 560.0}

# %% [markdown]
# Sources: capacitance, Gentet, Stuart and Clements (2000,
# [doi:10.1016/S0006-3495(00)76293-X](https://doi.org/10.1016/S0006-3495(00)76293-X)); squid, Hodgkin (1951,
# [doi:10.1111/j.1469-185X.1951.tb01204.x](https://doi.org/10.1111/j.1469-185X.1951.tb01204.x)).
#
# **Units.** Names carry them: `radius_um` is in µm, `charge_pC` in pC. The examples in the docstrings let you check
# a result at once. Results may be off by 0.2 %, so rounded constants such as 1.6·10⁻¹⁹ C will do. Write every
# function in terms of its arguments, not of `SOMA` or `SPINE`: it is tested with other cells too.
#
# ## 1. How many ions make a membrane potential?
#
# The membrane is a thin insulator between two salt solutions: a capacitor. A potential $V$ (inside minus outside)
# needs a charge $Q = C\,V$ on its inner face, and the opposite charge on its outer face. The capacitance $C$ is
# the **specific capacitance** $c_m$, about 1 µF/cm² in all cells, times the area of the membrane.
#
# **Predict first.** A cell body of radius 25 µm is charged by 100 mV, the height of an action potential.

# %% [markdown] tags=["scratch"]
# **My predictions** (replace the dots; nobody grades them)
#
# - The number of ions that have to cross the membrane: about 10 to the power of ...
# - This is one in ... of the potassium ions inside the cell.
# - In a cell of half the radius the fraction is ... times as large.

# %% [markdown]
# ### Task 1: the charge on the membrane
#
# Write the function `membrane_charge_pC` for a spherical cell. The charge is that on the inner face, so it has the
# sign of the potential.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Where does the charge sit: in the volume, or on the surface?
# </details>
# <details><summary>Hint 2: the formula to start from</summary>
#
# $Q = c_m\,A\,V$, and a sphere has the surface $A = 4\pi r^2$.
# </details>
# <details><summary>Hint 3: the units, and a first line</summary>
#
# 1 µF/cm² = 0.01 pF/µm², and 1 pF · 1 mV = 1 fC = 0.001 pC.
#
# `area_um2 = 4 * np.pi * radius_um**2`
# </details>


# %% answer="membrane_charge"
def membrane_charge_pC(radius_um, potential_mV, capacitance_uF_per_cm2):
    """Charge on the inner face of the membrane of a spherical cell.

    Parameters
    ----------
    radius_um : float
        Radius of the cell in µm.
    potential_mV : float
        Membrane potential in mV, inside minus outside; it may be negative.
    capacitance_uF_per_cm2 : float
        Specific membrane capacitance in µF/cm².

    Returns
    -------
    float
        Charge in pC, with the sign of the potential.
        Example: `membrane_charge_pC(10.0, 50.0, 1.0)` is 0.628 pC.
    """
    ### BEGIN SOLUTION
    area_um2 = 4 * np.pi * radius_um**2
    capacitance_pF = 0.01 * capacitance_uF_per_cm2 * area_um2
    return 1e-3 * capacitance_pF * potential_mV
    ### END SOLUTION


# %% test="membrane_charge" points=2
# The charge in pC on the membrane of a sphere (2 points).
# Tolerance here and below 0.2 %: constants rounded to 1.6e-19 C or 273 K are right too.
checks.close(
    membrane_charge_pC(10.0, 50.0, 1.0),
    0.62832,
    rtol=2e-3,
    unit="pC",
    what="membrane_charge_pC(10.0, 50.0, 1.0)",
    mistakes={
        "the area of a circle, where the surface of a sphere belongs": 0.15708,
        "this is the capacitance in pF; the charge is capacitance times potential": 12.5664,
    },
)
### BEGIN HIDDEN TESTS
for _r, _V, _c in [(25.0, -100.0, 1.0), (4.0, -65.0, 0.9), (0.3, 110.0, 2.5)]:
    _charge = 1e12 * 4 * np.pi * (1e-6 * _r) ** 2 * 1e-2 * _c * 1e-3 * _V  # in SI units, then in pC
    checks.close(
        membrane_charge_pC(_r, _V, _c),
        _charge,
        rtol=2e-3,
        unit="pC",
        what="the charge on another cell",
        mistakes={"it should have the sign of the potential": -_charge},
    )
### END HIDDEN TESTS

# %% [markdown]
# ### Task 2: from charge to ions
#
# Write the function `ion_number`: how many ions of a given valence carry a given charge? It is a number of things,
# so it is positive, whatever the signs of charge and valence. It need not be a whole number.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which charge does one ion carry? What if its valence is 2?
# </details>
# <details><summary>Hint 2: the formula to start from</summary>
#
# $N = |Q| / (|z|\,e)$, with $Q$ in C.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `charge_C = 1e-12 * abs(charge_pC)`
# </details>


# %% answer="ion_number"
def ion_number(charge_pC, valence):
    """Number of ions that carry a charge.

    Parameters
    ----------
    charge_pC : float
        Charge in pC, of either sign.
    valence : int
        Valence of the ion: 1 for K⁺, -1 for Cl⁻, 2 for Ca²⁺.

    Returns
    -------
    float
        Number of ions, positive (no unit). Example: `ion_number(1.0, 1)` is 6.24e6.
    """
    ### BEGIN SOLUTION
    return 1e-12 * abs(charge_pC) / (abs(valence) * ELEMENTARY_CHARGE_C)
    ### END SOLUTION


# %% test="ion_number" points=1
# The number of ions that carry a charge (1 point).
checks.close(
    ion_number(1.0, 1),
    6.2415e6,
    rtol=2e-3,
    what="ion_number(1.0, 1)",
    mistakes={"these are moles, not ions": 1.0364e-17},
)
### BEGIN HIDDEN TESTS
# One coulomb is 6.241509074e18 elementary charges (the SI Brochure's elementary charge, inverted).
for _charge, _valence in [(-7.85, 1), (0.37, -1), (4.4e-5, 2), (-0.021, -2), (0.9, 3)]:
    _ions = 6.241509074e6 * abs(_charge) / abs(_valence)
    checks.close(
        ion_number(_charge, _valence),
        _ions,
        rtol=2e-3,
        atol=0.5,  # a whole number will do
        what=f"the number of ions of valence {_valence}",
        mistakes={
            "a number of ions is never negative": -_ions,
            "the valence is left out: a divalent ion carries two charges": _ions * abs(_valence),
            "more charge on each ion means fewer ions: divide by the valence": _ions * _valence**2,
        },
    )
### END HIDDEN TESTS

# %%
soma_charge_pC = membrane_charge_pC(SOMA["radius_um"], 100.0, SOMA["capacitance_uF_per_cm2"])
soma_ions = ion_number(soma_charge_pC, 1)
print(f"To charge the cell body by 100 mV takes {soma_charge_pC:.3g} pC, or {soma_ions:.3g} monovalent ions.")

# %% tags=["guard"]
# In SI units throughout: 78.54 pF times 0.1 V.
assert abs(soma_charge_pC - 1e12 * 1e-2 * 4 * np.pi * 25e-6**2 * 0.1) < 1e-9 and abs(soma_charge_pC - 7.854) < 5e-4
assert abs(soma_ions - 4.902e7) < 5e3

# %% [markdown]
# ### Task 3: one in how many?
#
# Almost 50 million ions: is that much or little? It depends on how many ions the cell holds. Each of those inside has
# a partner of opposite charge nearby, except for the few on the membrane. Write the function
# `uncompensated_fraction`: a number of excess ions divided by the number of all ions of one species, in a spherical
# cell. The cell below the task then draws this picture:
#
# ![Fraction of the potassium ions against the radius of the cell, both on logarithmic axes. A line with slope minus
# one falls from 0.3 percent at 0.1 µm to three in a million at 100 µm; a dot marks the cell body of 25 µm at 1.2 in
# 100000.](figures/fraction.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# Concentration times volume is an amount of substance. How many particles is one mole?
# </details>
# <details><summary>Hint 2: the formula, and the units</summary>
#
# $N = c\,N_A\,\tfrac{4}{3}\pi r^3$. One mM is one mol/m³, and 1 µm³ is 10⁻¹⁸ m³.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `volume_m3 = 4 / 3 * np.pi * (1e-6 * radius_um) ** 3`
# </details>


# %% answer="uncompensated_fraction"
def uncompensated_fraction(excess_ions, radius_um, concentration_mM):
    """Excess ions as a fraction of all ions of one species in a spherical cell.

    Parameters
    ----------
    excess_ions : float
        Number of ions without a partner of opposite charge (no unit).
    radius_um : float
        Radius of the cell in µm.
    concentration_mM : float
        Concentration of the species inside the cell in mM.

    Returns
    -------
    float
        Fraction (no unit, not a percentage).
        Example: `uncompensated_fraction(1e6, 10.0, 100.0)` is 3.96e-6.
    """
    ### BEGIN SOLUTION
    volume_m3 = 4 / 3 * np.pi * (1e-6 * radius_um) ** 3
    return excess_ions / (concentration_mM * volume_m3 * AVOGADRO_PER_MOL)
    ### END SOLUTION


# %% test="uncompensated_fraction" points=2
# Excess ions as a fraction of all (2 points).
checks.close(
    uncompensated_fraction(1e6, 10.0, 100.0),
    3.9642e-6,
    rtol=2e-3,
    what="uncompensated_fraction(1e6, 10.0, 100.0)",
    mistakes={
        "upside down: the excess ions go on top": 252257.0,
        "a fraction is asked, not a percentage": 3.9642e-4,
        "a number of ions divided by moles: the Avogadro constant is missing": 2.38731e18,
    },
)
### BEGIN HIDDEN TESTS
for _n, _r, _c in [(4.9e7, 25.0, 140.0), (3e4, 0.8, 12.0), (150.0, 0.25, 1e-4)]:
    _all = 6.02214076e5 * _c * 4 / 3 * np.pi * _r**3  # 1 mM is 602214 ions in each µm³
    checks.close(uncompensated_fraction(_n, _r, _c), _n / _all, rtol=2e-3, what="the fraction in another cell")
### END HIDDEN TESTS


# %%
def fraction_for_100_mV(radius_um):
    charge_pC = membrane_charge_pC(radius_um, 100.0, SOMA["capacitance_uF_per_cm2"])
    return uncompensated_fraction(ion_number(charge_pC, 1), radius_um, SOMA["K_mM"])


radii_um = np.logspace(-1, 2, 31)
soma_fraction = fraction_for_100_mV(SOMA["radius_um"])
fig, ax = plt.subplots(layout="constrained")
ax.loglog(radii_um, [fraction_for_100_mV(radius) for radius in radii_um], color="C2")
ax.loglog(SOMA["radius_um"], soma_fraction, "o", color="C7", label="the cell body")
ax.set(xlabel="radius of the cell (µm)", ylabel="fraction of the K⁺ ions")
ax.legend()
plt.show()
print(f"In the cell body: {soma_fraction:.2g}, or one ion in {1 / soma_fraction:.0f}")

# %% tags=["guard"]
fig.savefig("figures/fraction.png", dpi=70)
# Analytic: area over volume of a sphere is 3/r, so the fraction is 3 c_m V / (r F c); in SI units.
analytic = 3 * 1e-2 * 0.1 / (1e-6 * radii_um * FARADAY_C_PER_MOL * 100.0)
assert np.allclose([fraction_for_100_mV(radius) for radius in radii_um], analytic, rtol=1e-8)
assert abs(soma_fraction - 1.2e-5) < 5e-7 and 79_000 < 1 / soma_fraction < 81_500
assert 3.0e-3 < analytic[0] < 3.2e-3 and 3.0e-6 < analytic[-1] < 3.2e-6

# %% [markdown]
# **Compare** with your predictions. About 5·10⁷ ions, and yet one in 80 000 of the potassium ions is enough to charge
# the cell body by 100 mV. Charge sits on the surface, which grows with $r^2$, while the ions fill the volume, which
# grows with $r^3$. So the fraction grows as $1/r$: half the radius, twice the fraction.

# %% [markdown]
# ## 2. The potential at which an ion stops flowing
#
# Diffusion drives an ion from the side where there is much of it to the side where there is little. The electric
# field drives it too. At the **Nernst potential** the two cancel:
#
# $$E = \frac{RT}{zF}\,\ln\frac{c_\mathrm{out}}{c_\mathrm{in}},$$
#
# with the gas constant $R$, the absolute temperature $T$, the valence $z$ and the Faraday constant $F$.
#
# **Predict first.** The dictionary `MAMMAL` holds the concentrations of a typical cell.

# %% [markdown] tags=["scratch"]
# **My predictions**
#
# - Inside negative at the Nernst potential: (K⁺ / Na⁺ / Cl⁻ / Ca²⁺, one or more) ...
# - The Nernst potential farthest from zero belongs to ...
# - At −65 mV, chloride flows (in / out / hardly at all), because ...

# %% [markdown]
# ### Task 4: the Nernst potential
#
# Write the function `nernst_mV`. The temperature comes in °C.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Two conversions are hidden in the formula: its temperature is in kelvin, and its result in volts.
# </details>
# <details><summary>Hint 2: a value to remember</summary>
#
# At 37 °C, $RT/F = 26.7$ mV. The logarithm is the natural one, `np.log`.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `temperature_K = temperature_C + ZERO_CELSIUS_K`
# </details>


# %% answer="nernst"
def nernst_mV(inside_mM, outside_mM, valence, temperature_C):
    """Nernst potential of an ion.

    Parameters
    ----------
    inside_mM, outside_mM : float
        Concentrations inside and outside the cell in mM.
    valence : int
        Valence with its sign: 1 for K⁺, -1 for Cl⁻, 2 for Ca²⁺.
    temperature_C : float
        Temperature in °C.

    Returns
    -------
    float
        Nernst potential in mV, inside minus outside.
        Example: `nernst_mV(140.0, 5.0, 1, 37.0)` is -89.1 mV.
    """
    ### BEGIN SOLUTION
    thermal_mV = 1e3 * GAS_CONSTANT_J_PER_K_MOL * (temperature_C + ZERO_CELSIUS_K) / FARADAY_C_PER_MOL
    return thermal_mV / valence * np.log(outside_mM / inside_mM)
    ### END SOLUTION


# %% test="nernst" points=2
# The Nernst potential in mV of monovalent cations, at any temperature (2 points).
checks.close(
    nernst_mV(140.0, 5.0, 1, 37.0),
    -89.059,  # h.nernst of the simulator NEURON gives -89.0587 mV
    rtol=2e-3,
    unit="mV",
    what="nernst_mV(140.0, 5.0, 1, 37.0)",
    mistakes={
        "the sign is wrong: the outside concentration goes on top": 89.059,
        "the logarithm is the natural one (np.log)": -38.678,
        "the temperature has to be in kelvin": -10.6246,
    },
)
### BEGIN HIDDEN TESTS
# NEURON's h.nernst, four decimals: squid at 6.3 and 20 °C, a mammal at 37 °C.
for _in, _out, _T, _expected in [
    (400.0, 20.0, 6.3, -72.1406),
    (50.0, 440.0, 20.0, 54.9380),
    (12.0, 145.0, 37.0, 66.5982),
]:
    checks.close(
        nernst_mV(_in, _out, 1, _T),
        _expected,
        rtol=2e-3,
        unit="mV",
        what="the Nernst potential of another cation",
        mistakes={"this is the value at 37 °C: use the argument temperature_C": _expected * 310.15 / (_T + 273.15)},
    )
### END HIDDEN TESTS

# %% test="nernst/any_ion" points=1
# Other valences, compared with your own result for valence 1 (1 point).
_one = nernst_mV(3.0, 30.0, 1, 25.0)
checks.in_range(_one, -1e6, 1e6, what="nernst_mV(3.0, 30.0, 1, 25.0)")
_one = np.ravel(_one)[0]  # an array of one number will do
checks.in_range(np.abs(_one), 1e-6, 1e6, what="the size of nernst_mV(3.0, 30.0, 1, 25.0)")
checks.close(
    nernst_mV(3.0, 30.0, -1, 25.0),
    -_one,
    rtol=2e-3,
    unit="mV",
    what="the Nernst potential of an anion against that of a cation",
    mistakes={"the sign of the valence has no effect": _one},
)
### BEGIN HIDDEN TESTS
# Of what is wrong for valence 1 already, the factor counts as right here: the one for other concentrations. 0.2 % as above,
# and a potential may be rounded to 0.01 mV. The thermal voltage at 31 °C is 26.210 mV.
_factor = np.ravel(nernst_mV(10.0, 90.0, 1, 31.0))[0] / (26.210 * np.log(9.0))
checks.in_range(np.abs(_factor), 1e-6, 1e6, what="the size of nernst_mV(10.0, 90.0, 1, 31.0), divided by what it should be")
for _valence in (2, 3, -2):
    _one = _factor * 26.210 * np.log(1.7 / 1.2e-4)
    checks.close(
        nernst_mV(1.2e-4, 1.7, _valence, 31.0),
        _one / _valence,
        rtol=2e-3,
        unit="mV",
        what=f"the Nernst potential for a valence of {_valence}",
        mistakes={
            "the valence has no effect": _one,
            "the valence belongs below the fraction line": _one * _valence,
        },
    )
### END HIDDEN TESTS

# %%
mammal_mV = {}
for ion, cell in MAMMAL.items():
    mammal_mV[ion] = nernst_mV(cell["inside_mM"], cell["outside_mM"], cell["valence"], 37.0)
    print(f"{ion:2s}: {cell['inside_mM']:6g} mM inside, {cell['outside_mM']:4g} mM outside: {mammal_mV[ion]:6.1f} mV")

# %% tags=["guard"]
# NEURON's h.nernst (8.2.6 and 9.0.2 agree to four decimals), celsius = 37.
neuron_mV = {"K": -89.0587, "Na": 66.5982, "Cl": -64.0877, "Ca": 132.3436}
assert all(abs(mammal_mV[ion] - neuron_mV[ion]) < 2e-4 for ion in neuron_mV)
assert abs(nernst_mV(1.0, 10.0, 1, 20.0) - 58.17) < 0.01  # the textbooks' 58 mV a decade

# %% [markdown]
# ### Task 5: which way do the ions go?
#
# At any other potential than its Nernst potential an ion flows. Write the function `flow_direction`: which way is the
# net flow of the *ions* themselves, `"in"` or `"out"` of the cell? The two potentials are never equal in the tests.
#
# <details><summary>Hint 1: a nudge</summary>
#
# At the Nernst potential nothing flows. Now make the inside more positive than that. What does this do to a cation,
# and what to an anion?
# </details>
# <details><summary>Hint 2: the rule</summary>
#
# The electric current (of positive charge) is outward where $V - E > 0$. Negative ions move against the
# current.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `push = valence * (potential_mV - nernst_potential_mV)`
# </details>


# %% answer="flow_direction"
def flow_direction(potential_mV, nernst_potential_mV, valence):
    """Direction in which the ions of one species flow through open channels.

    Parameters
    ----------
    potential_mV : float
        Membrane potential in mV.
    nernst_potential_mV : float
        Nernst potential of the ion in mV.
    valence : int
        Valence with its sign.

    Returns
    -------
    str
        "in" or "out". Example: `flow_direction(-65.0, -89.0, 1)` is "out": potassium leaves the cell.
    """
    ### BEGIN SOLUTION
    return "out" if valence * (potential_mV - nernst_potential_mV) > 0 else "in"
    ### END SOLUTION


# %% test="flow_direction" points=1
# The direction of flow (1 point).
_potassium = flow_direction(-65.0, -89.0, 1)
checks.one_of(_potassium, ["in", "out"], what="flow_direction(-65.0, -89.0, 1)")
checks.equal(
    _potassium,
    "out",
    what="flow_direction(-65.0, -89.0, 1)",
    mistakes={"at −89 mV nothing would flow: is −65 mV more positive than that, or more negative?": "in"},
)
### BEGIN HIDDEN TESTS
for _V, _E, _z in [(-65.0, 67.0, 1), (-95.0, -89.0, 1), (-88.6, -89.0, 1), (150.0, 132.0, 2)]:
    _right, _wrong = ("out", "in") if _V > _E else ("in", "out")
    checks.equal(
        flow_direction(_V, _E, _z),
        _right,
        what="the direction in which a cation flows",
        mistakes={"which is more positive: the potential, or the Nernst potential?": _wrong},
    )
for _V, _E, _z in [(-50.0, -64.0, -1), (-80.0, -64.0, -1), (-64.3, -64.0, -1), (10.0, -20.0, -2)]:
    _right, _wrong = ("in", "out") if _V > _E else ("out", "in")
    checks.equal(
        flow_direction(_V, _E, _z),
        _right,
        what="the direction in which an anion flows",
        mistakes={"this is the direction of the electric current: anions go the other way": _wrong},
    )
### END HIDDEN TESTS

# %% [markdown]
# **Compare.** Potassium and chloride have negative Nernst potentials, for opposite reasons: there is more K⁺ inside
# and more Cl⁻ outside. Calcium is farthest from zero, in spite of the 2 below the fraction line, because its
# concentrations differ 20 000-fold. At −65 mV this cell's chloride is within 1 mV of its Nernst potential and hardly
# flows at all.

# %% tags=["guard"]
assert mammal_mV["K"] < 0 and mammal_mV["Cl"] < 0 and max(mammal_mV, key=lambda ion: abs(mammal_mV[ion])) == "Ca"
assert abs(-65.0 - mammal_mV["Cl"]) < 1

# %% [markdown]
# ## 3. Several ions at once
#
# A membrane that lets only potassium through rests at $E_\mathrm{K}$. With several permeable ions there is no
# equilibrium, but there is a potential at which their currents add up to zero. For monovalent ions it follows
# from the equation of Goldman (1943, [doi:10.1085/jgp.27.1.37](https://doi.org/10.1085/jgp.27.1.37)) and Hodgkin and
# Katz (1949, [doi:10.1113/jphysiol.1949.sp004310](https://doi.org/10.1113/jphysiol.1949.sp004310)), **GHK** for short:
#
# $$V = \frac{RT}{F}\,\ln\frac{P_\mathrm{K}[\mathrm{K}]_\mathrm{out} + P_\mathrm{Na}[\mathrm{Na}]_\mathrm{out} +
# P_\mathrm{Cl}[\mathrm{Cl}]_\mathrm{in}}{P_\mathrm{K}[\mathrm{K}]_\mathrm{in} + P_\mathrm{Na}[\mathrm{Na}]_\mathrm{in}
# + P_\mathrm{Cl}[\mathrm{Cl}]_\mathrm{out}}$$
#
# Only the ratios of the permeabilities $P$ count. Hodgkin and Katz found 1 : 0.04 : 0.45 for K : Na : Cl in the
# resting squid axon, and 1 : 20 : 0.45 at the peak of the action potential.
#
# **Predict first.** In the squid axon at 20 °C, $E_\mathrm{K} = -76$ mV and $E_\mathrm{Na} = +55$ mV.

# %% [markdown] tags=["scratch"]
# **My predictions**
#
# - A membrane permeable to K⁺ alone rests at −76 mV. With $P_\mathrm{Na} = 0.04\,P_\mathrm{K}$ it rests at ... mV.
# - With $P_\mathrm{Na} = 20\,P_\mathrm{K}$ it goes to ... mV.

# %% [markdown]
# ### Task 6: the GHK equation
#
# Write the function `ghk_mV`. Permeabilities and concentrations come as dictionaries with the keys `"K"`, `"Na"`
# and `"Cl"`. The cell below the task then draws this picture:
#
# ![Membrane potential against the ratio of sodium to potassium permeability, logarithmic from 0.001 to 1000. An
# S-shaped curve leaves the dashed line of the potassium potential at minus 76 mV, passes a dot at ratio 0.04 and minus
# 60 mV, and a second dot at ratio 20 and plus 46 mV, and approaches the dashed line of the sodium potential
# at plus 55 mV.](figures/ghk.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# The fraction has three terms on top and three below. Which of the terms has inside and outside exchanged, and why?
# </details>
# <details><summary>Hint 2: the structure</summary>
#
# Start with the two sums, then take the logarithm of their ratio once. It is not a mean of Nernst potentials.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `above = permeability["K"] * outside_mM["K"] + ...`
# </details>


# %% answer="ghk"
def ghk_mV(permeability, inside_mM, outside_mM, temperature_C):
    """Membrane potential at which the currents of K⁺, Na⁺ and Cl⁻ cancel (GHK equation).

    Parameters
    ----------
    permeability : dict
        Permeabilities, in any unit, with the keys "K", "Na" and "Cl"; some may be zero.
    inside_mM, outside_mM : dict
        Concentrations in mM, with the same keys.
    temperature_C : float
        Temperature in °C.

    Returns
    -------
    float
        Membrane potential in mV. Example: for permeabilities of 1, 1 and 0, with 90 mM of K⁺ and
        10 mM of Na⁺ inside, 5 mM of each outside, at 37 °C, it is -61.5 mV, whatever chloride does.
    """
    ### BEGIN SOLUTION
    above = permeability["Cl"] * inside_mM["Cl"]
    below = permeability["Cl"] * outside_mM["Cl"]
    for cation in ("K", "Na"):
        above += permeability[cation] * outside_mM[cation]
        below += permeability[cation] * inside_mM[cation]
    thermal_mV = 1e3 * GAS_CONSTANT_J_PER_K_MOL * (temperature_C + ZERO_CELSIUS_K) / FARADAY_C_PER_MOL
    return thermal_mV * np.log(above / below)
    ### END SOLUTION


# %% test="ghk" points=2
# The potential of a membrane that is permeable to cations (2 points).
checks.close(
    ghk_mV(dict(K=1.0, Na=1.0, Cl=0.0), dict(K=90.0, Na=10.0, Cl=9.0), dict(K=5.0, Na=5.0, Cl=99.0), 37.0),
    -61.541,  # RT/F ln(10/100), the textbooks' 61.5 mV a decade at 37 °C
    rtol=2e-3,
    unit="mV",
    what="ghk_mV for the example of the docstring",
    mistakes={
        "the sign is wrong: cations outside go on top": 61.541,
        "the logarithm is the natural one (np.log)": -26.727,
        "the temperature has to be in kelvin": -7.3415,
        "a mean of the Nernst potentials; sum inside the logarithm": -47.888,
        "the concentrations are those of the squid, not those of the arguments": 0.58743,
    },
)
### BEGIN HIDDEN TESTS
for _P, _in, _out, _T in [
    (dict(K=1.0, Na=0.02, Cl=0.0), dict(K=120.0, Na=9.0, Cl=4.0), dict(K=2.5, Na=110.0, Cl=120.0), 18.0),
    (dict(K=0.3, Na=4.0, Cl=0.0), dict(K=135.0, Na=15.0, Cl=7.0), dict(K=3.5, Na=150.0, Cl=120.0), 33.0),
]:
    _above, _below = (_P["K"] * _c["K"] + _P["Na"] * _c["Na"] for _c in (_out, _in))
    _equal = (_out["K"] + _out["Na"] + _in["Cl"]) / (_in["K"] + _in["Na"] + _out["Cl"])
    _thermal = 8.314462618 * (_T + 273.15) / 96.48533212
    checks.close(
        ghk_mV(_P, _in, _out, _T),
        _thermal * np.log(_above / _below),
        rtol=2e-3,
        unit="mV",
        what="the potential of another membrane",
        mistakes={
            "the permeabilities have no effect": _thermal * np.log(_equal),
            "this is the value at 37 °C: use the argument temperature_C": 26.7267 * np.log(_above / _below),
        },
    )
_ghk_passed = True
### END HIDDEN TESTS

# %% test="ghk/chloride" points=1
# Chloride: an anion acts as a cation would with inside and outside exchanged (1 point).
_as_anion = ghk_mV(dict(K=0.0, Na=0.0, Cl=1.0), dict(K=9.0, Na=9.0, Cl=10.0), dict(K=9.0, Na=9.0, Cl=90.0), 37.0)
_as_cation = ghk_mV(dict(K=1.0, Na=0.0, Cl=0.0), dict(K=90.0, Na=9.0, Cl=9.0), dict(K=10.0, Na=9.0, Cl=9.0), 37.0)
checks.in_range(_as_cation, -1e6, 1e6, what="a membrane that is permeable to potassium alone")
_as_cation = np.ravel(_as_cation)[0]
checks.close(
    _as_anion,
    _as_cation,
    unit="mV",
    what="a membrane that is permeable to chloride alone",
    mistakes={"chloride is treated as a cation: its inside and outside have to be exchanged": -_as_cation},
)
### BEGIN HIDDEN TESTS
_in, _out = dict(K=140.0, Na=14.0, Cl=6.0), dict(K=4.0, Na=140.0, Cl=115.0)
_with = ghk_mV(dict(K=1.0, Na=0.0, Cl=0.7), _in, _out, 30.0)
_without = ghk_mV(dict(K=1.0, Na=0.0, Cl=0.0), _in, _out, 30.0)
_Na_for_Cl = dict(K=1.0, Na=0.7, Cl=0.0)
# Where the equation is right for cations, it is the reference; where it is not, the student's own for a cation.
_right = 8.314462618 * 303.15 / 96.48533212 * np.log((4.0 + 0.7 * 6.0) / (140.0 + 0.7 * 115.0))
_own = ghk_mV(_Na_for_Cl, dict(_in, Na=115.0), dict(_out, Na=6.0), 30.0)
checks.close(
    _with,
    _right if "_ghk_passed" in globals() else _own,
    rtol=2e-3,
    unit="mV",
    what="a membrane that is permeable to chloride and to potassium",
    mistakes={
        "chloride has no effect": _without,
        "chloride is treated as a cation": ghk_mV(_Na_for_Cl, dict(_in, Na=6.0), dict(_out, Na=115.0), 30.0),
    },
)
checks.in_range(
    np.abs(np.asarray(_with) - np.asarray(_without)),
    1e-5,
    1e3,
    what="by how much chloride moves the potential",
    mistakes={"chloride has no effect": 0.0},
)
### END HIDDEN TESTS


# %%
def squid_mV(sodium):
    permeability = {"K": 1.0, "Na": sodium, "Cl": 0.0}
    return ghk_mV(permeability, SQUID_INSIDE_MM, SQUID_OUTSIDE_MM, 20.0)


ratios = np.logspace(-3, 3, 61)
fig, ax = plt.subplots(layout="constrained")
ax.semilogx(ratios, [squid_mV(ratio) for ratio in ratios], color="C0")
for ion, height in (("K", -72), ("Na", 59)):
    level_mV = nernst_mV(SQUID_INSIDE_MM[ion], SQUID_OUTSIDE_MM[ion], 1, 20.0)
    ax.axhline(level_mV, color="C5", linestyle="--", linewidth=1)
    ax.text(1e-3 if ion == "Na" else 1e3, height, f"Nernst potential of {ion}⁺", ha="left" if ion == "Na" else "right")
for ratio, name in ((0.04, "rest"), (20.0, "action potential")):
    ax.plot(ratio, squid_mV(ratio), "o", color="C7")
    ax.annotate(name, (ratio, squid_mV(ratio)), xytext=(8, -12), textcoords="offset points")
ax.set(xlabel="permeability ratio Na⁺ to K⁺ (no unit)", ylabel="membrane potential (mV)", ylim=(-85, 75))
plt.show()
rest_mV = ghk_mV({"K": 1.0, "Na": 0.04, "Cl": 0.45}, SQUID_INSIDE_MM, SQUID_OUTSIDE_MM, 20.0)
peak_mV = ghk_mV({"K": 1.0, "Na": 20.0, "Cl": 0.45}, SQUID_INSIDE_MM, SQUID_OUTSIDE_MM, 20.0)
print(f"With chloride: {rest_mV:.1f} mV at rest, {peak_mV:.1f} mV at the peak")

# %% tags=["guard"]
fig.savefig("figures/ghk.png", dpi=70)
from scipy.optimize import brentq


# Independent of the closed form: the root of the sum of the three GHK currents.
def ghk_current(V_mV, permeability):
    total = 0.0
    for ion, z in (("K", 1), ("Na", 1), ("Cl", -1)):
        u = z * V_mV * 1e-3 * FARADAY_C_PER_MOL / (GAS_CONSTANT_J_PER_K_MOL * 293.15)
        flux = u * (SQUID_INSIDE_MM[ion] - SQUID_OUTSIDE_MM[ion] * np.exp(-u)) / -np.expm1(-u)
        total += z * permeability[ion] * flux
    return total


for sodium, V_mV in ((0.04, rest_mV), (20.0, peak_mV)):
    P = {"K": 1.0, "Na": sodium, "Cl": 0.45}
    assert abs(V_mV - brentq(ghk_current, -100.1, 70.1, args=(P,), xtol=1e-9)) < 1e-6
assert abs(squid_mV(0.04) - rest_mV) < 0.1 and abs(rest_mV + 59.93) < 0.01 and abs(peak_mV - 42.4) < 0.1
assert abs(squid_mV(0.0) + 75.68) < 0.01 and abs(squid_mV(0.04) - squid_mV(0.0) - 16) < 0.5
assert abs(squid_mV(20.0) - 46.5) < 0.1

# %% [markdown]
# **Compare.** Four per cent of sodium permeability lift the membrane by 16 mV, from −76 to −60 mV: the channels are
# few, but there is much sodium outside and $E_\mathrm{Na}$ is far away. A 500-fold rise of $P_\mathrm{Na}$ carries the
# potential almost to $E_\mathrm{Na}$. Chloride changes the resting value by less than 0.1 mV, because its own Nernst
# potential is −60 mV too. It makes itself felt at the peak: 42 mV with chloride, 46 mV without.
#
# Play: how much potassium outside depolarises the axon to −40 mV?

# %% tags=["scratch"]
for K_mM in (20.0, 40.0, 80.0):
    my_outside_mM = dict(SQUID_OUTSIDE_MM, K=K_mM)
    my_mV = ghk_mV({"K": 1.0, "Na": 0.04, "Cl": 0.45}, SQUID_INSIDE_MM, my_outside_mM, 20.0)
    print(f"{K_mM:3.0f} mM of potassium outside: {my_mV:.1f} mV")

# %% [markdown]
# ## 4. Calcium in a spine
#
# A spine head of 0.4 µm diameter and 0.2 µm height holds 0.025 µm³, close to the mean of 0.03 µm³ in one
# reconstructed dendrite (Bartol et al. 2015,
# [doi:10.3389/fnsyn.2015.00017](https://doi.org/10.3389/fnsyn.2015.00017)). Free calcium is scarce in it, 70 nM
# here. Suppose that calcium alone depolarises the spine head, by 10 mV.

# %% [markdown] tags=["scratch"]
# **My predictions**
#
# - Free calcium ions in the spine head at rest: about ...
# - Calcium ions that enter for 10 mV: about ...
# - After that the concentration is ... times as large as at rest.

# %% [markdown]
# ### Task 7: how many calcium ions enter?
#
# Write the function `calcium_ions` for a spine head that is a cylinder. Its membrane is the side and *both* ends (the
# neck is so thin that we leave its opening out of the account).
#
# <details><summary>Hint 1: a nudge</summary>
#
# The same two steps as in tasks 1 and 2: charge, then ions. Two things differ: the surface and the valence.
# </details>
# <details><summary>Hint 2: the formula to start from</summary>
#
# $A = \pi d h + 2\,\pi d^2/4$ for diameter $d$ and height $h$, and 1 µF/cm² = 0.01 pF/µm².
# </details>
# <details><summary>Hint 3: first lines</summary>
#
# `side_um2 = np.pi * diameter_um * height_um`; at the end, you may use your `ion_number`.
# </details>


# %% answer="calcium_ions"
def calcium_ions(diameter_um, height_um, depolarisation_mV, capacitance_uF_per_cm2):
    """Number of Ca²⁺ ions that depolarise a cylindrical spine head.

    Parameters
    ----------
    diameter_um, height_um : float
        Diameter and height of the cylinder in µm.
    depolarisation_mV : float
        Change of the membrane potential in mV, positive.
    capacitance_uF_per_cm2 : float
        Specific membrane capacitance in µF/cm².

    Returns
    -------
    float
        Number of ions, positive (no unit). Example: `calcium_ions(1.0, 1.0, 10.0, 1.0)` is 1471.
    """
    ### BEGIN SOLUTION
    area_um2 = np.pi * diameter_um * height_um + np.pi / 2 * diameter_um**2
    charge_pC = 1e-3 * 0.01 * capacitance_uF_per_cm2 * area_um2 * depolarisation_mV
    return ion_number(charge_pC, 2)
    ### END SOLUTION


# %% test="calcium_ions" points=2
# The number of calcium ions (2 points). Where your ion_number is wrong, its result counts as right here.
_ions = calcium_ions(1.0, 1.0, 10.0, 1.0)
try:
    checks.close(
        _ions,
        1470.6,
        rtol=2e-3,
        what="calcium_ions(1.0, 1.0, 10.0, 1.0)",
        mistakes={
            "a calcium ion carries two charges": 2941.2,
            "the two ends of the cylinder are missing": 980.4,
            "a cylinder has two ends": 1225.5,
            "the diameter stands where a radius belongs": 3921.6,
        },
    )
except AssertionError:
    if _ions is None or not np.allclose(_ions, ion_number(4.712389e-4, 2), rtol=2e-3):
        raise
### BEGIN HIDDEN TESTS
# Of what is wrong in ion_number, the factor counts as right here. It is asked once, for a charge that no spine has: asked
# for a spine's own charge, it could say whatever calcium_ions has said.
try:
    _factor = float(np.ravel(ion_number(1.0, 2))[0]) / 3.120754537e6
except Exception:
    _factor = 1.0  # not done
for _d, _h, _V, _c in [(0.4, 0.2, 10.0, 1.0), (0.7, 0.35, 24.0, 0.85), (0.25, 0.6, 5.0, 2.0)]:
    _charge = 1e-5 * _c * _V * (np.pi * _d * _h + np.pi * _d**2 / 2)
    _ions = calcium_ions(_d, _h, _V, _c)
    try:  # within 0.6: a whole number will do, with rounded constants too
        checks.close(_ions, 3.120754537e6 * _charge, rtol=2e-3, atol=0.6, what="the number of ions for another spine")
    except AssertionError:
        if _ions is None or not _factor or not np.allclose(_ions, _factor * 3.120754537e6 * _charge, rtol=3e-3, atol=0.0):
            raise
### END HIDDEN TESTS

# %% [markdown]
# ### Task 8: what do they do to the concentration?
#
# Write the function `concentration_change_uM`: by how much do these ions raise the concentration in the cylinder, if
# all of them stay free? Mind the unit: µM.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The reverse of task 3: from a number of ions to a concentration.
# </details>
# <details><summary>Hint 2: the formula, and the units</summary>
#
# $\Delta c = N / (N_A\,\mathrm{volume})$. 1 µm³ = 10⁻¹⁵ l, and 1 µM = 10⁻⁶ mol/l.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `volume_l = 1e-15 * np.pi * (diameter_um / 2) ** 2 * height_um`
# </details>


# %% answer="concentration_change"
def concentration_change_uM(ions, diameter_um, height_um):
    """Rise of a concentration when ions enter a cylinder and stay free.

    Parameters
    ----------
    ions : float
        Number of ions that enter (no unit).
    diameter_um, height_um : float
        Diameter and height of the cylinder in µm.

    Returns
    -------
    float
        Rise of the concentration in µM. Example: `concentration_change_uM(1000.0, 1.0, 1.0)` is 2.11 µM.
    """
    ### BEGIN SOLUTION
    volume_l = 1e-15 * np.pi * (diameter_um / 2) ** 2 * height_um
    return 1e6 * ions / (AVOGADRO_PER_MOL * volume_l)
    ### END SOLUTION


# %% test="concentration_change" points=2
# The rise of the concentration in µM (2 points).
checks.close(
    concentration_change_uM(1000.0, 1.0, 1.0),
    2.1143,
    rtol=2e-3,
    unit="µM",
    what="concentration_change_uM(1000.0, 1.0, 1.0)",
    mistakes={"the resting concentration is in it; only the rise is asked": 2.1843},
)
### BEGIN HIDDEN TESTS
for _n, _d, _h in [(157.0, 0.4, 0.2), (2.4e4, 0.9, 1.3), (31.0, 0.22, 0.5)]:
    _rise = _n / (602.214076 * np.pi * _d**2 / 4 * _h)  # 1 µM is 602 ions in each µm³
    checks.close(concentration_change_uM(_n, _d, _h), _rise, rtol=2e-3, unit="µM", what="the rise in another spine")
### END HIDDEN TESTS

# %%
spine_ions = calcium_ions(SPINE["diameter_um"], SPINE["height_um"], 10.0, SPINE["capacitance_uF_per_cm2"])
spine_rise_uM = concentration_change_uM(spine_ions, SPINE["diameter_um"], SPINE["height_um"])
ions_per_uM = 1 / concentration_change_uM(1.0, SPINE["diameter_um"], SPINE["height_um"])
print(f"At rest: {1e3 * SPINE['Ca_rest_mM'] * ions_per_uM:.2f} free calcium ions")
print(f"For 10 mV: {spine_ions:.0f} ions enter, and raise the concentration by {spine_rise_uM:.1f} µM")

# %% tags=["guard"]
# Analytic, in SI units: area over volume of a cylinder is 4/d + 2/h, so Δc = c_m V (4/d + 2/h) / (2 F), in mol/m³.
analytic_uM = 1e3 * 1e-2 * 10e-3 * (4 / 0.4e-6 + 2 / 0.2e-6) / (2 * FARADAY_C_PER_MOL)
assert abs(spine_rise_uM - analytic_uM) < 1e-6 and abs(analytic_uM - 10.36) < 0.01
assert abs(spine_ions - 157) < 0.5 and 1.0 < 0.07 * ions_per_uM < 1.1
assert 145 < (spine_rise_uM + 0.07) / 0.07 < 150
assert abs(np.pi * 0.2**2 * 0.2 - 0.025) < 5e-4

# %% [markdown]
# **Compare.** At rest the spine head holds *one* free calcium ion, on average. Ten millivolts let 157 in, and the
# concentration rises by 10.4 µM, to almost 150 times its resting value.

# %% [markdown]
# ## 5. Are the concentrations constant?
#
# Models that treat concentrations as constant use one fixed Nernst potential for each ion. So two numbers judge the
# approximation: by which fraction does the concentration change, and by how much does the Nernst potential shift?
#
# **Predict first.** Three cases: the cell body of section 1, charged by 100 mV by potassium ions that leave; a thin
# axon of radius 0.1 µm, likewise; the spine of section 4, depolarised by 10 mV by calcium ions that enter.

# %% [markdown] tags=["scratch"]
# **My predictions:** the Nernst potential shifts by about ... mV in the cell body, ... mV in the axon, ... mV in the
# spine.

# %% [markdown]
# ### Task 9: the effect of a change
#
# Write the function `change_effect`. The inside concentration changes by `change_mM` (negative when ions leave), and
# the outside concentration stays. Return the relative change and the shift of the Nernst potential, new minus old.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Compute the Nernst potential twice.
# </details>
# <details><summary>Hint 2: the structure</summary>
#
# Relative change: change divided by the concentration *before*. Shift: your `nernst_mV` with the new concentration
# inside, minus the old one.
# </details>
# <details><summary>Hint 3: the last line</summary>
#
# `return relative_change, shift_mV`
# </details>


# %% answer="change_effect"
def change_effect(inside_mM, outside_mM, change_mM, valence, temperature_C):
    """Relative change of an inside concentration, and what it does to the Nernst potential.

    Parameters
    ----------
    inside_mM, outside_mM : float
        Concentrations before the change in mM.
    change_mM : float
        Change of the inside concentration in mM, positive when ions enter.
    valence : int
        Valence with its sign.
    temperature_C : float
        Temperature in °C.

    Returns
    -------
    relative_change : float
        Change divided by the inside concentration before (no unit).
    shift_mV : float
        Nernst potential after the change minus that before, in mV.

    Example: `change_effect(10.0, 100.0, 10.0, 1, 37.0)` is 1.0 and -18.5 mV.
    """
    ### BEGIN SOLUTION
    before_mV = nernst_mV(inside_mM, outside_mM, valence, temperature_C)
    after_mV = nernst_mV(inside_mM + change_mM, outside_mM, valence, temperature_C)
    return change_mM / inside_mM, after_mV - before_mV
    ### END SOLUTION


# %% test="change_effect" points=2
# The relative change and the shift in mV (2 points). Where your nernst_mV is wrong, its result counts as right here.
_result = change_effect(10.0, 100.0, 10.0, 1, 37.0)
checks.parts(_result, 2, what="the result of change_effect (relative_change, shift_mV)")
checks.close(
    _result[0],
    1.0,
    rtol=2e-3,
    what="the relative change in change_effect(10.0, 100.0, 10.0, 1, 37.0)",
    mistakes={
        "divide by the concentration before the change, not after it": 0.5,
        "this is the new concentration divided by the old one; the change is asked": 2.0,
        "a fraction is asked, not a percentage": 100.0,
    },
)
checks.in_range(_result[1], -1e6, 1e6, what="the shift in change_effect(10.0, 100.0, 10.0, 1, 37.0)")
### BEGIN HIDDEN TESTS
for _in, _out, _change, _z, _T in [
    (10.0, 100.0, 10.0, 1, 37.0),
    (5.0, 125.0, -2.0, 1, 20.0),
    (70e-6, 1.5, 0.0104, 2, 35.0),
    (8.0, 120.0, 6.0, -1, 25.0),
]:
    _result = change_effect(_in, _out, _change, _z, _T)
    checks.parts(_result, 2, what="the result of change_effect (relative_change, shift_mV)")
    checks.close(_result[0], _change / _in, rtol=2e-3, what="another relative change")
    _thermal = 8.314462618 * (_T + 273.15) / (_z * 96.48533212)
    _shift = -_thermal * np.log(1 + _change / _in)
    try:
        checks.close(
            _result[1],
            _shift,
            rtol=2e-3,
            unit="mV",
            what="the shift of another Nernst potential",
            mistakes={
                "the sign is wrong: new minus old": -_shift,
                "this is the new Nernst potential; the shift is asked": _thermal * np.log(_out / (_in + _change)),
            },
        )
    except AssertionError:
        # Of what is wrong in nernst_mV, the factor counts as right here: the one for other concentrations.
        _factor = np.ravel(nernst_mV(1.0, 10.0, _z, _T))[0] / (_thermal * np.log(10.0))
        if not _factor or not np.allclose(_result[1], _factor * _shift, rtol=3e-3, atol=0.0):
            raise
### END HIDDEN TESTS

# %% [markdown]
# Now the three cases. The area of a long cylinder, divided by its volume, is $2/r$, that of a sphere $3/r$.

# %%
K_out_mM, Ca_out_mM = MAMMAL["K"]["outside_mM"], MAMMAL["Ca"]["outside_mM"]
axon_fraction = fraction_for_100_mV(0.1) * 2 / 3
cases = {
    "K⁺, cell body": (SOMA["K_mM"], K_out_mM, -soma_fraction * SOMA["K_mM"], 1),
    "K⁺, thin axon": (SOMA["K_mM"], K_out_mM, -axon_fraction * SOMA["K_mM"], 1),
    "Ca²⁺, spine": (SPINE["Ca_rest_mM"], Ca_out_mM, 1e-3 * spine_rise_uM, 2),
}
effects = {}
for name, (inside_mM, outside_mM, change_mM, valence) in cases.items():
    effects[name] = change_effect(inside_mM, outside_mM, change_mM, valence, 37.0)
    relative_change, shift_mV = effects[name]
    print(f"{name:14s}: relative change {relative_change:9.2e}, shift of the Nernst potential {shift_mV:9.2e} mV")

# %% tags=["guard"]
soma, axon, spine = effects.values()
assert np.allclose(soma, (-1.244e-5, 3.324e-4), rtol=1e-3)
assert np.allclose(change_effect(10.0, 100.0, 10.0, 1, 37.0), (1.0, -18.526), atol=1e-3)  # -RT/F ln 2
# Analytic for a cylinder: 2 c_m V / (r F c).
assert abs(axon[0] + 2 * 1e-2 * 0.1 / (1e-7 * FARADAY_C_PER_MOL * 100.0)) < 1e-9 and abs(axon[0] + 2.07e-3) < 1e-5
assert 147 < spine[0] < 149
# NEURON's h.nernst: 137.1099 mV for 70 nM and 70.2354 mV for 70 nM + 10.364 µM inside, 2 mM outside, 37 °C.
assert abs(spine[1] - (70.2354 - 137.1099)) < 1e-3
# The numbers of the mark schemes.
assert 610 < 0.01 / (1.3 * -soma[0]) < 630 and 3.5 < 0.01 / (1.3 * -axon[0]) < 4
assert 0.16 < spine_rise_uM / 61 < 0.18 and 2.3 < spine_rise_uM / 61 / 0.07 < 2.6
assert abs(change_effect(70e-6, 2.0, 1e-3 * spine_rise_uM / 61, 2, 37.0)[1] + 16.5) < 0.5

# %% [markdown]
# **Compare** with your predictions, and answer the two questions of this exercise.

# %% [markdown] discuss="potassium_constant" points=3
# ### Discussion 1: is the potassium concentration constant?
#
# An action potential charges the membrane by about 100 mV and back. In a thin unmyelinated axon it moves only 1.3
# times the ions that this takes at least (Alle, Roth and Geiger 2009,
# [doi:10.1126/science.1174331](https://doi.org/10.1126/science.1174331)). In five to eight sentences: (a) Is
# "constant" a good approximation for potassium during one action potential, in the cell body and in the thin axon? Use
# both numbers of each. (b) Without pumps, how many action potentials lower the concentration inside by 1 %, in the
# cell body and in the axon? (c) What does a real neuron do about it, and which simulations should keep track of
# potassium?
#
# *How it is judged: one point for each part. (a) needs your numbers and a verdict, (b) two numbers with the way to
# them, (c) a mechanism and an example.*
### BEGIN MARK SCHEME
# - (a) 1 point: yes in both. Cell body: 1.2e-5 of the ions, shift of 0.0003 mV; axon: 2e-3, shift of 0.06 mV, both
#   far below anything that changes a simulation. Half a point for a verdict without numbers.
# - (b) 1 point: 0.01 / (1.3 · 1.24e-5) ≈ 620 for the cell body (half a point), 0.01 / (1.3 · 2.07e-3) ≈ 4 for the
#   axon (half a point). Without the factor 1.3 (800 and 5) is accepted when said.
# - (c) 1 point: the sodium-potassium pump (half a point) restores the concentrations between the spikes. Long or
#   intense activity, thin processes, the narrow space outside the cell (where there is little potassium to begin
#   with), seizures, spreading depression, ischaemia: one of them (half a point).
### END MARK SCHEME

# %% [markdown] discuss="calcium_constant" points=3
# ### Discussion 2: is the calcium concentration constant?
#
# Proteins that bind calcium, the **buffers**, catch most of what enters. In dendrites of pyramidal cells, of 45 to
# 81 ions one stays free (Maravall et al. 2000,
# [doi:10.1016/S0006-3495(00)76809-3](https://doi.org/10.1016/S0006-3495(00)76809-3)); in spines buffers are weaker
# (Sabatini, Oertner and Svoboda 2002,
# [doi:10.1016/S0896-6273(02)00573-1](https://doi.org/10.1016/S0896-6273(02)00573-1)). In five to eight sentences:
# (a) Is "constant" a good approximation for calcium in the spine? Use both of your numbers. (b) Repeat the estimate
# with one ion of 61 free. Does your verdict change? (c) Why can the cell use calcium as a signal, but not
# potassium? And what does "a concentration of 70 nM" mean in a spine that holds one free ion?
#
# *How it is judged: one point for each part. (a) needs your numbers and a verdict, (b) a new number, (c) an answer to
# each of its two questions.*
### BEGIN MARK SCHEME
# - (a) 1 point: no. The concentration grows to about 150 times its value (relative change 148), and the Nernst
#   potential falls by 67 mV. Half a point for a verdict without numbers.
# - (b) 1 point: 10.4 µM / 61 = 0.17 µM, still 2.4 times the resting concentration, a shift of about -16 mV. So it is
#   still not constant, although the driving force (about 200 mV at -65 mV) now changes by less than a tenth. "Good
#   enough for the current, not for the signal" is a full answer.
# - (c) 1 point: the resting concentration is so low that few ions make a large relative change (half a point). With
#   one ion a concentration is a mean over time or over many spines: the number fluctuates (0, 1, 2 ...), and a model
#   with random events describes it better (half a point).
### END MARK SCHEME

# %% [markdown]
# ## What you have done, and where to go next
#
# - **You counted** 5·10⁷ ions for 100 mV across the membrane of a large cell body: one in 80 000 of its potassium
#   ions. The fraction grows as one over the radius.
# - **You computed** Nernst potentials, from −89 mV for K⁺ to +132 mV for Ca²⁺, and know the direction of flow from the
#   sign of $z\,(V - E)$.
# - **You computed** the resting potential of the squid axon, −60 mV, and its peak, +42 mV, from one equation.
# - **You counted** the calcium in a spine head: one free ion at rest, 157 that enter for 10 mV.
# - **You judged** an approximation by numbers: potassium concentrations hardly move in one action potential, the free
#   calcium of a spine does.
#
# **Where to go next.** In `02_integrate_and_fire` and `03_hodgkin_huxley` concentrations are constant, and now you know
# why they may be. In `07_calcium_spikes` calcium has a pool of its own. In `13_ion_homeostasis` every ion is counted,
# the pumps work, and then you switch them off.
