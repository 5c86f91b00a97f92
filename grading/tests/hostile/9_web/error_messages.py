# ruff: noqa
# Scripts and tables in names and words of exceptions, which reports and pages show.
# fails: test_double, test_total

# %% answer="double"
evil = "<script>hostile()</script><img src=x onerror=hostile()> | # | ` | </table> [x](javascript:hostile())"
Evil = type(evil, (Exception,), {})


def double(x):
    raise Evil(evil)


# %% answer="total"
total = evil
