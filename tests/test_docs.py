"""The README, the pages of docs/ and the notebook do what they show, and what is generated is current."""

from __future__ import annotations

import ast
import doctest
import importlib.util
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT, Outcome
from nbclient import NotebookClient

spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
assert spec is not None
assert spec.loader is not None
generate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(generate)

PAGES = [ROOT / "README.id.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOTEBOOK = ROOT / "notebooks" / "tour.ipynb"
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)


def console() -> list[tuple[str, str]]:
    """(command, output) of the README's console blocks."""
    shown = "".join(block for kind, block in BLOCKS if kind == "console")
    parts = re.split(r"^\$ (.+)\n", shown, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def trimmed(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def test_the_commands_of_the_readme_give_what_it_shows(kgraph: Callable[..., Outcome], tmp_path: Path) -> None:
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    commands = [(shlex.split(command), output) for command, output in console() if command.startswith("kgraph ")]
    assert len(commands) >= 4
    for words, output in commands:
        outcome = kgraph(*words[1:])
        assert (outcome.code, outcome.err) == (0, "")
        assert trimmed(outcome.out) == trimmed(output), words


def test_the_python_of_the_readme_gives_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    source = "\n".join(block for kind, block in BLOCKS if kind == "python")
    test = doctest.DocTestParser().get_doctest(source, {}, "README.md", "README.md", 0)
    outcome = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test)
    assert outcome.attempted >= 4
    assert outcome.failed == 0


def test_the_readme_names_every_command(kgraph: Callable[..., Outcome]) -> None:
    listed = re.findall(r"^  (\w+)  ", kgraph("--help").out.partition("Commands:")[2], re.MULTILINE)
    assert "build" in listed
    assert [name for name in listed if f"kgraph {name}" not in README] == []
    for name in listed:
        assert kgraph(name, "--help").code == 0


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 120


def test_the_notebook_runs_and_is_kept_without_output() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.outputs for cell in cells] == [[]] * len(cells)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    shown = [output["data"]["text/plain"] for cell in cells for output in cell.outputs]
    assert "('North Korea', 'suppliesArmsTo', 'Russia', 'possible', 'Russia', 'denies')" in shown[0]
    assert "('Kim Jong Un', 'Russia')" in shown[2]
    assert "'Korea Utara'" in shown[3]
    assert "('North Korea', 'Russia', '2023-09', " in shown[5]
    assert cells[-1].outputs[0]["data"]["text/html"].startswith("<iframe srcdoc=")


@pytest.mark.parametrize(
    "page", [p for p in PAGES if "```console" in p.read_text(encoding="utf-8")], ids=lambda p: p.name
)
def test_the_commands_of_a_page_give_what_it_shows(page: Path) -> None:
    blocks = list(generate.shown(page.read_text(encoding="utf-8")))
    assert blocks
    for written, now in blocks:
        assert written == now


def test_the_generated_pages_are_current(tmp_path: Path) -> None:
    docs = ROOT / "docs"
    generate.news(tmp_path / "news.ttl")
    assert (docs / "commands.md").read_text(encoding="utf-8") == generate.commands()
    assert (docs / "ontology.md").read_text(encoding="utf-8") == generate.vocabulary()
    assert (docs / "news.ttl").read_bytes() == (tmp_path / "news.ttl").read_bytes()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_threat_table_names_tests_that_there_are() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| .* \| (`.*`) \|$", page, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 43))
    for file, name in re.findall(r"`(test_\w+\.py)::(\w+)`", page):
        tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, (file, name)


def test_there_are_at_most_ten_pages() -> None:
    assert len(list((ROOT / "docs").glob("*.md"))) <= 10
