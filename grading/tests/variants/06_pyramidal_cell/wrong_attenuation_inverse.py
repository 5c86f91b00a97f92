# Takes the fraction upside down.
# fails: test_attenuation
# says: "upside down"

# %% answer="attenuation"
def attenuation(membrane, start, end, frequency_Hz):
    cell = passive_cell(membrane)
    h.finitialize(membrane["e_pas"])
    z = h.Impedance()
    z.loc(cell[start[0]](start[1]))
    z.compute(frequency_Hz, 0)
    return z.input(cell[start[0]](start[1])) / z.transfer(cell[end[0]](end[1]))
