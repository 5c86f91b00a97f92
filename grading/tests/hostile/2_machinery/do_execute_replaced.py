# ruff: noqa
# Replaces the kernel's execution by a reply that all went well.
# fails: test_double, test_total, test_draw, test_last

# %% answer="total"
async def do_execute(*args, **kwargs):
    return {"status": "ok", "execution_count": 1, "user_expressions": {}, "payload": []}


get_ipython().kernel.do_execute = do_execute


# %% answer="double"
def double(x):
    return 4.0
