"""A page in the cell of a notebook."""

from __future__ import annotations

import pytest
from browser import Reader
from networks import RELATIONS, three_actors

from kgraph.page import Page, render


@pytest.fixture(scope="module")
def page() -> Page:
    return render(three_actors(), relations=RELATIONS, title='Kim & "Putin"')


def test_a_page_is_text_but_a_prompt_shows_only_its_length(page: Page) -> None:
    assert page.startswith("<!doctype html>")
    assert repr(page) == f"<page of {len(page)} characters>"


@pytest.mark.browser
def test_a_cell_shows_the_page_apart_from_the_notebook(reader: Reader, page: Page) -> None:
    reader.open(f"<!doctype html><link rel=icon href=data:,><body>{page._repr_html_()}", framed=True)
    assert reader.text("h1") == 'Kim & "Putin"'
    reader.click("#table-button")
    reader.click("[data-group=cooperation]")
    assert reader.text("caption") == "2 of 2 claims"
    assert reader.address == "view=table&norelation=suppliesArmsTo"
    reader.click("#undo")
    reader.until(lambda: reader.text("caption") == "4 of 4 claims")
    assert reader.run("try { return parent.document.title } catch (e) { return e.name }") == "SecurityError"
