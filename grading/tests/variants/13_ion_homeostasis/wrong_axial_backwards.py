# From dendrite to soma.
# fails: test_axial_flux
# says: "positive"

# %% answer="axial_flux"
def axial_flux(D, valence, tortuosity, soma_mM, dendrite_mM, phi_soma_mV, phi_dendrite_mV):
    k = 1e12 * D / (tortuosity**2 * DISTANCE_UM)
    diffusion = soma_mM - dendrite_mM
    drift = valence * (soma_mM + dendrite_mM) / 2 * (phi_soma_mV - phi_dendrite_mV) / PSI_MV
    return k * (-diffusion - drift)
