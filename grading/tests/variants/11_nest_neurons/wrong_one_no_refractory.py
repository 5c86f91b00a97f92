# Calculates, and forgets the refractory period before the second spike.
# fails: test_one_spike_currents
# says: "the refractory period belongs"

# %% answer="one_spike_currents"
def one_spike_currents(window_ms, cell):
    def current(climb_ms):
        return (cell["V_th"] - cell["E_L"]) * cell["C_m"] / cell["tau_m"] / (1 - np.exp(-climb_ms / cell["tau_m"]))

    return current(window_ms), current(window_ms / 2)
