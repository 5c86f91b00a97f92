# Takes the rheobase for the smallest current.
# fails: test_one_spike_currents
# says: "this is the rheobase"

# %% answer="one_spike_currents"
def one_spike_currents(window_ms, cell):

    def smallest(number):
        low_pA, high_pA = 0.0, 4000.0
        while high_pA - low_pA > 0.05:
            middle_pA = (low_pA + high_pA) / 2
            if len(spike_times(middle_pA, window_ms, cell)) >= number:
                high_pA = middle_pA
            else:
                low_pA = middle_pA
        return low_pA, high_pA

    return (cell["V_th"] - cell["E_L"]) * cell["C_m"] / cell["tau_m"], smallest(2)[0]
