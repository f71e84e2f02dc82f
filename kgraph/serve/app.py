"""The web application: /sparql, /ready/NAME, /entity/KEY, and the page at /."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, quote

import uvicorn
from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kgraph import queries
from kgraph.errors import KgraphError, QueryError
from kgraph.ontology import PREFIXES
from kgraph.ontology.terms import curie
from kgraph.queries.formats import GRAPHS, TABLES, preferred, translated, written
from kgraph.serve.guard import Guard

HERE = Path(__file__).parent
AT_ONCE = 2  # queries; others wait
LONGEST = 1 << 20  # bytes of a request's body
ASKED_BY_FORM = "application/x-www-form-urlencoded"
ASKED_DIRECTLY = "application/sparql-query"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:"
# The editor does not know which prefixes the service knows.
DECLARED = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("ir", "ent", "rdf", "owl", "prov", "schema"))


class Refused(Exception):
    """A request that is answered by a status and a line."""

    def __init__(self, status: int, line: str) -> None:
        self.status, self.line = status, line
        super().__init__(line)


class Service:
    """One graph file and what is asked of it."""

    def __init__(self, graph: Path, page: str, *, language: Literal["id", "en"], seconds: float) -> None:
        self.graph, self.page, self.language, self.seconds = graph, page, language, seconds
        self.turns = asyncio.Semaphore(AT_ONCE)
        self.templates = Environment(loader=FileSystemLoader(HERE, encoding="utf-8"), autoescape=True)
        self.templates.filters["short"] = _short

    async def ask(self, query: str, parameters: Mapping[str, str] | None = None) -> queries.Rows:
        """Run a query in its own process, when its turn has come."""
        run = partial(queries.run, self.graph, query, language=self.language, seconds=self.seconds)
        async with self.turns:
            return await run_in_threadpool(run, parameters=parameters)

    async def home(self, _request: Request) -> Response:
        """The page of the graph."""
        return HTMLResponse(self.page)

    async def sparql(self, request: Request) -> Response:
        """The SPARQL 1.1 Protocol; without a query, the query page or the description of the service."""
        query = await _query(request)
        accept = request.headers.get("accept", "")
        if query is not None:
            return _answer(await self.ask(query), accept)
        media = preferred(accept, ("text/turtle", *GRAPHS, "text/html"))
        if media == "text/html":
            ready = queries.ready().values()
            html = self.templates.get_template("query.html").render(
                ready=ready, prefixes=DECLARED, language=self.language
            )
            return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})
        if media is None:
            raise Refused(406, f"there are: {', '.join((*GRAPHS, 'text/html'))}")
        description = self.templates.get_template("description.ttl").render(endpoint=str(request.url_for("sparql")))
        return Response(translated(description, media), media_type=media)

    async def ready(self, request: Request) -> Response:
        """The answer to a ready query, its parameters being those of the address."""
        name = request.path_params["name"]
        if name not in queries.READY:
            raise Refused(404, f"no ready query {name!r}; there are: {', '.join(queries.READY)}")
        return _answer(await self.ask(name, dict(request.query_params)), request.headers.get("accept", ""))

    async def entity(self, request: Request) -> Response:
        """An actor: what the graph says of it, for people or for programs."""
        key = request.path_params["key"]
        iri = PREFIXES["ent"] + quote(key, safe="")
        found = await self.ask(f"CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }}")
        if not found.rows:
            raise Refused(404, f"no actor {key!r} in this graph")
        media = preferred(request.headers.get("accept", ""), ("text/html", *GRAPHS))
        if media != "text/html":
            return _answer(found, request.headers.get("accept", ""))
        claims = await self.ask("statements", {"who": key})
        name = next((row[0].text for row in found.rows if row[0]), key)
        html = self.templates.get_template("entity.html").render(
            name=name, key=key, facts=found.rows, claims=claims, entity=PREFIXES["ent"], language=self.language
        )
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})


def _short(cell: queries.Cell) -> str:
    """What a reader wants to see of a value: its name, else a prefixed name."""
    return cell.label or (curie(cell.value) if cell.kind == "uri" else cell.value)


def application(graph: Path, page: str, *, language: Literal["id", "en"] = "en", seconds: float = 60) -> Starlette:
    """The application that serves a graph file and its page; a query may take `seconds`."""
    service = Service(graph, page, language=language, seconds=seconds)
    routes = [
        Route("/", service.home),
        Route("/sparql", service.sparql, methods=["GET", "POST"], name="sparql"),
        Route("/ready/{name}", service.ready),
        Route("/entity/{key}", service.entity),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    faults = {KgraphError: _fault, Refused: _refuse}
    return Starlette(routes=routes, middleware=[Middleware(Guard)], exception_handlers=faults)  # type: ignore[arg-type]


def run(app: Starlette, port: int) -> None:
    """Serve on the loopback address until stopped."""
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", server_header=False, timeout_graceful_shutdown=1)


async def _query(request: Request) -> str | None:
    """The query of a request, None where it has none."""
    given = parse_qs(request.url.query, keep_blank_values=True)
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in (ASKED_BY_FORM, ASKED_DIRECTLY, "application/sparql-update"):
            raise Refused(415, f"send {ASKED_BY_FORM} or {ASKED_DIRECTLY}")
        text = await _body(request)
        if kind == ASKED_BY_FORM:
            given = parse_qs(text, keep_blank_values=True)
        else:
            given = {**given, ("query" if kind == ASKED_DIRECTLY else "update"): [text]}
        if "query" not in given and "update" not in given:
            raise Refused(400, "no query")
    if "update" in given:
        raise Refused(403, "this service only reads")
    if given.keys() & {"default-graph-uri", "named-graph-uri"}:
        raise Refused(400, "there is one graph: leave out default-graph-uri and named-graph-uri")
    if len(given.get("query", [])) > 1:
        raise Refused(400, "more than one query")
    return given["query"][0] if "query" in given else None


async def _body(request: Request) -> str:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST:
            raise Refused(413, f"longer than {LONGEST} bytes")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"not UTF-8 at byte {error.start}") from error


def _answer(rows: queries.Rows, accept: str) -> Response:
    made = written(rows, accept)
    if made is None:
        raise Refused(406, f"there are: {', '.join(GRAPHS if rows.triples else TABLES)}")
    media, body = made
    headers = {"Vary": "Accept"} | ({"X-Truncated": "true"} if rows.truncated else {})
    return Response(body, media_type=media, headers=headers)


async def _fault(_request: Request, error: KgraphError) -> Response:
    return PlainTextResponse(f"{error}\n", 400 if isinstance(error, QueryError) else 500)


async def _refuse(_request: Request, error: Refused) -> Response:
    return PlainTextResponse(f"{error.line}\n", error.status)
