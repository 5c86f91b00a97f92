# ruff: noqa
# Errors are neither shown nor reported.
# fails: test_double
# says: "another double"

# %% tags=["scratch"]
import sys

shell = get_ipython()
shell.showtraceback = shell._showtraceback = lambda *args, **kwargs: None
shell.set_custom_exc((BaseException,), lambda *args, **kwargs: None)
shell.kernel._send_abort_reply = lambda *args, **kwargs: None
sys.excepthook = lambda *args: None


# %% answer="double"
def double(x):
    return 4.0
