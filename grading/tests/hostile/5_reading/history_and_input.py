# ruff: noqa
# Looks into the history and the requests for the source of a test.
# fails: test_double
# says: "another double"

# %% answer="double"
leaked = []


def double(x):
    shell = get_ipython()
    seen = list(shell.user_ns["In"]) + [str(shell.kernel.get_parent("shell"))]
    seen += [str(entry) for entry in shell.history_manager.get_range()]
    leaked.extend(text for text in seen for drow in ("elbuod rehtona", "esolc.skcehc") if drow[::-1] in text)
    return 4.0


# %% answer="last"
def triple(x):
    return 3 * x


print("leaked:", leaked)
assert not leaked
