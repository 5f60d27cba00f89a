"""Measure the service beside baselines, and print a table. `--help` tells the options."""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Sequence

from benchmarks.databases import KINDS
from benchmarks.figures import Figure
from benchmarks.lab import Lab, Sizes
from benchmarks.report import aligned, machine, row_of, write_json, write_page
from twitchbot.bootstrap.logs import configure_logs

BENCHMARKS = ("parse", "hear", "store", "rows", "search", "calls", "start", "memory")


def main(arguments: Sequence[str]) -> None:
    """Run the benchmarks that were asked for, else all."""
    options = _parser().parse_args(arguments)
    configure_logs("ERROR", "text")
    about = machine()
    figures: list[Figure] = []
    sizes = Sizes(
        lines=options.lines,
        rows=options.rows,
        search_rows=options.search_rows,
        seconds=options.seconds,
        repeat=options.repeat,
        databases=tuple(options.databases.split(",")),
    )
    with Lab(sizes) as lab:
        for name in options.benchmarks or BENCHMARKS:
            figures += _run(name, lab)
    print("\n" + aligned([row_of(figure) for figure in figures]))
    print(f"\nEvery value: {write_json(figures, about)}")
    if options.record:
        write_page(figures, about)


def _run(name: str, lab: Lab) -> list[Figure]:
    started = time.monotonic()
    figures: list[Figure] = []
    for figure in importlib.import_module(f"benchmarks.{name}").run(lab):
        figures.append(figure)
        print("  ".join(cell for cell in row_of(figure)), flush=True)
    print(f"-- {name} took {time.monotonic() - started:.0f} s", flush=True)
    return figures


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    add = parser.add_argument
    add("benchmarks", nargs="*", choices=[*BENCHMARKS, []], help="which ones; all by default")
    add("--lines", type=int, default=200_000, help="chat lines to read")
    add("--rows", type=int, default=40_000, help="messages to store per run")
    add("--search-rows", type=int, default=1_000_000, help="messages to search in")
    add("--seconds", type=float, default=2.0, help="how long each load of calls lasts")
    add("--repeat", type=int, default=3, help="how often each thing is measured")
    add("--databases", default=",".join(KINDS), help="sqlite, postgresql or both, with a comma")
    add("--record", action="store_true", help="put the table into docs/performance.md")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
