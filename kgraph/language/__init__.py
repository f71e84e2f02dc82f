"""News text to statements: spaCy pipelines for Indonesian and English.

    nlp = load("id")
    doc = nlp("Presiden Rusia Vladimir Putin tiba di Vladivostok.")
    doc._.statements

A Doc carries `doc._.article`, `doc._.statements`, `doc.ents` (not nested) and `doc.spans["mentions"]` (all of them).
The modules that need no spaCy (sentences, dates) can be imported without it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgraph.language.loading import document, from_sentences, load, read

__all__ = ["document", "from_sentences", "load", "read"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from kgraph.language import loading

        return getattr(loading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
