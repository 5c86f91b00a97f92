# %% [markdown]
# # Pumps and electrodiffusion
#
# A battery in a circuit diagram is drawn with two strokes and costs nothing. The batteries of a neuron are differences of concentrations. They run down with every spike, and also when nothing happens at all. This page is about what keeps them charged, what it costs, and what a model looks like that keeps account of every ion.
#
# **What you will do**
#
# - count how fast concentrations would change without pumps;
# - build the smallest cell that has to pay for its resting potential, and turn its pump down with a slider;
# - see what cotransporters do to chloride, and so to inhibition;
# - let ions drift and diffuse between soma and dendrite, inside and outside;
# - put it together: the electrodiffusive Pinsky-Rinzel model.
#
# **What you will learn**: the answers to five questions.
#
# 1. When may a model not take concentrations as constant?
# 2. What does the Na⁺/K⁺ pump do for the membrane potential, directly and in the long run?
# 3. Why is chloride not where its leak would put it?
# 4. Where do potentials come from, if a model knows only where the ions are?
# 5. Why do such models need a stiff solver, and how do you know that they are right?
#
# **What you will need**: lectures 02 (Nernst, charge and potential, section 8 on the run-down battery) and 03 (gates). **Time:** about 75 minutes.

# %% tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np
from scipy import constants as si
from scipy.integrate import solve_ivp

plt.style.use("course.mplstyle")

# %% [markdown]
# ## 1. Small rooms
#
# Our cell is the one of exercise 13, from Sætra, Einevoll and Halnes (2020, [doi:10.1371/journal.pcbi.1007661](https://doi.org/10.1371/journal.pcbi.1007661)). Here are the numbers of one of its two compartments and of the space around it. Note the second volume: cells in the brain are packed tightly, and to each of them belongs little outside.

# %%
FARADAY, PSI = 96480.0, 1e3 * 8.314 * 309.14 / 96480.0  # C/mol; RT/F in mV at 36 °C (constants as in the paper)
INSIDE_UM3, OUTSIDE_UM3, AREA_UM2, C_M = 1437.0, 718.5, 616.0, 0.03  # C_M in F/m²
NAMES, VALENCE = ("Na", "K", "Cl", "Ca"), np.array([1, 1, -1, 2])
START_IN, START_OUT = np.array([18.0, 99.0, 7.0, 0.01]), np.array([140.0, 4.3, 134.0, 1.1])  # mM
LEAK = np.array([0.247, 0.5, 1.0])  # S/m²; 10 S/m² = 1 mS/cm²
PUMP, KCC2, NKCC1 = 1.87, 0.7, 0.233  # µmol/(m² s)


def nernst(inside, outside, valence):
    """Nernst potentials (mV) of concentrations (mM)."""
    return PSI / valence * np.log(outside / inside)


for name, E in zip(NAMES, nernst(START_IN * [1, 1, 1, 0.01], START_OUT, VALENCE)):  # 1 % of the calcium is free
    print(f"E_{name} = {E:6.1f} mV")
to_outside = 1e3 * C_M * AREA_UM2 * 1e-12 * 0.1 / (FARADAY * OUTSIDE_UM3 * 1e-18) / 1e3  # mM
print(f"100 mV across the membrane: {to_outside:.3f} mM of K⁺ outside, at the least")
print(f"1 mM more K⁺ outside: E_K rises by {PSI * np.log(5.3 / 4.3):.1f} mV")

# %% [markdown]
# A spike takes at least 0.027 mM of K⁺ out to the narrow space, in practice some times as much; and outside there are only 4.3 mM. Some forty spikes may double it. For Na⁺ inside, at 18 mM in twice the room, hundreds would be needed. So *K⁺ outside is the weak point*, and it acts at once: 1 mM of it lifts $E_\text{K}$ by more than 5 mV.
#
# **When may a model not take concentrations as constant?** When many ions move into a small room before anything carries them back: long or fast firing, thin processes, narrow outsides, calcium; and whenever the pumps are in trouble, as in epilepsy, migraine and stroke.

# %% tags=["guard"]
assert abs(to_outside - 0.0267) < 5e-4 and abs(to_outside / (100 / 7502.26) - 2) < 1e-3
assert 100 < 4.3 / to_outside < 200 and 5 < PSI * np.log(5.3 / 4.3) < 6
assert 18 / (to_outside / 2) > 1000

# %% [markdown]
# ## 2. The smallest cell that pays
#
# One compartment, three ions. Each can leak, and the **Na⁺/K⁺ pump** takes 3 Na⁺ out and 2 K⁺ in for one ATP. It turns the faster, the more Na⁺ is inside and the more K⁺ outside (Wei, Ullah and Schiff 2014, [doi:10.1523/JNEUROSCI.0516-14.2014](https://doi.org/10.1523/JNEUROSCI.0516-14.2014)):
#
# $$ j_\text{pump} = \frac{\rho}{\left(1 + e^{(25 - [\text{Na}]_\text{in})/3}\right)\left(1 + e^{3.5 - [\text{K}]_\text{out}}\right)}. \tag{1} $$
#
# **Cotransporters** carry ions in fixed proportions and without ATP, down the sum of their gradients: KCC2 one K⁺ with one Cl⁻, NKCC1 one Na⁺ and one K⁺ with two Cl⁻. Both move no net charge.
#
# $$ j_\text{KCC2} = U_1 \ln\frac{[\text{K}]_\text{in}[\text{Cl}]_\text{in}}{[\text{K}]_\text{out}[\text{Cl}]_\text{out}}, \qquad j_\text{NKCC1} = \frac{U_2}{1 + e^{16 - [\text{K}]_\text{out}}} \ln\frac{[\text{Na}]_\text{in}[\text{K}]_\text{in}[\text{Cl}]^2_\text{in}}{[\text{Na}]_\text{out}[\text{K}]_\text{out}[\text{Cl}]^2_\text{out}}. \tag{2} $$
#
# All fluxes are in µmol/(m² s), positive out of the cell.


# %%
def fluxes(V, inside, outside, g, pump=1.0, kcc2=1.0):
    """Fluxes of Na⁺, K⁺ and Cl⁻ out of the cell, µmol/(m² s); arrays with the ions first, pump and kcc2 relative."""
    Na, K, Cl = np.log(inside / outside)
    turns = pump * PUMP / (1 + np.exp((25 - inside[0]) / 3)) / (1 + np.exp(3.5 - outside[1]))
    k, n = kcc2 * KCC2 * (K + Cl), NKCC1 / (1 + np.exp(16 - outside[1])) * (Na + K + 2 * Cl)
    valence = VALENCE[:3].reshape((3,) + (1,) * (np.ndim(inside) - 1))
    leak = 1e3 / FARADAY * g * (V - nernst(inside, outside, valence)) / valence
    return leak + np.array([3 * turns + n, -2 * turns + k + n, k + 2 * n])


# %% [markdown]
# And where is the potential? There is no separate equation for it. The membrane is a capacitor, and its charge is the excess of charges inside:
#
# $$ V = \frac{F\,V_\text{in}}{C_m A}\left(\sum_k z_k c_k + c_\text{fixed}\right). \tag{3} $$
#
# The fixed charge belongs to what cannot leave: proteins, phosphates. The factor in front is 7.5 V for each mM! One part in ten thousand of the ions makes 100 mV.

# %%
MV_PER_MM = 1e-3 * FARADAY * INSIDE_UM3 / (C_M * AREA_UM2)
FIXED = -(VALENCE @ START_IN) - 68.0 / MV_PER_MM  # mM: the start is at -68 mV
FIXED_3 = FIXED + 2 * START_IN[3]  # calcium rests in this section


def box(duration_s, pump=1.0, kcc2=1.0, outside_um3=OUTSIDE_UM3, method="LSODA"):
    """The closed box of one compartment: times (s), V (mV), concentrations inside and outside (mM), solver's result."""
    total = INSIDE_UM3 * START_IN[:3] + outside_um3 * START_OUT[:3]

    def outside_of(inside):
        return (total.reshape((3,) + (1,) * (inside.ndim - 1)) - INSIDE_UM3 * inside) / outside_um3

    def potential(inside):
        return MV_PER_MM * (np.tensordot(VALENCE[:3], inside, axes=1) + FIXED_3)

    def rhs(t, change):
        inside = START_IN[:3] + change
        return -fluxes(potential(inside), inside, outside_of(inside), LEAK, pump, kcc2) * AREA_UM2 / INSIDE_UM3

    solution = solve_ivp(rhs, (0, duration_s), np.zeros(3), method=method, rtol=1e-7, atol=1e-8)
    inside = START_IN[:3, None] + solution.y
    return solution.t, potential(inside), inside, outside_of(inside), solution


# %% [markdown]
# **Predict.** Turn the pump off. By how much does the potential jump at once? And after how many seconds is half of the K⁺ gradient gone?

# %% [markdown] tags=["scratch"]
# My guess:

# %%
t, V, inside, outside, _ = box(2000.0)
off = box(2000.0, pump=0.0)
print(f"with the pump:    V = {V[-1]:.1f} mV, inside {np.round(inside[:, -1], 1)} mM (Na, K, Cl)")
print(f"without the pump: V = {off[1][-1]:.1f} mV, inside {np.round(off[2][:, -1], 1)} mM")
turns = PUMP / (1 + np.exp((25 - inside[0, -1]) / 3)) / (1 + np.exp(3.5 - outside[1, -1]))
jump = -1e-3 * FARADAY * turns / LEAK.sum()
print(f"the current of the pump itself: {1e-3 * FARADAY * turns:.1f} mA/m², worth {jump:.1f} mV")
print(f"ATP: {1e-18 * turns * AREA_UM2 * si.N_A:.2g} molecules a second, for this compartment at rest")

# %% [markdown]
# The pump is **electrogenic**: in the balance one charge leaves at each turn. But this current is worth only 6 mV. What counts is the long run: without the gradients that the pump keeps, the potential goes to −16 mV, slowly. That end is an equilibrium (**Donnan**'s): $E_\text{Na} = E_\text{K} = E_\text{Cl} = V$, not zero, because the fixed charges stay inside.
#
# At the steady state the fluxes of each ion sum to zero, and so do the currents. From that follows the potential:
#
# $$ V = \frac{\sum g_k E_k - I_\text{pump}}{\sum g_k}. \tag{4} $$

# %% tags=["guard"]
_E = nernst(inside[:, -1], outside[:, -1], VALENCE[:3])
assert abs(V[-1] - ((LEAK @ _E - 1e-3 * FARADAY * turns) / LEAK.sum())) < 0.01
assert np.abs(fluxes(V[-1], inside[:, -1], outside[:, -1], LEAK)).max() < 1e-4 and -7 < jump < -5.5, jump
assert -70 < V[-1] < -66, V[-1]
# Donnan by hand: cations C, anions A, w = exp(-V/ψ): C w/(Vi w + Vo) - A/(Vi + Vo w) + fixed = 0.
_N = INSIDE_UM3 * START_IN[:3] + OUTSIDE_UM3 * START_OUT[:3]
_C, _A, _f, _i, _o = _N[0] + _N[1], _N[2], FIXED_3, INSIDE_UM3, OUTSIDE_UM3
_w = np.roots([_C * _o + _f * _i * _o, (_C - _A) * _i + _f * (_i**2 + _o**2), -_A * _o + _f * _i * _o])
assert abs(off[1][-1] + PSI * np.log(_w[_w > 0][0])) < 0.02 and round(off[1][-1]) == -16, off[1][-1]
assert np.abs(nernst(off[2][:, -1], off[3][:, -1], VALENCE[:3]) - off[1][-1]).max() < 0.02

# %% [markdown]
# ### Your turn: how much pump does a cell need?
#
# Move the sliders: the strength of the pump and of KCC2, in units of their normal values, and how roomy the outside is. Is there a point at which the cell is lost at once?


# %%
def explore(pump=1.0, kcc2=1.0, outside_percent=50):
    """Draw potential and concentrations for ten minutes after a change of pump, KCC2 and outside volume."""
    t, V, inside, outside, _ = box(600.0, pump, kcc2, INSIDE_UM3 * outside_percent / 100)
    fig, (a, b) = plt.subplots(1, 2, layout="constrained", figsize=(9, 3.4))
    a.plot(t, V, color="C0", label="membrane potential")
    for k, style in zip((1, 2), ("--", ":")):
        a.plot(t, nernst(inside[k], outside[k], VALENCE[k]), style, color="C5", label=f"Nernst potential of {NAMES[k]}")
    for k, style in zip(range(3), ("-", "--", ":")):
        b.plot(t, inside[k], style, color="C2", label=f"{NAMES[k]} inside")
    b.plot(t, outside[1], "--", color="C7", label="K outside")
    a.set(xlabel="time (s)", ylabel="potential (mV)", ylim=(-110, 5))
    b.set(xlabel="time (s)", ylabel="concentration (mM)", ylim=(0, 150))
    a.legend()
    b.legend()
    plt.show()


try:
    from ipywidgets import FloatSlider, IntSlider, interact

    interact(
        explore,
        pump=FloatSlider(1.0, min=0, max=2, step=0.05, description="pump", continuous_update=False),
        kcc2=FloatSlider(1.0, min=0, max=2, step=0.1, description="KCC2", continuous_update=False),
        outside_percent=IntSlider(50, min=10, max=500, step=10, description="outside (%)", continuous_update=False),
    )
except ImportError:  # no sliders in this kernel: one picture, and you can call explore() with other values
    explore()

# %% tags=["scratch"]
explore(pump=0.1, kcc2=1.0, outside_percent=50)

# %%
for pump in (2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.0):
    t, V, inside, outside, _ = box(3000.0, pump)
    print(
        f"pump × {pump:4.2f}: V = {V[-1]:6.1f} mV, Na⁺ inside {inside[0, -1]:5.1f} mM, K⁺ outside {outside[1, -1]:5.1f} mM"
    )

# %% [markdown]
# A resting cell forgives much: with half of the pumps it finds a new balance at 1.5 mM more Na⁺, at which the rest of the pumps work harder. That is what the steep curve (1) is good for. There is no cliff: at a twentieth there is still a balance, at −47 mV, since the leaks shrink together with the gradients and the K⁺ outside drives the pump. But this cell has no channels that open. A real one would have reached its threshold long before, and spikes cost more than rest: that is where it is lost, and what exercise 13 is about.

# %% tags=["guard"]
_by = {_p: box(3000.0, _p) for _p in (1.0, 0.5, 0.1, 0.05)}
_V, _Na = ({_p: _b[_k][..., -1] for _p, _b in _by.items()} for _k in (1, 2))
assert 3 < _V[0.5] - _V[1.0] < 4.5 and 1.3 < _Na[0.5][0] - _Na[1.0][0] < 1.7, (_V, _Na)
assert -60 < _V[0.1] < -50 and -48 < _V[0.05] < -46, _V
explore(pump=0.5, kcc2=0.5, outside_percent=100)

# %% [markdown]
# ## 3. Who puts chloride in its place
#
# Nothing pumps Cl⁻ with ATP. If it could only leak, it would go where its Nernst potential equals $V$, and a synapse that opens chloride channels (GABA, glycine) would change nothing at rest. **KCC2** couples it to K⁺, which is far from equilibrium, and so takes chloride out.
#
# **Predict.** Which way does $E_\text{Cl}$ move when KCC2 is blocked?

# %%
for kcc2 in (0.0, 0.5, 1.0, 2.0):
    t, V, inside, outside, _ = box(3000.0, kcc2=kcc2)
    E_Cl = nernst(inside[2, -1], outside[2, -1], -1)
    print(f"KCC2 × {kcc2:3.1f}: V = {V[-1]:6.1f} mV, E_Cl = {E_Cl:6.1f} mV, V - E_Cl = {V[-1] - E_Cl:5.1f} mV")

# %% [markdown]
# With KCC2 a chloride channel hyperpolarises; without it, it only shunts. Young neurons have little KCC2 and much NKCC1, and GABA excites them (Ben-Ari 2002, [doi:10.1038/nrn920](https://doi.org/10.1038/nrn920)).

# %% tags=["guard"]
_gap = []
for _k in (0.0, 1.0, 2.0):
    _b = box(3000.0, kcc2=_k)
    _gap.append(_b[1][-1] - nernst(_b[2][2, -1], _b[3][2, -1], -1))
assert abs(_gap[0]) < 0.1 and 5 < _gap[1] < _gap[2], _gap

# %% [markdown]
# ## 4. Stiffness
#
# The membrane potential settles within $C_m/\sum g$ = 17 ms; the concentrations take minutes. A problem with such different times is called **stiff**: an explicit solver has to keep its steps shorter than the fastest time for ever, even when nothing fast happens any more. Implicit solvers, such as LSODA and BDF, do not.

# %%
steps = {}
for method in ("RK45", "LSODA", "BDF"):
    t, V, *_, solution = box(60.0, pump=0.0, method=method)
    steps[method] = len(t) - 1
    print(f"{method:5s}: {steps[method]:5d} steps, V after 60 s = {V[-1]:.4f} mV")

# %% tags=["guard"]
assert steps["RK45"] > 5 * steps["LSODA"], steps
assert abs(C_M / LEAK.sum() - 0.017) < 3e-4
_ends = [box(60.0, pump=0.0, method=_m)[1][-1] for _m in ("RK45", "LSODA", "BDF")]
assert np.ptp(_ends) < 0.01, _ends

# %% [markdown]
# ## 5. Drift and diffusion along the cell
#
# Two compartments now, soma and dendrite, and their two outsides. Along the cell ions follow the **Nernst-Planck equation**: they diffuse down the gradient and drift in the field. Between two places at the distance $\Delta x$, with the mean concentration $\bar c$ and the tortuosity $\lambda$,
#
# $$ j_k = -\frac{D_k}{\lambda^2\Delta x}\left[\Delta c_k + z_k\,\bar c_k\,\frac{\Delta\phi}{\psi}\right]. \tag{5} $$
#
# The second part is Ohm's law in disguise: summed over all ions, it gives a current proportional to $\Delta\phi$, with a conductance that *depends on the concentrations*. The first part is what cable theory leaves out: currents without a potential difference.
#
# Which $\phi$? Inside minus outside is known from (3) for soma and for dendrite. One potential may be chosen as zero, that outside the dendrite. One is left, that outside the soma, and it follows from the conservation of charge: *what flows inside from soma to dendrite must come back outside*,
#
# $$ I_\text{in} + I_\text{out} = 0. \tag{6} $$

# %%
D = 1e-9 * np.array([1.33, 1.96, 2.03, 0.71])[:, None]  # m²/s
PER_MS = 1e6 * D / (667e-6 * np.array([3.2, 1.6]) ** 2)  # µmol/(m² s) for each mM, inside and outside
CROSS_UM2 = np.array([2.0, 1.0]) * AREA_UM2  # from soma to dendrite, inside and outside
Z = VALENCE[:, None]


def along(V, c):
    """Flow of ions from soma to dendrite [ion, side] in amol/s, and the potential outside the soma (mV).

    V: potentials of soma and dendrite (mV); c: mobile concentrations [ion, side, place] in mM.
    """
    difference, mean = c[:, :, 1] - c[:, :, 0], c.mean(axis=2)
    conductance = CROSS_UM2 * np.sum(PER_MS * Z**2 * mean, axis=0) / PSI  # inside, outside
    diffusion = -CROSS_UM2 * np.sum(PER_MS * Z * difference, axis=0)
    phi = -(diffusion.sum() + conductance[0] * (V[0] - V[1])) / conductance.sum()
    step = np.array([V[1] - V[0] - phi, -phi])  # of the potential, inside and outside, from soma to dendrite
    return -CROSS_UM2 * PER_MS * (difference + Z * mean * step / PSI), phi


# %% [markdown]
# **Predict.** Same potentials everywhere, but 20 mM K⁺ (with as much Cl⁻) outside the soma, 4 mM outside the dendrite. Is there a potential difference outside?

# %%
c = np.stack([np.stack([START_IN] * 2, axis=-1), np.stack([START_OUT] * 2, axis=-1)], axis=1)
c[3, 0] *= 0.01  # free calcium
c[1, 1, 0] += 15.7
c[2, 1, 0] += 15.7
flow, phi = along(np.array([-68.0, -68.0]), c)
print(f"outside the soma: {phi:.2f} mV; the current of all ions, inside and outside together: {(Z * flow).sum():.1e}")

# %% [markdown]
# A small one: K⁺ and Cl⁻ diffuse nearly equally fast, and the slower one is pulled along. Such **diffusion potentials** are slow, and electrodes see them as slow shifts. They cannot come out of a model without concentrations.

# %% tags=["guard"]
assert abs((Z * flow).sum()) < 1e-9 * np.abs(flow).sum() and 0 < abs(phi) < 1, phi
# Without differences of concentration (6) is a voltage divider.
_c = np.stack([np.stack([START_IN] * 2, axis=-1), np.stack([START_OUT] * 2, axis=-1)], axis=1)
_G = CROSS_UM2 * np.sum(PER_MS * Z**2 * _c.mean(axis=2), axis=0)
assert np.isclose(along(np.array([0.0, -60.0]), _c)[1], -60 * _G[0] / _G.sum())

# %% [markdown]
# ## 6. The electrodiffusive Pinsky-Rinzel model
#
# All pieces are there: (1) and (2) at both membranes, (5) and (6) between them. Pinsky and Rinzel's channels (1994, [doi:10.1007/BF00962717](https://doi.org/10.1007/BF00962717)) make it fire: Na⁺ and delayed-rectifier K⁺ channels in the soma, Ca²⁺ channels and two K⁺ channels that depend on calcium in the dendrite. Calcium is swapped for Na⁺ by an exchanger, and 99 % of it is bound. The state is 16 concentrations and 6 gates; whatever leaves one place enters another.


# %%
def gate_slopes(V, gates, calcium):
    """m at its steady state, and time derivatives (1/s) of n, h, s, c, q, z; V (mV), free calcium above rest (mM)."""
    (V_s, V_d), (n, h, s, c, q, z), e = V, gates, np.exp
    opening_m, closing_m = (
        0.32 * (V_s + 46.9) / (1 - e(-(V_s + 46.9) / 4)),
        0.28 * (V_s + 19.9) / (e((V_s + 19.9) / 5) - 1),
    )
    total_c = 2 * e(-(V_d + 53.5) / 27)
    opening_c = e((V_d + 50) / 11 - (V_d + 53.5) / 27) / 18.975 if V_d <= -10 else total_c
    rates = [
        (n, 0.016 * (V_s + 24.9) / (1 - e(-(V_s + 24.9) / 5)), 0.25 * e(-1 - 0.025 * V_s)),
        (h, 0.128 * e((-43 - V_s) / 18), 4 / (1 + e((-20 - V_s) / 5))),
        (s, 1.6 / (1 + e(-0.072 * (V_d - 5))), 0.02 * (V_d + 8.9) / (e((V_d + 8.9) / 5) - 1)),
        (c, opening_c, total_c - opening_c),
    ]
    slow = [min(2e4 * calcium, 10.0) * (1 - q) - q, 1 / (1 + e(V_d + 30)) - z]
    return opening_m / (opening_m + closing_m), [1e3 * (on * (1 - x) - off * x) for x, on, off in rates] + slow


def slopes(state, current_pA):
    """Time derivatives of 16 concentrations [ion, side, place] and 6 gates, and V and the potential outside (mV)."""
    c, gates = state[:16].reshape(4, 2, 2), state[16:]
    n, h, s, gate_c, q, z = gates
    V = MV_PER_MM * (VALENCE @ c[:, 0] + FIXED)
    free = c.copy()
    free[3, 0] *= 0.01
    calcium = free[3, 0, 1] - 99.8e-6
    m, gate_rates = gate_slopes(V, gates, calcium)
    g = np.repeat(LEAK[:, None], 2, axis=1)
    g[0, 0] += 300 * m**2 * h
    g[1] += [150 * n, 8 * q + 150 * gate_c * min(calcium / 2.5e-4, 1)]
    out = np.zeros((4, 2))
    out[:3] = fluxes(V, c[:3, 0], c[:3, 1], g)
    swapped = 75 * (c[3, 0] - 0.01) * INSIDE_UM3 / AREA_UM2
    out[0] -= 2 * swapped
    out[3] = swapped
    out[3, 1] += 1e3 / FARADAY / 2 * 118 * s**2 * z * (V[1] - nernst(free[3, 0, 1], c[3, 1, 1], 2))
    out *= AREA_UM2
    out[1, 0] -= 1e6 * current_pA / FARADAY  # the stimulus: K⁺ from outside the soma into it
    flow, phi = along(V, free)
    rates = np.stack([-out / INSIDE_UM3, out / OUTSIDE_UM3], axis=1)
    rates += np.stack([-flow, flow], axis=-1) / np.array([[INSIDE_UM3], [OUTSIDE_UM3]])
    return np.append(rates.ravel(), gate_rates), V, phi


# %%
start = np.append(
    np.stack([START_IN, START_OUT], axis=1)[:, :, None].repeat(2, axis=2).ravel(),
    [0.0003, 0.999, 0.007, 0.006, 0.011, 1],
)
zero = np.append(start[:16], np.zeros(6))  # the solver sees changes of concentrations, not concentrations
solution = solve_ivp(lambda t, y: slopes(y + zero, 27.0)[0], (0, 0.95), start - zero, "LSODA", rtol=1e-6, atol=1e-7)
states = solution.y + zero[:, None]
_, V, phi = zip(*[slopes(state, 27.0) for state in states.T])
V, phi, c = np.array(V), np.array(phi), states[:16].reshape(4, 2, 2, -1)

# %%
fig, axes = plt.subplots(2, 2, layout="constrained", figsize=(9, 4.8), sharex="col")
for column, window in enumerate([(0.0, 950.0), (875.0, 905.0)]):
    now = (1e3 * solution.t >= window[0]) & (1e3 * solution.t <= window[1])
    axes[0, column].plot(1e3 * solution.t[now], V[now, 0], color="C0", label="soma")
    axes[0, column].plot(1e3 * solution.t[now], V[now, 1], "--", color="C0", lw=1, label="dendrite")
    axes[1, column].set(xlabel="time (ms)")
axes[1, 0].plot(1e3 * solution.t, c[1, 1, 0], color="C2")
axes[1, 1].plot(1e3 * solution.t[now], phi[now], color="C6")
axes[0, 0].set(ylabel="membrane potential (mV)")
axes[1, 0].set(ylabel="K⁺ outside the soma (mM)")
axes[1, 1].set(ylabel="outside the soma (mV)")
axes[0, 1].legend()
plt.show()

# %% [markdown]
# One spike leaves its mark: K⁺ outside the soma jumps, and the cell spends the next second on bringing it back. Outside, the sodium current of the soma gives a sharp negative peak, the calcium current of the dendrite a slower positive one.
#
# ### Is it right?
#
# A model of this kind has a test that no one can argue with. Each ion keeps its number, and the charge of the box stays zero.

# %%
volumes = np.array([INSIDE_UM3, OUTSIDE_UM3])
amounts = np.einsum("v,ivpt->it", volumes, c)
print("largest relative change of the number of an ion:", np.abs(amounts / amounts[:, :1] - 1).max())
charge = VALENCE @ (amounts - amounts[:, :1]) / (VALENCE @ np.abs(amounts[:, 0]))
print("largest relative change of the charge of the box:", np.abs(charge).max())

# %% tags=["guard"]
assert np.abs(amounts / amounts[:, :1] - 1).max() < 1e-12 and np.abs(charge).max() < 1e-12
_up = 1e3 * solution.t[1:][(V[:-1, 0] < 0) & (V[1:, 0] >= 0)]
# The exercise's model, written in another way (single numbers, no NumPy), fires at 30.37 and 881.50 ms at a tolerance of 1e-8.
assert len(_up) == 2 and np.allclose(_up, [30.37, 881.50], rtol=0, atol=0.3), _up
assert phi.min() < -4 and phi.max() > 3, (phi.min(), phi.max())
_k = c[1, 1, 0]
_after = np.interp([0.025, 0.06, 0.87], solution.t, _k)
assert _after[1] - _after[0] > 0.1 and _after[2] < _after[1], _after

# %% [markdown]
# What it can do that the original of 1994 cannot: tire, fail, and die. With a strong stimulus K⁺ piles up outside and the cell ends in depolarisation block; with the pumps off it lies silent for forty seconds, fires a last volley, and is gone. Exercise 13 does all of that.
#
# ## What you have learnt
#
# - **When may a model not take concentrations as constant?** When many ions go into a small room before they are carried back. K⁺ outside is the weak point: 4 mM in a narrow space.
# - **What does the pump do for the potential?** Directly some 6 mV, by the one charge that leaves at each turn. In the long run everything: without it the cell ends at the Donnan potential.
# - **Why is chloride not where its leak would put it?** KCC2 couples it to K⁺ and takes it out, which is why GABA can hyperpolarise.
# - **Where do potentials come from?** From the excess of charge inside: 7.5 V for each mM. And the potential outside from the rule that no charge piles up anywhere but on the membrane.
# - **Why a stiff solver, and how do you know that it is right?** The potential settles in milliseconds, concentrations in minutes. Ions and charge must be conserved to rounding, two ways to write it must agree, and special cases (Donnan, a voltage divider) must come out.
#
# ## Where to go next
#
# - **Exercise 13**: the pieces to write yourself, the strongest stimulus that the pumps keep up with, the wave of death.
# - **Lecture 09** computes potentials outside where they are small and concentrations constant: the usual case.
# - To read on: Sætra, Einevoll and Halnes (2021, [doi:10.1371/journal.pcbi.1008143](https://doi.org/10.1371/journal.pcbi.1008143)) add a glial cell, which takes up K⁺.
