# ruff: noqa
# Takes memory until something stops it.
# fails: test_double

# %% answer="double"
kept = [np.ones(150_000_000)]  # most of it here: on a slow machine a call's time would end first


def double(x):
    while True:
        kept.append(np.ones(4_000_000))
