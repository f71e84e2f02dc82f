"""The values that travel between the rooms. All are frozen; offsets count characters of `Article.text`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Literal

EntityType = Literal["PER", "CTY", "ORG", "GRP", "LOC", "WPN", "DOC", "EVT"]
Status = Literal["asserted", "planned", "possible"]
Stance = Literal["says", "denies"]
Precision = Literal["day", "month", "year"]
Language = Literal["id", "en"]

ENTITY_TYPES: tuple[EntityType, ...] = ("PER", "CTY", "ORG", "GRP", "LOC", "WPN", "DOC", "EVT")
STATUSES: tuple[Status, ...] = ("asserted", "planned", "possible")


@dataclass(frozen=True, slots=True)
class Article:
    """One news article. `text` is NFC with the title, where there is one, as its first line."""

    text: str
    title: str | None = None
    language: Language = "id"
    date: date | None = None
    outlet: str | None = None
    url: str | None = None
    location: str = ""  # where it was read from: "a.txt", "b.jsonl:3"

    @property
    def key(self) -> str:
        """16 hexadecimal digits of the text's SHA-256: the same text is the same article wherever it lies."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who or what a mention refers to. `key` is the local name of its IRI and never changes."""

    key: str  # "RUS", "KimJongUn"; not in the book: type and a hash of the normalised name, "PER-1f0c…"
    type: EntityType
    label: str  # the usual English name, or the fullest name in the article
    labels: tuple[tuple[str, str], ...] = ()  # (language, label) pairs, where known
    code: str | None = None  # ISO 3166 alpha-3, states only
    known: bool = False  # in the book


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of the article."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor or thing named in a sentence. `reason` says why the name was read as this actor ("alias", "surname")."""

    text: str
    start: int
    end: int
    type: EntityType
    actor: Actor
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article; `index` counts from 0, the title being 0."""

    index: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EventDate:
    """When something happens: the first day of what is named. `assumed`: taken from the report's date."""

    day: date
    precision: Precision = "day"
    assumed: bool = False

    @property
    def iso(self) -> str:
        """The date in the lexical form of xsd:date, xsd:gYearMonth or xsd:gYear."""
        return self.day.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject does relation to object, as one sentence says it."""

    subject: Mention
    relation: str  # local name in ir.ttl: "visits"
    object: Mention
    trigger: Span
    sentence: Sentence
    status: Status = "asserted"
    negated: bool = False
    source: Mention | None = None  # who makes the claim; None: the article itself
    stance: Stance | None = None  # None exactly where source is None
    event_date: EventDate | None = None
    confidence: float = 1.0


def side(*, denies: bool, negated: bool, sourced: bool) -> Literal["denied", "affirmed"] | None:
    """Whether a claim speaks against or for what it says; a negation that nobody is named for does neither."""
    if denies or (negated and sourced):
        return "denied"
    return None if negated else "affirmed"
