"""Who holds which office: "Presiden Rusia Vladimir Putin", "Turkish President X", "X, Menteri Pertahanan Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.language.scenes import Argument, Scene, Trigger

GAP = re.compile(r"(?:\s[^\W\d_][\w'’-]*){0,4}\s")  # up to four more words of the office
BESIDE = re.compile(r"(?:['’]s?)?\s(?:\w+\s){0,2}")
NAMED = re.compile(r",?\s(?:\()?")
APART = re.compile(r"(?:\s\([^)]*\))?,\s(?:(?:the|a|an|seorang)\s)?(?:[\w-]+\s){0,2}")
HOLDERS = ("CTY", "ORG", "GRP")


def find(scene: Scene) -> Iterator[tuple[Argument, Argument, Trigger]]:
    """Persons, where they hold their office, and the words of the office."""
    for match in scene.cues.patterns["title"].finditer(scene.text, scene.start, scene.end):
        title = _whole(scene, Trigger(*match.span()))
        later = [a for a in scene.arguments if a.start >= title.end]
        earlier = [a for a in scene.arguments if a.end <= title.start]
        found = _country_inside(scene, title, later) or _country_before(scene, title, earlier, later)
        found = found or _apposed(scene, title, earlier, later)
        if found:
            yield found


def _whole(scene: Scene, title: Trigger) -> Trigger:
    """A title with its "former" or "deputy" before it and its field after it."""
    start, end = title.start, title.end
    for match in scene.cues.patterns["title start"].finditer(scene.text, scene.start, start):
        if scene.text[match.end() : start].strip() == "":
            start = match.start()
            break
    rest = scene.cues.patterns["title rest"].match(scene.text, end + 1)
    return Trigger(start, rest.end() if rest else end)


def _country_inside(scene: Scene, title: Trigger, later: list[Argument]) -> tuple[Argument, Argument, Trigger] | None:
    if len(later) < 2 or later[0].type not in HOLDERS or later[1].type != "PER":
        return None
    holder, person = later[:2]
    gap = scene.text[title.end : holder.start]
    if _continues(scene, gap) and (NAMED.fullmatch(scene.text[holder.end : person.start])):
        return person, holder, title
    return None


def _country_before(
    scene: Scene, title: Trigger, earlier: list[Argument], later: list[Argument]
) -> tuple[Argument, Argument, Trigger] | None:
    if not earlier or not later or earlier[-1].type not in HOLDERS or later[0].type != "PER":
        return None
    beside = BESIDE.fullmatch(scene.text[earlier[-1].end : title.start])
    if beside and NAMED.fullmatch(scene.text[title.end : later[0].start]):
        return later[0], earlier[-1], title
    return None


def _apposed(
    scene: Scene, title: Trigger, earlier: list[Argument], later: list[Argument]
) -> tuple[Argument, Argument, Trigger] | None:
    """A person with the office after a comma: "X, Presiden Y", "X, the Turkish president"."""
    if len(earlier) > 1 and earlier[-1].type in HOLDERS and earlier[-2].type == "PER":
        gap = scene.text[earlier[-2].end : earlier[-1].start]
        if APART.fullmatch(gap) and BESIDE.fullmatch(scene.text[earlier[-1].end : title.start]):
            return earlier[-2], earlier[-1], title
    if earlier and earlier[-1].type == "PER" and later and later[0].type in HOLDERS:
        gap = scene.text[earlier[-1].end : title.start]
        if APART.fullmatch(gap) and _continues(scene, scene.text[title.end : later[0].start]):
            return earlier[-1], later[0], title
    return None


def _continues(scene: Scene, gap: str) -> bool:
    """Whether words go on with an office: "(Menteri) Intelijen", "(ambassador) to"."""
    links = scene.cues.words["office link"]
    return bool(GAP.fullmatch(gap)) and all(word[0].isupper() or word in links for word in gap.split())
