"""The page for those who cannot see the picture: axe-core finds nothing serious."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, files
from typing import Any

import pytest
from browser import Reader
from networks import RELATIONS, three_actors

from kgraph.page import Page, Questions, render

SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, from a package that carries it for tests alone."""
    try:
        found = files("axe-playwright-python") or []
    except PackageNotFoundError:
        pytest.skip("no axe-core here: pip install axe-playwright-python")
    return next(path for path in found if path.name == "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def page() -> Page:
    return render(three_actors(), relations=RELATIONS, title="Kim & Putin")


def faults(reader: Reader, axe: str) -> list[tuple[str, Any]]:
    """What is wrong with the page as it is now, with the elements."""
    reader.run(axe)
    answer = reader.driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    return [
        (fault["id"], [node["html"] for node in fault["nodes"]])
        for fault in answer["violations"]
        if fault["impact"] in SERIOUS
    ]


@pytest.fixture(scope="module")
def asked() -> Page:
    ready = [({"en": "All"}, "SELECT * { ?who ?does ?whom }")]
    questions = Questions(["<http://a.test/> <http://b.test/> <http://c.test/> ."], ready)
    return render(three_actors(), relations=RELATIONS, questions=questions)


@pytest.mark.browser
def test_axe_finds_what_is_wrong(reader: Reader, page: Page, axe: str) -> None:
    reader.open(page)
    reader.run("document.getElementById('search').removeAttribute('aria-label')")
    reader.run("document.getElementById('search').removeAttribute('placeholder')")
    assert [name for name, _ in faults(reader, axe)] == ["label"]


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("view", ["", "view=table", "edge=PRK&edge=RUS", "node=RUS&around=1&language=id"])
def test_axe_finds_nothing_serious(reader: Reader, page: Page, axe: str, view: str, width: int, dark: bool) -> None:
    reader.open(page, view, width=width, height=800, dark=dark)
    if not view and width == 360:
        reader.click("#filter-button")
    assert faults(reader, axe) == []


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_in_answers(reader: Reader, asked: Page, axe: str, dark: bool) -> None:
    reader.open(asked, "view=query", width=360, dark=dark)
    reader.click("#query-run")
    reader.until(lambda: reader.texts("#query-answer td"))
    assert faults(reader, axe) == []
