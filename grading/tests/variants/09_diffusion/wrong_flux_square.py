# Divides by the width twice.
# fails: test_steady_flux
# says: "too small"

# %% answer="steady_flux"
def steady_flux(c0_mM, d_nm, D, fraction):
    flux = D * c0_mM / MM_PER_NM3 / d_nm**2
    unit_us = d_nm**2 / D
    t_us = brentq(lambda t: arriving([t], d_nm, D, 100)[0] - fraction, 0.005 * unit_us, 5 * unit_us)
    return flux, t_us
