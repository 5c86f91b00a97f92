COMMENT
Rapidly inactivating ("transient") potassium current of a layer 5 pyramidal cell: K_Tst of
Hay, Hill, Schuermann, Markram and Segev (2011, PLoS Comput Biol 7:e1002107,
doi:10.1371/journal.pcbi.1002107),
after Korngreen and Sakmann (2000, doi:10.1111/j.1469-7793.2000.00621.x), whose potentials
are shifted by a liquid junction potential of 10 mV.
The rates hold at 34 degC: measured at 21 degC, sped up by Q10 = 2.3. `celsius` changes nothing.
ENDCOMMENT

NEURON {
    SUFFIX hay_K_Tst
    USEION k READ ek WRITE ik
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
    ek (mV)
    ik (mA/cm2)
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
    g = gbar*m*m*m*m*h
    i = g*(v - ek)
    ik = i
}

DERIVATIVE gates {
    rates(v)
    m' = (m_inf - m)/tau_m
    h' = (h_inf - h)/tau_h
}

PROCEDURE rates(v (mV)) {
    LOCAL w
    w = v + 10 (mV)
    m_inf = 1/(1 + exp(-w/19 (mV)))
    tau_m = (0.34 (ms) + 0.92 (ms) * exp(-((w + 71 (mV))/59 (mV))^2))/phi
    h_inf = 1/(1 + exp((w + 66 (mV))/10 (mV)))
    tau_h = (8 (ms) + 49 (ms) * exp(-((w + 73 (mV))/23 (mV))^2))/phi
}
