COMMENT
Fast, non-inactivating potassium current (Kv3.1) of a layer 5 pyramidal cell: SKv3_1 of
Hay, Hill, Schuermann, Markram and Segev (2011, PLoS Comput Biol 7:e1002107,
doi:10.1371/journal.pcbi.1002107),
after Rettig et al. (1992, EMBO J 11:2473).
The published rates carry no temperature correction.
ENDCOMMENT

NEURON {
    SUFFIX hay_SKv3_1
    USEION k READ ek WRITE ik
    RANGE gbar, g, i, m_inf, tau_m
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S) = (siemens)
}

PARAMETER {
    gbar = 0 (S/cm2)
}

ASSIGNED {
    v (mV)
    ek (mV)
    ik (mA/cm2)
    i (mA/cm2)
    g (S/cm2)
    m_inf
    tau_m (ms)
}

STATE {
    m
}

INITIAL {
    rates(v)
    m = m_inf
}

BREAKPOINT {
    SOLVE gates METHOD cnexp
    g = gbar*m
    i = g*(v - ek)
    ik = i
}

DERIVATIVE gates {
    rates(v)
    m' = (m_inf - m)/tau_m
}

PROCEDURE rates(v (mV)) {
    m_inf = 1/(1 + exp(-(v - 18.7 (mV))/9.7 (mV)))
    tau_m = 4 (ms) / (1 + exp(-(v + 46.56 (mV))/44.14 (mV)))
}
