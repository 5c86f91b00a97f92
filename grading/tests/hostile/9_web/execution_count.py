# ruff: noqa
# A number of execution that is no number.
# fails: nothing

# %% tags=["scratch"]
kernel = get_ipython().kernel
evil = "<script>hostile()</script><img src=x onerror=hostile()>"
for kind in ("execute_input", "execute_result"):
    content = {"execution_count": evil, "code": evil, "data": {"text/plain": evil}, "metadata": {evil: evil}}
    kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent())
