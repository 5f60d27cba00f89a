"""Find queues without a bound: under load they take the memory that everything else needs.

Usage: bounded_queues.py FOLDER

A deque that something else keeps short says so, on its line or in a comment above:
`deque()  # bounded: one per account`.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

# Where each class takes its bound: the argument's position and its name.
BOUND = {
    "Queue": (0, "maxsize"),
    "LifoQueue": (0, "maxsize"),
    "PriorityQueue": (0, "maxsize"),
    "deque": (1, "maxlen"),
}
FACTORY_TAKERS = ("field", "defaultdict")
EXCUSE = re.compile(r"# bounded\b", re.IGNORECASE)


def last_name(node: ast.expr) -> str:
    """Return the last part of a dotted name, and nothing for other expressions."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def has_bound(call: ast.Call, position: int, name: str) -> bool:
    """Tell whether a call sets the bound to something; zero and None stand for no bound."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == name]
    given += call.args[position : position + 1]
    return any(not (isinstance(value, ast.Constant) and not value.value) for value in given)


def is_unbounded(call: ast.Call) -> bool:
    """Tell whether a call makes a queue without a bound, or names its class as a factory."""
    name = last_name(call.func)
    if name in FACTORY_TAKERS:
        values = [*call.args, *(keyword.value for keyword in call.keywords)]
        return any(last_name(value) in {*BOUND, "SimpleQueue"} for value in values)
    return name == "SimpleQueue" or (name in BOUND and not has_bound(call, *BOUND[name]))


def is_excused(lines: list[str], number: int) -> bool:
    """Tell whether a line, or the comment right above it, says what bounds its queue."""
    above = lines[number - 2].strip() if number > 1 else ""
    return bool(EXCUSE.search(lines[number - 1]) or EXCUSE.match(above))


def unbounded_lines(source: str) -> Iterator[int]:
    """Yield the numbers of the lines that make a queue without a bound and without an excuse."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not is_unbounded(node):
            continue
        if not is_excused(lines, node.lineno):
            yield node.lineno


def main() -> int:
    """Print what was found under the folder of the command line; finding nothing is success."""
    found = [
        f"{path}:{line}: this queue has no bound"
        for path in sorted(Path(sys.argv[1]).rglob("*.py"))
        for line in unbounded_lines(path.read_text(encoding="utf-8"))
    ]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
