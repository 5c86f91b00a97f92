# NEURON from the other side: the cleft runs from sink to source, finer steps, the loop of stdrun.
# passes: all

# %% answer="rxd_filling"
def rxd_filling(d_nm, D, t_us, n):
    bath, gap, drain = h.Section(name="bath"), h.Section(name="gap"), h.Section(name="drain")
    gap.connect(drain(1))
    bath.connect(gap(1))
    gap.nseg = n
    gap.L, gap.diam = d_nm / 1000, 0.5
    bath.L = drain.L = d_nm / 1000 / n
    bath.diam = drain.diam = 2000
    inside = rxd.Region([drain, gap, bath], nrn_region="i")
    glutamate = rxd.Species(inside, d=D / 1000)
    h.dt = t_us / 1000 / 500
    h.finitialize(-65)
    glutamate.nodes(bath).concentration = 1
    for _ in range(500):
        h.fadvance()
    return np.array(glutamate.nodes(gap).concentration)[::-1]


# %% answer="walk"
def walk(n_walkers, t_us, D, dt_us, seed):
    rng = np.random.default_rng(seed)
    kicks = rng.normal(scale=(2 * D * dt_us) ** 0.5, size=(n_walkers, int(round(t_us / dt_us))))
    return list(kicks.sum(axis=1))


# %% answer="green"
def green(r_nm, t_us, D, dimensions):
    sd = np.sqrt(2 * D * np.asarray(t_us, dtype=float))
    one = 1 / (sd * np.sqrt(2 * np.pi))
    return one**dimensions * np.exp(-0.5 * (np.asarray(r_nm) / sd) ** 2)


# %% answer="terms_needed"
def terms_needed(t_us, d_nm, D, error):
    m = np.arange(1, 10_000)
    omitted = 2 * np.exp(-((m * np.pi / d_nm) ** 2) * D * t_us)
    return int(np.argmax(omitted <= error))
