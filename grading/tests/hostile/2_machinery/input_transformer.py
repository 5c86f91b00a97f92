# ruff: noqa
# An input transformer that empties every test cell.
# fails: test_double
# says: "another double"

# %% tags=["scratch"]
get_ipython().input_transformers_post.append(lambda lines: [] if "checks" in "".join(lines) else lines)
get_ipython().input_transformer_manager.cleanup_transforms.append(
    lambda lines: [] if "checks." in "".join(lines) else lines
)


# %% answer="double"
def double(x):
    return 4.0
