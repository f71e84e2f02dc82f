"""How fast ready queries are answered on a graph of many claims, beside rdflib and a flat duckdb table.

    pip install duckdb
    python benchmarks/queries.py [--claims 300000] [--rdflib-claims 20000]

The claims are made by chance from a fixed seed. Prints, for each ready query, the seconds of `kgraph.query` on a file
(which starts a process and reads the file each time), of the query alone in pyoxigraph's memory, and of rdflib, which
gets a smaller graph; for "visits", also of a flat duckdb table. Each figure is of one run.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pyoxigraph as ox
from rdflib import Graph

from kgraph import ontology, queries
from kgraph.ontology import PREFIXES

ACTORS, ARTICLE = 2000, 20  # actors in all; claims of an article
GIVEN = {"who": "A1", "whom": "A2", "source": "A3"}  # for what is required
SKIPPED_BY_RDFLIB = 60  # seconds for one query, after which its others are left out
Row = tuple[str, str, str, str, str, str]


def rows(count: int) -> Iterator[Row]:
    """Subject, relation, object, status, source and day of each claim; some actors are in the news far more often."""
    chance = random.Random(1)
    names = list(ontology.load().relations)
    for _ in range(count):
        one, other, source = (f"A{int(ACTORS * chance.random() ** 3)}" for _ in range(3))
        status = chance.choice(("asserted", "asserted", "planned", "possible"))
        day = f"20{chance.randint(10, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield one, chance.choice(names), other, status, source, day


def triples(count: int) -> Iterator[str]:
    """The graph as N-Triples."""
    ir, ent, skos, rdf = (PREFIXES[name] for name in ("ir", "ent", "skos", "rdf"))
    for number in range(ACTORS):
        yield f'<{ent}A{number}> <{skos}prefLabel> "A{number}"@en .'
        yield f"<{ent}A{number}> <{rdf}type> <{ir}State> ."
    for number, (one, relation, other, status, source, day) in enumerate(rows(count)):
        claim, sentence = f"<{PREFIXES['claim']}{number}>", f"<{PREFIXES['sent']}{number}>"
        article = f"<{PREFIXES['art']}{number // ARTICLE}>"
        date = f'"{day}"^^<{PREFIXES["xsd"]}date>'
        stance = "denies" if number % 10 == 0 else "says"
        yield f"{claim} <{rdf}type> <{ir}Claim> ."
        yield f"{claim} <{rdf}subject> <{ent}{one}> ."
        yield f"{claim} <{rdf}predicate> <{ir}{relation}> ."
        yield f"{claim} <{rdf}object> <{ent}{other}> ."
        yield f"{claim} <{ir}status> <{ir}{status}> ."
        yield f'{claim} <{ir}negated> "false"^^<{PREFIXES["xsd"]}boolean> .'
        yield f'{claim} <{ir}office> "juru bicara" .'
        yield f"{claim} <{ir}attributedTo> <{ent}{source}> ."
        yield f"{claim} <{ir}stance> <{ir}{stance}> ."
        yield f"{claim} <{ir}reportDate> {date} ."
        yield f"{claim} <{ir}article> {article} ."
        yield f"{claim} <{PREFIXES['prov']}wasQuotedFrom> {sentence} ."
        yield f'{sentence} <{ir}text> "Sentence {number}."@en .'
        yield f"{article} <{rdf}type> <{PREFIXES['schema']}NewsArticle> ."
        yield f'{article} <{PREFIXES["schema"]}publisher> "Outlet {number // ARTICLE % 50}" .'


def timed(run: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def in_duckdb(count: int) -> float:
    """Seconds of "visits" on a flat table in memory."""
    table = duckdb.connect()
    table.execute("CREATE TABLE c (s TEXT, r TEXT, o TEXT, status TEXT, source TEXT, day TEXT)")
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        file.writelines(",".join(row) + "\n" for row in rows(count))
        file.flush()
        table.execute(f"INSERT INTO c SELECT * FROM read_csv('{file.name}', header=false, all_varchar=true)")
    return timed(lambda: table.execute("SELECT * FROM c WHERE r = 'visits' ORDER BY day").fetchall())


def main() -> None:
    """Make the graphs, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=300_000)
    parser.add_argument("--rdflib-claims", type=int, default=20_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nt"
        path.write_text("\n".join(triples(arguments.claims)) + "\n", encoding="utf-8")
        store = ox.Store()
        print(f"reading {arguments.claims} claims: {timed(lambda: store.bulk_load(path=str(path))):.1f} s")
        small = Graph()
        small.parse(data="\n".join(triples(arguments.rdflib_claims)), format="nt")
        print(f"visits in duckdb: {in_duckdb(arguments.claims):.3f} s")
        print(f"{'query':20}{'kgraph':>9}{'pyoxigraph':>12}{f'rdflib, {arguments.rdflib_claims}':>18}")
        spent = 0.0
        for query in queries.ready().values():
            needed = {each.name: GIVEN[each.name] for each in query.parameters if each.required}
            text = query.bound({name: ox.NamedNode(PREFIXES["ent"] + key) for name, key in needed.items()})
            ours = timed(lambda name=query.name, given=needed: queries.run(path, name, parameters=given, seconds=600))
            bare = timed(lambda text=text: list(store.query(text, prefixes=PREFIXES)))
            slow = "left out"
            if spent < SKIPPED_BY_RDFLIB:
                took = timed(lambda text=text: list(small.query(text, initNs=PREFIXES)))
                spent, slow = max(spent, took), f"{took:.2f}"
            print(f"{query.name:20}{ours:9.2f}{bare:12.2f}{slow:>18}", flush=True)


if __name__ == "__main__":
    main()
