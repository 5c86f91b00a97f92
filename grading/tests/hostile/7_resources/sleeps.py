# ruff: noqa
# Sleeps in every answer.
# fails: test_double, test_last
# says: "did not end in time"

# %% answer="double"
import time


def double(x):
    time.sleep(3600)


# %% answer="last"
def triple(x):
    time.sleep(3600)
