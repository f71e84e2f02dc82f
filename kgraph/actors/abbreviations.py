"""Abbreviations that an article explains itself: "Korps Garda Revolusi Islam (IRGC)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.actors import forms
from kgraph.actors.book import Keys
from kgraph.actors.names import keys
from kgraph.actors.reading import Reading

_BRACKET = re.compile(r"\s{0,2}\(([^()\n]{2,24})\)")


def definitions(reading: Reading) -> Iterator[tuple[Keys, int]]:
    """Abbreviations that the article itself explains: "Korps Garda Revolusi Islam (IRGC)"."""
    for i, mention in reversed(list(enumerate(reading.mentions))):
        inside = _BRACKET.match(reading.text, mention.end)
        named = inside and mention.type != "CTY" and any(c.isupper() for c in inside[1])
        if inside and mention.type == "PER":  # an age, a party or a state stands there more often
            named = inside[1].isupper() and forms.initials_fit(reading.surfaces[i], inside[1])
        if inside and named and not _part_only(reading, i, inside[1]):
            yield keys(inside[1]), i


def _part_only(reading: Reading, i: int, short: str) -> bool:
    """Whether a bracket explains but the end of a name: "Dewan HAM Perserikatan Bangsa-Bangsa (PBB)"."""
    known = {actor.key for actor in reading.book.lookup(short, reading.mentions[i].type)}
    surface = reading.surfaces[i]
    inner = reading.book.find(surface[surface.find(" ") + 1 :]) if " " in surface else []
    return any(actor.key in known for hit in inner for actor in hit.candidates)


def defined(reading: Reading) -> None:
    """An abbreviation is what the article says it is; the book's meaning counts where the spelled name is unknown."""
    for i in reading.open():
        at = reading.defined.get(reading.words[i])
        if at is None or at == i or reading.mentions[at].type != reading.mentions[i].type:
            continue
        known = reading.book.lookup(reading.surfaces[i], reading.mentions[i].type)
        spelled = reading.surfaces[at]
        if at in reading.settled:
            reading.settle(i, reading.settled[at][0], "abbreviation explained in the article")
        elif known and not forms.initials_fit(spelled, reading.surfaces[i]):
            reading.settle(i, known[0], "alias")
            reading.settle(at, known[0], "abbreviation explained in the article")


def explained(reading: Reading) -> None:
    """An unknown name whose bracket holds a known abbreviation that is no mention of its own."""
    for short, i in reading.defined.items():
        if i not in reading.settled:
            text = " ".join(short).upper()
            known = reading.book.lookup(text, reading.mentions[i].type)
            if known and not forms.initials_fit(reading.surfaces[i], text):
                reading.settle(i, known[0], "abbreviation explained in the article")
