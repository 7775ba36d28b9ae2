"""How light are the lines? Syntax nodes a line, long lines, branches, docstrings, comments.

    python -m scripts.house [FOLDER...]     default: kb web
    python -m scripts.house --by-file kb/search
    python -m scripts.house --check         exit 1 when a goal is missed

A line is a line that is not blank. A branch is a conditional, a loop, an except clause,
a case, each operand of a boolean operator after the first, each `for` and `if` of a
comprehension; a nested function answers for itself.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAX_WIDTH = 100
MAX_BRANCHES = 12
MAX_NODES_PER_LINE = 8.0
MAX_LONG_SHARE = 0.003
MIN_LONG_DOCSTRINGS = 0.15

_BRANCHES = (
    ast.If,
    ast.IfExp,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ExceptHandler,
    ast.match_case,
)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_WITH_DOCSTRING = (*_FUNCTIONS, ast.ClassDef, ast.Module)


@dataclass
class House:
    """Sums over files; `heavy` are the functions with too many branches."""

    files: int = 0
    lines: int = 0
    nodes: int = 0
    long_lines: int = 0
    comments: int = 0
    docstrings: int = 0
    long_docstrings: int = 0
    heavy: tuple[str, ...] = ()

    def add(self, other: House) -> None:
        """Join the sums of another part."""
        for name in vars(other):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def nodes_per_line(self) -> float:
        """Syntax nodes for each line that is not blank."""
        return self.nodes / max(1, self.lines)

    @property
    def long_share(self) -> float:
        """Share of lines over MAX_WIDTH characters."""
        return self.long_lines / max(1, self.lines)

    @property
    def long_docstring_share(self) -> float:
        """Share of docstrings of more than one line."""
        return self.long_docstrings / max(1, self.docstrings)


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Nodes of a function without those of functions and classes inside it."""
    for child in ast.iter_child_nodes(function):
        if isinstance(child, (*_FUNCTIONS, ast.ClassDef)):
            continue
        yield child
        yield from own_nodes(child)


def branches(function: ast.AST) -> int:
    """Ways that a function can go.

    >>> branches(ast.parse("def f(x): return [y for y in x if y and x] or 0").body[0])
    4
    """
    total = 0
    for node in own_nodes(function):
        if isinstance(node, ast.BoolOp):
            total += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            total += 1 + len(node.ifs)
        elif isinstance(node, _BRANCHES):
            total += 1
    return total


def measured(path: Path) -> House:
    """The figures of one file."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    lines = [line for line in text.splitlines() if line.strip()]
    nodes = list(ast.walk(tree))
    docs = [
        ast.get_docstring(node, clean=False)
        for node in nodes
        if isinstance(node, _WITH_DOCSTRING)
    ]
    said = [doc for doc in docs if doc]
    heavy = []
    for node in nodes:
        if isinstance(node, _FUNCTIONS) and branches(node) > MAX_BRANCHES:
            heavy.append(f"{path}:{node.lineno} {node.name} {branches(node)}")
    return House(
        files=1,
        lines=len(lines),
        nodes=len(nodes),
        long_lines=sum(len(line) > MAX_WIDTH for line in lines),
        comments=sum(line.lstrip().startswith("#") for line in lines),
        docstrings=len(said),
        long_docstrings=sum("\n" in doc.strip() for doc in said),
        heavy=tuple(heavy),
    )


def house_of(folder: Path) -> House:
    """The figures of a folder, or of one file."""
    total = House()
    paths = [folder] if folder.is_file() else sorted(folder.rglob("*.py"))
    for path in paths:
        total.add(measured(path))
    return total


def row(name: str, house: House) -> str:
    """One line of the table."""
    return (
        f"{name:34} {house.files:4} {house.lines:6} {house.nodes:7}"
        f" {house.nodes_per_line:6.2f} {house.long_share:7.2%}"
        f" {house.long_docstring_share:6.0%} {house.comments / max(1, house.lines):7.2%}"
        f" {len(house.heavy):4}"
    )


HEADER = f"{'':34} files  lines   nodes  n/line    >100  doc>1 comment >{MAX_BRANCHES} branches"


def missed(name: str, house: House) -> list[str]:
    """The goals that a folder does not reach."""
    goals = {
        "nodes a line": house.nodes_per_line <= MAX_NODES_PER_LINE,
        "long lines": house.long_share <= MAX_LONG_SHARE,
        "docstrings of more than a line": house.long_docstring_share
        >= MIN_LONG_DOCSTRINGS,
        "branches": not house.heavy,
    }
    return [f"{name}: {goal}" for goal, held in goals.items() if not held]


def main() -> int:
    """Print the table; with --check say which goals are missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folders", nargs="*", type=Path, default=[Path("kb"), Path("web")]
    )
    parser.add_argument("--by-file", action="store_true")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    print(HEADER)
    misses: list[str] = []
    for folder in args.folders:
        house = house_of(folder)
        if args.by_file:
            for path in sorted(folder.rglob("*.py")):
                print(row(str(path), measured(path)))
        print(row(str(folder), house))
        for function in house.heavy:
            print("  branches:", function)
        misses += missed(str(folder), house)
    if args.check and misses:
        print("missed: " + "; ".join(misses))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
