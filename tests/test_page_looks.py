"""Screenshots of the page, compared loosely, and how the picture is drawn while it moves."""

from __future__ import annotations

from itertools import combinations

import pytest
from browser import Reader
from looks import VIEWS, apart, kept, look
from networks import RELATIONS, three_actors

from kgraph.page import Page, render

ALIKE = 2  # other fonts and versions of the browser make less of a difference
HOOK = """
const real = CanvasRenderingContext2D.prototype.setLineDash;
window.dashed = 0;
CanvasRenderingContext2D.prototype.setLineDash = function (pattern) {
  if (pattern.some((length) => length > 0)) window.dashed += 1;
  real.call(this, pattern);
};
"""


@pytest.fixture(scope="module")
def page() -> Page:
    return render(three_actors(), relations=RELATIONS, title="Kim & Putin")


def test_the_kept_looks_can_be_told_apart() -> None:
    looks = kept()
    assert looks.keys() == VIEWS.keys()
    wide = [name for name in VIEWS if name != "telephone"]
    assert all(apart(looks[one], looks[other]) > 2 * ALIKE for one, other in combinations(wide, 2))


@pytest.mark.browser
@pytest.mark.parametrize("name", VIEWS)
def test_the_page_looks_as_when_it_was_last_found_right(reader: Reader, page: Page, name: str) -> None:
    assert apart(look(reader, page, VIEWS[name]), kept()[name]) < ALIKE


@pytest.mark.browser
def test_a_line_without_its_label_is_seen(reader: Reader, page: Page) -> None:
    whole = kept()["first sight"]
    assert apart(look(reader, page, {"address": "nostatus=possible"}), whole) > ALIKE / 2


def draw_twice(reader: Reader) -> None:
    reader.driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")


@pytest.mark.browser
def test_dashes_rest_while_the_picture_moves(reader: Reader, page: Page) -> None:
    from selenium.webdriver import ActionChains

    reader.open(page)
    canvas = reader.driver.find_element("css selector", "#network")
    reader.run(HOOK)
    hand = ActionChains(reader.driver, duration=50)
    hand.move_to_element_with_offset(canvas, -300, -200).click_and_hold().move_by_offset(20, 20).perform()
    draw_twice(reader)
    reader.run("window.dashed = 0")
    ActionChains(reader.driver, duration=50).move_by_offset(30, 10).perform()
    draw_twice(reader)
    assert reader.run("return window.dashed") == 0
    ActionChains(reader.driver).release().perform()
    reader.until(lambda: reader.run("return window.dashed"))
