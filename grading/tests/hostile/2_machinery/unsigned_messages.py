# ruff: noqa
# Signs its messages with another key from one cell on: that kernel is of no use any more.
# fails: nothing

# %% tags=["scratch"]
kernel = get_ipython().kernel
kernel.session.key = b"another key"
