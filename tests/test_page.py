"""The page: what it holds, and how it answers a reader in a real browser."""

from __future__ import annotations

import base64
import csv
import gzip
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
from browser import Reader
from graphs import pairs
from networks import RELATIONS, add_actor, add_article, add_claim, add_sentence, empty, three_actors
from rdflib import Graph

import kgraph.page
from kgraph.errors import KgraphError
from kgraph.graph import build, to_networkx
from kgraph.ontology import load
from kgraph.page import LANGUAGES, render
from kgraph.page.layout import place
from kgraph.page.render import PACKED, SCRIPTS
from kgraph.page.tables import merge

PAGE = Path(kgraph.page.__file__).parent
IR = "https://w3id.org/kgraph/ir#"
HOSTILE = (
    "</script><script>window.hacked=1</script>",
    '<img src=x onerror="window.hacked=2">',
    "javascript:window.hacked=3",
    "\"'`><svg onload=window.hacked=4>",
    "line\u2028and\u2029paragraph",
    "\u202ertl\u202c \u2066isolate",
    "{{ 7*7 }} ${7*7} <!-- <style>*{display:none}</style>",
    "__proto__",
    "constructor",
    '=HYPERLINK("http://x.test")',
    "data:text/html,<script>window.hacked=5</script>",
    "null\u0000byte\u0007",
)


class Elements(HTMLParser):
    """The elements of a page with their attributes and, of scripts and styles, their text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}", {}, ""))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] in ("script", "style"):
            tag, attributes, text = self.found[-1]
            self.found[-1] = (tag, attributes, text + data)


def page(network: networkx.MultiDiGraph, **options: str) -> str:
    return render(network, relations=RELATIONS, **options)


def block(html: str, name: str):
    """A table of the page, unpacked."""
    for tag, attributes, text in Elements(html).found:
        if tag == "script" and attributes.get("id") == f"data-{name}":
            packed = attributes["type"] == "application/gzip"
            return json.loads(gzip.decompress(base64.b64decode(text)) if packed else text)
    raise AssertionError(f"no table {name}")


def hostile() -> networkx.MultiDiGraph:
    """A network whose every text is an attack."""
    network = empty()
    for number, text in enumerate(HOSTILE):
        add_article(network, f"{text}-a", title=text, outlet=text, date="2023-09-12", url=text)
        add_sentence(network, f"{text}-s", text * 2, article=f"{text}-a")
        add_actor(network, text, text, "CTY", code=text, aliases=[f"{text}{text}"], labels={"en": text, "id": text})
        other = HOSTILE[number - 1]
        add_actor(network, other, other, "PER")
        facts = {"source": text, "source_text": text, "stance": "says", "office": text, "contested": number % 2 == 0}
        marks = {"subject_text": text, "subject_start": 0, "trigger": text, "trigger_start": 3, "object_text": text}
        add_claim(network, f"{text}-c", (text, text, other), f"{text}-s", **facts, **marks, object_start=len(text))
    return network


def crowd(actors: int) -> networkx.MultiDiGraph:
    """Russia visited by many."""
    network = empty()
    add_article(network, "a", title="Crowd")
    add_actor(network, "RUS", "Russia", code="RUS")
    for number in range(actors):
        add_sentence(
            network, f"s{number:04}", f"Visitor {number} went to Russia. " + "Long sentence. " * 40, article="a"
        )
        add_actor(network, f"p{number:04}", f"Visitor {number}", "PER")
        add_claim(network, f"c{number:04}", (f"p{number:04}", "visits", "RUS"), f"s{number:04}")
    return network


def test_nothing_in_the_page_loads_from_outside():
    loading = [
        value
        for tag, attributes, _ in Elements(page(three_actors())).found
        for name, value in attributes.items()
        if name in ("src", "srcset", "href", "data", "action", "poster") and tag != "a"
    ]
    assert loading == ["data:,"]


def test_only_our_own_scripts_and_style_may_run():
    elements = Elements(page(three_actors())).found
    policy = next(attributes["content"] for tag, attributes, _ in elements if "http-equiv" in attributes)
    allowed = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    running = [text for tag, attributes, text in elements if tag == "script" and "type" not in attributes]
    styles = [text for tag, _, text in elements if tag == "style"]
    hashes = [
        [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts]
        for texts in (running, styles)
    ]
    assert allowed["default-src"] == "'none'"
    assert [allowed["script-src"].split(), allowed["style-src"].split()] == hashes
    assert not [name for _, attributes, _ in elements for name in attributes if name.startswith("on")]


def test_the_same_network_gives_the_same_bytes_in_every_process():
    code = "from networks import *; from kgraph.page import render; print(render(three_actors(), relations=RELATIONS))"
    pages = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ
            | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert pages[0] == pages[1]
    assert len(pages[0]) > 500_000


def test_the_order_of_the_network_does_not_matter():
    network = three_actors()
    turned = networkx.MultiDiGraph(**{name: dict(reversed(rows.items())) for name, rows in network.graph.items()})
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    turned.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    assert page(turned) == page(network)


def test_drawing_leaves_the_network_as_it_was():
    network = three_actors()
    page(network)
    assert networkx.utils.graphs_equal(network, three_actors())


@pytest.mark.parametrize(
    ("claims", "symmetric", "edges"),
    [
        ([(0, 0, 1), (0, 1, 1)], set(), [(0, 1, [0, 1])]),
        ([(0, 0, 1), (1, 0, 0)], set(), [(0, 1, [0]), (1, 0, [1])]),
        ([(0, 5, 1), (1, 5, 0)], {5}, [(0, 1, [0, 1])]),
        ([(0, 5, 1), (1, 0, 0)], {5}, [(1, 0, [0, 1])]),
        ([(2, 0, 2)], set(), [(2, 2, [0])]),
    ],
    ids=["parallel", "both ways", "symmetric", "symmetric joins the other", "self"],
)
def test_parallel_claims_are_one_edge(claims, symmetric, edges):
    rows = [["key", start, name, end] for start, name, end in ((s, 5 if r == 5 else r, o) for s, r, o in claims)]
    assert [(edge.start, edge.end, edge.claims) for edge in merge(rows, symmetric)] == edges


def test_labels_do_not_lie_on_each_other():
    labels = [f"Actor number {number}" for number in range(30)]
    points = place(labels, [(number, number // 3) for number in range(1, 30)])
    width = 7 * len(labels[-1])
    assert not [
        pair
        for pair in combinations(points, 2)
        if abs(pair[0][0] - pair[1][0]) < width and abs(pair[0][1] - pair[1][1]) < 30
    ]


def test_a_long_table_is_packed_and_a_short_one_can_be_read():
    html = page(crowd(500))
    assert sum(len(row[0]) for row in block(html, "sentences")) > PACKED
    assert "Long sentence" not in html
    assert "Visitor 499" in html


def test_repeated_articles_and_sentences_are_kept_once():
    html = page(three_actors())
    assert html.count("Kim visited Russia on 10 September.") == 1
    assert html.count("https://x.org/2") == 1


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.org", " https://x.org", None]
)
def test_only_addresses_of_the_web_become_links(url):
    network = three_actors()
    network.graph["articles"]["a2"]["url"] = url
    assert [row[3] for row in block(page(network), "articles")] == ["https://x.id/1", None]


def test_the_interface_says_the_same_in_every_language():
    tables = [json.loads((PAGE / f"words.{language}.json").read_text("utf-8")) for language in LANGUAGES]
    assert tables[0].keys() == tables[1].keys()
    for key in tables[0]:
        places = [sorted(re.findall(r"\{(\w+)\}", table[key])) for table in tables]
        assert places[0] == places[1], key
        assert all(table[key].strip() for table in tables)


def test_every_word_that_the_page_asks_for_exists():
    scripts = "\n".join((PAGE / name).read_text("utf-8") for name in SCRIPTS)
    template = (PAGE / "template.html").read_text("utf-8")
    asked = re.findall(r'\bword\("(\w+)"', scripts) + re.findall(r'data-(?:word|label|hint)="(\w+)"', template)
    assert len(asked) > 60
    assert set(asked) <= json.loads((PAGE / "words.en.json").read_text("utf-8")).keys()


def test_no_script_takes_the_name_of_another():
    scripts = "\n".join((PAGE / name).read_text("utf-8") for name in SCRIPTS)
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", scripts, re.MULTILINE)
    assert len(names) > 100
    assert sorted(names) == sorted(set(names))
    assert sorted(path.name for path in PAGE.glob("*.js")) == sorted(SCRIPTS)


def test_a_language_that_the_page_does_not_speak_is_named():
    with pytest.raises(KgraphError, match="'xx'; choose one of en, id"):
        page(three_actors(), language="xx")


def test_the_graph_that_kgraph_builds_can_be_drawn():
    ontology = load()
    network = to_networkx(build(pairs(), ontology))
    html = render(network, relations=ontology.relations)
    sentences = block(html, "sentences")
    claims = [row for row in block(html, "claims") if row[13]]
    assert claims
    for row in claims:
        text, (start, end) = sentences[row[12]][0], row[13][2:4]
        assert text[start:end] == network.edges[*ends(html, row), row[0]]["trigger"]


def ends(html: str, row: list) -> tuple[str, str]:
    nodes = block(html, "nodes")
    return nodes[row[1]]["key"], nodes[row[3]]["key"]


def test_an_empty_network_is_a_page():
    assert block(page(empty()), "claims") == []


def spot(reader: Reader, html: str, key: str) -> tuple[float, float]:
    """Where the whole picture shows an actor, in pixels from its centre."""
    nodes = {node["key"]: node for node in block(html, "nodes")}
    width, height = reader.run("const e = document.getElementById('network'); return [e.clientWidth, e.clientHeight]")
    middle = {a: (min(n[a] for n in nodes.values()) + max(n[a] for n in nodes.values())) / 2 for a in "xy"}
    spread = {a: max(n[a] for n in nodes.values()) - min(n[a] for n in nodes.values()) + 1 for a in "xy"}
    scale = min((width - 110) / spread["x"], (height - 110) / spread["y"], 1.6)
    return tuple((nodes[key][axis] - middle[axis]) * scale for axis in "xy")


def between(reader: Reader, html: str, one: str, other: str) -> tuple[float, float]:
    ends = spot(reader, html, one), spot(reader, html, other)
    return tuple(sum(axis) / 2 for axis in zip(*ends, strict=True))


@pytest.fixture(scope="module")
def html() -> str:
    return page(three_actors(), title="Kim & Putin")


@pytest.mark.browser
def test_first_sight(reader, html):
    reader.open(html)
    assert reader.text("h1") == "Kim & Putin"
    assert reader.text("#summary") == "4 claims · 3 actors · 2 articles · 10 Sept 2023 to 13 Sept 2023"
    assert {"State", "Person", "Conflict", "planned", "contested"} <= set(reader.texts("#legend-body span"))
    assert reader.run("return document.querySelector('#network canvas').width") > 500


@pytest.mark.browser
def test_an_edge_shows_its_sentences_with_both_sides(reader, html):
    reader.open(html)
    reader.click("#network", at=between(reader, html, "PRK", "RUS"))
    reader.until(lambda: reader.text("#panel h2") == "North Korea → Russia")
    says, denies = reader.texts("#panel .side:not(.side .side)")
    assert "🚆 Korut memasok senjata ke Rusia, kata AS." in says
    assert "according to AS" in says
    assert "denied by Moskow" in denies
    assert "null" not in reader.text("#panel")
    assert reader.texts("#panel mark") == ["Korut", "memasok senjata", "Rusia"]
    link = reader.driver.find_element("css selector", "#panel .origin a")
    assert (link.text, link.get_attribute("href")) == ("Kim tiba", "https://x.id/1")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert "Republika, 12 Sept 2023" in says


@pytest.mark.browser
def test_an_actor_shows_what_it_does(reader, html):
    reader.open(html)
    reader.click("#network", at=spot(reader, html, "KimJongUn"))
    reader.until(lambda: reader.text("#panel h2") == "Kim Jong Un")
    assert reader.texts("#panel .partners li") == ["holds office in North Korea", "visits Russia"]
    reader.click("#panel .partners li:last-child button")
    assert reader.text("#panel h2") == "Kim Jong Un → Russia"
    assert "10 Sept 2023" in reader.text("#panel .circumstances")


@pytest.mark.browser
@pytest.mark.parametrize("sought", ["korut", "Korea Ut", "north", "dprk", "ＰＲＫ"])
def test_search_knows_names_of_both_languages(reader, html, sought):
    reader.open(html)
    reader.type("#search", sought)
    reader.until(lambda: reader.texts("#hits [role=option]"))
    assert reader.texts("#hits [role=option]")[0].startswith("North Korea")
    reader.type("#search", "\n")
    assert reader.text("#panel h2") == "North Korea"
    assert "Korut" in reader.text("#panel .names")


@pytest.mark.browser
def test_search_reaches_actors_that_are_not_drawn(reader):
    reader.open(page(crowd(500)))
    assert reader.text("#drawn") == "400 of 501 actors drawn; search finds the others"
    reader.type("#search", "visitor 499\n")
    assert reader.text("#panel h2") == "Visitor 499"
    assert reader.text("#drawn") == ""


@pytest.mark.browser
def test_filters_by_relation_and_status(reader, html):
    reader.open(html, "view=table")
    reader.click("[data-group=cooperation]")
    assert reader.text("caption") == "2 of 2 claims"
    assert "supplies arms to" not in reader.text("tbody")
    reader.click("#reset")
    reader.click("[data-set=nostatus][data-value=asserted]")
    assert reader.text("caption") == "2 of 2 claims"
    assert "visits" not in reader.text("tbody")
    assert reader.text("#summary").startswith("2 claims · 2 actors · 1 article")
    reader.click("[data-set=notype][data-value=CTY]")
    assert reader.text("#drawn") == ""
    assert reader.text("caption") == "0 of 0 claims"


@pytest.mark.browser
def test_filters_by_source_outlet_and_contest(reader, html):
    for address, rows in (
        ("source=RUS", 1),
        ("source=AS", 1),
        ("source=-", 2),
        ("outlet=Reuters", 2),
        ("contested=1", 2),
    ):
        reader.open(html, f"view=table&{address}")
        assert len(reader.texts("tbody tr")) == rows, address


@pytest.mark.browser
def test_dates_are_chosen_with_the_keyboard(reader, html):
    reader.open(html, "view=table")
    reader.type("#since", "\ue014")  # arrow right: from the first day to the second
    reader.until(lambda: reader.text("caption") == "3 of 3 claims")
    assert "since=2023-09-12" in reader.address
    reader.type("#until", "\ue012")  # arrow left
    reader.until(lambda: reader.text("caption") == "2 of 2 claims")
    assert reader.text("#dates-chosen") == "12 Sept 2023"


@pytest.mark.browser
def test_a_view_has_an_address_and_can_be_undone(reader, html):
    reader.open(html, "node=RUS&around=1&norelation=visits")
    assert reader.text("#panel h2") == "Russia"
    assert reader.text("#summary").startswith("3 claims")
    reader.click("#table-button")
    reader.click("#panel .close")
    assert reader.address == "view=table&norelation=visits"
    reader.click("#undo")
    reader.until(lambda: reader.text("#panel h2") == "Russia")
    assert reader.address == "view=table&norelation=visits&node=RUS&around=1"


@pytest.mark.browser
def test_an_address_of_nothing_known_shows_everything(reader, html):
    reader.open(html, "node=XXX&edge=PRK&edge=YYY&view=zzz&language=xx&around=99&path=QQQ&sort=none&since=tomorrow")
    assert reader.text("#panel h2") == ""


@pytest.mark.browser
def test_a_path_between_two_actors(reader, html):
    reader.open(html, "norelation=holdsPositionIn&node=KimJongUn")
    reader.click("#path-from")
    reader.type("#search", "korut\n")
    assert reader.text("#panel h2") == "Path from Kim Jong Un to North Korea"
    assert reader.texts("#panel h3.turn") == ["Kim Jong Un – Russia", "Russia – North Korea"]
    reader.click("[data-group=cooperation]")
    assert "No path under these filters." in reader.text("#panel")


@pytest.mark.browser
def test_the_table_sorts_and_leads_to_the_evidence(reader, html):
    reader.open(html)
    reader.click("#table-button")
    reader.until(lambda: reader.texts("tbody td:nth-child(1)"))
    assert reader.texts("tbody td:nth-child(1)") == ["13 Sept 2023", "12 Sept 2023", "12 Sept 2023", "10 Sept 2023"]
    reader.click("[data-sort=subject]")
    assert reader.texts("tbody td:nth-child(2)") == ["Kim Jong Un", "Kim Jong Un", "North Korea", "North Korea"]
    reader.click("[data-sort=subject]")
    assert reader.texts("tbody td:nth-child(2)")[0] == "North Korea"
    assert reader.run("return document.querySelector('[aria-sort=descending]').innerText").startswith("Who")
    reader.click("tbody tr td:nth-child(3) button")
    assert reader.text("#panel h2") == "North Korea → Russia"


@pytest.mark.browser
def test_the_language_can_be_switched(reader, html):
    reader.open(html, "node=PRK")
    reader.click("#language")
    assert reader.text("#panel h2") == "Korea Utara"
    assert reader.text("#summary").startswith("4 klaim · 3 pelaku · 2 artikel")
    assert "memasok senjata ke Rusia" in reader.text("#panel")
    assert reader.run("return document.documentElement.lang") == "id"
    assert reader.address == "language=id&node=PRK"
    reader.open(page(three_actors(), language="id"))
    assert reader.text("#table-button") == "Tabel"


@pytest.mark.browser
def test_keys_alone_are_enough(reader, html):
    reader.open(html)
    reader.type("#network", "\ue014\n" if spot(reader, html, "RUS")[0] > 0 else "\ue012\n")
    reader.until(lambda: reader.text("#panel h2"))
    assert reader.address.startswith("node=")
    assert reader.text("#said") in ("Kim Jong Un", "North Korea", "Russia")
    reader.type("#network", "\ue00c")
    assert reader.text("#panel h2") == ""
    reader.type("#network", "/")
    assert reader.run("return document.activeElement.id") == "search"


@pytest.mark.browser
@pytest.mark.parametrize("view", ["", "view=table", "edge=PRK&edge=RUS", "node=RUS&around=2"])
def test_a_telephone_needs_no_sideways_scrolling(reader, html, view):
    reader.open(html, view, width=360, height=740)
    assert reader.run("return document.documentElement.scrollWidth") <= 360
    assert reader.run("return document.querySelector('.tools').getBoundingClientRect().height") < 60
    reader.click("#filter-button")
    assert "Relations" in reader.text("#filters")


@pytest.mark.browser
def test_light_and_dark_follow_the_system(reader, html):
    grounds = []
    for dark in (False, True):
        reader.open(html, dark=dark)
        grounds.append(reader.run("return getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(251, 252, 253)", "rgb(18, 23, 31)"]
    reader.click("#theme")
    assert reader.run("return getComputedStyle(document.body).backgroundColor") == grounds[0]


def save(reader: Reader, kind: str, ending: str) -> bytes:
    """What the page gives for a kind of file."""
    reader.click("#export > summary")
    reader.click(f"#export-{kind}")
    path = reader.saved(f"kgraph.{ending}")
    content = path.read_bytes()
    path.unlink()
    return content


@pytest.mark.browser
def test_the_visible_claims_can_be_taken_home(reader, html):
    reader.open(html, "nostatus=asserted")
    rows = list(csv.DictReader(io.StringIO(save(reader, "csv", "csv").decode("utf-8-sig"))))
    assert [(row["Who"], row["Does"], row["Whom or what"]) for row in rows] == [
        ("North Korea", "supplies arms to", "Russia")
    ] * 2
    graph = Graph().parse(data=save(reader, "turtle", "ttl"), format="turtle")
    query = f"SELECT ?s WHERE {{ ?c a <{IR}Claim> ; <{IR}status> <{IR}possible> ; <{IR}stance> ?s }}"
    assert {str(stance) for (stance,) in graph.query(query)} == {f"{IR}says", f"{IR}denies"}
    network = networkx.parse_graphml(save(reader, "graphml", "graphml").decode(), force_multigraph=True)
    assert [facts["relation"] for *_, facts in network.edges(data=True)] == ["suppliesArmsTo"] * 2
    drawing = ElementTree.fromstring(save(reader, "svg", "svg"))
    assert {"North Korea", "Russia", "≠"} <= {text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")}
    assert save(reader, "png", "png").startswith(b"\x89PNG")


@pytest.mark.browser
def test_hostile_texts_are_only_texts(reader):
    html = render(hostile(), relations={}, title=HOSTILE[0] + HOSTILE[1])
    reader.open(html)
    assert reader.text("h1") == HOSTILE[0] + HOSTILE[1]
    actors = len(block(html, "nodes"))
    for address in (
        "view=table",
        "language=id",
        "edge=__proto__&edge=" + "constructor",
        "source=__proto__",
        "outlet=constructor",
    ):
        reader.open(html, address)
    for text in HOSTILE:
        reader.run("location.hash = new URLSearchParams([['node', arguments[0]], ['around', 2]])", text)
        reader.until(lambda: reader.text("#panel h2"))
        reader.run("document.querySelector('#panel .partners button').click()")
        reader.type("#search", text.replace("\u0000", "").replace("\u0007", "")[:12])
        reader.run(
            "const box = document.getElementById('search'); box.value = ''; box.dispatchEvent(new Event('input'))"
        )
    assert reader.run("return window.hacked") is None
    assert reader.run("return document.querySelectorAll('img, iframe, object, embed, form').length") == 0
    assert reader.run("return [...document.querySelectorAll('a')].every((a) => /^https?:/.test(a.href))")
    assert actors == len(HOSTILE)


@pytest.mark.browser
def test_hostile_texts_leave_in_whole_files(reader):
    reader.open(render(hostile(), relations={}))
    graph = Graph().parse(data=save(reader, "turtle", "ttl"), format="turtle")
    assert len(set(graph.subjects(None, None))) == 2 * len(HOSTILE)
    network = networkx.parse_graphml(save(reader, "graphml", "graphml").decode(), force_multigraph=True)
    assert len(network) == len(HOSTILE)
    ElementTree.fromstring(save(reader, "svg", "svg"))
    rows = list(csv.reader(io.StringIO(save(reader, "csv", "csv").decode("utf-8-sig"), newline="")))
    assert len(rows) == len(HOSTILE) + 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
