"""More articles from the same annotations: states and persons give way to others of their kind, in text and records.

The reader then sees each construction with many names and has to read what the words between them say instead of
remembering who is told to attack whom. Annotations name mentions and triggers as strings, so one replacement of
whole words keeps text and record together; a sentence in which it would not is left as it was.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kgraph.actors import tables
from kgraph.language.reading import PRONOUNS

Row = tuple[dict, dict]
KNOWN = 3  # mentions of an actor in train before it stands in for others


@dataclass(frozen=True, slots=True)
class Swaps:
    """The names of states and persons in one language's train part, by actor and form, with their counts."""

    names: Mapping[str, Mapping[tuple[str, str], Counter[str]]]  # type -> (canon, form) -> names
    form: Callable[[str, str], str]

    def __call__(self, rows: Sequence[Row], rng: random.Random, share: float) -> list[Row]:
        """The article, its states and its persons each exchanged with the chance `share`."""
        mapping: dict[str, str] = {}
        for kind in ("CTY", "PER"):
            if rng.random() < share:
                mapping |= self._exchange(kind, rows, rng)
        return [_replaced(row, mapping) for row in rows] if mapping else list(rows)

    def _exchange(self, kind: str, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
        named = self.names[kind]
        found = {(name, canon): None for _, record in rows for name, type_, canon in record["e"] if type_ == kind}
        present = dict.fromkeys(canon for _, canon in found)
        others = sorted({canon for canon, _ in named} - present.keys())
        chosen = dict(zip(present, rng.sample(others, min(len(present), len(others))), strict=False))
        mapping = {}
        for name, canon in found:
            form = self.form(kind, name)
            pool = named.get((chosen.get(canon, ""), form)) or named.get((chosen.get(canon, ""), "name"))
            if form != "pronoun" and pool:
                mapping[name] = rng.choices(list(pool), list(pool.values()))[0]
        return mapping


def swaps(articles: Iterable[Sequence[Row]]) -> Swaps:
    """What one language's articles call their states and persons."""
    forms = _state_forms()
    counts: dict[str, dict[tuple[str, str], Counter[str]]] = {"CTY": {}, "PER": {}}

    def form(kind: str, name: str) -> str:
        if kind == "CTY":
            return forms.get(name.lower(), "name")
        if name.lower() in PRONOUNS:
            return "pronoun"
        return "name" if " " in name else "short"

    for rows in articles:
        for _, record in rows:
            for name, kind, canon in record["e"]:
                if kind in counts:
                    counts[kind].setdefault((canon, form(kind, name)), Counter())[name] += 1
    known = {
        kind: {key: names for key, names in found.items() if sum(found.get((key[0], "name"), {}).values()) >= KNOWN}
        for kind, found in counts.items()
    }
    return Swaps(known, form)


def _state_forms() -> dict[str, str]:
    """Names of peoples and of capitals, in lower case, to what they are."""
    forms: dict[str, str] = {}
    for row in tables.rows(tables.TABLES / "states.csv", ("key", "people", "capital")):
        for column in ("people", "capital"):
            forms |= {name.lstrip("~").lower(): column for name in row.list(column)}
    return forms


def _replaced(row: Row, mapping: Mapping[str, str]) -> Row:
    """Text and record with every whole word of `mapping` exchanged, or as they were where a name would be lost."""
    sentence, record = row
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(mapping, key=len, reverse=True)))})(?!\w)")

    def put(text: str) -> str:
        return pattern.sub(lambda match: mapping[match[0]], text)

    text = put(sentence["text"])
    entities = [[put(name), kind, canon] for name, kind, canon in record["e"]]
    statements = [
        [put(s), relation, put(o), put(trigger), status, negated, put(by), stance]
        for s, relation, o, trigger, status, negated, by, stance in record["s"]
    ]
    names = [name for name, _, _ in entities]
    strings = names + [statement[3] for statement in statements]
    if len(set(names)) < len(names) or not all(string in text for string in strings):
        return row
    changed = {**sentence, "text": text}
    if sentence.get("context"):
        changed["context"] = put(sentence["context"])
    return changed, {**record, "e": entities, "s": statements}
