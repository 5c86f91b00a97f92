# Plain Python: loops, lists and the math module.
# passes: all

# %% answer="green"
def green(r_nm, t_us, D, dimensions):
    from math import pi

    front = (4 * pi * D * t_us) ** -0.5
    return front**dimensions * np.exp(-(r_nm * r_nm) / (4 * D * t_us))


# %% answer="peak"
def peak(amount, r_nm, D, dimensions):
    t = r_nm * r_nm / dimensions / D / 2
    return [t, amount * green(r_nm, t, D, dimensions) * 1660.5]


# %% answer="between_walls"
def between_walls(x_nm, t_us, d_nm, D):
    from math import exp, pi

    result = []
    for x in x_nm:
        total = 0.0
        for k in range(-50, 51):
            total += exp(-((x - 2 * k * d_nm) ** 2) / (4 * D * t_us))
        result.append(2 * total / (4 * pi * D * t_us) ** 0.5)
    return result


# %% answer="filling"
def filling(x_nm, t_us, d_nm, D, terms):
    from math import exp, pi, sin

    result = []
    for x in x_nm:
        c = 1 - x / d_nm
        for m in range(1, terms + 1):
            c -= 2 / (m * pi) * sin(m * pi * x / d_nm) * exp(-((m * pi / d_nm) ** 2) * D * t_us)
        result.append(c)
    return result


# %% answer="solve"
def solve(d_nm, D, t_us, n):
    dx = d_nm / n
    steps = int(D * t_us / (dx * dx / 3)) + 1
    dt = t_us / steps
    c = [1.0] + n * [0.0]
    for _ in range(steps):
        flux = [D * (c[i] - c[i + 1]) / dx for i in range(n)]
        c = [1.0] + [c[i] + dt * (flux[i - 1] - flux[i]) / dx for i in range(1, n)] + [0.0]
    return c


# %% answer="z_scores"
def z_scores(x_nm, edges_nm, t_us, D):
    from math import erf, sqrt

    scores = []
    for a, b in zip(edges_nm[:-1], edges_nm[1:]):
        p = 0.5 * (erf(b / sqrt(4 * D * t_us)) - erf(a / sqrt(4 * D * t_us)))
        count = sum(1 for x in x_nm if a <= x < b)
        scores.append((count - len(x_nm) * p) / sqrt(len(x_nm) * p * (1 - p)))
    return scores
