"""Steady states and time constants of the library's gates, as the papers print them, for comparison with the .mod files.

Each function takes an array (membrane potential in mV, or calcium concentration in mM) and the temperature in degC, and
returns, for each gate, its steady state and its time constant in ms.
"""

import numpy as np
from numpy import exp


def rise(x, k):
    """x/(1 - exp(-x/k)), also where it is 0/0."""
    z = np.asarray(x, float) / k
    return k * np.divide(z, -np.expm1(-z), out=np.ones_like(z), where=z != 0)


def gate(opening, closing, speed=1.0):
    """Steady state and time constant of a gate that opens and closes with these rates (1/ms)."""
    return opening / (opening + closing), 1 / (opening + closing) / speed


HAY = 2.3 ** ((34 - 21) / 10)


def nata_t(v, _):
    m = gate(0.182 * rise(v + 38, 6), 0.124 * rise(-v - 38, 6), HAY)
    return {"m": m, "h": gate(0.015 * rise(-v - 66, 6), 0.015 * rise(v + 66, 6), HAY)}


def nap_et2(v, temperature):
    tau_m = 6 * nata_t(v, temperature)["m"][1]
    tau_h = gate(2.88e-6 * rise(-v - 17, 4.63), 6.94e-6 * rise(v + 64.4, 2.63), HAY)[1]
    return {"m": (1 / (1 + exp(-(v + 52.6) / 4.6)), tau_m), "h": (1 / (1 + exp((v + 48.8) / 10)), tau_h)}


def k_pst(v, _):
    tau_m = np.where(v < -60, 1.25 + 175.03 * exp(0.026 * (v + 10)), 1.25 + 13 * exp(-0.026 * (v + 10))) / HAY
    tau_h = (360 + (1010 + 24 * (v + 65)) * exp(-(((v + 85) / 48) ** 2))) / HAY
    return {"m": (1 / (1 + exp(-(v + 11) / 12)), tau_m), "h": (1 / (1 + exp((v + 64) / 11)), tau_h)}


def k_tst(v, _):
    m = 1 / (1 + exp(-(v + 10) / 19)), (0.34 + 0.92 * exp(-(((v + 81) / 59) ** 2))) / HAY
    return {"m": m, "h": (1 / (1 + exp((v + 76) / 10)), (8 + 49 * exp(-(((v + 83) / 23) ** 2))) / HAY)}


def skv3_1(v, _):
    return {"m": (1 / (1 + exp(-(v - 18.7) / 9.7)), 4 / (1 + exp(-(v + 46.56) / 44.14)))}


def im(v, _):
    return {"m": gate(0.0033 * exp((v + 35) / 10), 0.0033 * exp(-(v + 35) / 10), HAY)}


def hay_ih(v, _):
    return {"m": gate(0.00643 * rise(-v - 154.9, 11.9), 0.193 * exp(v / 33.1))}


def ca_hva(v, _):
    m = gate(0.055 * rise(v + 27, 3.8), 0.94 * exp((-75 - v) / 17))
    return {"m": m, "h": gate(0.000457 * exp((-13 - v) / 50), 0.0065 / (exp((-v - 15) / 28) + 1))}


def ca_lvast(v, _):
    m = 1 / (1 + exp(-(v + 40) / 6)), (5 + 20 / (1 + exp((v + 35) / 5))) / HAY
    return {"m": m, "h": (1 / (1 + exp((v + 90) / 6.4)), (20 + 50 / (1 + exp((v + 50) / 7))) / HAY)}


def sk_e2(ca, _):
    return {"z": (1 / (1 + (4.3e-4 / ca) ** 4.8), np.ones_like(ca))}


def halnes_na(v, temperature, v_t=-63):
    u, speed = v - v_t, 3 ** ((temperature - 36) / 10)
    m = gate(0.32 * rise(u - 13, 4), 0.28 * rise(40 - u, 5), speed)
    return {"m": m, "h": gate(0.128 * exp((17 - u) / 18), 4 / (1 + exp((40 - u) / 5)), speed)}


def halnes_kdr(v, temperature, v_t=-63):
    u = v - v_t
    return {"n": gate(0.032 * rise(u - 15, 5), 0.5 * exp((10 - u) / 40), 3 ** ((temperature - 36) / 10))}


def halnes_cat(v, temperature):
    u, warmth = v - 8, (temperature - 23.5) / 10
    tau_m = (5.4 + 1 / (exp((u + 125.7) / -19.7) + exp((u - 0.54) / 13))) / 3**warmth
    tau_h = (21 + 1 / (exp((v + 22.2) / 9.1) + exp((v + 362.9) / -46.9))) / 1.5**warmth
    return {"m": (1 / (1 + exp(-(u + 46.2) / 8.7)), tau_m), "h": (1 / (1 + exp((v + 69.7) / 6.4)), tau_h)}


def halnes_cal(v, temperature):
    opening, closing = 1.6 / (1 + exp(-0.072 * (v - 17 + 5))), 0.02 * rise(-(v - 7 - 1.31), 5.36)
    return {"m": gate(opening, closing, 3 ** ((temperature - 21) / 10))}


def halnes_ih(v, _):
    return {"h": (1 / (1 + exp((v + 96) / 10)), exp((v + 250) / 30.7) / (1 + exp((v + 78.8) / 5.78)))}


def halnes_ahp(ca, temperature):
    r = (ca / 4.3478e-4) ** 2
    return {"m": (r / (1 + r), np.maximum(1, 1 / (0.02 * (1 + r)) / 3 ** ((temperature - 22) / 10)))}


def halnes_can(ca, temperature):
    m_inf, tau = gate(0.003 * (ca / 1.1e-4) ** 8, 0.003, 3 ** ((temperature - 22) / 10))
    return {"m": (m_inf, np.maximum(0.1, tau))}


def ghk(v, ci, co, temperature):
    """Calcium current (mA/cm2) for a permeability of 1 cm/s; concentrations in mM, as R. T. Goldman and Hodgkin and Katz."""
    F, RT = 96485.332, 8.3144626 * (temperature + 273.15)
    z = np.asarray(2e-3 * F * v / RT, float)
    flow = np.divide(z * (ci - co * exp(-z)), -np.expm1(-z), out=np.full_like(z, ci - co), where=z != 0)
    return 2e-3 * F * flow


CHANNELS = {  # mechanism: gates, powers, what its current is driven by (reversal potential in mV, or GHK)
    "hay_NaTa_t": (nata_t, {"m": 3, "h": 1}, 50),
    "hay_Nap_Et2": (nap_et2, {"m": 3, "h": 1}, 50),
    "hay_K_Pst": (k_pst, {"m": 2, "h": 1}, -85),
    "hay_K_Tst": (k_tst, {"m": 4, "h": 1}, -85),
    "hay_SKv3_1": (skv3_1, {"m": 1}, -85),
    "hay_Im": (im, {"m": 1}, -85),
    "hay_Ih": (hay_ih, {"m": 1}, -45),
    "hay_Ca_HVA": (ca_hva, {"m": 2, "h": 1}, "nernst"),
    "hay_Ca_LVAst": (ca_lvast, {"m": 2, "h": 1}, "nernst"),
    "hay_SK_E2": (sk_e2, {"z": 1}, -85),
    "halnes_Na": (halnes_na, {"m": 3, "h": 1}, 50),
    "halnes_Kdr": (halnes_kdr, {"n": 4}, -85),
    "halnes_CaT": (halnes_cat, {"m": 2, "h": 1}, "ghk"),
    "halnes_CaL": (halnes_cal, {"m": 2}, "ghk"),
    "halnes_Ih": (halnes_ih, {"h": 1}, -44),
    "halnes_AHP": (halnes_ahp, {"m": 2}, -85),
    "halnes_CAN": (halnes_can, {"m": 2}, 10),
}
BY_CALCIUM = ("hay_SK_E2", "halnes_AHP", "halnes_CAN")

# Steady states and time constants (ms) at -80, -65, -40 and 0 mV that the files of Hay et al. (2011, ModelDB 139653) give.
PUBLISHED = {
    ("hay_Ih", "m_inf"): (0.04922, 0.01106, 0.00082, 0.00001),
    ("hay_Ih", "tau_m"): (55.230, 36.514, 17.335, 5.181),
    ("hay_Im", "m_inf"): (0.00012, 0.00247, 0.26894, 0.99909),
    ("hay_Im", "tau_m"): (1.1399, 5.0966, 45.5035, 3.0961),
    ("hay_K_Pst", "m_inf"): (0.00317, 0.01099, 0.08191, 0.71436),
    ("hay_K_Pst", "tau_m"): (10.0273, 14.6082, 10.0272, 3.8179),
    ("hay_K_Pst", "h_inf"): (0.8107, 0.52271, 0.1014, 0.00296),
    ("hay_K_Pst", "tau_h"): (339.66, 409.44, 348.31, 159.74),
    ("hay_K_Tst", "m_inf"): (0.0245, 0.05241, 0.17094, 0.62862),
    ("hay_K_Tst", "tau_m"): (0.42661, 0.40461, 0.30737, 0.16245),
    ("hay_K_Tst", "h_inf"): (0.59869, 0.24974, 0.0266, 0.0005),
    ("hay_K_Tst", "tau_h"): (19.023, 11.703, 3.2127, 2.7093),
    ("hay_SKv3_1", "m_inf"): (0.00004, 0.00018, 0.00235, 0.12699),
    ("hay_SKv3_1", "tau_m"): (1.2767, 1.5882, 2.1484, 2.9668),
    ("hay_NaTa_t", "m_inf"): (0.00134, 0.01604, 0.5126, 0.99879),
    ("hay_NaTa_t", "tau_m"): (0.06488, 0.09842, 0.18867, 0.04882),
    ("hay_NaTa_t", "h_inf"): (0.9116, 0.45843, 0.01295, 0.00002),
    ("hay_NaTa_t", "tau_h"): (1.3275, 1.8771, 0.84584, 0.34206),
    ("hay_Nap_Et2", "m_inf"): (0.00258, 0.06323, 0.9393, 0.99999),
    ("hay_Nap_Et2", "h_inf"): (0.95771, 0.8348, 0.29318, 0.00754),
    ("hay_Nap_Et2", "tau_h"): (1863.5, 2192.0, 1434.6, 755.6),
    ("hay_Ca_HVA", "m_inf"): (0.0, 0.00018, 0.16762, 0.99238),
    ("hay_Ca_HVA", "tau_m"): (0.79275, 1.9154, 6.9395, 0.66772),
    ("hay_Ca_HVA", "h_inf"): (0.75029, 0.58075, 0.29343, 0.07914),
    ("hay_Ca_LVAst", "m_inf"): (0.00127, 0.01527, 0.5, 0.99873),
    ("hay_Ca_LVAst", "h_inf"): (0.17329, 0.01972, 0.0004, 0.0),
}
PUBLISHED_SK = ((1e-4, 0.00091), (2e-4, 0.02474), (4.3e-4, 0.5), (1e-3, 0.98289))  # mM, open fraction
