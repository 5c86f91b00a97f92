COMMENT
Hyperpolarisation-activated cation current of a layer 5 pyramidal cell: Ih of
Hay, Hill, Schuermann, Markram and Segev (2011, PLoS Comput Biol 7:e1002107,
doi:10.1371/journal.pcbi.1002107),
after Kole, Hallermann and Stuart (2006, doi:10.1523/JNEUROSCI.3664-05.2006).
The published rates carry no temperature correction.
ENDCOMMENT

NEURON {
    SUFFIX hay_Ih
    NONSPECIFIC_CURRENT i
    RANGE gbar, g, i, e, m_inf, tau_m
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S) = (siemens)
}

PARAMETER {
    gbar = 0 (S/cm2)
    e = -45 (mV)
}

ASSIGNED {
    v (mV)
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
    i = g*(v - e)
}

DERIVATIVE gates {
    rates(v)
    m' = (m_inf - m)/tau_m
}

PROCEDURE rates(v (mV)) {
    LOCAL a, b
    a = 0.00643 (/mV/ms) * linoid(v + 154.9 (mV), 11.9 (mV))
    b = 0.193 (/ms) * exp(v/33.1 (mV))
    m_inf = a/(a + b)
    tau_m = 1/(a + b)
}

FUNCTION linoid(x (mV), k (mV)) (mV) {
    : x/(exp(x/k) - 1); where numerator and denominator vanish, the first terms of its series
    if (fabs(x/k) < 1e-4) {
        linoid = k*(1 - x/k/2 + (x/k)*(x/k)/12)
    } else {
        linoid = x/(exp(x/k) - 1)
    }
}
