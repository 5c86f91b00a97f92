# Lists in place of arrays, plain Python loops, other ways to write the same formulas.
# passes: all

# %% answer="per_length"
def per_length(d_um, R_m, R_a, C_m):
    d_cm = d_um * 1e-4
    r_m_Ohm_cm = R_m / np.pi / d_cm
    r_a_Ohm_per_cm = 4 * R_a / np.pi / d_cm**2
    c_m_uF_per_cm = C_m * np.pi * d_cm
    return [r_m_Ohm_cm * 1e-6 * 1e4, r_a_Ohm_per_cm * 1e-6 / 1e4, c_m_uF_per_cm * 1e3 / 1e4]


# %% answer="cable_constants"
def cable_constants(r_m, r_a, c_m):
    return np.array([(r_m / r_a) ** 0.5, c_m * r_m, (r_m * r_a) ** 0.5])


# %% answer="steady_state"
def steady_state(x_um, length_um, lambda_um, R_inf, I_nA, end):
    import math

    V = []
    for x in x_um:
        X, L = x / lambda_um, length_um / lambda_um
        if end == "sealed":
            A, B = 1 / math.tanh(L), -1
        elif end == "killed":
            A, B = math.tanh(L), -1
        elif end == "semi-infinite":
            A, B = 1, -1
        else:
            A, B, X = 0.5, -0.5, abs(X)
        V.append(I_nA * R_inf * (A * math.cosh(X) + B * math.sinh(X)))
    return V


# %% answer="ac_length_constant"
def ac_length_constant(f_Hz, lambda_um, tau_ms):
    lengths = []
    for f in f_Hz:
        omega_tau = 2 * np.pi * f * tau_ms / 1000
        lengths.append(lambda_um * (2 / (1 + (1 + omega_tau**2) ** 0.5)) ** 0.5)
    return lengths


# %% answer="convergence_order"
def convergence_order(steps, errors):
    return np.log2(errors[-1] / errors[0]) / np.log2(steps[-1] / steps[0])
