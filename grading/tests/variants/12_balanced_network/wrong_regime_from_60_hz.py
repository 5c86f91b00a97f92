# Calls a rhythm of 60 Hz fast.
# fails: test_regime
# says: "exactly 60 Hz"

# %% answer="regime"
def regime(cv, peak_Hz, peak_power):
    name = ("S" if peak_power > 30 else "A") + ("R" if cv < 0.2 else "I")
    if name == "SI":
        name += " fast" if peak_Hz >= 60 else " slow"
    return name
