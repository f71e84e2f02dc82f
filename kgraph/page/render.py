"""The page itself: pyvis with a template of ours, every script and style inside the file, no request to anywhere."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from kgraph.errors import KgraphError
from kgraph.page.cell import Page
from kgraph.page.engine import Questions, parts
from kgraph.page.layout import place
from kgraph.page.tables import Tables, tabulate

if TYPE_CHECKING:
    import networkx as nx

    from kgraph.ontology import Relation

HERE = Path(__file__).parent
LANGUAGES = ("en", "id")  # each has its words.LANGUAGE.json
PACKED = 200_000  # a table of more characters is compressed: 10,000 actors fit into half the file
DRAWN = 400  # nobody reads a picture of more nodes; the rest is one search away
SCRIPTS = (
    "model.js",
    "state.js",
    "filter.js",
    "place.js",
    "glyphs.js",
    "draw.js",
    "labels.js",
    "panel.js",
    "search.js",
    "controls.js",
    "table.js",
    "query.js",
    "export.js",
    "main.js",
)
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "tooltipDelay": 10**6, "selectConnectedEdges": False},
    "edges": {"smooth": False, "arrows": {"to": {"scaleFactor": 0.55}}, "selectionWidth": 2, "hoverWidth": 1},
}


@dataclass(frozen=True, slots=True)
class _Assets:
    """Style and scripts as they stand in the page, with the policy that lets these alone run."""

    style: str
    vis: str
    script: str

    def policy(self, engine: bool) -> str:
        """The policy; a page with an `engine` may also compile it, in a worker made of what the page holds."""
        scripts = f"'{_hash(self.vis)}' '{_hash(self.script)}'"
        more = (" 'wasm-unsafe-eval'", "worker-src blob:; ") if engine else ("", "")
        return (
            f"default-src 'none'; script-src {scripts}{more[0]}; {more[1]}style-src '{_hash(self.style)}'; "
            "img-src data: blob:; base-uri 'none'; form-action 'none'"
        )


def render(
    network: nx.MultiDiGraph,
    *,
    relations: Mapping[str, Relation],
    language: str = "en",
    title: str | None = None,
    questions: Questions | None = None,
) -> Page:
    """One HTML page that shows the network, as text; the same network gives the same bytes.

    `network` has the form of `kgraph.graph.to_networkx`, `relations` the names, weights and symmetry of its relations,
    `language` the language in which the page opens (the reader can change it). With `questions`, the page has a SPARQL
    engine of 2 MB that answers them.
    """
    from kgraph.ontology import PREFIXES

    if language not in LANGUAGES:
        raise KgraphError(f"the page does not speak {language!r}", cure=f"choose one of {', '.join(LANGUAGES)}")
    tables = tabulate(network, relations)
    namespaces = {prefix: PREFIXES[prefix] for prefix in ("ir", "ent", "claim")}
    asked = {"prefixes": dict(PREFIXES), "queries": questions.ready} if questions else {}
    words = {name: json.loads(_read(f"words.{name}.json")) for name in LANGUAGES}
    blocks = {
        "claims": tables.claims,
        "relations": tables.relations,
        "sentences": tables.sentences,
        "articles": tables.articles,
        "words": words,
        "settings": {"language": language, "drawn": DRAWN, "namespaces": namespaces} | asked,
    }
    engine = parts(questions.triples) if questions else {}
    return Page(
        _generate(tables, title or words[language]["title"], {"language": language, "blocks": blocks, "engine": engine})
    )


def _generate(tables: Tables, title: str, page: dict[str, Any]) -> str:
    from jinja2 import Environment, FileSystemLoader
    from pyvis.edge import Edge
    from pyvis.network import Network  # loads IPython: only who draws waits for it

    picture = Network(directed=True, cdn_resources="in_line", heading=title)
    environment = Environment(loader=FileSystemLoader(HERE, encoding="utf-8"), autoescape=True)  # pyvis escapes nothing
    environment.filters["block"] = _block
    environment.globals["page"] = page | {"assets": _assets()}
    picture.path, picture.templateEnv = "template.html", environment
    picture.set_options(json.dumps(OPTIONS, sort_keys=True))
    points = _points(tables)
    for number, node in enumerate(tables.nodes):
        position = dict(zip("xy", points[number], strict=True)) if number < len(points) else {}
        picture.add_node(number, **node, **position)
    # add_edge looks both ends up in a list: 3.4 s at 10,000 nodes
    picture.edges = [Edge(edge.start, edge.end, directed=True, c=edge.claims).options for edge in tables.edges]
    return picture.generate_html()


def _points(tables: Tables) -> list[tuple[int, int]]:
    """Places for the nodes that are drawn at the start."""
    drawn = [edge for edge in tables.edges if max(edge.start, edge.end) < DRAWN]
    labels = [node["label"] for node in tables.nodes[:DRAWN]]
    return place(labels, [(edge.start, edge.end) for edge in drawn])


def _assets() -> _Assets:
    vis = (files("pyvis") / "templates/lib/vis-9.1.2/vis-network.min.js").read_text("utf-8")
    script = "\n".join(_read(name) for name in SCRIPTS)
    return _Assets(style=_read("style.css"), vis=vis, script=f'"use strict";\n(async () => {{\n{script}\n}})();')


def _block(name: str, rows: Any) -> Markup:
    """A table as a script element that no browser runs: JSON without any `<`, or compressed where it is long."""
    text = htmlsafe_json_dumps(rows, dumps=_dumps)
    kind = "application/json"
    if len(text) > PACKED:
        packed = gzip.compress(_dumps(rows).encode(), mtime=0)
        kind, text = "application/gzip", Markup(base64.b64encode(packed).decode())
    return Markup('<script type="{}" id="data-{}">{}</script>').format(kind, name, text)


def _dumps(rows: Any, **_: Any) -> str:
    return json.dumps(rows, sort_keys=True, separators=(",", ":"))


def _read(name: str) -> str:
    return (HERE / name).read_text("utf-8")


def _hash(text: str) -> str:
    """The source expression by which a content security policy lets one inline text run."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
