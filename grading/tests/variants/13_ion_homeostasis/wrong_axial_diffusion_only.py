# Forgets the drift.
# fails: test_axial_flux
# says: "drift is missing"

# %% answer="axial_flux"
def axial_flux(D, valence, tortuosity, soma_mM, dendrite_mM, phi_soma_mV, phi_dendrite_mV):
    k = 1e12 * D / (tortuosity**2 * DISTANCE_UM)
    diffusion = soma_mM - dendrite_mM
    return k * (diffusion)
