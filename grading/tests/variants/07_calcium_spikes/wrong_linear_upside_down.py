# Divides the wrong way round.
# fails: test_linear_scale
# says: "upside down"

# %% answer="linear_scale"
def linear_scale(tree, starts_um, p_uniform, k_per_um):
    area = weighted = 0.0
    for name, section in tree.items():
        is_soma = section["parent"] is None
        piece = np.pi * section["d_um"] * section["length_um"]
        middle = starts_um[name] + section["length_um"] / 2
        area += piece * (1 if is_soma else 1 + k_per_um * middle)
        weighted += piece
    return p_uniform * area / weighted
