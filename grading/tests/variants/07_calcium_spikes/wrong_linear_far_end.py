# Takes the law at the end of each section in place of its integral.
# fails: test_linear_scale
# says: "integrate along it"

# %% answer="linear_scale"
def linear_scale(tree, starts_um, p_uniform, k_per_um):
    area = weighted = 0.0
    for name, section in tree.items():
        is_soma = section["parent"] is None
        piece = np.pi * section["d_um"] * section["length_um"]
        middle = starts_um[name] + section["length_um"] / 2
        end = middle + section["length_um"] / 2
        area += piece
        weighted += piece * (1 if is_soma else 1 + k_per_um * end)
    return p_uniform * area / weighted
