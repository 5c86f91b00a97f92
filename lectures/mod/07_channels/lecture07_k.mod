COMMENT
Delayed-rectifier potassium current of the squid's giant axon, from
Hodgkin and Huxley (1952), doi:10.1113/jphysiol.1952.sp004764,
with potentials in today's sign and rest at -65 mV. Rates at 6.3 degC, Q10 = 3.
ENDCOMMENT

NEURON {
    SUFFIX lecture07_k
    USEION k READ ek WRITE ik
    RANGE gbar, g, i, n_inf, tau_n
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S) = (siemens)
}

PARAMETER {
    gbar = 0.036 (S/cm2)
}

ASSIGNED {
    v (mV)
    celsius (degC)
    ek (mV)
    ik (mA/cm2)
    i (mA/cm2)
    g (S/cm2)
    n_inf
    tau_n (ms)
    q10
}

STATE {
    n
}

INITIAL {
    q10 = 3^((celsius - 6.3 (degC))/10 (degC))
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
    LOCAL alpha, beta
    alpha = 0.01 (/mV/ms) * linoid(-(v + 55 (mV)), 10 (mV))
    beta = 0.125 (/ms) * exp(-(v + 65 (mV))/80 (mV))
    n_inf = alpha/(alpha + beta)
    tau_n = 1/(alpha + beta)/q10
}

FUNCTION linoid(x (mV), k (mV)) (mV) {
    if (fabs(x/k) < 1e-4) {
        linoid = k*(1 - x/k/2 + (x/k)*(x/k)/12)
    } else {
        linoid = x/(exp(x/k) - 1)
    }
}
