"""How well names are found and linked in IndEL, sentences of Indonesian news with links to Wikidata.

    python benchmarks/linking.py IndEL_General_Domain.ttl [--extractor rules] [--mistakes 20]

IndEL: https://github.com/dice-group/IndEL. Each sentence is read as an article of its own.

Wikidata's labels are not at hand, so an item is matched by the words that link to it: it is the country, organisation
or person of the book that most of them name in full, if half of them are names of it or parts of its label. In full is
a label in Indonesian or English, for persons a name of two words or more, for organisations any name that is not also
something else's. Where two items are one actor, it is the one that is named so more often. "Madrid" for Real Madrid
stays an item that the book does not know, and calling it Spain is wrong.

    recall      of the links to items that the book knows, those that are found and lead to the right actor
    short       the same for words that do not name the item in full, which took no part in the matching
    precision   of names read as an actor of the book where IndEL has a link, those that lead to the right one
    unlinked    names read as an actor of the book where IndEL has no link: not judged

What that misses: items met under short names alone count as unknown, so that a right answer is held against precision;
so are slips of the annotators ("Joko Widodo" linked to Indonesia, of which there are dozens); items that the book has
and nobody names in full are no loss of recall; and what needs more than one sentence cannot be right.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kgraph.actors import Book
from kgraph.actors.names import keys
from kgraph.pipeline import annotate
from kgraph.records import Actor, EntityType

NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
LINK = "http://www.w3.org/2005/11/its/rdf#taIdentRef"
TYPES: tuple[EntityType, ...] = ("CTY", "ORG", "PER")


Tallies = dict[str, "Tally"]
Found = tuple[str, str, str]  # words, type, what the record calls the actor


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a sentence that link to an item of Wikidata."""

    start: int
    end: int
    words: str
    item: str


@dataclass
class Tally:
    """What was counted for one type."""

    right: int = 0
    gold: int = 0
    found: int = 0
    unlinked: int = 0
    short_right: int = 0
    short: int = 0
    wrong: Counter[str] = field(default_factory=Counter)


def sentences(path: Path) -> Iterator[tuple[str, list[Link]]]:
    """Each sentence with its links, in the order of the file."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE):
        said[quad.subject.value][quad.predicate.value] = quad.object.value
    links: dict[str, list[Link]] = defaultdict(list)
    for about in said.values():
        if LINK in about:
            start, end = int(about[NIF + "beginIndex"]), int(about[NIF + "endIndex"])
            item = about[LINK].rpartition("/")[2]
            links[about[NIF + "referenceContext"]].append(Link(start, end, about[NIF + "anchorOf"], item))
    for iri, about in said.items():
        if NIF + "isString" in about:
            yield about[NIF + "isString"], sorted(links[iri], key=lambda link: (link.start, link.end))


def in_full(book: Book, words: str) -> Actor | None:
    """The country, organisation or person that words name in full."""
    name = keys(words)
    bearers = {held.key for held in book.names.get(name, ()) if not held.shy}
    for kind in TYPES:
        for actor in book.lookup(words, kind):
            whole = (kind == "PER" and len(name) > 1) or (kind == "ORG" and bearers == {actor.key})
            if whole or name in {keys(label) for _, label in actor.labels}:
                return actor
    return None


def matched(book: Book, links: Iterable[Link]) -> dict[str, Actor]:
    """Each item of Wikidata that the book knows, and the actor that it is."""
    met: dict[str, Counter[str]] = defaultdict(Counter)
    for link in links:
        met[link.item][link.words] += 1
    found = [(times, item, actor) for item, words in met.items() for times, actor in _candidate(book, words)]
    owners: dict[str, tuple[str, Actor]] = {}
    for _, item, actor in sorted(found, key=lambda each: (-each[0], each[1])):
        owners.setdefault(actor.key, (item, actor))
    return dict(owners.values())


def _candidate(book: Book, words: Counter[str]) -> Iterator[tuple[int, Actor]]:
    """The actor that an item is, with how often it is named in full."""
    full = [(actor, times) for each, times in words.items() if (actor := in_full(book, each))]
    counts = Counter({actor: 0 for actor, _ in full})
    for actor, times in full:
        counts[actor] += times
    for actor, times in sorted(counts.items(), key=lambda each: (-each[1], each[0].key))[:1]:
        label = set(keys(actor.label))
        named = sum(
            n for each, n in words.items() if label.issuperset(keys(each)) or actor in book.lookup(each, actor.type)
        )
        if named * 2 >= words.total():
            yield times, actor


def canon(actor: Actor) -> str:
    """What a record calls an actor."""
    return actor.code or actor.label


def overlap(one: str, other: str) -> bool:
    """Whether one holds the other as whole words."""
    one, other = f" {one.lower()} ", f" {other.lower()} "
    return one in other or other in one


def judge(book: Book, found: list[Found], links: list[Link], actors: Mapping[str, Actor], tallies: Tallies) -> None:
    """Count one sentence, in which these names were read as actors of the book."""
    for words, kind, name in found:
        over = [link for link in links if overlap(words, link.words)]
        tally = tallies[kind]
        tally.found += bool(over)
        tally.unlinked += not over
        if over and not any(link.item in actors and canon(actors[link.item]) == name for link in over):
            tally.wrong[f"{words} as {name}, linked to {over[0].item}"] += 1
    for link in links:
        meant = actors.get(link.item)
        if meant:
            right = any(name == canon(meant) and overlap(words, link.words) for words, _, name in found)
            short = in_full(book, link.words) != meant
            tally = tallies[meant.type]
            tally.gold, tally.right = tally.gold + 1, tally.right + right
            tally.short, tally.short_right = tally.short + short, tally.short_right + (short and right)


def canons(book: Book) -> dict[str, frozenset[str]]:
    """What records call the actors of the book, by type."""
    return {kind: frozenset(canon(actor) for actor in book.actors.values() if actor.type == kind) for kind in TYPES}


def main() -> None:
    """Read the file and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--mistakes", type=int, default=0, help="print so many of each type")
    parser.add_argument("--extractor", choices=("model", "rules"), default="model")
    given = parser.parse_args()
    book = Book.load()
    read = list(sentences(given.path))
    actors = matched(book, (link for _, links in read for link in links))
    tallies: Tallies = {kind: Tally() for kind in TYPES}
    rows = ((f"{number}:0", text) for number, (text, _) in enumerate(read))
    names = canons(book)
    records = annotate(rows, language="id", extractor=given.extractor)
    for (_, links), record in zip(read, records, strict=True):
        found = [(words, kind, name) for words, kind, name in record["e"] if name in names.get(kind, ())]
        judge(book, found, links, actors, tallies)
    links_in_all = sum(len(links) for _, links in read)
    print(f"{len(read)} sentences, {links_in_all} links, {len(actors)} items that the book knows")
    for kind, tally in tallies.items():
        wrong = sum(tally.wrong.values())
        precision, recall = 1 - wrong / (tally.found or 1), tally.right / (tally.gold or 1)
        short = tally.short_right / (tally.short or 1)
        print(
            f"{kind}  precision {precision:.3f} of {tally.found}  recall {recall:.3f} of {tally.gold}  "
            f"short {short:.3f} of {tally.short}  unlinked {tally.unlinked}"
        )
        for what, times in tally.wrong.most_common(given.mistakes):
            print(f"    {times} {what}")


if __name__ == "__main__":
    main()
