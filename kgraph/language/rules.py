"""Statements by rule: the trigger words of the ontology, word order, and the cues of the language.

A trigger's voice tells where its ends stand. `active`: subject before, object after ("X menyerang Y"). `passive`: the
other way round ("Y diserang oleh X"). `nominal`: as active, or both after it ("serangan X terhadap Y"). Any relation of
an ontology works so, also one that a user adds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kgraph.language import attribution, cues, offices
from kgraph.language.drafts import DraftMention, DraftStatement
from kgraph.language.scenes import Argument, Scene, Trigger
from kgraph.language.sentences import parts
from kgraph.ontology import Ontology, Relation
from kgraph.records import Stance, Status

CONFIDENCE = 0.5  # no figure of a statement's own: about half of what the rules find is right
REACH_BEFORE, REACH_AFTER = 14, 8  # words between a trigger and its ends
LONGEST = 2000  # characters of a sentence; more is cut, so that time stays linear in the text
WINDOW = 6  # words before a trigger in which its cues stand
CLOSED = re.compile(r"[\"”“;]|\.\s")
BY_OFFICE = "holdsPositionIn"

Pair = tuple[Argument, Argument]
Claim = tuple[Argument | None, Stance | None]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a trigger word may express."""

    relation: Relation
    voice: str


@dataclass(frozen=True)
class Lexicon:
    """The trigger words of one language."""

    senses: dict[str, list[Sense]]
    pattern: re.Pattern[str]
    offices: bool  # whether holding an office is among what is looked for

    @classmethod
    def of(cls, ontology: Ontology, language: str, *, only: frozenset[str] | None = None) -> Lexicon:
        """The words of all relations, or of those named in `only`."""
        senses: dict[str, list[Sense]] = {}
        for relation in ontology.relations.values():
            if only is not None and relation.name not in only:
                continue
            for voice in ("active", "passive", "nominal"):
                for word in getattr(relation, voice).get(language, ()):
                    senses.setdefault(word.casefold(), []).append(Sense(relation, voice))
        named = {sense.relation.name for meant in senses.values() for sense in meant}
        return cls(senses, cues.pattern(senses), BY_OFFICE in named)

    def find(self, scene: Scene) -> Iterator[tuple[Trigger, list[Sense]]]:
        """Trigger words of a sentence that are not part of a name."""
        for match in self.pattern.finditer(scene.text, scene.start, scene.end):
            if not any(a.start < match.end() and match.start() < a.end for a in scene.arguments if a.type != "WPN"):
                yield Trigger(*match.span()), self.senses[" ".join(match[0].casefold().split())]


def find(
    text: str,
    sentences: Sequence[tuple[int, int]],
    mentions: Sequence[DraftMention],
    lexicon: Lexicon,
    words: cues.Cues,
) -> list[DraftStatement]:
    """The statements of an article between its mentions, in text order."""
    found: dict[tuple[object, ...], DraftStatement] = {}
    for number, (start, end) in enumerate(sentences):
        for part in parts(text, start, end, LONGEST):
            for statement in _in_sentence(Scene.of(text, *part, mentions, words), number, lexicon):
                key = (statement.sentence, statement.subject, statement.relation, statement.object)
                found.setdefault((*key, statement.status, statement.source), statement)
    return list(found.values())


def _in_sentence(scene: Scene, number: int, lexicon: Lexicon) -> Iterator[DraftStatement]:
    if lexicon.offices:
        for person, place, trigger in offices.find(scene):
            yield DraftStatement(
                person.index, BY_OFFICE, place.index, number, (trigger.start, trigger.end), confidence=CONFIDENCE
            )
    speakers = attribution.find(scene)
    for trigger, senses in lexicon.find(scene):
        sense, pairs = _best(scene, trigger, senses)
        if not sense:
            continue
        status, negated = _status(scene, trigger, pairs, sense)
        claims: Sequence[Claim] = attribution.of(speakers, trigger) or [(None, None)]
        for subject, other in pairs:
            for source, stance in claims:
                yield DraftStatement(
                    subject.index, sense.relation.name, other.index, number, (trigger.start, trigger.end),
                    status, negated, source.index if source else None, stance, CONFIDENCE,
                )  # fmt: skip


def _best(scene: Scene, trigger: Trigger, senses: Iterable[Sense]) -> tuple[Sense | None, list[Pair]]:
    """The first sense that finds its ends."""
    for sense in senses:
        if sense.relation.name != BY_OFFICE:
            pairs = list(_pairs(scene, trigger, sense))
            if pairs:
                return sense, pairs
    return None, []


def _pairs(scene: Scene, trigger: Trigger, sense: Sense) -> Iterator[Pair]:
    """Subjects and objects of one trigger, joined ones each on their own."""
    relation = sense.relation
    mutual = scene.cues.has("mutual", scene.last_words(scene.start, trigger.end, 4))
    joined = _together(scene, trigger, relation) if mutual or relation.symmetric else []
    if joined:
        yield from joined
        yield from ((b, a) for a, b in joined if not relation.symmetric)
        return
    near = scene.text[trigger.start : trigger.end].casefold() in scene.cues.words["prepositions"]
    noun = _after_noun(scene, trigger, relation) if sense.voice == "nominal" else None
    subjects, objects = noun or _around(scene, trigger, sense, near=near)
    for subject in subjects:
        for other in objects:
            if scene.name(subject) != scene.name(other):
                yield subject, other


def _around(scene: Scene, trigger: Trigger, sense: Sense, *, near: bool) -> tuple[list[Argument], list[Argument]]:
    """The ends before and after a trigger; for a preposition they must touch it."""
    passive = sense.voice == "passive" or scene.is_passive(trigger)
    first, second = sense.relation.domain, sense.relation.range
    if passive:
        first, second = second, first
    before = _before(scene, trigger, first, reach=0 if near else REACH_BEFORE)
    after = _after(scene, trigger.end, second, reach=0 if near else REACH_AFTER)
    return (after, before) if passive else (before, after)


def _before(scene: Scene, trigger: Trigger, types: frozenset[str], *, reach: int) -> list[Argument]:
    """The nearest that is not the object of a preposition, with those joined to it."""
    told = scene.told(trigger)
    if told and told.type in types:
        return scene.group(told)
    for argument in reversed(scene.arguments):
        away = scene.words(argument.end, trigger.start)
        if argument.end > trigger.start or argument.type not in types:
            continue
        if away > reach:
            break
        if away == 0 or not scene.is_oblique(argument):
            return scene.group(argument)
    return []


def _after(scene: Scene, at: int, types: frozenset[str], *, reach: int) -> list[Argument]:
    """The nearest within the clause, with those joined to it."""
    first = next((a for a in scene.arguments if a.start >= at and a.type in types), None)
    if first is None:
        return []
    gap = scene.text[at : first.start]
    if scene.words(at, first.start) > reach or CLOSED.search(gap) or scene.cues.has("break", gap):
        return []
    person = scene.person(first)
    return [a for a in scene.group(person if person.type in types else first) if a.type in types]


def _after_noun(scene: Scene, trigger: Trigger, relation: Relation) -> tuple[list[Argument], list[Argument]] | None:
    """Both ends after a noun: "kunjungan Kim ke Rusia", "talks between A and B"; None where they do not stand so."""
    later = [a for a in scene.arguments if a.start >= trigger.end]
    for first, second in pairwise(later[:3]):
        gap = scene.text[trigger.end : first.start]
        link = scene.text[scene.group(first)[-1].end : second.start] if second not in scene.group(first) else " & "
        linked = gap == " " or (scene.words(trigger.end, first.start) <= 3 and scene.cues.has("nominal link", gap))
        if first.type not in relation.domain or not linked:
            return None
        if second in scene.group(first):
            return ([first], [second]) if relation.symmetric else None
        if second.type in relation.range and len(link.split()) <= 4 and scene.cues.has("target link", link):
            return scene.group(first), scene.group(second)
    return None


def _together(scene: Scene, trigger: Trigger, relation: Relation) -> list[Pair]:
    """Those before a trigger who do something with each other: "X dan Y bertemu"."""
    before = _before(scene, trigger, relation.domain, reach=REACH_BEFORE)
    return [(before[0], other) for other in before[1:]]


def _status(scene: Scene, trigger: Trigger, pairs: Sequence[Pair], sense: Sense) -> tuple[Status, bool]:
    """What the cues before a trigger say, and for a noun those after its last end."""
    clause = max([scene.start, *(a.end for a in scene.arguments if a.end <= trigger.start)])
    window = scene.last_words(scene.start, trigger.start, WINDOW)
    close = scene.last_words(clause, trigger.start, WINDOW)
    earlier = scene.before(trigger.start)
    if sense.voice == "nominal":
        last = max(a.end for pair in pairs for a in pair)
        close += " " + scene.first_words(max(last, trigger.end), 4)
    negated = not scene.told(trigger) and scene.cues.has("negation", scene.last_words(clause, trigger.start, 4))
    if scene.cues.has("possible", window) or scene.cues.has("possible after", earlier):
        return "possible", negated
    return ("planned" if scene.cues.has("planned", close) else "asserted"), negated


def without_idle(
    mentions: Sequence[DraftMention], statements: Sequence[DraftStatement]
) -> tuple[tuple[DraftMention, ...], tuple[DraftStatement, ...]]:
    """The same less the weapons that no statement is about: common nouns count only where a relation uses them."""
    ends = {i for s in statements for i in (s.subject, s.object)}
    kept = [i for i, m in enumerate(mentions) if m.type != "WPN" or i in ends or _in_trigger(m, statements)]
    place = {old: new for new, old in enumerate(kept)}
    fewer = (replace(mentions[i], antecedent=_moved(mentions[i].antecedent, place)) for i in kept)
    moved = (
        replace(s, subject=place[s.subject], object=place[s.object], source=_moved(s.source, place)) for s in statements
    )
    return tuple(fewer), tuple(moved)


def _moved(index: int | None, place: Mapping[int, int]) -> int | None:
    return None if index is None else place[index]


def _in_trigger(mention: DraftMention, statements: Sequence[DraftStatement]) -> bool:
    return any(s.trigger[0] <= mention.start and mention.end <= s.trigger[1] for s in statements)
