"""Inline keyboards: rows of buttons under a message."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.playground.errors import ApiError, Rule, within
from bot.playground.fields import Fields, Json
from bot.playground.links import LinkError, checked_link

_MOST_BUTTONS = 100  # telegram.constants.InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER
_MOST_IN_ROW = 8  # ... .BUTTONS_PER_ROW
_MOST_BYTES_OF_DATA = 64


@dataclass(frozen=True, slots=True)
class Button:
    """A label that opens `url`, or sends `callback_data` to the bot."""

    text: str
    url: str = ""
    callback_data: str = ""

    def as_json(self) -> Json:
        meaning = {"url": self.url} if self.url else {"callback_data": self.callback_data}
        return {"text": self.text} | meaning


Keyboard = tuple[tuple[Button, ...], ...]


def read_keyboard(markup: Json) -> Keyboard:
    """The parameter `reply_markup`; no rows or no buttons mean no keyboard."""
    if markup is None:
        return ()
    not_an_object = ApiError(Rule.OBJECT_EXPECTED, what="reply markup")
    rows = Fields(markup, ("inline_keyboard",), not_an_object).array("inline_keyboard")
    keyboard = tuple(row for row in map(_read_row, rows) if row)
    _check_limits(keyboard)
    return tuple(tuple(map(_with_checked_url, row)) for row in keyboard)


def _read_row(row: Json) -> tuple[Button, ...]:
    if not isinstance(row, list):
        raise ApiError(Rule.KEYBOARD_ROWS)
    with within("Can't parse inline keyboard button"):
        buttons = [_read_button(button) for button in row]
    return tuple(button for button in buttons if button.text)


def _read_button(value: Json) -> Button:
    fields = Fields(value, ("text", "url", "callback_data"), ApiError(Rule.BUTTON_OBJECT))
    text = fields.string("text")
    if url := fields.string("url", ""):
        return Button(text, url=url)
    if data := fields.string("callback_data", ""):
        return Button(text, callback_data=data)
    raise ApiError(Rule.BUTTON_TEXT_ONLY)


def _check_limits(keyboard: Keyboard) -> None:
    buttons = [button for row in keyboard for button in row]
    if len(buttons) > _MOST_BUTTONS:
        raise ApiError(Rule.KEYBOARD_LONG)
    if any(len(row) > _MOST_IN_ROW for row in keyboard):
        raise ApiError(Rule.KEYBOARD_WIDE, most=_MOST_IN_ROW)
    for button in buttons:
        if len(button.callback_data.encode()) > _MOST_BYTES_OF_DATA:
            raise ApiError(Rule.BUTTON_DATA)


def _with_checked_url(button: Button) -> Button:
    if not button.url:
        return button
    try:
        return replace(button, url=checked_link(button.url))
    except LinkError as problem:
        raise ApiError(Rule.BUTTON_URL, url=button.url, problem=problem) from None
