# Fills the sink, too.
# fails: test_rxd_filling
# says: "everything is full"

# %% answer="rxd_filling"
def rxd_filling(d_nm, D, t_us, n):
    source, cleft, sink = [h.Section(name=name) for name in ("source", "cleft", "sink")]
    cleft.L, cleft.diam, cleft.nseg = 1e-3 * d_nm, 1.0, n
    for vessel in (source, sink):
        vessel.L, vessel.diam = 1e-3 * d_nm / n, 1000.0
    cleft.connect(source(1))
    sink.connect(cleft(1))
    region = rxd.Region([source, cleft, sink], nrn_region="i")
    start = lambda node: 1.0 if node.sec != cleft else 0.0  # noqa: E731
    transmitter = rxd.Species(region, d=1e-3 * D, initial=start)
    h.dt = 1e-3 * t_us / 200
    h.finitialize(-65)
    for _ in range(200):
        h.fadvance()
    return np.array(transmitter.nodes(cleft).concentration)
