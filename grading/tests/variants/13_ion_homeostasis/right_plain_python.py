# Loops and the math module where numbers are asked for; lists for tuples.
# passes: all

# %% answer="pump_fluxes"
def pump_fluxes(Na_inside_mM, K_outside_mM, largest=PUMP):
    turns = largest * np.reciprocal(1 + np.exp((25 - Na_inside_mM) / 3)) * np.reciprocal(1 + np.exp(3.5 - K_outside_mM))
    flux = {"Na": 3 * turns, "K": -2 * turns}
    return [flux["Na"], flux["K"], (flux["Na"] + flux["K"]) * FARADAY / 1000]


# %% answer="axial_flux"
def axial_flux(D, valence, tortuosity, soma_mM, dendrite_mM, phi_soma_mV, phi_dendrite_mV):
    import math

    effective = D / math.pow(tortuosity, 2)
    gradient = (dendrite_mM - soma_mM) / (DISTANCE_UM * 1e-6)
    field = (phi_dendrite_mV - phi_soma_mV) / (DISTANCE_UM * 1e-6)
    return -effective * (gradient + valence * 0.5 * (soma_mM + dendrite_mM) / PSI_MV * field) * 1e6


# %% answer="ledger"
def ledger(inside_mM, outside_mM, fixed_inside_mM, fixed_outside_mM):
    amounts, charges = [], []
    for k in range(4):
        amounts.append(
            [
                (VOLUME_INSIDE_UM3 * (a + b) + VOLUME_OUTSIDE_UM3 * (c + d)) / 1000
                for a, b, c, d in zip(inside_mM[k][0], inside_mM[k][1], outside_mM[k][0], outside_mM[k][1])
            ]
        )
    fixed = 2 * (VOLUME_INSIDE_UM3 * fixed_inside_mM + VOLUME_OUTSIDE_UM3 * fixed_outside_mM) / 1000
    for t in range(len(amounts[0])):
        charges.append(FARADAY * (sum(z * amounts[k][t] for k, z in enumerate((1, 1, -1, 2))) + fixed))
    return amounts, charges


# %% answer="outcome"
def outcome(t_s, V_mV, window_s=3.0):
    number = 0
    for k in range(1, len(t_s)):
        if V_mV[k - 1] < 0 <= V_mV[k] and t_s[-1] - t_s[k] < window_s:
            number += 1
    if number:
        return ["fires", number / window_s]
    return ["silent", 0] if V_mV[-1] <= -50 else ["blocked", 0]


# %% answer="next_current"
def next_current(trials):
    low, high = -1e9, 1e9
    for current_pA, keeps_up in trials:
        if keeps_up:
            low = max(low, current_pA)
        else:
            high = min(high, current_pA)
    return low + (high - low) / 2
