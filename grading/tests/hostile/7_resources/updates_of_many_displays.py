# ruff: noqa
# Thousands of outputs of one name, updated thousands of times: little to store, hours to do.
# fails: nothing

# %% tags=["scratch"]
kernel = get_ipython().kernel
content = {"data": {}, "metadata": {}, "transient": {"display_id": "x"}}
for _ in range(6000):
    kernel.session.send(kernel.iopub_socket, "display_data", content, parent=kernel.get_parent())
for _ in range(6000):
    kernel.session.send(kernel.iopub_socket, "update_display_data", content, parent=kernel.get_parent())
