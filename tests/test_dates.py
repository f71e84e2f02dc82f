"""When events happen: expressions against a report of Tuesday, 12 September 2023."""

from __future__ import annotations

from datetime import date

import pytest

from kgraph.language.date_expressions import find
from kgraph.language.dates import event_date
from kgraph.records import EventDate

REPORT = date(2023, 9, 12)  # a Tuesday


def dated(sentence: str, language: str, report: date | None = REPORT) -> EventDate | None:
    """The date of the event whose trigger stands between asterisks."""
    before, trigger, after = sentence.split("*")
    span = (len(before), len(before) + len(trigger))
    return event_date(before + trigger + after, span, language=language, report_date=report)


INDONESIAN = [
    ("Kim *tiba di* Rusia pada Selasa (12/9/2023).", "2023-09-12"),
    ("Kim *tiba di* Rusia pada Ahad (10/9/2023) lalu.", "2023-09-10"),
    ("Kim *tiba di* Rusia pada Minggu (10/9).", "2023-09-10"),
    ("Kim *tiba di* Rusia, Senin (11/9/2023).", "2023-09-11"),
    ("Kim *tiba di* Rusia, Jumat (30/12).", "2022-12-30"),
    ("Kim *tiba di* Rusia pada hari Senin.", "2023-09-11"),
    ("Kim *tiba di* Rusia pada hari kamis.", "2023-09-07"),
    ("Pada hari Senin, Washington *memperingatkan* Pyongyang.", "2023-09-11"),
    ("Kim *tiba di* Rusia Senin lalu.", "2023-09-11"),
    ("Kim *tiba di* Rusia Selasa lalu.", "2023-09-05"),
    ("Kim *tiba di* Rusia pada Selasa.", "2023-09-12"),
    ("Kim *tiba di* Rusia pada Selasa pagi.", "2023-09-12"),
    ("Kim *tiba di* Rusia pada Rabu.", "2023-09-06"),
    ("Kim *tiba di* Rusia Jumat pekan lalu.", "2023-09-08"),
    ("Kim *tiba di* Rusia pada Kamis minggu lalu.", "2023-09-07"),
    ("Kim akan *bertemu* Putin Rabu pekan ini.", "2023-09-13"),
    ("Kim akan *bertemu* Putin pada Senin pekan depan.", "2023-09-18"),
    ("Kim akan *bertemu* Putin pada Rabu.", "2023-09-13"),
    ("Kim akan *bertemu* Putin Selasa depan.", "2023-09-19"),
    ("Kim akan *bertemu* Putin pada Selasa.", "2023-09-12"),
    ("Kim dijadwalkan *bertemu* Putin pada Jumat mendatang.", "2023-09-15"),
    ("Kim telah *bertemu* Putin pada Rabu.", "2023-09-06"),
    ("Rusia *menyerang* Ukraina tahun lalu.", "2022"),
    ("Rusia *menyerang* Ukraina dua tahun lalu.", "2021"),
    ("Rusia *menyerang* Ukraina setahun lalu.", "2022"),
    ("Rusia *menyerang* Ukraina pada awal tahun ini.", "2023"),
    ("Rusia *menyerang* Ukraina akhir tahun lalu.", "2022"),
    ("Rusia *menyetujui* resolusi itu pada akhir 2017.", "2017"),
    ("Mereka *bertemu* pada 2019 di Hanoi.", "2019"),
    ("Mereka *bertemu* pada tahun 2019 di Hanoi.", "2019"),
    ("Mereka *bertemu* pada bulan Juli lalu.", "2023-07"),
    ("Mereka *bertemu* pada Desember lalu.", "2022-12"),
    ("Mereka *bertemu* pada Mei 2018.", "2018-05"),
    ("Mereka *bertemu* pada September tahun lalu.", "2022-09"),
    ("Mereka *bertemu* awal bulan ini.", "2023-09"),
    ("Mereka *bertemu* bulan lalu.", "2023-08"),
    ("Mereka akan *bertemu* bulan depan.", "2023-10"),
    ("Mereka akan *bertemu* pada November.", "2023-11"),
    ("Mereka akan *bertemu* pada Maret mendatang.", "2024-03"),
    ("Mereka *bertemu* pada November.", "2022-11"),
    ("Mereka akan *bertemu* tahun depan.", "2024"),
    ("Mereka *bertemu* dua hari lalu.", "2023-09-10"),
    ("Mereka *bertemu* 3 hari yang lalu.", "2023-09-09"),
    ("Mereka *bertemu* sehari lalu.", "2023-09-11"),
    ("Mereka *bertemu* pekan lalu.", "2023-09"),
    ("Minggu lalu, mereka *bertemu* di Beijing.", "2023-09"),
    ("Mereka *bertemu* dua pekan lalu.", "2023-08"),
    ("Mereka *bertemu* tiga bulan lalu.", "2023-06"),
    ("Mereka akan *bertemu* tiga hari mendatang.", "2023-09-15"),
    ("Mereka *bertemu* kemarin.", "2023-09-11"),
    ("Mereka *bertemu* hari ini di Jakarta.", "2023-09-12"),
    ("Mereka akan *bertemu* besok.", "2023-09-13"),
    ("Mereka akan *bertemu* lusa.", "2023-09-14"),
    ("Mereka *bertemu* beberapa jam lalu, 2 jam lalu tepatnya.", "2023-09-12"),
    ("Mereka *bertemu* pada 13 Juni lalu.", "2023-06-13"),
    ("Mereka *bertemu* pada 28 Desember.", "2022-12-28"),
    ("Mereka akan *bertemu* pada 13 Januari mendatang.", "2024-01-13"),
    ("Mereka akan *bertemu* pada 10-11 Oktober.", "2023-10-10"),
    ("KTT itu *digelar* di Kuala Lumpur pada 26-28 Oktober 2022.", "2022-10-26"),
    ("KTT itu *digelar* pada 12 bulan September tahun 2022.", "2022-09-12"),
    ("KTT itu *digelar* pada Kamis, 8 Juni 2023.", "2023-06-08"),
    ("Rusia mulai *menyerang* Ukraina sejak 24 Februari 2022.", "2022-02-24"),
]

ENGLISH = [
    ("Putin *arrived in* Beijing on Tuesday.", "2023-09-12"),
    ("Putin *arrived in* Beijing on Wednesday.", "2023-09-06"),
    ("Putin *arrived in* Beijing last Tuesday.", "2023-09-05"),
    ("Putin *arrived in* Beijing on Wednesday (Sept 6).", "2023-09-06"),
    ("Putin *arrived in* Beijing on Monday night.", "2023-09-11"),
    ("On Monday, Putin *arrived in* Beijing.", "2023-09-11"),
    ("Putin will *visit* Beijing on Thursday.", "2023-09-14"),
    ("Putin will *visit* Beijing next Tuesday.", "2023-09-19"),
    ("Putin is scheduled to *visit* Beijing on Friday.", "2023-09-15"),
    ("Putin *visited* Beijing on Friday last week.", "2023-09-08"),
    ("Putin will *visit* Beijing on Monday next week.", "2023-09-18"),
    ("Putin *visited* Beijing last week.", "2023-09"),
    ("Putin *visited* Beijing earlier this month.", "2023-09"),
    ("Putin *visited* Beijing last month.", "2023-08"),
    ("Putin will *visit* Beijing next month.", "2023-10"),
    ("Putin *visited* Beijing last year.", "2022"),
    ("Putin *visited* Beijing earlier this year.", "2023"),
    ("Putin will *attend* next year's summit.", "2024"),
    ("Putin *visited* Beijing in July.", "2023-07"),
    ("Putin *visited* Beijing in November.", "2022-11"),
    ("Putin will *visit* Beijing in November.", "2023-11"),
    ("Putin *visited* Beijing last March.", "2023-03"),
    ("Putin *visited* Beijing in January last year.", "2022-01"),
    ("Putin *visited* Beijing in February 2022.", "2022-02"),
    ("Putin *visited* Beijing in 2019.", "2019"),
    ("Russia has *supported* Assad since 2015.", "2015"),
    ("Putin *visited* Beijing on September 12.", "2023-09-12"),
    ("Putin *visited* Beijing on 12 Sept. 2022.", "2022-09-12"),
    ("Putin *visited* Beijing on September 12th, 2022.", "2022-09-12"),
    ("Putin *visited* Beijing on Aug. 28.", "2023-08-28"),
    ("Putin *visited* Beijing on Dec 28.", "2022-12-28"),
    ("Putin *visited* Beijing from December 13-16.", "2022-12-13"),
    ("Putin will *visit* Beijing on Jan. 4.", "2024-01-04"),
    ("Putin *visited* Beijing two days ago.", "2023-09-10"),
    ("Putin *visited* Beijing three years ago.", "2020"),
    ("Putin *visited* Beijing a month ago.", "2023-08"),
    ("Putin *visited* Beijing yesterday.", "2023-09-11"),
    ("Putin will *visit* Beijing tomorrow.", "2023-09-13"),
    ("Moscow's 2022 *invasion* of Ukraine shook Europe.", "2022"),
    ("Putin *visited* Beijing in late 2018.", "2018"),
    ("Trade *grew* in January-June 2021.", "2021-01"),
    ("Putin *visited* Beijing on the 12th day of September 2022.", "2022-09-12"),
]


@pytest.mark.parametrize(("sentence", "iso"), INDONESIAN)
def test_indonesian_expression(sentence: str, iso: str) -> None:
    found = dated(sentence, "id")
    assert found is not None
    assert (found.iso, found.assumed) == (iso, False)


@pytest.mark.parametrize(("sentence", "iso"), ENGLISH)
def test_english_expression(sentence: str, iso: str) -> None:
    found = dated(sentence, "en")
    assert found is not None
    assert (found.iso, found.assumed) == (iso, False)


@pytest.mark.parametrize(
    ("sentence", "language", "iso"),
    [
        ("Kim *meninggalkan* Pyongyang pada Ahad, sebagaimana dilaporkan media Korut pada Selasa.", "id", "2023-09-10"),
        ("Kim tiba pada Ahad, sebagaimana *dilaporkan* media Korut pada Selasa.", "id", "2023-09-12"),
        ("Kim telah *tiba di* Rusia, media Jepang melaporkan pada Senin.", "id", "2023-09-11"),
        ("Peskov mengatakan pada Senin bahwa Kim *tiba di* Rusia pada Ahad.", "id", "2023-09-10"),
        ("Rusia *menyerang* Kyiv tahun lalu, kata Zelensky pada Senin.", "id", "2022"),
        ("Kim *mengunjungi* Moskow pada 2019 dan Beijing pada 2018.", "id", "2019"),
        ("Korut mendukung Rusia sejak *invasi* ke Ukraina tahun lalu, dan Putin berjanji minggu lalu.", "id", "2022"),
        ("Putin *arrived* on Sunday, state media said on Tuesday.", "en", "2023-09-10"),
        ("Peskov said on Monday that Kim *arrived* on Sunday.", "en", "2023-09-10"),
        ("Kim *arrived* in Russia, Japanese media said on Monday.", "en", "2023-09-11"),
        ("Kim met Putin in 2019 before he *met* Trump in 2018.", "en", "2018"),
        ("Trump *accused* Iran on Monday of attacking tankers in June.", "en", "2023-09-11"),
    ],
)
def test_the_date_nearest_in_the_clause_wins(sentence: str, language: str, iso: str) -> None:
    found = dated(sentence, language)
    assert found is not None
    assert (found.iso, found.assumed) == (iso, False)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Kim *tiba di* Rusia.", "id"),
        ("Peskov mengatakan pada Senin bahwa Kim akan *mengunjungi* Moskow.", "id"),
        ("Ini akan menjadi *pertemuan* kedua, setelah mereka bersua pada tahun 2019.", "id"),
        ("Korut *mendukung* Rusia sejak invasi ke Ukraina tahun lalu, dan Putin berjanji minggu lalu.", "id"),
        ("Kim *berkuasa* selama 12 tahun dan 18 bulan.", "id"),
        ("Rusia *memasok* 2000 rudal.", "id"),
        ("Harga minyak *naik* 3,5 persen menjadi 78,20 dolar.", "id"),
        ("Pasukan *menyerang* desa yang dihuni 10/12 keluarga.", "id"),
        ("Putin *arrived* in Beijing.", "en"),
        ("Peskov said on Monday that Kim will *visit* Moscow.", "en"),
        ("Putin *met* Kim, who fell ill after he visited Hanoi in 2019.", "en"),
        ("Theresa May *visited* Beijing.", "en"),
        ("Rebels may march on Kyiv, and Russia *attacks* Kharkiv.", "en"),
        ("The army *sent* 2000 troops.", "en"),
    ],
)
def test_without_a_date_of_its_own_the_reports_date_is_assumed(sentence: str, language: str) -> None:
    assert dated(sentence, language) == EventDate(REPORT, assumed=True)


@pytest.mark.parametrize(
    ("sentence", "language", "iso"),
    [
        ("Kim *tiba di* Rusia pada Selasa (12/9/2023).", "id", "2023-09-12"),
        ("Kim *tiba di* Rusia pada Juni 2019.", "id", "2019-06"),
        ("Kim *tiba di* Rusia pada 2019.", "id", "2019"),
        ("Kim *tiba di* Rusia pada Selasa.", "id", None),
        ("Kim *tiba di* Rusia pada 12 September.", "id", None),
        ("Kim *tiba di* Rusia tahun lalu.", "id", None),
        ("Kim *tiba di* Rusia dua hari lalu.", "id", None),
        ("Kim *tiba di* Rusia kemarin.", "id", None),
        ("Kim *tiba di* Rusia Juli lalu.", "id", None),
        ("Kim *tiba di* Rusia.", "id", None),
        ("Kim *arrived* on 12 September 2023.", "en", "2023-09-12"),
        ("Kim *arrived* last week.", "en", None),
        ("Kim *arrived* on Monday.", "en", None),
    ],
)
def test_without_a_reports_date_only_absolute_dates_are_known(sentence: str, language: str, iso: str | None) -> None:
    found = dated(sentence, language, report=None)
    assert (found.iso if found else None) == iso


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("pada 31/2/2023", "id", []),
        ("Jumat (8/9/2023) dan 9 September", "id", ["Jumat (8/9/2023", "9 September"]),
        ("Minggu lalu dan pada Minggu lalu", "id", ["Minggu lalu", "Minggu lalu"]),
        ("In May he may march to March.", "en", ["In May"]),
        ("9/12/2023", "en", ["9/12/2023"]),
    ],
)
def test_where_expressions_stand(text: str, language: str, expected: list[str]) -> None:
    found = [text[one.start : one.end] for one in find(text, language)]
    assert found == expected


def test_order_of_day_and_month_is_the_languages() -> None:
    indonesian, english = dated("Ia *tiba* 9/12/2022.", "id"), dated("He *came* 9/12/2022.", "en")
    assert indonesian is not None
    assert english is not None
    assert (indonesian.iso, english.iso) == ("2022-12-09", "2022-09-12")


def test_a_date_far_off_in_a_broken_sentence_is_not_the_events() -> None:
    assert dated(f"Kim *tiba* {'kata ' * 10_000} pada 2019.", "id") == EventDate(REPORT, assumed=True)
    found = dated(f"{'pada Senin ' * 10_000} Kim *tiba* pada 2019.", "id")
    assert found is not None
    assert found.iso == "2019"


@pytest.mark.parametrize("report", [date(1, 1, 1), date(9999, 12, 31)])
@pytest.mark.parametrize(
    "words", ["tahun lalu", "999 tahun lalu", "tahun depan", "besok", "kemarin", "Senin", "Juli lalu"]
)
def test_the_ends_of_the_calendar_do_no_harm(words: str, report: date) -> None:
    found = dated(f"Ia akan *tiba* {words}.", "id", report=report)
    assert found is not None
