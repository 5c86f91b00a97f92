# Stores the value that crossed the threshold, dates the spike to the start of the step, and measures the refractory
# period by time.
# passes: all

# %% answer="simulate"
def simulate(I_pA, dt_ms, cell):
    V_mV = np.zeros(len(I_pA))
    V_mV[0] = cell["E_L_mV"]
    spike_times_ms = []
    silent_until_ms = -1.0
    for k in range(len(I_pA) - 1):
        t_ms = k * dt_ms
        if V_mV[k] >= cell["V_th_mV"]:
            V_mV[k + 1] = cell["V_reset_mV"]
            spike_times_ms.append(t_ms)
            silent_until_ms = t_ms + cell["t_ref_ms"] - dt_ms / 2
        elif t_ms < silent_until_ms:
            V_mV[k + 1] = cell["V_reset_mV"]
        else:
            dV_dt = (cell["E_L_mV"] - V_mV[k] + cell["R_MOhm"] * I_pA[k] * 1e-3) / cell["tau_ms"]
            V_mV[k + 1] = V_mV[k] + dt_ms * dV_dt
    return V_mV, spike_times_ms
