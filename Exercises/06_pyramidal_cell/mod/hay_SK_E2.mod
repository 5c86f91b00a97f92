COMMENT
Potassium current that calcium opens (SK) of a layer 5 pyramidal cell: SK_E2 of
Hay, Hill, Schuermann, Markram and Segev (2011, PLoS Comput Biol 7:e1002107,
doi:10.1371/journal.pcbi.1002107),
after Koehler et al. (1996, doi:10.1126/science.273.5282.1709).
It follows the calcium concentration within a millisecond; the potential does not matter.
ENDCOMMENT

NEURON {
    SUFFIX hay_SK_E2
    USEION k READ ek WRITE ik
    USEION ca READ cai
    RANGE gbar, g, i, z_inf, tau_z
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S) = (siemens)
    (molar) = (1/liter)
    (mM) = (millimolar)
}

PARAMETER {
    gbar = 0 (S/cm2)
}

ASSIGNED {
    v (mV)
    ek (mV)
    ik (mA/cm2)
    cai (mM)
    i (mA/cm2)
    g (S/cm2)
    z_inf
    tau_z (ms)
}

STATE {
    z
}

INITIAL {
    rates(cai)
    z = z_inf
}

BREAKPOINT {
    SOLVE gates METHOD cnexp
    g = gbar*z
    i = g*(v - ek)
    ik = i
}

DERIVATIVE gates {
    rates(cai)
    z' = (z_inf - z)/tau_z
}

PROCEDURE rates(ca (mM)) {
    LOCAL x
    x = (ca/4.3e-4 (mM))^4.8
    z_inf = x/(1 + x)
    tau_z = 1
}
