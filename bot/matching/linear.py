"""A large symmetric system of linear equations, solved in the memory that it comes in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def solve_in_place(strips: Sequence[Floats], right: Floats) -> Floats:
    """The solution x of A @ x = `right`, for a symmetric and positive definite matrix A.

    A, of shape (n, n), comes as strips of its upper triangle: each holds some rows, from the
    diagonal on, so the first has n columns and each further one as many less as rows went before.
    `right` has the shape (n, m). Both are overwritten; the solution stands in `right`.

    Gaussian elimination by blocks, which needs no pivots for such a matrix (Golub and Van Loan,
    Matrix Computations, 4.2). `numpy.linalg.solve` would take eight times the memory: it works in
    double precision, on copies, on the whole of A.
    """
    ends = list(accumulate(map(len, strips)))
    inverses = []
    for number, (strip, end) in enumerate(zip(strips, ends, strict=True)):
        rows = len(strip)
        inverse = np.linalg.inv(strip[:, :rows])
        inverses.append(inverse)
        rest = strip[:, rows:]
        factors = inverse @ rest
        for later in range(number + 1, len(strips)):
            below = slice(ends[later - 1] - end, ends[later] - end)
            strips[later][:] -= factors[:, below].T @ rest[:, below.start :]
        right[end:] -= factors.T @ right[end - rows : end]
    for strip, inverse, end in reversed(list(zip(strips, inverses, ends, strict=True))):
        own = slice(end - len(strip), end)
        right[own] = inverse @ (right[own] - strip[:, len(strip) :] @ right[end:])
    return right
