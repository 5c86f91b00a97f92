# Distances by recursion, an integral per section by its antiderivative, rest from a long run.
# passes: all

# %% answer="section_starts"
def section_starts(tree):
    def start(name):
        parent = tree[name]["parent"]
        if parent is None or tree[parent]["parent"] is None:
            return 0
        return start(parent) + tree[parent]["length_um"]

    return {name: start(name) for name in tree}


# %% answer="linear_scale"
def linear_scale(tree, starts_um, p_uniform, k_per_um):
    def antiderivative(s):
        return s + k_per_um * s**2 / 2

    total = sum(p_uniform * np.pi * s["d_um"] * s["length_um"] for s in tree.values())
    per_beta = 0
    for name, s in tree.items():
        if s["parent"]:
            length = antiderivative(starts_um[name] + s["length_um"]) - antiderivative(starts_um[name])
        else:
            length = s["length_um"]
        per_beta += np.pi * s["d_um"] * length
    return total / per_beta


# %% answer="rest"
rest_mV = {name: float(simulate(TREE, cases[name], 0.0, TIP, [SOMA], 60)[1][0][-1]) for name in cases}
