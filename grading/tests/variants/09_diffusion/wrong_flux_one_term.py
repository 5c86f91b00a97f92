# Solves for the time with the first term alone.
# fails: test_steady_flux
# says: "late times only"

# %% answer="steady_flux"
def steady_flux(c0_mM, d_nm, D, fraction):
    flux = D * c0_mM / MM_PER_NM3 / d_nm
    unit_us = d_nm**2 / D
    t_us = np.log(2 / (1 - fraction)) / np.pi**2 * unit_us
    return flux, t_us
