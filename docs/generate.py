"""Writes what the documentation has from the program itself; tests/test_docs.py holds that it is current.

    python docs/generate.py                  docs/commands.md, docs/ontology.md, docs/news.ttl
    python docs/generate.py README.md ...    and what the commands shown in these files print

In a page, a block headed ```console holds commands and their output, and a block headed by a language and a name, like
```turtle mine.ttl, is a file that the commands after it find. All commands of a page run in one folder.
"""

from __future__ import annotations

import inspect
import io
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from typer.models import ArgumentInfo, OptionInfo

from kgraph import graph as graphs
from kgraph import ontology
from kgraph.cli import app, main

DOCS = Path(__file__).parent.resolve()
ROOT = DOCS.parent
NOTICE = "<!-- Written by docs/generate.py: change what it reads, not this page. -->\n"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^\$ (.+)\n", re.MULTILINE)


def commands() -> str:
    """docs/commands.md."""
    found = [registered.callback for registered in app.registered_commands if registered.callback]
    parts = [f"# Commands\n\n{NOTICE}\n{app.info.help}\n\n{app.info.epilog}\n"]
    return "\n".join([*parts, *(_command(callback) for callback in found)])


def _command(callback: Callable[..., object]) -> str:
    hints = get_type_hints(callback, include_extras=True)
    parameters = [
        _parameter(name, hints[name], each.default) for name, each in inspect.signature(callback).parameters.items()
    ]
    name = callback.__name__
    usage = " ".join(["kgraph", name, *(shown for shown, _, needed in parameters if needed)])
    rows = "".join(f"| `{_cell(shown)}` | {_cell(help_)} |\n" for shown, help_, _ in parameters)
    table = f"\n| | |\n| --- | --- |\n{rows}" if rows else ""
    return f"## {name}\n\n    {usage}\n\n{inspect.getdoc(callback)}\n{table}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _parameter(name: str, hint: Any, default: object) -> tuple[str, str, bool]:
    """How a parameter is written, what it is for, and whether it belongs into the shortest use of the command."""
    kind, info = get_args(hint)[:2] if get_origin(hint) is Annotated else (hint, OptionInfo())
    said = info.help or ""
    if isinstance(info, ArgumentInfo):
        return info.metavar or _argument(name, kind, default), said, True
    flags = ", ".join(sorted((d for d in info.param_decls or ()), key=len)) or f"--{name.strip('_').replace('_', '-')}"
    choices = "|".join(map(str, get_args(_bare(kind)))) if get_origin(_bare(kind)) is Literal else _value(_bare(kind))
    default_ = f" Default: {default}." if default not in (None, False, inspect.Parameter.empty) else ""
    return f"{flags} {choices}".strip(), f"{said}{default_}".strip(), default is inspect.Parameter.empty


def _argument(name: str, kind: Any, default: object) -> str:
    many = "..." if get_origin(_bare(kind)) is list else ""
    return f"{name.upper()}{many}" if default is inspect.Parameter.empty else f"[{name.upper()}{many}]"


def _bare(kind: Any) -> Any:
    """A type without "or None"."""
    if get_origin(kind) in (Union, UnionType):
        return next(each for each in get_args(kind) if each is not type(None))
    return kind


def _value(kind: Any) -> str:
    return {bool: "", int: "NUMBER", float: "NUMBER", Path: "FILE"}.get(kind, "TEXT")


def vocabulary() -> str:
    """docs/ontology.md."""
    terms = ontology.load()
    return "\n".join([f"# Ontology\n\n{NOTICE}", ABOUT, *_relations(terms)])


ABOUT = """\
The vocabulary is `ontologies/ir.ttl`, namespace `ir:` = <https://w3id.org/kgraph/ir#>. Every term has a label and a
definition in Indonesian and English there. `kgraph ontology` lists the relations, with yours if you name a file.

## A claim and what it hangs on

```mermaid
flowchart LR
    article["schema:NewsArticle<br>headline, datePublished, publisher"]
    sentence["ir:Sentence<br>ir:text, oa:start, oa:end"]
    claim["ir:Claim<br>status, negated, trigger, confidence,<br>eventDate, reportDate"]
    subject["ir:Entity"]
    object["ir:Entity"]
    source["ir:Entity"]
    sentence -- oa:hasSource --> article
    claim -- prov:wasQuotedFrom --> sentence
    claim -- rdf:subject --> subject
    claim -- rdf:object --> object
    claim -- "ir:attributedTo, with ir:stance" --> source
    subject == "the direct triple, where a claim asserts it" ==> object
```

## Kinds of actors and things

```mermaid
flowchart TD
    Entity --> Person & State & Organization & Group & Place & Weapon & Document & Event
```

## Relations

`domain` and `range` are hints: news says odd things. The weight is PLOVER's, -10 (conflict) to 10 (cooperation).
"""


def _relations(terms: ontology.Ontology) -> Iterator[str]:
    for relation in terms.relations.values():
        codes = " ".join(filter(None, (relation.plover, f"(CAMEO {relation.cameo})" if relation.cameo else "")))
        facts = [
            f"from {_kinds(relation.domain)} to {_kinds(relation.range)}",
            "symmetric" if relation.symmetric else "",
            f"inverse of {relation.inverse}" if relation.inverse else "",
            f"PLOVER {codes}" if codes else "",
            f"weight {relation.weight:g}" if relation.weight is not None else "",
        ]
        yield f"### {relation.name}\n\n{relation.definitions['en']} *{relation.definitions['id']}*\n"
        yield f"{'; '.join(filter(None, facts))}.\n"
        for language, words in relation.triggers.items():
            more = f", and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
            yield f"- {language}: {', '.join(words[:SHOWN])}{more}"
        yield ""


SHOWN = 12  # trigger words of a relation in a language


def _kinds(types: frozenset[str]) -> str:
    return "any" if len(types) == EVERY else ", ".join(sorted(types))


EVERY = 8  # types of actors and things


def news(path: Path) -> None:
    """docs/news.ttl: the hand-made graph that the cookbook asks."""
    sys.path.insert(0, str(ROOT / "tests"))
    from graphs import pairs

    graphs.save(graphs.build(pairs(), ontology.load()), path)


def shown(page: str) -> Iterator[tuple[str, str]]:
    """(block, block as it should be) of each console block of a page, after its commands have been run in order."""
    with TemporaryDirectory() as folder:
        here = Path.cwd()
        os.chdir(folder)
        try:
            Path("seeds").symlink_to(ROOT / "seeds")
            Path("docs").symlink_to(DOCS)
            for block in BLOCK.finditer(page):
                kind, name, text = block.groups()
                if kind == "console":
                    runs = "".join(f"$ {line}\n{_printed(line)}" for line in COMMAND.findall(text))
                    yield block[0], f"```console\n{runs}```"
                elif name:
                    Path(name).write_text(text, encoding="utf-8")
        finally:
            os.chdir(here)


def _printed(line: str) -> str:
    """What a command writes, without blank lines; an exit code other than 0 is shown, too."""
    out = io.StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(out):
            main(shlex.split(line)[1:])
    except SystemExit as ended:
        if ended.code:
            out.write(f"(exit code {ended.code})\n")
    return "".join(f"{text.rstrip()}\n" for text in out.getvalue().splitlines() if text.strip())


def refresh(path: Path) -> None:
    """Put into a page what its commands print now."""
    page = path.read_text(encoding="utf-8")
    for old, new in shown(page):
        page = page.replace(old, new, 1)
    path.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    (DOCS / "commands.md").write_text(commands(), encoding="utf-8")
    (DOCS / "ontology.md").write_text(vocabulary(), encoding="utf-8")
    news(DOCS / "news.ttl")
    for each in sys.argv[1:]:
        refresh(Path(each).resolve())
