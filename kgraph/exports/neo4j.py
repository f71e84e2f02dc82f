"""A folder of CSV files for `neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv`.

Actors are nodes, labelled by what they are; claims are relationships, typed by what they say: SUPPLIES_ARMS_TO.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kgraph import ontology
from kgraph.errors import InputError
from kgraph.exports.columns import COLUMNS, Cell, Kind, actor, rows
from kgraph.exports.options import Options
from kgraph.exports.spool import Spool, scratch
from kgraph.ontology import Ontology

FILES = ("nodes.csv", "relationships.csv")
TYPES: dict[Kind, str] = {"text": "string", "integer": "long", "number": "double", "boolean": "boolean"}
NODE = ("id:ID", "name:string", "type:string", "country:string", "aliases:string[]", ":LABEL")
# The ends stand at the nodes.
PROPERTIES = tuple(c for c in COLUMNS if not re.fullmatch("(subject|object)_(id|name|type|country)", c.name))
RELATIONSHIP = (":START_ID", ":END_ID", ":TYPE", *(f"{column.name}:{TYPES[column.kind]}" for column in PROPERTIES))


def write(lines: Iterable[str], folder: Path, options: Options) -> None:
    """Write the two files. A folder that holds others is left alone; one of an earlier export gives way."""
    if folder.exists() and not (folder.is_dir() and {path.name for path in folder.iterdir()} <= set(FILES)):
        cure = "delete it, or name another folder"
        raise InputError("is there, and is no folder of an earlier export", place=str(folder), cure=cure)
    try:
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.", suffix=".tmp") as beside:
            new = Path(beside, "new")
            new.mkdir()
            _write_files(lines, new, options)
            if folder.exists():
                folder.rename(Path(beside, "old"))
            new.rename(folder)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", place=str(folder)) from error


def _write_files(lines: Iterable[str], folder: Path, options: Options) -> None:
    terms = ontology.load(options.ontology)
    with scratch() as disk:
        spool = Spool.of(disk, lines)
        _write_csv(folder / FILES[0], NODE, _nodes(spool, terms, options))
        _write_csv(folder / FILES[1], RELATIONSHIP, _relationships(spool, terms, options))


def _nodes(spool: Spool, terms: Ontology, options: Options) -> Iterator[Sequence[Cell]]:
    for iri, about in spool.actors():
        found = actor(iri, spool, terms, options.language)
        names = {text for predicate in ("skos:prefLabel", "skos:altLabel") for text, _ in about.get(predicate, ())}
        aliases = ";".join(sorted(name.replace(";", ",") for name in names - {found["name"]}))
        kind = terms.classes.get(str(found["type"]))
        yield (*found.values(), aliases or None, f"Entity;{kind}" if kind else "Entity")


def _relationships(spool: Spool, terms: Ontology, options: Options) -> Iterator[Sequence[Cell]]:
    for row in rows(spool, terms, language=options.language):
        if row["subject_id"] and row["object_id"] and row["relation"]:
            name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(row["relation"])).upper()
            yield (row["subject_id"], row["object_id"], name, *(row[column.name] for column in PROPERTIES))


def _write_csv(path: Path, header: Sequence[str], found: Iterable[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([_cell(cell) for cell in row] for row in found)


def _cell(cell: Cell) -> Cell:
    """A cell on one line, as the import refuses others unless it is told."""
    if isinstance(cell, bool):
        return str(cell).lower()
    return " ".join(cell.splitlines()) if isinstance(cell, str) else cell
