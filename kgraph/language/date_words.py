"""The words and forms of date expressions, a table a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kgraph.articles import calendar


@dataclass(frozen=True, slots=True)
class Words:
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

WORDS: dict[str, Words] = {
    "id": Words(
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
    "en": Words(
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
