"""What every measurement of the search shares: the tables it reads, its scores and their means."""

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any


def read_table(path: Path, width: int) -> list[Any]:
    """The lines of a table with tabs between, each as so many texts; what a line lacks is empty."""
    lines = [line.rstrip("\r") for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    rows = (tuple(line.split("\t", width - 1)) for line in lines)
    return [row + ("",) * (width - len(row)) for row in rows]


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    """nDCG of the first so many with gain 2^grade - 1; 0 where nothing has a grade."""
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain(grades.get(name, 0) for name in ranked[:depth]) / best if best else 0.0


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades))


def mean(values: Sequence[float]) -> float | None:
    """Rounded to four places; None where there is nothing to measure."""
    return round(sum(values) / len(values), 4) if values else None
