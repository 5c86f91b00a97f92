COMMENT
Hyperpolarisation-activated cation current of a thalamic interneuron, of
Halnes, Augustinaite, Heggelund, Einevoll and Migliore (2011, PLoS Comput Biol
7:e1002160, doi:10.1371/journal.pcbi.1002160),
fitted to recordings from interneurons of the mouse.
The published rates carry no temperature correction.
ENDCOMMENT

NEURON {
    SUFFIX halnes_Ih
    NONSPECIFIC_CURRENT i
    RANGE gbar, g, i, e, h_inf, tau_h
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S) = (siemens)
}

PARAMETER {
    gbar = 0 (S/cm2)
    e = -44 (mV)
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
    g (S/cm2)
    h_inf
    tau_h (ms)
}

STATE {
    h
}

INITIAL {
    rates(v)
    h = h_inf
}

BREAKPOINT {
    SOLVE gates METHOD cnexp
    g = gbar*h
    i = g*(v - e)
}

DERIVATIVE gates {
    rates(v)
    h' = (h_inf - h)/tau_h
}

PROCEDURE rates(v (mV)) {
    h_inf = 1/(1 + exp((v + 96 (mV))/10 (mV)))
    tau_h = 1 (ms) * exp((v + 250 (mV))/30.7 (mV))/(1 + exp((v + 78.8 (mV))/5.78 (mV)))
}
