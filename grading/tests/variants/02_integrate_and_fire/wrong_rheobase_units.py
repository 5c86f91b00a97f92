# Forgets that 1 MΩ times 1 pA is 0.001 mV.
# fails: test_rheobase
# says: "1000 times too small"

# %% answer="rheobase"
def rheobase(cell):
    return (cell["V_th_mV"] - cell["E_L_mV"]) / cell["R_MOhm"]
