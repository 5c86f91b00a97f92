# Loses the axis: an error for most tables, and silently wrong for square ones.
# fails: test_zscore
# says: "could not be broadcast"

# %% answer="zscore"
def zscore(counts):
    return (counts - counts.mean(axis=1)) / counts.std(axis=1)
