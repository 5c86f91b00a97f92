: A potassium current that opens slowly with depolarisation. The numbers are round ones, made for the benchmark.

NEURON {
    SUFFIX bench_slow_k
    USEION k READ ek WRITE ik
    RANGE gbar
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
}

STATE { n }

INITIAL {
    n = open(v)
}

BREAKPOINT {
    SOLVE gate METHOD cnexp
    ik = gbar*n*(v - ek)
}

DERIVATIVE gate {
    n' = (open(v) - n)/(80 (ms))
}

FUNCTION open(v (mV)) {
    open = 1/(1 + exp(-(v + 40 (mV))/(8 (mV))))
}
