# ruff: noqa
# Sends outputs that no kernel sends.
# fails: nothing

# %% tags=["scratch"]
kernel = get_ipython().kernel
for kind, content in (
    ("stream", {}),
    ("display_data", {"data": 5, "metadata": []}),
    ("execute_result", {"data": {}, "execution_count": "many"}),
    ("error", {"ename": None}),
    ("update_display_data", {"transient": 3}),
    ("clear_output", {}),
    ("comm_open", {"comm_id": 1, "data": []}),
    ("status", {"execution_state": []}),
    ("unheard_of", 5),
):
    kernel.session.send(kernel.iopub_socket, kind, content=content, parent=kernel.get_parent())
