"""The book of actors: its tables are sound, its Turtle is current, and a user's own names work."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import rdflib
from babel import Locale
from babel.core import get_global

from kgraph.actors import Book, resolve, tables, turtle
from kgraph.actors.misprints import close
from kgraph.actors.names import keys
from kgraph.errors import InputError, OntologyError
from kgraph.language.drafts import DraftMention

THIS_YEAR = 2026
DISPUTED = {"CIV"}  # two presidents in 2010 and 2011
OWN_CODES = {"EUU", "XKX", "SUN", "YUG", "CSK", "DDR", "SCG", "ZAR", "VDR", "YMD", "ANT"}


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.load()


def read(table: str) -> list[dict[str, str]]:
    with (tables.TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_state_of_iso_3166_is_there_and_every_code_is_real(book: Book) -> None:
    alpha3 = {code for code in get_global("territory_aliases") if len(code) == 3 and code.isalpha() and code.isupper()}
    territories = Locale("en").territories
    real = {row["key"] for row in read("states")} - OWN_CODES
    assert len(real) == 249
    assert real <= alpha3
    assert all(get_global("territory_aliases")[code][0] in territories for code in real)
    assert set(book.actors) >= OWN_CODES


def test_cldr_names_lead_to_their_states(book: Book) -> None:
    for row in read("states"):
        if row["status"] == "state" and row["key"] != "XKX":
            alpha2 = get_global("territory_aliases")[row["key"]][0]
            for language in ("en", "id"):
                name = re.sub(r" \(.*| - .*|–.*", "", Locale(language).territories[alpha2])
                assert row["key"] in [actor.key for actor in book.lookup(name, "CTY")], name


def test_enough_is_known() -> None:
    least = {"persons": 600, "organizations": 250, "groups": 80, "places": 400, "cities": 3000, "offices": 600}
    assert {table: len(read(table)) for table in least if len(read(table)) < least[table]} == {}


def test_keys_are_ascii_names_used_once() -> None:
    found = Counter(entry.actor.key for entry in tables.entries())
    assert [key for key, count in found.items() if count > 1 or not re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", key)] == []


def test_no_label_or_name_is_empty() -> None:
    for entry in tables.entries():
        assert all(label.strip() for _, label in entry.actor.labels), entry.row.place
        assert all(keys(name) for name, _ in entry.names), entry.row.place


def test_every_name_of_two_actors_of_a_type_has_a_rule(book: Book) -> None:
    ruled = {(keys(row["alias"]), row["type"]): set(row["keys"].split("; ")) for row in read("shared")}
    met = {}
    for spelling, names in book.names.items():
        for kind in {name.type for name in names}:
            bearers = {name.key for name in names if name.type == kind}
            if len(bearers) > 1:
                met[spelling, kind] = bearers
    assert met == ruled


def test_what_tables_refer_to_is_in_the_book(book: Book) -> None:
    titles = {row["title"] for row in read("titles")}
    for row in read("offices"):
        assert row["person"] in book.actors, row
        assert row["of"] in book.actors, row
        assert row["title"] in titles, row
    for row in read("bodies_named"):
        assert {row["state"], row["key"]} <= set(book.actors), row
        assert row["kind"] in book.patterns.kinds, row
    for table in tables.THINGS:
        for row in read(table):
            assert not row["country"] or row["country"] in book.actors, row
    for _, told in book.wars:
        assert set().union(*told) <= set(book.actors)


def test_years_of_office_are_sane() -> None:
    for office in tables.offices():
        years = [year for year in (office.since, office.until) if year is not None]
        assert years == sorted(years), office
        assert all(1770 < year <= THIS_YEAR for year in years), office


def test_two_persons_seldom_hold_one_high_office_at_once() -> None:
    for title in ("president", "supreme leader", "pope", "chancellor"):
        terms = sorted((o.of, o.since, o.until or 9999) for o in tables.offices() if o.title == title and o.since)
        for (state, _, until), (other, since, _) in pairwise(terms):
            assert state != other or since >= until or state in DISPUTED, (title, state, since)


def test_coordinates_are_on_earth() -> None:
    for row in read("places") + read("cities"):
        if row["lat"]:
            assert -90 <= float(row["lat"]) <= 90, row
            assert -180 <= float(row["lon"]) <= 180, row


def test_the_turtle_is_what_the_tables_say() -> None:
    assert turtle.TARGET.read_text(encoding="utf-8") == turtle.render(), "run: python -m kgraph.actors.turtle"


def test_the_turtle_is_turtle() -> None:
    blocks = turtle.render().split("\n\n")
    wanted = re.compile(r"ent:(SUN|HKG|VladimirPutin|Khasan|Joko\w+|NATO|[QX]\w+) ")
    some = [block for block in blocks[1:] if wanted.match(block)]
    graph = rdflib.Graph().parse(data="\n\n".join([blocks[0], *some]))
    named = {str(label) for label in graph.objects(None, rdflib.SKOS.prefLabel) if label.language == "id"}
    assert {"Uni Soviet", "Hong Kong", "Vladimir Putin"} <= named


def test_loading_and_resolving_do_not_depend_on_hash_seeds(tmp_path: Path) -> None:
    script = tmp_path / "all.py"
    script.write_text(
        "from kgraph.actors import Book\nb = Book.load()\n"
        "print(list(b.actors)[:50], [(k, v) for k, v in b.names.items()][:2000])\n"
        "t = 'Presiden Korea dan Kongo, Jake Sulliva, Vladimr Putin, Rusua'\n"
        "print(b.find(t), b.near_state('rusua'), b.near_persons('vladimr putin'))\n",
        encoding="utf-8",
    )
    seen = {
        subprocess.run([sys.executable, script], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def one(book: Book, text: str, name: str, kind: str) -> str:
    mention = DraftMention(text.index(name), text.index(name) + len(name), kind)  # type: ignore[arg-type]
    return resolve(book, text, [mention], language="id")[0][0].key


def test_strangers_have_the_same_key_in_every_article_and_never_by_surname(book: Book) -> None:
    full = one(book, "Budi  Hartanto tiba.", "Budi  Hartanto", "PER")
    assert full == one(book, "Kata budi hartanto itu", "budi hartanto", "PER")
    assert full != one(book, "Hartanto tiba.", "Hartanto", "PER")
    assert re.fullmatch(r"PER-[0-9a-f]{10}", full)
    assert full[4:] == one(book, "Budi Hartanto", "Budi Hartanto", "WPN")[4:]


def test_a_better_label_of_a_force_keeps_its_key(book: Book) -> None:
    (navy, _), *_ = resolve(book, "Angkatan Laut Rusia berlayar.", [DraftMention(0, 19, "ORG")], language="id")
    assert (navy.key, dict(navy.labels)) == ("RussiaNavy", {"en": "Russian Navy", "id": "Angkatan Laut Rusia"})


def test_pronouns_follow_the_antecedent_given(book: Book) -> None:
    text = "Putin bertemu Xi. Ia pulang."
    mentions = [DraftMention(0, 5, "PER"), DraftMention(14, 16, "PER"), DraftMention(18, 20, "PER", antecedent=1)]
    settled = resolve(book, text, mentions, language="id")
    assert [(actor.key, reason) for actor, reason in settled][2] == ("XiJinping", "pronoun")


def test_offices_follow_the_date(book: Book) -> None:
    text, mention = "Presiden Korea Selatan tiba.", DraftMention(0, 22, "PER")
    found = [resolve(book, text, [mention], language="id", date=date(year, 6, 1))[0][0].key for year in (2018, 2023)]
    assert found == ["MoonJaeIn", "YoonSukYeol"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("rusua", "rusia", True),
        ("rusi", "rusia", False),
        ("ukrain", "ukraina", True),
        ("putni", "putin", True),
        ("iran", "iraq", False),
        ("niger", "nigeria", False),
        ("gambia", "zambia", False),
        ("austria", "australia", False),
        ("afghnistan", "afghanistan", True),
    ],
)
def test_misprints(one: str, other: str, expected: bool) -> None:
    assert (close(one, other), close(other, one)) == (expected, expected)


def test_own_names(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "alias,type,key,label\nSi Beruang,CTY,RUS,\nKota Baru Uji,LOC,KotaBaruUji,New Test Town\n"
        "Borneo,LOC,BorneoIsland,Borneo\n",
        encoding="utf-8",
    )
    book = Book.load(extra=mine)
    text = "Si Beruang ke Kota Baru Uji di Borneo"
    assert [hit.candidates[0].key for hit in book.find(text)] == ["RUS", "KotaBaruUji", "BorneoIsland"]
    assert book.actors["KotaBaruUji"].label == "New Test Town"
    assert [hit.candidates[0].key for hit in Book.load().find(text)][-1] == "Kalimantan"


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        ("alias,key\nX,RUS\n", OntologyError, ":1: no column 'type'"),
        ("alias,type,key\nX,NATION,RUS\n", OntologyError, ":2: no type 'NATION'"),
        ("alias,type,key\n\nX,PER,Orang Baru\n", OntologyError, ":3: an alias and an ASCII key"),
        ("alias,type,key\nX,PER\n", OntologyError, ":2: wrong number of cells"),
        ("alias,type,key\nBeruang,PER,RUS\n", OntologyError, ":2: RUS is CTY, not PER"),
        (b"alias,type,key\n\xff\xfe,PER,X\n", InputError, "not UTF-8"),
        (None, InputError, "no such file"),
    ],
)
def test_faults_in_own_names(tmp_path: Path, content: str | bytes | None, error: type[Exception], said: str) -> None:
    mine = tmp_path / "mine.csv"
    if content is not None:
        mine.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(error) as raised:
        Book.load(extra=mine)
    assert said in str(raised.value)
    assert str(mine) in str(raised.value)


PINNED = """
CTY Rusia RUS | CTY Korut PRK | CTY Uni Eropa EUU | CTY Kosovo XKX | CTY Palestina PSE | CTY Uni Soviet SUN
PER Kim Jong Un KimJongUn | PER Zelensky VolodymyrZelenskyy | PER Jokowi JokoWidodo | PER Pope Leo XIV PopeLeoXIV
PER Recep Tayyip Erdogan RecepTayyipErdogan | PER Xi Jinping XiJinping | PER Jill Biden JillBiden
ORG PBB UnitedNations | ORG DK PBB UnitedNationsSecurityCouncil | ORG NATO NATO | ORG AFP AgenceFrancePresse
ORG Kementerian Pertahanan Rusia MinistryOfDefenceOfRussia | ORG Angkatan Udara Brasil BrazilAirForce
ORG Kementerian Kesehatan Peru MinistryOfHealthOfPeru | ORG KBRI Teheran EmbassyOfIndonesiaInTehran
ORG US Embassy in Baghdad EmbassyOfTheUnitedStatesInBaghdad | ORG Kedutaan Besar AS EmbassyOfTheUnitedStates
GRP Hizbullah Hezbollah | GRP Houthi Houthis | GRP ISIS IslamicState | GRP YPG PeoplesProtectionUnits
LOC Laut Cina Selatan SouthChinaSea | LOC Gaza GazaStrip | LOC Washington WashingtonDC | LOC Hong Kong HKG
LOC Padang Padang | LOC Medan Medan | LOC perbatasan Kamboja-Thailand CambodiaThailandBorder
WPN rudal balistik BallisticMissiles | WPN F-16 F16 | DOC New START NewSTART | DOC JCPOA JointComprehensivePlanOfAction
EVT perang Rusia-Ukraina RussoUkrainianWar | EVT KTT G20 G20Summit
PER Budi Hartanto PER-e95aaf4ee4 | PER BUDI  HARTANTO PER-e95aaf4ee4 | ORG Acme Relief Group ORG-2d220090ab
LOC Re’em LOC-78df9eb61a | LOC Re'em LOC-78df9eb61a
"""


@pytest.mark.parametrize("line", [each.strip() for row in PINNED.strip().split("\n") for each in row.split("|")])
def test_the_keys_of_iris_stay_between_versions(book: Book, line: str) -> None:
    kind, rest = line.split(" ", 1)
    name, _, key = rest.rpartition(" ")
    assert one(book, name, name, kind) == key


def test_every_actor_has_a_label_in_both_languages(book: Book) -> None:
    assert [actor.key for actor in book.actors.values() if {"en", "id"} - dict(actor.labels).keys()] == []
