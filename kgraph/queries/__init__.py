"""Questions to a graph: SPARQL 1.1 as text, as a file, or by the name of a ready query; rows come back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph import errors
from kgraph.errors import QueryError
from kgraph.queries.asking import Asked, understand
from kgraph.queries.ready import Parameter, ReadyQuery, ready
from kgraph.queries.rows import Cell, Rows

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["READY", "Asked", "Cell", "Parameter", "ReadyQuery", "Rows", "ready", "resolve", "run", "understand"]

READY: tuple[str, ...] = tuple(ready())

ROOT = Path(__file__).parent.parent.parent


def run(
    graph: Graph | Path,
    query: str | Path,
    *,
    parameters: Mapping[str, str] | None = None,
    language: str = "en",
    seconds: float = 60,
    limit: int = 100_000,
    memory: int = 8 << 30,
) -> Rows:
    """The answer to a query, of `limit` rows at most.

    It runs in a process of its own, which ends after `seconds`, beyond `memory` bytes, or at Ctrl-C, at once.
    """
    request = {**resolve(query, parameters or {}), "language": language, "limit": limit, "memory": memory}
    path, triples = _source(graph)
    head = json.dumps({**request, "path": str(path) if path else None}).encode()
    return _rows(_ask_child(head + b"\n" + triples, seconds, memory))


def _source(graph: Graph | Path) -> tuple[Path | None, bytes]:
    """The file or index to ask, or triples."""
    if not isinstance(graph, Path):
        return None, graph.serialize(format="nt", encoding="utf-8")
    if graph.is_file():
        return graph, b""
    from kgraph import store  # takes a third of a second, which graph files need not wait

    if not store.is_store(graph):
        return graph, b""
    opened = store.open(graph)
    return (None, b"".join(opened.lines_in_bytes())) if opened.until else (opened.index(), b"")


def resolve(query: str | Path, parameters: Mapping[str, str]) -> dict[str, Any]:
    """What is asked: the name of a `ready` query with its `parameters`, or else a `text`."""
    named = ready().get(query) if isinstance(query, str) else None
    if named:
        named.check(parameters)
        return {"ready": named.name, "text": "", "parameters": dict(parameters)}
    if parameters:
        cure = f"name one of: {', '.join(READY)}"
        raise QueryError("parameters belong to ready queries", place="query", cure=cure)
    return {"ready": None, "text": _text(query), "parameters": {}}


def _text(query: str | Path) -> str:
    """The query's text. One word is a name or a file, since no SPARQL query is one word."""
    one_word = isinstance(query, str) and len(query.split()) == 1
    if one_word and not str(query).endswith(".rq"):
        cure = f"there are: {', '.join(READY)}"
        raise QueryError(f"no ready query {str(query).strip()!r}", place="query", cure=cure)
    if isinstance(query, str) and not one_word:
        return query
    try:
        return Path(query).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QueryError(str(error.strerror), place=str(query), cure="give a file that can be read") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"not UTF-8 at byte {error.start}", place=str(query), cure="save it as UTF-8") from error


def _ask_child(request: bytes, seconds: float, memory: int) -> dict[str, Any]:
    command = [sys.executable, "-P", "-m", "kgraph.queries.child"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    try:
        done = subprocess.run(
            command, input=request, capture_output=True, timeout=seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        cure = "narrow it, add LIMIT, or allow more time"
        raise QueryError(f"no answer within {seconds:g} seconds", place="query", cure=cure) from error
    if done.returncode:
        if b"memory" in done.stderr.lower():
            cure = "narrow it: ask for fewer rows, or leave out ORDER BY"
            raise QueryError(f"needs more than {memory >> 20} MB of memory", place="query", cure=cure)
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        raise QueryError(
            f"ended without an answer ({last[0]})", place="query", cure="narrow it: it may need less memory"
        )
    answer: dict[str, Any] = json.loads(done.stdout)
    if "fault" in answer:
        raise getattr(errors, answer["fault"])(answer["what"], place=answer["place"], cure=answer["cure"])
    return answer


def _rows(answer: dict[str, Any]) -> Rows:
    rows = tuple(tuple(Cell(*cell) if cell else None for cell in row) for row in answer["rows"])
    return Rows(tuple(answer["columns"]), rows, answer["truncated"], answer["ask"], answer["triples"])
