# Halves the coupling to the neighbours.
# fails: test_solve
# says: "twice too slow"

# %% answer="solve"
def solve(d_nm, D, t_us, n):
    steps = int(np.ceil(D * t_us / (0.4 * (d_nm / n) ** 2)))
    r = D * t_us / steps / (d_nm / n) ** 2
    c = np.zeros(n + 1)
    c[0] = 1
    for _ in range(steps):
        c[1:-1] += r / 2 * (c[2:] - 2 * c[1:-1] + c[:-2])
    return c
