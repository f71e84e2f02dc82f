"""What commands write: rows as a table, CSV or JSON on standard output; progress and complaints on standard error."""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from kgraph.errors import InputError

Format = Literal["table", "csv", "tsv", "json"]
Cell = str | int | float | bool | None
LONG = 60  # characters of a cell in a table; CSV and JSON have it whole
EVERY = 5.0  # seconds between two lines of progress where standard error is no terminal
WIDE = 120  # columns where standard output is no terminal


def complain(line: str) -> None:
    """One line to standard error."""
    print(f"kgraph: {line}", file=sys.stderr)  # noqa: T201


def say(text: str) -> None:
    """Text to standard output."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def write_text(path: Path, text: str) -> None:
    """Text to a file, which is whole or as it was before."""
    from kgraph.graph.files import replacing

    with replacing(path) as file:
        file.write(text.encode())


def read_standard_input() -> str:
    """What stands on standard input."""
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8", place="standard input", cure="convert it first, as iconv does") from error


def write_rows(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], form: Format, *, title: str = "", long: int = LONG
) -> None:
    """Rows in the form asked for; a table shortens long cells and leaves out columns with nothing in them."""
    if form == "table":
        _write_table(columns, rows, title, long)
    elif form == "json":
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        say(json.dumps(records, ensure_ascii=False, indent=1))
    else:
        say(_separated(columns, rows, "," if form == "csv" else "\t"))


def plain(cell: Cell) -> str:
    """A cell as text on one line, without characters that would steer a terminal."""
    text = "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)
    return "".join(c if c.isprintable() else " " for c in text)


def _short(cell: str, long: int) -> str:
    return cell if len(cell) <= long else cell[: long - 1].rstrip() + "…"


def _separated(columns: Sequence[str], rows: Sequence[Sequence[Cell]], separator: str) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def _harmless(cell: Cell) -> str:
    """A cell that a spreadsheet will not take for a formula; a number is none."""
    from kgraph.queries.rows import inert

    return inert(plain(cell)) if isinstance(cell, str) else plain(cell)


def _write_table(columns: Sequence[str], rows: Sequence[Sequence[Cell]], title: str, long: int) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else WIDE)
    table = Table(box=SIMPLE, title=title or None, title_justify="left")
    shown = [i for i in range(len(columns)) if any(row[i] is not None for row in rows) or not rows]
    for i in shown:
        table.add_column(columns[i], overflow="fold")
    for row in rows:
        table.add_row(*(Text(_short(plain(row[i]), long)) for i in shown))
    console.print(table)


@contextmanager
def meter(what: str) -> Iterator[Callable[[float | None, str], None]]:
    """Tells the share that is done, how long the rest takes, and words: a bar on a terminal, elsewhere now and then a
    line. A share of None is one that nobody knows."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    words = TextColumn("{task.fields[words]}", markup=False)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(), words)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, words="")
        yield lambda share, words: bar.update(
            task, total=None if share is None else 1, completed=share or 0, words=words
        )


def _lines() -> Callable[[float | None, str], None]:
    last = time.monotonic()
    first: tuple[float, float] | None = None  # time and share when it was first told: loading is behind

    def tell(share: float | None, words: str) -> None:
        nonlocal first, last
        now = time.monotonic()
        if first is None and share is not None:
            first = now, share
        if now - last >= EVERY:
            last = now
            begun, before = first or (now, 0.0)
            done = (share or 0.0) - before
            left = f", {_duration((now - begun) * (1 - before - done) / done)} left" if done > 0 else ""
            complain(f"{words}{left}")

    return tell


def _duration(seconds: float) -> str:
    return (
        f"{seconds:.0f} s"
        if seconds < 100
        else f"{seconds / 60:.0f} min"
        if seconds < 6000
        else f"{seconds / 3600:.1f} h"
    )


@contextmanager
def progress(what: str) -> Iterator[Callable[[str], None]]:
    """A line on a terminal that tells what is being done, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _text: None
        return
    from rich.console import Console

    with Console(stderr=True).status(what) as status:
        yield lambda text: status.update(f"{what} {text}")
