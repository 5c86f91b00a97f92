# Uses the parameters of the notebook instead of the argument.
# fails: test_rheobase
# says: "uses CELL"

# %% answer="rheobase"
def rheobase(cell):
    return 1e3 * (CELL["V_th_mV"] - CELL["E_L_mV"]) / CELL["R_MOhm"]
