"""One row for each claim, with all that it carries, and the columns that event data has.

`polecat` and `gdelt` name the column of POLECAT (PLOVER) and of GDELT 1.0 (CAMEO) that holds the same. Their events are
what happened; set beside them the rows that are asserted, not negated, and whose stance is not "denies".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kgraph.exports.spool import NOTHING, Description, Spool, first
from kgraph.ontology import Ontology, Relation
from kgraph.ontology.terms import local
from kgraph.records import Language

Kind = Literal["text", "integer", "number", "boolean"]
Cell = str | int | float | bool | None
Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table of claims; a cell is empty where the graph does not say."""

    name: str
    kind: Kind
    meaning: str
    polecat: str = ""
    gdelt: str = ""


def _actor(role: str, polecat: str, gdelt: str) -> tuple[Column, ...]:
    name, country, code = (polecat and f"{polecat} Name", polecat and f"{polecat} Country", gdelt and f"{gdelt}Name")
    return (
        Column(f"{role}_id", "text", f"local name of the {role}'s IRI", "", gdelt and f"{gdelt}Code"),
        Column(f"{role}_name", "text", f"the {role}'s name in the reader's language", name, code),
        Column(f"{role}_type", "text", "PER CTY ORG GRP LOC WPN DOC EVT"),
        Column(f"{role}_country", "text", "ISO 3166-1 alpha-3, of states", country, gdelt and f"{gdelt}CountryCode"),
        Column(f"{role}_text", "text", f"the words that name the {role}", polecat and f"{polecat} Name Raw"),
        Column(f"{role}_reason", "text", "why they were read so, where they are no plain name"),
    )


def _start(role: str) -> Column:
    return Column(f"{role}_start", "integer", "offset of these words in the article, in characters")


COLUMNS: tuple[Column, ...] = (
    Column("claim_id", "text", "local name of the claim's IRI", "Event ID", "GLOBALEVENTID"),
    Column("event_date", "text", "when it happens: 2023-09-12, 2023-09 or 2023", "Event Date"),
    Column("event_date_precision", "text", "day, month or year"),
    Column("event_date_assumed", "boolean", "the event's date is that of the report"),
    Column("report_date", "text", "the article's date", "Publication Date", "DATEADDED"),
    Column("sqldate", "integer", "20230912; of the event, else of the report", "", "SQLDATE"),
    Column("month_year", "integer", "202309; of the event, else of the report", "", "MonthYear"),
    Column("year", "integer", "2023; of the event, else of the report", "", "Year"),
    *_actor("subject", "Actor", "Actor1"),
    _start("subject"),
    Column("relation", "text", "local name of the relation's IRI"),
    Column("relation_label", "text", "the relation in the reader's language"),
    *_actor("object", "Recipient", "Actor2"),
    _start("object"),
    Column("status", "text", "asserted, planned or possible"),
    Column("negated", "boolean", "the sentence says that it is not so"),
    *_actor("source", "", ""),
    Column("stance", "text", "says or denies: the source's; empty where the article itself speaks"),
    Column("contested", "boolean", "the graph holds claims for and against it"),
    Column("plover_type", "text", "type of event in PLOVER", "Event Type"),
    Column("plover_weight", "number", "conflict (-10) to cooperation (10), by PLOVER", "Intensity", "GoldsteinScale"),
    Column("cameo_root", "text", "root code of CAMEO, two digits", "", "EventRootCode"),
    Column(
        "quad_class", "integer", "1, 2: cooperate in word, deed; 3, 4: conflict in word, deed", "Quad Code", "QuadClass"
    ),
    Column("office", "text", "the office held, in the sentence's words", "Actor Title"),
    Column("trigger", "text", "the words that express the relation"),
    Column("trigger_start", "integer", "offset of these words in the article, in characters"),
    Column("confidence", "number", "how likely the sentence was read rightly, 0 to 1"),
    Column("sentence_id", "text", "local name of the sentence's IRI"),
    Column("sentence", "text", "the sentence that says so"),
    Column("sentence_start", "integer", "offset of the sentence in the article, in characters"),
    Column("sentence_end", "integer", "where it ends"),
    Column("article_id", "text", "local name of the article's IRI: 16 digits of its text's SHA-256"),
    Column("headline", "text", "the article's title"),
    Column("publisher", "text", "who published it", "Source"),
    Column("language", "text", "the article's language", "Language"),
    Column("url", "text", "the article's address", "", "SOURCEURL"),
    Column("near_copy_of", "text", "id of the article of which this one is nearly a copy"),
)

# CAMEO's roots 01 to 05 are verbal and 06 to 08 material cooperation; 09 to 13 verbal and 14 to 20 material conflict.
QUADS = ((5, 1), (8, 2), (13, 3), (20, 4))
PRECISIONS = {"xsd:date": "day", "xsd:gYearMonth": "month", "xsd:gYear": "year"}


def rows(spool: Spool, ontology: Ontology, *, language: Language) -> Iterator[Row]:
    """The rows of all claims, in the order of `claim_id`; each has every column, in order."""
    for iri, claim in spool.claims():
        subject, relation, obj = (first(claim, f"rdf:{end}") for end in ("subject", "predicate", "object"))
        known = ontology.relations.get(local(relation or ""))
        contested = spool.is_contested(
            subject or "", relation or "", obj or "", symmetric=known is not None and known.symmetric
        )
        found: Row = {
            "claim_id": local(iri),
            "contested": contested,
            **_of_claim(claim),
            **_relation(relation, known, spool, language),
            **_dates(claim),
            **_sentence(claim, spool),
            **_article(claim, spool),
        }
        for role, end in (("subject", subject), ("object", obj), ("source", first(claim, "ir:attributedTo"))):
            found |= {f"{role}_{name}": cell for name, cell in actor(end, spool, ontology, language).items()}
        yield {column.name: found.get(column.name) for column in COLUMNS}


def actor(iri: str | None, spool: Spool, ontology: Ontology, language: Language) -> Row:
    """Who or what an IRI stands for: id, name, type and country."""
    if iri is None:
        return {}
    about = spool.find(iri)
    codes = {name: code for code, name in ontology.classes.items()}
    kinds = sorted(codes[local(kind)] for kind, _ in about.get("rdf:type", ()) if local(kind) in codes)
    return {
        "id": local(iri),
        "name": label(about, language) or local(iri),
        "type": kinds[0] if kinds else None,
        "country": first(about, "ir:isoCode"),
    }


def label(about: Description, language: Language) -> str | None:
    """The preferred name in the reader's language, else in another, else in none."""
    found = [(tag != f"@{language}", tag.lstrip("@") or "~", text) for text, tag in about.get("skos:prefLabel", ())]
    return min(found)[2] if found else None


def quad_class(cameo: str | None) -> int | None:
    """GDELT's class of a CAMEO root code."""
    if cameo is None or not cameo.isdecimal():
        return None
    return next((quad for last, quad in QUADS if 1 <= int(cameo) <= last), None)


def _of_claim(claim: Description) -> Row:
    return {
        "status": _local(claim, "ir:status"),
        "negated": _boolean(claim, "ir:negated"),
        "stance": _local(claim, "ir:stance"),
        "office": first(claim, "ir:office"),
        "trigger": first(claim, "ir:trigger"),
        "trigger_start": _integer(claim, "ir:triggerStart"),
        "subject_text": first(claim, "ir:subjectText"),
        "subject_start": _integer(claim, "ir:subjectStart"),
        "subject_reason": first(claim, "ir:subjectReason"),
        "object_text": first(claim, "ir:objectText"),
        "object_start": _integer(claim, "ir:objectStart"),
        "object_reason": first(claim, "ir:objectReason"),
        "source_text": first(claim, "ir:sourceText"),
        "source_reason": first(claim, "ir:sourceReason"),
        "confidence": _number(claim, "ir:confidence"),
    }


def _relation(iri: str | None, known: Relation | None, spool: Spool, language: Language) -> Row:
    name = local(iri) if iri else None
    return {
        "relation": name,
        "relation_label": label(spool.find(iri), language) or name if iri else None,
        "plover_type": known.plover if known else None,
        "plover_weight": known.weight if known else None,
        "cameo_root": known.cameo if known else None,
        "quad_class": quad_class(known.cameo if known else None),
    }


def _dates(claim: Description) -> Row:
    event, report = first(claim, "ir:eventDate"), first(claim, "ir:reportDate")
    kind = next((tag for _, tag in claim.get("ir:eventDate", ())), "")
    digits = (event or report or "").replace("-", "")
    return {
        "event_date": event,
        "event_date_precision": PRECISIONS.get(kind),
        "event_date_assumed": _boolean(claim, "ir:dateAssumed"),
        "report_date": report,
        "sqldate": int(digits) if digits.isdecimal() and len(digits) == 8 else None,
        "month_year": int(digits[:6]) if digits.isdecimal() and len(digits) in (6, 8) else None,
        "year": int(digits[:4]) if digits.isdecimal() and len(digits) in (4, 6, 8) else None,
    }


def _sentence(claim: Description, spool: Spool) -> Row:
    iri = first(claim, "prov:wasQuotedFrom")
    about = spool.find(iri) if iri else NOTHING
    selector = first(about, "oa:hasSelector")
    position = spool.find(selector) if selector else NOTHING
    return {
        "sentence_id": local(iri) if iri else None,
        "sentence": first(about, "ir:text"),
        "sentence_start": _integer(position, "oa:start"),
        "sentence_end": _integer(position, "oa:end"),
    }


def _article(claim: Description, spool: Spool) -> Row:
    iri = first(claim, "ir:article")
    about = spool.find(iri) if iri else NOTHING
    return {
        "article_id": local(iri) if iri else None,
        "headline": first(about, "schema:headline"),
        "publisher": first(about, "schema:publisher"),
        "language": first(about, "schema:inLanguage"),
        "url": first(about, "schema:url"),
        "near_copy_of": _local(about, "ir:nearCopyOf"),
    }


def _local(about: Description, predicate: str) -> str | None:
    iri = first(about, predicate)
    return local(iri) if iri else None


def _boolean(about: Description, predicate: str) -> bool | None:
    text = first(about, predicate)
    return None if text is None else text in ("true", "1")


def _integer(about: Description, predicate: str) -> int | None:
    number = _number(about, predicate)
    return None if number is None else int(number)


def _number(about: Description, predicate: str) -> float | None:
    """A number; what a graph of other make has in its place is passed over."""
    text = first(about, predicate)
    try:
        return None if text is None else float(text)
    except ValueError:
        return None
