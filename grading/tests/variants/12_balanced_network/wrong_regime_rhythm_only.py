# Takes every irregular state for a synchronous one.
# fails: test_regime
# says: "without a rhythm"

# %% answer="regime"
def regime(cv, peak_Hz, peak_power):
    name = "S" + ("R" if cv < 0.2 else "I")
    if name == "SI":
        name += " fast" if peak_Hz > 60 else " slow"
    return name
