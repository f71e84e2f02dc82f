"""A sentence as the rules see it: its outermost mentions in order, and the words between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kgraph.language.cues import Cues
from kgraph.language.drafts import DraftMention
from kgraph.records import EntityType

WORD = re.compile(r"[\w'’-]+")
SIGHT = 600  # characters: what is farther away within a sentence has no bearing, and costs nothing
FAR = 1000  # words


@dataclass(frozen=True, slots=True)
class Argument:
    """A mention that may be an end of a statement; `index` is its place among the article's mentions."""

    index: int
    start: int
    end: int
    type: EntityType


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that express a relation."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scene:
    """Characters `start` to `end` of an article's text, with the mentions there."""

    text: str
    start: int
    end: int
    arguments: tuple[Argument, ...]
    groups: tuple[tuple[Argument, ...], ...]  # those joined by "and", in order
    cues: Cues

    @classmethod
    def of(cls, text: str, start: int, end: int, mentions: Sequence[DraftMention], cues: Cues) -> Scene:
        """The scene of one sentence of an article."""
        outer: list[Argument] = []
        first = bisect_left(mentions, start, key=lambda mention: mention.start)
        last = bisect_left(mentions, end, key=lambda mention: mention.start)
        for i, mention in enumerate(mentions[first:last], first):
            held = bool(outer) and (mention.start < outer[-1].end or text[outer[-1].end : mention.start].strip() == "(")
            if mention.end <= end and not held:
                outer.append(Argument(i, mention.start, mention.end, mention.type))
        return cls(text, start, end, tuple(outer), tuple(joined_groups(text, outer, cues)), cues)

    def name(self, argument: Argument) -> str:
        """An argument's words."""
        return self.text[argument.start : argument.end]

    def words(self, start: int, end: int) -> int:
        """The number of words between two places; FAR, where they are."""
        if end - start > SIGHT:
            return FAR
        return len(WORD.findall(self.text, start, end)) if end > start else 0

    def last_words(self, start: int, end: int, count: int) -> str:
        """The last words before a place."""
        return " ".join(WORD.findall(self.text, max(start, end - SIGHT), end)[-count:]) if end > start else ""

    def before(self, place: int) -> str:
        """The text of the sentence before a place, as far as rules look back."""
        return self.text[max(self.start, place - SIGHT) : place]

    def first_words(self, start: int, count: int) -> str:
        """The first words after a place."""
        return " ".join(WORD.findall(self.text, start, min(self.end, start + SIGHT))[:count])

    def is_oblique(self, argument: Argument) -> bool:
        """Whether a preposition stands right before an argument, or before what it is joined to."""
        first = self.group(argument)[0]
        before = self.text[max(self.start, first.start - 30) : first.start]
        return self.cues.ends("prepositions", re.sub(r"\bthe\s*$", "", before))

    def is_passive(self, trigger: Trigger) -> bool:
        """Whether a form of "be" stands before a trigger and its agent right after it."""
        agent = self.first_words(trigger.end, 1).lower()
        been = self.cues.has("be", self.last_words(self.start, trigger.start, 3))
        return been and agent in self.cues.words["agent"]

    def told(self, trigger: Trigger) -> Argument | None:
        """Who is to do what a trigger says: "mendesak Korut untuk menjual", "urged Iran to stop"."""
        last = next((a for a in reversed(self.arguments) if a.end <= trigger.start), None)
        if last is None or not self.cues.has("possible after", self.before(last.start)):
            return None
        return last if self.cues.patterns["told"].match(self.text, last.end + 1) else None

    def person(self, argument: Argument) -> Argument:
        """The person whose office an argument is part of: "Thai Prime Minister Srettha", "China's Xi Jinping"."""
        later = next((a for a in self.arguments if a.start >= argument.end), None)
        if argument.type not in ("CTY", "ORG") or later is None or later.type != "PER":
            return argument
        gap = self.text[argument.end : later.start]
        held = self.words(argument.end, later.start) <= 5 and "," not in gap and self.cues.has("title", gap)
        before = self.before(argument.start)
        titled = gap == " " and (self.cues.ends("title", before) or self.cues.ends("title rest", before))
        return later if held or titled or gap.strip().lower() in self.cues.words["owner"] else argument

    def group(self, argument: Argument) -> list[Argument]:
        """An argument with those that it is joined to by "and"."""
        return list(next((group for group in self.groups if argument in group), (argument,)))


def joined_groups(text: str, arguments: Sequence[Argument], cues: Cues) -> list[tuple[Argument, ...]]:
    """The groups of arguments joined by "and", or by commas with an "and" at the end."""
    groups: list[list[Argument]] = [[argument] for argument in arguments[:1]]
    joined = {0: False}
    for left, right in pairwise(arguments):
        gap = text[left.end : right.start].strip(" ,").lower()
        listed = text[left.end : right.start].strip() in ("", ",")
        both = gap in cues.words["and"] or (gap.startswith(tuple(cues.words["and"])) and len(gap.split()) == 2)
        if (both or (listed and "," in text[left.end : right.start])) and left.type == right.type:
            groups[-1].append(right)
            joined[len(groups) - 1] |= both
        else:
            groups.append([right])
            joined[len(groups) - 1] = False
    return [tuple(group) for i, group in enumerate(groups) if joined[i] and len(group) > 1]
