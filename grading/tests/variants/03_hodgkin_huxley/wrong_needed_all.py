# Names all gates.
# fails: test_needed_gates
# says: "m is fast"

# %% answer="needed_gates"
needed_gates = "mhn"
