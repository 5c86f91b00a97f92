# Measures the distance from the beginning of each section.
# fails: test_linear_scale
# says: "not from the section's own beginning"

# %% answer="linear_scale"
def linear_scale(tree, starts_um, p_uniform, k_per_um):
    area = weighted = 0.0
    for section in tree.values():
        is_soma = section["parent"] is None
        piece = np.pi * section["d_um"] * section["length_um"]
        area += piece
        weighted += piece * (1 if is_soma else 1 + k_per_um * section["length_um"] / 2)
    return p_uniform * area / weighted
