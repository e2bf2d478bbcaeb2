"""A strict double of Telegram's Bot API: what Telegram would refuse is refused at the desk.

In reading order:

    errors.py      every refusal, in Telegram's words, with the source of each
    clock.py       the time Telegram goes by; tests may hurry it
    fields.py      parameters and JSON objects as clients send them -> values of the right type
    links.py       which URLs Telegram takes, and what it makes of them
    entities.py    Entity; how Telegram settles a text and the entities in it
    markup.py      Telegram's HTML -> plain text and entities
    keyboards.py   Button; what makes an inline keyboard valid
    messages.py    Message: what lies in a chat, and its JSON
    updates.py     the queue of updates: confirming, long polling, conflicts
    commands.py    the menu of commands, by scope and language
    people.py      Person: writes, taps and reads, as somebody with the app would
    chats.py       the methods that send, edit and delete
    telegram.py    Telegram: tokens, methods, scripted faults, the log of calls
    request.py     python-telegram-bot's transport, ending here instead of in the network
    terminal.py    the real bot, chatting in a terminal; screen.py paints it
"""
