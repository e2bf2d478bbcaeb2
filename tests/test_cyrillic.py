"""Questions as people type them on telephones: the same answer, whatever letters stand for others.

By the whole bot and its own file: what is folded, heard, repaired and matched here is told apart in
the tests of `text`, `transliteration` and `spelling`."""

from __future__ import annotations

import pytest

from bot.answering import Answerer

TYPED = {
    "хто посередник на переговорах": """хто посердник на переговорах; кто посередник на переговорах
        хто посередник на пириговорах; hto poserednyk na peregovorah
        khto poserednyk na perehovorakh; xто посередник нa пepeгoвopax""",
    "коли почалися переговори": """колы почалыся переговоры; коли почалися перемовини
        коли началися переговори; koly pochalysya perehovory; koli pochalisya peregovori
        коли почалися перговори""",
    "чого вимагає росія": """чого вимагае росия; чого вымагає росія; чого вимагає россія
        чего вимагає росия; chogo vymagaye rosiya; choho vymahaie rosiia; чого вимагє росія""",
    "що сказав зеленський": """що сказав зеленский; шо сказав зелєнський; що сказав зеленськй
        shcho skazav zelenskyi; sho skazav zelenskij; що сказав зеленски; шо сказал зеленський""",
    "хто такий віткофф": """хто такий витков; хто такий вiткофф; хто такій виткофф
        khto takyi vitkoff; hto takyj vitkoff""",
    "які гарантії безпеки": """яки гарантии безпеки; які гарантіі безпекі; які гарантії бзпеки
        yaki harantii bezpeky; jaki garantiji bezpeky""",
    "когда закончится война": """когда закончиться война; когда закончитса война
        kogda zakonchitsya voina; kogda zakonchitsja vojna; kogda zakonchitsya voyna
        кагда закончится вайна; koly zakinchytsia viina; koly zakinchytsia viyna
        koly zakinchytsia vijna; коли закінчиться вiйна; коли закинчится війна""",
    "есть ли перемирие": """есть ли перимирие; ест ли перемирие; est li peremirie""",
    "чи є перемир'я": """чи є перемирря; чи є перемиря; чи є перемир’я; chy ye peremyria""",
    "кто участвует в переговорах": """кто учавствует в переговорах; кто участвуе у переговорах
        хто участвує в переговорах; kto uchastvuet v peregovorah; ктo учacтвуeт в пepeгoвopaх
        kto uchastvuyet v peregovorakh; kto uchastvuet v peregovorax""",
    "про обстріли енергетики": """про обстрили енергетики; про обстрелы енергетикы
        про обстріли энергетики; pro obstrily enerhetyky""",
    "какие санкции против россии": """какие санкциї против росії; какие санции против росии
        kakie sanktsii protiv rossii; kakiye sanktsyi protiv rossiyi""",
}
"""Letters that stand for each other or are missing, other scripts, both languages mixed, by what is
meant."""

VARIANTS = [
    (" ".join(typed.split()), meant)
    for meant, lines in TYPED.items()
    for line in lines.splitlines()
    for typed in line.split(";")
]


@pytest.mark.parametrize(("typed", "meant"), VARIANTS, ids=[typed for typed, _ in VARIANTS])
def test_a_question_typed_in_any_way_is_answered_alike(
    typed: str, meant: str, answerer: Answerer
) -> None:
    decided, expected = answerer.answer(typed), answerer.answer(meant)
    assert type(decided) is type(expected)
    assert decided.candidates[0].id == expected.candidates[0].id


HEARD = {
    "uk": """koly peregovory; koly peremovyny; khto bere uchast; shcho vymahaye rosiya
        sho hoche rosiya; de vidbuvayutsya peregovory; yaki sanktsiyi; chy bude peremyrya
        kto takyi vitkoff; shcho skazav rubio; chy pidpysaly uhodu; de zustrich""",
    "ru": """kto uchastvuet; kogda peregovory; chto trebuet rossiya; gde prohodyat peregovory
        skolko soldat; kakie sanktsii; budet li peremirie; kto takoy uitkoff; kto takoi vitkoff
        chto hochet putin; zachem vstrecha; podpisali li soglashenie""",
}


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        (" ".join(typed.split()), language)
        for language, lines in HEARD.items()
        for line in lines.splitlines()
        for typed in line.split(";")
    ],
)
def test_what_is_typed_in_latin_letters_is_heard_in_its_language(
    typed: str, language: str, answerer: Answerer
) -> None:
    assert answerer.language_of(typed) == language
