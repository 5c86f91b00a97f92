# ruff: noqa
# A hundred thousand small outputs, and widgets.
# fails: nothing

# %% tags=["scratch"]
from IPython.display import display

kernel = get_ipython().kernel
for number in range(3000):
    display(number)
    content = {"comm_id": str(number), "data": {"state": {"x": "y" * 1000}}, "target_name": "jupyter.widget"}
    kernel.session.send(kernel.iopub_socket, "comm_open", content, parent=kernel.get_parent())
