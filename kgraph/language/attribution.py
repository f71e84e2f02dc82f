"""Who makes or denies a claim: the speakers of a sentence, and the stretch of it that is their speech."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgraph.language.scenes import Argument, Scene, Trigger
from kgraph.records import Stance

SPEAKING = ("PER", "CTY", "ORG", "GRP")
TAIL = 3  # a verb with fewer words after it closes its speech


@dataclass(frozen=True, slots=True)
class Speech:
    """Characters `start` to `end` are what `speakers` say or deny."""

    speakers: tuple[Argument, ...]
    stance: Stance
    start: int
    end: int


def find(scene: Scene) -> list[Speech]:
    """All speech of a sentence; denials first."""
    found = [*_by_verb(scene, "denies", "denies"), *_by_verb(scene, "says after", "says"), *_named_after(scene)]
    return [speech for speech in found if speech.speakers]


def of(speeches: Sequence[Speech], trigger: Trigger) -> list[tuple[Argument, Stance]]:
    """The speakers of a trigger: of a denial that holds it, else of the nearest speech."""
    holding = [s for s in speeches if s.start <= trigger.start < s.end and not _holds(s, trigger)]
    if not holding:
        return []
    speech = next((s for s in holding if s.stance == "denies"), holding[0])
    return [(speaker, speech.stance) for speaker in speech.speakers]


def _holds(speech: Speech, trigger: Trigger) -> bool:
    return any(speaker.start <= trigger.start < speaker.end for speaker in speech.speakers)


def _by_verb(scene: Scene, kind: str, stance: Stance) -> Iterator[Speech]:
    """Speakers before their verb: "X dan Y membantah bahwa …", "…, TASS mengatakan."."""
    for verb in _verbs(scene, kind):
        speaker = _before(scene, verb)
        if not speaker:
            continue
        closes = not any(a.start >= verb.end for a in scene.arguments)
        if closes:
            yield Speech(tuple(speaker), stance, scene.start, speaker[0].start)
        else:
            yield Speech(tuple(speaker), stance, verb.end, scene.end)


def _named_after(scene: Scene) -> Iterator[Speech]:
    """Speakers after their verb: "…, kata juru bicara Kremlin Dmitry Peskov", "menurut TASS"."""
    for verb in _verbs(scene, "says before"):
        speaker = _after(scene, verb)
        if speaker and not (scene.cues.has("says after", scene.text[verb.start : verb.end]) and _before(scene, verb)):
            leads = scene.words(scene.start, verb.start) < TAIL
            yield Speech((speaker,), "says", *((speaker.end, scene.end) if leads else (scene.start, verb.start)))


def _verbs(scene: Scene, kind: str) -> list[Trigger]:
    matches = scene.cues.patterns[kind].finditer(scene.text, scene.start, scene.end)
    return [Trigger(*match.span()) for match in matches]


def _before(scene: Scene, verb: Trigger) -> list[Argument]:
    near = [a for a in scene.arguments if a.end <= verb.start and a.type in SPEAKING]
    if not near or scene.words(near[-1].end, verb.start) > 5:
        return []
    group = scene.group(near[-1])
    return [] if scene.is_oblique(near[-1]) and scene.words(near[-1].end, verb.start) > 1 else group


def _after(scene: Scene, verb: Trigger) -> Argument | None:
    """The first after a verb, or the person whose office it belongs to."""
    later = [a for a in scene.arguments if a.start >= verb.end and a.type in SPEAKING]
    if not later or scene.words(verb.end, later[0].start) > 5 or "," in scene.text[verb.end : later[0].start]:
        return None
    return scene.person(later[0])
