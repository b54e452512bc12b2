"""Whether a condition can be true and can be false, by trying every case that matters.

What a condition reads becomes a list of the values it can have at most. Numbers are cut to those next to which some
comparison changes; if that leaves more cases than can be tried, or a number without an end is compared with another,
nothing is said.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from math import prod

from msgspec import Struct

__all__ = ["BOTH", "Atom", "Numbers", "Values", "atoms_of", "verdict"]

#: What a condition reads: a name alone, or a function with its words.
Atom = tuple[str, ...]

MOST_CASES = 2_048


class Numbers(Struct, frozen=True):
    """Whole numbers from `low` to `high`; None is without end."""

    low: int
    high: int | None


#: What an atom can be at most: numbers, or a list of values.
Values = Numbers | tuple[object, ...]

BOTH: Values = (False, True)


def atoms_of(tree: ast.expr) -> dict[Atom, None]:
    """Return what a parsed condition reads, in order."""
    return {_atom(node): None for node in _reading(tree)}


def _reading(tree: ast.expr) -> list[ast.expr]:
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) or (isinstance(node, ast.Name) and id(node) not in called)]


def _atom(node: ast.expr) -> Atom:
    if isinstance(node, ast.Call):
        return (getattr(node.func, "id", ""), *(str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)))
    return (getattr(node, "id", ""),)


def verdict(tree: ast.expr, values: Mapping[Atom, Values]) -> bool | None:
    """Return True if a condition always holds, False if it never does, None if both can be or nothing can be said.

    Args:
        tree: a condition that has been parsed and checked.
        values: what each of its atoms can be at most.
    """
    cases = _cases(tree, values)
    if cases is None or prod(map(len, cases.values())) > MOST_CASES:
        return None
    test = _compiled(tree, {atom: place for place, atom in enumerate(cases)})
    found = bool(test(tuple(column[0] for column in cases.values())))
    return found if all(bool(test(case)) == found for case in product(*cases.values())) else None


# Which cases matter ---------------------------------------------------------------------------------------------------


def _cases(tree: ast.expr, values: Mapping[Atom, Values]) -> dict[Atom, Sequence[object]] | None:
    """Return the values to try for each atom; None if they are too many to try."""
    bounds, entangled = _comparisons(tree)
    cases: dict[Atom, Sequence[object]] = {}
    for atom, possible in values.items():
        chosen: Sequence[object] | None
        if isinstance(possible, Numbers):
            chosen = _all(possible) if atom in entangled else _near(possible, bounds.get(atom, set()))
        elif isinstance(possible[0], bool) or not isinstance(possible[0], int) or atom in entangled:
            chosen = possible
        else:
            chosen = _nearest([number for number in possible if isinstance(number, int)], bounds.get(atom, set()))
        if chosen is None:
            return None
        cases[atom] = chosen
    return cases


def _all(numbers: Numbers) -> Sequence[object] | None:
    if numbers.high is None or numbers.high - numbers.low >= MOST_CASES:
        return None
    return range(numbers.low, numbers.high + 1)


def _near(numbers: Numbers, bounds: set[int]) -> Sequence[object]:
    """Return the numbers on both sides of every bound, and the ends."""
    high = max(bounds, default=numbers.low) + 1 if numbers.high is None else numbers.high
    wanted = {numbers.low, max(high, numbers.low)} | {bound + step for bound in bounds for step in (-1, 0, 1)}
    return [number for number in sorted(wanted) if numbers.low <= number and (numbers.high is None or number <= numbers.high)]


def _nearest(numbers: list[int], bounds: set[int]) -> Sequence[object]:
    """Return, of a list of numbers, the ends and those next to each bound."""
    wanted = {min(numbers), max(numbers)}
    for bound in bounds:
        wanted.update(number for number in numbers if number == bound)
        wanted.update([max(below)] if (below := [number for number in numbers if number < bound]) else [])
        wanted.update([min(above)] if (above := [number for number in numbers if number > bound]) else [])
    return sorted(wanted)


def _comparisons(tree: ast.expr) -> tuple[dict[Atom, set[int]], set[Atom]]:
    """Return the numbers that each atom is compared with, and the atoms that are compared with, or added to, others."""
    bounds: dict[Atom, set[int]] = {}
    entangled: set[Atom] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare):
            continue
        atoms = {_atom(found): None for found in _reading(node)}
        alone = all(isinstance(side, ast.Name | ast.Call) or _constant(side) is not None for side in _sides(node))
        if len(atoms) == 1 and alone:
            bounds.setdefault(next(iter(atoms)), set()).update(found for side in _sides(node) for found in _constant(side) or ())
        else:
            entangled.update(atoms)
    return bounds, entangled


def _sides(node: ast.Compare) -> Iterable[ast.expr]:
    for side in (node.left, *node.comparators):
        if isinstance(side, ast.Tuple | ast.List):
            yield from side.elts
        else:
            yield side


def _constant(node: ast.expr) -> tuple[int, ...] | None:
    """Return the number that an expression without atoms is; an empty tuple for a word, None for anything else."""
    match node:
        case ast.Constant(value=bool() | str()):
            return ()
        case ast.Constant(value=int(number)):
            return (number,)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
            return (-number,)
        case _:
            return None


# Trying a case --------------------------------------------------------------------------------------------------------

_Test = Callable[[tuple[object, ...]], object]

_OPERATORS: dict[type[ast.cmpop], Callable[..., object]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge, ast.In: lambda a, b: a in b, ast.NotIn: lambda a, b: a not in b,
}  # fmt: skip


def _compiled(node: ast.expr, places: Mapping[Atom, int]) -> _Test:
    """Return a condition as a function of a case."""
    match node:
        case ast.Constant(value=value):
            return lambda _: value
        case ast.Name() | ast.Call():
            return operator.itemgetter(places[_atom(node)])
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            test = _compiled(inner, places)
            return lambda case: not test(case)
        case ast.UnaryOp(operand=ast.Constant(value=int(number))):
            return lambda _: -number
        case ast.BoolOp(op=op, values=values):
            tests = [_compiled(value, places) for value in values]
            every = all if isinstance(op, ast.And) else any
            return lambda case: every(test(case) for test in tests)
        case ast.BinOp(left=left, op=op, right=right):
            first, second = _compiled(left, places), _compiled(right, places)
            put = operator.add if isinstance(op, ast.Add) else operator.sub
            return lambda case: put(first(case), second(case))
        case ast.Tuple(elts=items) | ast.List(elts=items):
            members = [_compiled(item, places) for item in items]
            return lambda case: [member(case) for member in members]
        case ast.Compare():
            return _comparison(node, places)
    raise AssertionError(node)  # nothing else passes the language's whitelist


def _comparison(node: ast.Compare, places: Mapping[Atom, int]) -> _Test:
    sides = [_compiled(side, places) for side in (node.left, *node.comparators)]
    signs = [_OPERATORS[type(op)] for op in node.ops]

    def test(case: tuple[object, ...]) -> bool:
        found = [side(case) for side in sides]
        return all(sign(left, right) for sign, left, right in zip(signs, found, found[1:], strict=False))

    return test
