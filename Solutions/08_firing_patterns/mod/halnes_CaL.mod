COMMENT
High-threshold (L-type) calcium current of a thalamic interneuron, of
Halnes, Augustinaite, Heggelund, Einevoll and Migliore (2011, PLoS Comput Biol
7:e1002160, doi:10.1371/journal.pcbi.1002160),
after Kay and Wong (1987, J Physiol 392:603), Huguenard and McCormick (1992, J Neurophysiol
68:1373) and Zhu, Uhlrich and Lytton (1999, Neuroscience 91:1445).
Rates at 21 degC, Q10 = 3.
ENDCOMMENT

NEURON {
    SUFFIX halnes_CaL
    USEION ca READ cai, cao WRITE ica
    RANGE pbar, i, m_inf, tau_m
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (molar) = (1/liter)
    (mM) = (millimolar)
    (mC) = (millicoulomb)
    FARADAY = (faraday) (coulomb)
    R = (k-mole) (joule/degC)
}

PARAMETER {
    pbar = 0 (cm/s)
}

ASSIGNED {
    v (mV)
    cai (mM)
    cao (mM)
    ica (mA/cm2)
    celsius (degC)
    i (mA/cm2)
    m_inf
    tau_m (ms)
    phi
}

STATE {
    m
}

INITIAL {
    phi = 3^((celsius - 21 (degC))/10 (degC))
    rates(v)
    m = m_inf
}

BREAKPOINT {
    SOLVE gates METHOD cnexp
    i = pbar*m*m*ghk(v, cai, cao)
    ica = i
}

DERIVATIVE gates {
    rates(v)
    m' = (m_inf - m)/tau_m
}

PROCEDURE rates(v (mV)) {
    LOCAL a, b
    a = 1.6 (/ms) / (1 + exp(-0.072 (/mV) * (v - 12 (mV))))
    b = 0.02 (/mV/ms) * linoid(v - 8.31 (mV), 5.36 (mV))
    m_inf = a/(a + b)
    tau_m = 1/(a + b)/phi
}

FUNCTION linoid(x (mV), k (mV)) (mV) {
    : x/(exp(x/k) - 1); where numerator and denominator vanish, the first terms of its series
    if (fabs(x/k) < 1e-4) {
        linoid = k*(1 - x/k/2 + (x/k)*(x/k)/12)
    } else {
        linoid = x/(exp(x/k) - 1)
    }
}

FUNCTION ghk(v (mV), ci (mM), co (mM)) (mC/cm3) {
    : Goldman-Hodgkin-Katz: current through the open channel for each cm/s of permeability
    LOCAL x
    x = (1e-3)*2*FARADAY*v/(R*(celsius + 273.15 (degC)))
    ghk = (1e-3)*2*FARADAY*(ci*over_expm1(-x) - co*over_expm1(x))
}

FUNCTION over_expm1(x) {
    : x/(exp(x) - 1); where numerator and denominator vanish, the first terms of its series
    if (fabs(x) < 1e-4) {
        over_expm1 = 1 - x/2 + x*x/12
    } else {
        over_expm1 = x/(exp(x) - 1)
    }
}
