"""Sentences of hand-made news texts; in the cases a bar stands where one ends and the next begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.language.sentences import split

SEED = Path(__file__).parents[1] / "seeds" / "000_a9307b54b66cf66b.txt"

INDONESIAN = [
    "Kim tiba di Rusia.| Putin menyambutnya.",
    "Dr. Abdullah Abdullah tiba di Kabul.| Ia disambut Prof. Hikmahanto.",
    "Jend. Andika dan Letjen. Agus bertemu.| Keduanya sepakat.",
    "Menurut UU No. 5 Tahun 2018, itu dilarang.| Hakim setuju.",
    "Resolusi No. 1718 berlaku.| Korut menolaknya.",
    "Ia menjawab no.| Tetapi Kim mengangguk.",
    "PT. Pindad memasok senjata.| CV. Maju tidak.",
    "Saham Bumi Resources Tbk.| Pasar pun tenang.",
    "Mereka menjual rudal, tank, dll.| Pembelinya Iran.",
    "Mereka menjual rudal, dsb. kepada Iran.| Amerika marah.",
    "Yusril Ihza Mahendra, S.H., M.Sc. hadir.| Ia diam.",
    "J. D. Vance tiba di Munich.| Ia berpidato.",
    "H.R. McMaster menemui B. J. Habibie.| Pertemuan itu singkat.",
    "Presiden Franklin D. Roosevelt menandatanganinya.| Churchill juga.",
    "Ia tiba di St. Petersburg, Rusia.| Putin menunggu.",
    'Kim berkata, "Kami siap."| Putin tersenyum.',
    '"Ini akan menjadi kunjungan penuh," kata Peskov.| "Akan ada negosiasi," ujarnya.',
    '"Apa dia serius?" tanya Trump.| Tidak ada jawaban.',
    '"Trump harus pergi!" kata para pengunjuk rasa.| Polisi diam.',
    '"Apa dia serius?" Presiden Trump bertanya.| Tidak ada jawaban.',
    "“Kami menolak.” kata Lavrov.| “Itu salah.”",
    "“Kami menolak.”| Lavrov lalu pergi.",
    '"Kami menolak.| Kami akan melawan," kata Lavrov.',
    'Netanyahu berkata: "Tidak seorang pun kebal. "| Katz setuju.',
    "Kim tiba pada Selasa (12/9/2023).| Ia menginap.",
    "Kim tiba pada Selasa (12/9/2023).|Dia menginap.",
    "Kim tiba (lihat peta.)| Ia menginap.",
    "Bantuan itu 3.5 juta dolar atau 3,5 persen.| Nilainya Rp 1.000.000.",
    "Harganya 78.20 dolar.| Kemarin 77.",
    "Situs Kompas.com dan Republika.co.id memuatnya.| Tempo.Co juga.",
    "Perang Rusia... dan tidak akan ragu.| Miller diam.",
    "Ia ragu...| Kemudian ia pergi.",
    "Ini adalah proses panjang … Bukan saklar lampu.| Ia benar.",
    "Apa Itu Rudal Sejjil Iran? Begini Spesifikasinya\n|Iran meluncurkan rudal.",
    "AS Khawatir Korut Jual Senjata\n|Kim dan Putin akan bertemu\n|SEOUL -- Kim tiba.| Ia diam.",
    "REPUBLIKA.CO.ID, SEOUL -- Kim tiba di Rusia.| Ia diam.",
    "JAKARTA, KOMPAS.com - Menlu Retno bertemu Lavrov.| Keduanya sepakat.",
    "Jakarta, CNN Indonesia -- Rusia menyerang.| Ukraina bertahan.",
    "Liputan6.com, Moskow - Putin menang.| Rakyat bersorak.",
    "Rapat mulai pukul 09.00 WIB.| Rapat usai pukul 11.30.",
    "1. Rusia\n|2. Ukraina",
    "Siapa yang menyerang?| Israel membantah.",
    "Awas!| Rudal datang.",
    "Ia tinggal di Jl. Jend. Sudirman, Jakarta.| Rumahnya besar.",
    "Kedubes AS ditutup.| ‘Kami menyesal,’ kata Blinken.",
    "Mereka memasok rudal milik Cisco Systems Inc.| Hal ini sulit.",
]

ENGLISH = [
    "Kim arrived in Russia.| Putin greeted him.",
    "Mr. Gan met Dr. Mahathir.| They agreed.",
    "Gen. Mark Milley and Lt. Gen. Smith flew to Kyiv.| They left.",
    "The U.S. State Department objected.| Moscow did not.",
    "He was deported to the U.S.| The embassy objected.",
    "The U.N. Security Council met.| Russia vetoed.",
    "H.R. McMaster resigned.| J. D. Vance stayed.",
    "George W. Bush invaded Iraq.| Blair helped.",
    "They met at 9 a.m. Tuesday in Geneva.| Talks failed.",
    "They met at 9 a.m.| Talks failed.",
    "He came on Sept. 12 and left on Nov. 3.| Xi stayed.",
    "He came in May.| Xi stayed.",
    "It fell by 3.5 percent to $1,000.50.| Markets rose.",
    'Putin said, "We will win."| Zelensky disagreed.',
    '"We will win," Putin said.| "They will not," Zelensky replied.',
    '"Will we win?" Putin asked.| Nobody spoke.',
    '"Will we win?" Putin’s spokesman Dmitry Peskov asked.| Nobody spoke.',
    "“We will win!” he shouted.| Nobody spoke.",
    "“We are not afraid.” said Putin.| Nobody spoke.",
    "“All her actions … On behalf of all,” he said.| Nobody spoke.",
    "WASHINGTON (Reuters) - The US warned Iran.| Tehran shrugged.",
    "SEOUL, Sept 12 (AP) — Kim left.| He took a train.",
    "BEIJING: Xi met Putin.| They signed a pact.",
    "He works for Huawei Technologies Co. Ltd. in Shenzhen.| She does not.",
    "Ferdinand Marcos Jr. won.| Robredo lost.",
    "They sell tanks, jets, etc.| The buyers pay.",
    "Kim (pictured) smiled.| Putin (left) did not.",
    "The deal (signed in 2019.) expired.| Nobody cared.",
    "He read nytimes.com and cna.asia.| She did not.",
    "China warns Taiwan: Why now?\n|Taiwan ignores China",
    "Article No. 5 applies.| Article No. 4 does not.",
    "Sen. Marco Rubio spoke vs. Gov. Ron DeSantis.| Both lost.",
]


def segmented(text: str, language: str) -> str:
    return "|".join(text[start:end] for start, end in split(text, language))


@pytest.mark.parametrize("case", INDONESIAN)
def test_indonesian(case: str) -> None:
    assert segmented(case.replace("|", ""), "id") == "|".join(part.strip() for part in case.split("|"))


@pytest.mark.parametrize("case", ENGLISH)
def test_english(case: str) -> None:
    assert segmented(case.replace("|", ""), "en") == "|".join(part.strip() for part in case.split("|"))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t \r\n"])
def test_blank_text_has_no_sentences(text: str) -> None:
    assert split(text, "id") == []


def test_sentences_of_the_seed_article() -> None:
    text = SEED.read_text(encoding="utf-8")
    sentences = [text[start:end] for start, end in split(text, "id")]
    assert len(sentences) == 38
    assert sentences[2].startswith("REPUBLIKA.CO.ID, SEOUL -- Pemimpin")
    assert sentences[2].endswith("pada Selasa (12/9/2023).")
    assert sentences[24] == "Delegasi Pejabat Pertahanan"
    assert sentences[33].endswith("kepada para wartawan.")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "text",
    ["(" * 20_000, "." * 20_000, '."' * 10_000, '. "' * 10_000, "kata " * 50_000, "A. " * 20_000, "a.\n" * 20_000],
)
def test_all_that_is_not_blank_is_in_a_sentence(text: str, language: str) -> None:
    spans = split(text, language)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


def test_what_runs_on_is_cut_and_nothing_is_lost() -> None:
    for text in ("Rusia mengecam Ukraina dan " * 400, "a" * 5000, "Satu. " + "kata " * 500 + "akhir. Dua."):
        parts = split(text, "id")
        assert max(end - start for start, end in parts) <= 1000
        assert "".join(text[start:end] for start, end in parts).replace(" ", "") == text.replace(" ", "")
