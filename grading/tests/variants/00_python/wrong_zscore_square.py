# Turns the table round only when NumPy complains, so that square tables go wrong.
# fails: test_zscore
# says: "square table"

# %% answer="zscore"
def zscore(counts):
    mean, spread = counts.mean(axis=1), counts.std(axis=1)
    spread[spread == 0] = 1
    try:
        return (counts - mean) / spread
    except ValueError:
        return ((counts.T - mean) / spread).T
