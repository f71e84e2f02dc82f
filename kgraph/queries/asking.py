"""Questions in plain Indonesian or English to ready queries, by patterns of words and no model.

`questions.csv` holds the patterns, in order; the first that fits the whole question counts. In a pattern `a|b` is a
choice, `(a|b)` may be missing, `{who}` is the value of a parameter, and `<active>` or `<passive>` a trigger word of
some relation, which then names the query; `question_words.csv` holds the words around dates, and those to pass over.
"""

from __future__ import annotations

import calendar
import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from kgraph.errors import QueryError
from kgraph.ontology import HOME, load
from kgraph.queries.ready import ready

LANGUAGES = ("id", "en")
GENERAL = "claims"  # answers for relations that have no query of their own
YEAR = r"(?:1[89]|20)\d\d"


@dataclass(frozen=True, slots=True)
class Asked:
    """The ready query that a question means, with its parameters."""

    query: str
    parameters: dict[str, str]

    def __str__(self) -> str:
        values = (f"{name}={value!r}" if " " in value else f"{name}={value}" for name, value in self.parameters.items())
        return " ".join([self.query, *values])


def understand(question: str) -> Asked:
    """The ready query for a question. One that no pattern fits raises QueryError."""
    text = " ".join(re.sub(r"[?!,;\"]+|\.$", " ", question).split())
    for language in LANGUAGES:
        dates, left = _dates(text, language)
        if found := _matched(_without_fillers(left, language), language):
            return _dated(found, dates)
    cure = "ask like 'siapa mengunjungi Rusia?' or 'who sanctioned Iran since 2023?', or choose a ready query"
    raise QueryError(f"not understood: {question.strip()!r}", place="question", cure=cure)


def _dated(asked: Asked, dates: dict[str, date]) -> Asked:
    taken = {parameter.name for parameter in ready()[asked.query].parameters}
    if dates.keys() - taken:
        raise QueryError("this question takes no date", place=asked.query, cure="ask without the date")
    return Asked(asked.query, asked.parameters | {name: day.isoformat() for name, day in dates.items()})


def _matched(text: str, language: str) -> Asked | None:
    for pattern, name in _patterns(language):
        if found := pattern.fullmatch(text):
            values = {key: value.strip() for key, value in found.groupdict().items() if key != "trigger" and value}
            if name != "*":
                return Asked(name, values)
            return _by_relation(_triggers(language)[found["trigger"].casefold()], values)
    return None


def _by_relation(relation: str, values: dict[str, str]) -> Asked:
    for query in ready().values():
        if relation in query.answers:
            return Asked(query.name, values)
    return Asked(GENERAL, {**values, "relation": relation})


@cache
def _triggers(language: str) -> dict[str, str]:
    """Words in small letters to the relation that they express; where two share one, the first."""
    found: dict[str, str] = {}
    for relation in load().relations.values():
        label = relation.labels.get(language, relation.name)
        for word in (label, *relation.active.get(language, ()), *relation.passive.get(language, ())):
            found.setdefault(word.casefold(), relation.name)
    return found


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    relations = load().relations.values()
    active = {word for each in relations for word in (*each.active.get(language, ()), each.labels.get(language, ""))}
    passive = {word for each in relations for word in each.passive.get(language, ())}
    choices = {"<active>": _choice(active - {""}), "<passive>": _choice(passive)}
    return tuple((_compiled(row["pattern"], choices), row["query"]) for row in _rows("questions", language))


def _compiled(pattern: str, choices: dict[str, str]) -> re.Pattern[str]:
    pieces = [_piece(token, choices) for token in pattern.split()]
    return re.compile("".join(pieces).removesuffix(" "), re.IGNORECASE)


def _piece(token: str, choices: dict[str, str]) -> str:
    if token in choices:
        return f"(?P<trigger>{choices[token]}) "
    if token.startswith("{"):
        return f"(?P<{token[1:-1]}>.+?) "
    optional = token.startswith("(")
    words = "|".join(map(re.escape, token.strip("()").split("|")))
    return f"(?:(?:{words}) )?" if optional else f"(?:{words}) "


def _choice(words: set[str]) -> str:
    """Any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _without_fillers(text: str, language: str) -> str:
    fillers = _choice({row["word"] for row in _words(language) if row["role"] == "filler"})
    return " ".join(re.sub(rf"(?<!\S)(?:{fillers})(?!\S)", " ", text, flags=re.IGNORECASE).split())


def _dates(text: str, language: str) -> tuple[dict[str, date], str]:
    """What the dates in a text bind `since` and `until` to, and the text without them."""
    bounds: dict[str, date] = {}
    date_words = _date_pattern(language)
    roles = {row["word"]: row["role"] for row in _words(language) if row["role"] not in ("month", "filler")}
    expression = re.compile(rf"(?<!\S)(?:({_choice(set(roles))}) )?({date_words})(?!\S)", re.IGNORECASE)
    opened = False
    for found in expression.finditer(text):
        first, last = _span(found[2], language)
        role = roles.get((found[1] or "").casefold(), "in")
        if role == "between" or (role == "and" and not opened):
            role = "since"
        elif role == "and":
            role = "until"
        opened = opened or role == "since"
        bounds |= _bounds(role, first, last)
    return bounds, " ".join(expression.sub(" ", text).split())


def _bounds(role: str, first: date, last: date) -> dict[str, date]:
    day = timedelta(days=1)
    return {
        "since": {"since": first},
        "until": {"until": last},
        "before": {"until": first - day},
        "after": {"since": last + day},
        "in": {"since": first, "until": last},
    }[role]


def _date_pattern(language: str) -> str:
    month = _choice(set(_months(language)))
    return rf"{YEAR}-\d\d-\d\d|(?:\d\d? )?(?:{month}) {YEAR}|(?:{month}) \d\d? {YEAR}|{YEAR}"


def _span(text: str, language: str) -> tuple[date, date]:
    """The first and the last day of "12 September 2023", "September 2023", "2023" or "2023-09-12"."""
    try:
        if "-" in text:
            return date.fromisoformat(text), date.fromisoformat(text)
        words = text.casefold().split()
        year = int(next(word for word in words if re.fullmatch(YEAR, word)))
        month = next((_months(language)[word] for word in words if word in _months(language)), None)
        day = next((int(word) for word in words if re.fullmatch(r"\d\d?", word)), None)
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        last = day or calendar.monthrange(year, month)[1]
        return date(year, month, day or 1), date(year, month, last)
    except ValueError as error:
        raise QueryError(f"{text!r} is no date", place="question", cure="name a day that exists") from error


@cache
def _months(language: str) -> dict[str, int]:
    return {row["word"]: int(row["value"]) for row in _words(language) if row["role"] == "month"}


def _words(language: str) -> tuple[dict[str, str], ...]:
    return _rows("question_words", language)


@cache
def _rows(table: str, language: str) -> tuple[dict[str, str], ...]:
    with (HOME / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row for row in csv.DictReader(file) if row["language"] == language)
