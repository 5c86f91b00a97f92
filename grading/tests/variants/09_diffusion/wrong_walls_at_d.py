# Images at multiples of d.
# fails: test_between_walls
# says: "multiples of 2d"

# %% answer="between_walls"
def between_walls(x_nm, t_us, d_nm, D):
    images = d_nm * np.arange(-40, 41)
    distances = np.asarray(x_nm)[:, np.newaxis] - images
    return 2 * np.sum(np.exp(-(distances**2) / (4 * D * t_us)), axis=1) / np.sqrt(4 * np.pi * D * t_us)
