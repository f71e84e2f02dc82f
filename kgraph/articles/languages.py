"""Which of our languages a text is in."""

from __future__ import annotations

from kgraph.records import Language

SPOKEN: dict[str, Language] = {"id": "id", "ms": "id", "en": "en"}  # Malay is read as Indonesian
_NAMES: dict[str, Language] = {
    **SPOKEN,
    "in": "id",  # the code of Indonesian until 1989
    "ind": "id",
    "may": "id",
    "msa": "id",
    "zsm": "id",
    "eng": "en",
    "indonesian": "id",
    "indonesia": "id",
    "malay": "id",
    "melayu": "id",
    "english": "en",
    "inggris": "en",
}
_SAMPLE = 4000  # characters that decide
_ENOUGH = 200  # characters from which the text is a better witness than a page's template


def language_of(text: str, declared: str = "") -> Language:
    """The language of `text`: as detected, or as `declared` ("id-ID", "English") where the text is short."""
    named = _NAMES.get(declared.strip().lower().replace("_", "-").split("-")[0])
    return named if named and len(text) < _ENOUGH else _detected(text)


def _detected(text: str) -> Language:
    import py3langid  # 0.5 s to load its model

    return next(SPOKEN[code] for code, _score in py3langid.rank(text[:_SAMPLE]) if code in SPOKEN)
