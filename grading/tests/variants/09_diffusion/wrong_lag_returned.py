# Returns the time lag.
# fails: test_diffusion_coefficient
# says: "this is the time lag"

# %% answer="diffusion_coefficient"
def diffusion_coefficient(t_s, amount, d_um):
    half = len(t_s) // 2
    slope, at_zero = np.polyfit(t_s[half:], amount[half:], 1)
    lag_s = -at_zero / slope
    return lag_s
