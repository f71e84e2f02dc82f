"""What a query gives: columns and rows of plain values, and the two formats in which other tools read them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Cell:
    """One value. `label` is the name of an IRI in the reader's language, where the graph knows one."""

    kind: Literal["uri", "literal", "bnode"]
    value: str
    language: str | None = None
    datatype: str | None = None
    label: str | None = None

    @property
    def text(self) -> str:
        """What a reader wants to see."""
        return self.label if self.label is not None else self.value


@dataclass(frozen=True, slots=True)
class Rows:
    """A table. `truncated`: there were more rows than the limit. `ask`: one cell, from ASK; `triples`: three columns,
    from CONSTRUCT or DESCRIBE."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    truncated: bool = False
    ask: bool = False
    triples: bool = False

    def to_json(self) -> str:
        """The SPARQL 1.1 Query Results JSON Format."""
        if self.ask:
            (cell,) = self.rows[0]
            return json.dumps({"head": {}, "boolean": cell is not None and cell.value == "true"})
        bindings = [
            {name: _term(cell) for name, cell in zip(self.columns, row, strict=True) if cell} for row in self.rows
        ]
        return json.dumps(
            {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}, ensure_ascii=False, indent=1
        )

    def to_csv(self) -> str:
        """Comma-separated text. Words that a spreadsheet would run as a formula get an apostrophe."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([[_inert(cell) if cell else "" for cell in row] for row in self.rows])
        return out.getvalue()


def _term(cell: Cell) -> dict[str, str]:
    term = {"type": cell.kind, "value": cell.value}
    if cell.language:
        term["xml:lang"] = cell.language
    elif cell.datatype:
        term["datatype"] = cell.datatype
    return term


def inert(text: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _inert(cell: Cell) -> str:
    is_words = cell.kind != "literal" or cell.datatype is None
    text = inert(cell.text) if is_words else cell.text
    return text.replace("\r", " ")  # Python quotes no cell for it where lines end in \n, and a spreadsheet ends the row
