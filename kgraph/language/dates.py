"""When the event of a trigger happens, as its sentence tells it.

Of the date expressions in a sentence the nearest to the trigger is taken, a clause boundary counting as many words. The
date of a clause with "setelah", "before" and the like dates that clause alone, and the date of a reporting verb ("kata
Peskov pada Selasa") that of the speech: it counts for the event only where the sentence has no other date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kgraph.language.date_expressions import Expression, find, resolve
from kgraph.records import EventDate


@dataclass(frozen=True, slots=True)
class _Cues:
    """Words that part clauses, that tell of speech, that subordinate an earlier or later event, that tell of plans."""

    clause: re.Pattern[str]
    content: re.Pattern[str]  # what is said begins here
    also: re.Pattern[str]  # another main clause begins here
    speech: re.Pattern[str]
    apart: re.Pattern[str]
    future: re.Pattern[str]
    past: re.Pattern[str]
    limit: re.Pattern[str]  # "hingga Rabu": an end, not the time of the event


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words.split(','))})\b", re.IGNORECASE)


_CUES: dict[str, _Cues] = {
    "id": _Cues(
        clause=re.compile(
            r"[;:,]\s|\b(?:bahwa|yang|ketika|saat|setelah|sesudah|sebelum|sejak|sementara|karena|dan|tetapi|namun|usai)\b"
        ),
        content=_any("bahwa"),
        also=_any("dan,tetapi,namun,sementara,sedangkan"),
        speech=re.compile(
            r"\b(?:kata|ujar|ucap|tutur|tegas|jelas|ungkap|papar|imbuh|tambah|lapor|tulis)(?:nya)?\b|\b(?:mengatakan|"
            r"menyatakan|menegaskan|menyebut|menyebutkan|melaporkan|dilaporkan|mengungkapkan|menuturkan|menjelaskan|"
            r"menambahkan|mengumumkan|diumumkan|mengklaim|memberitakan|diberitakan|dilansir|melansir|dikutip|mengutip|"
            r"menulis|disampaikan|menyampaikan|memperingatkan|menuduh|berjanji|membantah|mengakui|mengonfirmasi|"
            r"keterangan|keterangannya|keterangan tertulis|pernyataan|pernyataannya|siaran pers|laporan)\b",
            re.IGNORECASE,
        ),
        apart=_any("setelah,sesudah,sebelum,usai,sejak,pasca,pascainvasi,menyusul,menjelang"),
        future=_any(
            "akan,bakal,hendak,dijadwalkan,berencana,direncanakan,rencananya,diperkirakan,diharapkan,dijadwal,berniat,"
            "bersiap,siap,berjanji,ingin"
        ),
        past=_any("telah,sudah,pernah,baru saja"),
        limit=re.compile(r"\b(?:hingga|sampai|sebelum|paling lambat)\s+(?:hari |tanggal |akhir )?$", re.IGNORECASE),
    ),
    "en": _Cues(
        clause=re.compile(
            r"[;:,]\s|\b(?:that|who|which|when|while|after|before|since|because|and|but|as|where|following)\b"
        ),
        content=_any("that"),
        also=_any("and,but,while,whereas"),
        speech=_any(
            "said,says,saying,told,announced,stated,reported,reports,according,added,wrote,tweeted,posted,claimed,"
            "confirmed,declared,warned,accused,denied,promised,pledged,vowed,statement,interview,insisted,disclosed"
        ),
        apart=_any("after,before,since,following,ahead of,prior to,until after"),
        future=_any(
            "will,would,shall,to be,scheduled,plans,planned,planning,expected,set to,due to,slated,intends,hopes,"
            "upcoming,is to,are to,about to,prepares,preparing,wants to"
        ),
        past=_any("had,has,have,was,were"),
        limit=re.compile(r"\b(?:until|till|by|before|through)\s+(?:the end of |late |early )?$", re.IGNORECASE),
    ),
}
_SEGMENT_EDGE = re.compile(r"[,;:\"“”()]")
_CLAUSE_COST, _SPEECH_COST, _LIMIT_COST = 8, 40, 10  # in words
_SPEECH_REACH = 6  # words between a reporting verb and its date
_REACH = 1000  # characters either side of the trigger; no sentence but a broken one is longer
_CUE_REACH = 70  # characters before the trigger


def event_date(sentence: str, trigger: tuple[int, int], *, language: str, report_date: date | None) -> EventDate | None:
    """The date of the event that `trigger` expresses; the report's date, marked as assumed, where none is given."""
    first = max(0, trigger[0] - _REACH)
    sentence, trigger = sentence[first : trigger[1] + _REACH], (trigger[0] - first, trigger[1] - first)
    cues, future = _CUES[language], _is_future(sentence, trigger, _CUES[language])
    ranked: list[tuple[int, int, EventDate]] = []
    for one in find(sentence, language):
        speech = _dates_speech(sentence, one, trigger, cues)
        if speech and (future or _in_another_clause(sentence, one, trigger, cues)):
            continue
        if _stands_apart(sentence, one, trigger, cues):
            continue
        meant = resolve(one, language=language, report=report_date, future=future)
        if meant:
            cost = _distance(sentence, one, trigger, cues) + speech * _SPEECH_COST
            ranked.append((cost, one.start, meant))
    if ranked:
        return min(ranked, key=lambda candidate: candidate[:2])[2]
    return EventDate(report_date, assumed=True) if report_date else None


def _is_future(sentence: str, trigger: tuple[int, int], cues: _Cues) -> bool:
    """Whether the last cue of time before the trigger, in its clause, tells of something to come."""
    before = sentence[max(0, trigger[0] - _CUE_REACH) : trigger[1]]
    content = [match.end() for match in cues.content.finditer(before)]
    before = before[content[-1] :] if content else before
    plans = [match.start() for match in cues.future.finditer(before)]
    done = [match.start() for match in cues.past.finditer(before)]
    return bool(plans) and plans[-1] >= max(done, default=-1)


def _distance(sentence: str, one: Expression, trigger: tuple[int, int], cues: _Cues) -> int:
    """Words between the trigger and the expression, with what each clause boundary adds."""
    first, last = (one.end, trigger[0]) if one.end <= trigger[0] else (trigger[1], one.start)
    between = sentence[first:last]
    if one.end <= trigger[0] and not sentence[: one.start].strip(' "“').count(" "):
        between = between.removeprefix(",")  # "Pada Senin, Washington ...": the date leads the clause
    cost = len(between.split()) + _CLAUSE_COST * len(cues.clause.findall(between))
    return cost + (_LIMIT_COST if cues.limit.search(sentence[: one.start]) else 0)


def _dates_speech(sentence: str, one: Expression, trigger: tuple[int, int], cues: _Cues) -> bool:
    """Whether the expression stands with a reporting verb, the trigger being neither that verb nor between the two."""
    start, end = _segment(sentence, one, cues)
    for verb in cues.speech.finditer(sentence, start, end):
        first, last = (verb.end(), one.start) if verb.end() <= one.start else (one.end, verb.start())
        is_trigger = verb.start() < trigger[1] and trigger[0] < verb.end()
        between = first <= trigger[0] < last
        if not is_trigger and not between and len(sentence[first:last].split()) <= _SPEECH_REACH:
            return True
    return False


def _in_another_clause(sentence: str, one: Expression, trigger: tuple[int, int], cues: _Cues) -> bool:
    """Whether the expression is in a main clause of its own: "…, dan Putin berjanji minggu lalu …"."""
    start, end = _segment(sentence, one, cues)
    first = start + len(sentence[start:end]) - len(sentence[start:end].lstrip())
    return bool(cues.also.match(sentence, first)) and not start <= trigger[0] < end


def _segment(sentence: str, one: Expression, cues: _Cues) -> tuple[int, int]:
    """The characters about the expression up to the next comma, quote or "that"; one comma more where it is alone."""
    edges = [match.end() for match in _SEGMENT_EDGE.finditer(sentence, 0, one.start)]
    edges += [match.end() for match in cues.content.finditer(sentence, 0, one.start)]
    edges = sorted({0, *edges})
    alone = not sentence[edges[-1] : one.start].strip(" (")
    start = edges[-2] if alone and len(edges) > 1 else edges[-1]
    after = [match.start() for match in _SEGMENT_EDGE.finditer(sentence, one.end)]
    after += [match.start() for match in cues.content.finditer(sentence, one.end)]
    return start, min(after, default=len(sentence))


def _stands_apart(sentence: str, one: Expression, trigger: tuple[int, int], cues: _Cues) -> bool:
    """Whether the expression belongs to a clause of "setelah", "before" ..., and the trigger does not."""
    words = [
        match for match in cues.apart.finditer(sentence, 0, one.start) if "," not in sentence[match.end() : one.start]
    ]
    if not words or not sentence[words[-1].end() : one.start].strip():
        return False
    comma = sentence.find(",", one.end)
    inside = words[-1].end() <= trigger[0] < (comma if comma >= 0 else len(sentence))
    return not inside and len(sentence[words[-1].end() : one.start].split()) > 1
