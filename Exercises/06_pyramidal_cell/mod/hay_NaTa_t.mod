COMMENT
Transient sodium current of a layer 5 pyramidal cell: NaTa_t of
Hay, Hill, Schuermann, Markram and Segev (2011, PLoS Comput Biol 7:e1002107,
doi:10.1371/journal.pcbi.1002107),
after Colbert and Pan (2002, doi:10.1038/nn0602-857).
The rates hold at 34 degC: measured at 21 degC, sped up by Q10 = 2.3. `celsius` changes nothing.
ENDCOMMENT

NEURON {
    SUFFIX hay_NaTa_t
    USEION na READ ena WRITE ina
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
    ena (mV)
    ina (mA/cm2)
    i (mA/cm2)
    g (S/cm2)
    m_inf
    tau_m (ms)
    h_inf
    tau_h (ms)
    phi
}

STATE {
    m h
}

INITIAL {
    phi = 2.3^((34 - 21)/10)
    rates(v)
    m = m_inf
    h = h_inf
}

BREAKPOINT {
    SOLVE gates METHOD cnexp
    g = gbar*m*m*m*h
    i = g*(v - ena)
    ina = i
}

DERIVATIVE gates {
    rates(v)
    m' = (m_inf - m)/tau_m
    h' = (h_inf - h)/tau_h
}

PROCEDURE rates(v (mV)) {
    LOCAL a, b
    a = 0.182 (/mV/ms) * linoid(-(v + 38 (mV)), 6 (mV))
    b = 0.124 (/mV/ms) * linoid(v + 38 (mV), 6 (mV))
    m_inf = a/(a + b)
    tau_m = 1/(a + b)/phi
    a = 0.015 (/mV/ms) * linoid(v + 66 (mV), 6 (mV))
    b = 0.015 (/mV/ms) * linoid(-(v + 66 (mV)), 6 (mV))
    h_inf = a/(a + b)
    tau_h = 1/(a + b)/phi
}

FUNCTION linoid(x (mV), k (mV)) (mV) {
    : x/(exp(x/k) - 1); where numerator and denominator vanish, the first terms of its series
    if (fabs(x/k) < 1e-4) {
        linoid = k*(1 - x/k/2 + (x/k)*(x/k)/12)
    } else {
        linoid = x/(exp(x/k) - 1)
    }
}
