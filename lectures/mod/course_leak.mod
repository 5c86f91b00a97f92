COMMENT
A membrane with a leak: the current that flows out is proportional to how far the
membrane potential stands above the reversal potential (Ohm's law).
A cell with nothing else in it answers a constant current I with V = e + I R,
R = 1/(g * area).
ENDCOMMENT

NEURON {
    SUFFIX course_leak
    NONSPECIFIC_CURRENT i
    RANGE g, e, i
}

UNITS {
    (mV) = (millivolt)
    (mA) = (milliamp)
    (S) = (siemens)
}

PARAMETER {
    g = 0.0001 (S/cm2)
    e = -65 (mV)
}

ASSIGNED {
    v (mV)
    i (mA/cm2)
}

BREAKPOINT {
    i = g*(v - e)
}
