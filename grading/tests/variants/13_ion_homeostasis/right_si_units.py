# Everything in SI units, constants of CODATA.
# passes: all

# %% answer="leak_flux"
def leak_flux(g, V_mV, inside_mM, outside_mM, valence):
    F, R, T = 96485.33, 8.314463, 309.14
    E = R * T / (valence * F) * np.log(np.divide(outside_mM, inside_mM))
    return 1e6 * np.multiply(g, np.divide(V_mV, 1000) - E) / (valence * F)


# %% answer="membrane_potential"
def membrane_potential(inside_mM, fixed_mM):
    F = 96485.33
    Na, K, Cl, Ca = np.array(inside_mM, dtype=float)
    Q = F * VOLUME_INSIDE_UM3 * 1e-18 * ((Na - Cl) + (K + fixed_mM) + 2 * Ca)
    return 1000 * Q / (CAPACITANCE_F_PER_M2 * AREA_UM2 * 1e-12)


# %% answer="outside_potential"
def outside_potential(V_soma_mV, V_dendrite_mV, G_inside_nS, G_outside_nS, I_diff_inside_pA, I_diff_outside_pA):
    G_i, G_e = 1e-9 * G_inside_nS, 1e-9 * G_outside_nS
    current = 1e-12 * I_diff_inside_pA + 1e-12 * I_diff_outside_pA + G_i * 1e-3 * (V_soma_mV - V_dendrite_mV)
    return 1e3 * -current / (G_i + G_e)


# %% answer="axial_flux"
def axial_flux(D, valence, tortuosity, soma_mM, dendrite_mM, phi_soma_mV, phi_dendrite_mV):
    F, R, T, dx = 96485.33, 8.314463, 309.14, 667e-6
    diffusion = -D * (dendrite_mM - soma_mM) / (tortuosity**2 * dx)
    conductivity = F * valence * D * (dendrite_mM + soma_mM) / (2 * R * T * tortuosity**2)
    return 1e6 * (diffusion - conductivity * 1e-3 * (phi_dendrite_mV - phi_soma_mV) / dx)
