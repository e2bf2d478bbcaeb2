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


def test_who_collects_nothing_is_left_so() -> None:
    gc.disable()
    try:
        with put_off():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
