# Believes that NEST rounds to the nearest grid point.
# fails: test_currents_for_interval
# says: "one step, not half of it"

# %% answer="currents_for_interval"
def currents_for_interval(interval_ms, cell, resolution_ms=0.1):

    def current(climb_ms):
        keep = np.exp(-climb_ms / cell["tau_m"])
        above_rest_mV = (cell["V_th"] - cell["E_L"] - (cell["V_reset"] - cell["E_L"]) * keep) / (1 - keep)
        return above_rest_mV * cell["C_m"] / cell["tau_m"]

    climb_ms = interval_ms - cell["t_ref"]
    return current(climb_ms), current(climb_ms - resolution_ms / 2)
