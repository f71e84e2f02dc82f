"""What can go wrong, and how it is said.

KgraphError
├── InputError        a file that cannot be read as what it should be
│   └── EmptyInput    a file with no text in it
├── OntologyError     a vocabulary, table or shape file with a fault
├── QueryError        a query that is wrong, refused, or over its limits
├── StoreError        a store that is held by another process, full or broken
├── RemoteError       a server that cannot be reached, refuses, or answers in part
├── WorkerError       processes that read articles cannot be started
└── MissingExtra      a command whose optional library is not installed

Each message is one line: what, where, and the cure.
"""


class KgraphError(Exception):
    """One line for the reader: `place: what is wrong; cure`."""

    def __init__(self, what: str, *, place: str = "", cure: str = "") -> None:
        self.what, self.place, self.cure = what, place, cure
        super().__init__(f"{place}: {what}" if place else what)

    def __str__(self) -> str:
        line = "; ".join(filter(None, (super().__str__(), self.cure)))
        return "".join(char if char.isprintable() else " " for char in line)  # names in it come from anywhere


class InputError(KgraphError):
    """A file that cannot be read as what it should be."""


class EmptyInput(InputError):
    """A file with no text in it."""


class OntologyError(KgraphError):
    """A vocabulary, table or shape file with a fault."""


class QueryError(KgraphError):
    """A query that is wrong, refused, or over its limits."""


class StoreError(KgraphError):
    """A store that is held by another process, full or broken."""


class RemoteError(KgraphError):
    """A server that cannot be reached, refuses, or answers in part."""


class WorkerError(KgraphError):
    """Processes that read articles cannot be started."""


class MissingExtra(KgraphError):
    """A command whose optional library is not installed."""
