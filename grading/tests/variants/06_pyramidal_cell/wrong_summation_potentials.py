# Divides potentials.
# fails: test_summation
# says: "subtract rest first"

# %% answer="summation"
summation = None  # a dict with four numbers
three = [(place_at(700), start_ms, 3e-3) for start_ms in (20, 60, 100)]
summation = {}
for name, build in (("passive", lambda: passive_cell(PASSIVE)), ("active", active_cell)):
    t, v = respond(build(), [place_at(700), SOMA], 140.0, synapses=three)
    for row, place in enumerate(("synapse", "soma")):
        first, third = [v[row][(t >= start) & (t <= start + 40)].max() for start in (20, 100)]
        summation[f"{name}, {place}"] = third / first
