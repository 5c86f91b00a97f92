# Takes the distance from threshold to rest instead of the other way round.
# fails: test_rheobase
# says: "the sign is wrong"

# %% answer="rheobase"
def rheobase(cell):
    return (cell["E_L_mV"] - cell["V_th_mV"]) / cell["R_MOhm"] * 1000
