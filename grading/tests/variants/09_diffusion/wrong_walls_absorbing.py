# Images with alternating signs: walls that absorb.
# fails: test_between_walls
# says: "too small"

# %% answer="between_walls"
def between_walls(x_nm, t_us, d_nm, D):
    images = 2 * d_nm * np.arange(-20, 21)
    distances = np.asarray(x_nm)[:, np.newaxis] - images
    return (
        2
        * np.sum((-1.0) ** np.arange(-20, 21) * np.exp(-(distances**2) / (4 * D * t_us)), axis=1)
        / np.sqrt(4 * np.pi * D * t_us)
    )
