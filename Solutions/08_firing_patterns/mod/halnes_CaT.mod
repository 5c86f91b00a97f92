COMMENT
Low-threshold (T-type) calcium current of a thalamic interneuron, of
Halnes, Augustinaite, Heggelund, Einevoll and Migliore (2011, PLoS Comput Biol
7:e1002160, doi:10.1371/journal.pcbi.1002160),
fitted to recordings by Broicher et al. (2007, doi:10.1016/j.mcn.2007.05.013).
Rates at 23.5 degC, Q10 = 3 for activation and 1.5 for inactivation.
ENDCOMMENT

NEURON {
    SUFFIX halnes_CaT
    USEION ca READ cai, cao WRITE ica
    RANGE pbar, i, m_inf, tau_m, h_inf, tau_h
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
    h_inf
    tau_h (ms)
    phi_m
    phi_h
}

STATE {
    m h
}

INITIAL {
    phi_m = 3^((celsius - 23.5 (degC))/10 (degC))
    phi_h = 1.5^((celsius - 23.5 (degC))/10 (degC))
    rates(v)
    m = m_inf
    h = h_inf
}

BREAKPOINT {
    SOLVE gates METHOD cnexp
    i = pbar*m*m*h*ghk(v, cai, cao)
    ica = i
}

DERIVATIVE gates {
    rates(v)
    m' = (m_inf - m)/tau_m
    h' = (h_inf - h)/tau_h
}

PROCEDURE rates(v (mV)) {
    LOCAL u
    u = v - 8 (mV)
    m_inf = 1/(1 + exp(-(u + 46.2 (mV))/8.7 (mV)))
    tau_m = (5.4 (ms) + 1 (ms) / (exp(-(u + 125.7 (mV))/19.7 (mV)) + exp((u - 0.54 (mV))/13 (mV))))/phi_m
    h_inf = 1/(1 + exp((v + 69.7 (mV))/6.4 (mV)))
    tau_h = (21 (ms) + 1 (ms) / (exp((v + 22.2 (mV))/9.1 (mV)) + exp(-(v + 362.9 (mV))/46.9 (mV))))/phi_h
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
