"""`kgraph doctor`: what is installed, what lacks, and whether the model and the tables are whole."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli.console import Format, write_rows
from kgraph.errors import KgraphError

# What each extra is for; `test` and `tables` are for developers.
NEEDED_BY = {
    "check": "kgraph check",
    "parquet": "kgraph export to .parquet",
    "ray": "kgraph build --engine ray",
    "serve": "kgraph serve",
    "train": "kgraph train",
}
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:>=(?P<least>[\d.]+))?[^;]*(?:; extra == ['\"](?P<extra>\w+)['\"])?")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line; a fault is what no command can do without."""

    what: str
    found: str
    cure: str | None = None
    fault: bool = False


def doctor(
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write it.")] = "table",
) -> None:
    """Tell what is installed, where its data lies, and what is missing for which command; nothing is fetched."""
    findings = [*_machine(), *_libraries()]
    if not any(finding.fault for finding in findings):
        findings += _data()
    write_rows(("what", "found", "cure"), [(f.what, f.found, f.cure) for f in findings], format, long=100)
    if any(finding.fault for finding in findings):
        raise typer.Exit(1)


def _machine() -> Iterator[Finding]:
    yield Finding("kgraph", metadata.version("kgraph"))
    yield Finding("Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    if not find_spec("resource"):
        yield Finding("queries", "cannot be limited on this system", "use Linux or macOS", fault=True)
    yield Finding("browser", "not needed", "any modern one shows the pages")


def _libraries() -> Iterator[Finding]:
    """Each library of a plain installation, and for each extra those that lack."""
    lacking: dict[str, list[str]] = {}
    for line in metadata.requires("kgraph") or ():
        wanted = _REQUIREMENT.match(line)
        extra = wanted["extra"] if wanted else None
        if wanted is None or (extra and extra not in NEEDED_BY):
            continue
        found, enough = _installed(wanted["name"], wanted["least"])
        if extra:
            lacking.setdefault(extra, []).extend([] if enough else [wanted["name"]])
        else:
            cure = None if enough else f"pip install '{wanted['name']}>={wanted['least']}'"
            yield Finding(wanted["name"], found, cure, fault=not enough)
    for extra, names in sorted(lacking.items()):
        found = f"lacks {', '.join(names)}" if names else "ready"
        yield Finding(NEEDED_BY[extra], found, f"pip install 'kgraph[{extra}]'" if names else None)


def _installed(name: str, least: str | None) -> tuple[str, bool]:
    """The version of a library and whether it is new enough."""
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing", False
    return version, _numbers(version) >= _numbers(least or "0")


def _numbers(version: str) -> tuple[int, ...]:
    """The first three parts of a version."""
    parts = [int(part) for part in re.findall(r"\d+", version.partition("+")[0])]
    return tuple((*parts, 0, 0, 0)[:3])


def _data() -> Iterator[Finding]:
    """The model, after its checksums have been compared, and the tables."""
    from kgraph.actors import Book
    from kgraph.language import model
    from kgraph.ontology import HOME, load

    yield _tried("language model", model.SHIPPED, lambda: model.load_model(model.SHIPPED))
    yield _tried("relations", HOME / "ir.ttl", load)
    yield _tried("names of actors", HOME / "tables", Book.load)


def _tried(what: str, where: Path, load: Callable[[], object]) -> Finding:
    """Whether something that ships with the package can be read."""
    try:
        load()
    except (KgraphError, OSError) as error:
        return Finding(what, f"cannot be read ({error})", "install kgraph again", fault=True)
    return Finding(what, f"whole, in {where}")
