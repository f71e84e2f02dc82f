"""Hand-made articles and statements that the tests of the graph, the queries and the shapes share."""

from __future__ import annotations

from datetime import date

from kgraph.records import Actor, Article, EventDate, Mention, Sentence, Span, Statement

RUS = Actor("RUS", "CTY", "Russia", (("en", "Russia"), ("id", "Rusia")), "RUS", known=True)
PRK = Actor("PRK", "CTY", "North Korea", (("en", "North Korea"), ("id", "Korea Utara")), "PRK", known=True)
USA = Actor("USA", "CTY", "United States", (("en", "United States"), ("id", "Amerika Serikat")), "USA", known=True)
UKR = Actor("UKR", "CTY", "Ukraine", (("en", "Ukraine"), ("id", "Ukraina")), "UKR", known=True)
KIM = Actor("KimJongUn", "PER", "Kim Jong Un", (("en", "Kim Jong Un"), ("id", "Kim Jong Un")), known=True)
PUTIN = Actor("VladimirPutin", "PER", "Vladimir Putin", (("en", "Vladimir Putin"),), known=True)
PESKOV = Actor("PER-1f0c", "PER", "Dmitry Peskov")
TASS = Actor("TASS", "ORG", "TASS", (("en", "TASS"), ("id", "TASS")), known=True)
FORUM = Actor("EVT-77aa", "EVT", "Eastern Economic Forum")
MISSILE = Actor("WPN-0a0a", "WPN", "rudal balistik")

TEXT = """Kim di Rusia
Kim Jong Un tiba di Rusia, kata TASS.
Amerika Serikat memperingatkan Korut.
Korut memasok senjata kepada Rusia, kata Amerika Serikat.
Korea Utara membantah memasok senjata kepada Rusia.
Putin akan menghadiri Eastern Economic Forum.
Kim bertemu Putin.
Rusia menyerang Ukraina.
Juru bicara Rusia Dmitry Peskov berbicara.
Amerika Serikat menjatuhkan sanksi kepada Korut.
"""
OTHER = """Putin
Putin bertemu Kim Jong Un.
Korut menguji coba rudal balistik.
"""
FIRST = Article(TEXT, "Kim di Rusia", "id", date(2023, 9, 12), "Republika", "https://example.org/a b?x=<1>", "a.txt")
SECOND = Article(OTHER, "Putin", "id", date(2023, 9, 14), "Antara", None, "b.txt")


def mention(article: Article, line: int, text: str, actor: Actor, reason: str = "alias") -> Mention:
    start = article.text.index(text, sentence(article, line).start)
    return Mention(text, start, start + len(text), actor.type, actor, reason)


def sentence(article: Article, line: int) -> Sentence:
    lines = article.text.split("\n")
    start = sum(len(each) + 1 for each in lines[:line])
    return Sentence(line, lines[line], start, start + len(lines[line]))


def statement(article: Article, line: int, subject, relation, obj, trigger, **rest) -> Statement:
    where = sentence(article, line)
    start = article.text.index(trigger, where.start)
    ends = [mention(article, line, *end) for end in (subject, obj)]
    span = Span(trigger, start, start + len(trigger))
    return Statement(ends[0], relation, ends[1], span, where, **rest)


def pairs() -> list[tuple[Article, list[Statement]]]:
    """Two articles with eleven claims: visited, warned, contested, planned, met twice, attacked, in office, tested."""
    a, b = FIRST, SECOND
    us, nk = mention(a, 3, "Amerika Serikat", USA), mention(a, 4, "Korea Utara", PRK)
    day, month = EventDate(date(2023, 9, 12), assumed=True), EventDate(date(2023, 9, 1), "month")
    arms = {"relation": "suppliesArmsTo", "trigger": "memasok senjata kepada", "status": "possible"}
    return [
        (
            a,
            [
                statement(
                    a,
                    1,
                    ("Kim Jong Un", KIM),
                    "visits",
                    ("Rusia", RUS),
                    "tiba di",
                    source=mention(a, 1, "TASS", TASS),
                    stance="says",
                    event_date=day,
                    confidence=0.9,
                ),
                statement(a, 2, ("Amerika Serikat", USA), "warns", ("Korut", PRK), "memperingatkan"),
                statement(a, 3, ("Korut", PRK), obj=("Rusia", RUS), source=us, stance="says", **arms),
                statement(a, 4, ("Korea Utara", PRK), obj=("Rusia", RUS), source=nk, stance="denies", **arms),
                statement(
                    a,
                    5,
                    ("Putin", PUTIN),
                    "attends",
                    ("Eastern Economic Forum", FORUM),
                    "menghadiri",
                    status="planned",
                    event_date=month,
                ),
                statement(a, 6, ("Kim", KIM), "meets", ("Putin", PUTIN), "bertemu"),
                statement(a, 7, ("Rusia", RUS), "attacks", ("Ukraina", UKR), "menyerang"),
                statement(a, 8, ("Dmitry Peskov", PESKOV), "holdsPositionIn", ("Rusia", RUS), "Juru bicara"),
                statement(a, 9, ("Amerika Serikat", USA), "sanctions", ("Korut", PRK), "menjatuhkan sanksi kepada"),
            ],
        ),
        (
            b,
            [
                statement(b, 1, ("Putin", PUTIN), "meets", ("Kim Jong Un", KIM), "bertemu"),
                statement(b, 2, ("Korut", PRK), "tests", ("rudal balistik", MISSILE), "menguji coba"),
            ],
        ),
    ]
