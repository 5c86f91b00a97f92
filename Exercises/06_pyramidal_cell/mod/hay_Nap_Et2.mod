COMMENT
Persistent sodium current of a layer 5 pyramidal cell: Nap_Et2 of
Hay, Hill, Schuermann, Markram and Segev (2011, PLoS Comput Biol 7:e1002107,
doi:10.1371/journal.pcbi.1002107),
after Magistretti and Alonso (1999, doi:10.1085/jgp.114.4.491).
Activation takes six times as long as that of NaTa_t.
The rates hold at 34 degC: measured at 21 degC, sped up by Q10 = 2.3. `celsius` changes nothing.
ENDCOMMENT

NEURON {
    SUFFIX hay_Nap_Et2
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
    m_inf = 1/(1 + exp(-(v + 52.6 (mV))/4.6 (mV)))
    tau_m = 6/(a + b)/phi
    a = 2.88e-6 (/mV/ms) * linoid(v + 17 (mV), 4.63 (mV))
    b = 6.94e-6 (/mV/ms) * linoid(-(v + 64.4 (mV)), 2.63 (mV))
    h_inf = 1/(1 + exp((v + 48.8 (mV))/10 (mV)))
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
