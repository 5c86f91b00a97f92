COMMENT
Calcium inside a thalamic interneuron, of
Halnes, Augustinaite, Heggelund, Einevoll and Migliore (2011, PLoS Comput Biol
7:e1002160, doi:10.1371/journal.pcbi.1002160).
Calcium that enters raises the concentration, current that flows out does
not lower it; what is above rest is removed with the time constant tau. It starts at rest.
The published constant k corresponds to 3 % of the calcium in a shell of 0.1 um.
ENDCOMMENT

NEURON {
    SUFFIX halnes_Ca_pool
    USEION ca READ ica WRITE cai
    RANGE k, tau, rest
}

UNITS {
    (mA) = (milliamp)
    (molar) = (1/liter)
    (mM) = (millimolar)
}

PARAMETER {
    k = 0.0155458135 (mM-cm2/mA-ms)
    tau = 50 (ms)
    rest = 5e-5 (mM)
}

ASSIGNED {
    ica (mA/cm2)
    influx (mM/ms)
}

STATE {
    cai (mM) <1e-8>
}

INITIAL {
    cai = rest
}

BREAKPOINT {
    SOLVE pool METHOD cnexp
}

DERIVATIVE pool {
    if (ica < 0) {
        influx = -k*ica
    } else {
        influx = 0
    }
    cai' = influx - (cai - rest)/tau
}
