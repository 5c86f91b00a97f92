# Uses the thickness of the gel at hand.
# fails: test_diffusion_coefficient
# says: "use the argument d_um"

# %% answer="diffusion_coefficient"
def diffusion_coefficient(t_s, amount, d_um):
    half = len(t_s) // 2
    slope, at_zero = np.polyfit(t_s[half:], amount[half:], 1)
    lag_s = -at_zero / slope
    return 200.0**2 / (6 * lag_s)
