"""Garbage collection is put off for a while, and never for good."""

from __future__ import annotations

import gc

import pytest

from bot.collecting import put_off


def test_nothing_is_collected_meanwhile() -> None:
    with put_off():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_within_another_the_outer_one_ends_it() -> None:
    with put_off():
        with put_off():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_ends_it() -> None:
    with pytest.raises(ValueError, match="wrong"), put_off():
        raise ValueError("wrong")
    assert gc.isenabled()


def test_one_that_began_within_another_and_ends_after_it_does_not_leave_it_off() -> None:
    first, second = put_off(), put_off()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_who_collects_nothing_is_left_so() -> None:
    gc.disable()
    try:
        with put_off():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
