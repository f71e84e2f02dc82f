"""The SPARQL engine inside a page: Oxigraph compiled for browsers, with the graph that it answers from."""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kgraph.errors import KgraphError

HERE = Path(__file__).parent / "oxigraph"

Ready = tuple[Mapping[str, str], str]  # titles by language, text


@dataclass(frozen=True, slots=True)
class Questions:
    """What a page with an engine can be asked about: lines of N-Triples, and queries to begin with, at least one."""

    triples: Iterable[str]
    ready: Sequence[Ready]


def parts(triples: Iterable[str]) -> dict[str, str]:
    """The engine's script, its compiled code and the graph, each compressed and as base64."""
    try:
        code = _classic((HERE / "web.js").read_text("utf-8")) + (HERE / "worker.js").read_text("utf-8")
        compiled = (HERE / "web_bg.wasm.gz").read_bytes()
    except FileNotFoundError as error:
        cure = "install kgraph anew, or draw the page without SPARQL"
        raise KgraphError("the SPARQL engine is not in this installation", place=error.filename, cure=cure) from error
    graph = "".join(f"{line}\n" for line in triples).encode()
    packed = {"code": gzip.compress(code.encode(), mtime=0), "graph": gzip.compress(graph, mtime=0), "wasm": compiled}
    return {name: base64.b64encode(data).decode() for name, data in packed.items()}


def _classic(module: str) -> str:
    """A module as a plain script: browsers let a page opened from a file start no other worker."""
    script = re.sub(r"^export (?:\{.*\};$|(?=class|function))", "", module, flags=re.MULTILINE)
    return script.replace("import.meta.url", "self.location.href")
