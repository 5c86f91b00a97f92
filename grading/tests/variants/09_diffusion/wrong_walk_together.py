# All walkers get the same step.
# fails: test_walk
# says: "beyond chance"

# %% answer="walk"
def walk(n_walkers, t_us, D, dt_us, seed):
    rng = np.random.default_rng(seed)
    x_nm = np.zeros(n_walkers)
    for _ in range(int(round(t_us / dt_us))):
        x_nm += np.sqrt(2 * D * dt_us) * rng.standard_normal()
    return x_nm
