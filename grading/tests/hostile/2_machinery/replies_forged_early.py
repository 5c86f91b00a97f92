# ruff: noqa
# Sends the reply to the running request itself, and says that the kernel is idle, before it has finished.
# fails: test_double
# says: "another double"

# %% answer="double"
import time

kernel = get_ipython().kernel
parent = kernel.get_parent()
kernel.session.send(kernel.iopub_socket, "status", {"execution_state": "idle"}, parent=parent)


def double(x):
    return 4.0


time.sleep(1)
