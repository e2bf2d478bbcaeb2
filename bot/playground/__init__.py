"""A strict double of Telegram's Bot API: what Telegram would refuse is refused at the desk.

In reading order:

    rules.py       Rule: every refusal, in Telegram's words, with the source of each
    errors.py      how a rule that was broken becomes an answer
    clock.py       the time Telegram goes by; tests may hurry it
    fields.py      parameters and JSON objects as clients send them -> values of the right type
    links.py       which URLs Telegram takes, and what it makes of them
    entities.py    Entity; how Telegram settles a text and the entities in it
    markup.py      Telegram's HTML -> plain text and entities
    keyboards.py   Button; what makes an inline keyboard valid
    changes.py     what changes, told to whoever watches
    messages.py    User, Chat, Message: what lies in a chat, and its JSON
    backlog.py     Update; the updates that wait for the bot
    updates.py     which updates come about, who may fetch them: confirming, long polling, conflicts
    commands.py    the menu of commands, by scope and language
    files.py       files by id: kept when they are sent, fetched later
    results.py     Result: what an inline bot offers to be sent in its name
    queries.py     taps, inline queries and guest queries, and the methods that answer them
    world.py       World: what the methods, the people and the groups share
    members.py     somebody's place in a chat, as JSON
    privacy.py     which messages of a group reach the bot
    people.py      Person: writes, taps and reads, as somebody with the app would
    groups.py      Group, Channel: groups, supergroups, forums, and what happens to them
    access.py      which chats a method may use, and the refusals of the others
    texts.py       what a message says and what it answers, as a client tells it
    chats.py       the methods that send, edit and delete
    reactions.py   the method that puts an emoji under a message
    profiles.py    the methods that tell of chats and of people's places in them
    webhook.py     updates brought to the bot: order, retries, methods in answers;
                   webhook_url.py says which URLs will do, webhook_post.py is the network
    flood.py       how much a bot may send, if it is held to it
    answers.py     Answer, Call: what goes over the wire
    faults.py      what befalls the next calls of a method, by a script
    telegram.py    Telegram: tokens, methods, the log of calls
    forms.py       what an HTTP request says -> parameters
    api.py         the Bot API as routes
    control.py     faults, the log of calls and the clock as routes, for other processes
    own_pages.py   keeps pages from elsewhere out
    server.py      the routes on a port of this machine
    request.py     python-telegram-bot's transport, ending here instead of in the network
    sights.py      what people see, as JSON
    acts.py        what people can be made to do and to look at, for scripts
    people_api.py  acts, looks and a stream of changes as routes
    page.py        the page in the browser, whose files are in static/
    play.py        the real bot with all of this: `python -m bot playground`
    screen.py      how a message looks in a terminal: `python -m bot ask`
"""
