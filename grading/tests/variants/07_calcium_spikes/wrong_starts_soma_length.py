# Counts the length of the soma.
# fails: test_section_starts
# says: "its length does not count"

# %% answer="section_starts"
def section_starts(tree):
    starts_um = {}
    for name, section in tree.items():
        parent = section["parent"]
        starts_um[name] = 0.0 if parent is None else starts_um[parent] + tree[parent]["length_um"]
    return starts_um
