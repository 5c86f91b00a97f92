# Ignores the frequency.
# fails: test_attenuation
# says: "use the frequency"

# %% answer="attenuation"
def attenuation(membrane, start, end, frequency_Hz):
    cell = passive_cell(membrane)
    h.finitialize(membrane["e_pas"])
    z = h.Impedance()
    z.loc(cell[start[0]](start[1]))
    z.compute(0, 0)
    return z.transfer(cell[end[0]](end[1])) / z.input(cell[start[0]](start[1]))
