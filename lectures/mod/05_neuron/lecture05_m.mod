TITLE Slow potassium current (M-current)

COMMENT
Equations: Yamada, Koch and Adams (1989), Multiple channels and calcium dynamics,
in Methods in Neuronal Modeling, MIT Press; after the recordings of Adams, Brown and
Constanti (1982), doi:10.1113/jphysiol.1982.sp014357. Room temperature, no Q10 factor.
ENDCOMMENT

NEURON {
    SUFFIX lecture05_m
    USEION k READ ek WRITE ik
    RANGE gbar, minf, tau
    THREADSAFE
}

UNITS {
    (mV) = (millivolt)
    (mA) = (milliamp)
    (S) = (siemens)
}

PARAMETER {
    gbar = 0.0005 (S/cm2)
}

ASSIGNED {
    v (mV)
    ek (mV)
    ik (mA/cm2)
    minf (1)
    tau (ms)
}

STATE {
    m (1)
}

INITIAL {
    rates(v)
    m = minf
}

BREAKPOINT {
    SOLVE states METHOD cnexp
    ik = gbar * m * (v - ek)
}

DERIVATIVE states {
    rates(v)
    m' = (minf - m) / tau
}

PROCEDURE rates(v (mV)) {
    minf = 1 / (1 + exp(-(v + 35 (mV)) / 10 (mV)))
    tau = 1000 (ms) / (3.3 * (exp((v + 35 (mV)) / 20 (mV)) + exp(-(v + 35 (mV)) / 20 (mV))))
}
