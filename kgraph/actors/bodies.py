"""Bodies of states by pattern: "Kementerian Pertahanan Rusia", "Russia's defence ministry", "KBRI Teheran"."""

from __future__ import annotations

from collections.abc import Iterable

from kgraph.actors.book import Book, Keys
from kgraph.actors.forms import spaced, without_bracket
from kgraph.actors.names import keys
from kgraph.records import Actor, EntityType

_FILLERS = frozenset({"s", "of", "the", "di", "in", "untuk", "kerajaan", "republik", "pemerintah"})
_ARTICLE = ("United ", "Philippines", "Netherlands", "Maldives", "Bahamas", "Czech", "Democratic Republic", "Republic")
_PLACED = frozenset({"embassy", "consulate"})


def body(book: Book, surface: str) -> Actor | None:
    """The body of a state that a name with the state in it means, whichever comes first."""
    words = keys(without_bracket(surface))
    for cut in range(1, len(words)):
        for kind_words, rest in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
            kind = book.patterns.kind_of.get(_trimmed(kind_words))
            found = kind and _of(book, kind, _trimmed(rest))
            if found:
                return found
    return _placed(book, words)


def _placed(book: Book, words: Keys) -> Actor | None:
    """ "US Embassy in Baghdad": the state before, the place after."""
    for at in range(1, len(words) - 1):
        kind = book.patterns.kind_of.get(words[at : at + 1])
        state, place = _state(book, _trimmed(words[:at])), _place(book, _trimmed(words[at + 1 :]))
        if kind in _PLACED and state and place:
            return of_state(book, kind, state, place)
    return None


def kind_named(book: Book, surface: str) -> str | None:
    """The kind of body that a name with no state in it tells."""
    return book.patterns.kind_of.get(_trimmed(keys(without_bracket(surface))))


def own_body(book: Book, kind: str, state: Actor | None, language: str) -> Actor | None:
    """A body of a kind of which the article has named none: of the usual state, else of `state`."""
    if " in {}" in book.patterns.kinds[kind].en:
        return _placeless(book, kind)
    usual = book.patterns.kinds[kind].default.get(language)
    owner = book.actors[usual] if usual else state
    return of_state(book, kind, owner) if owner else None


def of_state(book: Book, kind: str, state: Actor, place: Actor | None = None) -> Actor:
    """The body of this kind that a state has, by its own name where the table has one."""
    named = book.patterns.named.get((state.key, kind))
    if named and not place:
        return book.actors[named]
    shape = book.patterns.kinds[kind]
    plain = shape.en.replace("{}", _with_article(state.label))
    label = shape.en.replace("{}", book.adjectives.get(state.key, state.label)) if shape.en.startswith("{}") else plain
    indonesian = shape.id.replace("{}", dict(state.labels)["id"])
    if place:
        label, indonesian = f"{label} in {place.label}", f"{indonesian} di {dict(place.labels)['id']}"
        plain = label
    return _made(plain, label, indonesian)


def placed(met: Iterable[Actor]) -> dict[str, Actor]:
    """By the label of an embassy without its place: the one among different actors that has it with a place."""
    found: dict[str, list[Actor]] = {}
    for actor in met:
        parts = actor.label.split(" in ")
        for cut in range(1, len(parts)):
            found.setdefault(" in ".join(parts[:cut]), []).append(actor)
    return {label: actors[0] for label, actors in found.items() if len(actors) == 1}


def _placeless(book: Book, kind: str) -> Actor:
    """An embassy of Indonesia of which the article never says where it is."""
    shape = book.patterns.kinds[kind]
    label, indonesian = shape.en.split(" in {}")[0], shape.id.split(" di {}")[0]
    return _made(label, label, indonesian)


def _made(named: str, label: str, indonesian: str) -> Actor:
    """A body whose key is made of `named`, which stays as it is where the label becomes better English."""
    key = "".join(word.capitalize() for word in keys(named))
    return Actor(key, "ORG", label, (("en", label), ("id", indonesian)), known=True)


def _of(book: Book, kind: str, rest: Keys) -> Actor | None:
    if " in {}" in book.patterns.kinds[kind].en:
        place = _place(book, rest)
        return of_state(book, kind, place) if place else None
    state = _state(book, rest)
    if state:
        return of_state(book, kind, state)
    for cut in range(1, len(rest) if kind in _PLACED else 0):
        state, place = _state(book, _trimmed(rest[:cut])), _place(book, _trimmed(rest[cut:]))
        if state and place:
            return of_state(book, kind, state, place)
    return None


def _state(book: Book, words: Keys) -> Actor | None:
    return next(iter(book.lookup(" ".join(words).upper(), "CTY")), None) if words else None


def _place(book: Book, words: Keys) -> Actor | None:
    name = " ".join(words).upper()
    return next(iter([*book.lookup(name, "LOC"), *book.lookup(name, "CTY")]), None)


def _trimmed(words: Keys) -> Keys:
    """Words without the small ones before and after."""
    start, end = 0, len(words)
    while start < end and words[start] in _FILLERS:
        start += 1
    while start < end and words[end - 1] in _FILLERS:
        end -= 1
    return words[start:end]


def is_kind(book: Book, actor: Actor, kind: str) -> bool:
    """Whether an actor is a body of this kind."""
    if actor.key in (key for (_, named), key in book.patterns.named.items() if named == kind):
        return True
    return actor.label.startswith(book.patterns.kinds[kind].en.split("{}")[0].strip() or "\0")


def _with_article(state: str) -> str:
    return f"the {state}" if state.startswith(_ARTICLE) else state


def between(book: Book, surface: str, kind: EntityType, lands: Iterable[str]) -> Actor | None:
    """A war or conflict by those who fight it, or a border by the two states that it parts."""
    words = set(keys(surface))
    named = [hit.candidates[0] for hit in book.find(spaced(surface))]
    if kind == "EVT" and words & book.patterns.wars:
        return _war(book, {actor.key for actor in named}, set(lands))
    states = sorted({actor.label for actor in named if actor.type == "CTY"})
    if kind == "LOC" and words & book.patterns.borders and len(states) == 2:
        label = f"{states[0]}–{states[1]} border"
        key = "".join(word.capitalize() for word in keys(label))
        return Actor(key, "LOC", label, (("en", label),), known=True)
    return None


def _war(book: Book, sides: set[str], lands: set[str]) -> Actor | None:
    """The first war of the table told by just these sides, or by these and a side that the article names."""
    for key, told in book.wars:
        if sides and sides in told:
            return book.actors[key]
    for key, told in book.wars:
        if sides and any(sides < whole and whole - sides <= lands for whole in told):
            return book.actors[key]
    return None
