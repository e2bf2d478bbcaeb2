"""What can be told of a question from its form alone, without knowing what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import chain

from bot.text import words

KEYWORDS_UP_TO = 4
"""Words up to which a text without the form of a question is taken as keywords."""


def folded(listed: str) -> frozenset[str]:
    """Each word of a list, in the form that `words` gives it."""
    return frozenset(chain.from_iterable(map(words, listed.split())))


_ASKING = """what whats who whos whom whose where wheres when whens why whys how hows which whether
    хто кого кому ким коли де куди звідки скільки наскільки чому навіщо нащо чи хіба невже
    чий кто кем когда где куда откуда сколько скока насколько почему зачем ли разве неужели чей"""
_OPENING = """is are was were am isnt arent wasnt do does did dont doesnt didnt has have had hasnt
    havent will would wont wouldnt can could cant couldnt should shall may might any
    anyone anybody tell explain describe summarise summarize list name give show so є буде
    може можна правда розкажи розкажіть поясни поясніть назви назвіть дай дайте опиши
    покажи перелічи підсумуй есть будет может можно верно расскажи расскажите объясни
    объясните назови назовите перечисли"""
_RELATIVE = """що шо чого чим як який яка яке які якого якої яких яким якою якими яку якому что чо
    чего чем как какой какая какое какие какого каких каким какими какую каком какова
    каково каковы каков"""
QUESTION_WORDS = folded(_ASKING)
RELATIVES = folded(_RELATIVE)
ASKING = QUESTION_WORDS | RELATIVES
_OPENERS = folded(_OPENING) | RELATIVES
"""Words that make a question only where they open it; elsewhere they may say "that" or "as"."""

_BEFORE_OPENERS = folded("а і й и ну так то в у на з с про о за до по от від к для из")
"""What may stand before an opener, in Ukrainian and Russian: "а що", "про що", "на чём"."""

_REQUEST = """tell me, tell we, remind me, i wonder, need to know, want to know, like to know,
    wondering, curious, any idea, true that, explain, or not, or nah, розкажи, розкажіть, скажи,
    скажіть, підкажіть, цікаво, хочу знати, правда що, чи ні, через що, із за чого, за якої,
    за яких, расскажи, расскажите, скажите, подскажите, интересно, хочу знать, правда что, или нет,
    из за чего, при каких"""
_REQUESTS = tuple(map(words, _REQUEST.split(",")))


class Asks(StrEnum):
    """What a question wants to be told, and of which other round, where its words tell that."""

    COUNT = "count"
    NAME = "name"
    DATE = "date"
    DURATION = "duration"
    PERSON = "person"
    REASON = "reason"
    EARLIER_ROUND = "earlier round"
    LATER_ROUND = "later round"


_ASKS = (
    (
        Asks.DURATION,
        re.compile(
            r"\bhow long\b|\bhow many (?:days|weeks|months|years|hours)\b"
            r"|\b(?:як|как) (?:до?вго|долго)\b|\bна?долго\b|\bнадо?вго\b"
            r"|\b(?:скилки|сколко) (?:часу|дн|тижн|мисяц|рокив|годин|времени|недел|месяц|лет|часов)"
        ),
    ),
    (
        Asks.COUNT,
        re.compile(
            r"\bhow (?:many|much|few|often)\b|\bper ?cent(?:age)?\b|\bnumbers? of\b"
            r"|\bwhat number\b|\bfigures?\b|\bbillions?\b"
            r"|\b(?:скилки|сколко|килкист|количеств|чиселн|числен|цифр|видсот|процент"
            r"|милярд|милиард)"
        ),
    ),
    (
        Asks.NAME,
        re.compile(
            r"\bnames?\b|\bnamed\b|\bcalled\b"
            r"|\b(?:имя|имен|имени|имена|имен[аи]м?и?|звати|звут|зват|зовут|призвищ|фамили)\w*"
        ),
    ),
    (
        Asks.DATE,
        re.compile(
            r"\bwhat (?:date|day|time)\b|\bwhich (?:date|day)\b|\bwhen\b(?! it comes to)|\bdates?\b"
            r"|\b(?:коли|когда)\b|\bдат[ауе]\b|\bдати (?:початку|начала)\b"
            r"|\b(?:як|как)(?:ого|ий|ой|ому|ом) (?:числа|дня|ден|дни)\b"
        ),
    ),
    (Asks.PERSON, re.compile(r"\b(?:who|whos|whom|хто|кто|кого|ким|кем|кому)\b")),
    (
        Asks.REASON,
        re.compile(
            r"\b(?:why|whys|how come|what reasons?|почему|зачем|навищо|нащо)\b|\bпричин"
            # Not "на чому": on what.
            r"|\bчому\b(?<!\bна чому)(?<!\bу чому)(?<!\bв чому)"
            r"|\b(?:чем|чим)\b.*\b(?:об[яе]сн|поясн)"
        ),
    ),
    # Without a \b before them they are found several times as fast.
    (
        Asks.EARLIER_ROUND,
        re.compile(
            r"first round|1st round|previous round|earlier round|round one\b|round 1\b"
            r"|перш\w* раунд|перв\w* раунд|попередн\w* раунд|предидущ\w* раунд"
            r"|минул\w* раунд|прошл\w* раунд"
        ),
    ),
    (
        Asks.LATER_ROUND,
        re.compile(
            r"third round|3rd round|next round|another round|round three\b|round 3\b|трет\w* раунд"
            r"|наступн\w* раунд|следующ\w* раунд"
        ),
    ),
)


def asks(text: Sequence[str]) -> frozenset[Asks]:
    """What a text of normalised words wants to be told."""
    joined = " ".join(text)
    return frozenset(kind for kind, pattern in _ASKS if pattern.search(joined))


_AT_HAND = frozenset(
    """i im ive ill id me my mine we weve our ours you youre your yours he hes his him she shes her
    they theyre them their theirs it its this that thats these those lets""".split()
)
"""Words for whoever and whatever is at hand. Keywords name their subject, so a text with one of
these is none: "trust me", "that was good"."""


def is_question(query: str, text: Sequence[str]) -> bool:
    """Does `query` ask at all? `text` holds its words; a few words alone are taken as keywords, but
    not if they are exclaimed."""
    return (
        "?" in query
        or _opens(text)
        or not QUESTION_WORDS.isdisjoint(text)
        or any(request in _runs(text, len(request)) for request in _REQUESTS)
        or (len(text) <= KEYWORDS_UP_TO and _AT_HAND.isdisjoint(text) and "!" not in query)
    )


def _opens(text: Sequence[str]) -> bool:
    return not _OPENERS.isdisjoint(text[: 2 if _BEFORE_OPENERS.issuperset(text[:1]) else 1])


def _runs(text: Sequence[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(text[at : at + length]) for at in range(len(text) - length + 1)}


SMALL_WORDS = _AT_HAND | folded(
    """a an the and or but so if as of to in on at by for from with into over up down out off yes
    yeah yep no nope not is are was were be been am do does did have has had will would can
    could should isnt arent wasnt dont doesnt didnt cant wont there theres heres here now then again
    already still yet always never ever too also very really just only even all both each either
    neither any anyone anybody anything every everyone everybody everything some someone
    somebody something none nobody nothing other others else same such more most less much many
    oh ah well sorry sure fine right maybe honestly course true please pls plz це то та й але
    або чи ні ну не так в у на з із зі до про за від для по є був була було були він вона вони ми я
    ти ви його її їх мене тебе ще щодо это и а но или ли нет да с со об из к ко от есть был была
    было были он она они мы ты вы его ее их меня тебя еще же бы там тут"""
)
"""Words that tell of nothing by themselves: those of grammar, and those that only keep a
conversation going."""
_TELL_NOTHING = SMALL_WORDS | ASKING


def telling(text: Sequence[str]) -> tuple[str, ...]:
    """Those of normalised words that tell of something: not "the", "why", "what is it"."""
    return tuple(word for word in text if len(word) > 1 and word not in _TELL_NOTHING)


CLAUSES_FROM = 12
"""Words from which a message is also looked at clause by clause: people who write that much wrap
their question in news of themselves."""

CLAUSE_WORDS = 5
"""Words that a clause needs to be a question of its own."""

PARTS = 8
"""Parts of a message that are looked at; a bound on time."""

_SENTENCE_END = re.compile(r"[.?!;\n…]+")
_CLAUSE_END = re.compile(r"""[.?!;\n…:,()"“”–—]+|[^\w\s'’%&/-]+""")
_AND_QUESTION = re.compile(
    r"[,;]?\s+(?:and|but|or|і|й|та|и|а|но|але)\s+"
    r"(?=(?:" + "|".join(sorted(f"{_ASKING} {_RELATIVE} {_OPENING}".split())) + r")\b)",
    re.IGNORECASE,
)


def parts(query: str) -> list[str]:
    """The questions that one message may hold, in order; none if it is one as a whole. A word alone
    is none, but without it another may be none, either: "Iran? Who mediates?"."""
    whole = words(query)
    pieces = chain.from_iterable(map(_AND_QUESTION.split, _SENTENCE_END.split(query)))
    told = {piece: words(piece) for piece in map(str.strip, pieces)}
    found = [piece for piece, text in told.items() if len(text) > 1]
    if len(whole) >= CLAUSES_FROM:
        clauses = map(str.strip, _CLAUSE_END.split(query))
        found += [clause for clause in clauses if len(words(clause)) >= CLAUSE_WORDS]
    found = list(dict.fromkeys(found))[:PARTS]
    if len(found) == 1:
        named = any(len(text) == 1 and telling(text) for text in told.values())
        if named or told.get(found[0]) == whole:
            return []
    return found
