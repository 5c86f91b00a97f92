# The plain mean over the sections.
# fails: test_linear_scale
# says: "must be weighted with their areas"

# %% answer="linear_scale"
def linear_scale(tree, starts_um, p_uniform, k_per_um):
    area = weighted = 0.0
    for name, section in tree.items():
        is_soma = section["parent"] is None
        middle = starts_um[name] + section["length_um"] / 2
        area += 1
        weighted += 1 if is_soma else 1 + k_per_um * middle
    return p_uniform * area / weighted
