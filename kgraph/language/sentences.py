"""Where the sentences of a news text begin and end.

A line break ends a sentence; within a line a full stop, question mark, exclamation mark or ellipsis does, unless the
table of its language says that it belongs to an abbreviation. Closing quotes and brackets stay with their sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_END = re.compile(r"[.!?…]+[)\]}\"'”’»]*")
_SPACED_CLOSE = re.compile(r"\s([\"”»])(?=\s|$)")
_NEXT_WORD = re.compile(r"[\s(\[{\"'“‘«\ufffd]*(\S*)")  # U+FFFD: a quote lost in an earlier conversion
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_OPENERS = "([{\"'“‘«-–—/"
_ROMAN = re.compile(r"[IVXLC]+\b")
_LOOK_BACK = 40  # characters; no abbreviation is longer
_LOOK_AHEAD = 120
_HEADLINE = 200
_LONGEST = 1000  # characters; the longest sentences of real news have some 700


@dataclass(frozen=True, slots=True)
class _Table:
    """Abbreviations without their last full stop, in lower case, and the words that often begin a sentence."""

    inner: frozenset[str]  # a name or thing follows: "Dr." never ends a sentence
    numbered: frozenset[str]  # "No. 5", "Sept. 12": inner before a number
    last: frozenset[str]  # "dll.": ends the sentence where a capital follows
    either: frozenset[str]  # "Inc.": ends it only before a word that often begins one
    starters: frozenset[str]
    times: frozenset[str]  # what may follow "9 a.m."
    attribution: re.Pattern[str]  # `"Kapan?" Putin bertanya.`


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = _words(
    "dr prof st mr mrs ms messrs gen col lt maj capt cmdr sgt adm brig gov sen rep rev hon pres amb fr mt ft supt "
    "insp jend jenderal letjen mayjen brigjen kol letkol kapt lettu letda laks laksda laksdya marsda marsdya irjen "
    "komjen kombes akp kompol ir drs dra h hj kh tb moh muh muhd tgk tn ny nn sdr bpk yth ust jl jln gg pt cv ud"
)
_EN_STARTERS = _words(
    "the a an this that these those he she it they we you i his her its their our my in on at by for from with to "
    "of as and but or so yet if when while after before since although though however meanwhile moreover there here "
    "what who why how where which according both all some many most no not now then once last next earlier later "
    "despite during"
)
_ID_STARTERS = _words(
    "ini itu hal dia ia mereka kami kita saya anda beliau para pihak pihaknya namun tetapi tapi dan atau serta jika "
    "bila apabila ketika saat setelah sebelum sejak sementara selain selama sedangkan karena sebab oleh untuk "
    "dengan dalam dari pada di ke bagi menurut menurutnya menanggapi seperti sebagai sebelumnya sejauh selanjutnya "
    "kemudian lalu adapun meski meskipun walau walaupun bahkan juga tak tidak belum sudah telah akan ada apa siapa "
    "mengapa bagaimana kedua kedatangan kunjungan pemerintah presiden menteri sejumlah seorang sebuah salah "
    "beberapa semua setiap"
)
_SPEECH_EN = "said|says|asked|asks|added|told|wrote|tweeted|declared|replied|shouted|warned|demanded|wondered|posted"
_SPEECH_ID = (
    "mengatakan|berkata|bertanya|kata|ujar|tanya|tegas|menegaskan|menulis|tulis|menambahkan|berteriak|"
    "menjawab|tuturnya|ujarnya|katanya"
)


def _attribution(verbs: str) -> re.Pattern[str]:
    return re.compile(rf"\s+[^\W\d_a-z][^\s.,;!?]*\s+(?:[^\s.,;!?]+\s+){{0,4}}(?:{verbs})\b")


_TABLES = {
    "en": _Table(
        inner=_TITLES | _words("vs e.g i.e cf gens sens reps profs viz"),
        numbered=_words(
            "no nos art sec par vol pp p fig ch ca approx jan feb mar apr jun jul aug sep sept oct nov dec us rm"
        ),
        last=_words("etc al"),
        either=_words("inc corp co ltd plc bros jr sr esq ave blvd rd dept est assn ph.d jan feb aug sept oct nov dec"),
        starters=_EN_STARTERS,
        times=_words(
            "monday tuesday wednesday thursday friday saturday sunday et est edt gmt utc bst cet local eastern moscow"
        ),
        attribution=_attribution(_SPEECH_EN),
    ),
    "id": _Table(
        inner=_TITLES | _words("vs a.n u.p d.a u.b s.d kab kec kel prov kav"),
        numbered=_words("no nr psl hal hlm vol bab ps rp jan feb mar apr jun jul agt agu sep sept okt nov des"),
        last=_words("dll dsb dst dkk tsb dsj tbk cs etc"),
        either=_words("inc corp co ltd jr sr m.a m.sc ph.d s.h s.e s.ip m.h m.m m.si"),
        starters=_ID_STARTERS,
        times=_words("wib wita wit gmt utc waktu senin selasa rabu kamis jumat sabtu minggu ahad"),
        attribution=_attribution(_SPEECH_ID),
    ),
}


def split(text: str, language: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence, without the white space around it; linear in the length of `text`.

    What runs on for more than 1,000 characters is cut."""
    table = _TABLES[language]
    return [
        span
        for line in _LINE.finditer(text)
        for whole in _line(text, line.start(), line.end(), table)
        for start, end in parts(text, *whole, _LONGEST)
        if (span := _trimmed(text, start, end)) is not None
    ]


def _line(text: str, start: int, end: int, table: _Table) -> Iterator[tuple[int, int]]:
    headline = end - start <= _HEADLINE and not _END.search(text, max(start, end - 4), end)
    quotes, counted = 0, start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        quotes += text.count('"', counted, stop)
        counted = stop
        if (close := _SPACED_CLOSE.match(text, stop, end)) and (close[1] != '"' or quotes % 2):
            stop = close.end()
        if headline and match[0][0] in "?!":
            continue
        if stop < end and _ends(text, start, match, text[stop : min(end, stop + _LOOK_AHEAD)], table):
            yield start, stop
            start = stop
    yield start, end


def parts(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """A sentence no reader would call one, cut at blanks (at any place where it has none) into `longest` characters."""
    while end - start > longest:
        blank = text.rfind(" ", start + 1, start + longest)
        cut = blank if blank > 0 else start + longest
        yield start, cut
        start = cut
    yield start, end


def _ends(text: str, start: int, match: re.Match[str], rest: str, table: _Table) -> bool:
    """Whether a sentence begun at `start` ends with `match`, `rest` being what follows in the line."""
    mark = match[0]
    if not rest[0].isspace():
        return _lost_blank(text[match.start() - 1 : match.start()], mark, rest)
    following = _NEXT_WORD.match(rest)
    word = following[1] if following else ""
    if not word or word[0].islower() or not word[0].isalnum():
        return not word or (word[0] == "-" and not word.startswith("--"))
    if mark.startswith(("…", "..")):
        return match.start() == 0 or not text[match.start() - 1].isspace()
    if mark[0] in "?!":
        return not (mark[-1] in "\"'”’»" and table.attribution.match(rest))
    return mark != "." or _full_stop(text[max(start, match.start() - _LOOK_BACK) : match.start()], word, table)


def _lost_blank(before: str, mark: str, rest: str) -> bool:
    """`… Selasa (12/9/2023).Dia …`: news texts lose blanks; after a bracket or quote no name goes on like this."""
    closed = before in ')"”' or mark[-1] in '"”'
    return closed and mark[0] in ".?!" and rest[0].isupper() and rest[1:2].islower()


def _full_stop(before: str, following: str, table: _Table) -> bool:
    """Whether a full stop between `before` and the word `following` ends a sentence."""
    token = before.split()[-1].lstrip(_OPENERS) if before and not before[-1].isspace() else ""
    lowered, begins = token.lower(), _bare(following) in table.starters
    if lowered in table.inner or (token.isdigit() and len(token) <= 2 and before.strip() == token):
        return False
    if lowered in table.numbered and (following[0].isdigit() or _ROMAN.match(following)):
        return False
    if lowered in table.last:
        return True
    if lowered in table.either or (len(token) == 1 and token.isupper()):
        return begins
    if _DOTTED.fullmatch(token):
        return begins if token[0].isupper() else _bare(following) not in table.times
    return True


def _bare(word: str) -> str:
    return word.rstrip(",.;:!?)\"'”’").lower()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
