"""Solving by blocks, against numpy's own solver."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.matching.linear import Floats, solve_in_place


def strips(matrix: NDArray[np.float64], height: int) -> list[Floats]:
    """The upper triangle of a matrix, `height` rows at a time."""
    starts = range(0, len(matrix), height)
    return [matrix[at : at + height, at:].astype(np.float32) for at in starts]


@pytest.mark.parametrize("height", [1, 7, 64])
@pytest.mark.parametrize("size", [0, 1, 2, 63, 64, 65, 150])
@pytest.mark.parametrize("columns", [1, 7])
def test_the_solution_is_that_of_the_textbook(size: int, height: int, columns: int) -> None:
    random = np.random.default_rng(size)
    factor = random.normal(size=(size, size))
    matrix = factor @ factor.T / max(size, 1) + 0.1 * np.eye(size)
    right = random.normal(size=(size, columns))
    solved = solve_in_place(strips(matrix, height), right.astype(np.float32))
    np.testing.assert_allclose(solved, np.linalg.solve(matrix, right), atol=2e-3)


def test_a_system_solved_by_hand() -> None:
    matrix = np.array([[2.0, 1.0], [1.0, 2.0]])
    right = np.array([[3], [0]], np.float32)
    np.testing.assert_allclose(solve_in_place(strips(matrix, 1), right), [[2], [-1]], rtol=1e-6)


def test_the_solution_takes_the_place_of_the_right_side() -> None:
    right = np.ones((3, 2), np.float32)
    assert solve_in_place(strips(np.eye(3), 2), right) is right
