# NEURON's own rule for segments, and its ratio for the attenuation.
# passes: all

# %% answer="n_segments"
def n_segments(points, R_a, C_m, frequency_Hz=100.0, d_lambda=0.1):
    section = h.Section(name="own")
    for x, y, z, d in points.tolist():
        section.pt3dadd(x, y, z, d)
    section.Ra, section.cm = R_a, C_m
    return int((section.L / (d_lambda * h.lambda_f(frequency_Hz, sec=section)) + 0.9) / 2) * 2 + 1


# %% answer="attenuation"
def attenuation(membrane, start, end, frequency_Hz):
    cell = passive_cell(membrane)
    h.finitialize(membrane["e_pas"])
    z = h.Impedance()
    z.loc(end[1], sec=cell[end[0]])
    z.compute(frequency_Hz, 0)
    return z.ratio(start[1], sec=cell[start[0]])
