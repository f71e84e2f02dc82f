"""How large a page is, how soon it is drawn, how smoothly it moves, beside pyvis as it is and bare vis-network.

    python benchmarks/page.py [--patience 60]

Needs chromium and chromedriver. The networks are made by chance from a fixed seed: a few actors have most claims, each
claim has its sentence. pyvis gets its defaults (one file, its own layout in the browser); the bare page is vis-network
alone with places on a spiral, no physics, and a label on every node and edge. Prints for each the size in MB, the
seconds from the request to the first stroke on a canvas that stands at the end of its frame, the frames a second while
a mouse drags the picture for three seconds, and for our page the milliseconds of a search. Each figure is of one run;
the browser draws without a GPU. Another load on the machine makes all of them worse.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import networkx
from pyvis.network import Network
from selenium import webdriver
from selenium.common.exceptions import TimeoutException
from selenium.webdriver.chrome.service import Service
from urllib3.exceptions import ReadTimeoutError

from kgraph import ontology, page

CASES = ((1_000, 3_000), (10_000, 30_000), (10_000, 100_000))  # actors, claims
PAN = 3.0  # seconds
FLAGS = "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --window-size=1280,800 --no-first-run"
# The time of the first frame in which something is drawn on a canvas.
WATCH = """
const stroke = CanvasRenderingContext2D.prototype.stroke;
CanvasRenderingContext2D.prototype.stroke = function (...given) {
  CanvasRenderingContext2D.prototype.stroke = stroke;
  requestAnimationFrame(() => setTimeout(() => (window.drawnAt = performance.now()), 0));
  return stroke.apply(this, given);
};
"""
COUNT = "window.frames_ = []; (function tick(now) { window.frames_.push(now); requestAnimationFrame(tick); })(0)"
SEARCH = """
const box = document.getElementById("search");
box.value = "actor 77";
const start = performance.now();
box.dispatchEvent(new Event("input"));
return performance.now() - start;
"""
BARE = """<!doctype html><meta charset="utf-8"><div id="network" style="height: 95vh"></div><script>{vis}</script>
<script>
new vis.Network(document.getElementById("network"), {data}, {{
  physics: false, edges: {{ smooth: false, arrows: "to" }}, layout: {{ improvedLayout: false }}
}});
</script>"""


def invent(actors: int, claims: int) -> networkx.MultiDiGraph:
    """A network in the form that the page draws."""
    chance = random.Random(1)
    relations = sorted(ontology.load().relations)
    network = networkx.MultiDiGraph(articles={}, sentences={})
    for number in range(actors):
        label = f"Actor {number}"
        kind = chance.choice(("CTY", "PER", "ORG"))
        network.add_node(str(number), label=label, labels={"en": label}, aliases=[], type=kind, code=None)
    for number in range(claims):
        article = f"a{number // 20}"
        network.graph["articles"].setdefault(
            article, {"title": f"Title {article}", "outlet": "Outlet", "date": None, "url": None, "language": "en"}
        )
        one, other = (str(int(actors * chance.random() ** 2)) for _ in range(2))
        if number < actors:
            one = str(number)  # nobody is left without a claim
        text = f"Actor {one} dealt with actor {other} when they met for the {number}th time, officials said."
        network.graph["sentences"][f"s{number}"] = {"text": text, "language": "en", "article": article, "start": 0}
        day = f"20{chance.randint(10, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        absent = ("source", "source_text", "stance", "event_date", "office", "subject_text", "subject_start")
        absent += ("trigger", "trigger_start", "object_text", "object_start")
        network.add_edge(
            one,
            other,
            f"c{number}",
            **dict.fromkeys(absent),
            relation=chance.choice(relations),
            status=chance.choice(("asserted", "asserted", "planned", "possible")),
            negated=False,
            contested=number % 50 == 0,
            date_assumed=False,
            report_date=day,
            sentence=f"s{number}",
            confidence=1.0,
        )
    return network


def ours(network: networkx.MultiDiGraph) -> str:
    """The page of kgraph."""
    return page.render(network, relations=ontology.load().relations)


def of_pyvis(network: networkx.MultiDiGraph) -> str:
    """pyvis's own page."""
    picture = Network(directed=True, cdn_resources="in_line")
    for key, facts in network.nodes(data=True):
        picture.add_node(key, label=facts["label"])
    for one, other, facts in network.edges(data=True):
        text = network.graph["sentences"][facts["sentence"]]["text"]
        picture.add_edge(one, other, label=facts["relation"], title=text)
    return picture.generate_html()


def bare(network: networkx.MultiDiGraph) -> str:
    """vis-network alone."""
    vis = (files("pyvis") / "templates/lib/vis-9.1.2/vis-network.min.js").read_text("utf-8")
    nodes = [
        {
            "id": key,
            "label": facts["label"],
            "x": 60 * math.sqrt(n) * math.cos(2.4 * n),
            "y": 60 * math.sqrt(n) * math.sin(2.4 * n),
        }
        for n, (key, facts) in enumerate(network.nodes(data=True))
    ]
    edges = [
        {
            "from": one,
            "to": other,
            "label": facts["relation"],
            "title": network.graph["sentences"][facts["sentence"]]["text"],
        }
        for one, other, facts in network.edges(data=True)
    ]
    return BARE.format(vis=vis, data=json.dumps({"nodes": nodes, "edges": edges}))


@contextmanager
def browser() -> Iterator[webdriver.Chrome]:
    """A new browser, so that no page is measured in what another has left."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in FLAGS.split():
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        driver.set_page_load_timeout(600)
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        yield driver
    finally:
        driver.quit()


def first_draw(driver: webdriver.Chrome, path: Path, patience: float) -> float | None:
    """Seconds until something is drawn; None where nothing is within `patience`."""
    driver.set_script_timeout(patience)
    end = time.monotonic() + patience
    try:
        driver.get(path.as_uri())
        while time.monotonic() < end:
            drawn = driver.execute_script("return window.drawnAt || null")
            if drawn:
                return drawn / 1000
            time.sleep(0.2)
    except (TimeoutException, ReadTimeoutError):  # too busy to answer at all
        return None
    return None


def frames(driver: webdriver.Chrome) -> float:
    """Frames a second while the picture is dragged to and fro by a point without a node."""
    x, y = driver.execute_script(
        "const r = document.querySelector('canvas').getBoundingClientRect(); return [r.left + 8, r.top + r.height / 2]"
    )

    def mouse(kind: str, at: float) -> None:
        facts = {"type": kind, "x": x + at, "y": y, "button": "left", "buttons": 1, "clickCount": 1}
        driver.execute_cdp_cmd("Input.dispatchMouseEvent", facts)

    mouse("mousePressed", 0)
    mouse("mouseMoved", 20)
    driver.execute_script(COUNT)
    start = time.monotonic()
    while (spent := time.monotonic() - start) < PAN:
        mouse("mouseMoved", 150 * (1 - math.cos(3 * spent)))
    times = driver.execute_script("return window.frames_.slice(1)")
    mouse("mouseReleased", 0)
    return (len(times) - 1) / (times[-1] - times[0]) * 1000


def measure(make: Callable[[networkx.MultiDiGraph], str], network: networkx.MultiDiGraph, patience: float) -> str:
    """One line of figures."""
    start = time.monotonic()
    html = make(network)
    made = time.monotonic() - start
    with tempfile.TemporaryDirectory() as folder, browser() as driver:
        path = Path(folder) / "page.html"
        path.write_text(html, encoding="utf-8")
        size = f"{path.stat().st_size / 1e6:.2f}"
        drawn = first_draw(driver, path, patience)
        if drawn is None:
            return f"{made:8.1f}{size:>8}{f'not in {patience:.0f} s':>14}"
        line = f"{made:8.1f}{size:>8}{drawn:14.2f}{frames(driver):10.0f}"
        return line + (f"{driver.execute_script(SEARCH):12.0f}" if make is ours else "")


def main() -> None:
    """Make the networks, open the pages, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--patience", type=float, default=60, help="seconds to wait for a first draw")
    parser.add_argument("--only", choices=("kgraph", "pyvis", "bare"), help="one kind of page")
    parser.add_argument("--cases", type=int, nargs="+", default=range(len(CASES)), help="by number, from 0")
    arguments = parser.parse_args()
    heads = f"{'made, s':>8}{'MB':>8}{'first draw, s':>14}{'frames/s':>10}{'search, ms':>12}"
    print(f"{'page':8}{'actors':>8}{'claims':>8}{heads}")
    for actors, claims in [CASES[number] for number in arguments.cases]:
        network = invent(actors, claims)
        for name, make in (("kgraph", ours), ("pyvis", of_pyvis), ("bare", bare)):
            if arguments.only in (None, name) and (claims <= 30_000 or make is ours):
                print(f"{name:8}{actors:8}{claims:8}{measure(make, network, arguments.patience)}", flush=True)


if __name__ == "__main__":
    main()
