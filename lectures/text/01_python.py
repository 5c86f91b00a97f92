# %% [markdown]
# # Python for neuroscience
#
# A neuroscientist's day holds more programming than one would think: spikes are sorted, counted, averaged, fitted and drawn; models are built, run and compared with them. Almost all of it happens in Python nowadays, and so does this course. NEURON, NEST and LFPy
# are used from Python, and what they return are arrays of numbers. This lecture is about those arrays: how to make them, how to ask them questions, and how to notice that an answer is wrong.
#
# **What you will do**
#
# - invent a neuron, record from it, and recover what you put in
# - write the same computation as a loop and as one line, and time both
# - fit a tuning curve, keep a table of cells, solve the equation of a membrane
# - break a program on purpose, and read what Python says
#
# **What you will learn**
#
# - Why is Python the language of the field, and when is it too slow?
# - How do you make random data that come out the same tomorrow?
# - How do spike times become a rate, a histogram, a measure of irregularity?
# - How do you fit a model, and how certain are its parameters?
# - What do you do when an error message comes, and what when none comes although the result is wrong?
#
# **What you will need**
#
# - to have programmed once, in any language: variables, `if`, `for`, functions
# - mean, standard deviation, the exponential function
# - no neuroscience beyond this: a neuron sends *spikes*, brief pulses that are all alike, so that only their times matter
#
# **Time**: 75 minutes. The whole page runs in a few seconds. Click into a cell and press Shift+Enter to run it. Cells under *Predict* are yours: write your guess before you run on.

# %% tags=["setup"]
import sys
import time
import traceback

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from scipy.integrate import solve_ivp
from scipy.optimize import curve_fit

plt.style.use("course.mplstyle")

# %% [markdown]
# Six packages, six tasks: `time` and `traceback` come with Python, **NumPy** (`np`) is arrays, **SciPy** is numerical methods, **pandas** (`pd`) is tables, **Matplotlib** (`plt`) is figures. The short names are a custom that everybody keeps.
#
# ## 1. Quantities and their units
#
# Python knows numbers, not units. A rate of 40 per second and a rate of 0.04 per millisecond are the same rate, but 40 and 0.04 are not the same number, and Python will add them without a word. Our protection is discipline, in three habits:
#
# - one unit for each quantity, chosen once and kept: here the table below
# - the unit stands in the name where it could be misread: `dead_ms`, `drive_hz`
# - parameters stand in one place, with unit and source, and nowhere else
#
# | quantity | meaning | unit |
# |---|---|---|
# | $t$ | time, also spike times | ms |
# | $\lambda$ | drive: the rate at which a neuron would fire if it were always ready | Hz = spikes per second |
# | $t_\mathrm{ref}$ | dead time after a spike (absolute refractory period) | ms |
# | $r$ | firing rate | Hz |
# | CV | coefficient of variation: standard deviation / mean of the intervals between spikes | – |
# | $F$ | Fano factor: variance / mean of spike counts | – |
# | $V,\ I$ | membrane potential, measured from rest; injected current | mV, nA |
# | $R,\ \tau$ | resistance and time constant of a membrane | MΩ, ms |
#
# Hz and ms do not cancel: $40\ \mathrm{Hz}\cdot 25\ \mathrm{ms} = 1000\cdot 10^{-3} = 1$ spike. That factor gets a name and is used wherever the two meet.

# %%
MS_PER_S = 1000.0

# Our choice, of the size found in cortex; the shape of the response after Müller et al. (2001), see section 7
NEURON = {"drive_hz": 50.0, "dead_ms": 5.0}
STIMULUS = {"onset_ms": 200.0, "offset_ms": 700.0, "delay_ms": 50.0}
RESPONSE = {"baseline_hz": 5.0, "sustained_hz": 40.0, "transient_hz": 120.0, "decay_ms": 60.0}
TUNING = {"base_hz": 4.0, "height_hz": 30.0, "preferred_deg": 130.0, "sharpness": 2.5}
MEMBRANE = {"R": 100.0, "tau": 20.0}  # MΩ, ms
PULSE = {"amplitude": 0.1, "start": 250.0, "stop": 255.0}  # nA, ms, ms

# %% [markdown]
# ## 2. People's time and machines' time
#
# In C or Fortran you tell the machine how each number is stored, and wait for a compiler before you see anything. In Python you write what you mean and see the result at once. A program that takes you a day to write and ten seconds to run is finished before one that takes you a week and
# one second. Python spends the machine's time to save yours.
#
# Where does that bite? Our first neuron fires at random: in each millisecond it sends a spike with the same small probability. (That is a **Poisson process**, cut into bins.) Here it is as you would write it in any language.


# %%
def spikes_one_by_one(bins, probability, seed):
    """True or False for each of `bins` bins: is there a spike? One bin after the other."""
    rng = np.random.default_rng(seed)
    spikes = np.zeros(bins, dtype=bool)
    for i in range(bins):
        if rng.random() < probability:
            spikes[i] = True
    return spikes


# %% [markdown]
# And here it is with arrays. `rng.random(bins)` draws all random numbers at once, and `<` compares the whole array with the probability: the result is an array of True and False. This is called **vectorised** code. There is no loop in it, at least none that you can see.


# %%
def spikes_at_once(bins, probability, seed):
    """The same, for all bins at once."""
    rng = np.random.default_rng(seed)
    return rng.random(bins) < probability


# %% [markdown]
# **Predict.** Two hundred thousand bins are 200 s of recording. How many times faster will the second function be: 2, 10, 100 times? And will the two find the same spikes?

# %% [markdown] tags=["scratch"]
# My guess:


# %%
def seconds(function, *arguments):
    """Running time of a function: the best of three, because other programs also want the processor."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        function(*arguments)
        times.append(time.perf_counter() - start)
    return min(times)


# %%
bins, probability = 200_000, NEURON["drive_hz"] / MS_PER_S  # bins of 1 ms
loop_s = seconds(spikes_one_by_one, bins, probability, 1)
array_s = seconds(spikes_at_once, bins, probability, 1)
same = np.array_equal(spikes_one_by_one(bins, probability, 1), spikes_at_once(bins, probability, 1))
print(f"loop  {1e3 * loop_s:7.1f} ms, {1e9 * loop_s / bins:5.0f} ns a bin")
print(f"array {1e3 * array_s:7.1f} ms, {1e9 * array_s / bins:5.0f} ns a bin: {loop_s / array_s:.0f} times as fast")
print("the same spikes in the same bins:", same)

# %% [markdown]
# The same result, bin by bin, and a large factor between the times. It differs from machine to machine, and with what else the machine has to do; a hundred is common.
#
# Why? For each bin the loop looks up `rng`, `random`, `probability` and `spikes`, finds out what kind of thing each is, and wraps up every random number as a Python object. The array version does all that once. The numbers lie side by side in memory, and a loop in compiled C runs over them.
#
# The rule that follows: *write it so that it is right; measure; vectorise the one place where the time goes, and check that the result has not changed.* The line with `np.array_equal` is that check.

# %% tags=["guard"]
assert same and spikes_at_once(bins, probability, 1).sum() > 0
assert loop_s > 5 * array_s, (loop_s, array_s)  # 100 to 700 measured; 5 leaves room for a busy machine
assert not np.array_equal(spikes_one_by_one(bins, probability, 1), spikes_at_once(bins, probability, 2))
# Binomial: 10000 spikes expected, standard deviation 97.
assert abs(spikes_at_once(bins, probability, 1).sum() - bins * probability) < 4 * 97

# %% [markdown]
# ## 3. Arrays
#
# Five minutes for the heart of NumPy (Harris et al. 2020, [doi:10.1038/s41586-020-2649-2](https://doi.org/10.1038/s41586-020-2649-2)), the array. A neuron sees four pictures, three times each. We count its spikes: a row for each repetition, a column for each picture.

# %%
rng = np.random.default_rng(seed=7)
counts = rng.poisson([5, 10, 18, 7], size=(3, 4))
print(counts)

# %% [markdown]
# | you write | you get |
# |---|---|
# | `counts.shape` | (3, 4): rows, columns |
# | `counts[0, 2]` | one number: first repetition, third picture. Counting starts at 0 |
# | `counts[:, 2]`, `counts[-1]` | a column; the last row |
# | `counts[:, 1:3]` | columns 1 and 2: the end of a slice is not included |
# | `2 * counts`, `np.sqrt(counts)` | each element doubled; the root of each |
# | `counts > 9` | an array of True and False of the same shape, a **mask** |
# | `counts[counts > 9]` | the elements for which the mask is True |
# | `(counts > 9).sum()` | how many: True counts as 1 |
# | `counts.mean(axis=0)` | the mean *over* the rows: one number for each column |
#
# `axis=0` is the number that confuses everybody. It names the direction that *disappears*: of the shape (3, 4), the 3 goes and the 4 is left.

# %%
print("mean of each picture:", counts.mean(axis=0).round(2))
print("mean of each repetition:", counts.mean(axis=1).round(2))
print("more than 9 spikes:", counts[counts > 9], "in", (counts > 9).sum(), "of", counts.size)

# %% [markdown]
# **Broadcasting.** `counts` has the shape (3, 4), the mean over its rows the shape (4,). May one subtract them? NumPy writes the shapes under each other, *flush right*, and stretches what is missing or 1:
#
# ```
# counts                 3  4
# counts.mean(axis=0)       4     → as if it were written three times, in three rows
# ```

# %%
print((counts - counts.mean(axis=0)).round(2))

# %% tags=["scratch"]
# Try your own questions here: which repetition had the most spikes? which picture?
counts.sum(axis=1)

# %% [markdown]
# **Predict.** One trap has cost everybody an afternoon. Six samples of a membrane potential, in mV; we take the first three as the baseline and subtract their mean from *them*. What will `V` be afterwards?

# %% [markdown] tags=["scratch"]
# My guess:

# %%
V = np.array([-65.0, -64.0, -66.0, -20.0, 30.0, -70.0])  # mV
baseline = V[:3]
baseline -= baseline.mean()
print(V)

# %% [markdown]
# `V` has changed. A slice is not a copy but a **view**, a window on the same numbers, and `-=` works on the numbers in the window. That saves memory when an array is large, and spoils data when one does not know it. `baseline = baseline - baseline.mean()` makes a new array and leaves `V` alone; so does
# `V[:3].copy()`. A mask, on the other hand, always makes a copy.

# %% tags=["guard"]
assert counts.shape == (3, 4) and (counts > 9).sum() >= 2
assert np.allclose((counts - counts.mean(axis=0)).sum(axis=0), 0)
assert np.allclose(V, [0, 1, -1, -20, 30, -70])
_V = np.array([-65.0, -64.0, -66.0, -20.0])
_new = _V[:3]
_new = _new - _new.mean()
assert _V[0] == -65 and np.shares_memory(_V, _V[:3]) and not np.shares_memory(_V, _V[_V < -60])

# %% [markdown]
# ## 4. A function with a docstring, and a seed
#
# A real neuron cannot fire again at once. For some milliseconds after a spike it is **refractory**; only then is it ready, and fires at its random moments as before. This makes a *Poisson process with dead time*, a good first model of a cortical spike train (Deger et al. 2012, [doi:10.1007/s10827-011-0362-8](https://doi.org/10.1007/s10827-011-0362-8)).
#
# In bins, each bin would now depend on the bins before it, and no single `<` does that. The way out is to think in *intervals*: each is the dead time plus a waiting time, and the waiting times do not know of each other. They are exponentially distributed with mean $1/\lambda$. A running sum, `np.cumsum`, turns
# intervals into spike times.


# %%
def spike_train(drive_hz, dead_ms, duration_ms, seed):
    """Spike times of a neuron that fires at random, but is not ready for a while after each spike.

    Parameters
    ----------
    drive_hz : float
        Spikes per second while the neuron is ready.
    dead_ms : float
        How long it is not ready after a spike (ms). It is taken to have fired at time 0.
    duration_ms : float
        Length of the recording (ms).
    seed : int
        The same seed gives the same spikes.

    Returns
    -------
    numpy.ndarray, shape (spikes,)
        Spike times (ms), in order.

    Examples
    --------
    >>> spike_train(drive_hz=50, dead_ms=5, duration_ms=100, seed=3).round(1)
    array([ 7.2, 20. , 53. ])
    """
    rng = np.random.default_rng(seed)
    waiting_ms = MS_PER_S / drive_hz  # on average
    enough = 50 + int(2 * duration_ms / (dead_ms + waiting_ms))  # twice what is expected, and some
    times_ms = np.cumsum(dead_ms + rng.exponential(waiting_ms, size=enough))
    return times_ms[times_ms < duration_ms]


# %% [markdown]
# The text in triple quotes is the **docstring**. `help(spike_train)` prints it, and so does `spike_train?` in a notebook. It says what goes in, what comes out, in which units and shapes, and gives an example. You can use a function with a good docstring without reading its code; in half a year you will be the
# one who has to.
#
# **Predict.** We record for one second with the seeds 1, 1 and 2. Which rows of the raster will be alike?

# %% [markdown] tags=["scratch"]
# My guess:

# %%
seeds = [1, 1, 2]
trains = [spike_train(**NEURON, duration_ms=1000, seed=seed) for seed in seeds]
fig, ax = plt.subplots(layout="constrained", figsize=(7, 1.8))
ax.eventplot(trains, colors="C7", linelengths=0.7)
ax.set(xlabel="time (ms)", ylabel="seed", yticks=range(3), yticklabels=seeds, xlim=(0, 1000))
plt.show()
print("spikes in one second:", [len(train) for train in trains])

# %% [markdown]
# A random number generator is a machine that computes numbers in which no pattern can be found, and the **seed** is where it starts. With the same seed you get the same "random" data, today, tomorrow and at your colleague's; with another seed, fresh ones. So every random result in this course can be repeated,
# and every surprising one can be looked at with other seeds before one believes it.
#
# (`**NEURON` hands a dictionary over as named arguments: `drive_hz=50.0, dead_ms=5.0`. And `plt.subplots` returns a figure and its axes: nearly everything that you do to a figure, you do to `ax`.)

# %% tags=["guard"]
import doctest

_examples = doctest.DocTestFinder().find(spike_train, "spike_train", globs={"spike_train": spike_train})
assert [doctest.DocTestRunner().run(example) for example in _examples] == [(0, 1)]
assert np.array_equal(trains[0], trains[1]) and not np.array_equal(trains[0], trains[2])
assert all(np.all(np.diff(train) >= NEURON["dead_ms"]) for train in trains)
# Enough intervals are drawn: the last spike is near the end of the recording whatever the parameters.
for _drive, _dead, _duration in [(50, 5, 1000), (1, 0, 200), (500, 0, 10_000), (200, 20, 10_000)]:
    for _seed in range(200):
        _rng = np.random.default_rng(_seed)
        _n = 50 + int(2 * _duration / (_dead + 1000 / _drive))
        assert np.sum(_dead + _rng.exponential(1000 / _drive, size=_n)) > _duration

# %% [markdown]
# ## 5. When Python complains
#
# You will meet more error messages than results. They are long, and they are friendly: a message names what went wrong, and where. We make some on purpose. So that the notebook goes on after the error, `attempt` catches it and prints what you would have seen.


# %%
def attempt(function, *arguments):
    """Call a function; where it fails, print the error message rather than stop the notebook."""
    try:
        return function(*arguments)
    except Exception:
        traceback.print_exc(file=sys.stdout)


# %%
def deviations(counts):
    """How far each count is from the mean of its repetition."""
    return counts - counts.mean(axis=1)


def largest_deviation(counts):
    """The largest of them."""
    return np.abs(deviations(counts)).max()


attempt(largest_deviation, counts)

# %% tags=["guard"]
try:
    deviations(counts)
except ValueError as _error:
    assert str(_error).strip() == "operands could not be broadcast together with shapes (3,4) (3,)", _error
else:
    raise AssertionError("no error where the text shows one")

# %% [markdown]
# **Read from the bottom.**
#
# 1. The *last line* says what happened: a `ValueError`, and "operands could not be broadcast together with shapes (3,4) (3,)". Two shapes that you can look up in section 3.
# 2. The lines *above it* say where: in `deviations`, at the line with the minus sign. (In a notebook the "file" with the strange name is a cell; its lines are counted from 1.)
# 3. Further up stands who called it: `largest_deviation`, called by `attempt`. Each step up is one call earlier. When the bottom of a message lies deep inside NumPy or SciPy, go up until you meet a line *that you wrote*: the mistake is nearly always there.
#
# **Predict.** Flush right, 3 stands under 4: that is the mistake. The mean should have the shape (3, 1), so that NumPy stretches it along the rows. Which small change does that? (The docstring of `np.mean` knows a word that begins with *keep*.)

# %% tags=["scratch"]
# Try it: what has the shape (3, 1)?
counts.mean(axis=1).shape


# %%
def deviations(counts):
    """How far each count is from the mean of its repetition."""
    return counts - counts.mean(axis=1, keepdims=True)


print(f"{attempt(largest_deviation, counts):.2f}")

# %% [markdown]
# The second message is the commonest one with data from a file, where numbers arrive as text:

# %%
attempt(spike_train, "50", 5.0, 1000.0, 1)

# %% [markdown]
# A number cannot be divided by a string of characters. The line to which it points is right; what came *into* the function was wrong. `float("50")` is the cure, at the place where the text comes in.
#
# ### The worst error has no message
#
# Back to section 2: a drive of 60 Hz, and bins of 1 ms. Somebody forgets the factor 1000.

# %%
spikes = spikes_at_once(bins=1000, probability=60.0, seed=1)
print(spikes.sum(), "spikes in one second")

# %% [markdown]
# No complaint: every random number is below 60, so there is a spike in every bin. NumPy has done what it was told. Against such errors you write the message yourself. A function that *knows* what cannot be refuses it, in the words that you would like to read at midnight:


# %%
def spikes_at_once(bins, probability, seed):
    """True or False for each of `bins` bins: is there a spike?"""
    if not 0 <= probability <= 1:
        raise ValueError(f"a probability of {probability}: was a rate in Hz multiplied by a time in ms?")
    rng = np.random.default_rng(seed)
    return rng.random(bins) < probability


attempt(spikes_at_once, 1000, 60.0, 1)

# %% [markdown]
# And for all that a function cannot know, ask each result three questions: Is its *size* plausible? Does it do the right thing in a *limit* (no drive, no dead time, one trial)? Does it agree with something that I know *from elsewhere*? The next section asks the third.

# %% tags=["guard"]
for _call, _error, _words in [
    (lambda: spike_train("50", 5.0, 1000.0, 1), TypeError, "unsupported operand type(s) for /"),
    (lambda: spikes_at_once(1000, 60.0, 1), ValueError, "a probability of 60.0"),
]:
    try:
        _call()
    except _error as _caught:
        assert str(_caught).startswith(_words), _caught
    else:
        raise AssertionError("no error where the text shows one")
assert spikes.sum() == 1000
assert attempt(largest_deviation, counts) == max(abs(row - row.mean()).max() for row in counts)

# %% [markdown]
# ## 6. Intervals between spikes
#
# What do we know of our neuron from elsewhere? An interval is the dead time plus an exponential waiting time. The mean of a sum is the sum of the means; the dead time is always the same, so only the waiting time varies, and an exponential distribution has a standard deviation equal to its mean:
#
# $$ \text{mean} = t_\mathrm{ref} + \frac1\lambda, \qquad \text{standard deviation} = \frac1\lambda. $$
#
# The firing rate is one over the mean interval, and the **coefficient of variation** is standard deviation over mean:
#
# $$ r = \frac{\lambda}{1 + \lambda t_\mathrm{ref}}, \qquad \mathrm{CV} = \frac{1}{1 + \lambda t_\mathrm{ref}} = 1 - r\,t_\mathrm{ref}. \tag{1} $$
#
# A clock has CV = 0; a Poisson process, with no memory at all, has CV = 1. Cortical neurons in an awake animal come close to 1 (Softky and Koch 1993, [doi:10.1523/JNEUROSCI.13-01-00334.1993](https://doi.org/10.1523/JNEUROSCI.13-01-00334.1993)).
#
# **Predict.** Our neuron has a drive of 50 Hz and a dead time of 5 ms. What are its rate and its CV? (Mind the units.)

# %% [markdown] tags=["scratch"]
# My guess:

# %%
duration_ms = 1_000_000.0
spikes_ms = spike_train(**NEURON, duration_ms=duration_ms, seed=1)
intervals_ms = np.diff(spikes_ms)
print(f"rate {MS_PER_S * len(spikes_ms) / duration_ms:.2f} Hz")
print(f"CV   {intervals_ms.std() / intervals_ms.mean():.3f}")
print(f"shortest interval {intervals_ms.min():.3f} ms")

# %% [markdown]
# $\lambda t_\mathrm{ref} = 50\ \mathrm{Hz}\cdot 5\ \mathrm{ms} = 0.25$, so the rate is 40 Hz and the CV 0.8, and the train agrees with both. `np.diff` has taken the difference of each spike time and the one before it; 1000 s of recording are enough to see the second digit of both.
#
# Two numbers can agree by luck. A histogram has more to say.


# %%
def interval_density(intervals_ms, drive_hz, dead_ms):
    """Density (1/ms) of an interval of this length (ms) in a Poisson process with dead time."""
    drive = drive_hz / MS_PER_S
    waiting_ms = np.maximum(intervals_ms - dead_ms, 0)
    return np.where(intervals_ms < dead_ms, 0, drive * np.exp(-drive * waiting_ms))


edges = np.arange(0, intervals_ms.max() + 2.5, 2.5)
t = np.linspace(0, 120, 1201)
fig, ax = plt.subplots(layout="constrained")
ax.hist(intervals_ms, edges, density=True, color="C7", histtype="stepfilled", label=f"{len(intervals_ms)} intervals")
ax.plot(t, interval_density(t, **NEURON), color="C5", label="theory")
ax.plot(t, interval_density(t, NEURON["drive_hz"], 0), ":", color="C5", label="theory without dead time")
ax.set(xlabel="interval between spikes (ms)", ylabel="density (1/ms)", xlim=(0, 120))
ax.legend()
plt.show()

# %% [markdown]
# No interval is shorter than the dead time, and from there on the histogram follows the exponential. `density=True` divides the counts by their number and by the width of the bins, so that the area is 1: only then can a histogram be compared with a theory, and only then does the y axis have a unit, 1/ms.

# %% tags=["guard"]
from scipy.stats import kstest

_rate = MS_PER_S * len(spikes_ms) / duration_ms
_cv = intervals_ms.std() / intervals_ms.mean()
# Standard errors: 0.16 Hz (CV √r/√T) and 0.006 (4th moment of the exponential); both numbers of the theory by hand.
assert abs(_rate - 40) < 0.6 and abs(_cv - 0.8) < 0.02, (_rate, _cv)
assert intervals_ms.min() >= 5 and intervals_ms.min() < 5.1
assert kstest(intervals_ms - 5, "expon", args=(0, 20)).pvalue > 0.01
assert kstest(intervals_ms, "expon", args=(0, 25)).pvalue < 1e-6  # the test would see a missing dead time
assert abs(np.sum(interval_density(t, **NEURON)) * 0.1 - (1 - np.exp(-115 / 20))) < 0.01
# A second generator, bin by bin with a memory, shares no line with the first. Bins of 0.1 ms: the rate is off by < 0.3 %.
_rng, _ready, _times = np.random.default_rng(5), 0, []
_candidates = np.flatnonzero(_rng.random(5_000_000) < 50 * 1e-4)
for _bin in _candidates:
    if _bin >= _ready:
        _times.append(0.1 * _bin)
        _ready = _bin + 50
_second = np.diff(_times)
assert abs(1000 / _second.mean() - 40) < 0.8 and abs(_second.std() / _second.mean() - 0.8) < 0.02

# %% [markdown]
# ### Play with it
#
# Move drive and dead time. Then find the neuron that fires at 50 Hz with a CV of 0.5. Is there more than one?


# %%
def neuron_with(drive_hz=50.0, dead_ms=5.0, seed=1):
    """Draw a second of spikes and the histogram of 400 seconds' intervals; rate and CV above."""
    spikes_ms = spike_train(drive_hz, dead_ms, 400 * MS_PER_S, seed)
    intervals_ms = np.diff(spikes_ms)
    rate_hz, cv = MS_PER_S / intervals_ms.mean(), intervals_ms.std() / intervals_ms.mean()
    fig, (top, ax) = plt.subplots(2, 1, layout="constrained", height_ratios=[1, 5])
    top.eventplot(spikes_ms[spikes_ms < MS_PER_S], colors="C7")
    top.set(xlim=(0, MS_PER_S), xlabel="time (ms)", yticks=[], title=f"{rate_hz:.1f} Hz, CV {cv:.2f}")
    edges = np.arange(0, intervals_ms.max() + 1)
    ax.hist(intervals_ms, edges, density=True, color="C7", histtype="stepfilled")
    t = np.linspace(0, 100, 1001)
    ax.plot(t, interval_density(t, drive_hz, dead_ms), color="C5", label="theory")
    ax.set(xlabel="interval between spikes (ms)", ylabel="density (1/ms)", xlim=(0, 100))
    ax.legend(loc="upper right")
    plt.show()


try:
    from ipywidgets import interact

    interact(neuron_with, drive_hz=(5.0, 300.0, 5.0), dead_ms=(0.0, 20.0, 1.0), seed=(1, 20))
except ImportError:  # no sliders in this kernel: one picture, and you can call neuron_with() with other values
    neuron_with()

# %% tags=["scratch"]
neuron_with(drive_hz=200.0, dead_ms=2.0)

# %% [markdown]
# <details><summary>The neuron with 50 Hz and CV 0.5</summary>
#
# From (1), $\mathrm{CV} = 1 - r\,t_\mathrm{ref}$, so $t_\mathrm{ref} = 0.5 / 50\ \mathrm{Hz} = 10$ ms, and $\lambda = r/\mathrm{CV} = 100$ Hz. There is exactly one. Section 9 uses this the other way round: rate and CV of a recording tell its dead time.
#
# </details>

# %% tags=["guard"]
_found = np.diff(spike_train(100.0, 10.0, 1e6, seed=2))
assert abs(1000 / _found.mean() - 50) < 0.6 and abs(_found.std() / _found.mean() - 0.5) < 0.01
for _arguments in [(5.0, 0.0, 1), (300.0, 20.0, 20), (5.0, 20.0, 3)]:  # the sliders' corners
    neuron_with(*_arguments)
# Without ipywidgets the cell draws one picture and goes on.
_cell = [source for source in In if source.startswith("def neuron_with")][-1]  # noqa: F821
_hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == "ipywidgets"}
_show, _shown = plt.show, []
sys.modules["ipywidgets"] = None
plt.show = lambda: _shown.append(plt.gcf())
try:
    exec(_cell, dict(globals()))
finally:
    plt.show = _show
    del sys.modules["ipywidgets"]
    sys.modules.update(_hidden)
assert len(_shown) == 1 and len(_shown[0].axes) == 2
plt.close("all")

# %% [markdown]
# ## 7. An experiment: many trials
#
# Now somebody shows the neuron a picture, from 200 to 700 ms, and again, and again: one **trial** after the other. Neurons of the visual cortex answer after a delay, strongly at first and less after some tens of milliseconds (Müller et al. 2001, [doi:10.1523/JNEUROSCI.21-17-06978.2001](https://doi.org/10.1523/JNEUROSCI.21-17-06978.2001)).
# We write such a drive as a function of time. `np.where` chooses, element by element: where the condition is True the second argument, elsewhere the third.

# %%
STEP_MS = 0.5
time_ms = np.arange(0, 1000, STEP_MS)


def drive_over_time(t, baseline_hz, sustained_hz, transient_hz, decay_ms):
    """Drive (Hz) at each time t (ms) of a trial."""
    since = t - STIMULUS["onset_ms"] - STIMULUS["delay_ms"]
    answering = (since >= 0) & (since < STIMULUS["offset_ms"] - STIMULUS["onset_ms"])
    answer = sustained_hz + transient_hz * np.exp(-np.maximum(since, 0) / decay_ms)
    return np.where(answering, answer, baseline_hz)


# %% [markdown]
# With a drive that changes, the trick with intervals fails. We go back to bins, and have to loop over time after all, because a spike forbids the next ones. But look what is *inside* the loop: all trials at once.


# %%
def record_trials(drive_hz, dead_ms, trials, seed):
    """Raster of True and False, shape (trials, bins), for a drive (Hz) given in bins of STEP_MS."""
    rng = np.random.default_rng(seed)
    chance = drive_hz * STEP_MS / MS_PER_S
    raster = rng.random((trials, len(chance))) < chance  # shapes (trials, bins) and (bins,)
    pause = round(dead_ms / STEP_MS)
    for i in range(len(chance)):
        fired = raster[:, i]
        raster[fired, i + 1 : i + pause] = False
    return raster


# %% [markdown]
# **Predict.** If one trial takes a certain time to simulate, how much longer do 200 trials take?

# %% [markdown] tags=["scratch"]
# My guess:

# %%
TRIALS = 200
drive = drive_over_time(time_ms, **RESPONSE)
one_s = seconds(record_trials, drive, NEURON["dead_ms"], 1, 3)
many_s = seconds(record_trials, drive, NEURON["dead_ms"], TRIALS, 3)
print(f"1 trial {1e3 * one_s:.1f} ms, {TRIALS} trials {1e3 * many_s:.1f} ms: {many_s / one_s:.1f} times as long")

# %% [markdown]
# Nowhere near 200 times. The price of a turn in a Python loop is paid 2000 times in either case, and the arithmetic on 200 trials costs little more than that on one. This is the second way to keep machines' time low: *where time must be stepped through, step many things through it together.* Simulators of whole
# networks do the same, in compiled code.
#
# **Predict.** The drive jumps from 5 to 160 Hz. By formula (1), to which rate does that lead: how high will the peak of the measured rate be?

# %% [markdown] tags=["scratch"]
# My guess:

# %%
raster = record_trials(drive, NEURON["dead_ms"], TRIALS, seed=3)
trial, bin_number = np.nonzero(raster)  # row and column of each spike
spike_times_ms = time_ms[bin_number]

WIDTH_MS = 5.0
edges = np.arange(0, 1001, WIDTH_MS)
histogram, _ = np.histogram(spike_times_ms, bins=edges)
rate_hz = MS_PER_S * histogram / (TRIALS * WIDTH_MS)
formula_hz = drive / (1 + drive * NEURON["dead_ms"] / MS_PER_S)  # formula (1)

# %% [markdown]
# The last line but one makes a **PSTH**, a peristimulus time histogram: spikes in a bin, divided by the number of trials and by the width of the bin, is a rate. Forget one of the two divisions and the shape is still right and the axis wrong, which nobody sees in a figure without units.

# %%
fig, (top, ax) = plt.subplots(2, 1, layout="constrained", figsize=(7, 5), sharex=True)
top.plot(spike_times_ms, trial, "|", color="C7", ms=3)
top.set(ylabel="trial", ylim=(-1, 60))
ax.stairs(rate_hz, edges, fill=True, color="C7", label=f"{TRIALS} trials, bins of {WIDTH_MS:.0f} ms")
ax.plot(time_ms, drive, ":", color="C5", label="drive")
ax.plot(time_ms, formula_hz, color="C5", label="formula (1)")
for panel in (top, ax):
    panel.axvspan(STIMULUS["onset_ms"], STIMULUS["offset_ms"], color="0.92", lw=0, zorder=0)
ax.set(xlabel="time (ms)", ylabel="firing rate (Hz)", xlim=(0, 1000))
ax.legend()
plt.show()
print(f"highest bin {rate_hz.max():.0f} Hz; drive {drive.max():.0f} Hz; formula (1) {formula_hz.max():.0f} Hz")

# %% [markdown]
# Above: the spikes of the first 60 trials. Below: the rate. The pale band: the picture is shown (the answer begins and ends 50 ms later). Almost everywhere the grey follows the formula, but the bin at the onset rises well above it. Is that noise?
#
# It is not. Formula (1) holds when the neuron has lived with its drive for a while, and the dead times have spread over it. At the onset nearly every trial is *ready*, since at 5 Hz hardly any has fired within the last 5 ms. So for a moment the neuron follows the full drive; then all those
# that have fired fall silent together. One can compute this without any random numbers. The probability $s_k$ of a spike in bin $k$ is the chance $p_k$ that the drive gives, times the probability that there was none in the bins of the dead time before:
#
# $$ s_k = p_k\Big(1 - \sum_{j=k-n+1}^{k-1} s_j\Big), \qquad n = t_\mathrm{ref}/\Delta t. \tag{2} $$


# %%
def expected_rate(drive_hz, dead_ms):
    """Firing rate (Hz) to be expected in each bin of STEP_MS. Equation (2)."""
    chance = drive_hz * STEP_MS / MS_PER_S
    pause = round(dead_ms / STEP_MS)
    expected = np.zeros(len(chance))
    for k in range(len(chance)):
        expected[k] = chance[k] * (1 - expected[max(k - pause + 1, 0) : k].sum())
    return MS_PER_S * expected / STEP_MS


expected_hz = expected_rate(drive, NEURON["dead_ms"])
fig, ax = plt.subplots(layout="constrained")
ax.stairs(rate_hz, edges, fill=True, color="C7", label="measured")
ax.plot(time_ms, formula_hz, "--", color="C5", label="formula (1)")
ax.plot(time_ms, expected_hz, color="C5", label="equation (2)")
ax.set(xlabel="time (ms)", ylabel="firing rate (Hz)", xlim=(235, 320), ylim=(0, 170))
ax.legend()
plt.show()

# %% [markdown]
# There is the peak, and more: the rate begins at the full drive, falls within one dead time to below formula (1), and rebounds. Bins of 5 ms wipe that out. A bin width is a choice: wide bins hide what happens fast, narrow bins are noisy. When a feature matters to you, look at it with two bin widths.

# %% tags=["guard"]
assert many_s < 40 * one_s, (one_s, many_s)  # 1.5 to 7 measured; 200 if each trial cost the same
assert drive.max() == 160 and abs(drive.max() / 1.8 - 89) < 0.5
# Measured against (2), bin by bin: the counts' variance is at most Poisson.
_per_bin = expected_hz.reshape(-1, round(WIDTH_MS / STEP_MS)).mean(axis=1)
_z = (rate_hz - _per_bin) / np.sqrt(MS_PER_S * _per_bin / (TRIALS * WIDTH_MS))
assert np.abs(_z).max() < 4.5 and 0.6 < np.mean(_z**2) < 1.2, (np.abs(_z).max(), np.mean(_z**2))
# The peak bin is the onset's, is above (1), and (2) says so; elsewhere (1) and (2) agree.
_peak = rate_hz.argmax()
assert edges[_peak] == 250 and rate_hz[_peak] > 1.1 * drive.max() / 1.8 and _per_bin[_peak] > 1.1 * drive.max() / 1.8
_formula = drive / (1 + drive * 0.005)
assert np.allclose(_formula, formula_hz)
_ratio = (expected_hz / _formula)[(time_ms >= 250) & (time_ms < 260)]  # full drive, below, rebound
assert abs(_ratio[0] - 1.8) < 0.05 and _ratio[:10].min() < 0.95 and _ratio[10:].max() > 1.02, _ratio
assert np.abs(expected_hz / _formula - 1)[(time_ms > 300) & (time_ms < 745)].max() < 0.05
# (2) for a constant drive settles at the rate for bins, which tends to (1) with the bin's width.
_steady = expected_rate(np.full(4000, 50.0), 5.0)[-1]
assert abs(_steady - 50 / (1 + 0.025 * 9)) < 1e-6 and abs(_steady - 40) < 1
assert np.all(expected_rate(np.full(10, 50.0), 0.5) == 50)
_r = record_trials(drive, 5.0, 2000, seed=9)
assert min(np.diff(np.flatnonzero(row)).min() for row in _r if row.sum() > 1) == 10  # bins of 0.5 ms
_answer = (time_ms >= 250) & (time_ms < 750)
assert abs(_r[:, _answer].mean() / (expected_hz[_answer].mean() * 5e-4) - 1) < 0.02  # standard error 0.4 %

# %% [markdown]
# ### How reliable is the answer?
#
# No two trials are alike, although the picture is the same. The **Fano factor** compares the variance of the count over trials with its mean. For a Poisson process both are equal, so $F = 1$; for a clock $F = 0$.
#
# **Predict.** We count in three windows of 100 ms: before the picture, during the strong answer at the onset, and during the sustained one. Is $F$ the same in all three?

# %% [markdown] tags=["scratch"]
# My guess:

# %%
for name, start in [("before", 100), ("onset", 250), ("sustained", 600)]:
    window = (time_ms >= start) & (time_ms < start + 100)
    spikes_in_window = raster[:, window].sum(axis=1)
    mean, variance = spikes_in_window.mean(), spikes_in_window.var(ddof=1)
    print(f"{name:10s} mean {mean:5.2f}  variance {variance:5.2f}  Fano factor {variance / mean:.2f}")

# %% [markdown]
# It falls where the rate is high. The dead time takes a larger share of the intervals there, so the spikes are more regular (a smaller CV, by formula (1)), and regular spikes make reliable counts; for long windows and a constant drive, $F = \mathrm{CV}^2$. Müller et al. (2001) found the same in the cortex: the count varies
# remarkably little at the onset. Our neuron shows that refractoriness alone is *able* to cause that; it does not show that in the cortex nothing else is involved.
#
# `ddof=1` divides by $n-1$ rather than $n$: the variance of a *sample*. For 200 trials it hardly matters, for 5 it does.

# %% tags=["guard"]
_fano = {}
for _name, _start in [("before", 100), ("onset", 250), ("sustained", 600)]:
    _n = record_trials(drive, 5.0, 4000, seed=11)[:, (time_ms >= _start) & (time_ms < _start + 100)].sum(axis=1)
    _fano[_name] = _n.var(ddof=1) / _n.mean()
assert _fano["onset"] < 0.6 < _fano["sustained"] < 0.9 < _fano["before"] < 1.1, _fano
_shown = {}
for _name, _start in [("before", 100), ("onset", 250), ("sustained", 600)]:
    _n = raster[:, (time_ms >= _start) & (time_ms < _start + 100)].sum(axis=1)
    _shown[_name] = _n.var(ddof=1) / _n.mean()
assert _shown["onset"] < _shown["sustained"] < _shown["before"], _shown
# Long windows: F = CV² = 0.64 (Deger et al. 2012); 1000 windows of 1 s, standard error 0.03, and 1/window corrections of 1 %.
_n = np.histogram(spikes_ms, bins=np.arange(0, 1e6 + 1, 1000))[0]
assert abs(_n.var(ddof=1) / _n.mean() - 0.64) < 0.12, _n.var(ddof=1) / _n.mean()

# %% [markdown]
# ## 8. Tables
#
# An array holds numbers of one kind, and you remember what its axes mean. A pandas **DataFrame** is a table whose columns have names and may be of different kinds. Our raster becomes a table with one row for each spike.

# %%
spikes = pd.DataFrame({"trial": trial, "time_ms": spike_times_ms})
spikes.head()

# %% [markdown]
# The pattern to learn is *split, apply, combine*: `groupby` splits the rows by trial, a method is applied to each group, and the results come back as one column. We ask for the **latency**: the time from the picture's onset to the first spike after it.
#
# **Predict.** The neuron answers 50 ms after the onset. Will the latencies be 50 ms or more in all trials?

# %% [markdown] tags=["scratch"]
# My guess:

# %%
after_onset = spikes[spikes["time_ms"] >= STIMULUS["onset_ms"]]
latency_ms = after_onset.groupby("trial")["time_ms"].min() - STIMULUS["onset_ms"]
latency_ms.describe().round(1)

# %%
answers_ms = latency_ms[latency_ms >= STIMULUS["delay_ms"]]
too_early = 1 - len(answers_ms) / len(latency_ms)
fig, ax = plt.subplots(layout="constrained", figsize=(6, 3))
ax.hist(latency_ms, bins=np.arange(0, 101, 2.5), color="C7")
ax.axvline(latency_ms.median(), color="C5", ls="--")
ax.text(latency_ms.median() + 2, 40, f"median {latency_ms.median():.1f} ms")
ax.set(xlabel="latency of the first spike (ms)", ylabel="trials")
plt.show()
print(f"latency below {STIMULUS['delay_ms']:.0f} ms in {100 * too_early:.0f} % of trials")
print(f"mean   {latency_ms.mean():.1f} ms, without these trials {answers_ms.mean():.1f} ms")
print(f"median {latency_ms.median():.1f} ms, without these trials {answers_ms.median():.1f} ms")

# %% [markdown]
# In about a fifth of the trials the "answer" comes before the neuron can have seen anything. These spikes belong to the baseline: at 5 Hz, $1 - e^{-0.25} = 22\ \%$ of all stretches of 50 ms contain one. They pull the mean down by 7 ms, the median by 2 ms:
# the median asks only on which side a value lies, not how far away. That is a reason to draw a distribution before one takes its mean.

# %% tags=["guard"]
assert len(latency_ms) == TRIALS
assert abs(too_early - 0.22) < 0.09, too_early  # standard error 0.03
_pull = answers_ms.mean() - latency_ms.mean(), answers_ms.median() - latency_ms.median()
assert np.allclose(np.round(_pull), (7, 2)), _pull
# By hand: half of the trials silent until then have fired when the integral of the drive is ln 2, after 4.5 ms.
_silent = np.cumsum(drive[time_ms >= 250]) * 5e-4
assert abs(0.5 * np.searchsorted(_silent, np.log(2)) - 4.5) < 0.6 and abs(answers_ms.median() - 54.5) < 1.5
assert 0.15 < too_early < 0.27  # "a fifth"
# By numpy alone, one trial after the other.
_own = [min(time_ms[row & (time_ms >= 200)]) - 200 for row in raster]
assert np.allclose(_own, latency_ms)

# %% [markdown]
# ## 9. A table of cells
#
# One cell is an anecdote. We record from twelve, eight excitatory and four inhibitory. Their drives differ from cell to cell; the inhibitory ones recover faster, as fast-spiking cells do. (All numbers are invented.)

# %%
rng = np.random.default_rng(seed=13)
cells = pd.DataFrame({"kind": ["excitatory"] * 8 + ["inhibitory"] * 4})
cells["drive_hz"] = rng.uniform(30, 120, size=len(cells))
cells["dead_ms"] = cells["kind"].map({"excitatory": 6.0, "inhibitory": 2.0})

trains = [spike_train(cell.drive_hz, cell.dead_ms, 200 * MS_PER_S, seed=cell.Index) for cell in cells.itertuples()]
cells["rate_hz"] = [MS_PER_S / np.diff(train).mean() for train in trains]
cells["cv"] = [np.diff(train).std() / np.diff(train).mean() for train in trains]
cells.round(2).head()

# %% [markdown]
# A column is an array with a name; so one may compute with columns, select rows by a mask, sort, and group.

# %%
print(cells[cells["rate_hz"] > 60].sort_values("rate_hz").round(2).to_string(index=False))
print()
print(cells.groupby("kind")[["rate_hz", "cv"]].agg(["mean", "std"]).round(2).to_string())

# %% [markdown]
# **Predict.** Somebody has lost the column `kind`, and `drive_hz` and `dead_ms` were never known: in an experiment they are not. Only rate and CV were measured. Can we still tell which cells are inhibitory? (Look at formula (1).)

# %% [markdown] tags=["scratch"]
# My guess:

# %%
cells["dead_found_ms"] = MS_PER_S * (1 - cells["cv"]) / cells["rate_hz"]

fig, ax = plt.subplots(layout="constrained")
rates = np.linspace(0, 100, 2)
for kind, colour, marker in [("excitatory", "C3", "o"), ("inhibitory", "C4", "s")]:
    group = cells[cells["kind"] == kind]
    ax.plot(group["rate_hz"], group["cv"], marker, color=colour, label=kind)
    dead_ms = group["dead_ms"].iloc[0]
    ax.plot(rates, 1 - rates * dead_ms / MS_PER_S, color=colour, lw=1, label=f"formula (1), {dead_ms:.0f} ms")
ax.set(xlabel="firing rate (Hz)", ylabel="CV of intervals", xlim=(0, 100), ylim=(0.4, 1.02))
ax.legend()
plt.show()
print(cells.groupby("kind")["dead_found_ms"].agg(["min", "max"]).round(2))

# %% [markdown]
# Solved for the dead time, formula (1) is $t_\mathrm{ref} = (1 - \mathrm{CV})/r$. Each kind of cell lies on its own line, and the dead times that we find do not overlap: above 4 ms a cell is excitatory. Neither the rate alone nor the CV alone would have told: in both, the two kinds overlap.

# %% tags=["guard"]
_groups = cells.groupby("kind")
_found = _groups["dead_found_ms"].agg(["min", "max"])
assert _found.loc["inhibitory", "max"] < 4 < _found.loc["excitatory", "min"], _found
# Standard error of what is found: up to 0.45 ms, for the slowest cell (standard deviation of an exponential, 5000 intervals)
assert np.abs(cells["dead_found_ms"] - cells["dead_ms"]).max() < 1.2
for _column in ("rate_hz", "cv"):  # the kinds overlap in either
    _range = _groups[_column].agg(["min", "max"])
    assert _range["min"].max() < _range["max"].min(), (_column, _range)
assert 0 < (cells["rate_hz"] > 60).sum() < len(cells)
assert np.allclose(cells["rate_hz"], cells["drive_hz"] / (1 + cells["drive_hz"] * cells["dead_ms"] / 1000), rtol=0.03)
assert cells["rate_hz"].max() < 100 and cells["cv"].min() > 0.4

# %% [markdown]
# ## 10. Fitting a model
#
# Many neurons of the visual cortex answer to edges that move in one direction, their **preferred** one, and less the more the direction differs. We describe that with
#
# $$ r(\theta) = b + h\,e^{\kappa(\cos(\theta - \theta_0) - 1)} \tag{3} $$
#
# with a base $b$, a height $h$, the preferred direction $\theta_0$ and the sharpness $\kappa$. This *von Mises function* is a bell on a circle, and of the simple functions tried it fits recorded tuning curves best (Swindale 1998, [doi:10.1007/s004220050411](https://doi.org/10.1007/s004220050411)).
#
# We measure ten times half a second at each of twelve directions. What can be said about $\theta_0$, if the directions are 30° apart?


# %%
def tuning_curve(direction_deg, base_hz, height_hz, preferred_deg, sharpness):
    """Firing rate (Hz) for a movement in a direction (degrees). Equation (3)."""
    angle = np.radians(direction_deg - preferred_deg)  # np.cos wants radians
    return base_hz + height_hz * np.exp(sharpness * (np.cos(angle) - 1))


def measure_tuning(directions_deg, repetitions, duration_s, seed):
    """Mean rates (Hz) and their standard errors (Hz), from spike counts of a Poisson process."""
    rng = np.random.default_rng(seed)
    expected = duration_s * tuning_curve(directions_deg, **TUNING)
    counts = rng.poisson(expected, size=(repetitions, len(directions_deg)))
    total_s = repetitions * duration_s
    return counts.sum(axis=0) / total_s, np.sqrt(counts.sum(axis=0)) / total_s


directions_deg = np.arange(0, 360, 30)
measured_hz, error_hz = measure_tuning(directions_deg, repetitions=10, duration_s=0.5, seed=5)

# %% [markdown]
# `curve_fit` of SciPy (Virtanen et al. 2020, [doi:10.1038/s41592-019-0686-2](https://doi.org/10.1038/s41592-019-0686-2)) varies the parameters until the sum of squared differences, each divided by its error, is smallest. It walks downhill from a starting point `p0`. If you give none, it starts with 1 for every parameter.
#
# **Predict.** Does the starting point matter?

# %% [markdown] tags=["scratch"]
# My guess:


# %%
def start_from_data(measured_hz):
    """A guess of base, height, preferred direction and sharpness that one could read off the figure."""
    lowest, highest = measured_hz.min(), measured_hz.max()
    return [lowest, highest - lowest, directions_deg[measured_hz.argmax()], 1.0]


def fit_tuning(measured_hz, error_hz, p0):
    """Parameters of (3), their covariance, and the sum of squares (differences in units of their errors)."""
    fitted, covariance = curve_fit(tuning_curve, directions_deg, measured_hz, p0, error_hz, absolute_sigma=True)
    difference = (measured_hz - tuning_curve(directions_deg, *fitted)) / error_hz
    return fitted, covariance, np.sum(difference**2)


# %%
for name, p0 in [("from the data", start_from_data(measured_hz)), ("ones", [1.0] * 4)]:
    fitted, covariance, squares = fit_tuning(measured_hz, error_hz, p0)
    print(f"start {name:14s} b, h, θ0, κ = {fitted.round(2)}   sum of squares {squares:.3f}")

# %% [markdown]
# The sum of squares is the same to the last digit, and the parameters are not! According to the second fit, the neuron prefers the *opposite* direction, with a tiny height and a negative sharpness.
#
# Both are right: they are the same curve. Turn $\theta_0$ by 180°, and the cosine changes its sign; change the sign of $\kappa$ as well, and the exponent is what it was, but for a constant that $h$ takes up. The *curve* is determined by the data, the *parameters* only when we say which of the two descriptions we mean
# ($\kappa > 0$). `curve_fit` does not know what a preferred direction is. You do.
#
# It can be worse. The same neuron, measured on another day:

# %%
other_hz, other_error_hz = measure_tuning(directions_deg, repetitions=10, duration_s=0.5, seed=6)
good, _, good_squares = fit_tuning(other_hz, other_error_hz, start_from_data(other_hz))
lost, _, lost_squares = fit_tuning(other_hz, other_error_hz, [1.0] * 4)

fig, ax = plt.subplots(layout="constrained")
theta = np.linspace(0, 360, 361)
ax.errorbar(directions_deg, other_hz, other_error_hz, fmt="o", color="C7", label="measured, with standard error")
ax.plot(theta, tuning_curve(theta, *good), color="C5", label=f"start from the data: {good_squares:.0f}")
ax.plot(theta, tuning_curve(theta, *lost), ":", color="C5", label=f"start with ones: {lost_squares:.0f}")
ax.set(xlabel="direction (degrees)", ylabel="firing rate (Hz)", xticks=range(0, 361, 60), ylim=(0, None))
ax.legend(title="fit, sum of squares")
plt.show()
print("parameters of the lost fit:", lost)

# %% [markdown]
# The dotted fit has walked into a valley that leads nowhere. The base grows to tens of thousands of Hz, a height of as many is taken away again, the sharpness goes to 0, and what is left is a cosine, the wrong curve for these data. No error, no warning. How would you know without the figure? A good fit misses each point by about one standard error, so the sum of squares should be about
# the number of points minus the number of parameters, 12 − 4 = 8. The one is near, the other far off.
#
# So: *start from the data, look at the sum of squares, draw the curve.*
#
# Back to the first day, and to the question how well $\theta_0$ is known. The roots of the covariance's diagonal are the **standard errors** of the parameters.

# %%
fitted, covariance, squares = fit_tuning(measured_hz, error_hz, start_from_data(measured_hz))
pd.DataFrame(
    {"true": list(TUNING.values()), "fitted": fitted, "standard error": np.sqrt(np.diag(covariance))},
    index=list(TUNING),
).round(2)

# %% [markdown]
# Two degrees, from directions 30° apart: the shape of the curve, known beforehand, lets all points speak about $\theta_0$ together. Too good to be true? A standard error is a promise about what would happen if the experiment were *repeated*. In a computer it can be.

# %%
preferred_deg = []
for seed in range(100, 400):
    again_hz, again_error_hz = measure_tuning(directions_deg, repetitions=10, duration_s=0.5, seed=seed)
    preferred_deg.append(fit_tuning(again_hz, again_error_hz, start_from_data(again_hz))[0][2])
promised = np.sqrt(covariance[2, 2])
print(f"300 experiments: standard deviation {np.std(preferred_deg):.2f}°; standard error from one fit {promised:.2f}°")

# %%
fig, ax = plt.subplots(layout="constrained", figsize=(6, 3))
ax.hist(preferred_deg, bins=np.arange(120, 141), density=True, color="C7", label="300 experiments")
x = np.linspace(120, 140, 200)
normal = np.exp(-(((x - TUNING["preferred_deg"]) / promised) ** 2) / 2) / (promised * np.sqrt(2 * np.pi))
ax.plot(x, normal, color="C5", label="promised by one fit")
ax.set(xlabel="fitted preferred direction (degrees)", ylabel="density (1/degree)")
ax.legend()
plt.show()

# %% [markdown]
# The promise is kept. Invent data whose parameters you know, fit them, and see whether you get back what you put in: that is the best test of any analysis, and it costs ten lines. Do it before you look at real data.

# %% tags=["guard"]
_true = np.array(list(TUNING.values()))
_ones = fit_tuning(measured_hz, error_hz, [1.0] * 4)
assert abs(_ones[2] - squares) < 1e-4 and abs(fitted[2] - _ones[0][2] - 180) < 0.1, _ones
assert np.allclose(_ones[0][[1, 3]], (fitted[1] * np.exp(-2 * fitted[3]), -fitted[3]), rtol=1e-2)
assert np.all(np.abs(fitted - _true) < 3 * np.sqrt(np.diag(covariance))) and 1.5 < promised < 2.9
assert lost_squares > 100 and good_squares < 20 and abs(lost[0]) > 1e4, (lost_squares, lost)
_cosine = lost[0] + lost[1] * (1 + lost[3] * (np.cos(np.radians(theta - lost[2])) - 1))  # (3) for small sharpness
assert abs(lost[3]) < 0.01 and np.abs(tuning_curve(theta, *lost) - _cosine).max() < 0.1
# The errors' promise, and no bias, against repeated experiments (300: 4 %) ...
assert abs(np.std(preferred_deg) / promised - 1) < 0.2 and abs(np.mean(preferred_deg) - 130) < 0.5
assert 120 < min(preferred_deg) and max(preferred_deg) < 140
# ... and against Cramér and Rao's bound for Poisson counts, with derivatives of (3) by hand.
_angle = np.radians(directions_deg - 130.0)
_bell = np.exp(2.5 * (np.cos(_angle) - 1))
_by_angle, _by_sharpness = 30 * _bell * 2.5 * np.sin(_angle) * np.pi / 180, 30 * _bell * (np.cos(_angle) - 1)
_slopes = np.array([np.ones(12), _bell, _by_angle, _by_sharpness])
_information = 10 * 0.5 * (_slopes / (4 + 30 * _bell)) @ _slopes.T
assert abs(np.sqrt(np.linalg.inv(_information)[2, 2]) / promised - 1) < 0.2

# %% [markdown]
# ## 11. Solving a differential equation
#
# Where do rates and spikes come from? From the membrane, the subject of the next lectures. Its simplest model is a resistor and a capacitor. A current $I(t)$ charges it, and what is there leaks away with the time constant $\tau$:
#
# $$ \tau\,\frac{\mathrm{d}V}{\mathrm{d}t} = -V + R\,I(t). \tag{4} $$
#
# `solve_ivp` needs a function that returns $\mathrm{d}V/\mathrm{d}t$, the span of time, and the starting value (in a list, for there may be many equations). It chooses its time steps itself: small where the solution changes fast, large where nothing happens.


# %%
def current(t):
    """Injected current (nA) at time t (ms): one rectangular pulse."""
    return PULSE["amplitude"] if PULSE["start"] <= t < PULSE["stop"] else 0.0


def slope(t, V):
    """dV/dt (mV/ms) of the membrane. Equation (4)."""
    return (-V + MEMBRANE["R"] * current(t)) / MEMBRANE["tau"]


# %% [markdown]
# During the pulse the potential heads for $RI = 10$ mV, but 5 ms are a quarter of a time constant only, and it gets as far as $RI\,(1 - e^{-5/20}) = 2.21$ mV. Afterwards it decays.
#
# **Predict.** How close to that will `solve_ivp` come, with its standard settings: to 10 %, to 1 %, to 0.01 %?

# %% [markdown] tags=["scratch"]
# My guess:

# %%
solution = solve_ivp(slope, (0, 500), [0.0])
print(f"largest potential {solution.y[0].max():.3f} mV after {len(solution.t) - 1} steps")

# %% [markdown]
# Nothing happens at all! And demanding more accuracy does not help:

# %%
strict = solve_ivp(slope, (0, 500), [0.0], rtol=1e-9, atol=1e-9)
print(f"largest potential {strict.y[0].max():.3f} mV after {len(strict.t) - 1} steps")
print("times of the steps (ms):", ", ".join(f"{moment:.2f}" for moment in solution.t))

# %% [markdown]
# The last line gives it away. The solver begins at rest, sees that nothing changes, and makes each step ten times as long as the one before. The last one leads from 111 to 500 ms in one stride, and none of the few moments in between at which it looked fell into the pulse. It estimates its error from what it sees; it has seen no pulse.
#
# The cure is to tell it what *you* know: nothing shorter than 5 ms happens, so it should look at least once each millisecond. Once it sees the pulse, the tolerance has its effect.

# %%
t = np.linspace(0, 500, 5001)
careful = solve_ivp(slope, (0, 500), [0.0], max_step=1.0, rtol=1e-6, t_eval=t)
duration = PULSE["stop"] - PULSE["start"]
charging = 1 - np.exp(-np.clip(t - PULSE["start"], 0, duration) / MEMBRANE["tau"])
decay = np.exp(-np.maximum(t - PULSE["stop"], 0) / MEMBRANE["tau"])
exact = MEMBRANE["R"] * PULSE["amplitude"] * charging * decay
print(f"largest potential {careful.y[0].max():.3f} mV, formula {exact.max():.3f} mV")

# %%
fig, (ax, below) = plt.subplots(2, 1, layout="constrained", figsize=(6, 4.2), sharex=True, height_ratios=[3, 1])
ax.plot(t, exact, color="C5", lw=4, alpha=0.3, label="formula")
ax.plot(t, careful.y[0], color="C0", label="steps up to 1 ms")
ax.plot(solution.t, solution.y[0], ":", color="C0", label="standard settings")
below.plot(t, [current(moment) for moment in t], color="C1")
ax.set_ylabel("potential above rest (mV)")
below.set(xlabel="time (ms)", ylabel="current (nA)", xlim=(200, 350))
ax.legend()
plt.show()

# %% [markdown]
# Now it agrees to three digits. (More exact still is to solve in three pieces that end where the current jumps.) SciPy's solvers are excellent, and they had no chance here: no program can protect you from a question that hides the answer. What saved us was that we knew the size of the result beforehand.
#
# A solver is also one answer to section 2's complaint. The value at each time step depends on the one before, so no array operation can compute them all at once. `solve_ivp` takes few and clever steps instead of many small ones. Where that is not enough, compiled code does the stepping: NEURON for a branching cell, NEST for a network.
# Python says *what* is to be done, and somebody else's C++ does it.

# %% tags=["guard"]
assert solution.y[0].max() == 0 and strict.y[0].max() == 0 and len(solution.t) < 20
assert np.allclose(solution.t[-3:], (11.11, 111.11, 500), atol=0.01)
assert abs(exact.max() - 2.212) < 5e-4 and round(10 * (1 - np.exp(-0.25)), 2) == 2.21
assert np.abs(careful.y[0] - exact).max() < 1e-3 and round(careful.y[0].max(), 3) == round(exact.max(), 3)
_V, _ends = [0.0], []
for _span in [(0, 250), (250, 255 - 1e-12), (255, 500)]:  # in pieces; the slope is smooth within each
    _V = solve_ivp(slope, _span, _V, rtol=1e-9, atol=1e-12, max_step=5).y[:, -1]
    _ends.append(_V[0])
assert np.allclose(_ends, exact[[2500, 2550, 5000]], rtol=0, atol=1e-6), _ends

# %% [markdown]
# ## What you have learnt
#
# - **Why is Python the language of the field, and when is it too slow?** It spends the machine's time to save yours. It is slow where *Python itself* goes round a loop. Ways out, in this order: measure; act on whole arrays; where time must be stepped through, step many trials together, or let a solver or a simulator do the stepping.
# - **How do you make random data that come out the same tomorrow?** With a generator and a visible seed, `np.random.default_rng(seed)`. A result that holds for one seed only is not a result.
# - **How do spike times become a rate, a histogram, a measure of irregularity?** Spikes per trial and bin width make a PSTH; differences of spike times make intervals; their standard deviation over their mean is the CV, variance over mean of counts is the Fano factor. A dead time makes $r = \lambda/(1 + \lambda t_\mathrm{ref})$ and CV $= 1 - r\,t_\mathrm{ref}$:
#   40 Hz and 0.8 for our neuron.
# - **How do you fit a model, and how certain are its parameters?** `curve_fit`, a start from the data, errors of the data handed over, a look at the curve and at the sum of squares. The roots of the covariance's diagonal are a promise about repeated experiments, and with invented data you can check it.
# - **What do you do when an error message comes, and what when none comes although the result is wrong?** Read from the bottom, then go up to the first line that you wrote. Against silence: units in names, functions that refuse what cannot be, and three questions. Is the size plausible, is the limit right, does something from elsewhere agree?
#
# ## Where to go next
#
# - **Exercise 00** lets you do all this with your own hands, on other data.
# - **Lecture 02** asks where the membrane potential comes from: ions, pumps, and the resistor and capacitor of section 11.
# - **Lecture 03** steps equation (4) through time by hand, adds a threshold, and gets spikes.
# - To read on: the *Scientific Python Lectures* ([lectures.scientific-python.org](https://lectures.scientific-python.org)) for NumPy, SciPy and Matplotlib; Perkel, Gerstein and Moore (1967, [doi:10.1016/S0006-3495(67)86596-2](https://doi.org/10.1016/S0006-3495%2867%2986596-2)) for what can be asked of a spike train.
