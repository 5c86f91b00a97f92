# Stops the search at 4 pA.
# fails: test_one_spike_currents
# says: "too"

# %% answer="one_spike_currents"
def one_spike_currents(window_ms, cell):

    def smallest(number):
        low_pA, high_pA = 0.0, 4000.0
        while high_pA - low_pA > 4.0:
            middle_pA = (low_pA + high_pA) / 2
            if len(spike_times(middle_pA, window_ms, cell)) >= number:
                high_pA = middle_pA
            else:
                low_pA = middle_pA
        return low_pA, high_pA

    return smallest(1)[1], smallest(2)[0]
