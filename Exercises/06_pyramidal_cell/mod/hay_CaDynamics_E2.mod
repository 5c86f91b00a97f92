COMMENT
Calcium in a thin shell below the membrane of a layer 5 pyramidal cell: CaDynamics_E2 of
Hay, Hill, Schuermann, Markram and Segev (2011, PLoS Comput Biol 7:e1002107,
doi:10.1371/journal.pcbi.1002107),
after Destexhe et al. (1994). A fraction gamma of the calcium that enters stays free; what is
above the resting concentration is removed with the time constant tau.
It starts at rest. Nernst's equation for eca uses `celsius`: set 34 degC.
ENDCOMMENT

NEURON {
    SUFFIX hay_CaDynamics_E2
    USEION ca READ ica WRITE cai
    RANGE gamma, tau, depth, rest
}

UNITS {
    (mA) = (milliamp)
    (um) = (micron)
    (molar) = (1/liter)
    (mM) = (millimolar)
    FARADAY = (faraday) (coulomb)
}

PARAMETER {
    gamma = 0.05 : fraction that stays free
    tau = 80 (ms) : of removal
    depth = 0.1 (um) : of the shell
    rest = 1e-4 (mM)
}

ASSIGNED {
    ica (mA/cm2)
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
    : (1e4) turns mA/cm2 over um and coulomb into mM/ms
    cai' = -(1e4)*gamma*ica/(2*FARADAY*depth) - (cai - rest)/tau
}
