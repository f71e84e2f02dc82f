"""Reads sentences and records, JSON lines; a fault is one InputError that names the line."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from kgraph.errors import InputError
from kgraph.records import ENTITY_TYPES, STATUSES
from kgraph.scoring import Record

SENTENCE = 'each line is {"id": "ARTICLE:0", "text": "…"}'
RECORD = (
    'each line is {"id": "ARTICLE:0", "e": [[mention, type, canon]], '
    '"s": [[subject, relation, object, trigger, status, negated, by, stance]]}'
)
STANCES = ("", "says", "denies")


def read_sentences(path: Path) -> dict[str, str]:
    """The text of each sentence by its id, in the order of the file."""
    found: dict[str, str] = {}
    for place, row in _rows(path, SENTENCE):
        text = row.get("text")
        if not (isinstance(text, str) and text.strip()):
            raise InputError("no text", place=place, cure=SENTENCE)
        _add(found, row["id"], text, place)
    if not found:
        raise InputError("no sentences", place=str(path), cure=SENTENCE)
    return found


def read_records(path: Path, sentences: Collection[str], *, every: bool = True) -> list[Record]:
    """The records of a file, all of them of `sentences`; with `every`, one for each of these."""
    found: dict[str, Record] = {}
    for place, row in _rows(path, RECORD):
        fault = next(_faults(row), None)
        if fault:
            raise InputError(fault, place=place, cure=RECORD)
        if row["id"] not in sentences:
            raise InputError(f"no sentence has the id {row['id']!r}", place=place, cure="give the file it belongs to")
        _add(found, row["id"], row, place)
    missing = next((id_ for id_ in sentences if id_ not in found), None)
    if every and missing is not None:
        raise InputError(f"no record of the sentence {missing!r}", place=str(path), cure="give one for each sentence")
    return list(found.values())


def _rows(path: Path, cure: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Place and object of each line that is not blank; every object has an id."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", place=str(path)) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"{path}:{number}"
            row = _parse(line, place, cure)
            if not (isinstance(row, dict) and isinstance(row.get("id"), str)):
                raise InputError("no object with an id", place=place, cure=cure)
            yield place, row


def _parse(line: bytes, place: str, cure: str) -> Any:
    try:
        row = json.loads(line.decode())
        json.dumps(row, ensure_ascii=False).encode()  # an escape may name half a character
    except UnicodeError as error:
        raise InputError("not UTF-8", place=place, cure="save the file as UTF-8") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError("not JSON", place=place, cure=cure) from error
    return row


def _add(found: dict[str, Any], id_: str, value: Any, place: str) -> None:
    if id_ in found:
        raise InputError(f"the id {id_!r} stands twice", place=place, cure="leave one of the two out")
    found[id_] = value


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a record, the first thing first."""
    for key, sound in (("e", _is_entity), ("s", _is_statement)):
        if not isinstance(row.get(key), list):
            yield f'no list "{key}"'
            return
        yield from (f'wrong in "{key}": {json.dumps(item)[:80]}' for item in row[key] if not sound(item))
    if not _are_shares(row.get("c", [0] * len(row["s"])), len(row["s"])):
        yield '"c" is not a list with a number from 0 to 1 for each statement'


def _is_entity(item: Any) -> bool:
    return _are_strings(item, 3) and item[1] in ENTITY_TYPES and bool(item[0].strip())


def _is_statement(item: Any) -> bool:
    if not (isinstance(item, list) and len(item) == 8 and _are_strings([*item[:5], *item[6:]], 7)):
        return False
    return all(item[:3]) and item[4] in STATUSES and item[5] in (0, 1) and item[7] in STANCES


def _are_shares(item: Any, count: int) -> bool:
    return (
        isinstance(item, list)
        and len(item) == count
        and all(isinstance(each, int | float) and 0 <= each <= 1 for each in item)
    )


def _are_strings(item: Any, count: int) -> bool:
    return isinstance(item, list) and len(item) == count and all(isinstance(each, str) for each in item)
