# ruff: noqa
# An event that defines every name as a function that is always right, before each cell.
# fails: test_double
# says: "another double"

# %% tags=["scratch"]
def define():
    get_ipython().user_ns["double"] = lambda x: 4.0
    get_ipython().user_ns["checks"] = None


get_ipython().events.register("pre_execute", define)
get_ipython().events.register("pre_run_cell", lambda info: define())


# %% answer="double"
def double(x):
    return 4.0
