"""The trained reader behind spaCy: loads the ONNX graphs that ship with the package and drafts what a text says."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kgraph.actors import Book
from kgraph.errors import KgraphError
from kgraph.language.components import book
from kgraph.language.drafts import DraftMention, Drafts, DraftStatement
from kgraph.language.pieces import load_tokenizer
from kgraph.language.reading import Array, Hints, ReadMention, ReadSentence, ReadStatement, Settings, read
from kgraph.records import ENTITY_TYPES

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

SHIPPED = Path(str(files("kgraph") / "language" / "weights"))


class OnnxNetwork:
    """The two ONNX graphs of a model's folder, one thread each, without spinning."""

    def __init__(self, folder: Path) -> None:
        self._window, self._relate = _session(folder / "window.onnx"), _session(folder / "relate.onnx")
        self._names = [output.name for output in self._window.get_outputs()]
        self._relate_names = [output.name for output in self._relate.get_outputs()]

    def window(self, ids: NDArray[np.int64]) -> Mapping[str, Array]:
        """One window of pieces."""
        return dict(zip(self._names, self._window.run(None, {"ids": ids}), strict=True))

    def relate(self, states: Array, subject: Array, types: NDArray[np.int64], pool: Array) -> Mapping[str, Array]:
        """One sentence, read once for each row of `subject`."""
        given = {"states": states, "subject": subject, "types": types, "pool": pool}
        return dict(zip(self._relate_names, self._relate.run(None, given), strict=True))


def _session(path: Path) -> InferenceSession:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # from 1.29 on it would report its use to Microsoft
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Weights become floats once, when loaded, and not at each run.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def load_model(folder: Path) -> tuple[OnnxNetwork, Tokenizer, Settings]:
    """Network, tokenizer and settings of a model's folder, after its checksums have been compared; read once."""
    reader = folder / "reader.json"
    if not reader.is_file():
        raise KgraphError("no language model", place=str(folder), cure="install kgraph again, or use --extractor rules")
    config: dict[str, Any] = json.loads(reader.read_text(encoding="utf-8"))
    for name, wanted in config.pop("sha256").items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
            raise KgraphError("is damaged", place=str(path), cure="install kgraph again")
    config |= {"relations": tuple(config["relations"]), "symmetric": frozenset(config["symmetric"])}
    config["status"] = tuple(config["status"])
    return OnnxNetwork(folder), load_tokenizer(folder), Settings(**config)


@Language.factory("kgraph_model", default_config={"folder": None, "actors": None})
def create_model(nlp: Language, name: str, folder: str | None, actors: str | None) -> Model:
    """The reader of a folder; without one, that which ships with the package."""
    del nlp, name
    return Model(Path(folder) if folder else SHIPPED, book(actors))


class Model:
    """Drafts mentions and statements, sentence by sentence in the context of the article."""

    def __init__(self, folder: Path, actors: Book) -> None:
        self.network, self.tokenizer, self.settings = load_model(folder)
        self.hints = hints_of(actors)

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its drafts."""
        texts = [sentence.text for sentence in doc._.sentences]
        sentences = read(self.network, self.tokenizer, self.settings, texts, self.hints)
        doc._.drafts = drafts(sentences, [sentence.start for sentence in doc._.sentences])
        return doc


def hints_of(actors: Book) -> Hints:
    """The book's names in a sentence, each under every type that it may have."""

    def hints(sentence: str) -> Iterator[tuple[int, int, int]]:
        for hit in actors.find(sentence):
            for kind in dict.fromkeys(actor.type for actor in hit.candidates):
                yield hit.start, hit.end, ENTITY_TYPES.index(kind)

    return hints


def drafts(sentences: list[ReadSentence], starts: list[int]) -> Drafts:
    """What was read, by places in the text: a mention stands wherever its name does, a statement takes the nearest."""
    places: list[DraftMention] = []
    index: dict[tuple[int, int], list[int]] = {}  # (sentence, mention) -> its places
    for n, (sentence, offset) in enumerate(zip(sentences, starts, strict=True)):
        rows = [(a, b, m) for m, mention in enumerate(sentence.mentions) for a, b in mention.chars]
        for a, b, m in sorted(rows, key=lambda row: (row[0], -row[1])):
            index.setdefault((n, m), []).append(len(places))
            places.append(_mention(sentence.mentions[m], offset + a, offset + b, index))
    statements = [
        _statement(s, n, offset, index, places)
        for n, (sentence, offset) in enumerate(zip(sentences, starts, strict=True))
        for s in sentence.statements
    ]
    return Drafts(tuple(places), tuple(statements))


def _mention(mention: ReadMention, start: int, end: int, index: Mapping[tuple[int, int], list[int]]) -> DraftMention:
    places = index.get(mention.antecedent) if mention.antecedent else None
    return DraftMention(start, end, ENTITY_TYPES[mention.type], places[0] if places else None)


def _statement(
    s: ReadStatement,
    sentence: int,
    offset: int,
    index: Mapping[tuple[int, int], list[int]],
    places: list[DraftMention],
) -> DraftStatement:
    start, end = s.trigger[0] + offset, s.trigger[1] + offset

    def nearest(mention: int) -> int:
        return min(index[sentence, mention], key=lambda i: max(places[i].start - end, start - places[i].end))

    return DraftStatement(
        subject=nearest(s.subject),
        relation=s.relation,
        object=nearest(s.object),
        sentence=sentence,
        trigger=(start, end),
        status=s.status,
        negated=s.negated,
        source=None if s.source is None else nearest(s.source),
        stance=s.stance,
        confidence=round(s.confidence, 3),
    )
