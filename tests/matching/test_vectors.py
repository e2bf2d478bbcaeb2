"""Features by hand, and the sparse arithmetic against the slow and obvious."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.matching.block import SHARES
from bot.matching.vectors import Features, Floats, Space, Sparse, extract
from tests.matching.oracle import SlowSpace

TEXTS = st.lists(st.sampled_from("talks talk in abu dhabi war who wants peace donbas".split()))


def test_the_features_of_a_text_by_hand() -> None:
    stems, pairs, runs = extract(("talks", "to", "talk"))
    assert stems == {"talk": 2, "to": 1}
    assert pairs == {"talk to": 2.0, "talk talk": 0.5}
    assert {run: n for run, n in runs.items() if "o" in run} == {"#<to": 1, "#to>": 1, "#<to>": 1}
    assert runs["#<ta"] == runs["#<tal"] == runs["#talk"] == 2
    assert runs["#lk>"] == runs["#lks"] == runs["#lks>"] == 1


def test_a_pair_has_no_order() -> None:
    assert extract(("russia", "ukraine"))[1] == extract(("ukraine", "russia"))[1]


def test_a_text_without_words_has_no_features() -> None:
    assert extract(()) == ({}, {}, {})


@given(TEXTS)
def test_no_feature_is_taken_for_one_of_another_family(text: list[str]) -> None:
    stems, pairs, runs = extract(text)
    assert len({*stems, *pairs, *runs}) == len(stems) + len(pairs) + len(runs)


def random_matrix(rows: int, columns: int, filled: float) -> tuple[Sparse, NDArray[np.float64]]:
    """A sparse matrix and the same as a plain one."""
    random = np.random.default_rng(rows + columns)
    dense = random.normal(size=(rows, columns)) * (random.random((rows, columns)) < filled)
    at_rows, at_columns = np.nonzero(dense)
    order = random.permutation(len(at_rows))
    at_rows, at_columns = at_rows[order], at_columns[order]
    values = dense[at_rows, at_columns].astype(np.float32)
    return Sparse(at_rows, at_columns, values, dense.shape), dense


MATRICES = pytest.mark.parametrize(
    ("rows", "columns", "filled"),
    [
        pytest.param(1, 1, 1.0, id="one value"),
        pytest.param(5, 30, 0.2, id="sparse"),
        pytest.param(Sparse.DENSE_FROM + 20, 9, 0.8, id="every column dense"),
        pytest.param(Sparse.DENSE_FROM * 2, 40, 0.5, id="some columns dense"),
        pytest.param(6, 4, 0.0, id="no value"),
    ],
)


def assert_upper_triangle(strips: Iterable[Floats], whole: NDArray[np.float64]) -> None:
    """The strips, one below the other, are the upper triangle of `whole`, and more besides."""
    start = 0
    for strip in strips:
        np.testing.assert_allclose(strip, whole[start : start + len(strip), start:], atol=1e-4)
        start += len(strip)
    assert start == len(whole)


@MATRICES
def test_dot_is_the_product_with_a_vector(rows: int, columns: int, filled: float) -> None:
    sparse, dense = random_matrix(rows, columns, filled)
    some = np.arange(0, columns, 2)[::-1]
    values = np.linspace(-1, 2, len(some), dtype=np.float32)
    np.testing.assert_allclose(sparse.dot(some, values), dense[:, some] @ values, atol=1e-4)


@MATRICES
def test_gram_is_the_product_of_each_row_with_each(rows: int, columns: int, filled: float) -> None:
    sparse, dense = random_matrix(rows, columns, filled)
    assert_upper_triangle(sparse.gram(7), dense @ dense.T)


def spaces(texts: list[list[list[str]]]) -> tuple[Space, SlowSpace]:
    """Two spaces of the same entries, each of which is a list of texts."""
    features: list[Features] = [extract(text) for entry in texts for text in entry]
    entry_of = [at for at, entry in enumerate(texts) for _ in entry]
    return Space(features, np.array(entry_of, np.intp), SHARES), SlowSpace(features, entry_of)


ENTRIES = st.lists(st.lists(TEXTS.filter(bool), min_size=1, max_size=3), min_size=1, max_size=4)
QUERIES = st.lists(
    st.sampled_from("talks abu dhabi wars whose peace zelenskyy of xyz".split()), min_size=1
)


@given(ENTRIES, QUERIES)
def test_everything_a_space_tells_is_what_the_slow_one_tells(
    entries: list[list[list[str]]], text: list[str]
) -> None:
    fast, slow = spaces(entries)
    features = extract(text)
    query = fast.query(features)
    assert_upper_triangle(fast.gram(2), np.array(slow.gram()))
    np.testing.assert_allclose(fast.similarities(query), slow.similarities(features), atol=1e-4)
    np.testing.assert_allclose(query.weights.sum(), slow.share(features, slow.pooled), atol=1e-4)
    np.testing.assert_allclose(
        fast.known(query, range(len(entries))),
        [slow.share(features, [entry]) for entry in slow.pooled],
        atol=1e-4,
    )


@given(ENTRIES, QUERIES)
def test_entries_stand_out_as_they_do_in_the_slow_space(
    entries: list[list[list[str]]], text: list[str]
) -> None:
    fast, slow = spaces(entries)
    features = extract(text)
    scores = [slow.bm25(features, entry) for entry in slow.pooled]
    # Where all are equal but for rounding, deviations from the mean mean nothing.
    if np.std(scores) > 1e-3:
        standard = fast.standard_scores(fast.query(features))
        np.testing.assert_allclose(standard, slow.standard_scores(features), atol=5e-3)


def test_entries_that_are_alike_do_not_stand_out() -> None:
    fast, _ = spaces([[["war"]], [["war"]]])
    assert fast.standard_scores(fast.query(extract(["war"]))).tolist() == [0, 0]


def test_a_query_of_unknown_words_is_far_from_everything() -> None:
    fast, _ = spaces([[["talks", "held"]], [["war"]]])
    query = fast.query(extract(["xyzzy"]))
    assert fast.similarities(query).tolist() == [0, 0]
    assert fast.known(query, [0, 1]).tolist() == [0, 0]
    assert query.weights.sum() == 0


def test_a_query_is_as_near_as_can_be_to_itself() -> None:
    fast, _ = spaces([[["talks", "in", "abu", "dhabi"]], [["war"]]])
    near = fast.similarities(fast.query(extract(["talks", "in", "abu", "dhabi"])))
    assert near[0] == pytest.approx(1, abs=1e-5)
    assert near[1] < 0.2


def test_unknown_words_take_their_share_of_a_query() -> None:
    fast, _ = spaces([[["talks", "in", "abu", "dhabi"]], [["war"]]])
    clean = fast.similarities(fast.query(extract(["abu", "dhabi"])))
    mixed = fast.similarities(fast.query(extract(["abu", "dhabi", "xyzzy", "plugh"])))
    assert 0 < mixed[0] < clean[0]


def test_a_rare_word_weighs_more_than_a_frequent_one() -> None:
    fast, _ = spaces([[["peace", "donbas"]], [["peace", "war"]], [["peace", "talks"]]])
    query = fast.query(extract(["peace", "donbas"]))
    common, rare = fast.query(extract(["peace"])), fast.query(extract(["donbas"]))
    assert fast.similarities(rare)[0] > fast.similarities(common)[0]
    shares = dict(zip(query.stems.tolist(), query.weights.tolist(), strict=True))
    assert shares[int(rare.stems[0])] > shares[int(common.stems[0])]
