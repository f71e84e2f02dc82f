"""From the gold folder to a model's folder: fit, calibrate, export. This is what `kgraph train` calls."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import torch

from kgraph.language.pieces import load_tokenizer
from kgraph.training.calibrate import calibrate
from kgraph.training.export import export
from kgraph.training.fit import Plan, corpus, fit, measure, summary
from kgraph.training.network import from_encoder


def train(gold: Path, encoder: Path, out: Path, plan: Plan, report: Callable[[str], None]) -> Path:
    """Fit a reader on `gold`/{id,en}/train.*, choosing by articles held out of it; returns the model's folder.

    `encoder` is a folder of kgraph.training.encoder. A stopped run goes on from its last epoch when called again.
    """
    torch.manual_seed(plan.seed)
    reader = fit(from_encoder(encoder), encoder, gold, out, plan, report=report)
    tokenizer = load_tokenizer(encoder)
    kept = corpus(gold, plan.share).kept
    settings = calibrate(reader, tokenizer, kept, report)
    for language, figures in measure(reader, tokenizer, kept, settings).items():
        report(f"held out {language} {summary(figures)}")
    folder = out / "model"
    export(reader, settings, encoder, folder)
    return folder
