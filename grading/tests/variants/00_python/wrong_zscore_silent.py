# Divides by zero where a neuron is silent.
# fails: test_zscore
# says: "NaN"

# %% answer="zscore"
def zscore(counts):
    return (counts - counts.mean(axis=1, keepdims=True)) / counts.std(axis=1, keepdims=True)
