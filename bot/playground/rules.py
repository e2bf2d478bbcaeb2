"""Every refusal of the Bot API that the double knows, in Telegram's words, with its source.

Sources: "Client" and "ClientManager" are files of tdlib/telegram-bot-api (Bot API 10; the line, or
else the function), other files are tdlib/td's; "server" is Telegram's closed part, known from the
thread named. "ours" is what Telegram lets pass in silence, never to the bot's good.
"""

from __future__ import annotations

from enum import Enum, unique


@unique
class Rule(Enum):
    """One rule: the HTTP status, the message as the source has it, and the source."""

    TOKEN_MALFORMED = 404, "", "ClientManager:72-85"
    TOKEN_LOCAL = 401, "invalid token specified", "ClientManager:72-85, of one's own server"
    TOKEN_UNKNOWN = 401, "", "Client get_closing_error"
    BODY_LONG = 413, "", "nginx in front of the Bot API"
    PARAMETERS_LONG = 413, "too much parameters", "HttpReader.cpp"
    BODY_JSON = 400, "JSON object expected", "HttpReader.cpp, which only logs it"
    FORM_BOUNDARY = 400, "boundary not found", "HttpReader.cpp"
    FORM_BROKEN = 400, "can't parse form data headers", "HttpReader.cpp"
    FORM_NAME = 400, "field name in multipart/form-data not found", "HttpReader.cpp"
    METHOD_UNKNOWN = 404, "method not found", "Client:12664"
    PARAMETER_UNKNOWN = 400, 'parameter "{name}" is not known to {method}', "ours"
    PARAMETER_TYPE = 400, 'parameter "{name}" must be of type {type}', "ours"
    JSON_BROKEN = 400, "Can't parse {what} JSON object", "Client get_reply_markup and kin"
    ARRAY_EXPECTED = 400, "Expected an Array of {what}", "Client get_bot_commands"
    OBJECT_EXPECTED = 400, "Object expected as {what}", "Client get_reply_markup and kin"
    ITEM_OBJECT = 400, "expected an Object", "Client get_bot_command, get_text_entity"
    FIELD_MISSING = 400, 'Can\'t find field "{name}"', "JsonBuilder.cpp get_json_object_field"
    FIELD_TYPE = 400, 'Field "{name}" must be of type {type}', "JsonBuilder.cpp"
    FIELD_UNKNOWN = 400, 'field "{name}" is not known', "ours"

    WEBHOOK_ACTIVE = (
        409,
        "can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
        "Client:15700-15706",
    )
    OTHER_POLLER = (
        409,
        "terminated by other getUpdates request; make sure that only one bot instance is running",
        "Client:16225-16250",
    )

    POLL_ENDED = 409, "terminated by setWebhook request", "Client abort_long_poll"
    WEBHOOK_URL = 400, "invalid webhook URL specified", "Client do_set_webhook"
    WEBHOOK_HTTPS = (
        400,
        "bad webhook: An HTTPS URL must be provided for webhook",
        "WebhookActor start_up",
    )
    WEBHOOK_PORT = (
        400,
        "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        "WebhookActor start_up",
    )
    WEBHOOK_IPV6 = (
        400,
        "bad webhook: IPv6-only addresses are not allowed",
        "WebhookActor check_ip_address",
    )
    WEBHOOK_RESERVED = (
        400,
        "bad webhook: IP address {address} is reserved",
        "WebhookActor check_ip_address",
    )
    SECRET_LONG = 400, "secret token is too long", "Client:16010-16024"
    SECRET_CHARACTERS = (
        400,
        "secret token contains unallowed characters",
        "Client:16010-16024",
    )
    FLOOD = 429, "retry after {seconds}", "Query.cpp:105; Client:15733-15760"

    CHAT_EMPTY = 400, "chat_id is empty", "Client:8136"
    CHAT_NOT_FOUND = 400, "chat not found", "Client:124-128"
    CHAT_NOT_SPECIFIED = 400, "Chat identifier is not specified", "Client process_delete_message"
    MESSAGE_NOT_SPECIFIED = 400, "Message identifier is not specified", "Client get_inline_message"
    BLOCKED = 403, "bot was blocked by the user", "Client:124-128"
    STRANGER = (
        403,
        "bot can't initiate conversation with a user",
        "server, yagop/node-telegram-bot-api#1030",
    )
    DEACTIVATED = 403, "user is deactivated", "Client check_chat_access"
    KICKED = 403, "bot was kicked from the {kind} chat", "Client check_chat_access"
    NOT_MEMBER = 403, "bot is not a member of the {kind} chat", "Client check_chat_access"
    GROUP_DELETED = 403, "the group chat was deleted", "Client check_chat_access"
    MIGRATED = (
        400,
        "group chat was upgraded to a supergroup chat",
        "Client check_chat_access, with migrate_to_chat_id",
    )

    USER_INVALID = 400, "Invalid user_id specified", "Client get_user_id"
    PARTICIPANT_INVALID = 400, "PARTICIPANT_ID_INVALID", "server, tdlib/telegram-bot-api#802"

    TEXT_EMPTY = 400, "Message text is empty", "Client:11401"
    TEXT_BLANK = 400, "text must be non-empty", "MessageContent.cpp:4757"
    TEXT_ENCODING = 400, "strings must be encoded in UTF-8", "Query.cpp"
    TEXT_BYTES = 400, "Text is too long", "Client:11310 get_formatted_text"
    TEXT_LONG = 400, "Message is too long", "MessageContent.cpp:5241"
    EDIT_LONG = 400, "MESSAGE_TOO_LONG", "server, MessageEntity.cpp:4519"
    PARSE_MODE = 400, "Unsupported parse_mode", "Client get_formatted_text"
    MARKUP = 400, "can't parse entities: {problem}", "SynchronousRequests.cpp:180"
    ENTITY_URL = 400, "Entity URL '{url}' is invalid: {problem}", "MessageEntity.cpp"
    ENTITY_TYPE = 400, "Unsupported type specified", "Client get_text_entity_type"

    REPLIED_NOT_FOUND = 400, "message to be replied not found", "Client:8516-8522"
    THREAD_NOT_FOUND = 400, "message thread not found", "Client:8277; tdlib/telegram-bot-api#798"
    TOPIC_CLOSED = 400, "TOPIC_CLOSED", "server, telegramdesktop/tdesktop#30476"
    REPLIED_ELSEWHERE = 400, "message to be replied stands in another topic", "ours"
    EDITED_NOT_FOUND = 400, "message to edit not found", "Client:108-111"
    EDIT_FORBIDDEN = 400, "Message can't be edited", "Client:13541"
    NOT_MODIFIED = (
        400,
        "message is not modified: specified new message content and reply markup are exactly the "
        "same as a current content and reply markup of the message",
        "Client:108-111",
    )
    DELETED_NOT_FOUND = 400, "message to delete not found", "Client:13804"
    DELETE_FORBIDDEN = (
        400,
        "Message can't be deleted for everyone",
        "MessagesManager.cpp; tdlib/telegram-bot-api#403",
    )
    DELETE_OTHERS = 400, "Message can't be deleted", "MessagesManager.cpp delete_messages"
    REACTED_NOT_FOUND = 400, "message to react not found", "Client:13493"
    REACTION_TYPE = 400, "invalid reaction type specified", "Client get_reaction_type"
    REACTION = 400, "REACTION_INVALID", "server, messages.sendReaction"
    REACTIONS_MANY = 400, "REACTIONS_TOO_MANY", "server, messages.sendReaction"

    DOCUMENT_MISSING = 400, "There is no document in the request", "Client:12944"
    FILE_EMPTY = 400, "File must be non-empty", "FileManager.cpp"
    FILE_IDENTIFIER = 400, "Wrong file identifier/HTTP URL specified", "FileManager.cpp"
    FILE_NOT_SPECIFIED = 400, "file_id not specified", "Client check_remote_file_id"
    FILE_UNKNOWN = (
        400,
        "Wrong file_id or the file is temporarily unavailable",
        "Client:8707-8719",
    )
    FILE_BIG = 400, "file is too big", "Client:8707-8719"
    CAPTION_LONG = 400, "Message caption is too long", "MessageContent.cpp"

    CHAT_ACTION = 400, "Wrong parameter action in request", "Client process_send_chat_action"

    KEYBOARD_ROWS = (
        400,
        'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        "Client:9577-9760",
    )
    BUTTON_OBJECT = 400, "InlineKeyboardButton must be an Object", "Client:9577-9760"
    BUTTON_TEXT_ONLY = (
        400,
        "Text buttons are unallowed in the inline keyboard",
        "Client:9577-9760",
    )
    BUTTON_URL = 400, "inline keyboard button URL '{url}' is invalid: {problem}", "ReplyMarkup.cpp"
    BUTTON_DATA = 400, "BUTTON_DATA_INVALID", "server, python-telegram-bot/python-telegram-bot#528"
    KEYBOARD_LONG = 400, "reply markup is too long", "Client:120; limit of PTB's constants"
    KEYBOARD_WIDE = 400, "a row has more than {most} buttons", "ours; limit of PTB's constants"

    QUERY_OLD = (
        400,
        "query is too old and response timeout expired or query ID is invalid",
        "Client:146-148",
    )
    TOAST_LONG = 400, "MESSAGE_TOO_LONG", "server, eternnoir/pyTelegramBotAPI#500"

    RESULTS_MANY = 400, "Too many inline query results specified", "Client:10269-10272"
    RESULT_MISSING = 400, "Result isn't specified", "Client get_inline_query_result"
    RESULT_OBJECT = 400, "Inline query result must be an object", "Client get_inline_query_result"
    RESULT_CONTENT = (
        400,
        "Input message content is not specified",
        "Client get_input_message_content",
    )
    RESULT_TYPE = 400, "inline results of type {type} are not played", "ours"
    RESULT_ID = 400, "RESULT_ID_INVALID", "server, core.telegram.org/bots/api#inlinequeryresult"
    RESULT_ID_TWICE = 400, "RESULT_ID_DUPLICATE", "server, messages.setInlineBotResults"
    RESULT_TITLE = 400, "ARTICLE_TITLE_EMPTY", "server, messages.setInlineBotResults"
    SWITCH_ONE = 400, "InlineQueryResultsButton must have exactly one optional field", "Client"
    SWITCH_TEXT = 400, "SWITCH_PM_TEXT_EMPTY", "server, messages.setInlineBotResults"
    START_INVALID = 400, "START_PARAM_INVALID", "server, messages.setInlineBotResults"
    INLINE_MESSAGE = 400, "MESSAGE_ID_INVALID", "server, messages.editInlineBotMessage"

    SCOPE_OBJECT = 400, "BotCommandScope must be an Object", "Client get_bot_command_scope"
    SCOPE_CHAT = 400, "Empty chat_id specified", "Client get_bot_command_scope"
    SCOPE_TYPE = 400, "Unsupported type specified", "Client get_bot_command_scope"
    COMMAND_EMPTY = 400, "Command must be non-empty", "BotCommand.cpp:185-206"
    COMMAND_LONG = 400, "Command length must not exceed 32", "BotCommand.cpp:185-206"
    COMMAND_CHARACTERS = 400, "BOT_COMMAND_INVALID", "server, yagop/node-telegram-bot-api#1008"
    COMMANDS_MANY = 400, "BOT_COMMANDS_TOO_MUCH", "server, openclaw/openclaw#15309"
    DESCRIPTION_EMPTY = 400, "Command description must be non-empty", "BotCommand.cpp:185-206"
    DESCRIPTION_LONG = (
        400,
        "Command description length must not exceed 256",
        "BotCommand.cpp:185-206",
    )
    LANGUAGE = 400, "Invalid language code specified", "misc.cpp validate_bot_language_code"

    def __init__(self, status: int, message: str, source: str) -> None:
        self.status = status
        self.message = message
        self.source = source
