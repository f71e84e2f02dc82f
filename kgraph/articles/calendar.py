"""Absolute dates as news and its metadata write them. Nothing here depends on the clock or the locale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan january januari",
            "feb february februari pebruari",
            "mar march maret",
            "apr april",
            "may mei",
            "jun june juni",
            "jul july juli",
            "aug august agustus agu agt agust ags",
            "sep sept september",
            "oct october okt oktober",
            "nov november nopember",
            "dec december des desember",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)(?!\d)",
        rf"(?<!\d){_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
        rf"(?<![\d/])(?P<first>\d\d?)[-/.](?P<second>\d\d?)[-/.]{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<day>\d\d?)(?:st|nd|rd|th)?[ -](?:of |bulan )?(?P<name>{MONTH})[ -]?,? ?(?:tahun )?{_YEAR}(?!\d)",
        rf"\b(?P<name>{MONTH}) (?P<day>\d\d?)(?:st|nd|rd|th)?,? {_YEAR}(?!\d)",
    )
)
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?")
_PARSER_SETTINGS: dict[str, Any] = {
    "DATE_ORDER": "DMY",
    "PARSERS": ["absolute-time"],
    "REQUIRE_PARTS": ["day", "month", "year"],
    "RELATIVE_BASE": datetime(2000, 1, 1),
    "TIMEZONE": "UTC",
    "RETURN_AS_TIMEZONE_AWARE": False,
}


def full_dates(text: str, *, day_first: bool = True) -> Iterator[tuple[int, int, date]]:
    """The (start, end, date) of each full date in `text`, in text order; `day_first` reads 3/4/2023 as 3 April."""
    found = [
        (match.start(), match.end(), day)
        for form in _FORMS
        for match in form.finditer(text)
        if (day := _date(match.groupdict(), day_first))
    ]
    yield from sorted(found)


@lru_cache(maxsize=4096)
def parse(text: str, *, day_first: bool = True) -> date | None:
    """The one date of a metadata field or a matched expression ("2023-09-12T10:00+07:00", "12 Sept. 2023"), or None."""
    text = text.strip()[:80]
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if len(text.split(".")[0]) > 10 else 1)
        return datetime.fromtimestamp(seconds, tz=UTC).date()
    for _start, _end, day in full_dates(text, day_first=day_first):
        return day
    return _with_dateparser(text) if re.search(r"\d", text) else None


def month(name: str) -> int:
    """The number of the month that `name` is in one of our languages, whole or shortened."""
    return MONTHS[name.lower().rstrip(".")]


def _date(parts: dict[str, str | None], day_first: bool) -> date | None:
    year = int(parts["year"] or 0)
    if parts.get("first"):
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        day, number = (first, second) if (day_first or first > 12) and second <= 12 else (second, first)
    else:
        day = int(parts["day"] or 0)
        number = month(parts["name"] or "") if parts.get("name") else int(parts["month"] or 0)
    return calendar_day(year, number, day)


def calendar_day(year: int, month_number: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month_number, day)
    except ValueError:
        return None


def _with_dateparser(text: str) -> date | None:
    import dateparser  # loads 0.3 s of tables: only when a form of our own does not fit

    found = dateparser.parse(text, languages=["id", "en"], settings=_PARSER_SETTINGS)
    return found.date() if found else None
