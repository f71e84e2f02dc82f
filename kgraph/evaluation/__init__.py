"""How well a reader does: its records against gold ones, as figures with intervals, confusions and the worst errors."""

from kgraph.evaluation.files import read_records, read_sentences
from kgraph.evaluation.report import Report, as_dict, evaluate

__all__ = ["Report", "as_dict", "evaluate", "read_records", "read_sentences"]
