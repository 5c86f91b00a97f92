# ruff: noqa
# Asks the kernel's own machinery to shut down.
# fails: nothing

# %% tags=["scratch"]
get_ipython().kernel.io_loop.stop()
get_ipython().kernel.do_shutdown(False)
