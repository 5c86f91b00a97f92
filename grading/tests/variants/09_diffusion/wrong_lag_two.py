# Takes the peak time of section 2 for the lag.
# fails: test_diffusion_coefficient
# says: "not d²/(2D)"

# %% answer="diffusion_coefficient"
def diffusion_coefficient(t_s, amount, d_um):
    half = len(t_s) // 2
    slope, at_zero = np.polyfit(t_s[half:], amount[half:], 1)
    lag_s = -at_zero / slope
    return d_um**2 / (2 * lag_s)
