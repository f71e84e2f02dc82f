"""The index of a store: its graph in an RDF database on disk, made from the shards, and made again whenever wished.

The manifest's list of things to do names what the index lacks: articles whose own lines changed, shared lines and
actors' names that came or went. Doing one twice does no harm, so that a stop between index and manifest does none.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kgraph.errors import StoreError
from kgraph.ontology import PREFIXES, Ontology
from kgraph.store.blocks import OWN, names
from kgraph.store.lines import as_file, lines
from kgraph.store.manifest import Manifest

IR, OA, ART = PREFIXES["ir"], PREFIXES["oa"], PREFIXES["art"]
ARTICLE, COPY_OF = ox.NamedNode(f"{IR}article"), ox.NamedNode(f"{IR}nearCopyOf")
SOURCE, SELECTOR = ox.NamedNode(f"{OA}hasSource"), ox.NamedNode(f"{OA}hasSelector")
NAMING = tuple(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (("rdf", "type"), ("skos", "prefLabel"), ("skos", "altLabel"), ("ir", "isoCode"))
)
AT_ONCE = 500  # things done between two notes in the manifest
CURE = "`kgraph rebuild` makes it anew"


def path_of(folder: Path) -> Path:
    """Where the index lies."""
    return folder / "index"


def behind(manifest: Manifest) -> bool:
    """Whether the index is missing or lacks something."""
    return not path_of(manifest.folder).is_dir() or manifest.one("SELECT 1 FROM todo LIMIT 1") is not None


def rebuild(manifest: Manifest, ontology: Ontology) -> None:
    """Make the index from the shards."""
    fresh, path = manifest.folder / "index.new", path_of(manifest.folder)
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        store = ox.Store(str(fresh))
        store.bulk_load(as_file(lines(manifest, ontology)), ox.RdfFormat.N_TRIPLES)
        store.flush()
        del store
        shutil.rmtree(path, ignore_errors=True)
        fresh.rename(path)
    except OSError as error:
        raise StoreError(f"the index cannot be written: {error}", place=str(manifest.folder), cure=CURE) from error
    with manifest.change():
        manifest.db.execute("DELETE FROM todo")


def catch_up(manifest: Manifest, ontology: Ontology) -> None:
    """Do all that the index lacks."""
    if not path_of(manifest.folder).is_dir():
        rebuild(manifest, ontology)
    try:
        store = ox.Store(str(path_of(manifest.folder)))
        while todo := manifest.db.execute("SELECT kind, item FROM todo LIMIT ?", (AT_ONCE,)).fetchall():
            gone: set[ox.Quad] = set()
            come: set[ox.Quad] = set()
            for kind, item in todo:
                held, wanted = STEPS[kind](store, manifest, item, ontology)
                gone |= held - wanted
                come |= wanted - held
            _exchange(store, gone - come, come)
            store.flush()
            with manifest.change():
                manifest.db.executemany("DELETE FROM todo WHERE kind = ? AND item = ?", todo)
        for log in path_of(manifest.folder).glob("LOG.old.*"):  # the database writes one each time it is opened
            log.unlink()
    except (OSError, RuntimeError) as error:
        raise StoreError(f"the index cannot be written: {error}", place=str(manifest.folder), cure=CURE) from error


Change = tuple[set[ox.Quad], set[ox.Quad]]


def _article(store: ox.Store, manifest: Manifest, key: str, _ontology: Ontology) -> Change:
    """What the index holds of an article alone, and what it should."""
    article = ox.NamedNode(ART + key)
    held = set(store.quads_for_pattern(article, None, None))
    for claim in store.quads_for_pattern(None, ARTICLE, article):
        held.update(store.quads_for_pattern(claim.subject, None, None))
    for sentence in store.quads_for_pattern(None, SOURCE, article):
        about = list(store.quads_for_pattern(sentence.subject, None, None))
        held.update(about)
        for position in (quad.object for quad in about if quad.predicate == SELECTOR):
            held.update(store.quads_for_pattern(position, None, None))  # type: ignore[arg-type]
    reading = manifest.live(key)
    wanted = _quads(line for line in manifest.lines_of(reading) if line.startswith(OWN)) if reading else set()
    if original := manifest.original(key):
        wanted.add(ox.Quad(article, COPY_OF, ox.NamedNode(ART + original)))
    return held, wanted


def _line(store: ox.Store, manifest: Manifest, line: bytes, _ontology: Ontology) -> Change:
    quads = _quads([line])
    counted = manifest.one("SELECT 1 FROM shared WHERE line = ?", line) is not None
    return {quad for quad in quads if quad in store}, quads if counted else set()


def _actor(store: ox.Store, manifest: Manifest, actor: bytes, ontology: Ontology) -> Change:
    iri = ox.NamedNode(actor.decode()[1:-1])
    held = {quad for predicate in NAMING for quad in store.quads_for_pattern(iri, predicate, None)}
    raw = manifest.db.execute("SELECT line FROM shared WHERE actor = ?", (actor,))
    return held, _quads(names((line for (line,) in raw), ontology))


Step = Callable[[ox.Store, Manifest, Any, Ontology], Change]
STEPS: dict[str, Step] = {
    "article": _article,
    "line": _line,
    "actor": _actor,
}


def _quads(lines: Iterable[bytes]) -> set[ox.Quad]:
    return {ox.Quad(*quad.triple) for quad in ox.parse(b"".join(lines), ox.RdfFormat.N_TRIPLES)}


def _exchange(store: ox.Store, gone: set[ox.Quad], come: set[ox.Quad]) -> None:
    """Take quads out and put others in; readers see both or neither."""
    if gone:
        out, into = ("\n".join(f"{quad.triple} ." for quad in quads) for quads in (gone, come))
        store.update(f"DELETE DATA {{ {out} }} ; INSERT DATA {{ {into} }}")
    else:
        store.extend(come)
