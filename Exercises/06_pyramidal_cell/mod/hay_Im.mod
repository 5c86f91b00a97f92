COMMENT
Muscarinic potassium current (M-current) of a layer 5 pyramidal cell: Im of
Hay, Hill, Schuermann, Markram and Segev (2011, PLoS Comput Biol 7:e1002107,
doi:10.1371/journal.pcbi.1002107),
after Adams, Brown and Constanti (1982, doi:10.1113/jphysiol.1982.sp014357).
The rates hold at 34 degC: measured at 21 degC, sped up by Q10 = 2.3. `celsius` changes nothing.
ENDCOMMENT

NEURON {
    SUFFIX hay_Im
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
    phi
}

STATE {
    m
}

INITIAL {
    phi = 2.3^((34 - 21)/10)
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
    LOCAL a, b
    a = 0.0033 (/ms) * exp(0.1 (/mV) * (v + 35 (mV)))
    b = 0.0033 (/ms) * exp(-0.1 (/mV) * (v + 35 (mV)))
    m_inf = a/(a + b)
    tau_m = 1/(a + b)/phi
}
