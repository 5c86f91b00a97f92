COMMENT
Fast sodium current of a thalamic interneuron, of
Halnes, Augustinaite, Heggelund, Einevoll and Migliore (2011, PLoS Comput Biol
7:e1002160, doi:10.1371/journal.pcbi.1002160),
after Traub and Miles (1991, Neuronal Networks of the Hippocampus, Cambridge University Press).
Rates at 36 degC, Q10 = 3.
ENDCOMMENT

NEURON {
    SUFFIX halnes_Na
    USEION na READ ena WRITE ina
    RANGE gbar, g, i, m_inf, tau_m, h_inf, tau_h, V_T
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S) = (siemens)
}

PARAMETER {
    gbar = 0 (S/cm2)
    V_T = -63 (mV) : moves the gates along the voltage axis
}

ASSIGNED {
    v (mV)
    ena (mV)
    ina (mA/cm2)
    celsius (degC)
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
    phi = 3^((celsius - 36 (degC))/10 (degC))
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
    LOCAL a, b, u
    u = v - V_T
    a = 0.32 (/mV/ms) * linoid(13 (mV) - u, 4 (mV))
    b = 0.28 (/mV/ms) * linoid(u - 40 (mV), 5 (mV))
    m_inf = a/(a + b)
    tau_m = 1/(a + b)/phi
    a = 0.128 (/ms) * exp((17 (mV) - u)/18 (mV))
    b = 4 (/ms) / (1 + exp((40 (mV) - u)/5 (mV)))
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
