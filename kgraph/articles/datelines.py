"""Outlet and date as the text itself tells them: "REPUBLIKA.CO.ID, SEOUL -- ... pada Selasa (12/9/2023)"."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from kgraph.articles.calendar import calendar_day, full_dates

_OUTLETS: dict[str, str] = {
    name: outlet
    for outlet, names in {
        "Agence France-Presse": "afp|afp.com",
        "Al Jazeera": "al jazeera|aljazeera.com",
        "Antara": "antara|antaranews.com|antara news|en.antaranews.com",
        "Associated Press": "ap|apnews.com|associated press",
        "Bangkok Post": "bangkok post|bangkokpost.com",
        "BBC": "bbc|bbc.com|bbc.co.uk|bbc news",
        "BBC Indonesia": "bbc indonesia|bbc news indonesia",
        "Bernama": "bernama|bernama.com",
        "Bisnis Indonesia": "bisnis.com|bisnis indonesia",
        "Bloomberg": "bloomberg|bloomberg.com",
        "Channel NewsAsia": "cna|channelnewsasia.com|channel newsasia",
        "CNBC Indonesia": "cnbc indonesia|cnbcindonesia.com",
        "CNN": "cnn|cnn.com|edition.cnn.com",
        "CNN Indonesia": "cnn indonesia|cnnindonesia.com",
        "Detik": "detik|detik.com|detikcom|detiknews|news.detik.com",
        "Deutsche Welle": "dw|dw.com|deutsche welle",
        "Fox News": "foxnews.com|fox news",
        "Inquirer": "inquirer.net|philippine daily inquirer",
        "Interfax": "interfax|interfax.com",
        "Jakarta Globe": "jakarta globe|jakartaglobe.id|jakartaglobe.com",
        "The Jakarta Post": "the jakarta post|jakarta post|thejakartapost.com",
        "Kompas": "kompas|kompas.com|kompas.id",
        "Kumparan": "kumparan|kumparan.com|kumparannews",
        "Kyodo News": "kyodo|kyodo news|english.kyodonews.net",
        "Liputan6": "liputan6|liputan6.com",
        "Manila Times": "manila times|manilatimes.net",
        "Media Indonesia": "media indonesia|mediaindonesia.com",
        "Merdeka": "merdeka.com",
        "Okezone": "okezone|okezone.com",
        "Republika": "republika|republika.co.id|republika.id",
        "Reuters": "reuters|reuters.com",
        "RMOL": "rmol|rmol.id",
        "SINDOnews": "sindonews|sindonews.com",
        "Suara": "suara.com",
        "TASS": "tass|tass.com|itar-tass",
        "Tempo": "tempo|tempo.co|tempo.com",
        "The Guardian": "the guardian|guardian|theguardian.com",
        "The Nation": "nationthailand.com",
        "The New York Times": "nytimes.com|the new york times",
        "The Straits Times": "the straits times|straitstimes.com",
        "The Washington Post": "washingtonpost.com|the washington post",
        "Tribunnews": "tribunnews|tribunnews.com",
        "United Press International": "upi|upi.com",
        "VIVA": "viva|viva.co.id|viva.id",
        "VOA": "voa|voanews.com|voa indonesia|voaindonesia.com",
        "Wikinews": "wikinews|en.wikinews.org",
        "Xinhua": "xinhua|xinhuanet.com|news.cn",
        "Yonhap": "yonhap|yna.co.kr|en.yna.co.kr",
    }.items()
    for name in names.split("|")
}
_DATELINE = re.compile(r"([A-Z(][^\n]{2,90}?)(?:\s*--+|\s+[-–—]|\s*[–—])(?=\s)")
_PART_EDGE = re.compile(r"[,()/|:]")
_DOMAIN = re.compile(r"\w[\w-]*\.(?:com|net|org|id|co|co\.id|co\.uk|news|tv)", re.IGNORECASE)
_BRACKETED = re.compile(r"\(([^()\n]{6,24})\)")
_URL_DATE = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|$)|/((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?:\d{6})?[-/]")
_LEAD_LINES = 4
_LEAD = 2000


def outlet_named(name: str) -> str | None:
    """The outlet that a metadata field names ("kompas.com", "https://www.tempo.co/", "Antara"), as we write it."""
    name = " ".join(name.split())
    return _OUTLETS.get(name.lower()) or outlet_of_url(name) or name or None


def outlet_of_url(url: str) -> str | None:
    """The outlet whose pages lie at `url`; the bare host where we know no name for it."""
    host = _host(url) if "://" in url else None
    if not host:
        return None
    labels = host.removeprefix("www.").split(".")
    suffixes = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((_OUTLETS[suffix] for suffix in suffixes if suffix in _OUTLETS), ".".join(labels))


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:  # brackets that hold no address
        return None


def outlet_in(text: str) -> str | None:
    """The outlet in the dateline of one of the first lines, if one has it."""
    for line in text.split("\n", _LEAD_LINES)[:_LEAD_LINES]:
        match = _DATELINE.match(line)
        parts = [part.strip() for part in _PART_EDGE.split(match[1])] if match else []
        for part in parts:
            if outlet := _OUTLETS.get(part.lower()) or (part if _DOMAIN.fullmatch(part) else None):
                return outlet
    return None


def date_in(text: str) -> date | None:
    """The date of the dateline, or the first full date in brackets in the lead (day before month)."""
    lead = text[:_LEAD]
    datelines = (match[1] for line in lead.split("\n", _LEAD_LINES)[:_LEAD_LINES] if (match := _DATELINE.match(line)))
    for part in [*datelines, *(match[1] for match in _BRACKETED.finditer(lead))]:
        for _start, _end, day in full_dates(part):
            return day
    return None


def date_of_url(url: str) -> date | None:
    """The date in the path of `url`: /read/2023/09/12/, /20230912083045-134-…"""
    for match in _URL_DATE.finditer(url):
        year, number, day = (int(part) for part in match.groups() if part)
        if found := calendar_day(year, number, day):
            return found
    return None
