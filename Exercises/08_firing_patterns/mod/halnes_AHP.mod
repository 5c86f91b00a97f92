COMMENT
Potassium current that calcium opens (afterhyperpolarisation) of a thalamic interneuron, of
Halnes, Augustinaite, Heggelund, Einevoll and Migliore (2011, PLoS Comput Biol
7:e1002160, doi:10.1371/journal.pcbi.1002160),
after Zhu, Uhlrich and Lytton (1999, Neuroscience 91:1445).
Rates at 22 degC, Q10 = 3; the time constant is never below 1 ms.
ENDCOMMENT

NEURON {
    SUFFIX halnes_AHP
    USEION k READ ek WRITE ik
    USEION ca READ cai
    RANGE gbar, g, i, m_inf, tau_m
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S) = (siemens)
    (molar) = (1/liter)
    (mM) = (millimolar)
}

PARAMETER {
    gbar = 0 (S/cm2)
}

ASSIGNED {
    v (mV)
    ek (mV)
    ik (mA/cm2)
    cai (mM)
    celsius (degC)
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
    phi = 3^((celsius - 22 (degC))/10 (degC))
    rates(cai)
    m = m_inf
}

BREAKPOINT {
    SOLVE gates METHOD cnexp
    g = gbar*m*m
    i = g*(v - ek)
    ik = i
}

DERIVATIVE gates {
    rates(cai)
    m' = (m_inf - m)/tau_m
}

PROCEDURE rates(ca (mM)) {
    LOCAL r
    r = (ca/4.3478e-4 (mM))^2
    m_inf = r/(1 + r)
    tau_m = 1/(0.02 (/ms) * (1 + r))/phi
    if (tau_m < 1 (ms)) {
        tau_m = 1
    }
}
