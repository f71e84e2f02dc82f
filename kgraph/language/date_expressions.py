"""The date expressions of a sentence: tables of words and forms a language, and what each form means.

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
from kgraph.records import EventDate

_REPORT_YEARS = range(1001, 9000)  # so that no count of three digits leads out of the calendar
_NEAR_FUTURE = timedelta(days=60)  # "15 March" in a report of 20 February is the one to come


@dataclass(frozen=True, slots=True)
class Expression:
    """Characters `start` to `end` of the sentence; `kind` names the form, `parts` the words that fill it."""

    start: int
    end: int
    kind: str
    parts: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words of a language stand for; `forms` are (kind, pattern) pairs whose groups are looked up in them."""

    day_first: bool
    weekdays: Mapping[str, int]
    days: Mapping[str, int]  # "kemarin": -1
    units: Mapping[str, str]
    counts: Mapping[str, int]
    directions: Mapping[str, int]  # "lalu": -1, "ini": 0, "depan": 1
    forms: tuple[tuple[str, re.Pattern[str]], ...]


def _numbered(words: str, *, first: int = 0) -> dict[str, int]:
    return {word: number for number, names in enumerate(words.split(), start=first) for word in names.split("|")}


def _either(words: Mapping[str, object]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _forms(**patterns: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind.rstrip("_"), re.compile(pattern)) for kind, pattern in patterns.items())


_MONTHS = "|".join(sorted((name.title() for name in calendar.MONTHS), key=len, reverse=True))
_MONTH = rf"(?P<month>{_MONTHS})\b\.?(?:[-–](?:{_MONTHS})\b\.?)?"  # of "January-March 2023" the first
_YEAR = r"(?P<year>(?:19|20)\d\d)\b(?![.,]\d)"
_DAY = r"(?<![\d.,/-])(?P<day>\d\d?)"
_RANGE = r"(?:(?: ?[-–] ?| (?:to|and|hingga|sampai|dan) )\d\d?)?"
_NUMERIC = r"(?<=\()(?P<first>\d\d?)/(?P<second>\d\d?)(?=\))"
_ODD = rf"(?<!\d)\d\d?[^\d.;()]{{1,14}}{_MONTH}[^\d;()]{{1,14}}(?:19|20)\d\d\b"

_ID_UNITS = {"jam": "hour", "hari": "day", "pekan": "week", "minggu": "week", "bulan": "month", "tahun": "year"}
_ID_DIRECTIONS = {
    **{"lalu": -1, "yang lalu": -1, "silam": -1, "kemarin": -1, "ini": 0, "depan": 1, "mendatang": 1},
    **{"yang akan datang": 1, "akan datang": 1, "berikutnya": 1},
}
_ID_DAYS = {
    **{"kemarin": -1, "hari ini": 0, "besok": 1, "lusa": 2, "kemarin lusa": -2, "tadi malam": -1, "semalam": -1},
    **{"malam ini": 0, "pagi ini": 0, "siang ini": 0, "sore ini": 0, "esok hari": 1, "keesokan hari": 1},
}
_ID_WEEKDAYS = {**_numbered("Senin Selasa Rabu Kamis Jumat|Jum'at|Jum’at Sabtu Minggu|Ahad")}
_ID_COUNTS = _numbered("se|satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas", first=1)
_ID_DIR = rf"(?P<direction>{_either(_ID_DIRECTIONS)})\b"
_ID_PART = r"(?:(?:awal|akhir|pertengahan|penghujung) )"
_ID_NAMED = r"(?P<named>(?:[Pp]ada|[Bb]ulan|[Ss]ejak|[Hh]ingga|[Ss]ampai|[Dd]i|[Dd]ari|[Mm]ulai|[Ss]ebelum) )"

_EN_UNITS = {
    name: unit
    for unit in ("hour", "day", "week", "month", "year")
    for name in (unit, f"{unit}s", "weekend" if unit == "week" else unit)
}
_EN_DIRECTIONS = {"last": -1, "past": -1, "ago": -1, "earlier": -1, "this": 0, "next": 1, "coming": 1, "this coming": 1}
_EN_DAYS = {
    **{"yesterday": -1, "today": 0, "tomorrow": 1, "tonight": 0, "last night": -1, "this morning": 0},
    **{"this afternoon": 0, "this evening": 0, "the day before yesterday": -2, "the day after tomorrow": 2},
}
_EN_WEEKDAYS = _numbered(
    "Monday|Mon Tuesday|Tue|Tues Wednesday|Wed Thursday|Thu|Thurs Friday|Fri Saturday|Sat Sunday|Sun"
)
_EN_COUNTS = _numbered("a|an|one two three four five six seven eight nine ten eleven twelve", first=1)
_EN_LEADS = {"last": -1, "this": 0, "next": 1, "past": -1, "this past": -1, "this coming": 1, "the coming": 1}
_EN_DIR = rf"\b(?P<direction>(?i:{_either(_EN_LEADS)}))"
_EN_NAMED = (
    r"(?P<named>(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ee]arly|[Ll]ate|[Dd]uring|[Bb]efore|[Ff]rom|[Bb]ack in|[Oo]f|"
    r"[Mm]id-?) ?)"
)

_WORDS: dict[str, _Words] = {
    "id": _Words(
        day_first=True,
        weekdays={**_ID_WEEKDAYS, **{name.lower(): number for name, number in _ID_WEEKDAYS.items()}},
        days=_ID_DAYS,
        units=_ID_UNITS,
        counts=_ID_COUNTS,
        directions=_ID_DIRECTIONS,
        forms=_forms(
            odd=_ODD,
            day_month=rf"{_DAY}{_RANGE} {_MONTH}(?: {_YEAR})?(?: {_ID_DIR})?",
            numeric=_NUMERIC,
            month=rf"{_ID_NAMED}?{_ID_PART}?(?:bulan )?{_MONTH}(?:,? (?:tahun )?{_YEAR}|"
            rf" tahun (?P<year_direction>lalu|ini|depan)\b)?(?: {_ID_DIR})?",
            year=rf"\b(?i:pada|tahun|sejak|awal|akhir|pertengahan|di|dari|hingga|sampai|sebelum|selama|mulai) {_YEAR}",
            year_=rf"(?<=[a-z] ){_YEAR}(?= lalu| silam)",
            unit=rf"\b(?P<unit>pekan|[Mm]inggu|[Bb]ulan|[Tt]ahun|[Pp]ekan) {_ID_DIR}",
            ago=rf"\b(?:(?P<count>\d+|{_either(_ID_COUNTS)}) ?(?P<unit>{_either(_ID_UNITS)})"
            rf"|(?P<vague>[Bb]eberapa) (?P<vague_unit>hari|pekan|minggu)) (?P<direction>lalu|yang lalu|silam|"
            rf"mendatang|ke depan|lagi)\b",
            weekday=rf"\b(?:[Hh]ari (?P<any_weekday>(?i:{_either(_ID_WEEKDAYS)}))"
            rf"|(?P<weekday>{_either(_ID_WEEKDAYS)}))\b"
            r"(?: (?:dini hari|pagi|siang|sore|petang|malam)\b)?"
            rf"(?: (?:pekan|minggu) (?P<week_direction>lalu|ini|depan)\b| {_ID_DIR})?",
            word=rf"\b(?P<word>(?i:{_either(_ID_DAYS)}))\b",
        ),
    ),
    "en": _Words(
        day_first=False,
        weekdays=_EN_WEEKDAYS,
        days=_EN_DAYS,
        units=_EN_UNITS,
        counts=_EN_COUNTS,
        directions=_EN_DIRECTIONS | _EN_LEADS,
        forms=_forms(
            odd=_ODD,
            day_month=rf"(?:{_EN_DIR} )?{_DAY}(?:st|nd|rd|th)?{_RANGE}(?: of)? {_MONTH}(?:,? {_YEAR})?",
            day_month_=rf"\b{_MONTH} (?P<day>\d\d?)(?:st|nd|rd|th)?\b(?! ?(?:percent|%)){_RANGE}(?:,? {_YEAR})?",
            numeric=_NUMERIC,
            month=rf"(?:(?:{_EN_DIR} |{_EN_NAMED}))?\b{_MONTH}(?:,? (?:of )?{_YEAR}|"
            r" (?:of )?(?P<year_direction>last|this|next) year\b)?",
            year=rf"\b(?i:in|since|late|early|mid|by|until|from|during|of|the|before|end of|’s|'s)[ -]{_YEAR}"
            r"(?! (?:people|troops|soldiers|civilians|men|women|tons|miles|km|homes))",
            unit=rf"{_EN_DIR} (?P<unit>week|weekend|month|year)\b",
            ago=rf"\b(?:(?P<count>\d+|(?i:{_either(_EN_COUNTS)})) (?P<unit>{_either(_EN_UNITS)})"
            r"|(?P<vague>(?i:a few|several)) (?P<vague_unit>days|weeks)) (?P<direction>ago|earlier)\b",
            weekday=rf"(?:{_EN_DIR} )?\b(?P<weekday>{_either(_EN_WEEKDAYS)})\b(?:,? (?P<week_direction>last|this|next)"
            r" week\b)?(?: (?:morning|afternoon|evening|night)\b)?",
            weekday_=rf"(?P<week_direction>[Ll]ast|[Tt]his|[Nn]ext) week on (?P<weekday>{_either(_EN_WEEKDAYS)})\b",
            word=rf"\b(?P<word>(?i:{_either(_EN_DAYS)}))\b",
        ),
    ),
}
_GLUE = re.compile(r"[\s,(]{1,3}")
_DATED = ("full", "day_month", "numeric")


@lru_cache(maxsize=512)
def find(sentence: str, language: str) -> tuple[Expression, ...]:
    """The date expressions of a sentence in their order; where two overlap, the longer one."""
    words = _WORDS[language]
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
    for one in sorted(found, key=lambda one: (one.start - one.end, one.kind != "full", one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


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
    return _RESOLVERS[one.kind](one.parts, _WORDS[language], known, future)


def _full(parts: Mapping[str, str], _words: _Words, _report: date | None, _future: bool) -> EventDate | None:
    return EventDate(date.fromisoformat(parts["iso"]))


def _odd(parts: Mapping[str, str], words: _Words, _report: date | None, _future: bool) -> EventDate | None:
    day = calendar.parse(parts["text"], day_first=words.day_first)
    return EventDate(day) if day else None


def _day_month(parts: Mapping[str, str], words: _Words, report: date | None, future: bool) -> EventDate | None:
    return _of_year(calendar.month(parts["month"]), int(parts["day"]), parts, words, report, future)


def _numeric(parts: Mapping[str, str], words: _Words, report: date | None, future: bool) -> EventDate | None:
    first, second = int(parts["first"]), int(parts["second"])
    day, number = (first, second) if (words.day_first or first > 12) and second <= 12 else (second, first)
    return _of_year(number, day, parts, words, report, future)


def _of_year(
    number: int, day: int, parts: Mapping[str, str], words: _Words, report: date | None, future: bool
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


def _month(parts: Mapping[str, str], words: _Words, report: date | None, future: bool) -> EventDate | None:
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


def _year(parts: Mapping[str, str], _words: _Words, _report: date | None, _future: bool) -> EventDate | None:
    return EventDate(date(int(parts["year"]), 1, 1), "year")


def _unit(parts: Mapping[str, str], words: _Words, report: date | None, _future: bool) -> EventDate | None:
    unit = words.units[parts["unit"].lower()]
    return _shifted(report, unit, words.directions[parts["direction"].lower()]) if report else None


def _ago(parts: Mapping[str, str], words: _Words, report: date | None, _future: bool) -> EventDate | None:
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


def _weekday(parts: Mapping[str, str], words: _Words, report: date | None, future: bool) -> EventDate | None:
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


def _word(parts: Mapping[str, str], words: _Words, report: date | None, _future: bool) -> EventDate | None:
    return EventDate(report + timedelta(days=words.days[parts["word"].lower()])) if report else None


def _direction(parts: Mapping[str, str], words: _Words) -> int | None:
    return words.directions[parts["direction"].lower()] if "direction" in parts else None


_Resolver = Callable[[Mapping[str, str], _Words, date | None, bool], EventDate | None]
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
