"""The date expressions of a sentence, and what they mean.

`find` gives the expressions as they stand; `resolve` turns one into a date, against the report's date where the
expression is relative. A week has no precision of its own: "pekan lalu" becomes the month it lies in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from kgraph.articles import calendar
from kgraph.language.date_words import WORDS, Words
from kgraph.records import EventDate

_REPORT_YEARS = range(1001, 9000)  # so that no count of three digits leads out of the calendar
_NEAR_FUTURE = timedelta(days=60)  # "15 March" in a report of 20 February is the one to come
_GLUE = re.compile(r"[\s,(]{1,3}")
_DATED = ("full", "day_month", "numeric")


@dataclass(frozen=True, slots=True)
class Expression:
    """Characters `start` to `end` of the sentence; `kind` names the form, `parts` the words that fill it."""

    start: int
    end: int
    kind: str
    parts: Mapping[str, str] = field(hash=False)


@lru_cache(maxsize=512)
def find(sentence: str, language: str) -> tuple[Expression, ...]:
    """The date expressions of a sentence in their order; where two overlap, the longer one."""
    words = WORDS[language]
    found = [
        Expression(start, end, "full", {"iso": day.isoformat()})
        for start, end, day in calendar.full_dates(sentence, day_first=words.day_first)
    ]
    for kind, form in words.forms:
        for match in form.finditer(sentence):
            parts = {name: text for name, text in match.groupdict().items() if text is not None}
            if _means_a_date(kind, parts, match.start()):
                found.append(Expression(match.start(), match.end(), kind, parts | {"text": match[0]}))
    return tuple(_merged(sentence, _longest(found)))


def _means_a_date(kind: str, parts: Mapping[str, str], start: int) -> bool:
    if kind == "month":  # "May", "Mei" alone may be a name or a verb
        return bool(parts.keys() & {"named", "direction", "year", "year_direction"})
    if kind == "weekday" and parts.get("weekday") == "Minggu" and start == 0:  # "Minggu lalu, ...": the week
        return "direction" not in parts
    return True


def _longest(found: list[Expression]) -> list[Expression]:
    kept: list[Expression] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.kind != "full")):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end - one.start > kept[-1].end - kept[-1].start:
            kept[-1] = one
    return kept


def _merged(sentence: str, found: list[Expression]) -> list[Expression]:
    """Selasa and (12/9/2023) beside it are one expression."""
    merged: list[Expression] = []
    for one in found:
        before = merged[-1] if merged else None
        beside = before and _GLUE.fullmatch(sentence, before.end, one.start)
        if before and beside and before.kind == "weekday" and one.kind in _DATED:
            merged[-1] = Expression(before.start, one.end, one.kind, one.parts)
        else:
            merged.append(one)
    return merged


def resolve(one: Expression, *, language: str, report: date | None, future: bool) -> EventDate | None:
    """The date that an expression means; None where that needs a report date and there is none.

    `future`: the event is yet to come, so that "Selasa" is the next one and not the last.
    """
    known = report if report and report.year in _REPORT_YEARS else None
    return _RESOLVERS[one.kind](one.parts, WORDS[language], known, future)


def _full(parts: Mapping[str, str], _words: Words, _report: date | None, _future: bool) -> EventDate | None:
    return EventDate(date.fromisoformat(parts["iso"]))


def _odd(parts: Mapping[str, str], words: Words, _report: date | None, _future: bool) -> EventDate | None:
    day = calendar.parse(parts["text"], day_first=words.day_first)
    return EventDate(day) if day else None


def _day_month(parts: Mapping[str, str], words: Words, report: date | None, future: bool) -> EventDate | None:
    return _of_year(calendar.month(parts["month"]), int(parts["day"]), parts, words, report, future)


def _numeric(parts: Mapping[str, str], words: Words, report: date | None, future: bool) -> EventDate | None:
    first, second = int(parts["first"]), int(parts["second"])
    day, number = (first, second) if (words.day_first or first > 12) and second <= 12 else (second, first)
    return _of_year(number, day, parts, words, report, future)


def _of_year(
    number: int, day: int, parts: Mapping[str, str], words: Words, report: date | None, future: bool
) -> EventDate | None:
    if "year" in parts:
        found = calendar.calendar_day(int(parts["year"]), number, day)
        return EventDate(found) if found else None
    if report is None:
        return None
    direction = _direction(parts, words)
    latest = report if direction == -1 else report + _NEAR_FUTURE
    years = [report.year - 1, report.year, report.year + 1]
    days = [found for year in years if (found := calendar.calendar_day(year, number, day))]
    coming = [found for found in days if found >= report]
    gone = [found for found in days if found <= latest]
    chosen = coming[:1] if (future and direction is None) or direction == 1 else gone[-1:]
    return EventDate(chosen[0]) if chosen else None


def _month(parts: Mapping[str, str], words: Words, report: date | None, future: bool) -> EventDate | None:
    number = calendar.month(parts["month"])
    if "year" in parts:
        return EventDate(date(int(parts["year"]), number, 1), "month")
    if report is None:
        return None
    if "year_direction" in parts:
        return EventDate(date(report.year + words.directions[parts["year_direction"]], number, 1), "month")
    direction = _direction(parts, words)
    if direction == 1 or (future and direction is None):
        year = report.year + (number < report.month)
    elif direction == 0:
        year = report.year
    else:
        year = report.year - (number > report.month or (direction == -1 and number == report.month))
    return EventDate(date(year, number, 1), "month")


def _year(parts: Mapping[str, str], _words: Words, _report: date | None, _future: bool) -> EventDate | None:
    return EventDate(date(int(parts["year"]), 1, 1), "year")


def _unit(parts: Mapping[str, str], words: Words, report: date | None, _future: bool) -> EventDate | None:
    unit = words.units[parts["unit"].lower()]
    return _shifted(report, unit, words.directions[parts["direction"].lower()]) if report else None


def _ago(parts: Mapping[str, str], words: Words, report: date | None, _future: bool) -> EventDate | None:
    if report is None:
        return None
    sign = -1 if words.directions.get(parts["direction"], 1) == -1 else 1
    if "vague" in parts:  # "beberapa hari lalu": three or so
        unit = words.units[parts["vague_unit"]]
        days = 3 if unit == "day" else 21
        return EventDate((report + timedelta(days=sign * days)).replace(day=1), "month")
    count = parts["count"].lower()
    number = int(count) if count.isdigit() else words.counts[count]
    return _shifted(report, words.units[parts["unit"]], sign * number) if number < 1000 else None


def _shifted(report: date, unit: str, number: int) -> EventDate:
    if unit == "hour":
        return EventDate(report)
    if unit == "day":
        return EventDate(report + timedelta(days=number))
    if unit == "week":
        return EventDate((report + timedelta(weeks=number)).replace(day=1), "month")
    months = report.year * 12 + report.month - 1 + number * (12 if unit == "year" else 1)
    year, index = divmod(months, 12)
    return EventDate(date(year, 1, 1), "year") if unit == "year" else EventDate(date(year, index + 1, 1), "month")


def _weekday(parts: Mapping[str, str], words: Words, report: date | None, future: bool) -> EventDate | None:
    if report is None:
        return None
    name = parts.get("weekday") or parts["any_weekday"]
    ahead = (words.weekdays[name if name in words.weekdays else name.lower()] - report.weekday()) % 7
    direction = _direction(parts, words)
    if "week_direction" in parts or direction == 0:
        weeks = words.directions[parts.get("week_direction", "").lower()] if "week_direction" in parts else 0
        monday = report - timedelta(days=report.weekday())
        return EventDate(monday + timedelta(days=(report.weekday() + ahead) % 7, weeks=weeks))
    if direction == 1:
        return EventDate(report + timedelta(days=ahead or 7))
    if direction == -1:
        return EventDate(report - timedelta(days=7 - ahead))
    return EventDate(report + timedelta(days=ahead if future or ahead == 0 else ahead - 7))


def _word(parts: Mapping[str, str], words: Words, report: date | None, _future: bool) -> EventDate | None:
    return EventDate(report + timedelta(days=words.days[parts["word"].lower()])) if report else None


def _direction(parts: Mapping[str, str], words: Words) -> int | None:
    return words.directions[parts["direction"].lower()] if "direction" in parts else None


_Resolver = Callable[[Mapping[str, str], Words, date | None, bool], EventDate | None]
_RESOLVERS: dict[str, _Resolver] = {
    "full": _full,
    "odd": _odd,
    "day_month": _day_month,
    "numeric": _numeric,
    "month": _month,
    "year": _year,
    "unit": _unit,
    "ago": _ago,
    "weekday": _weekday,
    "word": _word,
}
