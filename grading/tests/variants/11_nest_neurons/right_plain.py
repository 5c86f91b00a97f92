# Lists and plain Python; the neuron's status set at creation; steps of 0.02 pA from below.
# passes: all

# %% answer="spike_times"
def spike_times(I_pA, duration_ms, cell, resolution_ms=0.1):
    fresh(1, resolution_ms)
    parameters = {"V_m": cell["E_L"], "I_e": I_pA}
    parameters.update(cell)
    neuron = nest.Create("iaf_psc_exp", 1, parameters)
    recorder = nest.Create("spike_recorder", 1)
    nest.Connect(neuron, recorder, "one_to_one")
    nest.Simulate(duration_ms)
    return [float(t) for t in sorted(recorder.events["times"])]


# %% answer="one_spike_currents"
def one_spike_currents(window_ms, cell):
    def count(I_pA):
        return len(spike_times(I_pA, window_ms, cell))

    found = []
    for number in (1, 2):
        I_pA, step_pA = 0.0, 1000.0
        while step_pA > 0.01:
            while count(I_pA + step_pA) < number:
                I_pA += step_pA
            step_pA /= 4
        found.append(I_pA)
    return found


# %% answer="input_moments"
def input_moments(rate_e_Hz, rate_i_Hz, J_e_mV, J_i_mV, cell):
    mean_mV, variance = cell["E_L"], 0.0
    for rate_Hz, J_mV in [(rate_e_Hz, J_e_mV), (rate_i_Hz, J_i_mV)]:
        number = rate_Hz * cell["tau_m"] / 1000
        mean_mV += number * J_mV
        variance += number * J_mV * J_mV
    return [mean_mV, variance**0.5]
