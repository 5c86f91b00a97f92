# Forgets the slow states.
# fails: test_regime
# says: "regime(0.6, 20.0, 400.0)"

# %% answer="regime"
def regime(cv, peak_Hz, peak_power):
    name = ("S" if peak_power > 30 else "A") + ("R" if cv < 0.2 else "I")
    if name == "SI":
        name += " fast"
    return name
