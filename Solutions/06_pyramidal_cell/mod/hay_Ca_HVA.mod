COMMENT
High-voltage-activated calcium current of a layer 5 pyramidal cell: Ca_HVA of
Hay, Hill, Schuermann, Markram and Segev (2011, PLoS Comput Biol 7:e1002107,
doi:10.1371/journal.pcbi.1002107),
after Reuveni, Friedman, Amitai and Gutnick (1993, doi:10.1523/JNEUROSCI.13-11-04609.1993).
The published rates carry no temperature correction.
ENDCOMMENT

NEURON {
    SUFFIX hay_Ca_HVA
    USEION ca READ eca WRITE ica
    RANGE gbar, g, i, m_inf, tau_m, h_inf, tau_h
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
    eca (mV)
    ica (mA/cm2)
    i (mA/cm2)
    g (S/cm2)
    m_inf
    tau_m (ms)
    h_inf
    tau_h (ms)
}

STATE {
    m h
}

INITIAL {
    rates(v)
    m = m_inf
    h = h_inf
}

BREAKPOINT {
    SOLVE gates METHOD cnexp
    g = gbar*m*m*h
    i = g*(v - eca)
    ica = i
}

DERIVATIVE gates {
    rates(v)
    m' = (m_inf - m)/tau_m
    h' = (h_inf - h)/tau_h
}

PROCEDURE rates(v (mV)) {
    LOCAL a, b
    a = 0.055 (/mV/ms) * linoid(-(v + 27 (mV)), 3.8 (mV))
    b = 0.94 (/ms) * exp(-(v + 75 (mV))/17 (mV))
    m_inf = a/(a + b)
    tau_m = 1/(a + b)
    a = 0.000457 (/ms) * exp(-(v + 13 (mV))/50 (mV))
    b = 0.0065 (/ms) / (1 + exp(-(v + 15 (mV))/28 (mV)))
    h_inf = a/(a + b)
    tau_h = 1/(a + b)
}

FUNCTION linoid(x (mV), k (mV)) (mV) {
    : x/(exp(x/k) - 1); where numerator and denominator vanish, the first terms of its series
    if (fabs(x/k) < 1e-4) {
        linoid = k*(1 - x/k/2 + (x/k)*(x/k)/12)
    } else {
        linoid = x/(exp(x/k) - 1)
    }
}
