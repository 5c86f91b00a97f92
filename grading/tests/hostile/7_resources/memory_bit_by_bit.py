# ruff: noqa
# Takes memory until something stops it.
# fails: test_double

# %% answer="double"
kept = []


def double(x):
    while True:
        kept.append(np.ones(4_000_000))
