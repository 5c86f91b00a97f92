# ruff: noqa
# A thread sends replies to questions that nobody has asked, faster than anybody can read them.
# fails: nothing

# %% tags=["scratch"]
import threading
import time

kernel = get_ipython().kernel
ident, parent = kernel._parent_ident["shell"], dict(kernel.get_parent("shell"))
parent["header"] = dict(parent["header"], msg_id="nobody's")
end = time.time() + 8


def flood():
    while time.time() < end:
        content = {"status": "ok", "execution_count": 1, "user_expressions": {}, "payload": []}
        kernel.session.send(kernel.shell_socket, "execute_reply", content, parent=parent, ident=ident)
        kernel.session.send(kernel.iopub_socket, "stream", {"name": "stdout", "text": "x"}, parent=parent)


threading.Thread(target=flood, daemon=True).start()
