# ruff: noqa
# Leaves a daemon behind that would go on for an hour.
# fails: test_double
# says: "another double"

# %% answer="double"
import os
import subprocess
import sys

subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)  # hostile-daemon"], start_new_session=True)
if os.fork() == 0:
    os.setsid()
    os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(3600)  # hostile-daemon"])


def double(x):
    return 4.0
