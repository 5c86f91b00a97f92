# Names potassium alone.
# fails: test_needed_gates
# says: "which other gate"

# %% answer="needed_gates"
needed_gates = "n"
