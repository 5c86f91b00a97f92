# Builds the section once and keeps it.
# fails: test_neuron_input_resistance
# says: "built anew inside the function"

# %% answer="neuron_input_resistance"
kept = []


def neuron_input_resistance(d_um, length_um, R_m, R_a, nseg):
    if not kept:
        sec = h.Section(name="kept")
        sec.L, sec.diam, sec.Ra, sec.nseg = length_um, d_um, R_a, nseg
        sec.insert("pas")
        sec.g_pas, sec.e_pas = 1 / R_m, -65
        kept.append(sec)
    h.finitialize(-65)
    impedance = h.Impedance()
    impedance.loc(kept[0](0))
    impedance.compute(0)
    return impedance.input(kept[0](0))
