# %% [markdown]
# # The integrate-and-fire neuron
#
# A neuron has thousands of channels and an elaborate shape. Yet one differential equation and one rule are enough
# to answer many questions about it: how much current makes it fire, how fast it fires, and how regularly. This is
# the **leaky integrate-and-fire neuron**. Lapicque used such a circuit in 1907 to explain when a nerve is excited
# (Brunel and van Rossum 2007, [doi:10.1007/s00422-007-0190-0](https://doi.org/10.1007/s00422-007-0190-0)). Today it
# is the workhorse of large network models. In this exercise you build one, check it against a formula, and then
# shake it with noise.
#
# **What you will do**
#
# - derive the smallest current that makes the neuron fire, and the firing rate for every larger current;
# - write a simulator with the forward Euler method, for a current of any shape;
# - measure how fast the error of the simulation shrinks with the time step;
# - add noise in such a way that the result does not depend on the time step;
# - measure the firing rate and the irregularity of the noisy neuron.
#
# **What you will learn**
#
# - why a neuron without noise has a sharp threshold, and a neuron with noise has none;
# - what the *order* of a numerical method means, and how to measure it;
# - why random kicks grow with the square root of the time step;
# - what the coefficient of variation says about the input that a neuron receives.
#
# **What you need**
#
# - the lecture *Integrate-and-fire and Hodgkin-Huxley* (`03_point_neurons`);
# - loops, functions and NumPy arrays in Python.
#
# **Time:** about 100 minutes. **Points:** 20 automatic and 6 by hand.

# %% tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np
from scipy.integrate import quad
from scipy.special import erfcx

import checks

plt.style.use("course.mplstyle")

# One model neuron: the defaults of the iaf_psc models of the simulator NEST (10 ms / 250 pF = 40 MΩ).
CELL = {
    "tau_ms": 10.0,  # membrane time constant
    "R_MOhm": 40.0,  # membrane resistance
    "E_L_mV": -70.0,  # resting potential
    "V_th_mV": -55.0,  # threshold
    "V_reset_mV": -70.0,  # potential right after a spike
    "t_ref_ms": 2.0,  # refractory period
}

# %% [markdown]
# ## 1. The model
#
# Below threshold the membrane is a resistance and a capacitance side by side, driven by a current $I$:
#
# $$\tau\,\frac{\mathrm{d}V}{\mathrm{d}t} = E_L - V + R\,I(t), \qquad \tau = RC .$$
#
# The spike itself is not modelled. A rule takes its place: when $V$ reaches the threshold $V_\mathrm{th}$, the neuron
# spikes, $V$ jumps to $V_\mathrm{reset}$ and stays there for the refractory period $t_\mathrm{ref}$. After that the
# equation takes over again.
#
# | symbol | in the dictionary `CELL` | value | meaning |
# |---|---|---|---|
# | $\tau$ | `"tau_ms"` | 10 ms | membrane time constant |
# | $R$ | `"R_MOhm"` | 40 MΩ | membrane resistance |
# | $E_L$ | `"E_L_mV"` | −70 mV | resting potential |
# | $V_\mathrm{th}$ | `"V_th_mV"` | −55 mV | threshold |
# | $V_\mathrm{reset}$ | `"V_reset_mV"` | −70 mV | reset potential |
# | $t_\mathrm{ref}$ | `"t_ref_ms"` | 2 ms | refractory period |
#
# These are the default values of NEST's model `iaf_psc_alpha`, so that you can compare your results with NEST's in
# a later exercise. Each of your functions receives such a dictionary as its argument `cell`. Use `cell`, not
# `CELL`, inside your functions: they are tested with other neurons too.
#
# **Units.** All through this exercise potentials are in mV, times in ms, currents in pA, resistances in MΩ and
# rates in Hz (spikes per second). Mind the product $RI$: 1 MΩ · 1 pA = 10⁶ Ω · 10⁻¹² A = 10⁻⁶ V = 0.001 mV.

# %% [markdown]
# ## 2. On paper: which current makes it fire, and how fast?
#
# **Predict first.** A constant current flows for a long time. Write your guesses down before you go on: you will come
# back to them.

# %% [markdown] tags=["scratch"]
# **My predictions** (replace the dots; nobody grades them)
#
# - I draw the firing rate against the current. From zero current on, the curve looks like this: ...
# - Close to the smallest current that makes the neuron fire, the curve rises (gently / steeply): ...
# - For a very large current the rate tends to: ... Hz

# %% [markdown]
# ### Task 1: the rheobase
#
# The **rheobase** is the smallest constant current that brings the membrane to threshold, if one waits long enough.
# Write the function `rheobase`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which potential does the membrane settle to when a constant current flows for ever and there is no threshold?
# </details>
# <details><summary>Hint 2: the formula to start from</summary>
#
# In the steady state $\mathrm{d}V/\mathrm{d}t = 0$, so $V_\infty = E_L + RI$. At the rheobase this equals ... ?
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `distance_mV = cell["V_th_mV"] - cell["E_L_mV"]`
# </details>


# %% answer="rheobase"
def rheobase(cell):
    """Smallest constant current that brings the membrane to threshold.

    Parameters
    ----------
    cell : dict
        Parameters of the neuron, with the keys of CELL.

    Returns
    -------
    float
        Current in pA. Example: 100 MΩ and a threshold 10 mV above rest give 100 pA.
    """
    ### BEGIN SOLUTION
    return 1e3 * (cell["V_th_mV"] - cell["E_L_mV"]) / cell["R_MOhm"]
    ### END SOLUTION


# %% test="rheobase" points=1
# The rheobase in pA (1 point).
_example = dict(CELL, R_MOhm=100.0, E_L_mV=-65.0, V_th_mV=-55.0, V_reset_mV=-65.0)
checks.close(
    rheobase(_example),
    100.0,
    unit="pA",
    what="the rheobase of a cell with 100 MΩ, 10 mV below threshold",
    mistakes={"this uses CELL where it should use the argument `cell`": rheobase(CELL)},
)
### BEGIN HIDDEN TESTS
# Tolerance 1e-6: a formula, so only rounding.
checks.close(rheobase(CELL), 375.0, unit="pA", what="the rheobase of CELL")
for _E_L, _V_th, _V_reset, _R in [(-72.0, -50.0, -60.0, 85.0), (-60.0, -48.0, -66.0, 250.0)]:
    _cell = dict(CELL, E_L_mV=_E_L, V_th_mV=_V_th, V_reset_mV=_V_reset, R_MOhm=_R)
    checks.close(
        rheobase(_cell),
        1e3 * (_V_th - _E_L) / _R,
        unit="pA",
        what="the rheobase of another cell",
        mistakes={
            "this uses CELL where it should use the argument `cell`": 375.0,
            "the distance to threshold counts from rest, not from the reset potential": 1e3 * (_V_th - _V_reset) / _R,
            "the threshold counts from rest, not from 0 mV": 1e3 * _V_th / _R,
            "a current is a potential divided by a resistance": 1e-3 * (_V_th - _E_L) * _R,
        },
    )
### END HIDDEN TESTS

# %% tags=["guard"]
assert rheobase(CELL) == 375.0  # NEST's iaf_psc models fire above 375 pA and not below

# %% [markdown]
# ### Task 2: the f-I curve
#
# Now find the firing rate $f$ for a constant current $I$, the **f-I curve**. One cycle consists of the refractory
# period and the time that the membrane takes to climb from reset to threshold. Solve the equation of section 1 for
# this climb. Write the function `analytic_rate`. It takes one current or an array of currents, and returns 0 Hz
# wherever the current is at or below the rheobase.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The rate is one divided by the length of a cycle. The cycle has two parts. Only one of them depends on the current.
# </details>
# <details><summary>Hint 2: the formula to start from</summary>
#
# From $V(0) = V_\mathrm{reset}$ the membrane relaxes towards $V_\infty = E_L + RI$:
# $$V(t) = V_\infty + (V_\mathrm{reset} - V_\infty)\,e^{-t/\tau} .$$
# Set $V(t) = V_\mathrm{th}$ and solve for $t$. Then turn "per ms" into "per second".
# </details>
# <details><summary>Hint 3: a first line, and how to treat arrays</summary>
#
# `V_inf_mV = cell["E_L_mV"] + 1e-3 * cell["R_MOhm"] * np.asarray(I_pA, dtype=float)`
#
# Start from `rate = np.zeros_like(V_inf_mV)` and fill in the places `fires = V_inf_mV > cell["V_th_mV"]` only. The
# logarithm is not defined anywhere else.
# </details>


# %% answer="analytic_rate"
def analytic_rate(I_pA, cell):
    """Firing rate under a constant current, from the formula.

    Parameters
    ----------
    I_pA : float or array of floats, any shape
        Constant current in pA.
    cell : dict
        Parameters of the neuron, with the keys of CELL.

    Returns
    -------
    float or array
        Firing rate in Hz, as many values as `I_pA` has; 0 at and below the rheobase.
        Example: `analytic_rate(500.0, CELL)` is close to 63 Hz.
    """
    ### BEGIN SOLUTION
    V_inf_mV = cell["E_L_mV"] + 1e-3 * cell["R_MOhm"] * np.asarray(I_pA, dtype=float)
    rate_Hz = np.zeros_like(V_inf_mV)
    fires = V_inf_mV > cell["V_th_mV"]
    above_reset = V_inf_mV[fires] - cell["V_reset_mV"]
    above_threshold = V_inf_mV[fires] - cell["V_th_mV"]
    rate_Hz[fires] = 1e3 / (cell["t_ref_ms"] + cell["tau_ms"] * np.log(above_reset / above_threshold))
    return rate_Hz
    ### END SOLUTION


# %% test="analytic_rate" points=2
# The firing rate in Hz above the rheobase (2 points).
checks.close(
    analytic_rate(500.0, CELL),
    63.04,  # NEST's iaf_psc_alpha_ps, which places spikes between grid points, gives 63.0400 Hz
    rtol=1e-4,  # the reference has four decimals
    unit="Hz",
    what="analytic_rate(500.0, CELL)",
    mistakes={
        "the refractory period is missing": 72.1348,
        "the argument of the logarithm is upside down": -84.2970,
        "the logarithm is the natural one (np.log)": 124.6790,
        "the product R·I is 1000 times too large": 498.1313,
    },
)
### BEGIN HIDDEN TESTS
# Tolerance 1e-6: a formula, so only rounding.
_cells = [
    dict(tau_ms=20.0, R_MOhm=100.0, E_L_mV=-65.0, V_th_mV=-50.0, V_reset_mV=-60.0, t_ref_ms=3.0),
    dict(tau_ms=15.0, R_MOhm=60.0, E_L_mV=-72.0, V_th_mV=-54.0, V_reset_mV=-76.0, t_ref_ms=0.5),
]
for _cell in _cells:
    _tau, _t_ref, _reset = _cell["tau_ms"], _cell["t_ref_ms"], _cell["V_reset_mV"]
    _I = 1.7e3 * (_cell["V_th_mV"] - _cell["E_L_mV"]) / _cell["R_MOhm"]
    _V_inf = _cell["E_L_mV"] + 1e-3 * _cell["R_MOhm"] * _I
    _climb = _tau * np.log((_V_inf - _reset) / (_V_inf - _cell["V_th_mV"]))
    _from_rest = _tau * np.log((_V_inf - _cell["E_L_mV"]) / (_V_inf - _cell["V_th_mV"]))
    _global = CELL["t_ref_ms"] + CELL["tau_ms"] * np.log(0.04 * _I / (0.04 * _I - 15.0)) if _I > 375.0 else np.inf
    checks.close(
        analytic_rate(_I, _cell),
        1e3 / (_t_ref + _climb),
        unit="Hz",
        what="the firing rate of another cell",
        mistakes={
            "the refractory period is missing": 1e3 / _climb,
            "the climb starts at the reset potential, not at rest": 1e3 / (_t_ref + _from_rest),
            "the argument of the logarithm is upside down": 1e3 / (_t_ref - _climb),
            "the logarithm is the natural one (np.log)": 1e3 / (_t_ref + _climb / np.log(10.0)),
            "the rate is one divided by the cycle": _t_ref + _climb,
            "this uses CELL where it should use the argument `cell`": 1e3 / _global,
            "this is a rate per ms (kHz): 1 Hz is one spike per second": 1.0 / (_t_ref + _climb),
        },
    )
### END HIDDEN TESTS

# %% test="analytic_rate/limits" points=1
# Arrays of currents, and silence up to the rheobase (1 point).
checks.shape(analytic_rate(np.array([400.0, 500.0, 600.0]), CELL), (3,), what="the rates for three currents")
checks.close(
    analytic_rate(np.array([-100.0, 0.0, 200.0]), CELL), [0.0, 0.0, 0.0], unit="Hz", what="the rates below the rheobase"
)
### BEGIN HIDDEN TESTS
# Silence does not depend on details of the climb, so a mistake there is not punished again.
_cell = dict(tau_ms=20.0, R_MOhm=100.0, E_L_mV=-65.0, V_th_mV=-50.0, V_reset_mV=-65.0, t_ref_ms=4.0)
checks.close(analytic_rate(150.0, _cell), 0.0, unit="Hz", what="the rate exactly at the rheobase")
checks.close(
    analytic_rate(np.zeros((2, 3)), _cell), np.zeros((2, 3)), unit="Hz", what="the rates for a table of zero currents"
)
_mixed = np.asarray(analytic_rate(np.array([100.0, 149.0, 151.0, 200.0, 400.0]), _cell), dtype=float)
checks.shape(_mixed, (5,), what="the rates below and above the rheobase in one array")
checks.close(_mixed[:2], [0.0, 0.0], unit="Hz", what="the rates below the rheobase in a mixed array")
checks.in_range(np.abs(_mixed[2:]), 1e-9, 1e6, what="the size of the rates above the rheobase in a mixed array")
### END HIDDEN TESTS

# %% tags=["guard"]
# NEST 3.10, iaf_psc_alpha_ps, four decimals.
nest_Hz = {376: 16.3143, 400: 33.6407, 500: 63.0400, 1000: 149.2529, 2000: 245.3149}
assert np.allclose(analytic_rate(np.array(list(nest_Hz)), CELL), list(nest_Hz.values()), atol=6e-5)
assert 490 < analytic_rate(1e6, CELL) < 500 and analytic_rate(375.0, CELL) == 0
rise_Hz = np.diff(analytic_rate(np.array([375.0, 376.0, 1000.0, 1001.0]), CELL))
assert rise_Hz[0] > 100 * rise_Hz[2]

# %% [markdown]
# Now look at the curve, and at the two lines that bound it.

# %%
currents_pA = np.linspace(0, 1000, 1001)
fig, ax = plt.subplots(layout="constrained")
ax.plot(currents_pA, analytic_rate(currents_pA, CELL), color="C5", label="analytic")
ax.axvline(rheobase(CELL), color="C5", linestyle=":", label="rheobase")
ax.axhline(1e3 / CELL["t_ref_ms"], color="C5", linestyle="--", label="limit set by the refractory period")
ax.set(xlabel="current (pA)", ylabel="firing rate (Hz)", ylim=(0, 520))
ax.legend()
plt.show()

# %% [markdown]
# **Compare.** Go back to your predictions. Many people draw a straight line that begins at the rheobase. The
# formula says otherwise: right above the rheobase the membrane creeps towards a threshold that it hardly reaches, so
# the rate begins at zero, but it rises there more than a hundred times as steeply as at 1000 pA. For very large
# currents the climb takes no time at all, and only the refractory period is left: $f \to 1/t_\mathrm{ref} = 500$
# Hz.

# %% [markdown]
# ## 3. In the computer: forward Euler
#
# The formula needs a constant current. A simulation takes any current. The forward Euler method replaces the
# derivative by a difference: for a small time step $\Delta t$,
#
# $$V_{k+1} = V_k + \frac{\Delta t}{\tau}\,\bigl(E_L - V_k + R\,I_k\bigr) .$$
#
# **Predict first.** At 400 pA your formula says about 34 Hz. The current is switched on at $t = 0$, when the neuron
# is at rest. How many spikes come within the first 100 ms, and when does the first one come?

# %% [markdown] tags=["scratch"]
# **My prediction** for 400 pA: ... spikes within 100 ms, the first at about ... ms. Between two spikes the voltage
# looks like ...

# %% [markdown]
# ### Task 3: the simulator
#
# Write the function `simulate`. So that results can be compared, it follows these conventions:
#
# 1. The current comes as an array, one value a time step: `I_pA[k]` flows from $t = k\,\Delta t$ to
#    $(k+1)\,\Delta t$.
# 2. `V_mV` has as many values as `I_pA`. `V_mV[k]` is the potential at $t = k\,\Delta t$, and `V_mV[0]` is $E_L$.
#    (The last current value is therefore not used.)
# 3. Each new value comes from the old one by a step of forward Euler. When the new value `V_mV[k + 1]` is at or
#    above threshold, the neuron spikes: the spike time is $(k+1)\,\Delta t$, and `V_mV[k + 1]` is set to
#    $V_\mathrm{reset}$.
# 4. For the next $t_\mathrm{ref}/\Delta t$ steps (rounded to a whole number) the potential stays at
#    $V_\mathrm{reset}$, whatever the current does. Then the Euler steps go on.
#
# The expected result for `CELL` and 400 pA, switched on for 100 ms:
#
# ![Membrane potential against time for 100 ms. It climbs from −70 mV, ever more slowly, to the threshold at −55 mV,
# drops to −70 mV, stays there for 2 ms and climbs again; dots above the curve mark three spikes near 28, 57 and 87
# ms.](figures/voltage_trace.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# One loop over the steps. In each step the neuron is in one of two states: refractory (nothing happens) or not
# (Euler step, then compare with the threshold). A counter of the refractory steps that are left tells the two
# apart.
# </details>
# <details><summary>Hint 2: the structure</summary>
#
# For each `k` from 0 to `len(I_pA) - 2`: if the counter is above zero, set `V_mV[k + 1]` to the reset potential and
# count down. Otherwise do the Euler step; if the new value is at or above threshold, note the time, set the
# potential to its reset value and start the counter.
# </details>
# <details><summary>Hint 3: first lines</summary>
#
# ```python
# V_mV = np.empty(len(I_pA))
# V_mV[0] = cell["E_L_mV"]
# n_ref = round(cell["t_ref_ms"] / dt_ms)   # int() would turn 16.999999 into 16
# steps_left = 0
# spike_times_ms = []
# ```
# </details>


# %% answer="simulate"
def simulate(I_pA, dt_ms, cell):
    """Leaky integrate-and-fire neuron, forward Euler.

    Parameters
    ----------
    I_pA : array of n floats
        Current in pA, one value a time step.
    dt_ms : float
        Time step in ms.
    cell : dict
        Parameters of the neuron, with the keys of CELL.

    Returns
    -------
    V_mV : array of n floats
        Membrane potential in mV at the times 0, dt_ms, 2 dt_ms, ...; it begins with the resting potential.
    spike_times_ms : array of floats
        Spike times in ms; empty if there are none.

    Example: `V_mV, spike_times_ms = simulate(np.full(1000, 400.0), 0.1, CELL)` simulates 100 ms.
    """
    ### BEGIN SOLUTION
    target_mV = cell["E_L_mV"] + 1e-3 * cell["R_MOhm"] * np.asarray(I_pA, dtype=float)
    n_ref = round(cell["t_ref_ms"] / dt_ms)
    V_mV = np.empty(len(target_mV))
    V_mV[0] = cell["E_L_mV"]
    steps_left = 0
    spike_times_ms = []
    for k in range(len(V_mV) - 1):
        if steps_left > 0:
            V_mV[k + 1] = cell["V_reset_mV"]
            steps_left -= 1
            continue
        V_mV[k + 1] = V_mV[k] + dt_ms / cell["tau_ms"] * (target_mV[k] - V_mV[k])
        if V_mV[k + 1] >= cell["V_th_mV"]:
            V_mV[k + 1] = cell["V_reset_mV"]
            spike_times_ms.append((k + 1) * dt_ms)
            steps_left = n_ref
    return V_mV, np.array(spike_times_ms)
    ### END SOLUTION


# %% test="simulate/below_threshold" points=1
# Below threshold: the shape of the result, where it starts, each step of forward Euler (1 point).
_result = simulate(np.full(200, 300.0), 0.1, dict(CELL, V_th_mV=1e6))
checks.parts(_result, 2, what="the result of simulate (V_mV, spike_times_ms)")
checks.shape(_result[0], (200,), what="V_mV for 200 current values")
checks.close(_result[0][0], -70.0, unit="mV", what="V_mV[0], the resting potential")
checks.close(
    _result[0][1] - _result[0][0],
    0.12,
    rtol=1e-9,
    unit="mV",
    what="the first step of V_mV (300 pA, 0.1 ms)",
    mistakes={
        "this is the exact solution; the task asks for forward Euler": 12.0 * (1 - np.exp(-0.01)),
        "this is backward Euler; the task asks for forward Euler": 12.0 * (1 - 1 / 1.01),
    },
)
checks.shape(_result[1], (0,), what="spike_times_ms for 300 pA, below the rheobase")
### BEGIN HIDDEN TESTS
# Forward Euler with a constant current is a geometric series, known to rounding: no discretisation error to allow for.
_cell = dict(tau_ms=16.0, R_MOhm=90.0, E_L_mV=-66.0, V_th_mV=-50.0, V_reset_mV=-60.0, t_ref_ms=3.0)
_k = np.arange(150)
_left = (1 - 1 / 32.0) ** _k  # dt/τ = 0.5 ms / 16 ms
_euler = -66.0 + 13.5 * (1 - _left)
checks.close(
    simulate(np.full(150, 150.0), 0.5, _cell)[0],
    _euler,
    rtol=1e-9,
    unit="mV",
    what="V_mV of another cell below threshold",
    mistakes={
        "this uses CELL where it should use the argument `cell`": -70.0 + 6.0 * (1 - 0.95**_k),
        "the resting potential is missing": 13.5 * (1 - _left),
    },
)
### END HIDDEN TESTS

# %% test="simulate" points=2
# Spike times and refractory period under a constant current (2 points).
# A cycle may differ by two steps: "at or above" is sensitive to rounding, and better methods than Euler are one step late.
_spikes = simulate(np.full(1000, 400.0), 0.1, CELL)[1]
if len(_spikes) > 1:
    checks.close(
        _spikes[1] - _spikes[0],
        29.6,
        rtol=0.008,
        unit="ms",
        what="the interval between the first two spikes for 400 pA",
        mistakes={
            "the refractory period is missing": 27.6,
            "every step above threshold is counted as a spike: is V reset?": 0.1,
        },
    )
checks.spike_times(_spikes, [27.6, 57.2, 86.8], atol=0.65, what="the spike times for 400 pA during 100 ms")
### BEGIN HIDDEN TESTS
# Expected: from reset to threshold forward Euler takes ceil(ln((V∞-V_th)/(V∞-V_start)) / ln(1-dt/τ)) steps.
_cases = [
    (dict(tau_ms=20.0, R_MOhm=100.0, E_L_mV=-65.0, V_th_mV=-50.0, V_reset_mV=-58.0, t_ref_ms=4.0), 230.0, 0.05),
    (dict(tau_ms=12.0, R_MOhm=50.0, E_L_mV=-70.0, V_th_mV=-55.0, V_reset_mV=-75.0, t_ref_ms=1.7), 500.0, 0.1),
]
for _cell, _I, _dt in _cases:
    _V_inf = _cell["E_L_mV"] + 1e-3 * _cell["R_MOhm"] * _I
    _start = np.array([_cell["E_L_mV"], _cell["V_reset_mV"]])
    _n = np.ceil(np.log((_V_inf - _cell["V_th_mV"]) / (_V_inf - _start)) / np.log(1 - _dt / _cell["tau_ms"]))
    _cycle = _dt * _n[1] + _cell["t_ref_ms"]
    _expected = _dt * _n[0] + _cycle * np.arange(4)
    _steps = round((_expected[-1] + 0.5 * _cycle) / _dt)  # ends between two spikes
    _V, _spikes = simulate(np.full(_steps, _I), _dt, _cell)
    if len(_spikes) > 1:
        checks.close(
            _spikes[1] - _spikes[0],
            _cycle,
            atol=2.05 * _dt,
            unit="ms",
            what="the interval between the first two spikes of another cell",
            mistakes={
                "the refractory period is missing": _cycle - _cell["t_ref_ms"],
                "after a spike V goes to the reset potential, not to rest": _dt * _n[0] + _cell["t_ref_ms"],
                "this uses CELL where it should use the argument `cell`": 29.6,
            },
        )
    # Two steps a spike, as above.
    checks.spike_times(_spikes, _expected, atol=8 * _dt + 1e-9, what="the spike times of another cell")
_simulate_passed = True
### END HIDDEN TESTS

# %% test="simulate/any_current" points=1
# A current that changes in time, and what happens while the neuron is refractory (1 point).
_pulse = np.zeros(600)
_pulse[100:400] = 350.0  # 30 ms, below the rheobase
_V = np.asarray(simulate(_pulse, 0.1, CELL)[0], dtype=float)
checks.close(_V[:100], np.full(100, -70.0), unit="mV", what="V_mV before the pulse")
checks.close(
    int(np.argmax(_V)),
    400,
    atol=1,
    what="the index at which V_mV is largest, the end of the pulse",
    mistakes={"the current does not reach the neuron: does step k use I_pA[k]?": 0},
)
### BEGIN HIDDEN TESTS
_dt, _n = 0.1, 1200
_cell = dict(tau_ms=14.0, R_MOhm=80.0, E_L_mV=-68.0, V_th_mV=-52.0, V_reset_mV=-62.0, t_ref_ms=6.0)
_I = 260.0 + 200.0 * np.sin(2 * np.pi * np.arange(_n) * _dt / 35.0)
_V, _spikes = simulate(_I, _dt, _cell)
_V, _spikes = np.asarray(_V, dtype=float), np.asarray(_spikes, dtype=float)
_expected, _v, _free_from = [], _cell["E_L_mV"], 0
for _k in range(_n - 1):
    if _k >= _free_from:
        _v += _dt / _cell["tau_ms"] * (_cell["E_L_mV"] - _v + 1e-3 * _cell["R_MOhm"] * _I[_k])
        if _v >= _cell["V_th_mV"]:
            _v, _free_from = _cell["V_reset_mV"], _k + 1 + 60
            _expected.append((_k + 1) * _dt)
# As many steps as spikes, as for a constant current, and one for I[k] against I[k+1].
checks.spike_times(
    _spikes, _expected, atol=(len(_expected) + 1) * _dt, what="the spike times for a current that swings"
)
# Spike times and V belong together: V climbs before a spike and rests at reset after it. At the spike itself V may show
# the crossing or the reset, and two steps are left free at the end of the refractory period.
checks.shape(_V, (_n,), what="V_mV for a current that swings")
for _t in _spikes[:3]:
    _first = round(_t / _dt)
    checks.close(
        _V[_first + 1 : _first + 58],
        np.full(57, _cell["V_reset_mV"]),
        unit="mV",
        what="V_mV during the refractory period",
    )
    checks.in_range(
        np.min(_V[_first - 3 : _first]),
        _cell["V_reset_mV"] + 1e-9,
        _cell["V_th_mV"],
        unit="mV",
        what="V_mV in the last steps before a spike",
        mistakes={"at reset already: is the time of a spike that of the reset, (k + 1) dt?": _cell["V_reset_mV"]},
    )
# A run may end at any step, at a spike and while the neuron is refractory too. Here a cycle takes ten steps.
_cell = dict(tau_ms=10.0, R_MOhm=50.0, E_L_mV=-50.0, V_th_mV=-55.0, V_reset_mV=-60.0, t_ref_ms=3.0)
for _n in range(2, 24):
    checks.shape(simulate(np.zeros(_n), 1.0, _cell)[0], (_n,), what=f"V_mV for {_n} current values")
### END HIDDEN TESTS

# %%
dt_ms = 0.1
time_ms = np.arange(1000) * dt_ms
V_mV, spike_times_ms = simulate(np.full(1000, 400.0), dt_ms, CELL)
fig, ax = plt.subplots(layout="constrained")
ax.plot(time_ms, V_mV, color="C0")
ax.plot(spike_times_ms, np.full(len(spike_times_ms), -53.0), "o", color="C7", label="spikes")
ax.axhline(CELL["V_th_mV"], color="C7", linestyle=":", label="threshold")
ax.set(xlabel="time (ms)", ylabel="membrane potential (mV)", ylim=(-72, -49))
ax.legend(loc="upper right", ncol=2)
plt.show()

# %% tags=["guard"]
fig.savefig("figures/voltage_trace.png")
assert np.allclose(spike_times_ms, [27.6, 57.2, 86.8])
# Independent: the closed form of forward Euler; the exact first spike is at τ ln(16/1) = 27.73 ms.
assert np.ceil(np.log(1 / 16) / np.log(0.99)) == 276 and abs(10 * np.log(16) - 27.7259) < 1e-4

# %% [markdown]
# **Compare.** The first spike comes after $\tau\ln 16 \approx 27.7$ ms: the neuron starts at rest and is not
# refractory. The later ones follow every 29.6 ms, which is 2 ms more. Did your guess forget the refractory period,
# or count it once too often? The voltage rises fast at first and creeps at the end: at 400 pA it heads for −54 mV,
# only 1 mV above threshold.
#
# Play: try a ramp, a sine wave or short pulses.

# %% tags=["scratch"]
# Your playground: change the current and run again.
time_ms = np.arange(3000) * 0.1
my_current_pA = 300 + 300 * np.sin(2 * np.pi * time_ms / 100)
V_mV, spike_times_ms = simulate(my_current_pA, 0.1, CELL)
fig, axes = plt.subplots(2, sharex=True, layout="constrained")
axes[0].plot(time_ms, my_current_pA, color="C1")
axes[1].plot(time_ms, V_mV, color="C0")
axes[0].set(ylabel="current (pA)")
axes[1].set(xlabel="time (ms)", ylabel="membrane potential (mV)")
plt.show()

# %% [markdown]
# ## 4. The simulated f-I curve
#
# **Predict first.** You simulate with a step of 0.1 ms and lay the measured rates over the formula. Will the points
# lie on the curve, above it or below it? By how many per cent, roughly?

# %% [markdown] tags=["scratch"]
# **My prediction:** the simulated points lie ... the curve, by about ... %, because ...

# %% [markdown]
# ### Task 4: a rate from spike times
#
# How do you get a rate from a spike train? Counting spikes and dividing by the duration makes an error of up to one
# spike, and it includes the first climb, which has no refractory period before it. For a regular neuron the
# **interspike intervals** (ISIs), the times between one spike and the next, are better: the rate is one divided by
# their mean. Write the function `firing_rate`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# How many intervals lie between $n$ spikes?
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `np.diff` gives the differences between neighbours. A mean interval of 20 ms is a rate of 50 Hz.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `if len(spike_times_ms) < 2: return 0.0`
# </details>


# %% answer="firing_rate"
def firing_rate(spike_times_ms):
    """Firing rate from the mean interspike interval.

    Parameters
    ----------
    spike_times_ms : array or list of floats
        Spike times in ms, in increasing order.

    Returns
    -------
    float
        Rate in Hz; 0 for fewer than two spikes. Example: `firing_rate([5.0, 25.0, 45.0])` is 50 Hz.
    """
    ### BEGIN SOLUTION
    if len(spike_times_ms) < 2:
        return 0.0
    return 1e3 / np.mean(np.diff(spike_times_ms))
    ### END SOLUTION


# %% test="firing_rate" points=1
# The rate in Hz from given spike times (1 point).
checks.close(
    firing_rate(np.array([5.0, 25.0, 45.0])),
    50.0,
    unit="Hz",
    what="firing_rate of spikes at 5, 25 and 45 ms",
    mistakes={
        "there is one interval fewer than spikes": 75.0,
        "spikes divided by the time of the last one: use the intervals": 1e3 * 3 / 45.0,
        "the mean interval itself is not a rate": 20.0,
    },
)
checks.close(firing_rate(np.array([12.0])), 0.0, unit="Hz", what="firing_rate of a single spike")
### BEGIN HIDDEN TESTS
# Tolerance 1e-6: arithmetic, so only rounding.
_times = np.array([31.0, 40.0, 52.0, 55.0, 90.0, 111.0])
_isi = np.diff(_times)
checks.close(
    firing_rate(_times),
    62.5,  # 5 intervals in 80 ms
    unit="Hz",
    what="firing_rate of an irregular spike train",
    mistakes={
        "intervals divided by the time of the last spike: the first spike need not be at 0": 1e3 * 5 / 111.0,
        "one divided by the mean interval, not the mean of one divided by each": 1e3 * float(np.mean(1 / _isi)),
        "the mean interval, not the median": 1e3 / float(np.median(_isi)),
    },
)
checks.close(firing_rate(np.array([])), 0.0, unit="Hz", what="firing_rate of no spikes")
checks.close(
    firing_rate(np.array([40.0, 65.0])),
    40.0,
    unit="Hz",
    what="firing_rate of two spikes",
    mistakes={"two spikes have an interval between them, and one interval is enough": 0.0},
)
_firing_rate_passed = True
### END HIDDEN TESTS

# %% [markdown]
# ### Task 5: the f-I curve of the simulation
#
# Write the function `fi_curve`: for each current it simulates `duration_ms` of constant current with your
# `simulate` and measures the rate with your `firing_rate`.
#
# ![Firing rate against current from 0 to 1000 pA. A curve starts at 375 pA and rises steeply, then more gently, to
# about 150 Hz at 1000 pA; dots from the simulation lie on it.](figures/fi_curve.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# How many time steps does a duration have? The current array for `simulate` has one value for each of them.
# </details>
# <details><summary>Hint 2: the structure</summary>
#
# Loop over the currents. In each turn make a constant array, simulate, measure, store.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `n_steps = round(duration_ms / dt_ms)`
# </details>


# %% answer="fi_curve"
def fi_curve(currents_pA, dt_ms, duration_ms, cell):
    """Firing rates of the simulated neuron under constant currents.

    Parameters
    ----------
    currents_pA : array of n floats
        Constant currents in pA.
    dt_ms : float
        Time step in ms.
    duration_ms : float
        Duration of each simulation in ms.
    cell : dict
        Parameters of the neuron, with the keys of CELL.

    Returns
    -------
    array of n floats
        Firing rates in Hz, one for each current.

    Example: `fi_curve(np.array([300.0, 500.0]), 0.1, 1000.0, CELL)` is 0 Hz and about 63 Hz.
    """
    ### BEGIN SOLUTION
    n_steps = round(duration_ms / dt_ms)
    rates_Hz = []
    for I_pA in currents_pA:
        V_mV, spike_times_ms = simulate(np.full(n_steps, I_pA), dt_ms, cell)
        rates_Hz.append(firing_rate(spike_times_ms))
    return np.array(rates_Hz)
    ### END SOLUTION


# %% test="fi_curve" points=2
# The rates of the simulated neuron for several currents (2 points).
_cell = dict(CELL, E_L_mV=-50.0)  # fires even without current
_I = np.array([-50.0, 0.0, 100.0])
_rates = fi_curve(_I, 0.1, 300.0, _cell)
checks.shape(_rates, (3,), what="fi_curve for three currents")
_trains = [simulate(np.full(3000, _i), 0.1, _cell)[1] for _i in _I]
checks.close(
    _rates,
    np.ravel([firing_rate(_train) for _train in _trains]),
    unit="Hz",
    what="fi_curve compared with your simulate and firing_rate",
    mistakes={
        "this uses CELL where it should use the argument `cell`": np.zeros(3),
        "this is spike count divided by duration; use firing_rate": [len(_train) / 0.3 for _train in _trains],
    },
)
### BEGIN HIDDEN TESTS
# The cell rests above its threshold, so it fires whatever `simulate` makes of the current.
_cell = dict(tau_ms=30.0, R_MOhm=70.0, E_L_mV=-52.0, V_th_mV=-55.0, V_reset_mV=-68.0, t_ref_ms=36.0)
_I, _dt, _duration = np.array([600.0, 420.0, 0.0, 2000.0, 900.0]), 0.1, 400.0
_rates = fi_curve(_I, _dt, _duration, _cell)
_V_inf = -52.0 + 0.07 * _I
_cycle = 36.0 + _dt * np.ceil(np.log((_V_inf + 55.0) / (_V_inf + 68.0)) / np.log(1 - _dt / 30.0))
try:
    checks.close(
        _rates,
        1e3 / _cycle,
        rtol=1.01 * _dt / _cycle.min(),  # one step a cycle, as in the test of simulate
        unit="Hz",
        what="fi_curve of another cell",
        mistakes={
            # In 400 steps (40 ms) only the fastest has a second spike.
            "the simulation is too short: how many steps has the duration?": np.where(_cycle < 39.7, 1e3 / _cycle, 0.0),
        },
    )
except AssertionError:
    # What is wrong in simulate or firing_rate already is not punished again: what they make together counts as well. Where
    # both are right, it does not: they could by now say whatever fi_curve has said.
    if {"_simulate_passed", "_firing_rate_passed"} <= set(globals()):
        raise
    _own = np.ravel([firing_rate(simulate(np.full(round(_duration / _dt), _i), _dt, _cell)[1]) for _i in _I])
    _made_up = not np.any(_own) or ("_simulate_passed" in globals() and np.ptp(_own) == 0)  # from trains that differ
    if np.shape(_rates) != (5,) or not np.allclose(_rates, _own) or _made_up:
        raise
### END HIDDEN TESTS

# %%
currents_pA = np.arange(0, 1001, 25)
fine_pA = np.linspace(0, 1000, 1001)
fig, ax = plt.subplots(layout="constrained")
ax.plot(fine_pA, analytic_rate(fine_pA, CELL), color="C5", label="analytic")
ax.plot(
    currents_pA, fi_curve(currents_pA, 0.1, 500.0, CELL), "o", mfc="none", color="C7", label="simulated, step 0.1 ms"
)
ax.set(xlabel="current (pA)", ylabel="firing rate (Hz)")
ax.legend()
plt.show()

# %% tags=["guard"]
fig.savefig("figures/fi_curve.png")
strong_pA = np.arange(400.0, 1001.0, 5.0)
deviation = fi_curve(strong_pA, 0.1, 300.0, CELL) / analytic_rate(strong_pA, CELL) - 1
assert 0.008 < np.max(np.abs(deviation)) < 0.012 and np.sqrt(np.mean(deviation**2)) < 0.005
near, far = deviation[strong_pA < 500], deviation[strong_pA >= 900]
assert near.mean() > 1e-3 and (near > 0).mean() > 0.6 and far.mean() < -2e-3 and (far < 0).mean() > 0.6

# %% [markdown]
# **Compare.** By eye, the points lie on the curve. Look closer and they deviate by up to 1 %, some upwards and some
# downwards. Two errors are at work, and they pull in opposite directions:
#
# - Forward Euler climbs a little too fast, as if the time constant were $\tau - \Delta t/2$. The intervals come out
#   too *short*. Near the rheobase, where the climb is long, this error wins: most points lie above the curve.
# - A spike is noticed at the end of a step only, on average half a step late. The intervals come out too *long*.
#   For large currents, where intervals are short, this error wins: most points lie below.

# %% [markdown]
# ## 5. How fast does the error shrink?
#
# **Predict first.** You make the time step ten times smaller. The error of the rate shrinks by a factor of about ...?

# %% [markdown] tags=["scratch"]
# **My prediction:** with a step ten times smaller, the error is ... times smaller, because ...

# %% [markdown]
# ### Task 6: the order of convergence
#
# When an error behaves as $\text{error} \propto \Delta t^{\,p}$, the exponent $p$ is called the **order of
# convergence**. Write the function `convergence_order`: it fits a straight line by least squares to the logarithm
# of the error against the logarithm of the step, through all points, and returns its slope $p$.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Take the logarithm of both sides of $\text{error} = c\,\Delta t^{\,p}$. Which straight line do you get?
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `np.polyfit(x, y, 1)` fits a straight line and returns its slope and its intercept, in this order.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `x = np.log(np.asarray(steps_ms))`
# </details>


# %% answer="convergence_order"
def convergence_order(steps_ms, errors):
    """Order of convergence: the exponent p in error = c * step**p, by least squares on logarithms.

    Parameters
    ----------
    steps_ms : array of n floats
        Time steps in ms.
    errors : array of n floats
        Size of the error at each step, in any unit; all positive.

    Returns
    -------
    float
        The order p (no unit). Example: `convergence_order([0.1, 0.2], [1.0, 8.0])` is 3.
    """
    ### BEGIN SOLUTION
    slope, intercept = np.polyfit(np.log(steps_ms), np.log(errors), 1)
    return slope
    ### END SOLUTION


# %% test="convergence_order" points=1
# The order of convergence from given steps and errors (1 point).
_order = convergence_order(np.array([0.1, 0.2]), np.array([1.0, 8.0]))
checks.close(
    _order,
    3.0,
    what="the order of an error that grows 8 times when the step doubles",
    mistakes={
        "step and error have changed places in the fit": 1 / 3,
        "the fit needs logarithms": 70.0,
        "the fit needs the logarithm of the step too": 20.79442,
        "the order of a shrinking error is positive": -3.0,
    },
)
### BEGIN HIDDEN TESTS
# Tolerance 1e-6: a formula (covariance over variance of the logarithms), so only rounding.
_steps = np.array([0.8, 0.05, 0.2, 0.4, 0.1])
for _p in (0.5, 2.0):
    _errors = 0.3 * _steps**_p * np.array([1.3, 0.9, 1.1, 0.7, 1.2])
    _x, _y = np.log(_steps), np.log(_errors)
    _xc = _x - _x.mean()
    checks.close(
        convergence_order(_steps, _errors),
        float(np.sum(_xc * _y) / np.sum(_xc**2)),
        what="the order of errors that scatter",
        mistakes={
            "this is the intercept of the line, not its slope": float(np.polyfit(_x, _y, 1)[1]),
            "fit all points, not the first and the last alone": float((_y[-1] - _y[0]) / (_x[-1] - _x[0])),
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# Now measure. A single current would give a ragged result: whether the last step falls shortly before or shortly
# after the threshold is a matter of luck. So the next cell averages: it takes the root of the mean squared relative
# error over 40 currents. It takes a few seconds.

# %%
probe_pA = np.linspace(450, 1000, 40)
steps_ms = np.array([0.4, 0.2, 0.1, 0.05, 0.025])
exact_Hz = analytic_rate(probe_pA, CELL)
errors_percent = np.array(
    [100 * np.sqrt(np.mean((fi_curve(probe_pA, step, 80.0, CELL) / exact_Hz - 1) ** 2)) for step in steps_ms]
)
measured_order = convergence_order(steps_ms, errors_percent)
fig, ax = plt.subplots(layout="constrained")
ax.loglog(steps_ms, errors_percent, "o-", color="C7", label="simulated")
ax.loglog(steps_ms, errors_percent[0] * steps_ms / steps_ms[0], "--", color="C5", label="order 1")
ax.set(xlabel="time step (ms)", ylabel="error of the rate (%)")
ax.legend()
print(f"order of convergence: {measured_order:.2f}")

# %% tags=["guard"]
assert 0.85 < measured_order < 1.15
assert errors_percent[2] < 1

# %% [markdown]
# **Compare.** The error is proportional to the step: with a step ten times smaller it is ten times smaller. Forward
# Euler is a method of **first order**, and so is noticing spikes on the grid. Ten times the work buys one more
# digit. That is a poor bargain, and it is why simulators solve this linear equation exactly between two grid points
# (Rotter and Diesmann 1999, [doi:10.1007/s004220050570](https://doi.org/10.1007/s004220050570)). For our purpose
# 1 % is good enough.

# %% [markdown]
# ## 6. Noise
#
# A neuron in the brain receives thousands of synaptic inputs a second at irregular times. Their sum can be
# described as a mean current plus noise that has no memory, **white noise** $\xi(t)$ (for a review see Burkitt
# 2006, [doi:10.1007/s00422-006-0068-6](https://doi.org/10.1007/s00422-006-0068-6)):
#
# $$\tau\,\frac{\mathrm{d}V}{\mathrm{d}t} = E_L - V + R\,I(t) + \sigma\sqrt{\tau}\,\xi(t) .$$
#
# Here $\sigma$ (in mV) sets the strength of the noise; this is the convention of Brunel (2000,
# [doi:10.1023/A:1008925309027](https://doi.org/10.1023/A:1008925309027)). Without a threshold, $V$ then wanders
# around its mean with a standard deviation of $\sigma/\sqrt{2}$ (Uhlenbeck and Ornstein 1930,
# [doi:10.1103/PhysRev.36.823](https://doi.org/10.1103/PhysRev.36.823)).
#
# **Predict first.** Someone writes the noise like this, with a new random number in every step:
#
# ```python
# V_mV[k + 1] = V_mV[k] + dt_ms / tau_ms * (E_L_mV - V_mV[k] + 5.0 * rng.standard_normal())
# ```
#
# A colleague runs the same programme with a step of 0.025 ms in place of 0.1 ms, "to be more accurate". What
# happens to the fluctuations of $V$?

# %% [markdown] tags=["scratch"]
# **My prediction:** with the smaller step the fluctuations of V become (smaller / larger / stay the same), because
# ...

# %% [markdown]
# ### Task 7: noise that depends on the step
#
# By which factor does the standard deviation of $V$ change in that programme when the step goes from 0.1 ms to
# 0.025 ms (new standard deviation divided by the old one)? Assign the number to `sd_ratio`. Work it out, or try it
# out in the scratch cell. Both steps are much shorter than $\tau = 10$ ms, and the tolerance is 5 %.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The membrane forgets after about one $\tau$. How many kicks fall into this time, and how large is each?
# </details>
# <details><summary>Hint 2: the formula to start from</summary>
#
# Independent random numbers add their *variances*: $n$ kicks, each of standard deviation $s$, have a sum with
# standard deviation $s\sqrt{n}$.
# </details>
# <details><summary>Hint 3: a first step</summary>
#
# In that programme a kick has $s = 5\,\mathrm{mV} \cdot \Delta t/\tau$, and $n \approx \tau/\Delta t$ kicks count.
# Write the standard deviation as a function of $\Delta t$.
# </details>

# %% tags=["scratch"]
# Try it out here, if you like. The loop below has no threshold and no current.
rng = np.random.default_rng(1)
trial_dt_ms = 0.1
trial_V_mV = np.zeros(20000)
for k in range(len(trial_V_mV) - 1):
    trial_V_mV[k + 1] = trial_V_mV[k] + trial_dt_ms / 10.0 * (0.0 - trial_V_mV[k] + 5.0 * rng.standard_normal())
print(f"step {trial_dt_ms} ms: standard deviation {trial_V_mV.std():.3f} mV")

# %% answer="sd_ratio"
sd_ratio = None  # the new standard deviation divided by the old one (no unit)
### BEGIN SOLUTION
sd_ratio = np.sqrt(0.025 / 0.1)
### END SOLUTION

# %% test="sd_ratio" points=1
# The factor by which the standard deviation changes (1 point).
checks.in_range(sd_ratio, 0.0, 100.0, what="sd_ratio")
### BEGIN HIDDEN TESTS
# The stationary variance of that recursion is s² a/(2-a) with a = dt/τ: a ratio of 0.499. A measured ratio may be 5 % off.
_small, _large = 0.0025, 0.01
checks.close(
    sd_ratio,
    float(np.sqrt(_small / (2 - _small) * (2 - _large) / _large)),
    rtol=0.05,
    what="sd_ratio",
    mistakes={
        "this is the old standard deviation divided by the new one": 2.0,
        "this is the ratio of the steps; variances add, standard deviations do not": 0.25,
        "this is the inverse ratio of the steps; think of how variances add": 4.0,
        "the standard deviation does depend on the step in this programme; try it out": 1.0,
    },
)
### END HIDDEN TESTS


# %% tags=["guard"]
# Independent of the formula: run the programme of the text with both steps.
def unscaled_sd(step_ms, n, seed):
    kicks = np.random.default_rng(seed).standard_normal((n, 400))
    V = np.zeros(400)
    for kick in kicks:
        V = V + step_ms / 10.0 * (5.0 * kick - V)
    return V.std()


assert abs(unscaled_sd(0.025, 2000, 1) / unscaled_sd(0.1, 500, 2) - 0.5) < 0.1

# %% [markdown]
# **Compare** with your prediction. In that programme each kick shrinks in proportion to the step, while the number
# of kicks grows. Because independent kicks add their variances, the two do not cancel: the "more accurate" run has
# another answer. But a result that depends on the time step is not a property of the neuron. The cure: the kick of
# one step has to have the right size for the length of this step.
#
# ### Task 8: noise that does not depend on the step
#
# Write the function `simulate_noisy`. It follows the conventions of `simulate`. In addition, each Euler step adds
# an independent Gaussian random number of mean zero (before the comparison with the threshold). Choose its standard
# deviation such that **the kicks that fall into one membrane time constant $\tau$ have a total variance of
# $\sigma^2$, whatever the step**. No kicks during the refractory period. Make the random generator once, with
# `np.random.default_rng(seed)`; the same `seed` then gives the same result.
#
# ![Two panels, membrane potential against time for 300 ms at 350 pA. Without noise the curve rises to −56 mV and
# stays there, 1 mV below the threshold. With noise it wanders around this value and crosses the threshold at
# irregular times; dots mark the spikes.](figures/noisy_trace.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# Task 7 once more, backwards: $n = \tau/\Delta t$ independent kicks of standard deviation $s$ shall have the total
# variance $\sigma^2$.
# </details>
# <details><summary>Hint 2: the equation to solve</summary>
#
# $\dfrac{\tau}{\Delta t}\,s^2 = \sigma^2$. The drift term grows with $\Delta t$; how does $s$ grow?
# </details>
# <details><summary>Hint 3: the place</summary>
#
# Start from a copy of your `simulate`. Before the loop: `rng = np.random.default_rng(seed)`. In the loop, the Euler
# step gets one more term with `rng.standard_normal()`.
# </details>


# %% answer="simulate_noisy"
def simulate_noisy(I_pA, sigma_mV, dt_ms, cell, seed):
    """Leaky integrate-and-fire neuron with white noise, forward Euler.

    Parameters
    ----------
    I_pA : array of n floats
        Mean current in pA, one value a time step.
    sigma_mV : float
        Strength of the noise in mV: without threshold, V has a standard deviation of sigma_mV / sqrt(2).
    dt_ms : float
        Time step in ms.
    cell : dict
        Parameters of the neuron, with the keys of CELL.
    seed : int
        Seed of the random number generator.

    Returns
    -------
    V_mV : array of n floats
        Membrane potential in mV at the times 0, dt_ms, 2 dt_ms, ...; it begins with the resting potential.
    spike_times_ms : array of floats
        Spike times in ms; empty if there are none.

    Example: `V_mV, spike_times_ms = simulate_noisy(np.full(3000, 350.0), 4.0, 0.1, CELL, seed=1)` simulates 300 ms.
    """
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    target_mV = cell["E_L_mV"] + 1e-3 * cell["R_MOhm"] * np.asarray(I_pA, dtype=float)
    kicks_mV = sigma_mV * np.sqrt(dt_ms / cell["tau_ms"]) * rng.standard_normal(len(target_mV))
    n_ref = round(cell["t_ref_ms"] / dt_ms)
    V_mV = np.empty(len(target_mV))
    V_mV[0] = cell["E_L_mV"]
    steps_left = 0
    spike_times_ms = []
    for k in range(len(V_mV) - 1):
        if steps_left > 0:
            V_mV[k + 1] = cell["V_reset_mV"]
            steps_left -= 1
            continue
        V_mV[k + 1] = V_mV[k] + dt_ms / cell["tau_ms"] * (target_mV[k] - V_mV[k]) + kicks_mV[k]
        if V_mV[k + 1] >= cell["V_th_mV"]:
            V_mV[k + 1] = cell["V_reset_mV"]
            spike_times_ms.append((k + 1) * dt_ms)
            steps_left = n_ref
    return V_mV, np.array(spike_times_ms)
    ### END SOLUTION


# %% test="simulate_noisy" points=2
# The size of the fluctuations, with the threshold out of reach, and that it does not depend on the step (2 points).
# V is sampled for 10 s, 1000 time constants: its standard deviation scatters by 2.4 % from seed to seed, a ratio of two
# by 3.1 %. We allow 5 times that, here and below: all in all, chance fails a right answer less than once in 100 000.
_calm = dict(CELL, V_th_mV=1e3)
_V_fine = np.asarray(simulate_noisy(np.zeros(50000), 4.0, 0.2, _calm, seed=1)[0], dtype=float)[500:]
_V_coarse = np.asarray(simulate_noisy(np.zeros(12500), 4.0, 0.8, _calm, seed=2)[0], dtype=float)[125:]
_frozen = "V does not fluctuate: is the noise multiplied by the current, or each step given the same random number?"
checks.in_range(
    np.round(np.std(_V_fine[25000:]), 9),
    1e-6,
    1e6,
    unit="mV",
    what="the standard deviation of V",
    mistakes={_frozen: 0.0},
)
checks.close(
    np.std(_V_fine) / np.std(_V_coarse),
    1.0,
    rtol=0.16,
    what="the standard deviation of V with a step of 0.2 ms, divided by that with 0.8 ms",
    mistakes={
        "the kick has the same size whatever the step": 2.0,
        "the kick depends on the step too strongly, as in task 7": 0.5,
    },
)
checks.close(
    np.std(_V_fine),
    4.0 / np.sqrt(2.0),
    rtol=0.12,
    unit="mV",
    what="the standard deviation of V for sigma_mV = 4",
    mistakes={
        "the time constant is missing in the size of the kick": 4.0 * np.sqrt(10.0 / 2.0),
        "√2 times too large: sigma_mV / sqrt(2) is asked for, not sigma_mV": 4.0,
    },
)
### BEGIN HIDDEN TESTS
for _tau, _sigma, _dt, _n, _seed in [(5.0, 2.0, 0.25, 40000, 11), (20.0, 6.0, 1.0, 40000, 12)]:
    _cell = dict(CELL, tau_ms=_tau, E_L_mV=-62.0, V_th_mV=1e3)
    _V = np.asarray(simulate_noisy(np.zeros(_n), _sigma, _dt, _cell, seed=_seed)[0], dtype=float)[1000:]
    # Standard deviation of the estimate: half of sqrt(2 τ / T), 1.6 % for both. 8 % is 5 times that; dt adds 1.3 %.
    checks.close(
        np.std(_V),
        _sigma / np.sqrt(2.0),
        rtol=0.093,
        unit="mV",
        what="the standard deviation of V of another cell",
        mistakes={
            "this uses CELL where it should use the argument `cell`": _sigma * np.sqrt(_tau / 20.0),
        },
    )
    # The mean scatters by σ sqrt(τ / T): 0.05 and 0.14 mV; 5 times that.
    checks.close(np.mean(_V), -62.0, atol=0.7, unit="mV", what="the mean of V without current")
    # Kicks are independent: neighbours in V - V_old (1 - dt/τ) are uncorrelated, up to 1/sqrt(n) = 0.005; 5 times that.
    _kick = _V[1:] - _V[:-1] * (1 - _dt / _tau)
    checks.in_range(
        np.corrcoef(_kick[1:], _kick[:-1])[0, 1], -0.025, 0.025, what="the correlation between one kick and the next"
    )
_simulate_noisy_passed = True
### END HIDDEN TESTS

# %% test="simulate_noisy/no_noise" points=1
# Seeds, and without noise the neuron of task 3 (1 point).
_first, _again, _other = [
    np.asarray(simulate_noisy(np.full(500, 300.0), 4.0, 0.1, dict(CELL, V_th_mV=1e3), seed=_seed)[0], dtype=float)
    for _seed in (1, 1, 2)
]
checks.shape(_first, (500,), what="V_mV for 500 current values")
checks.equal(
    bool(np.array_equal(_first, _again)),
    True,
    what="V_mV of two runs",
    mistakes={"the same seed gives different results: make the generator from `seed`": False},
)
checks.equal(
    bool(np.array_equal(_first, _other)),
    False,
    what="V_mV of two runs",
    mistakes={"different seeds give the same result: make the generator from `seed`": True},
)
### BEGIN HIDDEN TESTS
# The cell rests above its threshold, so it fires whatever becomes of the current.
_cell = dict(tau_ms=15.0, R_MOhm=70.0, E_L_mV=-50.0, V_th_mV=-55.0, V_reset_mV=-68.0, t_ref_ms=3.0)
_dt = 0.1
_I = np.where(np.arange(800) < 400, 0.0, 180.0)
_V, _spikes = simulate_noisy(_I, 0.0, _dt, _cell, seed=3)
_expected, _v, _free_from = [], -50.0, 0
for _k in range(799):
    if _k >= _free_from:
        _v += _dt / 15.0 * (-50.0 - _v + 0.07 * _I[_k])
        if _v >= -55.0:
            _v, _free_from = -68.0, _k + 31
            _expected.append((_k + 1) * _dt)
_short_V, _short_spikes = simulate_noisy(np.zeros(2), 0.0, _dt, _cell, seed=3)
try:
    # One step a spike, as in the test of simulate.
    checks.spike_times(_spikes, _expected, atol=len(_expected) * _dt, what="the spike times for sigma_mV = 0")
    checks.close(_short_V[0], -50.0, unit="mV", what="V_mV[0] of the noisy neuron, the resting potential")
    checks.equal(
        len(_short_spikes),
        1,
        what="the number of spikes in a single step of a neuron that rests above its threshold",
        mistakes={"is the last step left out?": 0},
    )
except AssertionError:
    # What is wrong in simulate already is not punished again.
    if "_simulate_passed" in globals():
        raise
    _own = simulate(_I, _dt, _cell)[1]
    if len(_own) < 2 or len(_own) != len(_spikes) or not np.allclose(_own, _spikes, atol=_dt):
        raise
    _own_V, _own = simulate(np.zeros(2), _dt, _cell)
    if len(_own) != len(_short_spikes) or not np.isclose(_own_V[0], _short_V[0]):
        raise
_simulate_noisy_no_noise_passed = True
### END HIDDEN TESTS

# %% test="simulate_noisy/spikes" points=1
# The firing rate of the noisy neuron against theory (1 point).
_cell = dict(CELL, E_L_mV=-58.0, V_reset_mV=-58.0, t_ref_ms=0.0)
_spikes = np.asarray(simulate_noisy(np.zeros(25000), 4.0, 0.2, _cell, seed=1)[1], dtype=float)
checks.in_range(_spikes, 0.0, 5000.0, unit="ms", what="the spike times during 5 s")
checks.in_range(len(_spikes) / 5.0, 10.0, 100.0, unit="Hz", what="the rate of a noisy neuron 3 mV below threshold")
### BEGIN HIDDEN TESTS
# Reference: the formula of Siegert (1951) for white noise. A simulation looks at the threshold at grid points only and
# misses crossings between them; this acts like a threshold that is higher by 0.5826 σ sqrt(dt/τ) (Broadie, Glasserman
# and Kou 1997, doi:10.1111/1467-9965.00035). No refractory period, and rest equals reset: a mistake of simulate is not
# punished again.
for _tau, _sigma, _gap, _dt, _n, _seed in [(10.0, 4.0, 3.0, 0.2, 100000, 21), (20.0, 6.0, 2.0, 0.4, 50000, 22)]:
    _cell = dict(CELL, tau_ms=_tau, E_L_mV=-60.0, V_reset_mV=-60.0, V_th_mV=-60.0 + _gap, t_ref_ms=0.0)
    _spikes = np.asarray(simulate_noisy(np.zeros(_n), _sigma, _dt, _cell, seed=_seed)[1], dtype=float)
    _top = _gap / _sigma + 0.5826 * np.sqrt(_dt / _tau)
    _theory = 1e3 / (_tau * np.sqrt(np.pi) * quad(lambda u: erfcx(-u), 0.0, _top)[0])
    # Over 200 seeds and two right implementations the rate scatters by 4.2 % around a mean that is less than 1.6 % off.
    # 20 % is more than 4.5 times that.
    checks.close(1e3 * len(_spikes) / (_n * _dt), _theory, rtol=0.2, unit="Hz", what="the rate of another noisy cell")
_simulate_noisy_spikes_passed = True
### END HIDDEN TESTS

# %%
dt_ms = 0.1
time_ms = np.arange(3000) * dt_ms
fig, axes = plt.subplots(2, sharex=True, sharey=True, layout="constrained")
for ax, sigma_mV in zip(axes, (0.0, 4.0)):
    V_mV, spike_times_ms = simulate_noisy(np.full(3000, 350.0), sigma_mV, dt_ms, CELL, seed=2)
    ax.plot(time_ms, V_mV, color="C0", label=f"σ = {sigma_mV:.0f} mV")
    ax.plot(spike_times_ms, np.full(len(spike_times_ms), -52.0), "o", color="C7")
    ax.axhline(CELL["V_th_mV"], color="C7", linestyle=":")
    ax.set(ylabel="membrane\npotential (mV)", ylim=(-72, -46))
    ax.legend(loc="upper right")
axes[1].set(xlabel="time (ms)")
plt.show()

# %% tags=["guard"]
fig.savefig("figures/noisy_trace.png")
assert len(spike_times_ms) > 3

# %% [markdown]
# ## 7. The f-I curve with noise
#
# **Predict first.** Take the f-I curve of section 2 and add noise. How does it change well below the rheobase, at the
# rheobase, and far above it?

# %% [markdown] tags=["scratch"]
# **My prediction:** with noise, the rate well below the rheobase becomes ..., at the rheobase ..., far above it ...

# %% [markdown]
# ### Task 9: a rate with an error bar
#
# A noisy neuron gives another spike count each time. So one runs it with several seeds and reports the mean
# together with its **standard error**: the standard deviation of the single results (with `ddof=1`) divided by the
# square root of their number. Write the function `noisy_rate`. For each seed it calls your `simulate_noisy` once
# with a constant current. The rate of one run is the number of its spikes divided by its duration. (Near silence an
# interval is often longer than the recording; counting treats this correctly, the mean interval does not.)
#
# ![Firing rate against current from 50 to 1000 pA for three strengths of the noise. Without noise the rate is zero
# up to 375 pA and rises steeply there. With σ = 2 mV and σ = 5 mV the rise begins below the rheobase and is
# smoother; above 800 pA all three agree.](figures/noisy_fi_curve.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# First collect one rate a seed in a list. The two results are statistics of this list.
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# Standard error $= \dfrac{\text{standard deviation of the rates}}{\sqrt{\text{number of seeds}}}$. And a duration
# in ms is not a duration in s.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `current_pA = np.full(round(duration_ms / dt_ms), I_pA)`
# </details>


# %% answer="noisy_rate"
def noisy_rate(I_pA, sigma_mV, dt_ms, duration_ms, cell, seeds):
    """Mean firing rate of the noisy neuron under a constant mean current, and its standard error.

    Parameters
    ----------
    I_pA : float
        Constant mean current in pA.
    sigma_mV : float
        Strength of the noise in mV.
    dt_ms, duration_ms : float
        Time step and duration of each simulation in ms.
    cell : dict
        Parameters of the neuron, with the keys of CELL.
    seeds : list of int
        One simulation for each seed; at least two.

    Returns
    -------
    mean_Hz, standard_error_Hz : float
        Mean over the seeds of spike count divided by duration, and the standard error of this mean, in Hz.

    Example: `mean_Hz, standard_error_Hz = noisy_rate(400.0, 4.0, 0.1, 1000.0, CELL, [1, 2, 3, 4])`
    """
    ### BEGIN SOLUTION
    current_pA = np.full(round(duration_ms / dt_ms), I_pA)
    counts = [len(simulate_noisy(current_pA, sigma_mV, dt_ms, cell, seed)[1]) for seed in seeds]
    rates_Hz = 1e3 * np.array(counts) / duration_ms
    return rates_Hz.mean(), rates_Hz.std(ddof=1) / np.sqrt(len(seeds))
    ### END SOLUTION


# %% test="noisy_rate" points=2
# Mean and standard error of the rate over several seeds (2 points).
_cell = dict(CELL, E_L_mV=-54.0)  # rests above its threshold
_trains = [simulate_noisy(np.zeros(2000), 5.0, 0.2, _cell, _seed)[1] for _seed in [1, 2, 3, 3]]
_result = noisy_rate(0.0, 5.0, 0.2, 400.0, _cell, [1, 2, 3])
checks.parts(_result, 2, what="the result of noisy_rate (mean_Hz, standard_error_Hz)")
_rates = np.array([len(_train) / 0.4 for _train in _trains[:3]])
_exact = np.array_equal(_trains[2], _trains[3])  # if not, simulate_noisy ignores its seed, and its test says so
checks.close(
    _result[0],
    _rates.mean(),
    rtol=1e-6 if _exact else 0.3,
    unit="Hz",
    what="the mean rate of three runs of your simulate_noisy",
    mistakes={
        "this is the rate of the first seed alone": _rates[0],
        "this is the number of spikes, not a rate": 0.4 * _rates.mean(),
        "this comes from the intervals; use spike count divided by duration": np.mean(
            [firing_rate(_train) for _train in _trains[:3]]
        ),
    },
)
### BEGIN HIDDEN TESTS
# Compared with the student's own simulate_noisy and the same seeds: no statistics, only rounding (unless that function
# ignores its seed). The cell rests above its threshold, so that it fires whatever becomes of current and noise.
_cell = dict(tau_ms=18.0, R_MOhm=70.0, E_L_mV=-52.0, V_th_mV=-55.0, V_reset_mV=-68.0, t_ref_ms=1.0)
_seeds = [5, 8, 13, 21, 34, 55]
_runs = [simulate_noisy(np.full(1200, 60.0), 7.0, 0.25, _cell, _seed)[1] for _seed in _seeds]
_rates = np.array([len(_run) / 0.3 for _run in _runs])
if {"_simulate_noisy_passed", "_simulate_noisy_no_noise_passed", "_simulate_noisy_spikes_passed"} <= set(globals()):
    # A simulate_noisy that is right scatters; one that no longer does could say whatever noisy_rate has said.
    checks.in_range(
        np.round(np.std(_rates), 9),
        1e-6,
        1e6,
        unit="Hz",
        what="the scatter of the rates of your simulate_noisy with six seeds",
        mistakes={"the same number of spikes from every seed: does simulate_noisy still do what it did in its own test?": 0.0},
    )
_mean, _error = noisy_rate(60.0, 7.0, 0.25, 300.0, _cell, _seeds)
checks.close(
    _mean,
    _rates.mean(),
    rtol=1e-6 if _exact else 0.3,
    unit="Hz",
    what="the mean rate of another cell",
    mistakes={
        "this is the sum over the seeds, not the mean": float(_rates.sum()),
        "this is the median over the seeds, not the mean": float(np.median(_rates)),
    },
)
_sd = float(_rates.std(ddof=1))
checks.close(
    _error,
    _sd / np.sqrt(6.0),
    rtol=1e-6 if _exact else 20.0,
    atol=1e-9,
    unit="Hz",
    what="the standard error of the mean rate",
    mistakes={
        "this is the standard deviation; the standard error is smaller": _sd,
        "the standard deviation of a sample has n - 1 below the line (ddof=1)": float(_rates.std() / np.sqrt(6.0)),
        "divide by the square root of the number of seeds, not by the number": _sd / 6.0,
        "this is a variance": _sd**2 / 6.0,
    },
)
### END HIDDEN TESTS

# %% [markdown]
# Now the curves. This takes a few seconds; a dot is printed for each current.

# %%
some_pA = np.arange(50, 1001, 50)
noisy_points = {}
for sigma_mV in (2.0, 5.0):
    points = []
    for I_pA in some_pA:
        points.append(noisy_rate(I_pA, sigma_mV, 0.1, 500.0, CELL, seeds=[1, 2, 3, 4]))
        print(".", end="")
    noisy_points.update({sigma_mV: np.array(points)})

# %% [markdown]
# For white noise the rate is known exactly. Siegert (1951,
# [doi:10.1103/PhysRev.81.617](https://doi.org/10.1103/PhysRev.81.617)) found the mean time to reach a threshold for
# the first time. In the notation of Brunel (2000):
#
# $$\frac{1}{f} = t_\mathrm{ref} + \tau\sqrt{\pi}\int_{(V_\mathrm{reset}-V_\infty)/\sigma}^{(V_\mathrm{th}-V_\infty)/\sigma} e^{u^2}\bigl(1+\operatorname{erf}u\bigr)\,\mathrm{d}u,
# \qquad V_\infty = E_L + RI .$$
#
# The next cell computes it (`erfcx(-u)` from SciPy is $e^{u^2}(1+\operatorname{erf}u)$) and draws it beside your
# points.


# %%
def siegert_rate(I_pA, sigma_mV, cell):
    """Firing rate in Hz of the noisy neuron for one constant mean current (Siegert 1951; Brunel 2000, eq. 21)."""
    V_inf_mV = cell["E_L_mV"] + 1e-3 * cell["R_MOhm"] * I_pA
    low, high = (cell["V_reset_mV"] - V_inf_mV) / sigma_mV, (cell["V_th_mV"] - V_inf_mV) / sigma_mV
    climb_ms = cell["tau_ms"] * np.sqrt(np.pi) * quad(lambda u: erfcx(-u), low, high)[0]
    return 1e3 / (cell["t_ref_ms"] + climb_ms)


fine_pA = np.arange(50, 1001, 2.5)
fig, ax = plt.subplots(layout="constrained")
ax.plot(fine_pA, analytic_rate(fine_pA, CELL), color="C5", label="no noise, analytic")
for (sigma_mV, points), line, marker in zip(noisy_points.items(), ("--", ":"), ("v", "o")):
    theory_Hz = [siegert_rate(I_pA, sigma_mV, CELL) for I_pA in fine_pA]
    ax.plot(fine_pA, theory_Hz, line, color="C5", label=f"σ = {sigma_mV:.0f} mV, analytic")
    label = f"σ = {sigma_mV:.0f} mV, simulated"
    ax.errorbar(some_pA, points[:, 0], points[:, 1], fmt=marker, mfc="white", color="C7", label=label)
ax.set(xlabel="mean current (pA)", ylabel="firing rate (Hz)")
ax.legend()
plt.show()

# %% tags=["guard"]
fig.savefig("figures/noisy_fi_curve.png")
# Brunel's neuron (tau 20 ms, t_ref 2 ms, threshold 20, reset 10 mV). Three values of another implementation, and one of
# NEST's siegert_neuron.
brunel = dict(tau_ms=20.0, R_MOhm=1e3, E_L_mV=0.0, V_th_mV=20.0, V_reset_mV=10.0, t_ref_ms=2.0)
for mean_mV, sigma, rate_Hz in [(15.0, 5.0, 9.46080), (18.0, 3.0, 12.51153), (25.0, 5.0, 47.21744)]:
    assert abs(siegert_rate(mean_mV, sigma, brunel) - rate_Hz) < 1e-4
assert abs(siegert_rate(20.0, 1.41421356, brunel) - 16.432806505) < 1e-6
# The simulation lies below theory, by what the shifted threshold predicts.
shifted = dict(CELL, V_th_mV=-55.0 + 0.5826 * 5.0 * np.sqrt(0.1 / 10.0))
measured_Hz = [noisy_rate(I_pA, 5.0, 0.1, 4000.0, CELL, range(5))[0] for I_pA in (300.0, 400.0)]
for I_pA, rate_Hz in zip((300.0, 400.0), measured_Hz):
    assert abs(rate_Hz / siegert_rate(I_pA, 5.0, shifted) - 1) < 0.1
assert siegert_rate(300.0, 5.0, CELL) > 20 and siegert_rate(300.0, 2.0, CELL) < 10
assert abs(siegert_rate(1000.0, 5.0, CELL) / analytic_rate(1000.0, CELL) - 1) < 0.02
assert 0.95 < siegert_rate(400.0, 5.0, shifted) / siegert_rate(400.0, 5.0, CELL) < 0.98

# %% [markdown]
# **Compare** with your prediction. Below the rheobase the silent neuron begins to fire, at the rheobase the sharp
# corner is gone, and far above it the curves meet. Why? That is for you to say, in the discussion below. Look
# closely, too: many of the points for $\sigma = 5$ mV lie a few per cent below theory. This is no accident. The
# simulated neuron looks at the threshold at the end of a step only, and misses every crossing that came and went in
# between. It acts as if its threshold were higher by $0.58\,\sigma\sqrt{\Delta t/\tau}$, here 0.3 mV (a general
# result for random walks: Broadie, Glasserman and Kou 1997,
# [doi:10.1111/1467-9965.00035](https://doi.org/10.1111/1467-9965.00035)). This error shrinks with the *square root*
# of the step only. Noise makes simulations harder.

# %% [markdown] discuss="noise_and_threshold" points=3
# ### Discussion 1: what noise does to a threshold
#
# Explain the figure in five to eight sentences. (a) Why does the noisy neuron fire below the rheobase? (b) Why does
# noise hardly matter far above it? (c) Name one thing that a neuron, or a group of neurons, gains from noise, and
# one thing that it loses.
#
# *How it is judged: one point for each of the three parts, for a reason that refers to the membrane potential and the
# threshold (a, b) or to the figure (c), not for the observation alone.*
### BEGIN MARK SCHEME
# - (a) 1 point: below the rheobase the mean potential stays below threshold; noise makes V wander around the mean
#   with a standard deviation of σ/√2 (3.5 mV for σ = 5 mV), so V crosses the threshold now and then. The closer the
#   mean and the larger σ, the more often. Half a point for "noise sometimes pushes it over" without mean and size
#   of the fluctuation.
# - (b) 1 point: far above, the drift carries V through the threshold in a few ms, which leaves little time for
#   kicks to add up; kicks upwards and downwards shorten and lengthen the climb about equally, so the mean rate
#   stays. The refractory period adds a part of the cycle that noise cannot change.
# - (c) 1 point for one gain and one loss (half a point each). Gains: weak signals below the rheobase are
#   transmitted at all; the response is graded and smooth where it was all-or-none (a linearised f-I curve); a group
#   of neurons encodes small changes. Losses: the spike count varies from trial to trial, so that one neuron has to
#   be watched for longer; spikes without a signal; spike times are less precise.
### END MARK SCHEME

# %% [markdown]
# ## 8. How regular is the spike train?
#
# The **coefficient of variation** (CV) of the interspike intervals is their standard deviation divided by their
# mean. A clock has a CV of 0. A Poisson process, in which spikes come independently of each other, has a CV of 1.
#
# **Predict first.** The noise has $\sigma = 5$ mV. What is the CV, roughly, at 250 pA, well below the rheobase, and
# at 1000 pA, far above it?

# %% [markdown] tags=["scratch"]
# **My prediction:** the CV is about ... at 250 pA and about ... at 1000 pA, because ...

# %% [markdown]
# ### Task 10: the coefficient of variation
#
# Write the function `cv_isi`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# The CV is a property of the intervals, not of the spike times.
# </details>
# <details><summary>Hint 2: the formula</summary>
#
# $\mathrm{CV} = \dfrac{\text{standard deviation of the intervals}}{\text{mean of the intervals}}$; it has no unit.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `isi_ms = np.diff(spike_times_ms)`
# </details>


# %% answer="cv_isi"
def cv_isi(spike_times_ms):
    """Coefficient of variation of the interspike intervals.

    Parameters
    ----------
    spike_times_ms : array or list of floats
        Spike times in ms, in increasing order; at least three. (With many spikes it does not matter whether
        the standard deviation is taken with `ddof=0` or `ddof=1`; both are accepted.)

    Returns
    -------
    float
        CV, without unit. Example: spikes every 10 ms give 0.
    """
    ### BEGIN SOLUTION
    isi_ms = np.diff(spike_times_ms)
    return np.std(isi_ms) / np.mean(isi_ms)
    ### END SOLUTION


# %% test="cv_isi" points=1
# The coefficient of variation from given spike times (1 point).
checks.close(cv_isi(np.arange(5.0, 500.0, 10.0)), 0.0, atol=1e-9, what="the CV of a regular spike train")
_alternating = np.cumsum(np.tile([5.0, 15.0], 200))
# ddof=0 and ddof=1 differ by 0.13 % for 399 intervals.
checks.close(
    cv_isi(_alternating),
    0.5,
    rtol=3e-3,
    what="the CV of intervals that alternate between 5 and 15 ms",
    mistakes={
        "the variance divided by the squared mean is the square of the CV": 0.25,
        "this is the variance divided by the mean": 2.5,
        "this is mean divided by standard deviation": 2.0,
        "this is the standard deviation; divide it by the mean": 5.0,
    },
)
### BEGIN HIDDEN TESTS
# A list of intervals made from a formula, with a mean far from 1 ms; ddof=0 and ddof=1 differ by 0.08 %.
_isi = 3.0 - 25.0 * np.log((np.arange(600) * 0.6180339887 + 0.05) % 1.0)
_times = 140.0 + np.cumsum(_isi)
_intervals = np.diff(_times)
checks.close(
    cv_isi(_times),
    float(np.std(_intervals) / np.mean(_intervals)),
    rtol=2e-3,
    what="the CV of an irregular spike train",
    mistakes={
        "this is the CV of the spike times; take the intervals": float(np.std(_times) / np.mean(_times)),
        "divide by the mean of the intervals, not by their median": float(np.std(_intervals) / np.median(_intervals)),
    },
)
### END HIDDEN TESTS

# %%
# 20 s for each current; where fewer than 50 spikes come, the CV cannot be measured well and is left out.
cv_pA = np.array([200, 250, 300, 400, 600, 1000])
fig, ax = plt.subplots(layout="constrained")
for sigma_mV, style in ((2.0, "v--"), (5.0, "o-")):
    trains = [simulate_noisy(np.full(100000, I_pA), sigma_mV, 0.2, CELL, seed=1)[1] for I_pA in cv_pA]
    cv = np.array([cv_isi(train) if len(train) >= 50 else np.nan for train in trains])
    ax.plot(cv_pA, cv, style, color="C7", label=f"σ = {sigma_mV:.0f} mV")
    print(f"σ = {sigma_mV:.0f} mV: CV", np.round(cv, 2))
ax.axvline(rheobase(CELL), color="C5", linestyle=":", label="rheobase")
ax.set(xlabel="mean current (pA)", ylabel="CV of the intervals", ylim=(0, 1.1))
ax.legend()
plt.show()

# %% tags=["guard"]
from scipy.integrate import cumulative_trapezoid


# The CV of Brunel (2000): CV² = 2π (f τ)² ∫ e^{x²} ∫_{-∞}^{x} e^{z²} (1 + erf z)² dz dx, here on a grid.
def theoretical_cv(I_pA, sigma_mV, cell):
    V_inf_mV = cell["E_L_mV"] + 1e-3 * cell["R_MOhm"] * I_pA
    low, high = (cell["V_reset_mV"] - V_inf_mV) / sigma_mV, (cell["V_th_mV"] - V_inf_mV) / sigma_mV
    z = np.linspace(low - 6.0, high, 60001)
    inner = cumulative_trapezoid(np.exp(-(z**2)) * erfcx(-z) ** 2, z, initial=0.0)
    integral = cumulative_trapezoid(np.where(z >= low, np.exp(z**2) * inner, 0.0), z)[-1]
    return np.sqrt(2 * np.pi * integral) * 1e-3 * siegert_rate(I_pA, sigma_mV, cell) * cell["tau_ms"]


for I_pA, value in zip(cv_pA, cv):
    assert abs(value - theoretical_cv(I_pA, 5.0, CELL)) < 0.15, (I_pA, value, theoretical_cv(I_pA, 5.0, CELL))
assert 0.8 < theoretical_cv(200.0, 5.0, CELL) < 0.9 and 0.65 < theoretical_cv(250.0, 5.0, CELL) < 0.8
assert 0.1 < theoretical_cv(1000.0, 5.0, CELL) < 0.2 and 0.7 < cv[1] < 0.8 and cv[-1] < 0.2

# %% [markdown]
# **Compare.** With $\sigma = 5$ mV the CV is between 0.7 and 0.8 at 250 pA, and below 0.2 at 1000 pA. Far above the
# rheobase the mean current carries the potential to threshold. The noise then only jitters an almost regular clock:
# this is the **mean-driven** regime. Below the rheobase each spike waits for a rare fluctuation, and after the
# reset the neuron begins anew: this is the **fluctuation-driven** regime. The further below the rheobase, the
# closer it comes to a Poisson process. The dashed curve begins at a larger current only because weaker noise makes
# hardly any spikes below it.

# %% [markdown] discuss="irregular_cortex" points=3
# ### Discussion 2: what irregular spikes tell about the input
#
# Softky and Koch (1993,
# [doi:10.1523/JNEUROSCI.13-01-00334.1993](https://doi.org/10.1523/JNEUROSCI.13-01-00334.1993)) found that neurons
# in the visual cortex of awake monkeys fire very irregularly, with a CV that is in many cells close to 1, even at
# high rates. Suppose that these neurons are integrate-and-fire neurons. In five to eight sentences: (a) In which
# regime do they work? Use your figure of the CV. (b) What does this say about their mean input, compared with the
# rheobase, and how could thousands of excitatory synapses add up to so little? (c) Why does a refractory period
# lower the CV, and most of all at high rates?
#
# *How it is judged: one point for each part. (a) needs numbers from your figure, (b) a statement on excitation and
# inhibition, (c) an argument about the intervals.*
### BEGIN MARK SCHEME
# - (a) 1 point: fluctuation-driven. The figure shows a CV between 0.7 and 0.9 at 200 and 250 pA and below 0.2 at
#   1000 pA for σ = 5 mV; values towards 1 are found well below the rheobase only. Half a point without numbers.
# - (b) 1 point: the mean input lies below the rheobase (half a point). Excitation must be cancelled on average by
#   inhibition (balance), so that the mean is small while the fluctuations of both add up (half a point). Few or
#   weakly active synapses, or a high threshold, are accepted with an argument.
# - (c) 1 point: the refractory period adds the same constant to every interval; the mean grows, the standard
#   deviation does not, so the CV falls: CV = CV_0 (1 - f t_ref). At high rates t_ref is a larger part of the mean
#   interval.
### END MARK SCHEME

# %% [markdown]
# ## What you have done, and where to go next
#
# - **You derived** the rheobase, $(V_\mathrm{th} - E_L)/R = 375$ pA, and the f-I curve: it starts with an infinite
#   slope and ends at $1/t_\mathrm{ref}$.
# - **You wrote** a simulator that takes a current of any shape, with its conventions spelled out: which current
#   acts in which step, when a spike is counted, how long the neuron rests.
# - **You measured** the order of convergence: for the deterministic neuron the error shrinks in proportion to the
#   time step.
# - **You added noise** with kicks that grow with the square root of the step, because variances add, so that the
#   result no longer depends on the step (apart from the crossings that the grid misses).
# - **You saw** that noise turns a sharp threshold into a smooth rise, and that the CV tells mean-driven from
#   fluctuation-driven firing.
#
# **Where to go next.** In `03_hodgkin_huxley` the spike is no longer a rule: it grows out of the channels. In
# `11_nest_neurons` you meet this very neuron again, in a simulator made for millions of them, and in
# `12_balanced_network` thousands of them shake each other: there the noise comes from the network itself.
