# Each distance in an array of its own.
# passes: all

# %% answer="section_starts"
def section_starts(tree):
    def start_um(name):
        parent = tree[name]["parent"]
        if parent is None or tree[parent]["parent"] is None:
            return np.zeros(1)
        return start_um(parent) + tree[parent]["length_um"]

    return {name: start_um(name) for name in tree}
