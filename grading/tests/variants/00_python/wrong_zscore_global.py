# One mean and one standard deviation for all.
# fails: test_zscore
# says: "one mean and one spread for all"

# %% answer="zscore"
def zscore(counts):
    return (counts - np.mean(counts)) / np.std(counts)
