"""The small tables behind names made by pattern: ministries of states, offices, generic words, titles, pronouns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kgraph.actors.names import keys
from kgraph.actors.tables import TABLES, rows
from kgraph.errors import OntologyError
from kgraph.records import ENTITY_TYPES, EntityType

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A generic word around a name: "Provinsi {}" is "{} Province" in English; `loose` ones may be left out."""

    type: EntityType
    before: str
    after: str
    label: str
    loose: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of body that states have; `{}` in the labels is the state."""

    name: str
    en: str
    id: str
    default: Mapping[str, str]  # language -> state meant where none is named


@dataclass(frozen=True, slots=True)
class Patterns:
    """All patterns, by the words that call for them."""

    forms: tuple[Form, ...]
    kinds: Mapping[str, Kind]
    kind_of: Mapping[Keys, str]  # "kementerian luar negeri" -> "foreign"
    named: Mapping[tuple[str, str], str]  # (state, kind) -> key of the body that has a name of its own
    titles: Mapping[Keys, str]  # "perdana menteri" -> "prime minister"
    honorifics: frozenset[str]  # never part of a name: "Presiden"
    styles: frozenset[str]  # part of some names: "Sultan", "Pope"
    pronouns: frozenset[str]
    wars: frozenset[str]
    borders: frozenset[str]

    @classmethod
    def load(cls, folder: Path = TABLES) -> Patterns:
        """The patterns of the package's tables."""
        kinds: dict[str, Kind] = {}
        kind_of: dict[Keys, str] = {}
        for row in rows(folder / "bodies.csv", ("kind", "en", "id", "words", "default")):
            default = dict(part.split(":") for part in row.list("default"))
            kinds[row["kind"]] = Kind(row["kind"], row["en"], row["id"], default)
            kind_of |= {keys(words): row["kind"] for words in row.list("words")}
        named = {
            (row["state"], row["kind"]): row["key"]
            for row in rows(folder / "bodies_named.csv", ("state", "kind", "key"))
        }
        titles = {
            keys(words): row["title"]
            for row in rows(folder / "titles.csv", ("title", "en", "id", "words"))
            for words in [row["en"], row["id"], *row.list("words")]
        }
        uses = {row["use"]: frozenset(row.list("words")) for row in rows(folder / "words.csv", ("use", "words"))}
        spoken = (uses[use] for use in ("honorific", "style", "pronoun", "war", "border"))
        return cls(_forms(folder), kinds, kind_of, named, titles, *spoken)


def _forms(folder: Path) -> tuple[Form, ...]:
    forms = []
    for row in rows(folder / "forms.csv", ("type", "pattern", "label", "loose")):
        kind = next((known for known in ENTITY_TYPES if known == row["type"]), None)
        if kind is None or row["pattern"].count("{}") != 1:
            cure = "for example LOC,Pulau {},{} Island,yes"
            raise OntologyError("a form needs a type and one {}", place=row.place, cure=cure)
        before, after = row["pattern"].lower().split("{}")
        forms.append(Form(kind, before, after, row["label"], row["loose"] == "yes"))
    return tuple(forms)
