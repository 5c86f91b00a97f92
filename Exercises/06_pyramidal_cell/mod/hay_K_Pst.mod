COMMENT
Slowly inactivating ("persistent") potassium current of a layer 5 pyramidal cell: K_Pst of
Hay, Hill, Schuermann, Markram and Segev (2011, PLoS Comput Biol 7:e1002107,
doi:10.1371/journal.pcbi.1002107),
after Korngreen and Sakmann (2000, doi:10.1111/j.1469-7793.2000.00621.x), whose potentials
are shifted by a liquid junction potential of 10 mV.
The rates hold at 34 degC: measured at 21 degC, sped up by Q10 = 2.3. `celsius` changes nothing.
ENDCOMMENT

NEURON {
    SUFFIX hay_K_Pst
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
    g = gbar*m*m*h
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
    m_inf = 1/(1 + exp(-(w + 1 (mV))/12 (mV)))
    if (w < -50 (mV)) {
        tau_m = (1.25 (ms) + 175.03 (ms) * exp(0.026 (/mV) * w))/phi
    } else {
        tau_m = (1.25 (ms) + 13 (ms) * exp(-0.026 (/mV) * w))/phi
    }
    h_inf = 1/(1 + exp((w + 54 (mV))/11 (mV)))
    tau_h = (360 (ms) + (1010 (ms) + 24 (ms/mV) * (w + 55 (mV))) * exp(-((w + 75 (mV))/48 (mV))^2))/phi
}
