# Blocks one of the two calcium channels.
# fails: test_backpropagation
# says: "both calcium channels"

# %% answer="backpropagation"
backpropagation = None  # a dict with three fractions
blocks = {
    "control": [],
    "no dendritic Na": [("apical", "NaTa_t")],
    "no dendritic Ca": [("apical", "Ca_LVAst")],
}
backpropagation = {}
for name, blocked in blocks.items():
    t, v = respond(active_cell(blocked), [SOMA, place_at(600)], 50.0, pulses=[(SOMA, 10, 2, 5)])
    at_soma, far = v.max(axis=1) - v[:, 0]
    backpropagation[name] = far / at_soma
