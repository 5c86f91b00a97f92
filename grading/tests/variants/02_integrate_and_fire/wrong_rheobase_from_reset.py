# Measures the way to threshold from the reset potential instead of rest.
# fails: test_rheobase
# says: "counts from rest"

# %% answer="rheobase"
def rheobase(cell):
    return 1e3 * (cell["V_th_mV"] - cell["V_reset_mV"]) / cell["R_MOhm"]
