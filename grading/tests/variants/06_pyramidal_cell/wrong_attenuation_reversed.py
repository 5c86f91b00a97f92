# Puts the electrode at the end.
# fails: test_attenuation
# says: "the electrode stands at start"

# %% answer="attenuation"
def attenuation(membrane, start, end, frequency_Hz):
    cell = passive_cell(membrane)
    h.finitialize(membrane["e_pas"])
    z = h.Impedance()
    z.loc(cell[end[0]](end[1]))
    z.compute(frequency_Hz, 0)
    return z.transfer(cell[start[0]](start[1])) / z.input(cell[end[0]](end[1]))
