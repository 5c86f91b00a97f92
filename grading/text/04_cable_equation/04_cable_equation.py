# %% [markdown]
# # The cable equation
#
# A synapse sits on a thin dendrite, half a millimetre from the soma. Its current charges the membrane next to it,
# leaks out through that membrane, and creeps along the inside of the dendrite. How much of it reaches the soma, and
# how late? One equation answers both questions. It was borrowed from telegraph cables, and every detailed neuron
# model solves it thousands of times a second.
#
# **What you will do**
#
# - turn textbook constants of membrane and cytoplasm into the few numbers that rule a cable;
# - solve the cable equation on paper: at rest after a long current, and in time;
# - write your own solver, about twenty lines, and measure how wrong it is;
# - let NEURON solve the same cable, and find out how many segments are enough.
#
# **What you will learn**
#
# 1. What do the length constant, the time constant and the input resistance depend on?
# 2. How does the far end of a dendrite change what happens at the near end?
# 3. Why does a signal arrive late and smeared?
# 4. How fast does the error of a simulation fall when its steps get smaller?
# 5. Why do fast signals die sooner than slow ones?
#
# **What you will need**: the lecture `lectures/04_cable_equation`, NumPy arrays, hyperbolic functions; for task 8 the
# section "sections and segments" of `lectures/05_neuron` helps. No NEURON experience is needed.
#
# **Time**: about 120 minutes. **Points**: 21 automatic, 6 by hand. Work from top to bottom; each task can be solved
# even if the one before is still open.
#
# Potentials in this exercise are *deviations from rest*, written $V$: rest is $V = 0$.

# %% tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np
from neuron import h
from scipy.linalg import solve_banded

import checks

h.load_file("stdrun.hoc")
plt.style.use("course.mplstyle")

# Diameter and length in µm, R_m in Ω cm², R_a in Ω cm, C_m in µF/cm².
DENDRITE = {"d_um": 2.0, "length_um": 1000.0, "R_m": 20e3, "R_a": 150.0, "C_m": 1.0}  # a thin dendrite, rounded values
RALLPACK = {"d_um": 1.0, "length_um": 1000.0, "R_m": 40e3, "R_a": 100.0, "C_m": 1.0}  # Rallpack 1 (Bhalla et al. 1992)
PAPER = {"d_um": 2.0, "length_um": 10e3, "R_m": 30e3, "R_a": 150.0, "C_m": 1.0}  # Pettersen & Einevoll 2008, Fig. 4
I_NA = 0.1  # injected current in nA, also Rallpack's

guesses = {}  # your predictions


# %%
def look_back(name, found):
    """Print what you guessed beside what came out."""
    guess = guesses.get(name)
    print(f"{name}: {'no guess recorded' if guess is None else f'you guessed {guess}'}, it is {found}")


# %% [markdown]
# ## 1. From specific to per-length quantities
#
# Cut a cable of diameter $d$ into short pieces. Charge is conserved in each piece, axial current obeys Ohm's law, and
# the membrane is a capacitor beside a resistor. As the pieces shrink, this becomes the cable equation:
#
# $$\frac{1}{r_a}\,\frac{\partial^2 V}{\partial x^2} = c_m\,\frac{\partial V}{\partial t} + \frac{V}{r_m}$$
#
# Small letters are quantities *per length of cable*. Capital letters are *specific*: they belong to the material,
# whatever its shape, and they are what papers print.
#
# | specific | what it is | per length | what it is |
# |---|---|---|---|
# | $R_m$ (Ω cm²) | resistance × area of membrane | $r_m$ (MΩ µm) | resistance of the membrane × length of cable |
# | $R_a$ (Ω cm) | resistivity of the cytoplasm | $r_a$ (MΩ/µm) | axial resistance per length |
# | $C_m$ (µF/cm²) | capacitance per area of membrane | $c_m$ (nF/µm) | capacitance per length |
#
# Read the units: a longer piece has a *lower* membrane resistance (so $r_m$ is multiplied by a length) and a *higher*
# axial resistance.
#
# Why these units? In µm, ms, mV, nA, MΩ, nF and µS no power of ten is ever needed again: 1 nA × 1 MΩ = 1 mV, 1 MΩ × 1
# nF = 1 ms, 1/(1 MΩ) = 1 µS. All powers of ten of this exercise sit in the next function.
#
# **Task 1.** Write `per_length`.
#
# <details><summary>A nudge</summary>
# Picture a piece of cable 1 µm long. Through which area does current leave across the membrane? Through which area
# does it flow along the cable?
# </details>
# <details><summary>The formula behind it</summary>
# A cylinder of length Δx has the membrane area π d Δx and the cross-section π d²/4. Resistance is resistivity ×
# length / cross-section. For the units: 1 cm = 10⁴ µm, so 1 cm² = 10⁸ µm².
# </details>
# <details><summary>A first line</summary>
# <code>R_m_MOhm_um2 = R_m * 1e-6 * 1e8</code>: from Ω to MΩ, from cm² to µm².
# </details>


# %% answer="per_length"
def per_length(d_um, R_m, R_a, C_m):
    """Membrane resistance, axial resistance and capacitance of a cylinder, per length.

    Parameters
    ----------
    d_um : float
        Diameter in µm.
    R_m : float
        Specific membrane resistance in Ω cm².
    R_a : float
        Axial resistivity in Ω cm.
    C_m : float
        Specific membrane capacitance in µF/cm².

    Returns
    -------
    tuple of three floats
        r_m in MΩ µm, r_a in MΩ/µm, c_m in nF/µm, in this order.
    """
    ### BEGIN SOLUTION
    R_m_MOhm_um2 = R_m * 1e-6 * 1e8
    R_a_MOhm_um = R_a * 1e-6 * 1e4
    C_m_nF_per_um2 = C_m * 1e3 / 1e8
    circumference_um = np.pi * d_um
    cross_section_um2 = np.pi * d_um**2 / 4
    return R_m_MOhm_um2 / circumference_um, R_a_MOhm_um / cross_section_um2, C_m_nF_per_um2 * circumference_um
    ### END SOLUTION


# %% test="per_length" points=2
# Resistances and capacitance per length of a cylinder (2 points).
# Closed formulas: only rounding is allowed for.
_result = per_length(2.0, 20e3, 150.0, 1.0)
checks.parts(_result, 3, what="per_length(2.0, 20e3, 150.0, 1.0)")
checks.close(
    _result[1],
    0.477464829,
    rtol=1e-6,
    unit="MΩ/µm",
    what="r_a, the second value of per_length(2.0, 20e3, 150.0, 1.0)",
    mistakes={"d_um is the diameter, not the radius: the cross-section is π d²/4": 0.477464829 / 4},
)
### BEGIN HIDDEN TESTS
for _d, _R_m, _R_a, _C_m in [(2.0, 20e3, 150.0, 1.0), (0.7, 35e3, 80.0, 1.6), (12.0, 4e3, 210.0, 0.7)]:
    _result = per_length(_d, _R_m, _R_a, _C_m)
    checks.parts(_result, 3, what="the result of per_length for another cable")
    _r_m, _r_a, _c_m = 100 * _R_m / (np.pi * _d), 0.04 * _R_a / (np.pi * _d**2), 1e-5 * np.pi * _d * _C_m
    checks.close(
        _result[0],
        _r_m,
        unit="MΩ µm",
        what="r_m of another cable",
        mistakes={
            "d_um is the diameter, not the radius: the circumference is π d": _r_m / 2,
            "the membrane is the cylinder's mantle, not its cross-section": 400 * _R_m / (np.pi * _d**2),
            "a longer circumference must lower the membrane resistance: divide by it": 100 * _R_m * np.pi * _d,
        },
    )
    checks.close(
        _result[1],
        _r_a,
        unit="MΩ/µm",
        what="r_a of another cable",
        mistakes={
            "d_um is the diameter, not the radius: the cross-section is π d²/4": _r_a / 4,
            "axial current flows through the cross-section, not through the mantle": 0.01 * _R_a / (np.pi * _d),
        },
    )
    checks.close(
        _result[2],
        _c_m,
        unit="nF/µm",
        what="c_m of another cable",
        mistakes={
            "d_um is the diameter, not the radius: the circumference is π d": 2 * _c_m,
            "more membrane holds more charge: multiply by the circumference": 1e-5 * _C_m / (np.pi * _d),
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Three numbers that rule a cable
#
# Multiply the cable equation by $r_m$ and it reads
#
# $$\lambda^2\,\frac{\partial^2 V}{\partial x^2} = \tau\,\frac{\partial V}{\partial t} + V .$$
#
# So a cable has one natural length, the **length constant** $\lambda$, and one natural time, the **time constant**
# $\tau$. Compare the two forms and you have both. The third number is a resistance: what an electrode sees at the end
# of a cable that goes on for ever in one direction. It is called $R_\infty$ and equals the axial resistance of one
# length constant of cable (task 3 shows why).
#
# **Predict first.** Make the dendrite four times as thick and leave its material alone. By which factor does
# $\lambda$ change, by which factor $R_\infty$? Write your guesses down; they are not marked, and the text comes back
# to them.

# %% tags=["scratch"]
guesses["factor of lambda when d is 4 times larger"] = None  # your number
guesses["factor of R_inf when d is 4 times larger"] = None  # your number

# %% [markdown]
# **Task 2.** Write `cable_constants`, from the per-length quantities of task 1. No powers of ten: the units fit.
#
# <details><summary>A nudge</summary>
# Check the units: which combination of MΩ µm and MΩ/µm is a length? Which one is a resistance?
# </details>
# <details><summary>The formula behind it</summary>
# Multiplying by r_m leaves r_m/r_a in front of the space derivative, and that must equal λ². R_∞ is r_a times λ.
# </details>
# <details><summary>A first line</summary>
# <code>tau_ms = ...</code>: look at what stands in front of ∂V/∂t after the multiplication.
# </details>


# %% answer="cable_constants"
def cable_constants(r_m, r_a, c_m):
    """Length constant, time constant and input resistance of a semi-infinite cable.

    Parameters
    ----------
    r_m, r_a, c_m : float
        Membrane resistance in MΩ µm, axial resistance in MΩ/µm, capacitance in nF/µm.

    Returns
    -------
    tuple of three floats
        lambda in µm, tau in ms, R_inf in MΩ, in this order.
    """
    ### BEGIN SOLUTION
    lambda_um = np.sqrt(r_m / r_a)
    return lambda_um, r_m * c_m, r_a * lambda_um
    ### END SOLUTION


# %% test="cable_constants" points=2
# Length constant, time constant and semi-infinite input resistance (2 points).
# Closed formulas: only rounding is allowed for.
_result = cable_constants(400e3, 0.25, 5e-5)
checks.parts(_result, 3, what="cable_constants(400e3, 0.25, 5e-5)")
checks.close(
    _result[1],
    20.0,
    unit="ms",
    what="tau, the second value of cable_constants(400e3, 0.25, 5e-5)",
    mistakes={
        "charging needs membrane resistance, not axial resistance": 0.25 * 5e-5,
        "no square root in the time constant": 20**0.5,
    },
)
### BEGIN HIDDEN TESTS
for _r_m, _r_a, _c_m in [(400e3, 0.25, 5e-5), (120e3, 1.9, 3e-5), (2.5e6, 0.03, 1.1e-4)]:
    _result = cable_constants(_r_m, _r_a, _c_m)
    checks.parts(_result, 3, what="the result of cable_constants for another cable")
    checks.close(
        _result[0],
        (_r_m / _r_a) ** 0.5,
        unit="µm",
        what="the length constant of another cable",
        mistakes={
            "this is λ²: take the square root": _r_m / _r_a,
            "the fraction is upside down: a leakier membrane (smaller r_m) must shorten λ": (_r_a / _r_m) ** 0.5,
            "this is r_m × r_a: compare the factors of the space derivative": (_r_m * _r_a) ** 0.5,
        },
    )
    checks.close(
        _result[1],
        _r_m * _c_m,
        unit="ms",
        what="the time constant of another cable",
        mistakes={
            "charging needs membrane resistance, not axial resistance": _r_a * _c_m,
            "no square root in the time constant": (_r_m * _c_m) ** 0.5,
        },
    )
    checks.close(
        _result[2],
        (_r_m * _r_a) ** 0.5,
        unit="MΩ",
        what="R_inf of another cable",
        mistakes={
            "this is the cable that is infinite in both directions; R_inf is for one direction": (_r_m * _r_a) ** 0.5
            / 2,
            "this is R_inf squared: take the square root": _r_m * _r_a,
            "this is λ: R_inf is the axial resistance of one length constant": (_r_m / _r_a) ** 0.5,
            "this is a membrane resistance divided by λ, twice": _r_m / (_r_m / _r_a),
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# The dendrite of this exercise, and your guesses. The rounded numbers in the last line are used from here on, so that
# an open task 1 or 2 does not stop you.

# %%
lambda_um, tau_ms, R_inf = cable_constants(*per_length(*[DENDRITE[key] for key in ("d_um", "R_m", "R_a", "C_m")]))
print(
    f"lambda = {lambda_um:.1f} µm, tau = {tau_ms:.1f} ms, R_inf = {R_inf:.1f} MΩ, L = {DENDRITE['length_um'] / lambda_um:.3f}"
)

thick = cable_constants(*per_length(4 * DENDRITE["d_um"], DENDRITE["R_m"], DENDRITE["R_a"], DENDRITE["C_m"]))
look_back("factor of lambda when d is 4 times larger", round(thick[0] / lambda_um, 4))
look_back("factor of R_inf when d is 4 times larger", round(thick[2] / R_inf, 4))

# %%
LAMBDA_UM, TAU_MS, R_INF_MOHM = 816.5, 20.0, 389.8

# %% tags=["guard"]
assert (
    abs(lambda_um - 816.497) < 1e-3 and abs(tau_ms - 20) < 1e-9 and abs(R_inf - 389.848) < 1e-3
)  # science table, by hand
assert (
    abs(thick[0] / lambda_um - 2) < 1e-12 and abs(thick[2] / R_inf - 1 / 8) < 1e-12 and abs(thick[1] - tau_ms) < 1e-12
)

# %% [markdown]
# $\lambda \propto \sqrt{d}$ and $R_\infty \propto d^{-3/2}$, while $\tau$ knows nothing of geometry: it belongs to
# the membrane. The power 3/2 is the one that lets Rall replace a branching tree by one cylinder. The ratio $L =
# \ell/\lambda$ is the **electrotonic length**. With $L \approx 1.2$ this dendrite is neither short nor long: its far
# end will matter.

# %% [markdown]
# ## 3. Where a steady current leaves the cable
#
# Inject a constant current $I$ at $x = 0$ and wait. With $\partial V/\partial t = 0$ and $X = x/\lambda$ the equation
# becomes $V'' = V$, so
#
# $$V(X) = A\cosh X + B\sinh X = A'\,e^{-X} + B'\,e^{X}.$$
#
# Two conditions fix the two constants. The first: all of $I$ flows into the cable, $-\frac{1}{r_a}\frac{\partial
# V}{\partial x}\big|_{x=0} = I$, which in units of $\lambda$ is $-\frac{dV}{dX}\big|_{0} = I R_\infty$. The second
# depends on the other end:
#
# | `end` | the cable | condition |
# |---|---|---|
# | `"sealed"` | from $0$ to $\ell$, closed by membrane (a dendrite's tip) | no axial current at $\ell$: $V' = 0$ |
# | `"killed"` | from $0$ to $\ell$, cut open (held at the outside's potential) | $V = 0$ at $\ell$ |
# | `"semi-infinite"` | from $0$ to $\infty$ | $V \to 0$ far away |
# | `"infinite"` | from $-\infty$ to $\infty$, current injected in the middle, at $0$ | $V \to 0$ far away on both sides |
#
# **Predict first.** The input resistance is $R_\text{in} = V(0)/I$. Which of the four cables has the largest, which
# the smallest? Then look at your guess again when you have the picture.

# %% tags=["scratch"]
guesses["largest input resistance"] = None  # "sealed", "killed", "semi-infinite" or "infinite"
guesses["smallest input resistance"] = None

# %% [markdown]
# **Task 3.** Write `steady_state`. This is the picture to reach:
#
# ![Four curves of membrane potential against distance from 0 to 1000 µm, for 0.1 nA. Sealed end: starts highest, at 46 mV, and becomes flat at 25 mV. Semi-infinite: an exponential from 39 to 11 mV. Killed end: from 33 mV down to exactly zero at 1000 µm. Infinite: half the semi-infinite curve.](figures/steady_state.png)
#
# <details><summary>A nudge</summary>
# For the sealed end write cosh(L − X) instead of cosh X: it solves the same equation, and its slope at X = L is zero
# whatever stands in front. Which function of L − X is zero at X = L?
# </details>
# <details><summary>The formula behind it</summary>
# Put V = A f(L − X) into −dV/dX = I R_∞ at X = 0 and solve for A. The derivative of cosh is sinh and the other way
# round. In the infinite cable, half of the current goes each way.
# </details>
# <details><summary>A first line</summary>
# <code>X, L = np.asarray(x_um) / lambda_um, length_um / lambda_um</code>
# </details>


# %% answer="steady_state"
def steady_state(x_um, length_um, lambda_um, R_inf, I_nA, end):
    """Steady membrane potential along a cable with current injected at x = 0.

    Parameters
    ----------
    x_um : array of shape (n,)
        Positions in µm, from 0 to length_um; for end="infinite" they may be negative.
    length_um : float
        Length of the cable in µm; not used for "semi-infinite" and "infinite".
    lambda_um : float
        Length constant in µm.
    R_inf : float
        Input resistance of the semi-infinite cable in MΩ.
    I_nA : float
        Injected current in nA.
    end : str
        "sealed", "killed", "semi-infinite" or "infinite".

    Returns
    -------
    array of shape (n,)
        Deviation from rest in mV.
    """
    ### BEGIN SOLUTION
    X, L = np.asarray(x_um) / lambda_um, length_um / lambda_um
    if end == "sealed":
        shape = np.cosh(L - X) / np.sinh(L)
    elif end == "killed":
        shape = np.sinh(L - X) / np.cosh(L)
    elif end == "semi-infinite":
        shape = np.exp(-X)
    else:
        shape = np.exp(-np.abs(X)) / 2
    return I_nA * R_inf * shape
    ### END SOLUTION


# %% test="steady_state" points=2
# The steady profile of a cable with a sealed and with a killed end (2 points).
# Closed formulas: only rounding is allowed for.
_x = np.linspace(0, 500, 6)
_V = steady_state(_x, 500.0, 500.0, 400.0, 0.1, "sealed")
checks.shape(_V, (6,), what="steady_state with a sealed end")
checks.monotonic(_V, "decreasing", what="the potential along a cable with a sealed end")
_V = steady_state(_x, 500.0, 500.0, 400.0, 0.1, "killed")
checks.shape(_V, (6,), what="steady_state with a killed end")
checks.close(
    _V[5],
    0.0,
    atol=1e-9,
    unit="mV",
    what="the potential at a killed end",
    mistakes={
        "this is the value for a sealed end; killed means V = 0 at the end": 34.0367251296,
        "this is the semi-infinite cable: the end is missing": 14.7151776469,
    },
)
### BEGIN HIDDEN TESTS
for _length, _lambda, _R_inf, _I in [
    (500.0, 500.0, 400.0, 0.1),
    (900.0, 350.0, 220.0, -0.05),
    (120.0, 700.0, 90.0, 0.8),
]:
    _x = _length * np.array([0.0, 0.1, 0.35, 0.6, 1.0])
    _X, _L, _V0 = _x / _lambda, _length / _lambda, _I * _R_inf
    _sealed, _killed = _V0 * np.cosh(_L - _X) / np.sinh(_L), _V0 * np.sinh(_L - _X) / np.cosh(_L)
    checks.close(
        steady_state(_x, _length, _lambda, _R_inf, _I, "sealed"),
        _sealed,
        atol=1e-9,
        unit="mV",
        what="the profile of another cable with a sealed end",
        mistakes={
            "this is the killed end: sealed means no axial current at the end": _killed,
            "the form is right but V(0) is I R_inf: the input resistance of a sealed cable is another one": _V0
            * np.cosh(_L - _X)
            / np.cosh(_L),
            "the form is right but V(0) is too small: a sealed end must raise the input resistance above R_inf": _killed[
                0
            ]
            * np.cosh(_L - _X)
            / np.cosh(_L),
            "this is the semi-infinite cable: the end is missing": _V0 * np.exp(-_X),
        },
    )
    checks.close(
        steady_state(_x, _length, _lambda, _R_inf, _I, "killed"),
        _killed,
        atol=1e-9,
        unit="mV",
        what="the profile of another cable with a killed end",
        mistakes={
            "this is the sealed end: killed means V = 0 at the end": _sealed,
            "the form is right but V(0) is I R_inf: the input resistance of a killed cable is another one": _V0
            * np.sinh(_L - _X)
            / np.sinh(_L),
            "the form is right but V(0) is too large: a killed end must lower the input resistance below R_inf": _sealed[
                0
            ]
            * np.sinh(_L - _X)
            / np.sinh(_L),
            "this is the semi-infinite cable: the end is missing": _V0 * np.exp(-_X),
        },
    )
### END HIDDEN TESTS

# %% test="steady_state/without_end" points=1
# The steady profile of the semi-infinite and of the infinite cable (1 point).
# Closed formulas: only rounding is allowed for.
_x = np.array([0.0, 250.0, 500.0])
_V = steady_state(_x, 1000.0, 500.0, 400.0, 0.1, "semi-infinite")
checks.shape(_V, (3,), what="steady_state of a semi-infinite cable")
checks.close(_V[0], 40.0, unit="mV", what="V(0) of the semi-infinite cable, which is I R_inf")
### BEGIN HIDDEN TESTS
for _lambda, _R_inf, _I in [(500.0, 400.0, 0.1), (350.0, 220.0, -0.05)]:
    _x = np.array([0.0, 40.0, 310.0, 1250.0])
    _V0 = _I * _R_inf * np.exp(-_x / _lambda)
    checks.close(
        steady_state(_x, 1000.0, _lambda, _R_inf, _I, "semi-infinite"),
        _V0,
        unit="mV",
        what="the profile of another semi-infinite cable",
    )
    _x = np.array([-800.0, -100.0, 0.0, 40.0, 310.0])
    _V = 0.5 * _I * _R_inf * np.exp(-np.abs(_x) / _lambda)
    checks.close(
        steady_state(_x, 1000.0, _lambda, _R_inf, _I, "infinite"),
        _V,
        unit="mV",
        what="the profile of a cable that is infinite both ways",
        mistakes={
            "the current splits: half of it flows each way": 2 * _V,
            "left of the electrode the potential must fall too: use the distance |x|": 0.5
            * _I
            * _R_inf
            * np.exp(-_x / _lambda),
            "the current splits, and left of the electrode the potential must fall too: use |x|": _I
            * _R_inf
            * np.exp(-_x / _lambda),
        },
    )
### END HIDDEN TESTS

# %%
x_um = np.linspace(0, DENDRITE["length_um"], 201)
fig, ax = plt.subplots(layout="constrained")
R_in = {}
for end, style in [("sealed", "-"), ("semi-infinite", "--"), ("killed", "-."), ("infinite", ":")]:
    V = steady_state(x_um, DENDRITE["length_um"], LAMBDA_UM, R_INF_MOHM, I_NA, end)
    R_in[end] = V[0] / I_NA
    ax.plot(x_um, V, color="C5", linestyle=style, label=f"{end}: input resistance {R_in[end]:.0f} MΩ")
ax.set(xlabel="distance from the electrode (µm)", ylabel="deviation from rest (mV)", ylim=(0, 50))
ax.legend()
plt.show()
look_back("largest input resistance", max(R_in, key=R_in.get))
look_back("smallest input resistance", min(R_in, key=R_in.get))

# %% tags=["guard"]
fig.savefig("figures/steady_state.png", dpi=70)
_exact = steady_state(x_um, 1000.0, lambda_um, R_inf, I_NA, "sealed")
assert abs(_exact[0] / I_NA - 463.527) < 1e-3 and abs(_exact[-1] / _exact[0] - 0.540960) < 1e-6  # science table
assert abs(steady_state([0.0], 1000.0, lambda_um, R_inf, I_NA, "killed")[0] / I_NA - 327.881) < 1e-3
assert list(sorted(R_in, key=R_in.get)) == ["infinite", "killed", "semi-infinite", "sealed"]
assert (
    abs(_exact[0] - 46) < 0.5
    and abs(_exact[-1] - 25) < 0.5
    and abs(R_inf * I_NA * np.exp(-1000 / lambda_um) - 11.5) < 0.1
)

# %% [markdown]
# A sealed tip leaves the current nowhere else to go, so the potential piles up: $R_\text{in} = R_\infty \coth L$,
# *above* $R_\infty$. A cut end drains it: $R_\text{in} = R_\infty\tanh L$, *below*. Both approach $R_\infty$ as $L$
# grows, because coth and tanh go to 1: an electrode cannot see further than a few $\lambda$. The infinite cable has
# two semi-infinite ones in parallel, so half of $R_\infty$; that is less than the killed dendrite only because this
# dendrite is long enough (try $L = 0.4$).
#
# For *attenuation*, $\lambda$ alone misleads: over 1000 µm the infinite cable loses 71 % of the potential, the sealed
# dendrite 46 %.

# %% tags=["guard"]
assert round(100 * (1 - np.exp(-1000 / lambda_um))) == 71 and round(100 * (1 - _exact[-1] / _exact[0])) == 46
assert np.tanh(0.4) < 0.5 < np.tanh(1000 / lambda_um)

# %% [markdown]
# ## 4. Before the steady state: Rall's series
#
# Switch the current on at $t = 0$, with the cable at rest and both ends sealed. The solution is the steady profile of
# task 3 minus a sum of standing waves, each of which dies with its own time constant (Rall 1969,
# [doi:10.1016/S0006-3495(69)86467-2](https://doi.org/10.1016/S0006-3495(69)86467-2)). With $T = t/\tau$, $X =
# x/\lambda$:
#
# $$V(X, T) = I R_\infty\left\{\frac{\cosh(L - X)}{\sinh L} - \frac{1}{L}\left[e^{-T} + 2\sum_{k=1}^{\infty} \frac{\cos(k\pi X/L)}{1 + (k\pi/L)^2}\; e^{-T\,\left(1 + (k\pi/L)^2\right)}\right]\right\}$$
#
# The first wave, $k = 0$, is flat. It carries charge in and out through the membrane, so it decays with $\tau$ and
# with nothing else. The others only move charge along the cable: they *equalise*, faster the more wiggles they have,
# $\tau_k = \tau/(1 + (k\pi/L)^2)$.
#
# **Predict first.** A patch of membrane without a cable reaches half of its final value after $\tau\ln 2 = 13.9$ ms.
# When does the near end of the dendrite reach half of *its* final value? When does the far end?

# %% tags=["scratch"]
guesses["half-time at the near end (ms)"] = None  # your number
guesses["half-time at the far end (ms)"] = None

# %% [markdown]
# **Task 4.** Write `sealed_step`. Any number of terms from 100 on is right; the default of 200 is there to be used.
# The picture to reach:
#
# ![Potential against time for 0 to 80 ms, each curve divided by its own final value. The near end shoots up at once and reaches one half after about 7 ms; the far end waits, bends upwards and reaches one half after about 19 ms; the curve of a membrane patch lies between them.](figures/sealed_step.png)
#
# <details><summary>A nudge</summary>
# Compute the bracket by itself, first its flat term, then a loop over k from 1 that adds to it. Two checks: for late
# times only the steady profile may be left; at t = 0 everything must cancel.
# </details>
# <details><summary>The formula behind it</summary>
# It stands above. Mind the order: 1/L multiplies the whole bracket, the 2 only the sum, and the decay rate of wave k
# appears twice, in the exponent and in the denominator.
# </details>
# <details><summary>A first line</summary>
# <code>T, X, L = np.asarray(t_ms) / tau_ms, x_um / lambda_um, length_um / lambda_um</code>
# </details>


# %% answer="sealed_step"
def sealed_step(t_ms, x_um, length_um, lambda_um, tau_ms, R_inf, I_nA, n_terms=200):
    """Potential at one place of a cable with sealed ends after a current step at x = 0 and t = 0.

    Parameters
    ----------
    t_ms : array of shape (n,)
        Times in ms, none negative.
    x_um : float
        Where the potential is measured, in µm.
    length_um, lambda_um : float
        Length and length constant in µm.
    tau_ms : float
        Membrane time constant in ms.
    R_inf : float
        Input resistance of the semi-infinite cable in MΩ.
    I_nA : float
        Current in nA.
    n_terms : int
        Number of waves with k > 0.

    Returns
    -------
    array of shape (n,)
        Deviation from rest in mV.
    """
    ### BEGIN SOLUTION
    T, X, L = np.asarray(t_ms) / tau_ms, x_um / lambda_um, length_um / lambda_um
    waves = np.exp(-T)
    for k in range(1, n_terms + 1):
        rate = 1 + (k * np.pi / L) ** 2
        waves = waves + 2 * np.cos(k * np.pi * X / L) * np.exp(-rate * T) / rate
    return I_nA * R_inf * (np.cosh(L - X) / np.sinh(L) - waves / L)
    ### END SOLUTION


# %% test="sealed_step" points=3
# Rall's series for a current step into a sealed cable (3 points).
_t = np.array([0.0, 1.0, 5.0, 20.0, 2000.0])
_V = sealed_step(_t, 0.0, 1000.0, 500.0, 20.0, 400.0, 0.1)
checks.shape(_V, (5,), what="sealed_step at five times")
checks.close(
    _V[4], 41.49259, rtol=1e-6, unit="mV", what="V(x = 0) after 100 time constants, the steady state I R_inf coth(2)"
)
# At t = 0 the waves cancel the profile slowly: with 100 terms 2 L/(100 π²) = 0.4 % of 40 mV are left.
checks.close(
    _V[0],
    0.0,
    atol=0.3,
    unit="mV",
    what="V(x = 0, t = 0), where the cable is still at rest",
    mistakes={
        "the factor 2 belongs to the waves with k > 0: the flat wave (k = 0) counts once": -20.0,
        "the flat wave (k = 0) is missing": 20.0,
        "the waves with k > 0 need their factor 2": 10.75,
        "the waves are subtracted from the steady profile": 82.90,
        "the factor 1/L in front of the bracket is missing": -41.33,
        "the rate of each wave belongs in its denominator, too": 41.49 - 20 * 401,
        "the sum stops after one wave: are there really 100 terms?": 9.96,
    },
)


### BEGIN HIDDEN TESTS
# From t = 0.02 τ on, term 100 is below exp(-0.02 (100 π / 3)²) = 1e-95: any number of terms from 100 on gives the same to rounding.
def _series(t, x, length, lam, tau, V0, flat_rate=1.0, flat_weight=1.0, last=200, weight=2.0, over=None, steady=1.0):
    T, X, L = t / tau, x / lam, length / lam
    k = np.arange(1, last + 1)[:, None]
    rate = 1 + (k * np.pi / L) ** 2
    sum_ = (np.cos(k * np.pi * X / (over or L)) * np.exp(-rate * T) / rate).sum(axis=0)
    return V0 * (steady * np.cosh(L - X) / np.sinh(L) - (flat_weight * np.exp(-flat_rate * T) + weight * sum_) / L)


for _x, _length, _lambda, _tau, _R_inf, _I in [
    (0.0, 1000.0, 816.5, 20.0, 390.0, 0.1),
    (1000.0, 1000.0, 816.5, 20.0, 390.0, 0.1),
    (130.0, 700.0, 250.0, 8.0, 150.0, -0.3),
    (200.0, 400.0, 900.0, 35.0, 800.0, 0.02),
]:
    _t = _tau * np.array([0.02, 0.1, 0.5, 1.0, 2.5, 6.0])
    _cable, _V0 = (_t, _x, _length, _lambda, _tau, _I * _R_inf), _I * _R_inf
    checks.close(
        sealed_step(_t, _x, _length, _lambda, _tau, _R_inf, _I),
        _series(*_cable),
        rtol=1e-6,
        atol=1e-6 * abs(_V0),
        unit="mV",
        what="the step response of another sealed cable",
        mistakes={
            "the flat wave (k = 0) must decay with exp(-t/τ), whatever L is": _series(
                *_cable, flat_rate=_lambda / _length
            ),
            "the factor 2 belongs to the waves with k > 0: the flat wave (k = 0) counts once": _series(
                *_cable, flat_weight=2.0
            ),
            "the flat wave (k = 0) is missing": _series(*_cable, flat_weight=0.0),
            "the waves with k > 0 need their factor 2": _series(*_cable, weight=1.0),
            "the sign of the waves is wrong: they are subtracted from the steady profile": 2
            * _series(*_cable, weight=0.0, flat_weight=0.0)
            - _series(*_cable),
            "the steady profile is missing": _series(*_cable, steady=0.0),
            "the waves must fit the cable: cos(kπX/L), with X divided by L": _series(*_cable, over=1.0),
            "the sum stops after one wave: are there really 100 terms?": _series(*_cable, last=1),
        },
    )
### END HIDDEN TESTS

# %%
t_ms = np.linspace(0.05, 80, 1600)
fig, ax = plt.subplots(layout="constrained")
for place, x, style in [("near", 0.0, "-"), ("far", 1000.0, "--")]:
    V = sealed_step(t_ms, x, 1000.0, LAMBDA_UM, TAU_MS, R_INF_MOHM, I_NA)
    rise = V / steady_state(np.array([x]), 1000.0, LAMBDA_UM, R_INF_MOHM, I_NA, "sealed")[0]
    ax.plot(t_ms, rise, color="C5", linestyle=style, label=f"{place} end of the dendrite")
    look_back(f"half-time at the {place} end (ms)", round(float(np.interp(0.5, rise, t_ms)), 1))
ax.plot(t_ms, 1 - np.exp(-t_ms / TAU_MS), color="C7", linestyle=":", label="a patch of the same membrane")
ax.axhline(0.5, color="0.8", zorder=0)
ax.set(xlabel="time (ms)", ylabel="potential / final potential (1)")
ax.legend()
plt.show()

# %% tags=["guard"]
fig.savefig("figures/sealed_step.png", dpi=70)
_half = [
    float(
        np.interp(
            0.5,
            sealed_step(t_ms, _x, 1000.0, lambda_um, tau_ms, R_inf, I_NA)
            / steady_state([_x], 1000.0, lambda_um, R_inf, I_NA, "sealed")[0],
            t_ms,
        )
    )
    for _x in (0.0, 1000.0)
]
assert abs(_half[0] - 7) < 0.2 and abs(_half[1] - 18.6) < 0.1, _half
# The series against numbers that do not come from it: Rallpack 1, whose reference curve (Bhalla et al. 1992) the science table reproduces.
_lam, _tau, _R = cable_constants(*per_length(1.0, 40e3, 100.0, 1.0))
_t = np.array([1, 5, 10, 50, 100, 250.0])
_near, _far = [sealed_step(_t, _x, 1000.0, _lam, _tau, _R, 0.1) - 65 for _x in (0.0, 1000.0)]
assert np.abs(_near - [-42.4717, -16.2429, 1.4733, 65.7019, 91.7295, 101.9351]).max() < 1e-4
assert np.abs(_far - [-64.99991, -63.0399, -54.2707, 6.8634, 32.8909, 43.0965]).max() < 1e-4

# %% [markdown]
# The near end is *faster* than a lone patch of its membrane: the cable pulls charge away from the electrode, and the
# fast waves all help to fill the place where it came in. The far end is *slower* and starts with a delay: the same
# waves, with alternating signs, have to cancel first. Both creep to the end with the same $\tau$, the one slow wave
# that is left. When an experimenter reads $\tau$ from a recording, it is this tail that must be fitted.

# %% [markdown]
# ## 5. Your own solver: space
#
# Series exist for few shapes. A solver takes any. Cut the cable into $n$ compartments of equal length $\Delta x =
# \ell/n$; compartment $j$ has its **centre** at $(j + \tfrac12)\,\Delta x$ for $j = 0 \dots n-1$, and one potential
# $V_j$. No compartment's centre lies on an end of the cable.
#
# ![A cable drawn as n boxes in a row, each with a dot in its middle. Neighbouring dots are joined by the axial conductance g_a; each dot is joined to the outside, where V is zero, by the membrane conductance g_m beside the capacitance c. The current enters the first dot. A killed end adds one more connection: from the last dot through half a box of cytoplasm to the outside.](figures/grid.png)
#
# Charge is conserved in each compartment. In µS, nF, nA, mV and ms:
#
# $$c\,\frac{dV_j}{dt} = g_a\,(V_{j-1} - V_j) + g_a\,(V_{j+1} - V_j) - g_m V_j + I_j$$
#
# $g_m$ and $c$ are the membrane conductance and capacitance of *one compartment*; $g_a$ is the axial conductance
# between two *neighbouring centres*, a distance $\Delta x$ apart. At a sealed end there is no neighbour, and the term
# is missing. At a killed end the neighbour is the end face itself, with $V = 0$, and it is only $\Delta x/2$ away.
#
# For all compartments at once this is $c\,\dot V = -G V + I$ with a matrix $G$ that is zero except on three
# diagonals. Storing the zeros would waste memory and time, so SciPy's `solve_banded((1, 1), bands, b)` takes three
# rows:
#
# | row of `bands` | holds | unused |
# |---|---|---|
# | `bands[0, 1:]` | the diagonal above: $G_{j-1,\,j}$ | `bands[0, 0]` |
# | `bands[1, :]` | the main diagonal: $G_{jj}$ | |
# | `bands[2, :-1]` | the diagonal below: $G_{j+1,\,j}$ | `bands[2, -1]` |
#
# **Task 5.** Write `cable_bands`. The left end is always sealed; the right end is sealed or killed. What you write
# into the two unused corners does not count.
#
# <details><summary>A nudge</summary>
# Write the equation for three compartments on paper and collect what multiplies V₀, V₁ and V₂. Remember the minus
# sign in c dV/dt = −G V + I. How many neighbours does the first compartment have?
# </details>
# <details><summary>The formula behind it</summary>
# r_m has the unit MΩ µm, so a piece of length Δx has the membrane resistance r_m/Δx; r_a has MΩ/µm, so it has the
# axial resistance r_a Δx. A conductance is one over a resistance. Half the distance: half the resistance.
# </details>
# <details><summary>A first line</summary>
# <code>dx_um = length_um / n</code>, and <code>bands = np.zeros((3, n))</code>
# </details>


# %% answer="cable_bands"
def cable_bands(n, length_um, r_m, r_a, end):
    """The three diagonals of the conductance matrix G of a cable.

    Parameters
    ----------
    n : int
        Number of compartments, at least 2.
    length_um : float
        Length of the cable in µm.
    r_m, r_a : float
        Membrane resistance in MΩ µm and axial resistance in MΩ/µm.
    end : str
        "sealed" or "killed": the right end. The left end is sealed.

    Returns
    -------
    array of shape (3, n)
        The diagonals above, on and below the main one, in µS, as `solve_banded((1, 1), bands, b)` takes them.
    """
    ### BEGIN SOLUTION
    dx_um = length_um / n
    g_m, g_a = dx_um / r_m, 1 / (r_a * dx_um)
    bands = np.zeros((3, n))
    bands[0, 1:] = bands[2, :-1] = -g_a
    bands[1] = g_m + 2 * g_a
    bands[1, [0, -1]] -= g_a
    if end == "killed":
        bands[1, -1] += 2 * g_a
    return bands
    ### END SOLUTION


# %% test="cable_bands" points=2
# The conductance matrix of a compartmental cable (2 points).
# Closed formulas: only rounding is allowed for.
_bands = cable_bands(4, 400.0, 200e3, 0.5, "sealed")
checks.shape(_bands, (3, 4), what='cable_bands(4, 400.0, 200e3, 0.5, "sealed")')
checks.close(
    np.asarray(_bands)[1, 1],
    0.0405,
    unit="µS",
    what="bands[1, 1] of four compartments, g_m + 2 g_a",
    mistakes={
        "c dV/dt = -G V + I: the main diagonal of G is positive": -0.0405,
        "there are n compartments, so Δx is length/n, not length/(n - 1)": 0.0306666667,
    },
)


### BEGIN HIDDEN TESTS
def _expected(n, dx, r_m, r_a, last):
    main = np.full(n, dx / r_m + 2 / (r_a * dx))
    main[0], main[-1] = dx / r_m + 1 / (r_a * dx), dx / r_m + last / (r_a * dx)
    return main


for _n, _length, _r_m, _r_a in [(4, 400.0, 200e3, 0.5), (7, 630.0, 90e3, 1.3), (30, 1500.0, 1.2e6, 0.06)]:
    for _end, _last, _others in [
        ("sealed", 1, {}),
        (
            "killed",
            3,
            {
                "the end face of the killed end is half a compartment away from the last centre, not a whole one": 2,
                "killed and sealed end give the same matrix here": 1,
                "the last compartment has a neighbour on its left too": 2.5,
            },
        ),
    ]:
        _bands, _dx = np.asarray(cable_bands(_n, _length, _r_m, _r_a, _end)), _length / _n
        _what = "of another cable with a " + _end + " end"
        checks.shape(_bands, (3, _n), what="cable_bands " + _what)
        _off = np.full(_n - 1, -1 / (_r_a * _dx))
        for _row, _name in [(_bands[0, 1:], "above"), (_bands[2, :-1], "below")]:
            checks.close(
                _row,
                _off,
                unit="µS",
                what="the diagonal " + _name + " the main one " + _what,
                mistakes={
                    "c dV/dt = -G V + I: beside the main diagonal G is negative": -_off,
                    "g_a is a conductance: one over the axial resistance": -1 / _off,
                    "there are n compartments, so Δx is length/n, not length/(n - 1)": _off * (_n - 1) / _n,
                },
            )
        _mistakes = {_words: _expected(_n, _dx, _r_m, _r_a, _number) for _words, _number in _others.items()}
        _both, _leak = _expected(_n, _dx, _r_m, _r_a, _last), _dx / _r_m
        _both[0] += 1 / (_r_a * _dx)
        _both[-1] += (_last == 1) / (_r_a * _dx)
        checks.close(
            _bands[1],
            _expected(_n, _dx, _r_m, _r_a, _last),
            unit="µS",
            what="the main diagonal " + _what,
            mistakes={
                **_mistakes,
                "a sealed end has one neighbour, not two": _both,
                "g_m grows with the compartment's length: more membrane conducts more": _expected(
                    _n, _dx, _r_m, _r_a, _last
                )
                - _leak
                + 1 / (_r_m * _dx),
                "the membrane conductance g_m is missing": _expected(_n, _dx, _r_m, _r_a, _last) - _leak,
            },
        )
### END HIDDEN TESTS

# %% tags=["guard"]
fig, ax = plt.subplots(figsize=(8.5, 2.6), layout="constrained")
_centres = [0.5, 1.5, 2.5, 4.5, 5.5]
for _left in (0, 1, 2, 4, 5):
    ax.add_patch(plt.Rectangle((_left, 0), 1, 0.7, facecolor="C0", alpha=0.12, edgecolor="0.4"))


def _resistor(x0, y0, x1, y1, label, dx=0.0, dy=0.0):
    along = np.linspace(0, 1, 40)
    swing = 0.06 * np.sin(6 * np.pi * np.clip((along - 0.3) / 0.4, 0, 1))
    length = np.hypot(x1 - x0, y1 - y0)
    ax.plot(
        x0 + along * (x1 - x0) - swing * (y1 - y0) / length,
        y0 + along * (y1 - y0) + swing * (x1 - x0) / length,
        color="0.2",
        lw=1,
    )
    ax.text((x0 + x1) / 2 + dx, (y0 + y1) / 2 + dy, label, ha="center", va="center")


for _a, _b in zip(_centres, _centres[1:]):
    if _b - _a == 1:
        _resistor(_a, 0.35, _b, 0.35, "$g_a$", dy=0.17)
ax.text(3.5, 0.35, "…", ha="center", va="center", fontsize=16)
for _j, _x in enumerate(_centres):
    ax.plot(_x, 0.35, "o", color="C0")
    _resistor(_x - 0.12, 0.35, _x - 0.12, -0.6, "$g_m$", dx=-0.19, dy=-0.12)
    ax.plot([_x + 0.12] * 2, [0.35, -0.08], [_x + 0.12] * 2, [-0.16, -0.6], color="0.2", lw=1)
    ax.plot([_x + 0.02, _x + 0.22], [-0.08, -0.08], [_x + 0.02, _x + 0.22], [-0.16, -0.16], color="0.2", lw=1.5)
    ax.plot([_x - 0.12, _x + 0.12], [0.35, 0.35], color="0.2", lw=1)
    ax.text(_x + 0.32, -0.12, "$c$", va="center", ha="center")
    ax.text(_x, 0.57, ["$V_0$", "$V_1$", "$V_2$", "$V_{n-2}$", "$V_{n-1}$"][_j], ha="center", va="center")
ax.plot([0, 6.6], [-0.6, -0.6], color="0.2", lw=1)
ax.text(0.02, -0.72, "outside, $V = 0$", va="center")
ax.annotate("$I$", (0.46, 0.38), (0.12, 1.0), arrowprops={"arrowstyle": "->", "color": "C1"}, color="C1", ha="center")
ax.annotate("", (1, 0.86), (2, 0.86), arrowprops={"arrowstyle": "<->", "color": "0.4"})
ax.text(1.5, 0.96, r"$\Delta x = \ell / n$", ha="center", va="center")
_resistor(5.5, 0.35, 6.05, 0.35, "")
ax.plot([6.05, 6.4, 6.4], [0.35, 0.35, -0.6], color="0.2", lw=1)
ax.text(6.47, 0.35, "killed end only:\n$\\Delta x / 2$ of cytoplasm", va="center", fontsize=8)
ax.set(xlim=(-0.1, 7.9), ylim=(-0.85, 1.1), aspect="equal")
ax.axis("off")
fig.savefig("figures/grid.png", dpi=90)
plt.close(fig)

# %% [markdown]
# Your matrix already solves the steady state: $\dot V = 0$ means $G V = I$, one call of `solve_banded`. Compare with
# task 3, at the centres of the compartments:


# %%
def steady_error(n, end):
    """Largest difference in mV between the compartments' steady state and the closed formula, at the centres."""
    r_m, r_a, _ = per_length(2.0, 20e3, 150.0, 1.0)
    current = np.zeros(n)
    current[0] = I_NA
    V = solve_banded((1, 1), cable_bands(n, 1000.0, r_m, r_a, end), current)
    centres = (np.arange(n) + 0.5) * 1000.0 / n
    return np.max(np.abs(V - steady_state(centres, 1000.0, np.sqrt(r_m / r_a), np.sqrt(r_m * r_a), I_NA, end)))


for end in ("sealed", "killed"):
    print(end, [f"{steady_error(n, end):.4f} mV with {n} compartments" for n in (10, 20, 40)])

# %% tags=["guard"]
for _end in ("sealed", "killed"):
    assert 3.8 < steady_error(20, _end) / steady_error(40, _end) < 4.2 and steady_error(40, _end) < 0.02

# %% [markdown]
# ## 6. Your own solver: time
#
# One step of $\Delta t$ from $V^{(k)}$ to $V^{(k+1)}$. *Forward* Euler takes the right-hand side at the old time: a
# line of code, and useless here. Two neighbouring compartments exchange charge within $c/g_a$, a few microseconds,
# and a longer step overshoots more each time. *Backward* Euler takes the right-hand side at the **new** time:
#
# $$c\,\frac{V^{(k+1)} - V^{(k)}}{\Delta t} = -G\,V^{(k+1)} + I$$
#
# Now the unknown stands on both sides. Collect it, and each step is one linear system with three diagonals: that is
# what *implicit* means. It never overshoots, however long the step.
#
# **Task 6.** Write `march`. Use backward Euler; Crank-Nicolson, which takes the mean of old and new right-hand side,
# is accepted as well. $G$ comes as the bands of task 5 (the test brings its own). The capacitance is the same in all
# compartments, the current goes into compartment 0, and the cable starts from rest.
#
# <details><summary>A nudge</summary>
# Bring everything with V⁽ᵏ⁺¹⁾ to the left. What has to be added to the main diagonal, and what stands on the right?
# </details>
# <details><summary>The formula behind it</summary>
# (G + c/Δt · 1) V⁽ᵏ⁺¹⁾ = (c/Δt) V⁽ᵏ⁾ + I. The matrix does not change from step to step.
# </details>
# <details><summary>A first line</summary>
# <code>left = np.array(bands, dtype=float)</code>: a copy, so that the caller's G stays what it was when you add to
# it.
# </details>


# %% answer="march"
def march(bands, c_nF, I_nA, dt_ms, n_steps):
    """Potential of all compartments after a current step, by an implicit method.

    Parameters
    ----------
    bands : array of shape (3, n)
        The three diagonals of G in µS, as `cable_bands` returns them.
    c_nF : float
        Capacitance of one compartment in nF.
    I_nA : float
        Current into compartment 0 in nA, constant from t = 0.
    dt_ms : float
        Time step in ms.
    n_steps : int
        Number of steps.

    Returns
    -------
    array of shape (n_steps + 1, n)
        Deviation from rest in mV; row k belongs to t = k * dt_ms, row 0 is rest (zeros).
    """
    ### BEGIN SOLUTION
    left = np.array(bands, dtype=float)
    left[1] += c_nF / dt_ms
    current = np.zeros(left.shape[1])
    current[0] = I_nA
    V = np.zeros((n_steps + 1, left.shape[1]))
    for k in range(n_steps):
        V[k + 1] = solve_banded((1, 1), left, c_nF / dt_ms * V[k] + current)
    return V
    ### END SOLUTION


# %% test="march" points=3
# Implicit time steps of a compartmental cable (3 points).
_bands = np.array([[0.0, -1.0, -1.0], [1.5, 2.5, 1.5], [-1.0, -1.0, 0.0]])  # µS: three compartments, g_a = 1, g_m = 0.5
_V = march(_bands, 0.01, 0.3, 0.1, 400)
checks.shape(
    _V,
    (401, 3),
    what="march over 400 steps, rows 0 to 400, where forward Euler would grow without end",
)
checks.close(np.asarray(_V)[0], np.zeros(3), atol=1e-12, unit="mV", what="row 0, the cable at rest")
# After 2000 c/g_m nothing is left of the start: G V = I.
checks.close(
    np.asarray(_V)[400],
    [0.3142857, 0.1714286, 0.1142857],
    rtol=1e-5,
    unit="mV",
    what="the last row, the steady state",
    mistakes={"the current enters every compartment instead of compartment 0 alone": np.full(3, 0.6)},
)


### BEGIN HIDDEN TESTS
def _matrix(n, dx, r_m, r_a, killed):
    conductance = np.diag(np.full(n, dx / r_m)) + np.diag([0.0] * (n - 1) + [2.0 * killed / (r_a * dx)])
    for j in range(n - 1):
        conductance[j : j + 2, j : j + 2] += np.array([[1.0, -1.0], [-1.0, 1.0]]) / (r_a * dx)
    return conductance


def _exact(conductance, c, current, times):  # exact in time, from the eigenvectors of the symmetric matrix
    rates, modes = np.linalg.eigh(conductance / c)
    return ((1 - np.exp(-np.outer(times, rates))) * (modes[0] * current / c / rates)) @ modes.T


def _euler(conductance, c, current, dt, n_steps):  # backward Euler: each mode shrinks by 1/(1 + rate dt) in a step
    rates, modes = np.linalg.eigh(conductance / c)
    left = (1 + rates * dt) ** -np.arange(1.0, n_steps + 1)[:, None]
    return ((1 - left) * (modes[0] * current / c / rates)) @ modes.T


for _n, _dx, _r_m, _r_a, _c_m, _killed, _I, _dt, _steps in [
    (40, 25.0, 320e3, 0.48, 6.3e-5, 0, 0.1, 0.1, 300),
    (60, 25.0, 300e3, 0.3, 7.5e-5, 0, -0.05, 0.5, 200),
    (25, 24.0, 320e3, 1.3, 4.7e-5, 1, 0.2, 0.05, 400),
]:
    _G, _c = _matrix(_n, _dx, _r_m, _r_a, _killed), _c_m * _dx
    _bands = np.zeros((3, _n))
    _bands[0, 1:], _bands[1], _bands[2, :-1] = np.diag(_G, 1), np.diag(_G), np.diag(_G, -1)
    _V = march(_bands, _c, _I, _dt, _steps)
    checks.shape(
        _V, (_steps + 1, _n), what="march for another cable, where forward Euler would grow without end"
    )
    # Expected is the solution exact in time. Backward Euler's own error at this dt, measured here, times 1.5, is the tolerance:
    # it leaves room for Crank-Nicolson, which rings a little in the first steps. They are left out (from the fifth step on).
    _true = _exact(_G, _c, _I, _dt * np.arange(5, _steps + 1))
    _own = _euler(_G, _c, _I, _dt, _steps)[4:]
    checks.close(
        np.asarray(_V)[5:],
        _true,
        rtol=0.0,
        atol=1.5 * np.abs(_own - _true).max(),
        unit="mV",
        what="the potential from the fifth step on, for another cable",
        mistakes={
            "every row is the steady state: the old potential, times c/dt, is missing or the time derivative is": np.tile(
                np.linalg.solve(_G, _I * (np.arange(_n) == 0)), (_steps - 4, 1)
            ),
            "the rows come one step late: row k belongs to t = k dt": _exact(_G, _c, _I, _dt * np.arange(4, _steps)),
            "the current enters the last compartment instead of compartment 0": _exact(
                _G[::-1, ::-1], _c, _I, _dt * np.arange(5, _steps + 1)
            )[:, ::-1],
            "the current enters every compartment instead of compartment 0 alone": np.array(
                [_n * _row.mean() for _row in _true]
            )[:, None]
            * np.ones(_n),
            "the time step is missing: the capacitance stands as c/dt on both sides": _euler(_G, _c, _I, 1.0, _steps)[
                4:
            ],
            "c dV/dt is twice as large as it should be: is the new difference counted once?": _exact(
                _G, 2 * _c, _I, _dt * np.arange(5, _steps + 1)
            ),
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# ## 7. How wrong is it?
#
# A number from a simulation is worth as much as its error bar. The error of a method of order $p$ falls like $E
# \approx C h^{p}$ as the step $h$ shrinks: on double-logarithmic axes a straight line of slope $p$.
#
# **Predict first.** By which factor will the error of your solver fall when you halve $\Delta x$? And when you halve
# $\Delta t$?

# %% tags=["scratch"]
guesses["error ratio when dx is halved"] = None  # your number
guesses["error ratio when dt is halved"] = None

# %% [markdown]
# **Task 7.** Write `convergence_order`: the slope of the straight line through $(\log h, \log E)$.
#
# <details><summary>A nudge</summary>
# Take the logarithm of E = C hᵖ. What is the slope?
# </details>
# <details><summary>The formula behind it</summary>
# log E = log C + p log h: a polynomial of degree one in log h. The base of the logarithm does not matter.
# </details>
# <details><summary>A first line</summary>
# <code>slope, offset = np.polyfit(..., ..., 1)</code>, with the logarithms of both.
# </details>


# %% answer="convergence_order"
def convergence_order(steps, errors):
    """Order of convergence p of errors that follow E = C h**p.

    Parameters
    ----------
    steps : array of shape (n,)
        Step sizes h, in any unit and any order, n at least 2.
    errors : array of shape (n,)
        Errors E, positive.

    Returns
    -------
    float
        The order p.

    Examples
    --------
    >>> convergence_order([1.0, 0.5], [0.3, 0.15])
    1.0
    """
    ### BEGIN SOLUTION
    slope, _ = np.polyfit(np.log(steps), np.log(errors), 1)
    return slope
    ### END SOLUTION


# %% test="convergence_order" points=1
# The order of convergence (1 point).
# The errors follow an exact power law: every way to get the slope gives the same to rounding.
checks.close(
    convergence_order([1.0, 0.5], [0.3, 0.15]),
    1.0,
    rtol=1e-6,
    what="convergence_order([1.0, 0.5], [0.3, 0.15])",
    mistakes={
        "this is the ratio of the errors: the order is the exponent, take logarithms": 2.0,
        "only the errors have been made logarithmic: both axes are": 2 * np.log(2),
        "this is a slope without logarithms: both axes are logarithmic": 0.3,
        "the order is positive: the error falls when the step falls": -1.0,
    },
)
### BEGIN HIDDEN TESTS
for _p, _C, _h in [(2.0, 0.7, [40.0, 20.0, 10.0, 2.5]), (0.5, 30.0, [0.1, 1.0, 0.03]), (4.0, 2e-3, [0.5, 0.3, 0.2])]:
    _E = _C * np.array(_h) ** _p
    checks.close(
        convergence_order(np.array(_h), _E),
        _p,
        rtol=1e-6,
        what="the order of another set of errors",
        mistakes={
            "the slope is upside down: log E over log h": 1 / _p,
            "the order is positive: the error falls when the step falls": -_p,
            "this is the ratio of two errors: the order is the exponent, take logarithms": _E[0] / _E[1],
            "only the errors have been made logarithmic: both axes are": np.polyfit(_h, np.log(_E), 1)[0],
            "these are slopes without logarithms: both axes are logarithmic": np.polyfit(_h, _E, 1)[0],
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# Now your whole solver. In space there is the closed formula to compare with. In time we use a rule that needs no
# known solution, and that you can use with any simulator: **halve the step and look how much the result changes**.
#
# ![Two double-logarithmic plots. Left, error of the steady state against compartment length: points on a line of slope 2. Right, change of the potential when the time step is halved, against time step: points on a line of slope 1.](figures/convergence.png)

# %%
r_m, r_a, c_m = per_length(2.0, 20e3, 150.0, 1.0)
dx_um = np.array([100.0, 50.0, 25.0, 12.5, 6.25])
dx_errors = [steady_error(int(1000 / dx), "sealed") for dx in dx_um]

bands, c_nF = cable_bands(50, 1000.0, r_m, r_a, "sealed"), c_m * 20.0
dt_ms = 1 / np.array([1, 2, 4, 8, 16, 32])
ends = [march(bands, c_nF, I_NA, dt, int(10 / dt))[-1, 0] for dt in (*dt_ms, 1 / 64)]  # V in compartment 0 after 10 ms
dt_errors = np.abs(np.diff(ends))

# %%
fig, axes = plt.subplots(1, 2, figsize=(7.5, 3.2), layout="constrained")
for ax, steps, errors, name in [
    (axes[0], dx_um, dx_errors, "compartment length (µm)"),
    (axes[1], dt_ms, dt_errors, "time step (ms)"),
]:
    order = convergence_order(steps, errors)
    ax.loglog(steps, errors, "o-", color="C0", label=f"order {order:.2f}")
    ax.set(xlabel=name)
    ax.legend()
axes[0].set(ylabel="error of the steady state (mV)")
axes[1].set(ylabel="change when the step is halved (mV)")
plt.show()
look_back("error ratio when dx is halved", round(dx_errors[0] / dx_errors[1], 2))
look_back("error ratio when dt is halved", round(dt_errors[0] / dt_errors[1], 2))

# %% tags=["guard"]
fig.savefig("figures/convergence.png", dpi=70)
assert abs(convergence_order(dx_um, dx_errors) - 2) < 0.05 and abs(convergence_order(dt_ms, dt_errors) - 1) < 0.05

# %% [markdown]
# Second order in space: half the compartment length, a quarter of the error. First order in time: half the step, half
# the error. (With Crank-Nicolson your right-hand line has slope 2.) Keep these two numbers in mind for the rest of
# your modelling life: they say what a more accurate result costs.

# %% [markdown]
# ## 8. The same cable in NEURON
#
# NEURON cuts a `Section` into `nseg` equal segments with their potentials at the centres, and joins them by axial
# conductances: the grid of task 5 (Hines & Carnevale 1997,
# [doi:10.1162/neco.1997.9.6.1179](https://doi.org/10.1162/neco.1997.9.6.1179)). `sec(x)` is a place, with `x` from 0
# to 1 along the section. `sec(0)` and `sec(1)` are the end faces themselves, half a segment beyond the outermost
# centres. That is where your electrode goes.
#
# | you set | unit | you set | unit |
# |---|---|---|---|
# | `sec.L`, `sec.diam` | µm | `sec.Ra` | Ω cm |
# | `sec.nseg` | odd or even; an odd one has a node in the middle | `sec.cm` | µF/cm² |
# | `sec.insert("pas")`, then `sec.g_pas` | S/cm², so it is $1/R_m$ | `sec.e_pas` | mV, the resting potential |
#
# NEURON gives an input resistance without a simulation in time. `h.Impedance` solves the linear system of the cable
# at one frequency:
#
# ```python
# impedance = h.Impedance()
# impedance.loc(sec(0))        # the electrode
# impedance.compute(0)         # frequency in Hz
# impedance.input(sec(0))      # V/I at this place in MΩ
# ```
#
# Before `compute`, call `h.finitialize(-65)` once, so that the conductances have their values. A long current step
# and Ohm's law do as well, if you wait long enough.
#
# **Predict first.** How many segments does the dendrite need for an input resistance right to 1 %? And to 0.1 %?

# %% tags=["scratch"]
guesses["nseg for an error below 1 %"] = None  # your number
guesses["nseg for an error below 0.1 %"] = None

# %% [markdown]
# **Task 8.** Write `neuron_input_resistance` at $x = 0$ of a sealed cable (a section that is connected to nothing is
# sealed at both ends). Build the section *inside* the function, so that it vanishes when the function returns: a
# section that lives on keeps the values of the last call, and the test calls your function many times. An answer
# within 0.1 % of what `nseg` segments give is right.
#
# <details><summary>A nudge</summary>
# Build the section, set everything in the table, and do not forget that h.Impedance needs to know where the electrode
# is.
# </details>
# <details><summary>The formula behind it</summary>
# g_pas is a conductance per area in S/cm², R_m a resistance times area in Ω cm²: one is the inverse of the other, no
# power of ten.
# </details>
# <details><summary>A first line</summary>
# <code>sec = h.Section(name="cable")</code>
# </details>


# %% answer="neuron_input_resistance"
def neuron_input_resistance(d_um, length_um, R_m, R_a, nseg):
    """Steady input resistance at x = 0 of a sealed cable in NEURON.

    Parameters
    ----------
    d_um, length_um : float
        Diameter and length in µm.
    R_m, R_a : float
        Specific membrane resistance in Ω cm² and axial resistivity in Ω cm.
    nseg : int
        Number of segments.

    Returns
    -------
    float
        Input resistance in MΩ.
    """
    ### BEGIN SOLUTION
    sec = h.Section(name="cable")
    sec.L, sec.diam, sec.Ra, sec.nseg = length_um, d_um, R_a, nseg
    sec.insert("pas")
    sec.g_pas, sec.e_pas = 1 / R_m, -65
    h.finitialize(-65)
    impedance = h.Impedance()
    impedance.loc(sec(0))
    impedance.compute(0)
    return impedance.input(sec(0))
    ### END SOLUTION


# %% test="neuron_input_resistance" points=1
# The input resistance of a sealed cable in NEURON (1 point).
# One segment has its membrane resistance in series with half its axial resistance.
# 0.1 %: a current step is within exp(-10) of its end after ten time constants.
checks.close(
    neuron_input_resistance(2.0, 1000.0, 20e3, 150.0, 1),
    557.042,
    rtol=1e-3,
    unit="MΩ",
    what="the input resistance with one segment",
    mistakes={
        "this is the middle of the section: the electrode sits at sec(0)": 318.310,
        "Ra is still NEURON's default of 35.4 Ω cm": 374.651,
        "g_pas is still NEURON's default of 0.001 S/cm²": 254.648,
        "this is the resistance with very many segments: use nseg of them, right or wrong": 463.5,
    },
)


### BEGIN HIDDEN TESTS
def _resistance(d, length, R_m, R_a, n, at=0):  # the compartments of task 5; at = 0 the end face, 1 the middle
    dx, r_m, r_a = length / n, 100 * R_m / (np.pi * d), 0.04 * R_a / (np.pi * d**2)
    conductance = np.diag(np.full(n, dx / r_m))
    for j in range(n - 1):
        conductance[j : j + 2, j : j + 2] += np.array([[1.0, -1.0], [-1.0, 1.0]]) / (r_a * dx)
    inverse = np.linalg.inv(conductance)
    return inverse[n // 2, n // 2] if at else inverse[0, 0] + r_a * dx / 2


# Different cables in turn, one of them twice: what an earlier call leaves behind must not matter.
for _d, _length, _R_m, _R_a, _n in [
    (0.8, 700.0, 12e3, 90.0, 5),
    (2.0, 1000.0, 20e3, 150.0, 3),
    (5.0, 2500.0, 30e3, 200.0, 11),
    (0.8, 700.0, 12e3, 90.0, 5),
    (0.8, 300.0, 12e3, 90.0, 1),
]:
    _cable = (_d, _length, _R_m, _R_a, _n)
    checks.close(
        neuron_input_resistance(*_cable),
        _resistance(*_cable),
        rtol=1e-3,
        unit="MΩ",
        what="the input resistance of another cable",
        mistakes={
            "this is the middle of the section: the electrode sits at sec(0)": _resistance(*_cable, at=1),
            "this is the first call's cable: is the section built anew inside the function?": _resistance(
                2.0, 1000.0, 20e3, 150.0, 1
            ),
            "this is one segment: is nseg set?": _resistance(_d, _length, _R_m, _R_a, 1),
            "this is the exact resistance: use nseg segments, right or wrong": _resistance(
                _d, _length, _R_m, _R_a, 401
            ),
            "Ra is still NEURON's default of 35.4 Ω cm": _resistance(_d, _length, _R_m, 35.4, _n),
            "g_pas is still NEURON's default of 0.001 S/cm²": _resistance(_d, _length, 1e3, _R_a, _n),
            "diam is the diameter, not the radius": _resistance(_d / 2, _length, _R_m, _R_a, _n),
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# How good are few segments? The picture to reach, and your guesses:
#
# ![Relative error of the input resistance in percent against the number of segments, double logarithmic: 20 % with one segment, 2.4 % with three, 0.9 % with five, 0.05 % with 21, along a line of slope minus 2.](figures/nseg.png)

# %%
segments = np.array([1, 3, 5, 7, 9, 11, 15, 21, 51, 101])
values = [neuron_input_resistance(2.0, 1000.0, 20e3, 150.0, int(n)) for n in segments]
exact = 389.8484 / np.tanh(1.2247449)  # R_inf coth(L), tasks 2 and 3
percent = 100 * np.abs(np.array(values) / exact - 1)

fig, ax = plt.subplots(layout="constrained")
ax.loglog(segments, percent, "o-", color="C7", label=f"slope {convergence_order(segments[3:], percent[3:]):.2f}")
ax.set(xlabel="number of segments (1)", ylabel="error of the input resistance (%)")
ax.legend()
plt.show()
look_back("nseg for an error below 1 %", segments[percent < 1][0])
look_back("nseg for an error below 0.1 %", segments[percent < 0.1][0])

# %% tags=["guard"]
fig.savefig("figures/nseg.png", dpi=70)
# NEURON's values of the science table, nseg = 1/3/5/11/21/51/101, and the order of the error.
for _n, _R in [(1, 557.04), (3, 474.47), (5, 467.49), (11, 464.35), (21, 463.75), (51, 463.565), (101, 463.537)]:
    assert abs(values[list(segments).index(_n)] - _R) < 0.006, (_n, values)
assert abs(convergence_order(segments[3:], percent[3:]) + 2) < 0.05
assert [round(percent[_j], 1) for _j in (0, 1, 2)] == [20.2, 2.4, 0.9] and abs(percent[7] - 0.05) < 0.005
assert segments[percent < 1][0] == 5 and segments[percent < 0.1][0] == 15

# %% [markdown]
# Same grid, same order: the error falls like $\texttt{nseg}^{-2}$. (The slope is negative because this axis counts
# segments; their length falls as their number grows.) Five segments, each a quarter of $\lambda$ long, are already
# right to 1 %. Most measurements of an input resistance are not.

# %% [markdown]
# ## 9. Rallpack 1: a simulator's examination
#
# In 1992 Bhalla, Bilitch and Bower published the Rallpacks, problems with known solutions on which simulators are
# compared ([doi:10.1016/0166-2236(92)90009-W](https://doi.org/10.1016/0166-2236(92)90009-W)). The first is the cable
# of this exercise, one $\lambda$ long, with 0.1 nA into one end for 250 ms. Your series from task 4 is its exact
# solution.
#
# **Task 9.** Write `neuron_step`: the current comes from an `h.IClamp` at `sec(0)`, switched on at $t = 0$, and the
# potential is wanted at both ends. Use NEURON's fixed time step. What you need:
#
# ```python
# clamp = h.IClamp(sec(0))     # clamp.delay and clamp.dur in ms, clamp.amp in nA
# trace = h.Vector().record(sec(0)._ref_v)
# h.dt = ...                   # ms; then h.finitialize(e_pas) and h.continuerun(t_stop)
# ```
#
# The recorded vector has one value for each step, the first at $t = 0$. Set `h.dt` in the function, every time: it is
# global and keeps what the last simulation left there. Return deviations from rest.
#
# **Predict first.** With 101 segments and NEURON's backward Euler at 0.05 ms, which end has the larger error, and how
# large is it (in mV, of about 167)?

# %% tags=["scratch"]
guesses["end with the larger error"] = None  # "near" or "far"
guesses["largest error (mV)"] = None  # your number

# %% [markdown]
# <details><summary>A nudge</summary>
# The section is the one of task 8 plus its capacitance. Record before you initialise. Which element of the recorded
# vector belongs to a time t?
# </details>
# <details><summary>The formula behind it</summary>
# Sample number k was taken at k·dt, so the index is t/dt, rounded to a whole number. V = v − e_pas.
# </details>
# <details><summary>A first line</summary>
# <code>traces = [h.Vector().record(sec(x)._ref_v) for x in (0, 1)]</code>, once the section is there.
# </details>


# %% answer="neuron_step"
def neuron_step(d_um, length_um, R_m, R_a, C_m, I_nA, nseg, dt_ms, t_ms):
    """Potential at both ends of a sealed cable in NEURON after a current step at x = 0 and t = 0.

    Parameters
    ----------
    d_um, length_um : float
        Diameter and length in µm.
    R_m, R_a, C_m : float
        Specific quantities in Ω cm², Ω cm and µF/cm².
    I_nA : float
        Current in nA, on from t = 0 for ever.
    nseg : int
        Number of segments.
    dt_ms : float
        Fixed time step in ms.
    t_ms : array of shape (n,)
        Times in ms, whole multiples of dt_ms, increasing.

    Returns
    -------
    array of shape (2, n)
        Deviation from rest in mV: row 0 at x = 0, row 1 at x = length_um.
    """
    ### BEGIN SOLUTION
    sec = h.Section(name="cable")
    sec.L, sec.diam, sec.Ra, sec.cm, sec.nseg = length_um, d_um, R_a, C_m, nseg
    sec.insert("pas")
    sec.g_pas, sec.e_pas = 1 / R_m, -65
    clamp = h.IClamp(sec(0))
    clamp.delay, clamp.dur, clamp.amp = 0, 1e9, I_nA
    traces = [h.Vector().record(sec(x)._ref_v) for x in (0, 1)]
    h.dt = dt_ms
    h.finitialize(-65)
    h.continuerun(t_ms[-1])
    samples = np.rint(np.asarray(t_ms) / dt_ms).astype(int)
    return np.array([trace.as_numpy()[samples] + 65 for trace in traces])
    ### END SOLUTION


# %% test="neuron_step" points=2
# The step response at both ends of a sealed cable in NEURON (2 points).
_t, _first = np.array([1.0, 10.0, 200.0]), (2.0, 1000.0, 20e3, 150.0, 1.0, 0.1, 3)
_V = neuron_step(*_first, 0.1, _t)
checks.shape(_V, (2, 3), what="neuron_step at three times")
# After ten time constants: the input resistance with three segments (task 8), 474.47 MΩ, times 0.1 nA.
checks.close(
    np.asarray(_V)[0, 2],
    47.447,
    rtol=1e-3,
    unit="mV",
    what="the potential at x = 0 after ten time constants",
    mistakes={
        "this is the absolute potential: subtract the resting potential": 47.447 - 65,
        "this is the far end: row 0 is x = 0, where the current enters": 25.847,
        "this is the middle of the section: the ends are sec(0) and sec(1)": 30.156,
        "this is one segment: is nseg set?": 55.70,
        "the potential stays at rest: is the clamp kept in a variable, and is clamp.dur long enough?": 0.0,
        "the sample does not fit the time: was the simulation run with dt_ms, set inside the function?": 44.835,
    },
)


### BEGIN HIDDEN TESTS
def _step(d, length, R_m, R_a, C_m, current, n, times, dt=None, at=(0, 0)):
    """The compartments of task 5, exact in time or by backward Euler at dt; at: are clamp and record in the middle?"""
    dx, r_m, r_a, c = (
        length / n,
        100 * R_m / (np.pi * d),
        0.04 * R_a / (np.pi * d**2),
        1e-5 * np.pi * d * C_m * length / n,
    )
    conductance = np.diag(np.full(n, dx / r_m))
    for j in range(n - 1):
        conductance[j : j + 2, j : j + 2] += np.array([[1.0, -1.0], [-1.0, 1.0]]) / (r_a * dx)
    rates, modes = np.linalg.eigh(conductance / c)
    left = np.outer(times, rates)
    growth = 1 - (np.exp(-left) if dt is None else (1 + rates * dt) ** -np.rint(np.asarray(times) / dt)[:, None])
    V = (growth * (modes[n // 2 if at[0] else 0] * current / c / rates)) @ modes.T
    near = V[:, n // 2] if at[1] else V[:, 0] + (0 if at[0] else current * r_a * dx / 2)
    return np.array([near, V[:, n // 2] if at[1] else V[:, -1]])


for _d, _length, _R_m, _R_a, _C_m, _I, _n, _dt in [
    (1.5, 800.0, 15e3, 120.0, 1.4, 0.08, 5, 0.1),
    (3.0, 1500.0, 25e3, 200.0, 0.75, -0.2, 11, 0.025),
    (1.5, 800.0, 15e3, 120.0, 1.4, 0.08, 5, 0.1),
    (1.0, 400.0, 30e3, 80.0, 0.9, 0.05, 4, 0.2),
]:
    _t, _cable = np.array([1.0, 3.0, 10.0, 30.0, 80.0]), (_d, _length, _R_m, _R_a, _C_m, _I, _n)
    _V = neuron_step(*_cable, _dt, _t)
    checks.shape(_V, (2, 5), what="neuron_step for another cable")
    # Expected is exact in time; 1.5 times the error of backward Euler at this dt is allowed, so other fixed-step methods pass too.
    _true = _step(*_cable, _t)
    _atol = 1.5 * np.abs(_step(*_cable, _t, dt=_dt) - _true).max()
    checks.close(
        _V,
        _true,
        rtol=0.0,
        atol=_atol,
        unit="mV",
        what="the potential at both ends of another cable",
        mistakes={
            "the two rows are exchanged: row 0 is x = 0, where the current enters": _true[::-1],
            "recorded in the middle, at sec(0.5): the ends are sec(0) and sec(1)": _step(*_cable, _t, at=(0, 1)),
            "the current enters in the middle, at sec(0.5): the electrode sits at sec(0)": _step(
                *_cable, _t, at=(1, 0)
            ),
            "current and recording are in the middle, at sec(0.5)": _step(*_cable, _t, at=(1, 1)),
            "this is the absolute potential: subtract the resting potential": _true - 65,
            "cm is still NEURON's default of 1 µF/cm²": _step(_d, _length, _R_m, _R_a, 1.0, _I, _n, _t),
            "Ra is still NEURON's default of 35.4 Ω cm": _step(_d, _length, _R_m, 35.4, _C_m, _I, _n, _t),
            "g_pas is still NEURON's default of 0.001 S/cm²": _step(_d, _length, 1e3, _R_a, _C_m, _I, _n, _t),
            "this is one segment: is nseg set?": _step(_d, _length, _R_m, _R_a, _C_m, _I, 1, _t),
            "the potential stays at rest: is the clamp kept in a variable, and is clamp.dur long enough?": 0 * _true,
            "this is the first call's cable: is the section built anew inside the function?": _step(*_first, _t),
            "the current starts later than t = 0: is clamp.delay 0?": _step(*_cable, _t - 1.0) * (_t > 1.0),
            "the sample does not fit the time: was the simulation run with dt_ms, set inside the function?": _step(
                *_cable, _t * 0.025 / _dt
            ),
            "the sample does not fit the time: sample k was taken at k dt": _step(*_cable, np.rint(_t) * _dt),
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# The examination, with your series as the judge. The last column is the measure that benchmark suites use: the root
# mean square error relative to the largest potential.
#
# ![Left: NEURON's curves at both ends of the Rallpack 1 cable lie on the exact ones, which rise to 167 and 108 mV over 250 ms. Right: error against time on double-logarithmic axes; at the near end it starts at half a millivolt in the first step and falls, at the far end it stays below 0.05 mV. Both curves have sharp dips, where the error changes its sign.](figures/rallpack.png)

# %%
lambda_rp, tau_rp, R_inf_rp = 1000.0, 40.0, 1273.2395  # tasks 1 and 2 for RALLPACK
ends_um = np.array([0.0, 1000.0])


def examine(nseg, dt_ms):
    """Times, NEURON's potential and its error in mV at both ends of Rallpack 1."""
    t_ms = dt_ms * np.arange(1, int(round(250 / dt_ms)) + 1)
    cable = [RALLPACK[key] for key in ("d_um", "length_um", "R_m", "R_a", "C_m")]
    V = neuron_step(*cable, I_NA, nseg, dt_ms, t_ms)
    exact = np.array([sealed_step(t_ms, x, 1000.0, lambda_rp, tau_rp, R_inf_rp, I_NA, n_terms=1000) for x in ends_um])
    return t_ms, V, V - exact


print(" nseg  dt (ms)  largest error near, far (mV)   relative rms near, far (%)")
for nseg, dt in [(11, 0.05), (101, 0.05), (1001, 0.05), (101, 0.0125)]:
    t, V, error = examine(nseg, dt)
    relative = 100 * np.sqrt(np.mean(error**2, axis=1)) / np.max(np.abs(V), axis=1)
    worst = np.max(np.abs(error), axis=1)
    print(f"{nseg:5d}  {dt:7.4f}  {worst[0]:14.3f}, {worst[1]:.3f}          {relative[0]:12.4f}, {relative[1]:.4f}")

# %%
t, V, error = examine(101, 0.05)
fig, axes = plt.subplots(1, 2, figsize=(7.5, 3.2), layout="constrained")
for row, (place, style) in enumerate([("near end", "-"), ("far end", "--")]):
    axes[0].plot(t, V[row] - error[row], color="C5", linewidth=4, alpha=0.4, label="exact" if row == 0 else None)
    axes[0].plot(t, V[row], color="C0", linestyle=style, label=f"NEURON, {place}")
    axes[1].loglog(t, np.abs(error[row]), color="C0", linestyle=style, label=place)
axes[0].set(xlabel="time (ms)", ylabel="deviation from rest (mV)")
axes[1].set(xlabel="time (ms)", ylabel="error (mV)", ylim=(1e-5, 2))
axes[0].legend()
axes[1].legend()
plt.show()
worst = np.max(np.abs(error), axis=1)
look_back("end with the larger error", "near" if worst[0] > worst[1] else "far")
look_back("largest error (mV)", round(float(worst[0]), 2))

# %% tags=["guard"]
fig.savefig("figures/rallpack.png", dpi=70)
assert abs(worst[0] - 0.53) < 0.02 and abs(worst[1] - 0.043) < 0.003  # science table: nseg 101, dt 0.05
assert np.argmax(np.abs(error[0])) < 3
assert (np.sqrt(np.mean(error**2, axis=1)) < 1e-3 * np.abs(V).max(axis=1)).all()  # the usual acceptance of Rallpack 1
# The student's solver and NEURON solve the same equations: with the same grid and step they agree to rounding.
_r = per_length(*[RALLPACK[key] for key in ("d_um", "R_m", "R_a", "C_m")])
_own = march(cable_bands(101, 1000.0, _r[0], _r[1], "sealed"), _r[2] * 1000 / 101, I_NA, 0.05, 5000)[1:]
assert np.abs(_own[:, -1] - V[1]).max() < 1e-6 and np.abs(_own[:, 0] + I_NA * _r[1] * 500 / 101 - V[0]).max() < 1e-6

# %% [markdown]
# One more comparison, the one to be proud of: your `march` on the same grid with the same step, beside NEURON. The
# end face lies half a compartment beyond the first centre, so $V(0) = V_0 + I\, r_a\, \Delta x/2$.

# %%
r_m, r_a, c_m = per_length(*[RALLPACK[key] for key in ("d_um", "R_m", "R_a", "C_m")])
own = march(cable_bands(101, 1000.0, r_m, r_a, "sealed"), c_m * 1000.0 / 101, I_NA, 0.05, len(t))[1:]
near = own[:, 0] + I_NA * r_a * (1000.0 / 101) / 2
print(
    f"largest difference between your solver and NEURON: {np.max(np.abs(near - V[0])):.1e} mV near, {np.max(np.abs(own[:, -1] - V[1])):.1e} mV far"
)

# %% [markdown]
# With backward Euler the difference is rounding. Your twenty lines *are* the heart of NEURON; the rest of it is
# branching, channels, events and thirty years of care.

# %% [markdown] discuss="which_error" points=3
# **Discuss: which error?** Use the table and the right-hand picture of Rallpack 1.
#
# (a) With 101 segments and 0.05 ms, is it the compartments or the time step that limits the accuracy? Which rows of
# the table tell you? (b) The largest error at the near end sits in the very first steps, and the far end never sees
# such an error. Why?
# (c) You may make the computation four times as expensive. Would you take four times as many segments, a quarter of
# the time step, or something else? Give a reason from the orders of task 7.
#
# You are marked on reading the table correctly (1 point), on a physical reason (1 point), and on a choice that
# follows from the orders (1 point). Five to eight sentences.
#
# ### BEGIN MARK SCHEME
# One point each, half points allowed:
#
# (a) The time step. From 101 to 1001 segments at 0.05 ms the error does not fall (0.53 to 0.58 mV near; it even grows a
# little, because the errors of space and time have opposite signs and partly cancel). From 0.05 to 0.0125 ms the rms
# falls by more than 4, the largest error by 2.6. (Both comparisons named: full point. From 11 to 101 the error falls
# by 4 to 10, so at 11 the compartments still matter: a bonus remark.)
#
# (b) At t = 0 the current is switched on abruptly: near the electrode V rises like √t, infinitely steeply at first,
# with the many fast waves of the series, whose time constants are shorter than dt. For each of them one step
# is far too long. At the far end the fast waves cancel (alternating signs): nothing happens for
# milliseconds, the curve is smooth, the cable has filtered the fast part out. The point needs "fast components at the
# electrode, smoothed on the way" in any words.
#
# (c) A quarter of the time step (error in time first order: a quarter; or a second-order method in time,
# Crank-Nicolson, at nearly no cost). Four times the segments would reduce by 16 an error that is not the limiting
# one. Also full marks: fewer segments and a still smaller step at the same cost, or a variable time step that is
# small only after the switch, with the reason.
# ### END MARK SCHEME

# %% [markdown]
# ## 10. Fast signals die young
#
# $\lambda$ belongs to steady currents. Let the potential oscillate with frequency $f$, $V(x, t) = \mathrm{Re}\,[\hat
# V(x)\,e^{i\omega t}]$ with $\omega = 2\pi f$. The time derivative becomes $i\omega$, and the cable equation becomes
# the steady one with a complex factor:
#
# $$\lambda^2\,\frac{d^2\hat V}{dx^2} = (1 + i\omega\tau)\,\hat V \qquad\Rightarrow\qquad \hat V(x) = \hat V(0)\,e^{-x\,\sqrt{1 + i\omega\tau}\,/\lambda}$$
#
# in a semi-infinite cable. The **AC length constant** $\lambda_\mathrm{AC}(f)$ is the distance over which the
# *amplitude* $|\hat V|$ falls to $1/e$. (The rest of the exponent turns the phase: the wave arrives later.)
#
# **Predict first.** The paper of this section has a dendrite with $\lambda = 1000$ µm and $\tau = 30$ ms. How far
# does a 100 Hz oscillation reach? And one of 1500 Hz, about as fast as the upstroke of a spike?

# %% tags=["scratch"]
guesses["AC length constant at 100 Hz (µm)"] = None  # your number
guesses["AC length constant at 1500 Hz (µm)"] = None

# %% [markdown]
# **Task 10.** Write `ac_length_constant`. Mind that the frequency is in Hz and the time constant in ms.
#
# <details><summary>A nudge</summary>
# The amplitude of e^(a + ib) is e^a: only the real part of the exponent counts. Python takes the square root of a
# complex number with np.sqrt(1 + 1j * ...).
# </details>
# <details><summary>The formula behind it</summary>
# Set the real part of x √(1 + iωτ)/λ equal to 1 and solve for x. With f in Hz and τ in ms, ωτ needs a factor 10⁻³.
# </details>
# <details><summary>A first line</summary>
# <code>omega_tau = 2 * np.pi * np.asarray(f_Hz) * tau_ms * 1e-3</code>
# </details>


# %% answer="ac_length_constant"
def ac_length_constant(f_Hz, lambda_um, tau_ms):
    """Distance over which the amplitude of an oscillation falls to 1/e in a long cable.

    Parameters
    ----------
    f_Hz : array of shape (n,)
        Frequencies in Hz; 0 is allowed.
    lambda_um : float
        Length constant for steady currents in µm.
    tau_ms : float
        Membrane time constant in ms.

    Returns
    -------
    array of shape (n,)
        AC length constants in µm.
    """
    ### BEGIN SOLUTION
    omega_tau = 2 * np.pi * np.asarray(f_Hz) * tau_ms * 1e-3
    return lambda_um / np.sqrt(1 + 1j * omega_tau).real
    ### END SOLUTION


# %% test="ac_length_constant" points=2
# The AC length constant (2 points).
_f = np.array([100.0, 500.0, 1000.0, 1500.0])
_result = ac_length_constant(_f, 1000.0, 30.0)
checks.shape(_result, (4,), what="ac_length_constant at four frequencies")
# Pettersen & Einevoll (2008), caption of Fig. 4; the paper prints whole µm, hence 0.5 µm.
checks.close(
    _result,
    [317.0, 145.0, 103.0, 84.0],
    rtol=0.0,
    atol=0.5,
    unit="µm",
    what="the AC length constants of the paper's dendrite",
    mistakes={
        "the angular frequency is ω = 2πf: the 2π is missing": [693.19, 353.19, 253.93, 208.49],
        "this is λ/|√(1 + iωτ)|: the amplitude needs the real part of the exponent": [230.17, 103.00, 72.84, 59.47],
        "this is the real part of λ/√(1 + iωτ): take the real part of the exponent, then divide": [
            167.01,
            73.22,
            51.64,
            42.13,
        ],
        "f in Hz times τ in ms: a factor 1e-3 is missing": [10.30, 4.61, 3.26, 2.66],
    },
)
### BEGIN HIDDEN TESTS
# A closed formula: only rounding is allowed for. Written with real numbers here: Re √(1 + iy) = √((1 + √(1 + y²))/2).
for _lambda, _tau in [(700.0, 12.0), (250.0, 45.0)]:
    _f = np.array([0.0, 3.0, 40.0, 333.0, 2000.0])
    _y = 2e-3 * np.pi * _f * _tau
    _true = _lambda * np.sqrt(2 / (1 + np.sqrt(1 + _y**2)))
    _root = np.sqrt(1 + 1j * _y)
    checks.close(
        ac_length_constant(_f, _lambda, _tau),
        _true,
        unit="µm",
        what="the AC length constants of another cable, also at 0 Hz",
        mistakes={
            "this is λ/|√(1 + iωτ)|: the amplitude needs the real part of the exponent": _lambda / np.abs(_root),
            "this is the real part of λ/√(1 + iωτ): take the real part of the exponent, then divide": (
                _lambda / _root
            ).real,
            "the angular frequency is ω = 2πf: the 2π is missing": _lambda / np.sqrt(1 + 1e-3j * _f * _tau).real,
            "f in Hz times τ in ms: a factor 1e-3 is missing": _lambda / np.sqrt(1 + 1e3j * _y).real,
            "the square root of 1 + iωτ is missing": _lambda / (1 + 1j * _y).real,
            "this is λ without any frequency": _lambda + 0 * _y,
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# Compare with the paper, and with NEURON on a cable of ten length constants. One trap on the way:
# `impedance.ratio(x)` is the attenuation *towards* the electrode from a source at `x`. For the way out from the
# electrode use `transfer`, as here.
#
# ![AC length constant against frequency from 1 to 2000 Hz, double logarithmic: nearly flat at 1000 µm up to a few Hz, then falling with slope minus one half. The four values of the paper and the four of NEURON lie on the curve.](figures/ac_length_constant.png)


# %%
def neuron_ac_length_constant(f_Hz, x1_um=100.0, x2_um=200.0):
    """The AC length constant in µm of the paper's dendrite, from the amplitudes at two places in NEURON."""
    sec = h.Section(name="long_cable")
    sec.L, sec.diam, sec.Ra, sec.cm, sec.nseg = PAPER["length_um"], PAPER["d_um"], PAPER["R_a"], PAPER["C_m"], 2500
    sec.insert("pas")
    sec.g_pas, sec.e_pas = 1 / PAPER["R_m"], -65
    h.finitialize(-65)
    impedance = h.Impedance()
    impedance.loc(sec(0))
    impedance.compute(f_Hz)
    # x = 102 and 202 µm are centres of segments 4 µm long: no interpolation.
    first, second = [impedance.transfer(sec((x + 2.0) / PAPER["length_um"])) for x in (x1_um, x2_um)]
    return (x2_um - x1_um) / np.log(first / second)


# %%
f_Hz = np.logspace(0, np.log10(2000), 100)
paper = {100: 317.0, 500: 145.0, 1000: 103.0, 1500: 84.0}  # Pettersen & Einevoll 2008, caption of Fig. 4
fig, ax = plt.subplots(layout="constrained")
ax.loglog(f_Hz, ac_length_constant(f_Hz, 1000.0, 30.0), color="C5", label="your function")
ax.plot(
    list(paper),
    list(paper.values()),
    "s",
    markersize=10,
    markerfacecolor="none",
    color="C7",
    label="Pettersen & Einevoll (2008)",
)
ax.plot(list(paper), [neuron_ac_length_constant(f) for f in paper], "o", color="C0", label="NEURON")
ax.set(xlabel="frequency (Hz)", ylabel="AC length constant (µm)")
ax.legend()
plt.show()
for f in (100, 1500):
    look_back(
        f"AC length constant at {f} Hz (µm)", round(float(ac_length_constant(np.array([float(f)]), 1000.0, 30.0)[0]), 1)
    )

# %% tags=["guard"]
fig.savefig("figures/ac_length_constant.png", dpi=70)
for _f, _printed in paper.items():
    _formula, _measured = ac_length_constant(np.array([_f]), 1000.0, 30.0)[0], neuron_ac_length_constant(_f)
    assert abs(_formula - _printed) < 0.5 and abs(_measured / _formula - 1) < 2e-3
assert abs(cable_constants(*per_length(2.0, 30e3, 150.0, 1.0))[0] - 1000) < 1e-6
assert ac_length_constant(5.0, 1000.0, 30.0) > 850

# %% [markdown]
# A 100 Hz oscillation reaches a third as far as a steady current, a 1500 Hz one not even a tenth (Pettersen &
# Einevoll 2008, [doi:10.1529/biophysj.107.111179](https://doi.org/10.1529/biophysj.107.111179)). At high frequency
# the membrane's capacitance is the easier way out, and $\lambda_\mathrm{AC} \propto 1/\sqrt f$. The paper goes on
# from here to show why spikes are seen so near the soma only, and why they look broader further away.

# %% [markdown] discuss="why_100_hz" points=3
# **Discuss: why 100 Hz?** NEURON's *d_lambda rule* (Hines & Carnevale 2001,
# [doi:10.1177/107385840100700207](https://doi.org/10.1177/107385840100700207)) chooses `nseg` so that no segment is
# longer than one tenth of the AC length constant at 100 Hz, although most currents in a dendrite are slower than
# that.
#
# (a) How many segments does a piece of 1000 µm of the paper's dendrite get by this rule, and how many if one tenth of
# $\lambda$ were used instead? (b) Why is a grid that is fine enough for the steady state not fine enough for a
# synaptic potential that rises within 1 ms? (c) A slow synaptic potential and a spike both start at the same place.
# What does your curve say of how far each spreads passively, and of their shape further along?
#
# You are marked on the two numbers (1 point), on the link between how fast a signal is and how far apart its features
# lie in space (1 point), and on the filter (1 point). Five to eight sentences.
#
# ### BEGIN MARK SCHEME
# One point each, half points allowed:
#
# (a) One tenth of 317 µm is 32 µm: 32 segments (33 with NEURON's odd numbers; 31 to 33 accepted). One tenth of 1000
# µm is 100 µm: 10 (11).
#
# (b) A signal that changes within a millisecond contains frequencies of hundreds of Hz; these have short length
# constants, so the potential varies over tens to hundreds of µm, and segments of 100 µm cannot follow it. The error
# in space is of second order in Δx/λ(f), with the λ of the frequency at hand. The steady state is the smoothest case.
# (Mentioning that the early step response has the fastest waves with the shortest wavelength: the same thing, full
# point.)
#
# (c) The cable is a low-pass filter: the slow potential reaches several hundred µm (its λ_AC is near λ), the spike's
# fast parts only about 100 µm. Further along each is smaller, later and broader, because its fast components are
# gone: the spike loses far more of its height. Full point needs "fast parts die first" and a consequence for the
# shape.
# ### END MARK SCHEME

# %% [markdown]
# ## What you have learnt
#
# 1. **What do $\lambda$, $\tau$ and $R_\text{in}$ depend on?** $\tau = R_m C_m$ on the membrane alone; $\lambda =
#    \sqrt{d R_m/(4 R_a)}$ on membrane, cytoplasm and the root of the diameter; $R_\infty \propto d^{-3/2}$.
# 2. **How does the far end matter?** A sealed end raises input resistance and potential, $\coth L$; a cut end lowers
#    them, $\tanh L$. Beyond a few $\lambda$ nobody notices.
# 3. **Why late and smeared?** A step is a sum of waves. The fast ones fill the near end at once and cancel at the far
#    end; one slow wave with $\tau$ is left for both.
# 4. **How fast does the error fall?** Like $\Delta x^2$ in space and like $\Delta t$ with backward Euler, in your
#    solver and in NEURON alike. Halve a step and look.
# 5. **Why do fast signals die sooner?** The membrane's capacitance short-circuits them: $\lambda_\mathrm{AC} \propto
#    1/\sqrt f$.
#
# **Where to go next**: exercise `05_ball_and_stick` puts a soma on the end of this cable and asks which model fits a
# recording; `06_pyramidal_cell` replaces the cable by a reconstructed neuron. The power 3/2, by which whole trees
# become one cable, is the subject of Rall's papers; the other Rallpacks, a branched tree and a spiking axon, make
# good projects.
