COMMENT
Delayed-rectifier potassium current of a thalamic interneuron, of
Halnes, Augustinaite, Heggelund, Einevoll and Migliore (2011, PLoS Comput Biol
7:e1002160, doi:10.1371/journal.pcbi.1002160),
after Traub and Miles (1991, Neuronal Networks of the Hippocampus, Cambridge University Press).
Rates at 36 degC, Q10 = 3.
ENDCOMMENT

NEURON {
    SUFFIX halnes_Kdr
    USEION k READ ek WRITE ik
    RANGE gbar, g, i, n_inf, tau_n, V_T
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
    ek (mV)
    ik (mA/cm2)
    celsius (degC)
    i (mA/cm2)
    g (S/cm2)
    n_inf
    tau_n (ms)
    phi
}

STATE {
    n
}

INITIAL {
    phi = 3^((celsius - 36 (degC))/10 (degC))
    rates(v)
    n = n_inf
}

BREAKPOINT {
    SOLVE gates METHOD cnexp
    g = gbar*n*n*n*n
    i = g*(v - ek)
    ik = i
}

DERIVATIVE gates {
    rates(v)
    n' = (n_inf - n)/tau_n
}

PROCEDURE rates(v (mV)) {
    LOCAL a, b, u
    u = v - V_T
    a = 0.032 (/mV/ms) * linoid(15 (mV) - u, 5 (mV))
    b = 0.5 (/ms) * exp((10 (mV) - u)/40 (mV))
    n_inf = a/(a + b)
    tau_n = 1/(a + b)/phi
}

FUNCTION linoid(x (mV), k (mV)) (mV) {
    : x/(exp(x/k) - 1); where numerator and denominator vanish, the first terms of its series
    if (fabs(x/k) < 1e-4) {
        linoid = k*(1 - x/k/2 + (x/k)*(x/k)/12)
    } else {
        linoid = x/(exp(x/k) - 1)
    }
}
