# Takes the far end of each section.
# fails: test_section_starts
# says: "this is where the section ends"

# %% answer="section_starts"
def section_starts(tree):
    starts_um = {}
    for name, section in tree.items():
        parent = section["parent"]
        is_soma = parent is None
        starts_um[name] = 0.0 if is_soma else starts_um[parent] + section["length_um"]
    return starts_um
