# Fits the line to the whole record.
# fails: test_diffusion_coefficient
# says: "too large"

# %% answer="diffusion_coefficient"
def diffusion_coefficient(t_s, amount, d_um):
    half = 0
    slope, at_zero = np.polyfit(t_s[half:], amount[half:], 1)
    lag_s = -at_zero / slope
    return d_um**2 / (6 * lag_s)
