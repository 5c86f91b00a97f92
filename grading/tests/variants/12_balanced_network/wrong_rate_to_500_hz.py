# Looks for rates up to 500 Hz, whatever the refractory period.
# fails: test_stationary_rate
# says: "short refractory period"

# %% answer="stationary_rate"
def stationary_rate(network, neuron):
    def surplus(rate_Hz):
        return siegert_rate(*input_moments(rate_Hz, network, neuron), neuron) - rate_Hz

    rates_Hz = np.geomspace(0.05, 500.0, 300)
    positive = surplus(rates_Hz) > 0
    last = np.flatnonzero(positive[:-1] & ~positive[1:])
    if len(last) == 0:
        return 0.0
    return brentq(surplus, rates_Hz[last[-1]], rates_Hz[last[-1] + 1])
