# Electrode in the middle of the section.
# fails: test_neuron_input_resistance
# says: "middle of the section"

# %% answer="neuron_input_resistance"
def neuron_input_resistance(d_um, length_um, R_m, R_a, nseg):
    sec = h.Section(name="cable")
    sec.L, sec.diam, sec.Ra, sec.nseg = length_um, d_um, R_a, nseg
    sec.insert("pas")
    sec.g_pas, sec.e_pas = 1 / R_m, -65
    h.finitialize(-65)
    impedance = h.Impedance()
    impedance.loc(sec(0.5))
    impedance.compute(0)
    return impedance.input(sec(0.5))
