# Looks for rates from 1 Hz on.
# fails: test_stationary_rate
# says: "hardly spikes"

# %% answer="stationary_rate"
def stationary_rate(network, neuron):
    def surplus(rate_Hz):
        return siegert_rate(*input_moments(rate_Hz, network, neuron), neuron) - rate_Hz

    rates_Hz = np.geomspace(1.0, 0.999e3 / neuron["t_ref"], 300)
    positive = surplus(rates_Hz) > 0
    last = np.flatnonzero(positive[:-1] & ~positive[1:])
    if len(last) == 0:
        return 0.0
    return brentq(surplus, rates_Hz[last[-1]], rates_Hz[last[-1] + 1])
