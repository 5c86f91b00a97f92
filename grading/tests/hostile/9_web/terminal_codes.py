# ruff: noqa
# Codes that would recolour, clear or retitle the terminal of whoever grades.
# fails: test_double
# says: "odd"

# %% answer="double"
evil = "\x1b]0;hostile\x07\x1b[2J\x1b[31m\r\x08\x00 odd"
print(evil)


def double(x):
    raise ValueError(evil)
