"""Make data/recording.csv, the charging curve that students fit: a ball-and-stick neuron plus noise.

Students get the file, not this program: the build copies `data/` alone. `python recording.py` writes the file anew.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

HIDDEN = {"R_in": 58.3, "tau_ms": 13.4, "L": 1.27, "rho": 4.15}
I_NA = 0.2  # told to the students
NOISE_MV = 0.06
SEED = 1957
T_MS = 0.1 * np.arange(1, 801)
PATH = Path(__file__).resolve().parent / "data" / "recording.csv"


def exact_curve(
    t_ms: NDArray, I_nA: float, R_in: float, tau_ms: float, L: float, rho: float, n_terms: int = 400
) -> NDArray:
    """Deviation from rest (mV) at the soma after a current step: the exact series for soma and one sealed cylinder.

    The time constants are Rall's (1969), doi:10.1016/S0006-3495(69)86467-2. The amplitudes are the residues of the
    Laplace transform I/(s Y), Y = G_soma (1 + s) + G_inf sqrt(1 + s) tanh(L sqrt(1 + s)), s in units of 1/tau.
    """
    G_soma = 1 / (R_in * (1 + rho))
    G_inf = rho * G_soma / np.tanh(L)
    kappa = rho * L / np.tanh(L)
    zeros = [
        brentq(lambda a: a * np.cos(a) + kappa * np.sin(a), (n - 0.5) * np.pi, n * np.pi) for n in range(1, n_terms + 1)
    ]
    alpha = np.array(zeros) / L
    rates = np.r_[1, 1 + alpha**2]
    conductances = np.r_[G_soma + G_inf * L, (G_soma + G_inf * L * (1 + (G_soma * alpha / G_inf) ** 2)) / 2]
    waves = np.exp(-np.outer(t_ms / tau_ms, rates)) @ (1 / (rates * conductances))
    return I_nA * (R_in - waves)


def recording() -> NDArray:
    """Times (ms) and noisy potentials (mV), shape (800, 2)."""
    noise_mV = NOISE_MV * np.random.default_rng(SEED).standard_normal(len(T_MS))
    return np.column_stack([T_MS, exact_curve(T_MS, I_NA, **HIDDEN) + noise_mV])


if __name__ == "__main__":
    PATH.parent.mkdir(exist_ok=True)
    np.savetxt(PATH, recording(), fmt=("%.1f", "%.3f"), delimiter=",", header="time (ms),potential (mV)", comments="")
