# Names inactivation alone.
# fails: test_needed_gates
# says: "Which other gate"

# %% answer="needed_gates"
needed_gates = "h"
