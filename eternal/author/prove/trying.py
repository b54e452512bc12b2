"""Whether conditions can hold, or must: by trying every value of what they read."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Any

from msgspec import Struct

from eternal.story.expr import parse

__all__ = ["Atom", "Domain", "Question", "can_hold", "must_hold", "question"]

#: Something that a condition reads: `("name", "trust")`, `("kept", "star")`.
Atom = tuple[str, ...]
#: What an atom can be, given the constants it is compared with (None: it takes part in sums): every value, or one of each kind that
#: they tell apart.
Domain = Callable[[Atom, "tuple[int, ...] | None"], tuple[Any, ...]]

#: More cases than this are not tried; then nothing is known.
_CASES = 60_000


class Question(Struct, frozen=True):
    """A condition as a function of its atoms' values, in the order of the atoms; for numbers, the constants they are compared with."""

    atoms: tuple[Atom, ...]
    test: Callable[..., object]
    constants: Mapping[Atom, tuple[int, ...] | None]


@lru_cache(maxsize=32_768)
def question(condition: str) -> Question:
    """Return a condition as a question."""
    tree = ast.parse(ast.unparse(parse(condition)), mode="eval").body
    atoms: dict[Atom, str] = {}
    constants = dict(_constants(tree))
    body = _Atoms(atoms).visit(tree)
    arguments = ast.arguments([], [ast.arg(name) for name in atoms.values()], None, [], [], None, [])
    function = ast.fix_missing_locations(ast.Expression(ast.Lambda(arguments, body)))
    test = eval(compile(function, "<question>", "eval"), {"__builtins__": {}})  # noqa: S307 - a checked condition, its names replaced
    return Question(tuple(atoms), test, constants)


class _Atoms(ast.NodeTransformer):
    """Put a plain name in the place of each atom."""

    def __init__(self, atoms: dict[Atom, str]) -> None:
        self.atoms = atoms

    def _named(self, atom: Atom) -> ast.expr:
        return ast.Name(self.atoms.setdefault(atom, f"a{len(self.atoms)}"), ast.Load())

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._named(("name", node.id))

    def visit_Call(self, node: ast.Call) -> ast.expr:
        return self._named(_call_atom(node))


def _call_atom(node: ast.Call) -> Atom:
    assert isinstance(node.func, ast.Name)
    return (node.func.id, *(str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)))


def _constants(tree: ast.expr) -> Iterator[tuple[Atom, tuple[int, ...] | None]]:
    """Yield each atom with the constants it is compared with; None where it is compared with something else, or is part of a sum."""
    found: dict[Atom, tuple[int, ...] | None] = {}
    stack: list[tuple[ast.expr, ast.expr | None]] = [(tree, None)]
    while stack:
        node, parent = stack.pop()
        if isinstance(node, ast.Name | ast.Call):
            atom = ("name", node.id) if isinstance(node, ast.Name) else _call_atom(node)
            seen, more = found.get(atom, ()), _compared(node, parent)
            found[atom] = None if seen is None or more is None else (*seen, *more)
        else:
            stack += [(child, node) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    yield from found.items()


def _compared(node: ast.expr, parent: ast.expr | None) -> tuple[int, ...] | None:
    if not isinstance(parent, ast.Compare):
        return None
    numbers: list[int] = []
    for side in (parent.left, *parent.comparators):
        for item in side.elts if isinstance(side, ast.Tuple | ast.List) else (side,):
            if item is node:
                continue
            if not isinstance(item, ast.Constant) or not isinstance(item.value, int):
                return None
            numbers.append(item.value)
    return tuple(numbers)


def can_hold(conditions: Iterable[str], domain: Domain) -> bool:
    """Tell whether some values make all of the conditions hold; where there are too many to try, they might."""
    asked = [question(condition) for condition in conditions]
    values = _values(asked, domain)
    if values is None:
        return True
    tests = _placed(asked, tuple(values))
    return any(all(test(case) for test in tests) for case in product(*values.values()))


def must_hold(conditions: Iterable[str], domain: Domain, unless: Iterable[str] | None = None) -> bool:
    """Tell whether all values make at least one of the conditions hold; where there are too many to try, that is not known.

    Args:
        conditions: the conditions.
        domain: the values of an atom.
        unless: if given, cases in which none of these holds do not count.
    """
    asked = [question(condition) for condition in conditions]
    others = [question(condition) for condition in unless] if unless is not None else []
    values = _values([*asked, *others], domain)
    if values is None:
        return False
    tests, counts = _placed(asked, tuple(values)), _placed(others, tuple(values))
    return all(
        any(test(case) for test in tests) or (unless is not None and not any(test(case) for test in counts))
        for case in product(*values.values())
    )


def _placed(asked: list[Question], atoms: tuple[Atom, ...]) -> list[Callable[[tuple[Any, ...]], object]]:
    """Return each question as a function of one case: the values of all atoms in their order."""

    def placed(q: Question) -> Callable[[tuple[Any, ...]], object]:
        if q.atoms == atoms:
            return lambda case: q.test(*case)
        places = tuple(atoms.index(atom) for atom in q.atoms)
        return lambda case: q.test(*[case[place] for place in places])

    return [placed(q) for q in asked]


def _values(asked: list[Question], domain: Domain) -> dict[Atom, tuple[Any, ...]] | None:
    """Return the values of every atom that is asked about, or None if there are too many cases."""
    constants: dict[Atom, tuple[int, ...] | None] = {}
    for q in asked:
        for atom in q.atoms:
            seen, more = constants.get(atom, ()), q.constants[atom]
            constants[atom] = None if seen is None or more is None else (*seen, *more)
    values = {atom: domain(atom, limits) for atom, limits in constants.items()}
    count = 1
    for some in values.values():
        count *= len(some)
    return values if count <= _CASES else None
