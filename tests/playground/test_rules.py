"""Every rule of rules.py, with the words that come back.

Olena's chat is 100; her message in it is 1, the bot's 2 with one button; 3 was deleted. The
ids of groups say what has happened there; in the forum 2 and 3 are topics, 4 is a message in 3.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.playground.errors import Rule, describe
from bot.playground.people import Person
from bot.playground.telegram import Telegram

BOT = {"chat_id": 100}
BUTTONS = {"inline_keyboard": [[{"text": "Sources", "callback_data": "s:1"}]]}
HTML = {"parse_mode": "HTML"}

KICKED_FROM, NOT_IN, FORUM = -1000000000101, -1000000000102, -1000000000103
KICKED_FROM_GROUP, DELETED, MIGRATED, DEACTIVATED = -104, -105, -106, 108
PUBLIC, CHANNEL = "@Public_Talks", "@talks_channel"

# These need more than one call, or HTTP: the module whose tests hold their words.
ELSEWHERE = {
    Rule.BODY_LONG: "test_server",
    Rule.PARAMETERS_LONG: "test_server",
    Rule.BODY_JSON: "test_server",
    Rule.FORM_BOUNDARY: "test_server",
    Rule.FORM_BROKEN: "test_server",
    Rule.FORM_NAME: "test_server",
    Rule.WEBHOOK_ACTIVE: "test_updates",
    Rule.OTHER_POLLER: "test_updates",
    Rule.POLL_ENDED: "test_webhook",
    Rule.FLOOD: "test_flood",
    Rule.BLOCKED: "test_people",
    Rule.STRANGER: "test_people",
    Rule.TOPIC_CLOSED: "test_groups",
    Rule.DELETE_FORBIDDEN: "test_chats",
    Rule.FILE_BIG: "test_files",
    Rule.FILE_EMPTY: "test_files",
    Rule.CAPTION_LONG: "test_files",
    Rule.TOKEN_MALFORMED: "test_rules",
    Rule.TOKEN_UNKNOWN: "test_rules",
    Rule.TOKEN_LOCAL: "test_rules",
    Rule.TOAST_LONG: "test_rules",
}


@pytest.fixture
async def chat(telegram: Telegram, olena: Person) -> Telegram:
    olena.send("Who mediates?")
    for _ in (2, 3):
        text = {"text": "<b>The UAE</b>"}
        await telegram.call("sendMessage", BOT | text | HTML | {"reply_markup": BUTTONS})
    await telegram.call("deleteMessage", {"chat_id": 100, "message_id": 3})
    kicked_from = telegram.supergroup("Talks", olena)
    telegram.supergroup("Talks", olena, bot=False)
    forum = telegram.supergroup("Forum", olena, forum=True)
    olena.send("a", chat=forum, topic=[forum.topic(name) for name in ("News", "Other")][1])
    kicked_from_group = telegram.group("Talks", olena)
    for group in (kicked_from, kicked_from_group):
        group.kick_bot(by=olena)
    telegram.group("Talks", olena).deleted = True
    telegram.group("Talks", olena).migrate()
    telegram.person().deactivated = True
    public = telegram.supergroup("Talks", olena, bot=False, username="public_talks")
    telegram.channel("Talks", public, username="talks_channel")
    return telegram


def sending(rule: Rule, description: str, **params: Any) -> Any:
    return pytest.param("sendMessage", {"text": "a", **BOT, **params}, description, id=rule.name)


def keyboard(rule: Rule, description: str, *rows: Any) -> Any:
    return sending(rule, description, reply_markup={"inline_keyboard": list(rows)})


def command(rule: Rule, description: str, name: str, told: str = "a") -> Any:
    commands = {"commands": [{"command": name, "description": told}]}
    return pytest.param("setMyCommands", commands, description, id=rule.name)


def scope(rule: Rule, description: str, value: Any) -> Any:
    return pytest.param("getMyCommands", {"scope": value}, description, id=rule.name)


def doing(rule: Rule, description: str, method: str, **params: Any) -> Any:
    return pytest.param(method, params, description, id=rule.name)


def results(rule: Rule, description: str, values: Any) -> Any:
    return doing(rule, description, "answerInlineQuery", inline_query_id="4711", results=values)


def switch(rule: Rule, description: str, **button: str) -> Any:
    params = {"inline_query_id": "4711", "results": [], "button": button}
    return doing(rule, description, "answerInlineQuery", **params)


def reaction(rule: Rule, description: str, value: Any, message_id: int = 1) -> Any:
    params = {"chat_id": 100, "message_id": message_id, "reaction": value}
    return doing(rule, description, "setMessageReaction", **params)


def document(rule: Rule, description: str, **params: Any) -> Any:
    return doing(rule, description, "sendDocument", **BOT, **params)


HOOK = "https://example.org/telegram"
QUERY_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
BUTTON = "Bad Request: can't parse inline keyboard button: "
SCOPE = "Bad Request: can't parse BotCommandScope: "
RESULT = "Bad Request: can't parse inline query result: "
ARTICLE = {
    "type": "article",
    "id": "a",
    "title": "a",
    "input_message_content": {"message_text": "a"},
}
THUMB = {"type": "emoji", "emoji": "👍"}
BLUE = {"text": "a", "callback_data": "a"}

CASES = [
    doing(Rule.METHOD_UNKNOWN, "Not Found: method not found", "sendMassage"),
    sending(
        Rule.PARAMETER_UNKNOWN,
        'Bad Request: parameter "parsemode" is not known to sendMessage',
        parsemode="HTML",
    ),
    sending(
        Rule.PARAMETER_TYPE,
        'Bad Request: parameter "protect_content" must be of type Boolean',
        protect_content="maybe",
    ),
    *(
        doing(
            Rule.PARAMETER_TYPE,
            'Bad Request: parameter "message_id" must be of type Number',
            "deleteMessage",
            chat_id=100,
            message_id=number,
        )
        for number in ("two", "0_2", "٢", 2.0)
    ),
    *(
        sending(Rule.JSON_BROKEN, f"Bad Request: can't parse {what} JSON object", **{name: "{"})
        for name, what in {
            "reply_markup": "reply keyboard markup",
            "reply_parameters": "reply parameters",
            "link_preview_options": "link preview options",
            "entities": "entities",
        }.items()
    ),
    sending(
        Rule.JSON_BROKEN,
        "Bad Request: can't parse reply keyboard markup JSON object",
        reply_markup="[" * 9999,
    ),
    doing(
        Rule.JSON_BROKEN,
        "Bad Request: can't parse commands JSON object",
        "setMyCommands",
        commands="[",
    ),
    scope(Rule.JSON_BROKEN, "Bad Request: can't parse BotCommandScope JSON object", "{"),
    doing(
        Rule.ARRAY_EXPECTED,
        "Bad Request: expected an Array of BotCommand",
        "setMyCommands",
        commands={"a": 1},
    ),
    sending(Rule.ARRAY_EXPECTED, "Bad Request: expected an Array of MessageEntity", entities="{}"),
    doing(
        Rule.ARRAY_EXPECTED,
        "Bad Request: expected an Array of String",
        "getUpdates",
        allowed_updates={"message": True},
    ),
    sending(
        Rule.OBJECT_EXPECTED, "Bad Request: object expected as reply markup", reply_markup="[[]]"
    ),
    sending(
        Rule.OBJECT_EXPECTED,
        "Bad Request: object expected as reply parameters",
        reply_parameters="[2]",
    ),
    sending(
        Rule.OBJECT_EXPECTED,
        "Bad Request: object expected as link preview options",
        link_preview_options="true",
    ),
    sending(
        Rule.ITEM_OBJECT,
        "Bad Request: can't parse MessageEntity: expected an Object",
        entities=["bold"],
    ),
    sending(
        Rule.FIELD_MISSING,
        'Bad Request: can\'t find field "message_id"',
        reply_parameters={"allow_sending_without_reply": True},
    ),
    keyboard(Rule.FIELD_MISSING, BUTTON + 'Can\'t find field "text"', [{"callback_data": "a"}]),
    sending(
        Rule.FIELD_TYPE,
        'Bad Request: field "is_disabled" must be of type Boolean',
        link_preview_options={"is_disabled": 1},
    ),
    sending(
        Rule.FIELD_TYPE,
        'Bad Request: field "message_id" must be of type Number',
        reply_parameters={"message_id": True},
    ),
    sending(
        Rule.FIELD_TYPE,
        'Bad Request: field "inline_keyboard" must be of type Array',
        reply_markup={"inline_keyboard": {}},
    ),
    keyboard(
        Rule.FIELD_TYPE, BUTTON + 'Field "text" must be of type String', [BLUE | {"text": []}]
    ),
    sending(
        Rule.FIELD_UNKNOWN,
        'Bad Request: field "disabled" is not known',
        link_preview_options={"disabled": True},
    ),
    sending(
        Rule.FIELD_UNKNOWN,
        'Bad Request: field "chat_id" is not known',
        reply_parameters={"message_id": 1, "chat_id": 101},
    ),
    *(
        doing(rule, f"Bad Request: {words}", "setWebhook", **{"url": HOOK, **params})
        for rule, words, params in (
            (Rule.WEBHOOK_URL, "invalid webhook URL specified", {"url": "https://"}),
            (Rule.WEBHOOK_URL, "invalid webhook URL specified", {"url": "ftp://example.org"}),
            (Rule.WEBHOOK_URL, "invalid webhook URL specified", {"url": "example.org:x"}),
            (
                Rule.WEBHOOK_HTTPS,
                "bad webhook: An HTTPS URL must be provided for webhook",
                {"url": "http://example.org"},
            ),
            (
                Rule.WEBHOOK_PORT,
                "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
                {"url": "example.org:8080"},
            ),
            (
                Rule.WEBHOOK_IPV6,
                "bad webhook: IPv6-only addresses are not allowed",
                {"url": "https://[::1]/"},
            ),
            (
                Rule.WEBHOOK_RESERVED,
                "bad webhook: IP address 127.0.0.1 is reserved",
                {"url": "https://localhost/"},
            ),
            (
                Rule.WEBHOOK_RESERVED,
                "bad webhook: IP address 10.0.0.1 is reserved",
                {"url": "https://10.0.0.1/"},
            ),
            (Rule.SECRET_LONG, "secret token is too long", {"secret_token": "a" * 257}),
            (
                Rule.SECRET_CHARACTERS,
                "secret token contains unallowed characters",
                {"secret_token": "тайна"},
            ),
            (Rule.ARRAY_EXPECTED, "expected an Array of String", {"allowed_updates": {"a": 1}}),
        )
    ),
    sending(Rule.CHAT_EMPTY, "Bad Request: chat_id is empty", chat_id=""),
    sending(Rule.CHAT_NOT_FOUND, "Bad Request: chat not found", chat_id=4711),
    sending(Rule.CHAT_NOT_FOUND, "Bad Request: chat not found", chat_id="@olena"),
    doing(
        Rule.CHAT_NOT_SPECIFIED,
        "Bad Request: chat identifier is not specified",
        "deleteMessage",
        message_id=1,
    ),
    doing(
        Rule.MESSAGE_NOT_SPECIFIED,
        "Bad Request: message identifier is not specified",
        "deleteMessage",
        chat_id=100,
    ),
    doing(
        Rule.MESSAGE_NOT_SPECIFIED,
        "Bad Request: message identifier is not specified",
        "editMessageText",
        text="a",
    ),
    sending(Rule.TEXT_EMPTY, "Bad Request: message text is empty", text=""),
    sending(Rule.TEXT_BLANK, "Bad Request: text must be non-empty", text=" \n "),
    sending(Rule.TEXT_BLANK, "Bad Request: text must be non-empty", text="<b></b>", **HTML),
    sending(Rule.TEXT_ENCODING, "Bad Request: strings must be encoded in UTF-8", text="\ud800"),
    sending(Rule.TEXT_BYTES, "Bad Request: text is too long", text="я" * 16385),
    sending(Rule.TEXT_LONG, "Bad Request: message is too long", text="🏟" * 4097),
    doing(
        Rule.EDIT_LONG,
        "Bad Request: MESSAGE_TOO_LONG",
        "editMessageText",
        chat_id=100,
        message_id=2,
        text="a" * 4097,
    ),
    sending(Rule.PARSE_MODE, "Bad Request: unsupported parse_mode", parse_mode="XML"),
    sending(
        Rule.MARKUP,
        'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 3',
        text="я <x>",
        **HTML,
    ),
    sending(
        Rule.ENTITY_TYPE,
        "Bad Request: can't parse MessageEntity: Unsupported type specified",
        entities=[{"type": "loud", "offset": 0, "length": 1}],
    ),
    sending(
        Rule.ENTITY_URL,
        "Bad Request: can't parse MessageEntity: Entity URL 'a' is invalid: Wrong HTTP URL",
        entities=[{"type": "text_link", "offset": 0, "length": 1, "url": "a"}],
    ),
    *(
        sending(
            Rule.REPLIED_NOT_FOUND,
            "Bad Request: message to be replied not found",
            reply_parameters={"message_id": message_id},
        )
        for message_id in (3, 99)
    ),
    *(
        doing(
            Rule.EDITED_NOT_FOUND,
            "Bad Request: message to edit not found",
            "editMessageText",
            chat_id=100,
            message_id=message_id,
            text="a",
        )
        for message_id in (0, 3)
    ),
    *(
        sending(Rule.THREAD_NOT_FOUND, "Bad Request: message thread not found", **place)
        for place in (
            {"message_thread_id": 1},
            {"chat_id": FORUM, "message_thread_id": 1},
            {"chat_id": FORUM, "message_thread_id": 4},
            {"chat_id": FORUM, "message_thread_id": 99},
        )
    ),
    sending(
        Rule.REPLIED_ELSEWHERE,
        "Bad Request: message to be replied stands in another topic",
        chat_id=FORUM,
        message_thread_id=2,
        reply_parameters={"message_id": 4},
    ),
    *(
        doing(rule, f"Forbidden: {words}", method, chat_id=chat, **params)
        for rule, chat, words in (
            (Rule.KICKED, KICKED_FROM, "bot was kicked from the supergroup chat"),
            (Rule.KICKED, KICKED_FROM_GROUP, "bot was kicked from the group chat"),
            (Rule.NOT_MEMBER, NOT_IN, "bot is not a member of the supergroup chat"),
            (Rule.DEACTIVATED, DEACTIVATED, "user is deactivated"),
        )
        for method, params in (
            ("sendMessage", {"text": "a"}),
            ("editMessageText", {"text": "a", "message_id": 1}),
        )
    ),
    doing(
        Rule.NOT_MEMBER,
        "Forbidden: bot is not a member of the supergroup chat",
        "getChat",
        chat_id=NOT_IN,
    ),
    *(
        sending(rule, f"Forbidden: bot is not a member of the {kind} chat", chat_id=chat_id)
        for rule, kind, chat_id in (
            (Rule.NOT_MEMBER, "supergroup", PUBLIC),
            (Rule.NOT_MEMBER, "channel", CHANNEL),
        )
    ),
    doing(
        Rule.USER_INVALID,
        "Bad Request: invalid user_id specified",
        "getChatMember",
        chat_id=FORUM,
    ),
    doing(
        Rule.PARTICIPANT_INVALID,
        "Bad Request: PARTICIPANT_ID_INVALID",
        "getChatMember",
        chat_id=FORUM,
        user_id=4711,
    ),
    doing(
        Rule.MIGRATED,
        "Bad Request: group chat was upgraded to a supergroup chat",
        "getChatMember",
        chat_id=MIGRATED,
        user_id=100,
    ),
    sending(Rule.GROUP_DELETED, "Forbidden: the group chat was deleted", chat_id=DELETED),
    sending(
        Rule.MIGRATED,
        "Bad Request: group chat was upgraded to a supergroup chat",
        chat_id=MIGRATED,
    ),
    doing(
        Rule.DELETE_OTHERS,
        "Bad Request: message can't be deleted",
        "deleteMessage",
        chat_id=FORUM,
        message_id=3,
    ),
    doing(
        Rule.EDIT_FORBIDDEN,
        "Bad Request: message can't be edited",
        "editMessageReplyMarkup",
        chat_id=100,
        message_id=1,
    ),
    doing(
        Rule.NOT_MODIFIED,
        NOT_MODIFIED,
        "editMessageText",
        chat_id=100,
        message_id=2,
        text=" <b>The UAE</b> ",
        reply_markup=BUTTONS,
        **HTML,
    ),
    doing(
        Rule.NOT_MODIFIED,
        NOT_MODIFIED,
        "editMessageReplyMarkup",
        chat_id=100,
        message_id=2,
        reply_markup=BUTTONS,
    ),
    doing(
        Rule.DELETED_NOT_FOUND,
        "Bad Request: message to delete not found",
        "deleteMessage",
        chat_id=100,
        message_id=3,
    ),
    doing(
        Rule.CHAT_ACTION,
        "Bad Request: wrong parameter action in request",
        "sendChatAction",
        chat_id=100,
        action="thinking",
    ),
    keyboard(
        Rule.KEYBOARD_ROWS,
        'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup '
        "must be an Array of Arrays",
        BLUE,
    ),
    keyboard(Rule.BUTTON_OBJECT, BUTTON + "InlineKeyboardButton must be an Object", ["a"]),
    keyboard(
        Rule.BUTTON_TEXT_ONLY,
        BUTTON + "Text buttons are unallowed in the inline keyboard",
        [{"text": "a", "callback_data": ""}],
    ),
    keyboard(
        Rule.BUTTON_URL,
        "Bad Request: inline keyboard button URL 'happ://a.org' is invalid: "
        "Unsupported URL protocol",
        [{"text": "a", "url": "happ://a.org"}],
    ),
    keyboard(
        Rule.BUTTON_DATA,
        "Bad Request: BUTTON_DATA_INVALID",
        [BLUE | {"callback_data": "я" * 32 + "a"}],
    ),
    keyboard(Rule.KEYBOARD_LONG, "Bad Request: reply markup is too long", *([[BLUE]] * 101)),
    keyboard(Rule.KEYBOARD_WIDE, "Bad Request: a row has more than 8 buttons", [BLUE] * 9),
    doing(Rule.QUERY_OLD, QUERY_OLD, "answerCallbackQuery", callback_query_id="4711"),
    results(Rule.ARRAY_EXPECTED, "Bad Request: expected an Array of inline query results", "{}"),
    results(Rule.QUERY_OLD, QUERY_OLD, None),
    results(
        Rule.RESULTS_MANY,
        "Bad Request: too many inline query results specified",
        [ARTICLE | {"id": str(number)} for number in range(51)],
    ),
    results(Rule.RESULT_OBJECT, RESULT + "Inline query result must be an object", ["a"]),
    *(
        results(Rule.RESULT_CONTENT, RESULT + "Input message content is not specified", [value])
        for value in (
            {"type": "article", "id": "a", "title": "a"},
            ARTICLE | {"input_message_content": {"message_text": ""}},
        )
    ),
    results(Rule.FIELD_MISSING, RESULT + 'Can\'t find field "type"', [{"id": "a"}]),
    results(
        Rule.RESULT_TYPE,
        RESULT + "inline results of type photo are not played",
        [ARTICLE | {"type": "photo"}],
    ),
    results(
        Rule.MARKUP,
        RESULT + "can't parse entities: Unclosed start tag at byte offset 0",
        [ARTICLE | {"input_message_content": {"message_text": "<b", "parse_mode": "HTML"}}],
    ),
    *(
        results(Rule.RESULT_ID, "Bad Request: RESULT_ID_INVALID", [ARTICLE | {"id": result_id}])
        for result_id in ("", "я" * 32 + "a")
    ),
    results(Rule.RESULT_ID_TWICE, "Bad Request: RESULT_ID_DUPLICATE", [ARTICLE, ARTICLE]),
    results(Rule.RESULT_TITLE, "Bad Request: ARTICLE_TITLE_EMPTY", [ARTICLE | {"title": ""}]),
    results(Rule.QUERY_OLD, QUERY_OLD, [ARTICLE | {"id": "я" * 32}]),
    switch(
        Rule.SWITCH_ONE,
        "Bad Request: inlineQueryResultsButton must have exactly one optional field",
        text="a",
    ),
    switch(Rule.SWITCH_TEXT, "Bad Request: SWITCH_PM_TEXT_EMPTY", text="", start_parameter="a"),
    *(
        switch(Rule.START_INVALID, "Bad Request: START_PARAM_INVALID", text="a", start_parameter=it)
        for it in ("ä", "a" * 65)
    ),
    doing(Rule.RESULT_MISSING, "Bad Request: result isn't specified", "answerGuestQuery"),
    doing(Rule.QUERY_OLD, QUERY_OLD, "answerGuestQuery", guest_query_id="1", result=ARTICLE),
    doing(
        Rule.INLINE_MESSAGE,
        "Bad Request: MESSAGE_ID_INVALID",
        "editMessageText",
        inline_message_id="4711",
        text="a",
    ),
    reaction(Rule.REACTED_NOT_FOUND, "Bad Request: message to react not found", [THUMB], 99),
    reaction(Rule.ARRAY_EXPECTED, "Bad Request: expected an Array of ReactionType", THUMB),
    reaction(
        Rule.JSON_BROKEN, "Bad Request: can't parse reaction types JSON object", "[[", message_id=1
    ),
    reaction(
        Rule.REACTION_TYPE,
        "Bad Request: can't parse ReactionType: invalid reaction type specified",
        [{"type": "paid"}],
    ),
    reaction(Rule.REACTION, "Bad Request: REACTION_INVALID", [THUMB | {"emoji": "🏟"}]),
    reaction(Rule.REACTIONS_MANY, "Bad Request: REACTIONS_TOO_MANY", [THUMB, THUMB]),
    document(Rule.DOCUMENT_MISSING, "Bad Request: there is no document in the request"),
    document(
        Rule.FILE_IDENTIFIER,
        "Bad Request: wrong file identifier/HTTP URL specified",
        document="4711",
    ),
    doing(Rule.FILE_NOT_SPECIFIED, "Bad Request: file_id not specified", "getFile"),
    doing(
        Rule.FILE_UNKNOWN,
        "Bad Request: wrong file_id or the file is temporarily unavailable",
        "getFile",
        file_id="4711",
    ),
    scope(Rule.SCOPE_OBJECT, SCOPE + "BotCommandScope must be an Object", []),
    scope(Rule.SCOPE_CHAT, SCOPE + "Empty chat_id specified", {"type": "chat", "chat_id": ""}),
    scope(Rule.SCOPE_TYPE, SCOPE + "Unsupported type specified", {"type": "some_chats"}),
    scope(
        Rule.USER_INVALID,
        SCOPE + "Invalid user_id specified",
        {"type": "chat_member", "chat_id": 100, "user_id": 0},
    ),
    scope(Rule.FIELD_MISSING, SCOPE + 'Can\'t find field "chat_id"', {"type": "chat"}),
    scope(Rule.CHAT_NOT_FOUND, "Bad Request: chat not found", {"type": "chat", "chat_id": 5}),
    command(Rule.COMMAND_EMPTY, "Bad Request: command must be non-empty", "/"),
    command(Rule.COMMAND_LONG, "Bad Request: command length must not exceed 32", "a" * 33),
    *(
        command(Rule.COMMAND_CHARACTERS, "Bad Request: BOT_COMMAND_INVALID", name)
        for name in ("Ask", "питання", "ask-me")
    ),
    doing(
        Rule.COMMANDS_MANY,
        "Bad Request: BOT_COMMANDS_TOO_MUCH",
        "setMyCommands",
        commands=[{"command": "a", "description": "a"}] * 101,
    ),
    command(Rule.DESCRIPTION_EMPTY, "Bad Request: command description must be non-empty", "a", " "),
    command(
        Rule.DESCRIPTION_LONG,
        "Bad Request: command description length must not exceed 256",
        "a",
        "a" * 257,
    ),
    doing(
        Rule.LANGUAGE,
        "Bad Request: invalid language code specified",
        "deleteMyCommands",
        language_code="ukr",
    ),
]


@pytest.mark.parametrize(("method", "params", "description"), CASES)
async def test_it_is_refused_in_telegrams_words(
    chat: Telegram, olena: Person, method: str, params: dict[str, Any], description: str
) -> None:
    before = olena.messages
    refused = await chat.call(method, params)
    status = {"Not Found": 404, "Forbidden": 403}.get(description.partition(":")[0], 400)
    told = {key: value for key, value in refused.envelope.items() if key != "parameters"}
    assert told == {"ok": False, "error_code": status, "description": description}
    assert refused.status == status
    assert olena.messages == before


@pytest.mark.parametrize(("method", "params", "description"), CASES)
async def test_it_is_refused_alike_when_it_comes_as_a_form(
    chat: Telegram, method: str, params: dict[str, Any], description: str
) -> None:
    form = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in params.items()
    }
    assert (await chat.call(method, form)).description == description


async def test_a_text_is_no_list(chat: Telegram) -> None:
    refused = await chat.call("sendMessage", {"chat_id": 100, "text": ["a"]})
    assert refused.description == 'Bad Request: parameter "text" must be of type String'


LOCAL = "Unauthorized: invalid token specified"


@pytest.mark.parametrize(
    ("token", "public", "local"),
    [
        pytest.param("no-colon", (404, "Not Found"), (401, LOCAL), id="TOKEN_MALFORMED"),
        pytest.param("0123:abc", (404, "Not Found"), (401, LOCAL), id="TOKEN_MALFORMED"),
        pytest.param("1:" + "a" * 79, (404, "Not Found"), (401, LOCAL), id="TOKEN_MALFORMED"),
        pytest.param(
            "1:another-bot", (401, "Unauthorized"), (401, "Unauthorized"), id="TOKEN_UNKNOWN"
        ),
    ],
)
async def test_a_wrong_token_opens_nothing(
    token: str, public: tuple[int, str], local: tuple[int, str]
) -> None:
    """One's own server has other words for it than Telegram's."""
    for telegram, told in ((Telegram(), public), (Telegram(local=True), local)):
        refused = await telegram.call("getMe", token=token)
        assert (refused.status, refused.description) == told


async def test_a_toast_has_at_most_200_characters(chat: Telegram, olena: Person) -> None:
    query_id = olena.tap(2, "Sources")
    answer = {"callback_query_id": query_id, "text": "я" * 201}
    refused = await chat.call("answerCallbackQuery", answer)
    assert refused.description == "Bad Request: MESSAGE_TOO_LONG"
    assert (await chat.call("answerCallbackQuery", answer | {"text": "я" * 200})).ok


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Message text is empty", "Bad Request: message text is empty"),
        ("USER_ID_INVALID", "Bad Request: USER_ID_INVALID"),
        ("B_INVALID", "Bad Request: B_INVALID"),
        ("A", "Bad Request: a"),
    ],
)
def test_the_first_letter_is_lowered_unless_the_word_is_shouted(message: str, told: str) -> None:
    assert describe(400, message) == told


def test_every_rule_has_a_case() -> None:
    assert {case.id for case in CASES} == {rule.name for rule in Rule if rule not in ELSEWHERE}


@pytest.mark.parametrize("rule", ELSEWHERE, ids=lambda rule: rule.name)
def test_the_words_of_the_other_rules_are_held_where_it_is_said(rule: Rule) -> None:
    source = Path(__file__).with_name(f"{ELSEWHERE[rule]}.py").read_text("utf-8")
    joined = re.sub(r'"\s*\n\s*f?"', "", source)  # a string over two lines is one
    words = re.sub(r"\\{\w+\\}", ".+", re.escape(describe(rule.status, rule.message)))
    assert re.search(f'"{words}"', joined)


async def test_method_names_may_be_written_in_any_case(telegram: Telegram) -> None:
    assert (await telegram.call("GETME")).result["username"] == "playground_bot"
