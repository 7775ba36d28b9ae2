"""Small faults put into a program, one at a time, that its tests should notice.

What is changed: comparisons, operators, conditions, numbers, strings, what is returned, kept
or given to a function, and calls whose answer nobody uses. Only what stands inside a function:
constants of a module are measured elsewhere.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

# Another operator in the place of one: the nearest that means something else.
OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
NOTHING = ast.Constant(None)
_COMPUTING = (ast.expr, ast.comprehension, ast.keyword, ast.withitem)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Fields whose parts do not compute: annotations, names of arguments; f-strings have no places.
_SAID = ("annotation", "returns", "args", "decorator_list", "type_comment")


@dataclass(frozen=True)
class Mutant:
    """A program with one fault.

    Attributes:
        function: in which it is.
        lines: of which one runs when the fault may show, from 1.
        before, after: the text that differs.
        program: the whole module with the fault.
    """

    function: str
    lines: range
    before: str
    after: str
    program: str


def mutants(program: str) -> list[Mutant]:
    """Every mutant of a module.

    >>> for one in mutants("def is_old(year): return year < 2_000\\n"):
    ...     print(one.before, "→", one.after)
    year < 2_000 → (None)
    year < 2_000 → (year <= 2000)
    2_000 → (2001)
    """
    return [
        _put(program, function, statement, node, other)
        for function, statement in _statements(ast.parse(program), "")
        for node, other in _faults(statement)
    ]


def _statements(tree: ast.AST, inside: str) -> Iterator[tuple[str, ast.stmt]]:
    """Each statement of each function, with the name of the function."""
    for child in ast.iter_child_nodes(tree):
        name = inside
        if isinstance(child, _FUNCTIONS):
            name = f"{inside}.{child.name}".lstrip(".")
        elif isinstance(child, ast.ClassDef):
            yield from _statements(child, child.name)
            continue
        elif isinstance(child, ast.stmt) and _is_function(tree, inside):
            yield inside, child
        yield from _statements(child, name)


def _is_function(tree: ast.AST, inside: str) -> bool:
    """Whether a statement in this part runs when a function does."""
    return bool(inside) and not isinstance(tree, ast.ClassDef)


def _faults(statement: ast.stmt) -> Iterator[tuple[ast.AST, ast.AST]]:
    """A node of a statement, and what may stand in its place."""
    match statement:
        case ast.Expr(value=ast.Constant()):
            return  # a docstring
        case ast.Expr(value=ast.Call() as call):
            yield call, NOTHING
        case ast.Return(value=value) | ast.Assign(value=value):
            if value is not None and not _is_nothing(value):
                yield value, NOTHING
        case ast.If(test=test) | ast.While(test=test):
            if not isinstance(test, ast.Compare):
                yield test, _not(test)
    for node in _own(statement):
        for other in _others(node):
            yield node, other


def _is_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """The expressions of a statement, without those of statements inside it."""
    for name, value in ast.iter_fields(node):
        if name in _SAID and not isinstance(node, ast.Call):
            continue
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, _COMPUTING):
                yield part
                if not isinstance(part, ast.JoinedStr):
                    yield from _own(part)


def _others(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of an expression."""
    match node:
        case ast.Compare(ops=[operator]):
            yield _with(node, "ops", [OTHER[type(operator)]()])
        case ast.BoolOp(op=operator) | ast.BinOp(op=operator):
            if type(operator) in OTHER:
                yield _with(node, "op", OTHER[type(operator)]())
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.IfExp(test=test):
            yield _with(node, "test", _not(test))
        case ast.Constant(value=value):
            yield from _other_values(value)
        case ast.Call():
            yield from _other_calls(node)


def _other_values(value: object) -> Iterator[ast.AST]:
    match value:
        case bool():
            yield ast.Constant(not value)
        case int() | float():
            yield ast.Constant(value + 1)
        case str():
            yield ast.Constant(f"XX{value}XX")


def _other_calls(call: ast.Call) -> Iterator[ast.AST]:
    """A call without one of the things it is given."""
    for number, given in enumerate(call.args):
        if not isinstance(given, ast.Starred) and not _is_nothing(given):
            fewer = list(call.args)
            fewer[number] = NOTHING
            yield _with(call, "args", fewer)
    for number in range(len(call.keywords)):
        rest = call.keywords[:number] + call.keywords[number + 1 :]
        yield _with(call, "keywords", rest)


def _not(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _with(node: ast.AST, name: str, value: object) -> ast.AST:
    """The node with another value in one field."""
    other = copy.copy(node)
    setattr(other, name, value)
    return other


def _put(
    program: str,
    function: str,
    statement: ast.stmt,
    node: ast.AST,
    other: ast.AST,
) -> Mutant:
    """The program with `other` in the place of a node."""
    assert isinstance(node, (ast.expr, ast.keyword))
    content = program.encode()
    starts = [0]
    for line in content.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    begin = starts[node.lineno - 1] + node.col_offset
    end = starts[(node.end_lineno or node.lineno) - 1]
    end += node.end_col_offset or 0
    after = f"({ast.unparse(ast.fix_missing_locations(other))})"
    changed = content[:begin] + after.encode() + content[end:]
    return Mutant(
        function,
        _head(statement),
        content[begin:end].decode(),
        after,
        changed.decode(),
    )


def _head(statement: ast.stmt) -> range:
    """The lines of a statement without those of statements inside it."""
    inside = [
        child.lineno
        for child in ast.iter_child_nodes(statement)
        if isinstance(child, ast.stmt)
    ]
    last = min(inside) - 1 if inside else statement.end_lineno
    return range(statement.lineno, max(statement.lineno, last or 0) + 1)
