"""The figures as a table for people, and as JSON for programs."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import Figure, Sample

HEAD = ("benchmark", "what", "ours", "baseline", "its figure", "ratio", "goal")

_RESULTS = Path(__file__).with_name("results")
_PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
_BEGIN, _END = "<!-- table -->\n", "<!-- end of table -->"


def row_of(figure: Figure) -> tuple[str, ...]:
    """Return the cells of a figure's row."""
    return (
        figure.benchmark,
        figure.subject,
        _shown(figure.ours, figure),
        figure.baseline,
        _shown(figure.theirs, figure),
        f"{figure.ratio:.2f}" if figure.ratio < 10 else f"{figure.ratio:,.0f}",
        figure.goal,
    )


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as Markdown whose columns stand below each other."""
    table = [HEAD, *rows]
    widths = [max(len(row[at]) for row in table) for at in range(len(HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in table
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def machine() -> dict[str, str]:
    """Describe what the figures were measured on."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": platform.platform(terse=True),
        "cpu": _cpu(),
        "cores": str(os.cpu_count()),
        "load": " ".join(f"{load:.1f}" for load in os.getloadavg()),
    }


def write_json(figures: Sequence[Figure], about: Mapping[str, str]) -> Path:
    """Keep every value of a run, and return the file."""
    _RESULTS.mkdir(exist_ok=True)
    path = _RESULTS / f"{about['at'].replace(':', '')}.json"
    path.write_text(
        json.dumps({"machine": about, "figures": [_plain(figure) for figure in figures]}, indent=1)
    )
    return path


def write_page(figures: Sequence[Figure], about: Mapping[str, str]) -> None:
    """Put the table of a run into the documentation."""
    head, _, rest = _PAGE.read_text("utf-8").partition(_BEGIN)
    _, _, tail = rest.partition(_END)
    measured = ", ".join(f"{name}: {value}" for name, value in about.items())
    table = aligned([row_of(figure) for figure in figures])
    _PAGE.write_text(f"{head}{_BEGIN}\n{table}\n\nMeasured {measured}.\n\n{_END}{tail}", "utf-8")


def _shown(sample: Sample, figure: Figure) -> str:
    if figure.percentiles:
        p50, p95 = sample.median, sample.percentile(95)
        return f"{_number(p50)} / {_number(p95)} {figure.unit}"
    return f"{_number(sample.median)} {figure.unit} ±{sample.spread:.0%}"


def _number(value: float) -> str:
    """Return three digits of a number, more only before the point."""
    for limit, form in ((1, ".2f"), (10, ".1f"), (1000, ".0f")):
        if abs(value) < limit:
            return f"{value:{form}}"
    return f"{round(value, 2 - len(str(int(value))) + 1):,.0f}"


def _plain(figure: Figure) -> dict[str, object]:
    return {
        "benchmark": figure.benchmark,
        "subject": figure.subject,
        "unit": figure.unit,
        "ours": figure.ours.values,
        "baseline": figure.baseline,
        "theirs": figure.theirs.values,
        "ratio": figure.ratio,
        "goal": figure.goal,
    }


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
