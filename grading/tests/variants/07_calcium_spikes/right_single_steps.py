# Steps by hand, potentials read segment by segment, lists returned.
# passes: all

# %% answer="simulate"
def simulate(tree, channels, weight_uS, synapse_at, places, t_stop_ms):
    cell = grow(tree, channels)
    where, x = synapse_at
    syn = h.Exp2Syn(x, sec=cell[where])
    syn.tau1 = 1
    syn.tau2 = 3
    syn.e = 0
    stim = h.NetStim()
    stim.number = 1
    stim.start = 10
    stim.noise = 0
    netcon = h.NetCon(stim, syn, 0, 0, weight_uS)
    settle()
    t, v = [0.0], [[cell[name](position).v for name, position in places]]
    for _ in range(int(round(t_stop_ms / DT_MS))):
        h.fadvance()
        t.append(h.t)
        v.append([cell[name](position).v for name, position in places])
    del netcon
    return t, np.transpose(v)
