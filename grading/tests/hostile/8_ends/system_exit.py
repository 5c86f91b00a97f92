# ruff: noqa
# SystemExit and exit(), in a cell and in a call.
# fails: test_double

# %% answer="double"
def double(x):
    raise SystemExit(0)


# %% tags=["scratch"]
exit()
