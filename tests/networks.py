"""Networks made by hand, in the form that the page draws."""

from __future__ import annotations

from typing import Any

import networkx

from kgraph.ontology import Relation


def relation(name: str, weight: float | None, *, symmetric: bool = False, **labels: str) -> Relation:
    """A relation with its labels, as in `relation("visits", 2.5, en="visits", id="mengunjungi")`."""
    everything: frozenset[str] = frozenset()
    iri = f"https://w3id.org/kgraph/ir#{name}"
    return Relation(
        name, iri, labels, {}, {}, {}, {}, domain=everything, range=everything, symmetric=symmetric, weight=weight
    )


RELATIONS = {
    found.name: found
    for found in (
        relation("visits", 2.5, en="visits", id="mengunjungi"),
        relation("meets", 2.5, symmetric=True, en="meets", id="bertemu"),
        relation("warns", -3.5, en="warns", id="memperingatkan"),
        relation("suppliesArmsTo", 10, en="supplies arms to", id="memasok senjata ke"),
        relation("holdsPositionIn", None, en="holds office in", id="menjabat di"),
    )
}


def empty() -> networkx.MultiDiGraph:
    """A network of nothing."""
    return networkx.MultiDiGraph(articles={}, sentences={})


def add_article(network: networkx.MultiDiGraph, key: str, **facts: Any) -> None:
    """An article; what is not given is unknown."""
    network.graph["articles"][key] = dict.fromkeys(("title", "outlet", "date", "url")) | {"language": "en"} | facts


def add_sentence(network: networkx.MultiDiGraph, key: str, text: str, *, article: str, start: int = 0) -> None:
    """A sentence of an article, in the article's language."""
    language = network.graph["articles"][article]["language"]
    network.graph["sentences"][key] = {"text": text, "language": language, "article": article, "start": start}


def add_actor(network: networkx.MultiDiGraph, key: str, label: str, kind: str = "CTY", **facts: Any) -> None:
    """An actor called `label` in English."""
    usual: dict[str, Any] = {"labels": {"en": label}, "label": label, "aliases": [], "type": kind, "code": None}
    network.add_node(key, **usual | facts)


def add_claim(
    network: networkx.MultiDiGraph, key: str, triple: tuple[str, str, str], sentence: str, **facts: Any
) -> None:
    """A claim (subject, relation, object) of a sentence: asserted by the article, with nothing marked."""
    subject, name, object_ = triple
    absent = ("source", "source_text", "stance", "event_date", "report_date", "office")
    marks = ("trigger", "trigger_start", "subject_text", "subject_start", "object_text", "object_start")
    usual: dict[str, Any] = dict.fromkeys(absent + marks)
    usual |= {"relation": name, "status": "asserted", "negated": False, "date_assumed": False}
    usual |= {"confidence": 0.9, "sentence": sentence, "contested": False}
    network.add_edge(subject, object_, key=key, **usual | facts)


def mark(text: str, subject: str, trigger: str, object_: str, *, start: int = 0) -> dict[str, Any]:
    """The offsets of three pieces of a sentence that starts at `start`."""
    pieces = {"subject": subject, "trigger": trigger, "object": object_}
    spans: dict[str, Any] = {f"{name}_start": start + text.index(piece) for name, piece in pieces.items()}
    return spans | {"trigger": trigger, "subject_text": subject, "object_text": object_}


def three_actors() -> networkx.MultiDiGraph:
    """North Korea, Russia and Kim: a contested supply of arms, a visit and an office."""
    network = empty()
    add_article(
        network, "a1", title="Kim tiba", outlet="Republika", date="2023-09-12", url="https://x.id/1", language="id"
    )
    add_article(network, "a2", title="Arms talks", outlet="Reuters", date="2023-09-13", url="https://x.org/2")
    add_actor(
        network,
        "PRK",
        "North Korea",
        code="PRK",
        labels={"en": "North Korea", "id": "Korea Utara"},
        aliases=["Korut", "DPRK"],
    )
    add_actor(network, "RUS", "Russia", code="RUS", labels={"en": "Russia", "id": "Rusia"}, aliases=["Moskow"])
    add_actor(network, "KimJongUn", "Kim Jong Un", "PER")
    says = "🚆 Korut memasok senjata ke Rusia, kata AS."
    denies = "Moskow membantah bahwa Korut memasok senjata ke Rusia."
    visit = "Kim visited Russia on 10 September."
    add_sentence(network, "a1-s1", says, article="a1", start=9)
    add_sentence(network, "a1-s2", denies, article="a1", start=60)
    add_sentence(network, "a2-s1", visit, article="a2", start=11)
    arms = ("PRK", "suppliesArmsTo", "RUS")
    possible = {"status": "possible", "contested": True, "report_date": "2023-09-12"}
    pieces = mark(says, "Korut", "memasok senjata", "Rusia", start=9)
    add_claim(network, "c1", arms, "a1-s1", source_text="AS", stance="says", **possible, **pieces)
    add_claim(network, "c2", arms, "a1-s2", source="RUS", source_text="Moskow", stance="denies", **possible)
    dates = {"event_date": "2023-09-10", "report_date": "2023-09-13"}
    add_claim(
        network,
        "c3",
        ("KimJongUn", "visits", "RUS"),
        "a2-s1",
        **dates,
        **mark(visit, "Kim", "visited", "Russia", start=11),
    )
    add_claim(
        network, "c4", ("KimJongUn", "holdsPositionIn", "PRK"), "a2-s1", office="leader", report_date="2023-09-13"
    )
    return network
