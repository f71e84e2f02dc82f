"""Writes ontologies/actors.ttl from the tables: `python -m kgraph.actors.turtle`.

The tables are the truth; the Turtle is for those who want the book as linked data. The same tables give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kgraph.actors import tables
from kgraph.actors.tables import Entry, Office

TARGET = tables.TABLES.parent / "actors.ttl"

CLASSES = {
    "PER": "Person",
    "CTY": "State",
    "ORG": "Organization",
    "GRP": "Group",
    "LOC": "Place",
    "WPN": "Weapon",
    "DOC": "Document",
    "EVT": "Event",
}

_HEAD = """\
# Generated from ontologies/tables/*.csv by `python -m kgraph.actors.turtle`; edit the tables, not this file.
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ent: <https://w3id.org/kgraph/entity/> .
@prefix ir: <https://w3id.org/kgraph/ir#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

_BELONGS = {
    "PER": "schema:nationality",
    "ORG": "schema:location",
    "GRP": "schema:location",
    "LOC": "schema:containedInPlace",
}


def render(folder: Path = tables.TABLES) -> str:
    """The whole book as Turtle, actors in the order of their keys."""
    titles = {row["title"]: row for row in tables.rows(folder / "titles.csv", ("title", "en", "id"))}
    held: dict[str, list[Office]] = {}
    for office in tables.offices(folder):
        held.setdefault(office.person, []).append(office)
    blocks = []
    for entry in sorted(tables.entries(folder), key=lambda entry: entry.actor.key):
        key, roles = entry.actor.key, held.get(entry.actor.key, ())
        lines = [*_description(entry), *(_role(office, titles[office.title]) for office in roles)]
        blocks.append(f"ent:{key} a ir:{CLASSES[entry.actor.type]} ;\n    " + " ;\n    ".join(lines) + " .\n")
    return "\n".join([_HEAD, *blocks])


def _description(entry: Entry) -> Iterator[str]:
    actor, cells = entry.actor, entry.row.cells
    yield "skos:prefLabel " + ", ".join(f"{_quoted(label)}@{language}" for language, label in actor.labels)
    labels = {label for _, label in actor.labels}
    others = dict.fromkeys(name.lstrip("~ ") for name, _ in entry.names if name.lstrip("~ ") not in labels)
    if others:
        yield "skos:altLabel " + ", ".join(map(_quoted, others))
    if len(actor.key) == tables.CODE and "status" in cells:
        yield f"ir:isoCode {_quoted(actor.key)}" if actor.type == "CTY" else f"skos:notation {_quoted(actor.key)}"
    if entry.country and entry.country != actor.key and actor.type in _BELONGS:
        yield f"{_BELONGS[actor.type]} ent:{entry.country}"
    if cells.get("lat"):
        yield f"schema:latitude {_decimal(cells['lat'])}"
        yield f"schema:longitude {_decimal(cells['lon'])}"
    if cells.get("until"):
        yield f'schema:dissolutionDate "{cells["until"]}"^^xsd:gYear'
        yield f"dcterms:isReplacedBy ent:{cells['successor']}"


def _role(office: Office, title: tables.Row) -> str:
    name = f"schema:roleName {_quoted(title['en'])}@en, {_quoted(title['id'])}@id"
    parts = ["a schema:Role", name, f"schema:memberOf ent:{office.of}"]
    if office.since is not None:
        parts.append(f'schema:startDate "{office.since:04}"^^xsd:gYear')
    if office.until is not None:
        parts.append(f'schema:endDate "{office.until:04}"^^xsd:gYear')
    return "schema:hasOccupation [ " + " ; ".join(parts) + " ]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _decimal(number: str) -> str:
    return number if "." in number else f"{number}.0"


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
