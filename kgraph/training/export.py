"""A fitted reader to the files that ship: two ONNX graphs with int8 weights, the tokenizer, and one JSON file.

Weights are int8 with a scale for each output channel and become floats when the model is loaded; the arithmetic is in
fp32, so a text gives the same numbers whatever is read beside it, on any processor with the same kernels.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import Tensor, nn

from kgraph.language.reading import Settings
from kgraph.training.network import Reader

LARGE = 4096  # numbers; smaller arrays stay as floats
WINDOW_OUT = ("states", "spans", "gate", "pronoun", "name")
RELATE_OUT = ("relation", "status", "negated", "source", "stance", "trigger")


class _Window(nn.Module):
    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor) -> tuple[Tensor, ...]:
        """ids [T] -> each of WINDOW_OUT without the batch."""
        out = self.reader.window(ids[None], None)
        return tuple(out[name][0] for name in WINDOW_OUT)


class _Relate(nn.Module):
    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, states: Tensor, subject: Tensor, types: Tensor, pool: Tensor) -> tuple[Tensor, ...]:
        """states [S, H], subject [R, S], types [S], pool [M, S] -> each of RELATE_OUT."""
        count = subject.shape[0]
        out = self.reader.relate(
            states[None].expand(count, -1, -1),
            None,
            subject,
            types[None].expand(count, -1),
            pool[None].expand(count, -1, -1),
        )
        return tuple(out[name] for name in RELATE_OUT)


def export(reader: Reader, settings: Settings, encoder: Path, out: Path) -> None:
    """Write the model's folder: window.onnx, relate.onnx, tokenizer.json, reader.json with the SHA-256 of each."""
    out.mkdir(parents=True, exist_ok=True)
    reader.eval()
    h = reader.shape.hidden
    window = (torch.ones(24, dtype=torch.long),)
    relate = (
        torch.zeros(24, h),
        torch.full((3, 24), 1 / 24),
        torch.zeros(24, dtype=torch.long),
        torch.full((5, 24), 1 / 24),
    )
    _graph(_Window(reader), window, ("ids",), WINDOW_OUT, {"ids": {0: "T"}}, out / "window.onnx")
    axes = {"states": {0: "S"}, "subject": {0: "R", 1: "S"}, "types": {0: "S"}, "pool": {0: "M", 1: "S"}}
    _graph(_Relate(reader), relate, tuple(axes), RELATE_OUT, axes, out / "relate.onnx")
    shutil.copyfile(encoder / "tokenizer.json", out / "tokenizer.json")
    sums = {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.glob("*.*")) if p.name != "reader.json"
    }
    kept = asdict(settings) | {"symmetric": sorted(settings.symmetric), "sha256": sums}
    (out / "reader.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _graph(
    module: nn.Module, example: tuple, inputs: tuple[str, ...], outputs: tuple[str, ...], axes: dict, path: Path
) -> None:
    torch.onnx.export(
        module,
        example,
        str(path),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    model = onnx.load(str(path))
    _shrink(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _shrink(graph: onnx.GraphProto) -> None:
    """Large float arrays to int8: a scale a row for tables that are looked up, a scale a column for matrices."""
    looked_up = {node.input[0] for node in graph.node if node.op_type == "Gather"}
    multiplied = {name for node in graph.node if node.op_type == "MatMul" for name in node.input}
    nodes = []
    for tensor in list(graph.initializer):
        array = numpy_helper.to_array(tensor)
        if array.dtype != np.float32 or array.ndim != 2 or array.size < LARGE:
            continue
        if tensor.name in looked_up | multiplied:
            nodes += _dequantised(graph, tensor, array, axis=0 if tensor.name in looked_up else 1)
    for node in reversed(nodes):
        graph.node.insert(0, node)


def _dequantised(
    graph: onnx.GraphProto, tensor: onnx.TensorProto, array: np.ndarray, *, axis: int
) -> list[onnx.NodeProto]:
    scale = np.maximum(np.abs(array).max(1 - axis), 1e-8).astype(np.float32) / np.float32(127)
    whole = np.rint(array / np.expand_dims(scale, 1 - axis)).astype(np.int8)
    name = tensor.name
    graph.initializer.remove(tensor)
    graph.initializer.append(numpy_helper.from_array(whole, name + ".int8"))
    graph.initializer.append(numpy_helper.from_array(scale, name + ".scale"))
    return [
        helper.make_node("DequantizeLinear", [name + ".int8", name + ".scale"], [name], name=name + ".float", axis=axis)
    ]
