# Takes -65 mV for rest without looking for the root.
# fails: test_resting_state
# says: "rounded number"

# %% answer="resting_state"
def resting_state(axon):
    a, b, c, d, e, f = trusted_rates(-65.0)
    return np.array([-65.0, a / (a + b), c / (c + d), e / (e + f)])
