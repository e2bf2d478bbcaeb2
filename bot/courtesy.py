"""What people say to be polite, and to the bot about itself: nothing to be looked up.

A text that is nothing else gets a reply of its own; of a question it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.questions import SMALL_WORDS, folded

_HELLO = """hi hello hey hiya heya yo greetings привіт вітаю здрастуйте привет здравствуйте
    здравствуй салют"""
_THANK_YOU = "thanks thx дякую спасибі спасибо благодарю"
"""Words that greet and thank by themselves."""

_GREETINGS = folded(
    f"""{_HELLO} good morning afternoon evening day there bot everyone all добрий доброго день дня
    вечір ранок вечора ранку всім хай бот добрый доброе утро вечер всем"""
)
_SALUTES = _GREETINGS | folded(
    "slava ukraini heroiam rossii слава україні украине героям росії россии"
)
_HOW_ARE_YOU = _GREETINGS | folded("how are you як как справи дела настрій настроение")
_ABOUT_THE_BOT = folded(
    """you your yourself youre help bot menu commands info topics ask asked ти тебе тобі твоє твої
    ви вас допомога допоможи бот меню команди ты тебя твое твои вы помощь помоги команды"""
)
_SMALL_TALK = folded(
    """hi hello hey please what whats who whos how can could do does are is the this that me tell
    about know name made work works use need so real human answer doing questions it good bad
    best nice great привіт що хороший добрий гарний поганий плохой
    шо хто як можеш можете вмієш умієш знаєш працюєш робиш такий така звати звуть тобою
    користуватись справи людина спитати мені розкажи про себе привет что кто как можешь умеешь
    знаешь работаешь делаешь такой такая зовут тобой пользоваться дела человек спросить мне
    расскажи"""
)
_GRATITUDE = folded(f"{_THANK_YOU} thank ty cheers bye goodbye goodnight")
_THANKS = _GRATITUDE | folded(
    """you ok okay great cool nice so very much a lot good night дуже красно добре гаразд ясно
    зрозуміло круто клас супер бувай побачення до допоміг допомогли все всё большое пока понятно
    хорошо отлично ок окей свидания помог помогли очень за допомогу помощь ответ відповідь
    виручив виручила виручили выручил выручила выручили"""
)

_BESIDE_THE_BOT = _ABOUT_THE_BOT | _SMALL_TALK | SMALL_WORDS | _GREETINGS
_BESIDE_GRATITUDE = _THANKS | _GREETINGS | SMALL_WORDS | _ABOUT_THE_BOT
"""All that a question about the bot, and thanks, may hold."""


def is_greeting(text: Sequence[str]) -> bool:
    """Is a text of normalised words nothing but a greeting?"""
    return bool(text) and (_SALUTES.issuperset(text) or _HOW_ARE_YOU.issuperset(text))


def is_about_the_bot(text: Sequence[str]) -> bool:
    """Does a text of normalised words ask nothing but what the bot is or can do?"""
    return not _ABOUT_THE_BOT.isdisjoint(text) and _BESIDE_THE_BOT.issuperset(text)


def is_thanks(text: Sequence[str]) -> bool:
    """Is a text of normalised words nothing but thanks, an "ok" or a farewell?"""
    if not _GRATITUDE.isdisjoint(text):
        return _BESIDE_GRATITUDE.issuperset(text)
    return bool(text) and _THANKS.issuperset(text)


def _any(listed: str) -> str:
    return "|".join(listed.split())


_COURTESY = re.compile(
    rf"""^\W*(?:(?:{_any(_HELLO)}|dear|good\s(?:morning|day|afternoon|evening)
        |добр\w+\s(?:день|дня|вечір|вечора|вечер|вечера|ранок|ранку|утро|утра))
        (?:\s(?:there|all|everyone|bot|всім|всем|бот))?\b\W*)+
    | (?:^|(?<=[.,;:!?…)\n])\s*|\b(?=(?:заранее|наперед|заздалегідь)\s))
        (?:(?:many|дуже|щиро|наперед|заздалегідь|большое|заранее)\s)?
        (?:{_any(_THANK_YOU)}|thank\syou)
        (?:\s(?:a\slot|so\smuch|in\sadvance|наперед|велике|большое|заранее))?\W*$
    | \b(?:please|pls|plz|будь\sласка|пожалуйста)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# "tell us who attends", "what do they want from us?"; but "from us officials".
_US = re.compile(
    r"\b((?i:tell|let|give|help|show|remind))\sus\b"
    r"(?=\W*$|\s(?:about|more|all|who|what|where|when|why|how|which|whether|if|the|a|your)\b)"
    r"|\b((?i:from|with|for|to|of|about|affects?))\sus\b(?=\W*$)"
)


def without_courtesy(query: str) -> str:
    """`query` without a greeting before it, thanks after it, "please" and laughter, which nobody
    asks about; and with "we" for the "us" that is no country."""
    courteous = _COURTESY.sub("", without_laughter(query))
    return _US.sub(lambda found: f"{found[1] or found[2]} we", courteous)


_LAUGHTER = re.compile(r"\b(?=\w*[хh]\w*[хh])[аеиіхaeih]{3,}\b", re.IGNORECASE)


def without_laughter(query: str) -> str:
    """`query` without "haha" and its like, which might be taken for mistyped words ("атаках")."""
    return _LAUGHTER.sub("", query)
