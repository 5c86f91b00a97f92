"""Make data/gel.csv, what students read a diffusion coefficient from: the amount that has passed a gel, plus noise.

Students get the file, not this program: the build copies `data/` alone. `python record.py` writes the file anew.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HIDDEN_D = 431.0  # µm²/s
HIDDEN_GAIN = 7.3  # what the detector shows for one full gel, in its own units
THICKNESS_UM = 200.0  # told to the students
NOISE = 0.03
SEED = 1920
T_S = 5.0 * np.arange(0, 61)
PATH = Path(__file__).resolve().parent / "data" / "gel.csv"


def passed(T: NDArray, n_terms: int = 200) -> NDArray:
    """Amount that has passed a slab, as a fraction of what the slab would hold at the bath's concentration.

    T is the time in units of d²/D. Crank, The Mathematics of Diffusion (2nd ed. 1975), section 4.3.3.
    """
    n = np.arange(1, n_terms + 1)
    waves = np.exp(-np.pi**2 * np.outer(T, n**2)) @ ((-1.0) ** n / n**2)
    return T - 1 / 6 - 2 / np.pi**2 * waves


def record() -> NDArray:
    """Times (s) and noisy amounts (in the detector's units), shape (61, 2)."""
    noise = NOISE * np.random.default_rng(SEED).standard_normal(len(T_S))
    return np.column_stack([T_S, HIDDEN_GAIN * passed(HIDDEN_D * T_S / THICKNESS_UM**2) + noise])


if __name__ == "__main__":
    PATH.parent.mkdir(exist_ok=True)
    np.savetxt(PATH, record(), fmt=("%.0f", "%.3f"), delimiter=",", header="time (s),amount (units)", comments="")
