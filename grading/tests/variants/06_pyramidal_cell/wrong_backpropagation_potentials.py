# Divides potentials.
# fails: test_backpropagation
# says: "subtract that at t = 0"

# %% answer="backpropagation"
backpropagation = None  # a dict with three fractions
blocks = {
    "control": [],
    "no dendritic Na": [("apical", "NaTa_t")],
    "no dendritic Ca": [("apical", "Ca_HVA"), ("apical", "Ca_LVAst")],
}
backpropagation = {}
for name, blocked in blocks.items():
    t, v = respond(active_cell(blocked), [SOMA, place_at(600)], 50.0, pulses=[(SOMA, 10, 2, 5)])
    at_soma, far = v.max(axis=1)
    backpropagation[name] = far / at_soma
