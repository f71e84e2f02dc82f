"""The ready queries: SPARQL files whose comment lines give a title and the parameters.

    # title en: Who visits whom or where
    # title id: Siapa mengunjungi siapa atau ke mana
    # answers: visits
    # parameter who (actor) en: the visitor
    # parameter who (actor) id: pengunjung

The relations it answers for are those whose trigger words, in a question, lead to it. A parameter is an actor, a
relation, a date or an outlet, and may be left out unless it says "(actor, required)". In the query it is a variable of
one line, `VALUES ?who { UNDEF }`, which any SPARQL engine runs as it stands; a value that the user gives takes the
place of UNDEF as a term that the RDF library wrote, never as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from kgraph.errors import OntologyError, QueryError
from kgraph.ontology import HOME

Kind = Literal["actor", "relation", "date", "outlet"]
HEADER = re.compile(
    r"# (?:title|parameter (?P<name>\w+) \((?P<kind>\w+)(?P<needed>, required)?\)) (?P<tag>\w+): (?P<text>.+)"
)
ANSWERS = re.compile(r"^# answers: (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a ready query takes; `labels` says in each language what it is."""

    name: str
    kind: Kind
    required: bool
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadyQuery:
    """A query of the package, by the name of its file."""

    name: str
    titles: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    answers: tuple[str, ...]  # names of relations
    text: str

    @property
    def body(self) -> str:
        """The query without the comments."""
        return "\n".join(line for line in self.text.splitlines() if not line.startswith("#")).strip()

    def check(self, given: Mapping[str, str]) -> None:
        """Raise QueryError where a parameter is unknown or a required one is missing."""
        names = [parameter.name for parameter in self.parameters]
        for name in given:
            if name not in names:
                choices = f"there are: {', '.join(names)}" if names else "it has none"
                raise QueryError(f"no parameter {name!r}", place=self.name, cure=choices)
        for parameter in self.parameters:
            if parameter.required and parameter.name not in given:
                cure = f"give {parameter.name}={parameter.kind}"
                raise QueryError(f"needs {parameter.name}: {parameter.labels['en']}", place=self.name, cure=cure)

    def bound(self, terms: Mapping[str, object]) -> str:
        """The query with a term in the place of each UNDEF."""
        text = self.text
        for name, term in terms.items():
            line = f"VALUES ?{name} {{ UNDEF }}"
            text = text.replace(line, f"VALUES ?{name} {{ {term} }}")
        return text


@cache
def ready() -> dict[str, ReadyQuery]:
    """The ready queries by name."""
    return {path.stem: read(path) for path in sorted((HOME / "queries").glob("*.rq"))}


def read(path: Path) -> ReadyQuery:
    """A query file with its title and parameters."""
    text = path.read_text(encoding="utf-8")
    headers = [found for line in text.splitlines() if (found := HEADER.fullmatch(line))]
    titles = {found["tag"]: found["text"] for found in headers if not found["name"]}
    names = dict.fromkeys(found["name"] for found in headers if found["name"])
    parameters = tuple(_parameter([h for h in headers if h["name"] == name], path) for name in names)
    answers = ANSWERS.search(text)
    return ReadyQuery(path.stem, titles, parameters, tuple(answers[1].split()) if answers else (), text)


def _parameter(headers: list[re.Match[str]], path: Path) -> Parameter:
    first = headers[0]
    if first["kind"] not in get_args(Kind):
        cure = f"there are: {', '.join(get_args(Kind))}"
        raise OntologyError(f"unknown kind of parameter {first['kind']!r}", place=str(path), cure=cure)
    labels = {header["tag"]: header["text"] for header in headers}
    return Parameter(first["name"], cast(Kind, first["kind"]), bool(first["needed"]), labels)
