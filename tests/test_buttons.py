"""What comes back from a button is what it was given, and nothing that comes back is an error."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.buttons import (
    Action,
    NoneOfThese,
    NotAsked,
    Show,
    Topic,
    Topics,
    decode,
    encode,
    entry_of_payload,
    start_payload,
)

CALLBACK_DATA_LIMIT = 64
"""Bytes, as Telegram's Bot API says of InlineKeyboardButton.callback_data."""

IDS = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=40)
"""Every id that the FAQ allows."""

LAST_PAGE = 1250
"""Of a topic with as many questions as an FAQ may hold, 8 a page."""

ACTIONS: st.SearchStrategy[Action] = st.one_of(
    IDS.map(Show),
    IDS.map(NotAsked),
    st.just(NoneOfThese()),
    st.just(Topics()),
    st.builds(Topic, IDS, st.integers(1, LAST_PAGE)),
)


@given(ACTIONS)
@settings(max_examples=200, deadline=None)
def test_every_action_comes_back_as_it_was_and_fits(action: Action) -> None:
    data = encode(action)
    assert decode(data) == action
    assert 1 <= len(data.encode()) <= CALLBACK_DATA_LIMIT


@pytest.mark.parametrize(
    ("action", "data"),
    [
        (Show("russia-territory"), "q:russia-territory"),
        (NotAsked("russia-territory"), "m:russia-territory"),
        (NoneOfThese(), "n"),
        (Topics(), "t"),
        (Topic("positions"), "t:positions:1"),
        (Topic("positions", 12), "t:positions:12"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_buttons_that_are_out_in_chats_keep_their_meaning(action: Action, data: str) -> None:
    assert decode(data) == action


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        "q",
        "m",
        "nn",
        "N",
        "n:",
        "t:positions",
        "t:positions:",
        "t:positions:x",
        "t:positions:-1",
        "t:positions:²",
        "t:positions:٣",
        "t:positions:99999",
        "t:positions:1:1",
        "q:a:b",
        " q:a",
        "settings:on",
    ],
)
def test_what_no_button_of_ours_says_means_nothing(data: str) -> None:
    assert decode(data) is None


@given(st.text(max_size=80) | st.from_regex(r"[qmnt]:?[a-z0-9:-]{0,70}", fullmatch=True))
@settings(max_examples=200, deadline=None)
def test_any_string_is_an_action_or_nothing(data: str) -> None:
    action = decode(data)
    assert action is None or isinstance(action, Action)


@given(IDS)
@settings(max_examples=100, deadline=None)
def test_a_permalink_leads_back_to_its_entry(entry: str) -> None:
    payload = start_payload(entry)
    assert entry_of_payload(payload) == entry
    # What Telegram lets through behind ?start=
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)


@pytest.mark.parametrize("payload", ["", "q", "russia-territory", "Q_russia-territory", "ref_q_"])
def test_a_link_of_somebody_else_names_no_entry(payload: str) -> None:
    assert entry_of_payload(payload) is None
