# Plain Python loops and lists.
# passes: all

# %% answer="length_and_area"
def length_and_area(points):
    length = area = 0.0
    for (x1, y1, z1, d1), (x2, y2, z2, d2) in zip(points[:-1], points[1:]):
        step = ((x2 - x1) ** 2 + (y2 - y1) ** 2 + (z2 - z1) ** 2) ** 0.5
        length += step
        area += np.pi * (d1 / 2 + d2 / 2) * (step**2 + (d1 / 2 - d2 / 2) ** 2) ** 0.5
    return [length, area]


# %% answer="firing_rate"
def firing_rate(t_ms, v_mV, from_ms, to_ms):
    count = 0
    for i in range(1, len(t_ms)):
        if v_mV[i - 1] < 0 <= v_mV[i] and from_ms <= t_ms[i] <= to_ms:
            count += 1
    return count / ((to_ms - from_ms) / 1000)


# %% answer="is_calcium_spike"
def is_calcium_spike(control, no_Na, no_Ca):
    durations = []
    for t, v in (control, no_Na, no_Ca):
        total = 0.0
        for i in range(len(t) - 1):
            if min(v[i], v[i + 1]) > LEVEL_MV:
                total += t[i + 1] - t[i]
        durations.append(total)
    return min(durations[:2]) >= SHORTEST_MS > durations[2]
