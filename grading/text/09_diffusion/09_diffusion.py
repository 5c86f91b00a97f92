# %% [markdown]
# # Diffusion: across the cleft and out of it
#
# A vesicle opens, and some thousand molecules of transmitter stand before a gap of twenty millionths of a millimetre. Nothing pushes
# them. Each is kicked about by water, without memory and without a goal, and yet the far side notices within a
# microsecond. Why is this fast, why would the same trick take years along an axon, and what stops it?
#
# **What you will do**
#
# - read peak time and peak concentration off the solution for empty space, in one, two and three dimensions;
# - put walls around it, with mirror images, and see what textbooks leave out;
# - let the far side absorb: steady flux, the time to reach it, and how a diffusion coefficient is measured;
# - solve the same equation with a program of your own, with NEURON's `rxd`, and with random walkers.
#
# **What you will learn**
#
# 1. How long does it take to cross a cleft, and why does the number of dimensions matter?
# 2. What do walls do to the time and to the concentration?
# 3. How many terms of a series are enough, and when are they not?
# 4. How do you measure a diffusion coefficient without seeing a single molecule?
# 5. When do random walkers agree with the equation, and how far off may they be?
#
# **What you need**: the lecture *The NEURON simulator* (`05_neuron`), the exercise `04_cable_equation` (whose equation is a
# relative of this one), NumPy arrays, sums over exponentials.
#
# **Time:** about 110 minutes. **Points:** 25 automatic and 4 by hand. Work from top to bottom; every task can be solved
# even if the one before is still open.

# %% tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np
from neuron import h
from scipy.optimize import brentq
from scipy.special import erf

import checks

h.load_file("stdrun.hoc")
plt.style.use("course.mplstyle")

# Lengths in nm, times in µs. Then a diffusion coefficient is in nm²/µs, and 1 nm²/µs = 0.001 µm²/ms = 1e-12 m²/s.
D_CLEFT = 330.0  # glutamate in a synaptic cleft (Nielsen et al. 2004, doi:10.1016/j.neuron.2004.04.003)
WIDTH_NM = 20.0  # of the cleft (12 to 20 nm in Savtchenko and Rusakov 2007, doi:10.1073/pnas.0606636104)
MOLECULES = 3000  # in one vesicle, a round number; estimates go from about 1000 to 5000
RADIUS_NM = 200.0  # of the two membranes that face each other, a round number
MM_PER_NM3 = 1660.54  # one molecule per nm³ is 1660.54 mM, by Avogadro's number

guesses = {}  # your predictions


# %%
def look_back(name, found):
    """Print what you guessed beside what came out."""
    guess = guesses.get(name)
    print(f"{name}: {'no guess recorded' if guess is None else f'you guessed {guess}'}, it is {found}")


# %% [markdown]
# ## 1. One molecule in empty space
#
# The concentration $c$ of something that diffuses obeys
#
# $$\frac{\partial c}{\partial t} = D\,\nabla^2 c .$$
#
# Put one molecule at the origin at $t = 0$ and wait. What you know about its place is the **Green's function**, a bell
# that becomes broader and lower. In $n$ dimensions ($n$ = 1, 2 or 3), at the distance $r$:
#
# $$G_n(r, t) = \frac{1}{(4\pi D t)^{n/2}}\;e^{-r^2/4Dt} .$$
#
# It is a density: per nm in one dimension, per nm² in two, per nm³ in three. Many molecules do not disturb each other,
# so for $N$ of them multiply by $N$.
#
# | dimensions | what is released | unit of the amount | what spreads |
# |---|---|---|---|
# | 1 | a sheet: molecules all over a membrane | molecules per nm² of the sheet | away from the sheet |
# | 2 | a line, for example through a thin gap from wall to wall | molecules per nm of the line | away from the line |
# | 3 | a point: the pore of one vesicle | molecules | in all directions |
#
# In each case the amount times $G_n$ is a concentration in molecules per nm³.
#
# **Task 1.** Write `green`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# How must the exponent of the factor in front depend on the dimensions, so that the integral stays 1?
# </details>
# <details><summary>Hint 2: the check</summary>
#
# $G_3(r, t) = G_1(x, t)\,G_1(y, t)\,G_1(z, t)$ with $r^2 = x^2 + y^2 + z^2$.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `spread = 4 * D * np.asarray(t_us)`, an area in nm².
# </details>


# %% answer="green"
def green(r_nm, t_us, D, dimensions):
    """Probability density of a molecule that started at the origin of empty space.

    Parameters
    ----------
    r_nm : float or array
        Distance from the origin in nm; in one dimension it may be negative.
    t_us : float or array
        Time since the start in µs, above zero. Broadcasts with r_nm as usual.
    D : float
        Diffusion coefficient in nm²/µs.
    dimensions : int
        1, 2 or 3.

    Returns
    -------
    float or array
        Density per nm, per nm² or per nm³. Example: `green(0.0, 1.0, 1.0, 1)` is 0.2821.
    """
    ### BEGIN SOLUTION
    spread_nm2 = 4 * D * np.asarray(t_us)
    return np.exp(-np.square(r_nm) / spread_nm2) / (np.pi * spread_nm2) ** (dimensions / 2)
    ### END SOLUTION


# %% test="green" points=2
# The Green's function in one, two and three dimensions (2 points).
# A closed formula: only rounding is allowed for.
checks.close(
    green(20.0, 0.5, 330.0, 1),
    0.0119796552,
    unit="1/nm",
    what="green(20.0, 0.5, 330.0, 1)",
    mistakes={
        "the exponent is -r²/(4Dt): the 4 belongs to the denominator": np.exp(-4 * 400 / 165) / (660 * np.pi) ** 0.5,
        "the exponent is -r²/(4Dt), not -r²/(2Dt)": np.exp(-400 / 330) / (660 * np.pi) ** 0.5,
        "the power of the factor in front is n/2, not n": np.exp(-400 / 660) / (660 * np.pi),
        "the factor in front is missing": np.exp(-400 / 660),
    },
)
### BEGIN HIDDEN TESTS
for _n in (1, 2, 3):
    for _x, _t, _D in [((3.0, 5.0, 11.0), 0.21, 330.0), ((40.0, 7.0, 19.0), 2.6, 760.0)]:
        _sd = (2 * _D * _t) ** 0.5  # each coordinate is normally distributed
        _normal = [np.exp(-((_c / _sd) ** 2) / 2) / (_sd * (2 * np.pi) ** 0.5) for _c in _x[:_n]]
        _r2, _s = float(np.sum(np.square(_x[:_n]))), 4 * _D * _t
        checks.close(
            green(_r2**0.5, _t, _D, _n),
            np.prod(_normal),
            unit={1: "1/nm", 2: "1/nm2", 3: "1/nm3"}[_n],
            what=f"the Green's function in {_n} dimension{'s' * (_n > 1)}",
            mistakes={
                "this is the one-dimensional function: the factor in front depends on the dimensions": np.exp(-_r2 / _s)
                / (np.pi * _s) ** 0.5,
                "this is the three-dimensional function: the factor in front depends on the dimensions": np.exp(
                    -_r2 / _s
                )
                / (np.pi * _s) ** 1.5,
                "the power of the factor in front is n/2, not n": np.exp(-_r2 / _s) / (np.pi * _s) ** _n,
                "the factor in front is missing": np.exp(-_r2 / _s),
                "π is missing in the factor in front": np.exp(-_r2 / _s) / _s ** (_n / 2),
                "the factor in front has 4πDt, not 2πDt": np.exp(-_r2 / _s) / (np.pi * _s / 2) ** (_n / 2),
                "the distance counts squared in the exponent": np.exp(-(_r2**0.5) / _s) / (np.pi * _s) ** (_n / 2),
            },
        )
checks.close(
    green(np.array([-20.0, 0.0, 20.0]), np.array([0.5, 1.0, 0.5]), 330.0, 1),
    np.array([0.0119796552, 0.0155288072, 0.0119796552]),
    unit="1/nm",
    what="green with arrays",
)
### END HIDDEN TESTS

# %% [markdown]
# ## 2. The peak at the other side
#
# An observer at the distance $r$ sees nothing at first, then a rise, then a decay, since the bell flattens. Set the time
# derivative of $G_n$ to zero: the peak comes at
#
# $$t_\text{peak} = \frac{r^2}{2\,n\,D}.$$
#
# (Try it on paper: $\frac{\partial}{\partial t}\ln G_n = -\frac{n}{2t} + \frac{r^2}{4Dt^2}$.) The peak's height follows
# when you put this time into $G_n$. The time goes with the *square* of the distance. That is why diffusion is a courier for
# nanometres and hopeless for metres.
#
# **Predict first.** A cleft of 20 nm, $D$ = 330 nm²/µs. When is the peak at the far side, if a whole sheet is released
# (one dimension)? And with a point in three dimensions: earlier, later, or at the same time?

# %% tags=["scratch"]
guesses["peak time of a sheet at 20 nm (µs)"] = None  # your number
guesses["a point in three dimensions peaks"] = None  # "earlier", "later" or "at the same time"

# %% [markdown]
# **Task 2.** Write `peak`. The picture to reach:
#
# ![Concentration at 20 nm divided by its peak, against time from 0 to 3 µs, for one, two and three dimensions. All three rise steeply from
# zero. In three dimensions the peak is at 0.2 µs and the decay is fast, in one dimension the peak is at 0.6 µs and the
# decay slow; two dimensions lie between.](figures/peak.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# First the time. Then the concentration is the amount times `green` at that time, or the same in closed form.
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# At the peak $4Dt = 2r^2/n$, so the exponential is $e^{-n/2}$ and $G_n = \left(\frac{n}{2\pi e}\right)^{n/2} r^{-n}$.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `t_us = r_nm**2 / (2 * dimensions * D)`
# </details>


# %% answer="peak"
def peak(amount, r_nm, D, dimensions):
    """Time and height of the concentration's peak at a distance from a release in empty space.

    Parameters
    ----------
    amount : float
        What is released: molecules per nm² (one dimension), per nm (two), or molecules (three).
    r_nm : float
        Distance in nm.
    D : float
        Diffusion coefficient in nm²/µs.
    dimensions : int
        1, 2 or 3.

    Returns
    -------
    tuple of two floats
        Time of the peak in µs, and concentration at the peak in mM (use MM_PER_NM3).
        Example: `peak(3000, 100.0, 330.0, 3)` is (5.05, 0.367).
    """
    ### BEGIN SOLUTION
    t_us = r_nm**2 / (2 * dimensions * D)
    per_nm3 = amount * (dimensions / (2 * np.pi * np.e)) ** (dimensions / 2) / r_nm**dimensions
    return t_us, per_nm3 * MM_PER_NM3
    ### END SOLUTION


# %% test="peak" points=2
# Time and height of the peak in empty space (2 points).
# Closed formulas; 0.1 % leaves room for rounded constants and for a search on a fine grid.
_result = peak(3000, 100.0, 330.0, 3)
checks.parts(_result, 2, what="peak(3000, 100.0, 330.0, 3)")
checks.close(
    _result[0],
    5.0505051,
    rtol=1e-3,
    unit="µs",
    what="the time, the first value of peak(3000, 100.0, 330.0, 3)",
    mistakes={
        "this is the time in one dimension: the number of dimensions counts": 15.1515152,
        "r²/(6D) in three dimensions: a factor 2 is missing": 10.1010101,
    },
)
### BEGIN HIDDEN TESTS
for _amount, _r, _D, _n in [(0.024, 20.0, 330.0, 1), (150.0, 35.0, 760.0, 2), (5000.0, 465.0, 410.0, 3)]:
    _t = np.geomspace(1e-3, 1e3, 400_001) * _r**2 / _D  # numerically, steps of 0.003 %
    _c = _amount * 1660.54 * np.exp(-(_r**2) / (4 * _D * _t)) / (4 * np.pi * _D * _t) ** (_n / 2)
    _k = int(np.argmax(_c))
    _result = peak(_amount, _r, _D, _n)
    checks.parts(_result, 2, what="peak of another release")
    checks.close(
        _result[0],
        _t[_k],
        rtol=1e-3,
        unit="µs",
        what=f"the time of a peak in {_n} dimension{'s' * (_n > 1)}",
        mistakes={
            "this is the time in one dimension: the number of dimensions counts": _r**2 / (2 * _D),
            "this is the time in three dimensions": _r**2 / (6 * _D),
            "this is r²/(4nD): a factor 2 too early": _r**2 / (4 * _n * _D),
            "the distance counts squared": _r / (2 * _n * _D),
        },
    )
    checks.close(
        _result[1],
        _c[_k],
        rtol=1e-3,
        unit="mM",
        what=f"the height of a peak in {_n} dimension{'s' * (_n > 1)}",
        mistakes={
            "this is in molecules per nm³, not in mM": _c[_k] / 1660.54,
            "the exponential is missing: it is e^(-n/2) at the peak": _c[_k] * np.exp(_n / 2),
            "this is the concentration for one molecule: the amount is missing": _c[_k] / _amount,
            "this is Green's function of one dimension at the peak's time": _amount
            * 1660.54
            * np.exp(-_n / 2)
            * (_n / (2 * np.pi)) ** 0.5
            / _r,
        },
    )
### END HIDDEN TESTS

# %%
t_us = np.linspace(1e-3, 3, 600)
fig, ax = plt.subplots(layout="constrained")
for n, style in [(1, "-"), (2, "--"), (3, ":")]:
    c = green(WIDTH_NM, t_us, D_CLEFT, n)
    ax.plot(t_us, c / c.max(), style, color="C2", label=f"{n} dimension{'s' * (n > 1)}")
ax.set(xlabel="time (µs)", ylabel="concentration / peak (1)")
ax.legend()
plt.show()
SHEET_PER_NM2 = MOLECULES / (np.pi * RADIUS_NM**2)  # one vesicle, spread over the whole membrane: 0.02387
for place, distance_nm in [("across the cleft", WIDTH_NM), ("to the neighbour synapse", 465.0)]:
    print(place, "(time in µs, height in mM):")
    print("   sheet, 1 dimension: {:.4g}, {:.4g}".format(*peak(SHEET_PER_NM2, distance_nm, D_CLEFT, 1)))
    print("   point, 3 dimensions: {:.4g}, {:.4g}".format(*peak(MOLECULES, distance_nm, D_CLEFT, 3)))
look_back("peak time of a sheet at 20 nm (µs)", round(WIDTH_NM**2 / (2 * D_CLEFT), 3))
look_back("a point in three dimensions peaks", "earlier, by a factor 3")

# %% tags=["guard"]
fig.savefig("figures/peak.png", dpi=70)
assert abs(green(20.0, 0.5, 330.0, 1) - 0.0119796552) < 1e-10
_sheet, _point = peak(SHEET_PER_NM2, 20.0, 330.0, 1), peak(MOLECULES, 20.0, 330.0, 3)
assert abs(_sheet[0] - 0.606) < 1e-3 and abs(_point[0] - 0.202) < 1e-3 and abs(SHEET_PER_NM2 - 0.02387) < 1e-5
assert abs(_sheet[1] - 0.48) < 5e-3 and abs(_point[1] - 46) < 0.5, (_sheet, _point)
# the numbers of the older estimate in the text below
assert abs(peak(1.0, 5.0, 800.0, 1)[0] - 0.0156) < 1e-4 and 38 < _sheet[0] / peak(1.0, 5.0, 800.0, 1)[0] < 40
# a metre: r²/2D = (1e9 nm)²/(660 nm²/µs), in years
assert 40 < 1e18 / 660 * 1e-6 / 3.156e7 < 60
# the spread at the peak: the root of the mean squared distance is the distance itself, in every number of dimensions
for _n in (1, 2, 3):
    assert abs((2 * _n * 330.0 * peak(1.0, 20.0, 330.0, _n)[0]) ** 0.5 - 20) < 1e-9

# %% [markdown]
# 0.6 µs for a sheet, a third of it for a point: with more directions to get lost in, the bell thins out sooner. That is short beside everything else in a synapse; opening
# the channels takes hundreds of microseconds. At the time of the peak the molecules have come as far, in the root mean
# square, as the observer is away. Over a metre, the length of a motor neuron, the same formula gives half a century.
#
# Two remarks on numbers. An estimate with a cleft of 5 nm and $D$ = 800 nm²/µs gives 0.016 µs, forty times less.
# Clefts in micrographs are two to four times as wide, and in them glutamate is more than twice as slow: squares and
# ratios add up. And 46 mM opposite a pore is far above anything measured (1.1 mM; Clements et al. 1992,
# [doi:10.1126/science.1359647](https://doi.org/10.1126/science.1359647)). It lasts for less than a microsecond, and the
# sheet's 0.5 mM comes from a sheet that no vesicle makes. Keep both in mind for the discussion.

# %% [markdown]
# ## 3. Walls
#
# Empty space is a poor model of a cleft. Behind the sheet stands the presynaptic membrane, at $x = 0$; the postsynaptic
# one stands at $x = d$. Nothing crosses a wall: $\partial c/\partial x = 0$ there. **Mirror images** achieve this. Put a second, equal
# release where the mirror image of the first would be; then as many molecules come through the mirror as go, and the mirror can
# be a wall.
#
# - One wall at $x = 0$, the release *at* the wall: the image coincides with it. Everything doubles:
#   $c = 2\,G_1(x, t)$, because what would have gone to the left goes to the right.
# - Two walls, as in a barber's shop: mirrors in mirrors, images at $0, \pm 2d, \pm 4d, \dots$, each doubled:
#
# $$w(x, t) = 2\sum_{k=-\infty}^{\infty} G_1(x - 2kd,\, t), \qquad 0 \le x \le d .$$
#
# **Predict first.** The sheet is released at $x = 0$. Without walls the concentration at the far side has a peak. With
# one wall at $x = 0$, what happens to peak time and peak height? With both walls, what does the far side see in the end?

# %% tags=["scratch"]
guesses["the wall behind the release multiplies the peak time by"] = None  # your number
guesses["and the peak height by"] = None  # your number
guesses["with both walls, the final concentration / the peak without walls"] = None  # your number

# %% [markdown]
# **Task 3.** Write `between_walls`: the sum above with enough images. How many are enough depends on the time: far images
# count when the molecules have had time to come from there, $\sqrt{4Dt} \gtrsim 2kd$. The tests go up to $t = 10\,d^2/D$.
#
# ![Concentration at the far side of a cleft of 20 nm, against time from 0 to 4 µs, in mM. Without walls a peak of 0.5 mM at 0.6 µs; with
# the presynaptic wall the same shape, twice as high; with both walls a rise to 2 mM, without a peak, which is
# complete after 2 µs.](figures/walls.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# A loop over k from −K to K that adds up `green`, or the formula of $G_1$, at shifted places. Which K is surely large enough for
# $t = 10\,d^2/D$?
# </details>
# <details><summary>Hint 2: a check</summary>
#
# Whatever the time, one molecule is somewhere between the walls: the integral of $w$ from 0 to $d$ is 1. In the end
# $w = 1/d$.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `images = 2 * d_nm * np.arange(-20, 21)`
# </details>


# %% answer="between_walls"
def between_walls(x_nm, t_us, d_nm, D):
    """Density of a molecule between two walls at 0 and d that started at the wall x = 0.

    Parameters
    ----------
    x_nm : array of shape (n,)
        Distance from the wall at which it started, in nm, from 0 to d_nm.
    t_us : float
        Time in µs, above zero and up to 10 d²/D.
    d_nm : float
        Distance of the walls in nm.
    D : float
        Diffusion coefficient in nm²/µs.

    Returns
    -------
    array of shape (n,)
        Density per nm.
    """
    ### BEGIN SOLUTION
    images = 2 * d_nm * np.arange(-20, 21)
    distances = np.asarray(x_nm)[:, np.newaxis] - images
    return 2 * np.sum(np.exp(-(distances**2) / (4 * D * t_us)), axis=1) / np.sqrt(4 * np.pi * D * t_us)
    ### END SOLUTION


# %% test="between_walls" points=2
# A molecule between two walls (2 points).
# 1e-4: a sum that is cut off where its terms are smaller than that is fine.
_x = np.linspace(0, 20, 5)
_w = between_walls(_x, 12.0, 20.0, 330.0)
checks.shape(_w, (5,), what="between_walls(x, 12.0, 20.0, 330.0) with 5 places x")
checks.close(
    _w,
    np.full(5, 0.05),
    rtol=1e-4,
    unit="1/nm",
    what="between_walls after 12 µs, when the molecule may be anywhere",
    mistakes={
        "each image counts twice, since the release stands at a wall": np.full(5, 0.025),
        "images stand at multiples of 2d, not of d": np.full(5, 0.1),
    },
)
### BEGIN HIDDEN TESTS
# The same density as a sum of standing waves (Fourier): it needs many terms where the images need few.
for _d, _D, _T in [(20.0, 330.0, 0.04), (15.0, 760.0, 0.3), (32.0, 250.0, 1.1)]:
    _x, _t, _n = np.linspace(0, _d, 9), _T * _d**2 / _D, np.arange(1, 60)
    _waves = np.cos(np.pi * np.outer(_x / _d, _n)) * np.exp(-((np.pi * _n) ** 2) * _T)
    _right = (1 + 2 * _waves.sum(axis=1)) / _d
    _free = np.exp(-(_x**2) / (4 * _D * _t)) / (4 * np.pi * _D * _t) ** 0.5
    checks.close(
        between_walls(_x, _t, _d, _D),
        _right,
        rtol=1e-4,
        atol=1e-6 / _d,
        unit="1/nm",
        what="the density between other walls",
        mistakes={
            "each image counts twice, since the release stands at a wall": _right / 2,
            "there are no walls in this: it is Green's function": _free,
            "the wall behind the release is there, the other is missing": 2 * _free,
            "images to one side only: k runs from -∞ to ∞": sum(
                2 * np.exp(-((_x - 2 * _k * _d) ** 2) / (4 * _D * _t)) / (4 * np.pi * _D * _t) ** 0.5 for _k in range(30)
            ),
            "images alternate in sign: then a wall absorbs; here it reflects": sum(
                2 * (-1) ** _k * np.exp(-((_x - 2 * _k * _d) ** 2) / (4 * _D * _t)) / (4 * np.pi * _D * _t) ** 0.5
                for _k in range(-30, 31)
            ),
        },
    )
### END HIDDEN TESTS

# %%
t_us = np.linspace(0.01, 4, 300)
free_mM = SHEET_PER_NM2 * MM_PER_NM3 * green(WIDTH_NM, t_us, D_CLEFT, 1)
closed = np.array([between_walls(np.array([WIDTH_NM]), t, WIDTH_NM, D_CLEFT)[0] for t in t_us])
closed_mM = SHEET_PER_NM2 * MM_PER_NM3 * closed
fig, ax = plt.subplots(layout="constrained")
ax.plot(t_us, closed_mM, color="C2", label="both walls")
ax.plot(t_us, 2 * free_mM, "--", color="C2", label="presynaptic wall")
ax.plot(t_us, free_mM, ":", color="C2", label="no walls")
ax.set(xlabel="time (µs)", ylabel="concentration at the far side (mM)")
ax.legend()
plt.show()
look_back("the wall behind the release multiplies the peak time by", "1")
look_back("and the peak height by", "2")
look_back("with both walls, the final concentration / the peak without walls", round(closed_mM[-1] / free_mM.max(), 2))

# %% tags=["guard"]
fig.savefig("figures/walls.png", dpi=70)
assert abs(closed_mM[-1] - 1.98) < 0.01 and abs(closed_mM[-1] / free_mM.max() - (2 * np.pi * np.e) ** 0.5) < 0.01
assert abs(closed_mM[-1] / free_mM.max() - 4.13) < 0.01 and np.all(np.diff(closed_mM) > -1e-9)
assert closed_mM[np.searchsorted(t_us, 2.0)] / closed_mM[-1] > 0.99
_x = np.linspace(0, 20, 2001)
for _t in (0.05, 0.6, 5.0):
    _w = between_walls(_x, _t, 20.0, 330.0)
    assert abs(np.sum((_w[1:] + _w[:-1]) / 2) * 0.01 - 1) < 1e-4
assert abs(closed_mM[np.searchsorted(t_us, 0.3)] / free_mM[np.searchsorted(t_us, 0.3)] - 4) < 0.05

# %% [markdown]
# The wall behind the release doubles every concentration and moves no peak. The second wall doubles it once more, at early times, and then takes the
# peak away: nothing can leave, and the far side ends at the amount divided by the width, $\sqrt{2\pi e} = 4.13$ times the peak in empty space. "The concentration rises,
# then falls because the molecules spread out for ever" is true of empty space alone. In a cleft it falls for another
# reason: transmitter leaves at the rim, or is taken up.
#
# **A point between two walls** spreads across the gap as above and sideways as in two dimensions, independently; the
# densities multiply. So we can say when a vesicle's transmitter forgets that it came out of a pore:

# %%
t_us = np.geomspace(0.05, 300, 200)
across = np.array([between_walls(np.array([WIDTH_NM]), min(t, 12.0), WIDTH_NM, D_CLEFT)[0] for t in t_us])
pore_mM = MOLECULES * MM_PER_NM3 * green(0.0, t_us, D_CLEFT, 2) * across  # opposite the pore, no rim
fig, ax = plt.subplots(layout="constrained")
ax.loglog(t_us, pore_mM, color="C2", label="a pore, opposite")
ax.loglog(t_us, SHEET_PER_NM2 * MM_PER_NM3 * across, "--", color="C2", label="a sheet")
ax.set(xlabel="time (µs)", ylabel="concentration at the far side (mM)", ylim=(0.05, 300))
ax.legend()
plt.show()
crossing = t_us[(pore_mM < SHEET_PER_NM2 * MM_PER_NM3 * across) & (t_us > 1)][0]
print(f"opposite the pore the concentration falls below the sheet's after {crossing:.0f} µs")

# %% tags=["guard"]
assert abs(RADIUS_NM**2 / (4 * D_CLEFT) - 30.3) < 0.1 and 30 < crossing < 32.5, crossing
assert np.abs(between_walls(np.array([20.0]), 12.0, 20.0, 330.0)[0] * 20 - 1) < 1e-6
assert 49 < (RADIUS_NM**2 / (4 * D_CLEFT)) / (WIDTH_NM**2 / (2 * D_CLEFT)) < 51
assert 30 < pore_mM.max() / (SHEET_PER_NM2 * MM_PER_NM3 / WIDTH_NM) < 150, pore_mM.max()

# %% [markdown]
# Crossing takes half a microsecond, filling the cleft from a pore takes thirty, $R^2/4D$: fifty times as long. A cleft is
# never one-dimensional for a single vesicle. It is three-dimensional for less than a microsecond, then two-dimensional.

# %% [markdown]
# ## 4. A far side that absorbs
#
# Now a different cleft. On the left the concentration is held at $c_0$ (as if release went on for long), on the
# right everything that arrives is taken away, $c(d) = 0$, and at $t = 0$ the gap is empty. In the end the flux is the
# same everywhere, so the profile is a straight line and Fick's law gives
#
# $$c_\infty(x) = c_0\left(1 - \frac{x}{d}\right), \qquad J_\infty = \frac{D\,c_0}{d} .$$
#
# Before that, what is missing to the straight line decays, each sine wave at its own rate:
#
# $$\frac{c(x, t)}{c_0} = 1 - \frac{x}{d} - \sum_{m=1}^{\infty} \frac{2}{m\pi}\,\sin\!\frac{m\pi x}{d}\;e^{-m^2\pi^2 D t/d^2}.$$
#
# **Task 4.** Write `filling`, with exactly as many terms of the sum as asked.
#
# ![Concentration over c0 against place from 0 to 20 nm, at five times. Early the curve drops from 1 to zero within a few nm of the
# left side; later curves are higher, and the last is a straight line from 1 to 0.](figures/filling.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# The first term has m = 1, the last m = terms. With 0 terms the straight line is left.
# </details>
# <details><summary>Hint 2: shapes</summary>
#
# `np.outer(x, m)` has a row for each place and a column for each term; sum over axis 1.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `m = np.arange(1, terms + 1)`
# </details>


# %% answer="filling"
def filling(x_nm, t_us, d_nm, D, terms):
    """Concentration between a bath and an absorbing side, over that of the bath.

    Parameters
    ----------
    x_nm : array of shape (n,)
        Distance from the bath in nm, from 0 to d_nm.
    t_us : float
        Time in µs.
    d_nm : float
        Width in nm.
    D : float
        Diffusion coefficient in nm²/µs.
    terms : int
        How many terms of the sum are taken, 0 or more.

    Returns
    -------
    array of shape (n,)
        c / c0, a number without a unit.
    """
    ### BEGIN SOLUTION
    share = np.asarray(x_nm) / d_nm
    m = np.arange(1, terms + 1)
    waves = 2 / (np.pi * m) * np.sin(np.pi * np.outer(share, m)) * np.exp(-(m**2) * np.pi**2 * D * t_us / d_nm**2)
    return 1 - share - waves.sum(axis=1)
    ### END SOLUTION


# %% test="filling" points=2
# The series between bath and absorbing side (2 points).
# A closed formula with a given number of terms: only rounding is allowed for.
checks.close(
    filling(np.array([0.0, 5.0, 20.0]), 0.1, 20.0, 330.0, 0),
    np.array([1.0, 0.75, 0.0]),
    atol=1e-9,
    what="filling without any term",
    mistakes={"the line falls from the bath, 1 at x = 0, to 0 at x = d": np.array([0.0, 0.25, 1.0])},
)
### BEGIN HIDDEN TESTS
for _d, _D, _T, _terms in [(20.0, 330.0, 0.02, 3), (15.0, 760.0, 0.08, 1), (30.0, 410.0, 0.004, 40)]:
    _x, _t = np.linspace(0, _d, 7), _T * _d**2 / _D

    def _sum(first, last, sign=1, x=_x, d=_d, T=_T):
        terms = [2 / (m * np.pi) * np.sin(m * np.pi * x / d) * np.exp(-(m**2) * np.pi**2 * T) for m in range(first, last + 1)]
        return 1 - x / d - sign * sum(terms)

    _m = np.arange(1, _terms + 1)
    _not_squared = 1 - _x / _d - (2 / (np.pi * _m) * np.sin(np.pi * np.outer(_x / _d, _m)) * np.exp(-_m * np.pi**2 * _T)).sum(1)
    checks.close(
        filling(_x, _t, _d, _D, _terms),
        _sum(1, _terms),
        atol=1e-9,
        what=f"filling with {_terms} term{'s' * (_terms > 1)}",
        mistakes={
            "one term too few: the last is m = terms": _sum(1, _terms - 1),
            "one term too many": _sum(1, _terms + 1),
            "the waves are what is missing: subtract them": _sum(1, _terms, -1),
            "m counts squared in the exponent": _not_squared,
            "the decay is missing, or π² in it": 1
            - _x / _d
            - sum(2 / (m * np.pi) * np.sin(m * np.pi * _x / _d) * np.exp(-(m**2) * _T) for m in _m),
        },
    )
### END HIDDEN TESTS

# %%
x_nm = np.linspace(0, WIDTH_NM, 201)
fig, ax = plt.subplots(layout="constrained")
for T, shade in [(0.003, 0.25), (0.02, 0.4), (0.08, 0.55), (0.2, 0.75), (2.0, 1.0)]:
    t = T * WIDTH_NM**2 / D_CLEFT
    ax.plot(x_nm, filling(x_nm, t, WIDTH_NM, D_CLEFT, 200), color="C2", alpha=shade, label=f"{t:.3g} µs")
ax.set(xlabel="distance from the bath (nm)", ylabel="concentration / $c_0$ (1)")
ax.legend()
plt.show()

# %% tags=["guard"]
fig.savefig("figures/filling.png", dpi=70)
# early: as in a half-space, c = erfc(x/√(4Dt)); conserved: what has come in and gone out is in the gap
_x = np.linspace(0, 20, 41)
assert np.abs(filling(_x, 0.01, 20.0, 330.0, 300) - (1 - erf(_x / (4 * 330.0 * 0.01) ** 0.5))).max() < 1e-9
assert np.abs(filling(_x, 5.0, 20.0, 330.0, 50) - (1 - _x / 20)).max() < 1e-9

# %% [markdown]
# ## 5. How many terms?
#
# What arrives at the far side is the flux $J = -D\,\partial c/\partial x$ at $x = d$. Differentiate the series:
#
# $$\frac{J(t)}{J_\infty} = 1 + 2\sum_{m=1}^{\infty} (-1)^m\,e^{-m^2\pi^2 D t/d^2}.$$
#
# It is given:


# %%
def arriving(t_us, d_nm, D, terms):
    """Flux into the absorbing side over the steady flux, from the first terms of the series; t_us has shape (n,)."""
    m = np.arange(1, terms + 1)
    decay = np.exp(-np.pi**2 * np.outer(np.asarray(t_us) * D / d_nm**2, m**2))
    return 1 + 2 * decay @ (-1.0) ** m


# %% [markdown]
# Late, one term is enough. Early, the exponentials are all near 1 and the sum is a row of −2, +2, −2, ... that must
# cancel to nothing. The terms alternate in sign and shrink, so the error is never larger than **the first term that is left out**:
# after $N$ terms, $2\,e^{-(N+1)^2\pi^2 D t/d^2}$.
#
# **Predict first.** For an error of at most 1 % of the steady flux at $t = 0.01\,d^2/D$, how many terms? And at a tenth
# of this time?

# %% tags=["scratch"]
guesses["terms for 1 % at 0.01 d²/D"] = None  # your number
guesses["terms for 1 % at 0.001 d²/D"] = None  # your number

# %% [markdown]
# **Task 5.** Write `terms_needed`: the smallest number $N$ of terms, 0 or more, for which the first term left out is at most `error`.
#
# ![Flux over steady flux against time in units of d²/D, from 0 to 0.4. The full series starts at zero, stays there until 0.03 and then rises
# like an S. With 1 term the curve starts at -1, with 2 terms at +1, with 5 terms at -1, and each joins the full series
# later the fewer terms it has.](figures/terms.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# Count upwards from N = 0 until the term left out is small enough. That is a loop of three lines; or solve for N.
# </details>
# <details><summary>Hint 2: solved for N</summary>
#
# $(N+1)^2 \ge \ln(2/\text{error})\,/\,(\pi^2 D t/d^2)$.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `terms = 0`, then `while 2 * np.exp(...) > error:`
# </details>


# %% answer="terms_needed"
def terms_needed(t_us, d_nm, D, error):
    """Smallest number of terms of the flux series whose first omitted term is at most `error`.

    Parameters
    ----------
    t_us : float
        Time in µs, above zero.
    d_nm : float
        Width in nm.
    D : float
        Diffusion coefficient in nm²/µs.
    error : float
        Largest value of the first omitted term, as a fraction of the steady flux; above zero.

    Returns
    -------
    int
        Number of terms, 0 or more. Example: `terms_needed(0.15, 20.0, 330.0, 0.01)` is 2.
    """
    ### BEGIN SOLUTION
    terms = 0
    while 2 * np.exp(-((terms + 1) ** 2) * np.pi**2 * D * t_us / d_nm**2) > error:
        terms += 1
    return terms
    ### END SOLUTION


# %% test="terms_needed" points=2
# How many terms the series needs (2 points).
# Whole numbers: no tolerance. No input lies within 2 % of where the number changes.
checks.equal(
    terms_needed(0.15, 20.0, 330.0, 0.01),
    2,
    what="terms_needed(0.15, 20.0, 330.0, 0.01)",
    mistakes={"this is the number m of the term left out: N is one less": 3},
)
### BEGIN HIDDEN TESTS
for _d, _D, _T, _error in [(20.0, 330.0, 1e-4, 1e-3), (15.0, 760.0, 0.009, 0.02), (30.0, 410.0, 0.7, 0.1), (9.0, 100.0, 0.12, 1e-6)]:
    _root = (np.log(2 / _error) / (np.pi**2 * _T)) ** 0.5
    _right = max(0, int(np.ceil(_root)) - 1)
    assert abs(_root - round(_root)) > 0.02 * _root or _root < 1 or _root > 20
    checks.equal(
        terms_needed(_T * _d**2 / _D, _d, _D, _error),
        _right,
        what="the number of terms in another case",
        mistakes={
            "this is the number m of the term left out: N is one less": _right + 1,
            "one term too few: look at the first term that is left out": _right - 1,
            "m counts squared in the exponent": int(np.ceil(_root**2)) - 1,
            "the term has a factor 2 in front": max(0, int(np.ceil((max(0, np.log(1 / _error)) / (np.pi**2 * _T)) ** 0.5)) - 1),
        },
    )
### END HIDDEN TESTS

# %%
T = np.linspace(0, 0.4, 401)
fig, ax = plt.subplots(layout="constrained")
for terms, style, colour in [(1, ":", "C7"), (2, "-.", "C7"), (5, "--", "C7"), (400, "-", "C1")]:
    ax.plot(T[1:], arriving(T[1:], 1.0, 1.0, terms), style, color=colour, label=f"{terms} term{'s' * (terms > 1)}")
ax.set(xlabel="time ($d^2/D$)", ylabel="flux / steady flux (1)")
ax.legend()
plt.show()
for T in (0.001, 0.01, 0.1, 1.0):
    print(f"t = {T} d²/D: {terms_needed(T, 1.0, 1.0, 0.01)} terms for 1 %")
look_back("terms for 1 % at 0.01 d²/D", terms_needed(0.01, 1.0, 1.0, 0.01))
look_back("terms for 1 % at 0.001 d²/D", terms_needed(0.001, 1.0, 1.0, 0.01))

# %% tags=["guard"]
fig.savefig("figures/terms.png", dpi=70)
assert [terms_needed(_T, 1.0, 1.0, 0.01) for _T in (0.001, 0.01, 0.1, 1.0)] == [23, 7, 2, 0]
assert arriving([0.03], 1.0, 1.0, 400)[0] < 0.005 and arriving([1e-4], 1.0, 1.0, 400)[0] < 1e-9
assert [round(float(arriving([1e-9], 1.0, 1.0, _n)[0])) for _n in (1, 2, 5)] == [-1, 1, -1]
# two terms at 0.01 d²/D are wrong by half of the steady flux, and right to 1 % from 0.06 d²/D on
assert 0.5 < arriving([0.01], 1.0, 1.0, 2)[0] < 0.56 and arriving([0.01], 1.0, 1.0, 400)[0] < 1e-8
assert terms_needed(0.06, 1.0, 1.0, 0.01) == 2 and terms_needed(0.059, 1.0, 1.0, 0.01) == 3
# the other series, of images, for early times
for _T in (0.01, 0.05, 0.2, 0.6):
    _images = 2 * sum(np.exp(-((2 * _k + 1) ** 2) / (4 * _T)) for _k in range(20)) / (np.pi * _T) ** 0.5
    assert abs(_images - arriving([_T], 1.0, 1.0, 400)[0]) < 1e-10
    _one = 2 * np.exp(-1 / (4 * _T)) / (np.pi * _T) ** 0.5
    assert _T > 0.3 or abs(_one - _images) < 0.01

# %% [markdown]
# The number of terms grows as $1/\sqrt{t}$. "Two terms are enough" is right from $0.06\,d^2/D$ on; at $0.01\,d^2/D$ two
# terms say that half of the steady flux arrives, when nothing at all has. Early on the *mirror images* are the better series: up to $0.2\,d^2/D$ one of them is enough. Each
# of the two series is good where the other is bad.

# %% [markdown]
# ## 6. Steady flux, and the time to it
#
# **Predict first.** After how many $d^2/D$ has the flux reached 99 % of its steady value? More or less than 1?

# %% tags=["scratch"]
guesses["time to 99 % of the steady flux (d²/D)"] = None  # your number

# %% [markdown]
# **Task 6.** Write `steady_flux`: the steady flux for a bath of $c_0$ in mM, and the time at which the arriving flux reaches a given fraction
# of it. The flux only ever rises, so the time is unique. Use `arriving` with enough terms.
#
# <details><summary>Hint 1: a nudge</summary>
#
# 1 mM is 1/1660.54 molecules per nm³. For the time you look for a zero of a function that you have.
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `brentq(function, low, high)` finds it. In units of $d^2/D$, at 0.005 nothing has arrived, and at 5 everything that is
# going to. At 0.005 a hundred terms are plenty.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `missing = lambda t_us: arriving([t_us], d_nm, D, 100)[0] - fraction`
# </details>


# %% answer="steady_flux"
def steady_flux(c0_mM, d_nm, D, fraction):
    """Steady flux into an absorbing side, and when the flux reaches a fraction of it.

    Parameters
    ----------
    c0_mM : float
        Concentration of the bath in mM.
    d_nm : float
        Width in nm.
    D : float
        Diffusion coefficient in nm²/µs.
    fraction : float
        Between 0.001 and 0.999.

    Returns
    -------
    tuple of two floats
        Steady flux in molecules per nm² and µs, and the time in µs.
    """
    ### BEGIN SOLUTION
    flux = D * c0_mM / MM_PER_NM3 / d_nm
    unit_us = d_nm**2 / D
    t_us = brentq(lambda t: arriving([t], d_nm, D, 100)[0] - fraction, 0.005 * unit_us, 5 * unit_us)
    return flux, t_us
    ### END SOLUTION


# %% test="steady_flux" points=3
# The steady flux and the time to it (3 points).
# 0.1 %: rounded constants and the tolerance of a search are fine.
_result = steady_flux(1.0, 20.0, 330.0, 0.5)
checks.parts(_result, 2, what="steady_flux(1.0, 20.0, 330.0, 0.5)")
checks.close(
    _result[0],
    0.00993653,
    rtol=1e-3,
    unit="1/(nm2 µs)",
    what="the flux, the first value of steady_flux(1.0, 20.0, 330.0, 0.5)",
    mistakes={
        "this is in mM nm/µs: turn mM into molecules per nm³": 16.5,
        "1 mM is 1/1660.54 molecules per nm³: divide": 16.5 * 1660.54,
    },
)
### BEGIN HIDDEN TESTS
_T = np.linspace(0.004, 3, 60_001)  # the flux from mirror images, which are the better series early on
_J = 2 * sum(np.exp(-((2 * _k + 1) ** 2) / (4 * _T)) for _k in range(30)) / (np.pi * _T) ** 0.5
# Widths from 12 to 60 nm: d²/D goes from 0.3 to 18 µs, so that a fixed time in µs in place of a multiple of d²/D fails.
for _c0, _d, _D, _fraction in [(1.1, 20.0, 330.0, 0.99), (0.3, 15.0, 760.0, 0.05), (4.0, 27.0, 410.0, 0.9), (2.0, 12.0, 500.0, 0.5), (0.5, 60.0, 200.0, 0.7)]:
    _result = steady_flux(_c0, _d, _D, _fraction)
    checks.parts(_result, 2, what="steady_flux in another case")
    checks.close(
        _result[0],
        _D * _c0 / 1660.54 / _d,
        rtol=1e-3,
        unit="1/(nm2 µs)",
        what="the steady flux in another case",
        mistakes={
            "this is in mM nm/µs: turn mM into molecules per nm³": _D * _c0 / _d,
            "a gradient is a concentration over ONE width": _D * _c0 / 1660.54 / _d**2,
            "the width belongs into the denominator": _D * _c0 / 1660.54 * _d,
            "this is the flux at the moment asked, not the steady one": _fraction * _D * _c0 / 1660.54 / _d,
        },
    )
    _right = np.interp(_fraction, _J, _T) * _d**2 / _D
    checks.close(
        _result[1],
        _right,
        rtol=1e-3,
        unit="µs",
        what=f"the time at which {_fraction:.0%} of the steady flux arrives",
        mistakes={
            "one term of the series does for late times only": np.log(2 / (1 - _fraction)) / np.pi**2 * _d**2 / _D,
            "this is in units of d²/D": _right * _D / _d**2,
            "the factor 2 in front of the sum is missing": np.log(1 / (1 - _fraction)) / np.pi**2 * _d**2 / _D,
            "this is when the fraction is still missing, not when it is there": np.interp(1 - _fraction, _J, _T)
            * _d**2
            / _D,
        },
    )
### END HIDDEN TESTS

# %%
flux, t99_us = steady_flux(1.0, WIDTH_NM, D_CLEFT, 0.99)
print(f"steady flux at 1 mM: {flux:.2e} molecules/(nm² µs); 99 % of it after {t99_us:.3f} µs")
print(f"for a cleft of {RADIUS_NM:.0f} nm radius: {flux * np.pi * RADIUS_NM**2:.0f} molecules a microsecond")
look_back("time to 99 % of the steady flux (d²/D)", round(t99_us * D_CLEFT / WIDTH_NM**2, 3))
print(f"at d²/6D: {arriving([1 / 6], 1.0, 1.0, 50)[0]:.2f} of the steady flux")

# %% tags=["guard"]
assert abs(flux - 0.00993653) < 1e-8 and abs(t99_us * 330 / 400 - np.log(200) / np.pi**2) < 1e-3 and 0.64 < t99_us < 0.66
assert 2.2 < MOLECULES / (flux * np.pi * RADIUS_NM**2) < 2.6  # "in two and a half microseconds"
assert abs(arriving([1 / 6], 1.0, 1.0, 50)[0] - 0.617) < 5e-4

# %% [markdown]
# 0.54 $d^2/D$, or 0.65 µs. So a cleft follows a release that lasts for tens of microseconds almost without delay. But look
# at the flux: a postsynaptic side that swallowed all that arrives would empty a vesicle in two and a half microseconds. Receptors do not swallow
# transmitter, they bind and let go. An absorbing wall is a model of an enzyme or a pump of the strongest kind, and a limit to calculate with.

# %% [markdown]
# ## 7. A diffusion coefficient from a late straight line
#
# Nobody can watch a flux for a microsecond. With thicker layers one can, and there is an old trick. Let the amount that has passed since $t = 0$ be
# $Q(t)$. At first nothing comes, later $Q$ grows at the steady rate, on a straight line that does not pass through zero:
#
# $$Q(t) \;\to\; J_\infty\left(t - \frac{d^2}{6D}\right).$$
#
# The line meets the time axis at the **time lag** $t_\text{lag} = d^2/6D$ (Daynes 1920,
# [doi:10.1098/rspa.1920.0034](https://doi.org/10.1098/rspa.1920.0034)). No concentration has to be known, no detector calibrated.
#
# The file `data/gel.csv` holds such a record: transmitter that has passed a gel of 200 µm, in the detector's own units, noise included. **We made
# it with a computer**, with a diffusion coefficient that we keep to ourselves.

# %%
gel_t_s, gel_amount = np.loadtxt("data/gel.csv", delimiter=",", skiprows=1, unpack=True)
GEL_UM = 200.0
fig, ax = plt.subplots(layout="constrained")
ax.plot(gel_t_s, gel_amount, ".", color="C2")
ax.set(xlabel="time (s)", ylabel="amount passed (detector units)")
plt.show()

# %% [markdown]
# **Predict first.** Look at the picture. Where does the late line meet the time axis? And which $D$ follows, in µm²/s? (It is in µm²/s
# what it is in nm²/µs: both are $10^{-12}$ m²/s.)

# %% tags=["scratch"]
guesses["time lag of the gel (s)"] = None  # your number
guesses["D in the gel (µm²/s)"] = None  # your number

# %% [markdown]
# **Task 7.** Write `diffusion_coefficient`. In all records that it will get, the second half lies on the line to within 0.1 %.
#
# ![Amount passed against time, the first 120 s: dots near zero until 15 s, then a bend, then a straight line up to 8 units. A black line
# through the late dots is extended downwards and meets the time axis near 15 s.](figures/lag.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# A straight line through the late points: `np.polyfit` with degree 1. Where is it zero?
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# $D = d^2/(6\,t_\text{lag})$.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `half = len(t_s) // 2`
# </details>


# %% answer="diffusion_coefficient"
def diffusion_coefficient(t_s, amount, d_um):
    """Diffusion coefficient from the time lag of what has passed a layer.

    Parameters
    ----------
    t_s : array of shape (n,)
        Times in s, increasing; at t = 0 the layer was empty and the bath came.
    amount : array of shape (n,)
        Amount that has passed since then, in any unit.
    d_um : float
        Thickness of the layer in µm.

    Returns
    -------
    float
        Diffusion coefficient in µm²/s.
    """
    ### BEGIN SOLUTION
    half = len(t_s) // 2
    slope, at_zero = np.polyfit(t_s[half:], amount[half:], 1)
    lag_s = -at_zero / slope
    return d_um**2 / (6 * lag_s)
    ### END SOLUTION


# %% test="diffusion_coefficient" points=2
# The diffusion coefficient from the time lag (2 points).
# 1 %: the second half is straight to 0.1 %, and which of its points are taken is free. The records here have no noise.
_t = np.linspace(0, 200, 41)
_q = 5 * (_t * 0.01 - 1 / 6 - 2 / np.pi**2 * sum((-1) ** m / m**2 * np.exp(-(m**2) * np.pi**2 * 0.01 * _t) for m in range(1, 60)))
checks.close(
    diffusion_coefficient(_t, _q, 200.0),
    400.0,
    rtol=0.01,
    unit="µm2/s",
    what="diffusion_coefficient of a record without noise",
    mistakes={
        "the lag is d²/(6D), not d²/(2D)": 1200.0,
        "this is the time lag; D is d²/(6 lag)": 100 / 6,
    },
)
### BEGIN HIDDEN TESTS
for _D, _d, _gain, _end in [(330.0, 150.0, 0.02, 240.0), (760.0, 500.0, 90.0, 900.0), (55.0, 80.0, 3.0, 400.0)]:
    _t = np.linspace(0, _end, 61)
    _T = _D * _t / _d**2
    _q = _gain * (
        _T - 1 / 6 - 2 / np.pi**2 * sum((-1) ** m / m**2 * np.exp(-(m**2) * np.pi**2 * _T) for m in range(1, 60))
    )
    _whole = np.polyfit(_t, _q, 1)
    checks.close(
        diffusion_coefficient(_t, _q, _d),
        _D,
        rtol=0.01,
        unit="µm2/s",
        what="diffusion_coefficient of another record",
        mistakes={
            "the lag is d²/(6D), not d²/(2D)": 3 * _D,
            "the lag is d²/(6D), not d²/(4D)": 1.5 * _D,
            "the early, curved part has no place in the fit": _d**2 / (-6 * _whole[1] / _whole[0]),
            "this is 6 lag/d², upside down": 1 / _D,
            "this is the time lag; D is d²/(6 lag)": _d**2 / (6 * _D),
            "the slope depends on the detector: use the place where the line is zero": _gain * _D / _d**2,
            "this takes a gel of 200 µm: use the argument d_um": _D * (200 / _d) ** 2,
        },
    )
### END HIDDEN TESTS

# %%
D_gel = diffusion_coefficient(gel_t_s, gel_amount, GEL_UM)
lag_s = GEL_UM**2 / (6 * D_gel)
late = gel_t_s > 150
slope = np.polyfit(gel_t_s[late], gel_amount[late], 1)[0]
fig, ax = plt.subplots(layout="constrained")
ax.plot(gel_t_s, gel_amount, ".", color="C2", label="record")
ax.plot([lag_s, 300], [0, slope * (300 - lag_s)], color="C5", lw=1, label="late line")
ax.axhline(0, color="0.8", lw=1, zorder=0)
ax.set(xlabel="time (s)", ylabel="amount passed (detector units)", xlim=(-3, 120), ylim=(-0.4, 8.5))
ax.legend()
plt.show()
look_back("time lag of the gel (s)", round(lag_s, 1))
look_back("D in the gel (µm²/s)", round(D_gel))

# %% tags=["guard"]
fig.savefig("figures/lag.png", dpi=70)
assert 14 < lag_s < 17 and abs(D_gel / 431.0 - 1) < 0.03, (lag_s, D_gel)  # 431: record.py
assert 7.5 < np.interp(120, gel_t_s, gel_amount) < 8.5

# %% [markdown]
# We used 431 µm²/s to make the record. Free water allows about 760, so this gel slows the molecules down by almost a half, as the crowd of proteins in a cleft does.

# %% [markdown]
# ## 8. A solver of your own
#
# Cut the gap into $n$ pieces of width $\Delta x = d/n$. A node loses to each neighbour, and gets from each, in
# proportion to the difference:
#
# $$c_i(t + \Delta t) = c_i + \frac{D\,\Delta t}{\Delta x^2}\,(c_{i+1} - 2c_i + c_{i-1}).$$
#
# That is the *explicit* scheme, one line of NumPy. Its price is a limit on the step. **Predict first.** With
# $\Delta t$ such that the factor $r = D\,\Delta t/\Delta x^2$ is 0.5, all is well. What happens at 0.52?

# %% tags=["scratch"]
guesses["at r = 0.52 the solution is"] = None  # "4 % off", "a little wavy", "nonsense"

# %% [markdown]
# **Task 8.** Write `solve`, for the problem of section 4: bath at 1, absorbing side at 0, empty at $t = 0$. Any scheme
# will do (explicit, implicit, a library for differential equations), as long as every value is right to 0.005 with 50 pieces.
#
# ![Two panels. Left: the solver's marks on the lines of the series at three times. Right: with r = 0.52 the same program gives a zigzag that
# grows from place to place between -2 and 3 where the truth lies between 0 and 1.](figures/solver.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# `c[1:-1]`, `c[2:]` and `c[:-2]` are the inner nodes, their right and their left neighbours. The first and the last node
# never change.
# </details>
# <details><summary>Hint 2: the step</summary>
#
# Choose the number of steps such that $r \le 0.4$, by rounding up, and then $\Delta t = t/\text{steps}$, so that the last step ends at $t$.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `steps = int(np.ceil(D * t_us / (0.4 * (d_nm / n) ** 2)))`
# </details>


# %% answer="solve"
def solve(d_nm, D, t_us, n):
    """Concentration between bath and absorbing side, by finite differences.

    Parameters
    ----------
    d_nm : float
        Width in nm.
    D : float
        Diffusion coefficient in nm²/µs.
    t_us : float
        Time in µs, above zero.
    n : int
        Number of pieces; the nodes are at 0, d/n, 2d/n, ..., d.

    Returns
    -------
    array of shape (n + 1,)
        c / c0 at the nodes at time t_us; the first is 1, the last 0.
    """
    ### BEGIN SOLUTION
    steps = int(np.ceil(D * t_us / (0.4 * (d_nm / n) ** 2)))
    r = D * t_us / steps / (d_nm / n) ** 2
    c = np.zeros(n + 1)
    c[0] = 1
    for _ in range(steps):
        c[1:-1] += r * (c[2:] - 2 * c[1:-1] + c[:-2])
    return c
    ### END SOLUTION


# %% test="solve" points=3
# Finite differences between bath and absorbing side (3 points).
# 0.005, as the text says; the explicit scheme with r = 0.4 and 50 pieces is off by less than 0.002.
_c = solve(20.0, 330.0, 1.5, 20)
checks.shape(_c, (21,), what="solve(20.0, 330.0, 1.5, 20)")
checks.close(_c, 1 - np.linspace(0, 1, 21), atol=0.005, what="solve after 1.5 µs, when the profile is a line")
### BEGIN HIDDEN TESTS


def _series(x, T, right="absorbs"):
    if right == "absorbs":
        return 1 - x - sum(2 / (m * np.pi) * np.sin(m * np.pi * x) * np.exp(-((m * np.pi) ** 2) * T) for m in range(1, 200))
    half = (np.arange(200) + 0.5) * np.pi  # a wall at the right
    return 1 - sum(2 / a * np.sin(a * x) * np.exp(-(a**2) * T) for a in half)


# Pieces from 0.25 to 2.4 nm: a limit of the step that is right for pieces below 1 nm alone fails.
for _d, _D, _T, _n in [(20.0, 330.0, 0.03, 50), (15.0, 760.0, 0.12, 60), (33.0, 250.0, 0.3, 50), (120.0, 330.0, 0.1, 50)]:
    _x = np.linspace(0, 1, _n + 1)
    _c = solve(_d, _D, _T * _d**2 / _D, _n)
    checks.shape(_c, (_n + 1,), what=f"solve with {_n} pieces")
    checks.in_range(
        _c, -0.005, 1.005, what=f"solve with {_n} pieces",
        mistakes={"nothing happens: is c changed in the loop?": 0.0},
    )
    checks.close(
        _c,
        _series(_x, _T),
        atol=0.005,
        what=f"solve with {_n} pieces against the series",
        mistakes={
            "the right side reflects; it has to absorb, c = 0": _series(_x, _T, "reflects"),
            "twice too fast: each neighbour counts once, the node itself twice": _series(_x, 2 * _T),
            "twice too slow: each neighbour counts once, the node itself twice": _series(_x, _T / 2),
            "this is the steady line: time plays no part": 1 - _x,
            "bath and absorbing side are exchanged": _series(1 - _x, _T),
        },
    )
### END HIDDEN TESTS


# %%
def explicit(n, r, T):
    """The explicit scheme with a given r, up to the time T in units of d²/D."""
    c = np.zeros(n + 1)
    c[0] = 1
    for _ in range(int(round(T * n**2 / r))):
        c[1:-1] += r * (c[2:] - 2 * c[1:-1] + c[:-2])
    return c


places = np.linspace(0, WIDTH_NM, 51)
fig, (left, right) = plt.subplots(1, 2, layout="constrained", figsize=(8, 3.4))
for t, marker in [(0.01, "o"), (0.06, "s"), (0.3, "^")]:
    left.plot(places, filling(places, t, WIDTH_NM, D_CLEFT, 200), color="C5")
    left.plot(places[::2], solve(WIDTH_NM, D_CLEFT, t, 50)[::2], marker, color="C2", ms=4, label=f"{t} µs")
right.plot(places, explicit(50, 0.52, 0.02), color="C3")
left.set(xlabel="distance from the bath (nm)", ylabel="concentration / $c_0$ (1)")
right.set(xlabel="distance from the bath (nm)", ylabel="r = 0.52")
left.legend()
plt.show()
look_back("at r = 0.52 the solution is", "nonsense")
for n in (10, 20, 40):
    nodes = np.linspace(0, 1, n + 1)
    off = np.abs(explicit(n, 0.4, 0.1) - filling(nodes, 0.1, 1.0, 1.0, 100)).max()
    print(f"{n} pieces: largest error {off:.1e}")

# %% tags=["guard"]
fig.savefig("figures/solver.png", dpi=70)
_nodes = {_n: np.linspace(0, 1, _n + 1) for _n in (10, 20, 40)}
_errors = [np.abs(explicit(_n, 0.4, 0.1) - filling(_x, 0.1, 1.0, 1.0, 100)).max() for _n, _x in _nodes.items()]
checks.order([0.1, 0.05, 0.025], _errors, 2, what="the explicit scheme")
for _d, _D, _T, _n in [(20.0, 330.0, 0.03, 50), (15.0, 760.0, 0.12, 60), (33.0, 250.0, 0.3, 50), (120.0, 330.0, 0.1, 50)]:
    _x = np.linspace(0, _d, _n + 1)
    assert np.abs(solve(_d, _D, _T * _d**2 / _D, _n) - filling(_x, _T * _d**2 / _D, _d, _D, 200)).max() < 0.002
_bad = explicit(50, 0.52, 0.02)
assert _bad.max() > 1.5 and _bad.min() < -0.5 and np.abs(_bad).max() < 10, (_bad.min(), _bad.max())
assert np.abs(explicit(50, 0.52, 0.2)).max() > 1e4 and np.abs(explicit(50, 0.5, 0.2)).max() <= 1

# %% [markdown]
# Half the width of the pieces, a quarter of the error: second order. And a sharp limit: at $r > \frac12$ a node gives
# away more than it has. An implicit scheme (exercise 04) has no such limit.
#
# At $r = \frac12$ the scheme reads "half of what is here goes to the left, half to the right". That is a random walk; section 10 takes it at its word.

# %% [markdown]
# ## 9. The same in NEURON
#
# NEURON has a module for reactions and diffusion, `rxd` (McDougal, Hines and Lytton 2013,
# [doi:10.3389/fninf.2013.00028](https://doi.org/10.3389/fninf.2013.00028)). It is made for the inside of neurons, but a cylinder is a cylinder. What it needs:
#
# | line | what it does |
# |---|---|
# | `region = rxd.Region([a, b], nrn_region="i")` | where: the inside of these sections |
# | `stuff = rxd.Species(region, d=0.33, initial=function)` | who: its diffusion coefficient **in µm²/ms**, and a function of a node that returns the first concentration |
# | `node.sec`, `node.x` | section of a node, and place in it from 0 to 1 |
# | `stuff.nodes(a).concentration` | a list with the concentration in each segment of section `a` |
#
# One segment is one node, its concentration is that of its middle. Then `h.dt`, `h.finitialize(-65)` and `h.fadvance()` as ever, in
# **µm and ms**.
#
# In `rxd` the ends of a section are walls. A bath, or a side that absorbs, is a **vessel**: one more section, so thick that its concentration cannot change. With 1000 times the
# cleft's diameter it holds a million times as much as a piece of cleft of its length. So: three sections in a row, source, cleft and sink.
#
# (Diffusion alone needs no compiler and writes no files. As soon as you add a reaction, `rxd` calls the C compiler, and writes what it compiles into the working folder.)

# %%
from neuron import rxd

# %% [markdown]
# **Predict first.** The same equation, 50 segments, 200 time steps. How large will the largest difference from the series be: 0.1, 0.01, 0.001 or less?

# %% tags=["scratch"]
guesses["rxd against the series, largest difference"] = None  # your number

# %% [markdown]
# **Task 9.** Write `rxd_filling`: the problem of section 4 in `rxd`. Build everything inside the function, so that nothing
# is left behind; make vessels of the length of one piece, $d/n$, and a diameter of at least 1000 times the cleft's; take at least 200 time steps. It has to be right
# to 0.01.
#
# <details><summary>Hint 1: a nudge</summary>
#
# `cleft.connect(source(1))` and `sink.connect(cleft(1))`. The cleft has n segments, a vessel one. Beware of the units: how
# many µm is 1 nm, how many ms is 1 µs, how many µm²/ms is 1 nm²/µs?
# </details>
# <details><summary>Hint 2: the first concentration</summary>
#
# `initial=lambda node: 1.0 if node.sec == source else 0.0`
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `source, cleft, sink = [h.Section(name=name) for name in ("source", "cleft", "sink")]`
# </details>


# %% answer="rxd_filling"
def rxd_filling(d_nm, D, t_us, n):
    """Concentration between bath and absorbing side, by NEURON's rxd.

    Parameters
    ----------
    d_nm : float
        Width in nm.
    D : float
        Diffusion coefficient in nm²/µs.
    t_us : float
        Time in µs, above zero.
    n : int
        Number of segments of the cleft; their middles are at (k + 1/2) d/n, k = 0 ... n - 1.

    Returns
    -------
    array of shape (n,)
        c / c0 in the segments at time t_us.
    """
    ### BEGIN SOLUTION
    source, cleft, sink = [h.Section(name=name) for name in ("source", "cleft", "sink")]
    cleft.L, cleft.diam, cleft.nseg = 1e-3 * d_nm, 1.0, n
    for vessel in (source, sink):
        vessel.L, vessel.diam = 1e-3 * d_nm / n, 1000.0
    cleft.connect(source(1))
    sink.connect(cleft(1))
    region = rxd.Region([source, cleft, sink], nrn_region="i")
    start = lambda node: 1.0 if node.sec == source else 0.0  # noqa: E731
    transmitter = rxd.Species(region, d=1e-3 * D, initial=start)
    h.dt = 1e-3 * t_us / 200
    h.finitialize(-65)
    for _ in range(200):
        h.fadvance()
    return np.array(transmitter.nodes(cleft).concentration)
    ### END SOLUTION


# %% test="rxd_filling" points=3
# NEURON's rxd between bath and absorbing side (3 points).
# 0.01, as the text says: 200 implicit steps are off by less than 0.004.
_c = rxd_filling(20.0, 330.0, 0.7, 10)
checks.shape(_c, (10,), what="rxd_filling(20.0, 330.0, 0.7, 10)")
checks.close(
    _c,
    1 - (np.arange(10) + 0.5) / 10,
    atol=0.01,
    what="rxd_filling after 0.7 µs, when the profile is nearly a line",
    mistakes={
        "nothing has entered: is the source at 1, and connected? Are D in µm²/ms and the time in ms?": 0.0,
        "everything is full: is there a sink that absorbs?": 1.0,
    },
)
### BEGIN HIDDEN TESTS
for _d, _D, _T, _n in [(20.0, 330.0, 0.06, 40), (28.0, 500.0, 0.2, 25)]:
    _x = (np.arange(_n) + 0.5) / _n
    _waves = [np.sin(m * np.pi * _x) * 2 / (m * np.pi) for m in range(1, 100)]
    _right = 1 - _x - sum(w * np.exp(-((m * np.pi) ** 2) * _T) for m, w in enumerate(_waves, 1))
    _half = (np.arange(100) + 0.5) * np.pi
    _c = rxd_filling(_d, _D, _T * _d**2 / _D, _n)
    checks.shape(_c, (_n,), what=f"rxd_filling with {_n} segments")
    checks.close(
        _c,
        _right,
        atol=0.01,
        what=f"rxd_filling with {_n} segments against the series",
        mistakes={
            "the steady line: time or D is far too large. D in µm²/ms, time in ms, length in µm": 1 - _x,
            "nothing has entered: time or D is far too small. D in µm²/ms, time in ms, length in µm": 0.0,
            "the right side is a wall: a sink is missing": 1 - sum(2 / a * np.sin(a * _x) * np.exp(-(a**2) * _T) for a in _half),
            "bath and absorbing side are exchanged": _right[::-1],
        },
    )
### END HIDDEN TESTS

# %%
middles = (np.arange(50) + 0.5) / 50 * WIDTH_NM
off = max(
    np.abs(rxd_filling(WIDTH_NM, D_CLEFT, t, 50) - filling(middles, t, WIDTH_NM, D_CLEFT, 200)).max()
    for t in (0.06, 0.3)
)
look_back("rxd against the series, largest difference", f"{off:.4f}")
print("sections left in NEURON:", len(list(h.allsec())))

# %% tags=["guard"]
assert off < 0.004 and not list(h.allsec()), off
import os

assert not [name for name in os.listdir() if name.startswith("rxd")]
for _d, _D, _T, _n in [(20.0, 330.0, 0.06, 40), (28.0, 500.0, 0.2, 25)]:
    _x = (np.arange(_n) + 0.5) / _n * _d
    assert np.abs(rxd_filling(_d, _D, _T * _d**2 / _D, _n) - filling(_x, _T * _d**2 / _D, _d, _D, 200)).max() < 0.004
# a plain simulation afterwards knows nothing of it
_soma = h.Section(name="soma")
_soma.insert("pas")
h.dt = 0.025
h.finitialize(-65)
h.fadvance()
assert abs(h.t - 0.025) < 1e-12 and -70 < _soma(0.5).v < -64
del _soma

# %% [markdown]
# ## 10. Random walkers
#
# The equation describes an average. Behind it are molecules that walk at random: in each step $\Delta t$, a kick with mean 0 and variance $2D\,\Delta t$.
#
# **Task 10.** Write `walk`, for walkers in empty space, in one dimension, that all start at 0.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The *variances* of independent steps add up. So which power of Δt does the size of one step go with?
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# One step is $\sqrt{2D\,\Delta t}$ times a standard normal random number, for each walker and each step anew.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `rng = np.random.default_rng(seed)`
# </details>


# %% answer="walk"
def walk(n_walkers, t_us, D, dt_us, seed):
    """Places of independent random walkers in one dimension that started at 0.

    Parameters
    ----------
    n_walkers : int
        Number of walkers.
    t_us : float
        Time in µs, a whole multiple of dt_us.
    D : float
        Diffusion coefficient in nm²/µs.
    dt_us : float
        Time step in µs.
    seed : int
        Seed of the random numbers: the same seed gives the same walk, another seed another one.

    Returns
    -------
    array of shape (n_walkers,)
        Places at time t_us in nm.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    x_nm = np.zeros(n_walkers)
    for _ in range(int(round(t_us / dt_us))):
        x_nm += np.sqrt(2 * D * dt_us) * rng.standard_normal(n_walkers)
    return x_nm
    ### END SOLUTION


# %% test="walk" points=2
# Random walkers: mean, variance, seeds (2 points).
# Five standard errors everywhere: a right walk fails once in a million.
_x = walk(1000, 0.5, 330.0, 0.05, 1)
checks.shape(_x, (1000,), what="walk(1000, 0.5, 330.0, 0.05, 1)")
checks.mean_close(_x, 0.0, sigma=330.0**0.5, n_sigma=5, unit="nm", what="the mean place of 1000 walkers")
### BEGIN HIDDEN TESTS
for _n, _t, _D, _dt, _seed in [(20_000, 0.8, 330.0, 0.05, 11), (20_000, 0.6, 760.0, 0.2, 5), (20_000, 3.0, 50.0, 0.1, 73)]:
    _x = walk(_n, _t, _D, _dt, _seed)
    checks.shape(_x, (_n,), what="the places of other walkers")
    checks.mean_close(_x, 0.0, sigma=(2 * _D * _t) ** 0.5, n_sigma=5, unit="nm", what="the mean place of other walkers")
    checks.close(
        np.mean(np.square(_x)),
        2 * _D * _t,
        rtol=5 * (2 / _n) ** 0.5,  # the standard error of a variance is √(2/n) of it
        unit="nm2",
        what="the mean squared place of other walkers, which is 2Dt",
        mistakes={
            "the variance of a step is 2DΔt, not DΔt": _D * _t,
            "the variance of a step is 2DΔt, not 4DΔt": 4 * _D * _t,
            "the size of a step goes with √Δt: now the result depends on the time step": 2 * _D * _t * _dt,
            "this is the variance of a single step: the steps must add up": 2 * _D * _dt,
            "the size of a step is the root of 2DΔt": (2 * _D * _dt) ** 2 * _t / _dt,
            "all steps of a walker are the same: each needs a random number of its own": 2 * _D * _t * _t / _dt,
            "this is one step too many": 2 * _D * (_t + _dt),
        },
    )
_again, _other = np.asarray(walk(500, 0.5, 330.0, 0.1, 8)), np.asarray(walk(500, 0.5, 330.0, 0.1, 9))
checks.close(walk(500, 0.5, 330.0, 0.1, 8), _again, what="a second walk with the same seed")
checks.equal(bool(np.all(_again == _other)), False, what="are walks with different seeds the same?")
# Independent walkers: neighbours in the array have nothing in common (five standard errors).
_pairs = np.asarray(_x)[:-1] * np.asarray(_x)[1:] / (2 * _D * _t)
checks.mean_close(_pairs, 0.0, sigma=1.0, n_sigma=5, what="the correlation of one walker with the next")
### END HIDDEN TESTS

# %% [markdown]
# How well do walkers and equation agree? Not exactly, and it would be suspicious if they did. Of $N$ walkers, the number in a bin from $a$ to
# $b$ is a **binomial** random number: mean $Np$ and standard deviation $\sqrt{Np(1-p)}$, where $p$ is the equation's probability,
#
# $$p = \int_a^b G_1\,dx = \tfrac12\left[\operatorname{erf}\frac{b}{\sqrt{4Dt}} - \operatorname{erf}\frac{a}{\sqrt{4Dt}}\right].$$
#
# So the right question is by how many standard deviations a count is off: its **z-score**, $z = (\text{count} - Np)/\sqrt{Np(1-p)}$.
#
# **Predict first.** 20 000 walkers, a bin with $p$ = 0.01. Within which range will the count lie in 95 of 100 cases? And how many walkers make the count's error 1 %?

# %% tags=["scratch"]
guesses["half the 95 % range of a count with mean 200"] = None  # your number
guesses["walkers for a standard error of 1 % in this bin"] = None  # your number

# %% [markdown]
# **Task 11.** Write `z_scores`. The picture to reach:
#
# ![Two panels. Left: a histogram of walkers between -60 and 60 nm, dots with a grey band of two standard deviations around a black bell; nearly
# all dots lie in the band. Right: z-scores against place, scattered between -2 and 2 for the right walk, and far outside, with a clear pattern, for a walk whose
# steps are 8 % too long.](figures/walkers.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# `np.histogram(x_nm, edges_nm)[0]` counts. `erf` takes arrays: apply it to all edges at once and take differences.
# </details>
# <details><summary>Hint 2: which N?</summary>
#
# All walkers, also those outside of the edges.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `p = np.diff(erf(np.asarray(edges_nm) / np.sqrt(4 * D * t_us))) / 2`
# </details>


# %% answer="z_scores"
def z_scores(x_nm, edges_nm, t_us, D):
    """By how many standard deviations the counts of walkers in bins differ from the diffusion equation's.

    Parameters
    ----------
    x_nm : array of shape (n_walkers,)
        Places of all walkers in nm; they started at 0.
    edges_nm : array of shape (m + 1,)
        Edges of the m bins in nm, increasing.
    t_us : float
        Time in µs.
    D : float
        Diffusion coefficient in nm²/µs.

    Returns
    -------
    array of shape (m,)
        z-score of each bin, positive where there are too many walkers.
    """
    ### BEGIN SOLUTION
    n_walkers = len(x_nm)
    counts = np.histogram(x_nm, edges_nm)[0]
    p = np.diff(erf(np.asarray(edges_nm) / np.sqrt(4 * D * t_us))) / 2
    return (counts - n_walkers * p) / np.sqrt(n_walkers * p * (1 - p))
    ### END SOLUTION


# %% test="z_scores" points=2
# z-scores of counts (2 points).
# A closed formula, for given places: only rounding is allowed for.
checks.close(
    z_scores(np.concatenate([np.full(60, -3.0), np.full(40, 5.0)]), [-1e4, 0.0, 1e4], 1.0, 330.0),
    np.array([2.0, -2.0]),
    rtol=1e-6,
    what="z_scores of 60 walkers at the left and 40 at the right",
    mistakes={
        "the sign: positive where there are too many walkers": np.array([-2.0, 2.0]),
        "the variance of a count is Np(1 - p), not Np": np.array([2.0, -2.0]) / 2**0.5,
        "divide by the standard deviation, not by the variance": np.array([0.4, -0.4]),
    },
)
### BEGIN HIDDEN TESTS
from math import erf as _erf

for _n, _t, _D, _seed in [(3000, 0.7, 330.0, 3), (800, 2.0, 760.0, 21)]:
    _sd = (2 * _D * _t) ** 0.5
    _x = np.random.default_rng(_seed).normal(0.1 * _sd, 1.1 * _sd, _n)
    _edges = np.array([-1.5, -0.4, 0.1, 0.5, 1.8]) * _sd
    _counts = np.array([((_x >= a) & (_x < b)).sum() for a, b in zip(_edges[:-1], _edges[1:])])
    _p = np.diff([0.5 * (1 + _erf(edge / (_sd * 2**0.5))) for edge in _edges])
    _middle = np.exp(-(((_edges[1:] + _edges[:-1]) / 2 / _sd) ** 2) / 2) / (_sd * (2 * np.pi) ** 0.5) * np.diff(_edges)
    _inside = _counts.sum()
    checks.close(
        z_scores(_x, _edges, _t, _D),
        (_counts - _n * _p) / (_n * _p * (1 - _p)) ** 0.5,
        rtol=1e-6,
        what="the z-scores of other walkers",
        mistakes={
            "the variance of a count is Np(1 - p), not Np": (_counts - _n * _p) / (_n * _p) ** 0.5,
            "divide by the standard deviation, not by the variance": (_counts - _n * _p) / (_n * _p * (1 - _p)),
            "the sign: positive where there are too many walkers": (_n * _p - _counts) / (_n * _p * (1 - _p)) ** 0.5,
            "N is the number of all walkers, not of those within the edges": (_counts - _inside * _p)
            / (_inside * _p * (1 - _p)) ** 0.5,
            "p is an integral over the bin, not the density in its middle": (_counts - _n * _middle)
            / (_n * _middle * (1 - _middle)) ** 0.5,
        },
    )
### END HIDDEN TESTS

# %%
t, n_walkers = 0.6, 20_000
edges = np.linspace(-60, 60, 41)
centres = (edges[1:] + edges[:-1]) / 2
places = walk(n_walkers, t, D_CLEFT, 0.05, 2024)
p = np.diff(erf(edges / np.sqrt(4 * D_CLEFT * t))) / 2
mean, sd = n_walkers * p, np.sqrt(n_walkers * p * (1 - p))
z, z_long = z_scores(places, edges, t, D_CLEFT), z_scores(1.08 * places, edges, t, D_CLEFT)
fig, (left, right) = plt.subplots(1, 2, layout="constrained", figsize=(8, 3.4))
left.fill_between(centres, mean - 2 * sd, mean + 2 * sd, color="0.8", label="± 2 standard deviations")
left.plot(centres, mean, color="C5", lw=1, label="equation")
left.plot(centres, np.histogram(places, edges)[0], ".", color="C2", label="walkers")
right.plot(centres, z, ".", color="C2", label="right steps")
right.plot(centres, z_long, "x", color="C3", label="steps 8 % too long")
right.axhspan(-2, 2, color="0.9", zorder=0)
left.set(xlabel="place (nm)", ylabel="walkers in a bin")
right.set(xlabel="place (nm)", ylabel="z-score (1)")
left.legend(fontsize="small", loc="lower center")
right.legend(fontsize="small")
plt.show()
print(f"outside of ± 2: {np.mean(np.abs(z) > 2):.0%} of the bins with right steps, {np.mean(np.abs(z_long) > 2):.0%} with long ones")
look_back("half the 95 % range of a count with mean 200", f"{1.96 * np.sqrt(200 * 0.99):.0f}")
look_back("walkers for a standard error of 1 % in this bin", f"{0.99 / 0.01 / 0.01**2:.0f}")

# %% tags=["guard"]
fig.savefig("figures/walkers.png", dpi=70)
assert np.mean(np.abs(z) > 2) <= 0.1 and np.mean(np.abs(z_long) > 2) > 0.25 and np.abs(z_long).max() > 4
assert abs(1.96 * np.sqrt(200 * 0.99) - 27.6) < 0.1 and abs(0.99 / 0.01 / 1e-4 - 990_000) < 1
# forty seeds: the share of |z| > 2 is that of a normal distribution, 4.6 % (binomial counts: a little off)
_all = np.concatenate([z_scores(walk(n_walkers, t, D_CLEFT, 0.1, _s), edges[6:-6], t, D_CLEFT) for _s in range(40)])
assert abs(np.mean(np.abs(_all) > 2) - 0.0455) < 0.02 and abs(np.std(_all) - 1) < 0.05

# %% [markdown]
# In 95 of 100 cases the count lies within 200 ± 28, and for 1 % it takes a million walkers: the error falls with the root of
# their number only. Yet 20 000 walkers see at once that steps are 8 % too long, because all bins speak together. To say "they
# agree" without saying within what is to say nothing.

# %% [markdown] discuss="models" points=4
# ### Discussion: which model for which question?
#
# In six to ten sentences, with numbers from this exercise: (a) A textbook computes the peak at the postsynaptic side from the free one-dimensional solution. Name three things that
# a real cleft does not share with this solution, and say for each what it changes: the time, the height, or both, and by how much. (b) The
# postsynaptic side is modelled as absorbing. What follows for a vesicle of 3000 molecules, and what do receptors do instead? (c) You could measure $D$ in a cleft by the
# time lag. Why would nobody try, and what makes the gel possible? (d) A colleague's 10 000 walkers differ from your solver by 12 % in a bin with
# $p$ = 0.005. Is one of you wrong? What would you do?
#
# *How it is judged: one point for each part, for the argument together with its number.*
### BEGIN MARK SCHEME
# - (a) 1 point: three of: presynaptic wall (height × 2, time unchanged); postsynaptic wall (no peak any more, end value 4.13 times the free peak); one vesicle is a
#   pore, not a sheet (tens of mM opposite to it, 30 µs until it has spread over the synapse, fifty times the crossing time); width and D (5 nm and 800 nm²/µs: 40 times too early); rim and uptake end it. Half a
#   point for two.
# - (b) 1 point: at 1 mM the flux into an absorbing side is 0.01 molecules/(nm² µs), some 1250 a microsecond for the cleft, so the vesicle is gone in 2.4 µs (half a point); receptors are few, they bind and
#   release, transmitter leaves by diffusion at the rim and by uptake (half a point).
# - (c) 1 point: the lag goes with d²: 0.2 µs in a cleft (d²/6D), against 15 s in 200 µm of gel; no detector at one side of a cleft. Half a point without
#   numbers.
# - (d) 1 point: mean 50, standard deviation 7, so 12 % is 6 walkers, less than one standard deviation: no evidence (half a point). More walkers, all bins together (z-scores, chi-squared), several
#   seeds, halved steps in the solver (half a point for one of them).
### END MARK SCHEME

# %% tags=["guard"]
assert abs(flux * np.pi * RADIUS_NM**2 - 1250) < 10 and abs(MOLECULES / 1250 - 2.4) < 0.01
assert abs(WIDTH_NM**2 / (6 * D_CLEFT) - 0.2) < 0.01
assert abs((1e4 * 0.005 * 0.995) ** 0.5 - 7) < 0.1 and 0.12 * 50 < 7

# %% [markdown]
# ## What you have done, and where to go next
#
# 1. **Crossing** a cleft of 20 nm takes 0.6 µs as a sheet and 0.2 µs from a point: $r^2/2nD$, with the square of the distance.
# 2. **Walls** change heights by factors of two and four and can take a peak away; mirror images account for them.
# 3. **A series** needs about $1/\sqrt{t}$ terms. Early on, images are better; two terms are enough from $0.06\,d^2/D$ on.
# 4. **A diffusion coefficient** is read off a late straight line: $D = d^2/6t_\text{lag}$, whatever the detector's units.
# 5. **Walkers** agree with the equation within $\sqrt{Np(1-p)}$; a z-score says whether they do. Solver, `rxd` and series agree to a part in a thousand.
#
# **Where to go next.** `10_extracellular_potentials` leaves the molecules and follows the currents that they switch on. To read on: Crank, *The Mathematics of Diffusion* (2nd edition, 1975), and
# Berg, *Random Walks in Biology* (1993).
