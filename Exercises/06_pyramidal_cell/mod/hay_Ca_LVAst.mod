COMMENT
Low-voltage-activated (T-type) calcium current of a layer 5 pyramidal cell: Ca_LVAst of
Hay, Hill, Schuermann, Markram and Segev (2011, PLoS Comput Biol 7:e1002107,
doi:10.1371/journal.pcbi.1002107),
after Avery and Johnston (1996, doi:10.1523/JNEUROSCI.16-18-05567.1996) and Randall and
Tsien (1997, doi:10.1016/S0028-3908(97)00086-5); potentials are shifted by a liquid junction
potential of 10 mV.
The rates hold at 34 degC: measured at 21 degC, sped up by Q10 = 2.3. `celsius` changes nothing.
ENDCOMMENT

NEURON {
    SUFFIX hay_Ca_LVAst
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
    LOCAL w
    w = v + 10 (mV)
    m_inf = 1/(1 + exp(-(w + 30 (mV))/6 (mV)))
    tau_m = (5 (ms) + 20 (ms) / (1 + exp((w + 25 (mV))/5 (mV))))/phi
    h_inf = 1/(1 + exp((w + 80 (mV))/6.4 (mV)))
    tau_h = (20 (ms) + 50 (ms) / (1 + exp((w + 40 (mV))/7 (mV))))/phi
}
