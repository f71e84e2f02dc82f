"""The table of claims as CSV and as Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

from kgraph import ontology
from kgraph.errors import MissingExtra
from kgraph.exports.columns import COLUMNS, Cell, Row, rows
from kgraph.exports.options import Options
from kgraph.exports.spool import Spool, scratch
from kgraph.queries.rows import inert

BATCH = 10_000  # rows of a group in a Parquet file


def write_csv(lines: Iterable[str], file: BinaryIO, options: Options) -> None:
    """The table as CSV in UTF-8; words that a spreadsheet would run get an apostrophe, unless `verbatim`."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)  # lines end as RFC 4180 has it; Python then quotes cells that hold such an end
    writer.writerow(column.name for column in COLUMNS)
    for row in _rows(lines, options):
        writer.writerow(_cell(cell, options.verbatim) for cell in row.values())
    text.detach()


def write_parquet(lines: Iterable[str], file: BinaryIO, options: Options) -> None:
    """The table as Parquet; without pyarrow, MissingExtra is raised."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        cure = "pip install 'kgraph[parquet]'"
        raise MissingExtra("Parquet needs pyarrow, which is not installed", cure=cure) from error
    kinds = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    schema = pa.schema([pa.field(c.name, kinds[c.kind], metadata={"meaning": c.meaning}) for c in COLUMNS])
    found = _rows(lines, options)
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while batch := list(islice(found, BATCH)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))


def _rows(lines: Iterable[str], options: Options) -> Iterator[Row]:
    with scratch() as disk:
        spool = Spool.of(disk, lines)
        yield from rows(spool, ontology.load(options.ontology), language=options.language)


def _cell(cell: Cell, verbatim: bool) -> Cell:
    if isinstance(cell, bool):
        return str(cell).lower()
    return inert(cell) if isinstance(cell, str) and not verbatim else cell
