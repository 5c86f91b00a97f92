# Leaves out the diffusion.
# fails: test_outside_potential
# says: "by diffusion are missing"

# %% answer="outside_potential"
def outside_potential(V_soma_mV, V_dendrite_mV, G_inside_nS, G_outside_nS, I_diff_inside_pA, I_diff_outside_pA):
    inward_pA = G_inside_nS * (V_soma_mV - V_dendrite_mV)
    return -inward_pA / (G_inside_nS + G_outside_nS)
