"""The reader as a PyTorch module: multilingual-e5-small cut in two.

The shared layers read a window of sentences once and feed the mention, gate and coreference heads. The upper
layers read each sentence once for every mention that may be a subject, with that subject marked, and feed the
heads for relations, status, negation, source, stance and trigger.

Shapes: B windows, T pieces, W widest mention, R readings (one subject in one sentence), S pieces of the sentence,
M mentions of the sentence, H the hidden size.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from kgraph.records import ENTITY_TYPES
from kgraph.training.gold import RELATIONS

WIDEST = 20
TYPES = len(ENTITY_TYPES)


@dataclass(frozen=True)
class Shape:
    """What the network is made of. `design` is one of the compared readings of pairs."""

    shared: int = 8
    upper: int = 4
    frozen: int = 0  # lowest layers that stay as they came, as the word table always does
    design: str = "subject"  # subject: marked and read again; pair: biaffine without reading again
    drop: float = 0.1
    pair: int = 256
    hidden: int = 384
    heads: int = 12
    ffn: int = 1536
    vocab: int = 0
    max_pos: int = 512
    eps: float = 1e-12


class Layer(nn.Module):
    """One BERT layer, post-norm."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        h = shape.hidden
        self.heads, self.drop = shape.heads, shape.drop
        self.q, self.k, self.v, self.ao = (nn.Linear(h, h) for _ in range(4))
        self.fi, self.fo = nn.Linear(h, shape.ffn), nn.Linear(shape.ffn, h)
        self.aln, self.oln = nn.LayerNorm(h, eps=shape.eps), nn.LayerNorm(h, eps=shape.eps)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, t, h = x.shape
        q, k, v = (f(x).view(b, t, self.heads, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        c = F.scaled_dot_product_attention(q, k, v, attn_mask=None if mask is None else mask[:, None, None, :].bool())
        x = self.aln(x + F.dropout(self.ao(c.transpose(1, 2).reshape(b, t, h)), self.drop, self.training))
        return self.oln(x + F.dropout(self.fo(F.gelu(self.fi(x))), self.drop, self.training))


class Reader(nn.Module):
    """All weights; `shared` and `relate` are the two halves that run apart."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        h, p = shape.hidden, shape.pair
        self.word, self.pos = nn.Embedding(shape.vocab, h), nn.Embedding(shape.max_pos, h)
        self.typ = nn.Parameter(torch.zeros(1, h))
        self.eln = nn.LayerNorm(h, eps=shape.eps)
        self.l = nn.ModuleList(Layer(shape) for _ in range(shape.shared + shape.upper))
        self.span_start, self.span_end = nn.Linear(h, 192), nn.Linear(h, 192)
        self.span_width = nn.Parameter(torch.zeros(WIDEST, 192))
        self.span_out = nn.Linear(192, TYPES + 1)
        self.gate = nn.Sequential(nn.Linear(h, 64), nn.GELU(), nn.Linear(64, 1))
        self.coref_q, self.coref_k = nn.Linear(h, 96), nn.Linear(h, 96)
        self.type_mark = nn.Embedding(TYPES + 1, h)
        self.subject_mark = nn.Parameter(torch.zeros(h))
        self.pair_s, self.pair_o, self.pair_x = nn.Linear(h, p), nn.Linear(h, p), nn.Linear(h, p)
        self.look_q, self.look_k = nn.Linear(p, 96), nn.Linear(h, 96)
        self.pair_c = nn.Linear(h, p)
        self.pair_ln = nn.LayerNorm(p)
        self.relation = nn.Linear(p, len(RELATIONS))
        self.status, self.negated = nn.Linear(p, 3), nn.Linear(p, 1)
        self.source_q, self.source_k = nn.Linear(p, 96), nn.Linear(h, 96)
        self.no_source = nn.Linear(p, 1)
        self.stance = nn.Linear(p, 2)
        self.trigger_q, self.trigger_k = nn.Linear(p, 192), nn.Linear(h, 192)
        nn.init.normal_(self.type_mark.weight, std=0.02)
        nn.init.normal_(self.subject_mark, std=0.05)
        nn.init.constant_(self.relation.bias, -4.0)
        nn.init.constant_(self.span_out.bias[:1], 5.0)  # most spans are none: do not spend the first steps on that

    def lower(self, ids: Tensor, mask: Tensor | None) -> Tensor:
        """ids, mask [B, T] -> states [B, T, H] of the shared layers; the frozen ones take no gradient.

        A mask of None says that all pieces count."""
        with torch.no_grad():
            x = self.eln(self.word(ids) + self.pos.weight[: ids.shape[1]] + self.typ)
            for layer in self.l[: self.shape.frozen]:
                x = layer(x, mask)
        for layer in self.l[self.shape.frozen : self.shape.shared]:
            x = layer(x, mask)
        return x

    def spans(self, states: Tensor) -> Tensor:
        """states [B, T, H] -> logits [B, T, W, 1 + types] of the span that begins at t and is w + 1 pieces wide."""
        start, end = self.span_start(states), self.span_end(states)
        size = end.shape[1]
        end = F.pad(end, (0, 0, 0, WIDEST - 1))
        ends = torch.stack([end[:, width : width + size] for width in range(WIDEST)], 2)
        return self.span_out(F.gelu(start[:, :, None] + ends + self.span_width))

    def window(self, ids: Tensor, mask: Tensor | None) -> dict[str, Tensor]:
        """All that the shared layers say of a window: states, span logits, and for each piece the gate (does a subject
        stand here?) and the two sides of coreference. A mention's value is the mean over its pieces."""
        states = self.lower(ids, mask)
        return {
            "states": states,
            "spans": self.spans(states),
            "gate": self.gate(states).squeeze(-1),
            "pronoun": self.coref_q(states),
            "name": self.coref_k(states) / 96**0.5,
        }

    def relate(
        self, states: Tensor, mask: Tensor | None, subject: Tensor, types: Tensor, pool: Tensor
    ) -> dict[str, Tensor]:
        """One reading a row.

        states [R, S, H]; mask [R, S]; subject [R, S] weights of the subject's pieces, summing to 1; types [R, S] ids
        of the mention types, 0 outside; pool [R, M, S] weights of each mention's pieces, summing to 1.
        """
        x = states
        if self.shape.design == "subject":
            x = x + self.type_mark(types) + (subject > 0).float()[..., None] * self.subject_mark
        for layer in self.l[self.shape.shared :]:
            x = layer(x, mask)
        one = (subject[:, None] @ x).squeeze(1)
        other = pool @ x
        p = self.pair_s(one)[:, None] + self.pair_o(other) + self.pair_x(one[:, None] * other)
        look = self.look_q(F.gelu(p)) @ self.look_k(x).transpose(1, 2) / 96**0.5
        if mask is not None:
            look = look + (1 - mask[:, None]) * -1e4
        look = look.softmax(-1)
        p = F.dropout(self.pair_ln(F.gelu(p + self.pair_c(look @ x))), self.shape.drop, self.training)
        source = self.source_q(p) @ self.source_k(other).transpose(1, 2) / 96**0.5
        r, m, s = pool.shape
        k = self.trigger_k(x).view(r, s, 2, 96)
        q = self.trigger_q(p).view(r, m, 2, 96)
        trigger = torch.einsum("rmch,rsch->rmcs", q, k) / 96**0.5
        if mask is not None:
            trigger = trigger + (1 - mask[:, None, None]) * -1e4
        return {
            "relation": self.relation(p),
            "status": self.status(p),
            "negated": self.negated(p).squeeze(-1),
            "source": torch.cat([self.no_source(p), source], -1),
            "stance": self.stance(p),
            "trigger": trigger,
            "look": look,
        }


def from_encoder(folder: Path, **options: object) -> Reader:
    """A new reader on the encoder that `kgraph.training.encoder` wrote."""
    from safetensors.numpy import load_file

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    reader = Reader(Shape(vocab=config["vocab"], **options))  # type: ignore[arg-type]
    state = reader.state_dict()
    for name, value in load_file(folder / "encoder.safetensors").items():
        key = _torch_name(name)
        if key in state:
            state[key] = torch.from_numpy(value.astype(np.float32))
    reader.load_state_dict(state)
    return reader


def _torch_name(name: str) -> str:
    """l0.q.w -> l.0.q.weight, and the like."""
    if name[0] == "l" and name[1].isdigit():
        name = f"l.{name[1:]}"
    name = {"word": "word.weight", "pos": "pos.weight", "type": "typ"}.get(name, name)
    for short, full in ((".w", ".weight"), (".b", ".bias")):
        if name.endswith(short):
            return name.removesuffix(short) + full
    return name


def save(reader: Reader, path: Path) -> None:
    torch.save({"shape": asdict(reader.shape), "weights": reader.state_dict()}, path)


def restore(path: Path) -> Reader:
    kept = torch.load(path, map_location="cpu", weights_only=True)
    reader = Reader(Shape(**kept["shape"]))
    reader.load_state_dict(kept["weights"])
    return reader.eval()
