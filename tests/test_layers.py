"""The rooms of the package: who may import whom, and which library is whose."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kgraph"

# Each room and those it may import, besides itself.
GROUND = {"errors", "records"}
BASE = GROUND | {"ontology"}
LANGUAGE = BASE | {"articles", "actors", "scoring"}
ALL = LANGUAGE | {"language", "graph", "store", "workers", "queries", "page", "shapes"}
MAY_IMPORT = {
    "errors": set(),
    "records": set(),
    "articles": GROUND,
    "ontology": GROUND,
    "scoring": GROUND,
    "evaluation": GROUND | {"scoring"},
    "actors": BASE,
    "language": LANGUAGE,
    "graph": BASE | {"actors"},
    "shapes": BASE,
    "store": BASE | {"articles", "graph"},
    "workers": GROUND,
    "queries": BASE | {"actors", "graph", "store"},
    "exports": BASE | {"graph", "queries", "store"},
    "remote": BASE | {"exports", "graph", "queries"},
    "page": BASE,
    "training": LANGUAGE | {"language", "evaluation"},
    "analysis": BASE | {"actors", "graph", "queries"},
    "serve": BASE | {"queries"},
    "pipeline": ALL,
    "cli": ALL | {"analysis", "exports", "remote", "serve", "pipeline", "evaluation", "training"},
    "__init__": ALL | {"pipeline"},
    "__main__": {"cli"},
}

# Each library and the rooms that use it; every other room asks them.
OWNERS = {
    "dateparser": {"articles"},
    "feedparser": {"articles"},
    "jinja2": {"page", "evaluation", "analysis", "serve"},
    "lxml": {"articles"},
    "networkx": {"graph", "page", "analysis", "exports"},
    "numpy": {"language", "page", "training", "evaluation"},
    "onnxruntime": {"language"},
    "py3langid": {"articles"},
    "pyarrow": {"exports"},
    "pyoxigraph": {"ontology", "graph", "queries", "store", "exports", "remote"},
    "pyshacl": {"shapes"},
    "pyvis": {"page"},
    "rdflib": {"graph", "queries", "shapes", "store"},
    "ray": {"workers"},
    "rich": {"cli"},
    "rustworkx": {"page"},
    "spacy": {"language"},
    "starlette": {"serve"},
    "tokenizers": {"language", "training"},
    "torch": {"training"},
    "trafilatura": {"articles"},
    "typer": {"cli"},
    "uvicorn": {"serve"},
}
HEAVY = {"babel", "pyparsing", "pandas", "IPython"} | set(OWNERS) - {"typer", "rich"}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, str | None]]:
    """(top-level name, room of ours or None) of each import outside `if TYPE_CHECKING`, wherever it stands."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only or not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        if isinstance(node, ast.ImportFrom) and node.module == "kgraph":
            yield from (("kgraph", alias.name) for alias in node.names)
            continue
        for name in [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]:
            top, _, rest = name.partition(".")
            yield top, rest.split(".")[0] if top == "kgraph" else None


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "ontologies" not in path.parts)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_to_its_left_and_only_its_own_libraries(path: Path) -> None:
    here = room(path)
    ours = {inner for top, inner in imports(path) if top == "kgraph"} - {here}
    assert ours <= MAY_IMPORT[here]
    foreign = {top for top, _ in imports(path) if top in OWNERS and here not in OWNERS[top]}
    assert not foreign


def test_the_layers_have_no_cycle() -> None:
    left = {name: set(others) for name, others in MAY_IMPORT.items()}
    while left:
        free = {name for name, others in left.items() if not others & left.keys()}
        assert free, f"a cycle among {sorted(left)}"
        left = {name: others for name, others in left.items() if name not in free}


@pytest.mark.parametrize(
    "what", ["import kgraph", "from kgraph.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"]
)
def test_import_and_help_load_no_heavy_library(what: str) -> None:
    code = f"import sys\n{what}\nprint('LOADED', *sorted(m for m in sys.modules if '.' not in m))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    loaded = set(done.stdout.partition("LOADED")[2].split())
    assert "kgraph" in loaded
    assert not loaded & HEAVY
