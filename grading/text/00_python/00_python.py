# %% [markdown]
# # Python on spikes
#
# A recording is an array of numbers. Whoever can select, combine and average arrays can ask a recording questions,
# and whoever reads other people's code with care can trust the answers. In this exercise you practise both on small
# recordings that the notebook makes itself: spikes of twelve neurons, single spike trains, and one membrane potential.
#
# **What you will do**
#
# - take spike times and firing rates out of a raster by indexing and slicing;
# - compare neurons on one scale by broadcasting;
# - describe a spike train by its intervals, its rate and its regularity;
# - replace a slow loop by array operations, with the same result;
# - fit an exponential decay and draw a figure that somebody else can read;
# - find out what is wrong with three short functions, and mend them.
#
# **What you will learn**
#
# - what axis, shape and `keepdims` mean, and how to find out when they go wrong;
# - why trains of the same rate can be very different;
# - when a loop is slow, and what speed costs;
# - why a fit needs a starting point;
# - which mistakes Python tells you about, and which it does not.
#
# **What you need**
#
# - the lecture *Python for neuroscience* (`01_python`), or one course in which you wrote loops and functions.
#
# **Time:** about 70 minutes. **Points:** 19 automatic and 5 by hand.

# %% tags=["setup"]
import inspect
import math
import time
import traceback

import matplotlib.pyplot as plt
import numpy as np
from scipy.optimize import curve_fit

import checks

plt.style.use("course.mplstyle")


# A slow function, on purpose: section 4 is about it.
def smoothed_rate_loop(spike_times_ms, t_ms, sigma_ms):
    rate_Hz = np.zeros(len(t_ms))
    for k in range(len(t_ms)):
        for spike_ms in spike_times_ms:
            distance = (t_ms[k] - spike_ms) / sigma_ms
            rate_Hz[k] += 1e3 * math.exp(-0.5 * distance**2) / (sigma_ms * math.sqrt(2 * math.pi))
    return rate_Hz


# How many times as fast one function is as another: the shortest times of up to eight rounds, each with new spikes.
# The loop takes a tenth of a second, so that what a call costs by itself does not count.
def speed_up(fast, slow, seed):
    rng, fast_s, slow_s = np.random.default_rng(seed), [], []
    for _ in range(8):
        spikes_ms, t_ms = rng.uniform(0, 3000, 200), np.linspace(rng.uniform(0, 10), 3000, 1400)
        start = time.perf_counter()
        expected = slow(spikes_ms, t_ms, 15.0)
        middle = time.perf_counter()
        result = fast(spikes_ms, t_ms, 15.0)
        end = time.perf_counter()
        checks.close(result, expected, atol=1e-9, unit="Hz", what="the result of the function that is timed")
        fast_s.append(end - middle)
        slow_s.append(middle - start)
        if min(slow_s) > 10 * min(fast_s):
            break
    return min(slow_s) / min(fast_s)


# %% [markdown]
# ## 1. A raster is an array
#
# The next cell makes a recording: twelve neurons for two seconds, in bins of 1 ms. In each bin a neuron spikes with a
# small probability, its rate times the width of the bin. From 1000 to 1500 ms a stimulus changes the rate of some of
# the neurons. The result is a **raster**, an array with one row a neuron and one column a bin. It holds `True` where
# there is a spike.

# %%
dt_ms = 1.0
bin_times_ms = np.arange(2000) * dt_ms
base_Hz = np.array([4, 6, 8, 10, 10, 13, 16, 0, 20, 26, 32, 40])
response = np.array([5, 4, 4, 1, 1, 1, 1, 1, 1, 2, 0.2, 1])  # rate during the stimulus / rate before

stimulus_on = (bin_times_ms >= 1000) & (bin_times_ms < 1500)
rates_Hz = base_Hz[:, np.newaxis] * np.where(stimulus_on, response[:, np.newaxis], 1)
rng = np.random.default_rng(5)
raster = rng.random(rates_Hz.shape) < 1e-3 * rates_Hz * dt_ms
print(raster.shape, raster.dtype)

# %%
neurons, bins = np.nonzero(raster)  # row and column of each True
fig, ax = plt.subplots(layout="constrained")
ax.axvspan(1000, 1500, color="0.95")
ax.plot(bins * dt_ms, neurons, "|", color="C7", markersize=9, markeredgewidth=1.5)
ax.set(xlabel="time (ms)", ylabel="neuron", yticks=range(12))
plt.show()

# %% [markdown]
# Look at the picture before you compute anything. Which neurons respond to the stimulus (grey)?

# %% [markdown] tags=["scratch"]
# **My predictions** (replace the dots; nobody grades them)
#
# - Neurons that fire more during the stimulus: ...
# - Neurons that fire less: ...
# - `raster[3]` is an array of shape ..., `raster[:, 3]` one of shape ...
# - `raster.sum(axis=1)` holds ... numbers; each of them means: ...

# %% [markdown]
# ### Task 1: the spike times of one neuron
#
# Write the function `spike_times_of`. The first bin begins at 0 ms, and a spike in a bin counts as a spike at the time
# at which this bin begins.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Take the row first. In which places of it stands `True`?
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `np.flatnonzero(row)` gives the indices of the entries that are not zero. Bin $k$ begins at $k\,\Delta t$.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `row = raster[neuron]`
# </details>


# %% answer="spike_times_of"
def spike_times_of(raster, neuron, dt_ms):
    """Spike times of one neuron of a raster.

    Parameters
    ----------
    raster : array of booleans, shape (n_neurons, n_bins)
        True where a neuron spikes in a bin.
    neuron : int
        Which neuron, counted from 0.
    dt_ms : float
        Width of a bin in ms.

    Returns
    -------
    array of floats
        Spike times in ms, in increasing order. Example: the row [False, True, True] with bins of 2 ms gives [2, 4].
    """
    ### BEGIN SOLUTION
    return np.flatnonzero(raster[neuron]) * dt_ms
    ### END SOLUTION


# %% test="spike_times_of" points=1
# The spike times of one neuron in ms (1 point).
_raster = np.array([[0, 0, 0, 1], [0, 1, 1, 0], [1, 0, 0, 0]], dtype=bool)
checks.close(
    spike_times_of(_raster, 1, 2.0),
    [2.0, 4.0],
    unit="ms",
    what="the spike times of neuron 1 in a small raster with bins of 2 ms",
    mistakes={
        "these are bin numbers, not times: how wide is a bin?": [1, 2],
        "this is a column of the raster; a neuron is a row": [2.0],
        "neurons are counted from 0": [6.0],
        "bins are counted from 0, and the first begins at 0 ms": [4.0, 6.0],
        "this is the row times the bin width; look for the places of the spikes in it": [0.0, 2.0, 2.0, 0.0],
    },
)
### BEGIN HIDDEN TESTS
# Tolerance 1e-6: one product, so only rounding. The places of the spikes are chosen here and put into the raster.
for _neuron, _places, _dt in [(4, [0, 3, 17, 18, 399], 0.5), (0, [1, 250], 0.25), (2, [], 1.0)]:
    _raster = np.zeros((6, 400), dtype=bool)
    _raster[1, ::7] = True
    _raster[_neuron, _places] = True
    checks.close(
        spike_times_of(_raster, _neuron, _dt),
        _dt * np.array(_places),
        unit="ms",
        what="the spike times of a neuron in another raster",
    )
### END HIDDEN TESTS

# %% [markdown]
# ### Task 2: rates in a time window
#
# Write the function `window_rates`: the firing rate of every neuron between two times. The rate is the number of
# spikes in the window divided by the length of the window. The bin that begins at `start_ms` belongs to the window,
# the one that begins at `stop_ms` does not, as always with slices in Python.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Cut the columns of the window out of the raster. What is left is a smaller raster. Which axis has to go?
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `raster[:, first:last]` keeps all rows and some columns, and `.sum(axis=1)` adds along each row. A window of 500 ms
# is half a second long.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `first, last = round(start_ms / dt_ms), round(stop_ms / dt_ms)`
# </details>


# %% answer="window_rates"
def window_rates(raster, start_ms, stop_ms, dt_ms):
    """Firing rate of each neuron in a time window.

    Parameters
    ----------
    raster : array of booleans, shape (n_neurons, n_bins)
        True where a neuron spikes in a bin; the first bin begins at 0 ms.
    start_ms, stop_ms : float
        The window in ms, whole multiples of dt_ms; stop_ms itself lies outside.
    dt_ms : float
        Width of a bin in ms.

    Returns
    -------
    array of n_neurons floats
        Firing rates in Hz. Example: three spikes within 100 ms are 30 Hz.
    """
    ### BEGIN SOLUTION
    first, last = round(start_ms / dt_ms), round(stop_ms / dt_ms)
    return 1e3 * raster[:, first:last].sum(axis=1) / (stop_ms - start_ms)
    ### END SOLUTION


# %% test="window_rates" points=2
# The rate of each neuron in Hz, in a part of the recording (2 points).
_raster = np.zeros((3, 50), dtype=bool)
_raster[0, [5, 12, 19, 20]] = True
_raster[2, [0, 10, 11, 12, 13, 14, 40]] = True
checks.close(
    window_rates(_raster, 20.0, 40.0, 2.0),
    [100.0, 0.0, 250.0],
    unit="Hz",
    what="the rates of three neurons from 20 to 40 ms (bins of 2 ms)",
    mistakes={
        "the window is given in ms, not in bins": [50.0, 0.0, 0.0],
        "the sum runs along the wrong axis: one number a bin, not one a neuron": [50, 50, 100, 50, 50, 0, 0, 0, 0, 50],
        "these are numbers of spikes; divide them by the length of the window": [2, 0, 5],
        "divide by the length of the window, not of the whole recording": [20.0, 0.0, 50.0],
        "the bin that begins at stop_ms does not belong to the window": [150.0, 0.0, 250.0],
        "divide by the time that the bins take, not by their number": [200.0, 0.0, 500.0],
    },
)
### BEGIN HIDDEN TESTS
# Expected: spikes are put into the window one by one, so their number is known. Bin widths are exact in binary.
for _dt, _start, _stop, _seed in [(0.5, 30.0, 75.0, 1), (4.0, 0.0, 200.0, 2), (1.0, 120.0, 300.0, 3)]:
    _random = np.random.default_rng(_seed)
    _raster = np.zeros((5, 300), dtype=bool)
    _first, _last = int(_start / _dt), int(_stop / _dt)
    _number = np.array([0, 3, 1, 8, 5])
    for _neuron, _n in enumerate(_number):
        _raster[_neuron, _random.choice(np.arange(_first, _last), _n, replace=False)] = True
    _raster[:, _last : _last + 3] = True  # outside, behind the window
    _raster[:, max(_first - 2, 0) : _first] = True  # outside, before it
    checks.close(
        window_rates(_raster, _start, _stop, _dt),
        1e3 * _number / (_stop - _start),
        unit="Hz",
        what="the rates in another window",
        mistakes={
            "the bin that begins at stop_ms does not belong to the window": 1e3 * (_number + 1) / (_stop - _start),
            "divide by the length of the window, not by the time at which it ends": 1e3 * _number / _stop,
        },
    )
### END HIDDEN TESTS

# %%
before_Hz = window_rates(raster, 500.0, 1000.0, dt_ms)
during_Hz = window_rates(raster, 1000.0, 1500.0, dt_ms)
for neuron in range(12):
    print(f"neuron {neuron:2}: {before_Hz[neuron]:5.1f} Hz before, {during_Hz[neuron]:5.1f} Hz during the stimulus")

# %% tags=["guard"]
assert raster.shape == (12, 2000) and raster[7].sum() == 0
for neuron in range(12):  # an independent count, spike by spike
    times = [t for t in spike_times_of(raster, neuron, dt_ms) if 1000 <= t < 1500]
    assert abs(during_Hz[neuron] - len(times) / 0.5) < 1e-9
assert during_Hz[10] < before_Hz[10] and (during_Hz[[0, 1, 2, 9]] > before_Hz[[0, 1, 2, 9]]).all()

# %% [markdown]
# **Compare** with your predictions. Neurons 0, 1, 2 and 9 were made to fire more, neuron 10 to fire less. All other
# differences are chance: half a second holds few spikes. The eye is drawn to the rows that are busy anyway. The next
# section puts all neurons on one scale. And `raster[3]` has 2000 entries, one a bin, while `raster[:, 3]` has 12, one a
# neuron; so does `raster.sum(axis=1)`, the number of spikes of each.

# %% [markdown]
# ## 2. Broadcasting
#
# First count spikes in wider bins of 50 ms. `reshape` splits each row into 40 pieces of 50 bins, and the sum over the
# last axis makes one number of each piece.

# %%
counts = raster.reshape(12, 40, 50).sum(axis=2)
print(counts.shape)
print("mean count of each neuron:", counts.mean(axis=1))

# %% [markdown]
# When NumPy combines arrays of different shapes, it lines the shapes up **from the right**. An axis of length 1 is
# repeated as often as needed. This is **broadcasting** (Harris et al. 2020,
# [doi:10.1038/s41586-020-2649-2](https://doi.org/10.1038/s41586-020-2649-2)).
#
# **Predict first**, then try it in the cell below your prediction.

# %% [markdown] tags=["scratch"]
# **My predictions.** What is the shape of the result, or is it an error?
#
# - `counts - counts.mean()`: ...
# - `counts - counts.mean(axis=0)`: ...
# - `counts - counts.mean(axis=1)`: ...
# - `counts - counts.mean(axis=1, keepdims=True)`: ...

# %% tags=["scratch"]
# Try the four expressions here, one at a time.
(counts - counts.mean()).shape

# %% [markdown]
# ### Task 3: all neurons on one scale
#
# The **z-score** says how far a count lies from what is usual for this neuron: subtract the neuron's mean count and
# divide by the standard deviation of its counts. Write the function `zscore`, without a loop. A neuron whose count
# never changes has no spread to divide by. Its row shall be 0.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Each row has a mean and a standard deviation of its own. To line up with `counts`, both need the shape
# (n_neurons, 1).
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `counts.mean(axis=1, keepdims=True)` and `counts.std(axis=1, keepdims=True)`. Where the standard deviation is 0,
# the difference is 0 as well; you may divide it by anything else.
# </details>
# <details><summary>Hint 3: two lines</summary>
#
# `spread = counts.std(axis=1, keepdims=True)`
#
# `spread[spread == 0] = 1`
# </details>


# %% answer="zscore"
def zscore(counts):
    """Spike counts of each neuron in units of its own standard deviation, around its own mean.

    Parameters
    ----------
    counts : array of numbers, shape (n_neurons, n_bins)
        Spike counts.

    Returns
    -------
    array of floats, shape (n_neurons, n_bins)
        (count - mean of the row) / standard deviation of the row (`np.std` as it is, with n below the line); no
        unit. 0 in rows that do not change. Example: the row [1, 3, 1, 3] becomes [-1, 1, -1, 1].
    """
    ### BEGIN SOLUTION
    mean = counts.mean(axis=1, keepdims=True)
    spread = counts.std(axis=1, keepdims=True)
    spread[spread == 0] = 1
    return (counts - mean) / spread
    ### END SOLUTION


# %% test="zscore" points=2
# Each neuron around its own mean, in units of its own standard deviation (2 points).
_counts = np.array([[1, 3, 1, 3], [10, 10, 20, 20]])
_scores = zscore(_counts)
checks.shape(_scores, (2, 4), what="zscore of counts of shape (2, 4)")
checks.close(
    _scores,
    [[-1, 1, -1, 1], [-1, -1, 1, 1]],
    what="zscore([[1, 3, 1, 3], [10, 10, 20, 20]])",
    mistakes={
        "the mean is not subtracted": [[1, 3, 1, 3], [2, 2, 4, 4]],
        "the mean is subtracted; the difference still has to be divided by the standard deviation": [
            [-1, 1, -1, 1],
            [-5, -5, 5, 5],
        ],
        "one mean and one spread for all neurons; take those of each row": (_counts - 8.5) / math.sqrt(55.25),
        "this is the mean over the neurons (axis=0); take the mean over the bins of each neuron": [[-1] * 4, [1] * 4],
        "divided by the variance; take its square root": [[-1, 1, -1, 1], [-0.2, -0.2, 0.2, 0.2]],
        "the standard deviation has n below the line here, not n - 1": math.sqrt(0.75)
        * np.array([[-1, 1, -1, 1], [-1, -1, 1, 1]]),
    },
)
### BEGIN HIDDEN TESTS
# Tolerance 1e-6: a formula, so only rounding. The square table is the one in which a lost axis raises no error.
for _shape, _seed in [((4, 4), 1), ((7, 30), 2)]:
    _counts = np.random.default_rng(_seed).poisson(6.0, _shape)
    _counts[0] *= 5
    _expected = np.array([(_row - sum(_row) / len(_row)) / math.sqrt(np.var(_row)) for _row in _counts])
    _mistakes = {}
    if _shape == (4, 4):
        _lost = (_counts - _counts.mean(axis=1)) / _counts.std(axis=1)
        _mistakes["in a square table the means of the rows line up with the columns: keep the axis"] = _lost
    checks.close(zscore(_counts), _expected, what=f"zscore of counts of shape {_shape}", mistakes=_mistakes)
_counts = np.array([[0, 0, 0], [2, 2, 2], [1, 2, 3]])
_scores = zscore(_counts)
checks.close(_scores[:2], np.zeros((2, 3)), what="zscore of a silent neuron and of one with a constant count")
checks.close(_scores[2], np.array([-1, 0, 1]) * math.sqrt(1.5), what="zscore of a neuron beside a silent one")
### END HIDDEN TESTS

# %%
fig, ax = plt.subplots(layout="constrained")
image = ax.imshow(zscore(counts), aspect="auto", origin="lower", extent=(0, 2000, -0.5, 11.5), vmin=-3, vmax=3)
fig.colorbar(image, label="z-score of the count")
ax.set(xlabel="time (ms)", ylabel="neuron", yticks=range(12))
plt.show()

# %% tags=["guard"]
mean_score = zscore(counts)[:, 20:30].mean(axis=1)  # during the stimulus
assert set(np.flatnonzero(mean_score > 0.5)) == {0, 1, 2, 9} and np.argmin(mean_score) == 10, mean_score
try:
    counts - counts.mean(axis=1)
    raise RuntimeError("the text says that this is an error")
except ValueError:
    pass

# %% [markdown]
# **Compare.** Of your four expressions, the third is an error: the shapes (12, 40) and (12,) do not line up from the
# right. Be glad of it. Had there been 12 bins, NumPy would have subtracted the mean of neuron $k$ from bin $k$ and
# said nothing. With `keepdims=True` the shape is (12, 1), and the axis keeps its place.
#
# In the picture neurons 0, 1, 2 and 9 are brighter between 1000 and 1500 ms, and neuron 10 is darker, however fast
# they fire on average.

# %% [markdown]
# ## 3. One spike train in three numbers
#
# The **interspike intervals** (ISIs) are the times from each spike to the next. Their mean gives the firing rate.
# Their standard deviation divided by their mean is the **coefficient of variation** (CV). It has no unit and
# says how irregular the train is.
#
# Here are three trains. All have a mean interval of about 25 ms.

# %%
rng = np.random.default_rng(3)
trains_ms = {
    "clock": np.cumsum(25 + rng.standard_normal(400)),
    "chance": np.cumsum(rng.exponential(25, 400)),  # a Poisson process: each spike independent of all others
    "bursts": np.cumsum(np.tile([109, 4, 4, 4, 4], 80)).astype(float),
}
fig, ax = plt.subplots(layout="constrained")
ax.eventplot([times[times < 1000] for times in trains_ms.values()], color="C7", linelengths=0.7)
ax.set(xlabel="time (ms)", yticks=range(3), yticklabels=trains_ms)
plt.show()

# %% [markdown] tags=["scratch"]
# **My prediction** of the CV: clock ..., chance ..., bursts ...

# %% [markdown]
# ### Task 4: intervals, rate and CV
#
# Write the function `describe_train`. The rate is one divided by the mean interval.
#
# <details><summary>Hint 1: a nudge</summary>
#
# All three numbers come from the intervals. The spike times themselves are needed once only.
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `np.diff`, `np.mean`, `np.std`. A mean interval of 20 ms is a rate of 50 Hz.
# </details>
# <details><summary>Hint 3: the form of the result</summary>
#
# `return {"mean_isi_ms": ..., "rate_Hz": ..., "cv": ...}`
# </details>


# %% answer="describe_train"
def describe_train(spike_times_ms):
    """Mean interval, rate and irregularity of a spike train.

    Parameters
    ----------
    spike_times_ms : array of floats
        Spike times in ms, in increasing order; at least three.

    Returns
    -------
    dict
        "mean_isi_ms", the mean interval in ms; "rate_Hz", one divided by the mean interval, in Hz; "cv", the
        coefficient of variation of the intervals, without unit. (With many spikes it does not matter whether the
        standard deviation has n or n - 1 below the line; both are accepted.)

    Example: spikes at 5, 25 and 45 ms have a mean interval of 20 ms, a rate of 50 Hz and a CV of 0.
    """
    ### BEGIN SOLUTION
    isi_ms = np.diff(spike_times_ms)
    return {"mean_isi_ms": isi_ms.mean(), "rate_Hz": 1e3 / isi_ms.mean(), "cv": isi_ms.std() / isi_ms.mean()}
    ### END SOLUTION


# %% test="describe_train" points=2
# The mean interval in ms and the rate in Hz (2 points).
_result = describe_train(np.array([105.0, 110.0, 135.0, 165.0]))
checks.keys(_result, ["mean_isi_ms", "rate_Hz", "cv"], what="the result of describe_train")
checks.close(
    _result["mean_isi_ms"],
    20.0,
    unit="ms",
    what="the mean interval of spikes at 105, 110, 135 and 165 ms",
    mistakes={
        "this is the mean of the spike times; take the intervals": 128.75,
        "there is one interval fewer than spikes": 15.0,
        "the mean of the intervals, not the median": 25.0,
        "the first spike does not end an interval": 41.25,
    },
)
checks.close(
    _result["rate_Hz"],
    50.0,
    unit="Hz",
    what="the rate of spikes at 105, 110, 135 and 165 ms",
    mistakes={
        "there is one interval fewer than spikes": 1e3 * 4 / 60.0,
        "spikes divided by the time of the last one: use the intervals": 1e3 * 4 / 165.0,
        "one divided by the mean interval, not the mean of one divided by each": 1e3 * (1 / 5 + 1 / 25 + 1 / 30) / 3,
    },
)
### BEGIN HIDDEN TESTS
# Tolerance 1e-6: arithmetic, so only rounding.
_times = np.array([31.0, 40.0, 52.0, 55.0, 90.0, 111.0])
_result = describe_train(_times)
checks.close(_result["mean_isi_ms"], 16.0, unit="ms", what="the mean interval of another train")  # 80 ms / 5
checks.close(
    _result["rate_Hz"],
    62.5,
    unit="Hz",
    what="the rate of another train",
    mistakes={
        "intervals divided by the time of the last spike: the first spike need not be at 0": 1e3 * 5 / 111.0,
        "one divided by the mean interval, not the mean of one divided by each": 1e3 * np.mean(1 / np.diff(_times)),
    },
)
### END HIDDEN TESTS

# %% test="describe_train/cv" points=1
# The coefficient of variation of the intervals (1 point).
_result = describe_train(np.cumsum(np.tile([5.0, 15.0], 200)))
checks.keys(_result, ["cv"], what="the result of describe_train")
# n or n - 1 below the line: 0.13 % apart for 399 intervals.
checks.close(
    _result["cv"],
    0.5,
    rtol=3e-3,
    what="the CV of intervals that alternate between 5 and 15 ms",
    mistakes={
        "this is the square of the CV: the variance is not the standard deviation": 0.25,
        "this is the variance divided by the mean": 2.5,
        "this is the mean divided by the standard deviation": 2.0,
        "this is the standard deviation in ms; divide it by the mean": 5.0,
    },
)
### BEGIN HIDDEN TESTS
# Intervals of 4, 4, 4 and 28 ms: mean 10 ms, variance 108 ms², whatever unit they are in. 599 of them: 0.1 % for n - 1,
# and 0.2 % because the first interval is missing.
_times = 700.0 + np.cumsum(np.tile([4.0, 4.0, 28.0, 4.0], 150))
checks.close(
    describe_train(_times)["cv"],
    math.sqrt(108.0) / 10.0,
    rtol=5e-3,
    what="the CV of another train",
    mistakes={
        "this is the CV of the spike times; take the intervals": np.std(_times) / np.mean(_times),
        "this is the CV of one divided by each interval": np.std(1 / np.diff(_times)) / np.mean(1 / np.diff(_times)),
    },
)
### END HIDDEN TESTS

# %%
for name, times in trains_ms.items():
    found = describe_train(times)
    print(f"{name:6}: {found['mean_isi_ms']:5.1f} ms, {found['rate_Hz']:5.1f} Hz, CV {found['cv']:.2f}")

# %% tags=["guard"]
cv = [describe_train(times)["cv"] for times in trains_ms.values()]
# Expected: 1/25; 1 for exponential intervals, within 4 standard errors of about 1/sqrt(400); the sum of five intervals
# is 125 ms and of their squares 11945 ms², hence sqrt(11945/5 - 625)/25 = 1.68.
assert abs(cv[0] - 0.04) < 0.008 and abs(cv[1] - 1) < 0.2 and abs(cv[2] - 1.68) < 0.01, cv
assert all(37 < describe_train(times)["rate_Hz"] < 43 for times in trains_ms.values())

# %% [markdown]
# **Compare.** Three trains, one rate: about 40 Hz. The clock has a CV near 0, the Poisson process one near 1, and
# bursts have a CV above 1, because most intervals are much shorter than the mean and a few much longer. A rate alone
# says little about a train.

# %% [markdown]
# ## 4. A loop and its twin
#
# A common picture of a spike train is its smoothed rate: put a bell curve of width $\sigma$ on each spike and add them
# up (see, for instance, Shimazaki and Shinomoto 2010,
# [doi:10.1007/s10827-009-0180-4](https://doi.org/10.1007/s10827-009-0180-4)),
#
# $$r(t) = \sum_i \frac{1}{\sigma\sqrt{2\pi}}\; e^{-(t - t_i)^2 / 2\sigma^2} .$$
#
# The set-up cell has a function that does this with two loops. The next cell prints it, and then measures how
# long it takes for the train "chance" and 1000 times $t$.

# %%
print(inspect.getsource(smoothed_rate_loop))
train_ms = trains_ms["chance"]
t_ms = np.arange(0, 10000, 10.0)
start = time.perf_counter()
loop_Hz = smoothed_rate_loop(train_ms, t_ms, 100.0)
print(f"{len(t_ms)} times x {len(train_ms)} spikes: {time.perf_counter() - start:.2f} s with two loops")

# %% [markdown] tags=["scratch"]
# **My prediction:** array operations do the same work ... times as fast.

# %% [markdown]
# ### Task 5: the same result, faster
#
# Write the function `smoothed_rate`. It has the same arguments as `smoothed_rate_loop` and gives the same result (up to
# rounding), but is **at least three times as fast**. That is a modest demand: array operations are usually ten to a
# hundred times as fast.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Think of a table with one row for each time and one column for each spike, which holds $t - t_i$. How does the table
# become one number a row?
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `t_ms[:, np.newaxis]` has the shape (n_times, 1). Minus an array of shape (n_spikes,) it makes the whole table at
# once. `np.exp` takes tables, `math.exp` does not.
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `distance = (t_ms[:, np.newaxis] - spike_times_ms) / sigma_ms`
# </details>


# %% answer="smoothed_rate"
def smoothed_rate(spike_times_ms, t_ms, sigma_ms):
    """Firing rate of a spike train, smoothed with a Gaussian.

    Parameters
    ----------
    spike_times_ms : array of n_spikes floats
        Spike times in ms; may be empty.
    t_ms : array of n_times floats
        Times in ms at which the rate is wanted.
    sigma_ms : float
        Standard deviation of the Gaussian in ms.

    Returns
    -------
    array of n_times floats
        Rate in Hz. Example: at the time of a single spike and for a sigma of 10 ms it is 39.9 Hz.
    """
    ### BEGIN SOLUTION
    distance = (t_ms[:, np.newaxis] - spike_times_ms) / sigma_ms
    return 1e3 * np.exp(-0.5 * distance**2).sum(axis=1) / (sigma_ms * np.sqrt(2 * np.pi))
    ### END SOLUTION


# %% test="smoothed_rate" points=1
# The same result as the loop (1 point).
_spikes, _t, _sigma = np.array([20.0, 31.0, 34.0]), np.arange(0.0, 50.0, 5.0), 8.0
_loop = smoothed_rate_loop(_spikes, _t, _sigma)
_mistakes = {
    "the sum runs along the wrong axis: one number a spike, not one a time": smoothed_rate_loop(_t, _spikes, _sigma),
    "this is the mean over the spikes; take the sum": _loop / 3,
    "this is one number for all times together; sum over the spikes only": float(_loop.sum()),
    "the Gaussian is not divided by its area, σ√(2π)": _loop * _sigma * math.sqrt(2 * math.pi),
}
checks.close(
    smoothed_rate(_spikes, _t, _sigma), _loop, unit="Hz", what="smoothed_rate of three spikes", mistakes=_mistakes
)
### BEGIN HIDDEN TESTS
# Tolerance 1e-6: the same arithmetic in another order. smoothed_rate_loop comes from the locked set-up cell, which runs
# where this test runs. As many times as spikes: here a wrong axis leaves the shape as it is.
for _n, _sigma, _seed in [(12, 25.0, 1), (60, 5.0, 2)]:
    _random = np.random.default_rng(_seed)
    _spikes, _t = np.sort(_random.uniform(0.0, 600.0, _n)), np.linspace(-50.0, 650.0, 60)
    checks.close(
        smoothed_rate(_spikes, _t, _sigma),
        smoothed_rate_loop(_spikes, _t, _sigma),
        atol=1e-9,
        unit="Hz",
        what="smoothed_rate of another train",
        mistakes={"the sum runs along the wrong axis": smoothed_rate_loop(_t, _spikes, _sigma)},
    )
checks.close(
    smoothed_rate(np.array([]), np.arange(5.0), 10.0), np.zeros(5), unit="Hz", what="smoothed_rate without any spike"
)
### END HIDDEN TESTS

# %% test="smoothed_rate/speed" points=2
# At least three times as fast as the loop, with the loop's result (2 points).
# Both run here in turn, up to eight times, and the shortest times are compared: see speed_up in the set-up cell. Array
# operations are ten to a hundred times as fast, so that a factor of three leaves room for a busy computer.
_ratio = speed_up(smoothed_rate, smoothed_rate_loop, seed=1)
print(f"smoothed_rate is {_ratio:.2g} times as fast as the loop.")
_slow = "the result is right, but it takes more than a third of the loop's time. Is there a loop over all pairs left?"
checks.equal(bool(_ratio >= 3), True, what="the speed of smoothed_rate", mistakes={_slow: False})
### BEGIN HIDDEN TESTS
# Once more with other spikes and times: a table of known answers does not help.
_fast = bool(speed_up(smoothed_rate, smoothed_rate_loop, seed=41) >= 3)
checks.equal(_fast, True, what="the speed of smoothed_rate for other trains", mistakes={_slow: False})
### END HIDDEN TESTS

# %%
fig, ax = plt.subplots(layout="constrained")
ax.plot(t_ms / 1000, loop_Hz, color="C7", linewidth=4, label="two loops")
ax.plot(t_ms / 1000, smoothed_rate(train_ms, t_ms, 100.0), color="C5", label="array operations")
ax.plot(train_ms / 1000, np.full(len(train_ms), -4), "|", color="C7")
ax.set(xlabel="time (s)", ylabel="firing rate (Hz)", ylim=(-8, 85))
ax.legend(loc="upper right", ncol=2)
plt.show()

# %% tags=["guard"]
# Independent: the area under the rate is the number of spikes, and the peak of one bell curve is known.
grid_ms = np.arange(-1000, 12000, 5.0)
assert abs(smoothed_rate(train_ms, grid_ms, 100.0).sum() * 5e-3 - 400) < 1e-3 and train_ms[-1] < 11000
assert abs(smoothed_rate(np.array([3.0]), np.array([3.0]), 10.0)[0] - 39.894228) < 1e-6
seconds = {}
for twin in (smoothed_rate_loop, smoothed_rate):
    rounds = []
    for _ in range(3):
        start = time.perf_counter()
        twin(train_ms, t_ms, 100.0)
        rounds.append(time.perf_counter() - start)
    seconds[twin.__name__] = min(rounds)
assert seconds["smoothed_rate_loop"] > 10 * seconds["smoothed_rate"], seconds

# %% [markdown]
# **Compare.** The two curves lie on each other, and the test above told you by how much yours is faster. The number
# of exponentials is the same in both. What is different, then?

# %% [markdown] discuss="speed_and_memory" points=3
# ### Discussion 1: what speed costs
#
# In four to six sentences: (a) Why is the version with arrays faster, although it computes as many exponentials?
# (b) Someone wants the smoothed rate of one hour of a train of 40 Hz, at every millisecond. How many numbers
# does your table hold, and how much memory does it need, at 8 bytes a number? (c) What would you do instead?
#
# *How it is judged: one point for each part. (b) needs the two numbers; (c) a method that fits into the memory of
# an ordinary computer, and why it does.*
### BEGIN MARK SCHEME
# - (a) 1 point: the loop runs Python's own machinery (look up names, check types, make a new number) for every pair;
#   an array operation pays this once and then runs compiled code over numbers that lie side by side in memory. Half a
#   point for "NumPy is written in C" alone.
# - (b) 1 point: 3.6 million times by 144 000 spikes = 5.2 · 10¹¹ numbers, about 4 TB (4.1 · 10¹² bytes). Half a point
#   for each number. (If two or three such tables are counted, for intermediate results: right, too.)
# - (c) 1 point: one loop over the spikes (or over pieces of the time axis) with array operations inside, so that one
#   row or block is held at a time; or only the spikes within a few σ of each time; or count spikes in 1 ms bins and
#   convolve with the bell curve once. "A bigger computer" gets no point.
### END MARK SCHEME

# %% [markdown]
# ## 5. Fit a decay, and show it
#
# A current into a cell is switched off at $t = 0$. The membrane potential returns to rest along
#
# $$V(t) = V_\infty + A\,e^{-t/\tau} .$$
#
# Here is such a recording, with noise.

# %%
time_ms = np.arange(0, 100, 0.5)
noise_mV = 0.5 * np.random.default_rng(11).standard_normal(len(time_ms))
recording_mV = -68.0 + 12.0 * np.exp(-time_ms / 18.0) + noise_mV
print(f"{recording_mV[0]:.1f} mV at 0 ms, {recording_mV[36]:.1f} mV at {time_ms[36]:.0f} ms")
print(f"{recording_mV[-1]:.1f} mV at {time_ms[-1]:.1f} ms")

# %% [markdown] tags=["scratch"]
# **My prediction.** By eye, $\tau$ is about ... ms. A fit will come as close to the true $\tau$ as about (0.04 / 0.4 /
# 4) ms: ...

# %% [markdown]
# ### Task 6: the fit
#
# Write the function `fit_decay`: it finds $V_\infty$, $A$ and $\tau$ by **least squares**, that is, such that the sum
# of the squared differences between data and curve is smallest. It is tested with decays that take
# milliseconds and with decays that take a second, upwards as well as downwards.
#
# <details><summary>Hint 1: a nudge</summary>
#
# `curve_fit` searches downhill from a starting point. Where does the search begin if you give it none, and is that
# near your data?
# </details>
# <details><summary>Hint 2: the tool</summary>
#
# `values, covariance = curve_fit(curve, t_ms, V_mV, p0=[...])`, where `curve(t, V_inf, A, tau)` is a function that you
# write. Read rough values for `p0` off the data: what is $V$ at the end, how far away is it at the beginning, and
# about how long does the recording last?
# </details>
# <details><summary>Hint 3: a first line</summary>
#
# `p0 = [V_mV[-1], V_mV[0] - V_mV[-1], t_ms[-1] / 4]`
# </details>


# %% answer="fit_decay"
def fit_decay(t_ms, V_mV):
    """Fit V(t) = V_inf + A exp(-t / tau) by least squares.

    Parameters
    ----------
    t_ms : array of n floats
        Times in ms, in increasing order from 0; the recording lasts for about 3 to 6 tau.
    V_mV : array of n floats
        Membrane potential in mV.

    Returns
    -------
    V_inf_mV, A_mV, tau_ms : float
        The final potential in mV, the amplitude in mV (negative if V rises), the time constant in ms.
    """
    ### BEGIN SOLUTION
    def curve(t, V_inf, A, tau):
        return V_inf + A * np.exp(-t / tau)

    p0 = [V_mV[-1], V_mV[0] - V_mV[-1], t_ms[-1] / 4]
    values, covariance = curve_fit(curve, t_ms, V_mV, p0=p0)
    return values[0], values[1], values[2]
    ### END SOLUTION


# %% test="fit_decay" points=2
# Final value, amplitude and time constant of decays (2 points).
_t = np.arange(0.0, 80.0, 0.5)
_result = fit_decay(_t, -60.0 + 15.0 * np.exp(-_t / 20.0))
checks.parts(_result, 3, what="the result of fit_decay (V_inf_mV, A_mV, tau_ms)")
# Without noise a fit is exact up to where the search stops (1e-8); a logarithm with a guessed end value is 7 % off.
checks.close(
    _result[2],
    20.0,
    rtol=1e-3,
    unit="ms",
    what="tau of a decay from -45 mV to -60 mV without noise",
    mistakes={
        "this is 1/τ": 0.05,
        "this is the time to one half, not to 1/e": 20.0 * np.log(2.0),
        "the last value of the data is not V_inf yet: let the fit find V_inf, too": 14.4594,
        "this is the amplitude: the order is V_inf, A, tau": 15.0,
        "this is the final potential: the order is V_inf, A, tau": -60.0,
    },
)
checks.close(_result[0], -60.0, rtol=1e-3, unit="mV", what="V_inf of a decay from -45 mV to -60 mV")
checks.close(
    _result[1],
    15.0,
    rtol=1e-3,
    unit="mV",
    what="A of a decay from -45 mV to -60 mV",
    mistakes={"A is the distance from the final potential, not the potential at t = 0": -45.0},
)
### BEGIN HIDDEN TESTS
# Tolerance as above. The first one is slow: from 1, 1, 1 the search does not move (a guard shows it). The last one has
# so many points that the first step is a tiny part of the amplitude: from there the search runs away.
_lost = "this is where curve_fit starts to search: give it a p0 that is read off the data"
_away = "the search ran away: give p0 rough values of all three, V_inf and A, too"
_decays = [(-60.0, -5.0, 700.0, 20.0, 150), (-65.0, 8.0, 2.5, 0.1, 150), (0.4, -3.0, 40.0, 1.0, 150)]
for _V_inf, _A, _tau, _step, _n in [*_decays, (-58.0, 6.0, 900.0, 2.0, 2250)]:
    _t = _step * np.arange(_n)
    _result = fit_decay(_t, _V_inf + _A * np.exp(-_t / _tau))
    _mistakes = {_lost: 1.0, "this is 1/τ": 1 / _tau}
    if np.max(np.abs(_result[2])) > 10 * _t[-1]:
        _mistakes[_away] = _result[2]
    checks.close(_result[2], _tau, rtol=1e-3, unit="ms", what="tau of another decay without noise", mistakes=_mistakes)
    checks.close(_result[0], _V_inf, rtol=1e-3, unit="mV", what="V_inf of another decay without noise")
    checks.close(_result[1], _A, rtol=1e-3, unit="mV", what="A of another decay without noise")
# With noise: the standard errors are computed from the curve's derivatives (the Cramér-Rao bound, which least squares
# reaches here). The seed is fixed: least squares lies within 2 of them of the truth (a guard shows it), we allow 4.
_t = np.linspace(0.0, 100.0, 300)
_V = -66.0 + 9.0 * np.exp(-_t / 25.0) + 0.6 * np.random.default_rng(5).standard_normal(300)
_slopes = np.array([np.ones(300), np.exp(-_t / 25.0), 9.0 * _t / 25.0**2 * np.exp(-_t / 25.0)])
_errors = 0.6 * np.sqrt(np.diag(np.linalg.inv(_slopes @ _slopes.T)))
_result = fit_decay(_t, _V)
for _got, _true, _error, _name in zip(_result, (-66.0, 9.0, 25.0), _errors, ("V_inf", "A", "tau")):
    checks.close(_got, _true, rtol=0.0, atol=4 * _error, what=f"{_name} of a decay with noise")
### END HIDDEN TESTS

# %% tags=["guard"]
_fit = fit_decay(_t, _V)
assert all(abs(got - true) < 2 * error for got, true, error in zip(_fit, (-66.0, 9.0, 25.0), _errors)), _fit
# Independent of curve_fit: for each tau the other two follow from linear least squares; take the best tau.
taus = np.arange(15.0, 40.0, 0.01)
squares = [np.linalg.lstsq(np.c_[np.ones(300), np.exp(-_t / tau)], _V, rcond=None)[1][0] for tau in taus]
assert abs(taus[np.argmin(squares)] - _fit[2]) < 0.02
# The search without p0: lucky with the recording, stuck where it started with a slow decay.
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    lucky = curve_fit(lambda t, a, b, c: a + b * np.exp(-t / c), time_ms, recording_mV)[0]
    slow_ms = 20.0 * np.arange(150)
    stuck = curve_fit(lambda t, a, b, c: a + b * np.exp(-t / c), slow_ms, -60.0 - 5.0 * np.exp(-slow_ms / 700.0))[0]
assert np.allclose(lucky, fit_decay(time_ms, recording_mV), rtol=1e-3) and abs(stuck[2] - 1) < 1e-4, (lucky, stuck)

# %%
V_inf_mV, A_mV, tau_ms = fit_decay(time_ms, recording_mV)
print(f"V_inf = {V_inf_mV:.2f} mV, A = {A_mV:.2f} mV, tau = {tau_ms:.2f} ms")

# %% [markdown]
# ### Task 7: a figure that can be read
#
# Write the function `plot_fit`: it draws the recording as points and the fitted curve as a line, and returns the
# figure. Label the axes "time (ms)" and "membrane potential (mV)", and add a legend with one entry for the recording
# and one for the fit.
#
# ![Membrane potential against time for 100 ms. Grey points, the recording, fall from about −56 mV, fast at first, and
# scatter around −68 mV at the end. A black line, the fit, runs through the middle of the points. A legend names
# both.](figures/decay_fit.png)
#
# <details><summary>Hint 1: a nudge</summary>
#
# The raster in section 1 is drawn by four lines. Which of them would you change?
# </details>
# <details><summary>Hint 2: the tools</summary>
#
# `ax.plot(x, y, "o", label="recording")` draws points, `ax.plot(x, y, label="fit")` a line. `ax.set(xlabel=...,
# ylabel=...)` and `ax.legend()` do the rest.
# </details>
# <details><summary>Hint 3: the first line and the last</summary>
#
# `fig, ax = plt.subplots(layout="constrained")` and `return fig`
# </details>


# %% answer="plot_fit"
def plot_fit(t_ms, V_mV, V_inf_mV, A_mV, tau_ms):
    """Draw a recording and the curve V_inf + A exp(-t / tau).

    Parameters
    ----------
    t_ms, V_mV : arrays of n floats
        Times in ms and recorded membrane potential in mV.
    V_inf_mV, A_mV, tau_ms : float
        Parameters of the curve; see `fit_decay`.

    Returns
    -------
    Matplotlib figure
        With the recording as points, the curve as a line over the same range of times, both axes labelled, and a
        legend. (The curve may be drawn at t_ms or on a finer grid.)
    """
    ### BEGIN SOLUTION
    fig, ax = plt.subplots(layout="constrained")
    ax.plot(t_ms, V_mV, "o", color="C7", markersize=3, label="recording")
    ax.plot(t_ms, V_inf_mV + A_mV * np.exp(-t_ms / tau_ms), color="C5", label="fit")
    ax.set(xlabel="time (ms)", ylabel="membrane potential (mV)")
    ax.legend()
    return fig
    ### END SOLUTION


# %% test="plot_fit" points=2
# The recording and the curve are in the figure (2 points).
_t = np.linspace(0.0, 60.0, 61)
_V = -70.0 + 10.0 * np.exp(-_t / 12.0) + np.tile([0.5, -0.5, 0.0], 21)[:61]
_axes = checks.figure_data(plot_fit(_t, _V, -70.0, 10.0, 12.0))["axes"]
_drawn = [(np.array(_s["x"]), np.array(_s["y"]), _s) for _a in _axes for _s in _a["lines"] + _a["points"]]
_same = [_s for _x, _y, _s in _drawn if len(_x) == 61 and np.allclose(_x, _t) and np.allclose(_y, _V)]
_swapped = any(len(_x) == 61 and np.allclose(_x, _V) and np.allclose(_y, _t) for _x, _y, _ in _drawn)
_why = "x and y have changed places" if _swapped else "no points at t_ms, V_mV are found. Does it draw its arguments?"
checks.equal(len(_same) > 0, True, what="the recording in the figure", mistakes={_why: False})
_points = any(_s.get("marker", "a scatter plot") for _s in _same)
checks.equal(_points, True, what="the recording in the figure", mistakes={"drawn as a line, where points are asked for": False})
_curves = [_s for _x, _y, _s in _drawn if len(_x) > 20 and np.allclose(_y, -70.0 + 10.0 * np.exp(-_x / 12.0))]
_why = "nothing (with more than 20 values) is found that follows V_inf + A exp(-t / tau)"
checks.equal(len(_curves) > 0, True, what="the curve in the figure", mistakes={_why: False})
_line = any(_s.get("linestyle") for _s in _curves)
checks.equal(_line, True, what="the curve in the figure", mistakes={"drawn as points, where a line is asked for": False})
### BEGIN HIDDEN TESTS
# Drawn curves are the formula's values: rounding only (np.allclose). The range may end one step of the data early.
for _V_inf, _A, _tau, _end, _n in [(-61.0, -7.0, 90.0, 400.0, 81), (-75.0, 22.0, 3.0, 15.0, 46)]:
    _t = np.linspace(0.0, _end, _n)
    _V = _V_inf + _A * np.exp(-_t / _tau) + 0.3 * np.random.default_rng(_n).standard_normal(_n)
    _axes = checks.figure_data(plot_fit(_t, _V, _V_inf, _A, _tau))["axes"]
    _drawn = [(np.array(_s["x"]), np.array(_s["y"])) for _a in _axes for _s in _a["lines"] + _a["points"]]
    _same = [len(_x) == _n and np.allclose(_x, _t) and np.allclose(_y, _V) for _x, _y in _drawn]
    _why = "the points are not those that the function was given"
    checks.equal(any(_same), True, what="the recording in another figure", mistakes={_why: False})
    _lines = [(np.array(_s["x"]), np.array(_s["y"])) for _a in _axes for _s in _a["lines"]]
    _lines = [(_x, _y) for _x, _y in _lines if len(_x) > 20]
    _curves = [_x for _x, _y in _lines if np.allclose(_y, _V_inf + _A * np.exp(-_x / _tau))]
    _why = "the line does not follow the parameters that the function was given"
    checks.equal(len(_curves) > 0, True, what="the curve in another figure", mistakes={_why: False})
    _step = 1.01 * _t[1]
    _covers = any(np.min(_x) <= _step and np.max(_x) >= _end - _step for _x in _curves)
    _why = "it does not reach over the whole recording"
    checks.equal(_covers, True, what="the curve in another figure", mistakes={_why: False})
### END HIDDEN TESTS

# %% test="plot_fit/labels" points=1
# Labels with units on both axes, and a legend (1 point).
_t = np.linspace(0.0, 30.0, 31)
_figure = checks.figure_data(plot_fit(_t, -60.0 + 5.0 * np.exp(-_t / 10.0), -60.0, 5.0, 10.0))
checks.labelled(_figure, x="time (ms)", y="membrane potential (mV)")
_entries = max(len([_text for _text in _a["legend"] if _text.strip()]) for _a in _figure["axes"])
_why = "it needs two entries: give both a label=..., then call ax.legend()"
checks.equal(_entries >= 2, True, what="the legend", mistakes={_why: False})

# %%
fig = plot_fit(time_ms, recording_mV, V_inf_mV, A_mV, tau_ms)
plt.show()

# %% tags=["guard"]
fig.savefig("figures/decay_fit.png")
slopes = np.array([np.ones(200), np.exp(-time_ms / 18), 12 * time_ms / 18**2 * np.exp(-time_ms / 18)])
tau_error_ms = 0.5 * np.sqrt(np.linalg.inv(slopes @ slopes.T)[2, 2])
assert 0.3 < tau_error_ms < 0.5 and abs(tau_ms - 18) < 2 * tau_error_ms, (tau_error_ms, tau_ms)
assert abs(recording_mV[:3].mean() + 56) < 1 and abs(recording_mV[-20:].mean() + 68) < 0.3

# %% [markdown]
# **Compare.** The recording was made with $V_\infty = -68$ mV, $A = 12$ mV and $\tau = 18$ ms. The standard error
# of $\tau$ is about 0.4 ms, although single points are off by 0.5 mV: 200 points share the work. From 1, 1, 1 the search
# would have found this $\tau$ as well. That is luck. When $\tau$ is 700 ms and a point comes every 20 ms, a curve with
# $\tau = 1$ ms is flat from the second point on. No small step of $\tau$ changes it, and `curve_fit` returns the 1 ms that
# it started from, with a warning that is overlooked too often. So look at every fit.

# %% [markdown]
# ## 6. Three broken functions
#
# Reading code is half of programming. Each of the three functions below has one fault. Run its cell, read what comes
# out, and find the fault before you look at the hints. Then write the mended function: copy the body, and change what
# has to be changed.

# %% [markdown] tags=["scratch"]
# **My predictions,** from reading alone. Fault of `broken_counts`: ... Fault of `broken_rate`: ... Fault of
# `broken_bursts`: ... An error message will come from: ...


# %%
def broken_counts(spike_times_ms, edges_ms):
    counts = []
    for k in range(len(edges_ms)):
        n = 0
        for spike_ms in spike_times_ms:
            if edges_ms[k] <= spike_ms < edges_ms[k + 1]:
                n = n + 1
        counts.append(n)
    return counts


try:
    print(broken_counts([1.0, 4.0, 7.0, 12.0], [0.0, 5.0, 10.0]))
except IndexError:
    print(traceback.format_exc())

# %% [markdown]
# ### Task 8: spikes in bins
#
# Write the mended function `spike_counts`. Read the error message from the bottom: the last line says what happened,
# the lines above it where.
#
# <details><summary>Hint 1: a nudge</summary>
#
# How many bins lie between three edges? How often does the outer loop run?
# </details>
# <details><summary>Hint 2: the place</summary>
#
# In the last turn `k + 1` is one more than the last index.
# </details>


# %% answer="spike_counts"
def spike_counts(spike_times_ms, edges_ms):
    """Number of spikes in each bin.

    Parameters
    ----------
    spike_times_ms : list or array of floats
        Spike times in ms; those outside all bins do not count.
    edges_ms : list or array of n + 1 floats
        Edges of the bins in ms, in increasing order.

    Returns
    -------
    list or array of n ints
        Entry k counts the spikes with edges_ms[k] <= time < edges_ms[k + 1].
        Example: `spike_counts([1.0, 4.0, 7.0, 12.0], [0.0, 5.0, 10.0])` is [2, 1].
    """
    ### BEGIN SOLUTION
    counts = []
    for k in range(len(edges_ms) - 1):
        n = 0
        for spike_ms in spike_times_ms:
            if edges_ms[k] <= spike_ms < edges_ms[k + 1]:
                n = n + 1
        counts.append(n)
    return counts
    ### END SOLUTION


# %% test="spike_counts" points=1
# The number of spikes in each bin (1 point).
checks.equal(
    spike_counts([1.0, 4.0, 7.0, 12.0], [0.0, 5.0, 10.0]),
    [2, 1],
    what="spike_counts([1.0, 4.0, 7.0, 12.0], [0.0, 5.0, 10.0])",
    mistakes={
        "the last bin is missing": [2],
        "n has to begin at 0 in every bin": [2, 3],
        "two bins lie between three edges, and a spike behind the last edge is in none": [2, 1, 1],
    },
)
### BEGIN HIDDEN TESTS
checks.equal(
    spike_counts([5.0, 20.0, 21.5, 29.0], [5.0, 20.0, 25.0, 40.0, 60.0]),
    [1, 2, 1, 0],
    what="spike_counts with spikes on edges",
    mistakes={
        "a spike on an edge is counted twice": [2, 2, 1, 0],
        "a spike on an edge belongs to the bin that begins there": [1, 1, 1, 0],
        "a spike on an edge is lost": [0, 1, 1, 0],
        "the last bin is missing": [1, 2, 1],
    },
)
checks.equal(
    spike_counts([], [0.0, 1.0, 2.0]),
    [0, 0],
    what="spike_counts without spikes",
    mistakes={"one bin too many: the outer loop runs once an edge, not once a bin": [0, 0, 0]},
)
### END HIDDEN TESTS


# %%
def broken_rate(raster, dt_ms):
    n_neurons, n_bins = raster.shape
    return 1e3 * raster.sum() / (n_neurons * n_bins) * dt_ms


print(f"in bins of 1 ms: {broken_rate(raster, 1.0):.1f} Hz")
coarse = raster.reshape(12, 1000, 2).any(axis=2)  # the same recording in bins of 2 ms
print(f"in bins of 2 ms: {broken_rate(coarse, 2.0):.1f} Hz")

# %% [markdown]
# ### Task 9: a rate of a population
#
# No error message here, but two results that cannot both be right: the recording is the same. Write the mended
# function `population_rate`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Write down the units of each factor. What is the unit of the result?
# </details>
# <details><summary>Hint 2: the place</summary>
#
# The rate is spikes per neuron and *per time*. On which side of the fraction line does the width of a bin belong?
# </details>


# %% answer="population_rate"
def population_rate(raster, dt_ms):
    """Firing rate of a group of neurons, averaged over neurons and time.

    Parameters
    ----------
    raster : array of booleans, shape (n_neurons, n_bins)
        True where a neuron spikes in a bin.
    dt_ms : float
        Width of a bin in ms.

    Returns
    -------
    float
        Mean rate of a neuron in Hz. Example: 2 neurons with 3 spikes together in 100 ms have a rate of 15 Hz.
    """
    ### BEGIN SOLUTION
    n_neurons, n_bins = raster.shape
    return 1e3 * raster.sum() / (n_neurons * n_bins * dt_ms)
    ### END SOLUTION


# %% test="population_rate" points=1
# The mean rate of a neuron in Hz, for bins of any width (1 point).
_raster = np.zeros((3, 50), dtype=bool)
_raster[[0, 0, 1, 2, 2, 2], [3, 20, 44, 0, 7, 49]] = True
checks.close(
    population_rate(_raster, 2.0),
    20.0,
    unit="Hz",
    what="population_rate of 6 spikes of 3 neurons in 50 bins of 2 ms",
    mistakes={
        "the width of a bin still multiplies; with bins of 1 ms nobody notices": 80.0,
        "the width of a bin has no effect now, and it should": 40.0,
        "the rate of all neurons together; divide by their number": 60.0,
    },
)
### BEGIN HIDDEN TESTS
# Tolerance 1e-6: arithmetic, so only rounding.
for _neurons, _bins, _dt, _spikes in [(5, 300, 0.5, 21), (8, 40, 4.0, 16), (3, 120, 1.0, 9)]:
    _raster = np.zeros(_neurons * _bins, dtype=bool)
    _raster[: 3 * _spikes : 3] = True
    checks.close(
        population_rate(_raster.reshape(_neurons, _bins), _dt),
        1e3 * _spikes / _neurons / (_bins * _dt),
        unit="Hz",
        what="population_rate of another raster",
    )
### END HIDDEN TESTS

# %%
starts_ms = []


def broken_bursts(spike_times_ms, max_isi_ms):
    in_burst = False
    for k in range(len(spike_times_ms) - 1):
        if spike_times_ms[k + 1] - spike_times_ms[k] > max_isi_ms:
            in_burst = False
        elif not in_burst:
            starts_ms.append(spike_times_ms[k])
            in_burst = True
    return starts_ms


print("first train: ", broken_bursts([10.0, 14.0, 18.0, 90.0, 94.0], max_isi_ms=6.0))
print("second train:", broken_bursts([33.0, 70.0, 73.0], max_isi_ms=6.0))

# %% [markdown]
# ### Task 10: the beginnings of bursts
#
# The function finds **bursts**, groups of two or more spikes with short intervals, and gives the time at which each
# begins. For the first train it is right. Write the mended function `burst_starts`.
#
# <details><summary>Hint 1: a nudge</summary>
#
# Which numbers in the second result come from the first train? Where have they been in the meantime?
# </details>
# <details><summary>Hint 2: the place</summary>
#
# Everything that a function uses should come from its arguments or be made inside it. One name here is neither.
# </details>


# %% answer="burst_starts"
def burst_starts(spike_times_ms, max_isi_ms):
    """Times at which bursts begin.

    Parameters
    ----------
    spike_times_ms : list or array of floats
        Spike times in ms, in increasing order; may be empty.
    max_isi_ms : float
        Longest interval in ms between neighbouring spikes of one burst (this length included).

    Returns
    -------
    list or array of floats
        Time in ms of the first spike of each burst; empty if there is none.
        Example: `burst_starts([33.0, 70.0, 73.0], 6.0)` is [70.0].
    """
    ### BEGIN SOLUTION
    starts_ms = []
    in_burst = False
    for k in range(len(spike_times_ms) - 1):
        if spike_times_ms[k + 1] - spike_times_ms[k] > max_isi_ms:
            in_burst = False
        elif not in_burst:
            starts_ms.append(spike_times_ms[k])
            in_burst = True
    return starts_ms
    ### END SOLUTION


# %% test="burst_starts" points=1
# The beginnings of bursts, whatever the function was called with before (1 point).
_first = np.array(burst_starts([10.0, 14.0, 18.0, 90.0, 94.0], 6.0), dtype=float)
_second = np.array(burst_starts([33.0, 70.0, 73.0], 6.0), dtype=float)
_memory = "bursts of an earlier call are still in the list: where is the list made?"
checks.equal(bool(np.size(_second) > 1), False, what="burst_starts, called a second time", mistakes={_memory: True})
checks.close(
    _first,
    [10.0, 90.0],
    unit="ms",
    what="burst_starts([10.0, 14.0, 18.0, 90.0, 94.0], 6.0)",
    mistakes={
        "only the last burst is left: the list must not be made anew within the loop": [90.0],
        "every spike with a short interval behind it, not the first of each burst alone": [10.0, 14.0, 90.0],
    },
)
checks.close(_second, [70.0], unit="ms", what="burst_starts([33.0, 70.0, 73.0], 6.0)")
### BEGIN HIDDEN TESTS
_trains = [([1.0, 5.0, 9.0, 30.0, 31.0, 60.0, 64.5, 69.0], 4.0), ([2.0, 40.0], 10.0), ([3.0, 7.5, 12.0, 50.0], 4.5)]
_starts = [[1.0, 30.0], [], [3.0]]
for (_train, _longest), _expected in [*zip(_trains, _starts), *zip(_trains, _starts)]:
    _result = burst_starts(_train, _longest)
    checks.shape(_result, (len(_expected),), what="burst_starts of another train, and of the same train again")
    checks.close(_result, _expected, unit="ms", what="burst_starts of another train")
checks.shape(burst_starts([], 5.0), (0,), what="burst_starts without spikes")
### END HIDDEN TESTS

# %% tags=["guard"]
try:
    broken_counts([1.0, 4.0, 7.0, 12.0], [0.0, 5.0, 10.0])
    raise RuntimeError("the text says that this is an error")
except IndexError:
    pass
assert broken_bursts([33.0, 70.0, 73.0], 6.0) == [10.0, 90.0, 70.0, 70.0]
assert abs(broken_rate(raster, 1.0) - population_rate(raster, 1.0)) < 1e-9
assert abs(population_rate(raster, 1.0) - raster.sum() / 12 / 2.0) < 1e-9  # 2 s
assert 3 < broken_rate(coarse, 2.0) / population_rate(coarse, 2.0) < 5  # wrong by 2 x 2
edges_ms = np.arange(0, 12000, 50.0)
assert (np.array(spike_counts(train_ms, edges_ms)) == np.histogram(train_ms, edges_ms)[0]).all()
assert len(burst_starts(trains_ms["bursts"], 5.0)) == 80

# %% [markdown] discuss="silent_faults" points=2
# ### Discussion 2: faults that say nothing
#
# One of the three functions complained, two did not. In three to five sentences: (a) For which calls do the two silent
# ones give the right result all the same? (b) Give one call for each of them, with the result that you expect, which
# would have shown the fault at once.
#
# *How it is judged: one point for each part, half a point for each function.*
### BEGIN MARK SCHEME
# - (a) 1 point: `broken_rate` for bins of 1 ms, when multiplying and dividing are the same (also for a raster without
#   any spike); `broken_bursts` in its first call after the list was made (also as long as no call before found a burst).
# - (b) 1 point: any raster of known rate with bins of another width than 1 ms, for instance 1 spike of 1 neuron in 100
#   bins of 10 ms: 1 Hz (the broken one says 100 Hz). For bursts the same call twice: both results have to be alike; or a
#   train without bursts after one with bursts: the result has to be empty. A call without its expected result: half.
### END MARK SCHEME

# %% [markdown]
# ## What you have done, and where to go next
#
# - **You took** spike times and rates out of a raster: a row is a neuron, a column a bin, and a sum along an axis
#   removes that axis.
# - **You compared** neurons by broadcasting. Shapes line up from the right, and `keepdims=True` keeps an axis in its
#   place.
# - **You described** trains by intervals, rate and CV: at one rate of 40 Hz the CV was near 0, near 1 and 1.7.
# - **You replaced** a loop by array operations. The result stayed, the time shrank, and the table took memory.
# - **You fitted** a decay, from a starting point that you read off the data, and drew a figure with labels and units.
# - **You mended** three functions: one stopped with an error message, one was right for bins of 1 ms only, one
#   remembered earlier calls. Try a function with more than one input before you trust it.
#
# **Where to go next.** In `01_membranes` you write functions of this kind for charges and potentials, and in
# `02_integrate_and_fire` a neuron makes the spikes that you analyse. Rates and CVs come back there.
