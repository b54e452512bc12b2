"""The condition language: small, total, with Python's spelling.

Names, literals, comparisons, `and or not`, `+ -` on whole numbers, `in` a list of words, and a fixed set of functions.
Nothing can loop, build strings, reach an attribute or call anything else, so a condition's time is bounded by its length.
`ast.parse` reads it; what comes back is checked node by node against a whitelist here, and against the declared variables
in `types.py`.
"""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache
from typing import Any

from msgspec import Struct

__all__ = ["BUILTINS", "FUNCTIONS", "MAX_LENGTH", "Builtin", "ConditionError", "Function", "parse", "width_of"]

MAX_LENGTH = 500
MAX_NESTING = 30
MAX_NUMBER = 1_000_000


class Builtin(Struct, frozen=True):
    """A name that every condition knows: the type of what it reads (`number` or `bool`), and what that is."""

    gives: str
    about: str


class Function(Struct, frozen=True):
    """A function of the language.

    Attributes:
        takes: what each argument is the id of.
        least: how many of them are needed.
        gives: the type of its value, `number` or `bool`.
        about: what it tells.
    """

    takes: tuple[str, ...]
    least: int
    gives: str
    about: str


#: What every condition can read besides the story's variables.
BUILTINS: dict[str, Builtin] = {
    "visits": Builtin("number", "times this scene has been entered, 1 at the first"),
    "integrity": Builtin("number", "percent of this scene's memory that is left"),
    "heat": Builtin("number", "how loudly Joel runs"),
    "lucidity": Builtin("number", "how awake Joel is"),
    "beat": Builtin("number", "beats passed since the machine began"),
    "erased_count": Builtin("number", "memories that are gone"),
    "refusals": Builtin("number", "how often memories have refused"),
    "dissonance": Builtin("number", "motifs that Patrick uses and Joel has hidden"),
    "hands": Builtin("number", "fragments in hand"),
    "remaining": Builtin("number", "fragments hidden or planted"),
    "hunted": Builtin("bool", "the alarm has been raised"),
    "turned": Builtin("bool", "the turn has come: flight is open"),
    "looking": Builtin("bool", "the real Clementine has begun to look"),
}

#: The fixed functions.
FUNCTIONS: dict[str, Function] = {
    "kept": Function(("fragment",), 1, "bool", "it is in hand, hidden or planted"),
    "hidden": Function(("fragment",), 1, "bool", "it is hidden or planted"),
    "lost": Function(("fragment",), 1, "bool", "it can never be kept again"),
    "seen": Function(("scene",), 1, "bool", "the scene has been entered"),
    "chose": Function(("scene", "choice"), 2, "bool", "the choice has been taken"),
    "erased": Function(("erasable",), 1, "bool", "the memory or refuge is gone"),
    "gave": Function(("memento",), 1, "bool", "the memento was handed over"),
    "count": Function(("motif",), 0, "number", "fragments kept, of this motif or of all"),
    "past": Function(("ending",), 0, "bool", "an earlier night of this player ended so, or at all"),
}


class ConditionError(Exception):
    """A condition is wrong at a column (0-based, in characters): which rule, and the rule's arguments."""

    def __init__(self, code: str, column: int, *, width: int = 1, hint: str = "", **args: Any) -> None:
        """Keep what a finding needs."""
        super().__init__(code)
        self.code = code
        self.column = column
        self.width = width
        self.hint = hint
        self.args_ = args

    def within(self, text: str) -> ConditionError:
        """Return the same error, its place in bytes of a stripped condition, placed in characters of the text it came from."""
        bare = text.lstrip()
        source = bare.encode()
        before, after = (len(source[:end].decode(errors="ignore")) for end in (self.column, self.column + self.width))
        return ConditionError(self.code, len(text) - len(bare) + before, width=max(1, after - before), hint=self.hint, **self.args_)


@lru_cache(maxsize=16_384)
def parse(text: str) -> ast.expr:
    """Parse a condition and check its form.

    Raises:
        ConditionError: it is too long, cannot be read, or uses what the language does not have.
    """
    if len(text) > MAX_LENGTH:
        raise ConditionError("E040", 0, problem=f"{len(text)} characters; a condition may have {MAX_LENGTH}")
    for sign, what in _NO_SIGNS.items():
        if sign in text:
            raise ConditionError("E041", text.index(sign), what=what)
    source = text.strip() if text.isprintable() else _BLANK.sub(" ", text).strip()
    if source in ("true", "false"):
        source = source.capitalize()
    try:
        tree = _read(source)
        _check_form(tree, 0)
    except ConditionError as error:
        raise error.within(text) from None
    return tree


#: What Python reads and a condition does not have: escapes in words, remarks.
_NO_SIGNS = {"\\": "a backslash", "#": "a remark (#)"}
_BLANK = re.compile(r"\s")
#: What makes Python's parser warn instead of refuse: `1and 2`.
_RUN_TOGETHER = re.compile(r"\d\.?[A-Za-z]")


def _read(source: str) -> ast.expr:
    """Let Python's parser read a condition."""
    try:
        if not _RUN_TOGETHER.search(source):
            return ast.parse(source, mode="eval").body
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return ast.parse(source, mode="eval").body
    except SyntaxError as error:
        if not error.offset:  # the parser wants more than there is
            raise ConditionError("E040", max(0, len(source.encode()) - 1), problem="something is missing at its end") from None
        before = source[: error.offset - 1]
        # What Python proposes besides ("Perhaps you forgot a comma?") is no part of this language.
        problem = error.msg.partition(".")[0]
        raise ConditionError("E040", len(before.encode()), problem=problem, hint=_foreign(source)) from None
    except (ValueError, RecursionError, MemoryError, Warning) as error:
        raise ConditionError("E040", 0, problem=str(error) or "nested too deeply") from None


#: Signs that other languages have, and what a condition has instead.
_FOREIGN = {
    "write and": re.compile(r"&&|\bAND\b"),
    "write or": re.compile(r"\|\||\bOR\b"),
    "write not": re.compile(r"!(?!=)|\bNOT\b"),
    "write ==": re.compile(r"(?<![=!<>])=(?![=>])"),
}
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def _foreign(source: str) -> str:
    """Return what to write instead of the first sign that another language has."""
    bare = _QUOTED.sub(lambda found: " " * len(found.group()), source)
    found = {hint: match.start() for hint, sign in _FOREIGN.items() if (match := sign.search(bare))}
    return min(found, key=lambda hint: found[hint], default="")


_COMPARISONS = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn)


def _check_form(node: ast.expr, depth: int) -> None:
    """Refuse every construct that is not on the list."""
    if depth > MAX_NESTING:
        raise ConditionError("E041", node.col_offset, what="nesting this deep")
    children: list[ast.expr] = []
    match node:
        case ast.Name():
            pass
        case ast.Constant(value=bool() | str()):
            pass
        case ast.Constant(value=int(value)) if value <= MAX_NUMBER:
            pass
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value))) if not isinstance(value, bool):
            children = [node.operand]
        case ast.UnaryOp(op=ast.Not()):
            children = [node.operand]
        case ast.BoolOp():
            children = node.values
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            children = [node.left, node.right]
        case ast.Compare() if all(isinstance(op, _COMPARISONS) for op in node.ops):
            children = [node.left, *node.comparators]
        case ast.Tuple() | ast.List():
            children = node.elts
        case ast.Call(func=ast.Name(), keywords=[]):
            children = node.args
        case _:
            raise ConditionError("E041", node.col_offset, width=width_of(node), what=_what(node))
    for child in children:
        _check_form(child, depth + 1)


def _what(node: ast.expr) -> str:
    """Name a construct for a person."""
    if isinstance(node, ast.BinOp):
        return "arithmetic other than + and -"
    if isinstance(node, ast.Constant):
        return f"the literal {str(node.value)[:20]!r}"
    names = {"Call": "this call", "Attribute": "a dot", "Lambda": "lambda", "Subscript": "an index", "IfExp": "if-else",
             "JoinedStr": "an f-string", "UnaryOp": "this sign", "NamedExpr": ":=", "Compare": "'is'"}  # fmt: skip
    return names.get(type(node).__name__, type(node).__name__.lower())


def width_of(node: ast.expr) -> int:
    """Return how many bytes of the condition a node takes."""
    return max(1, (node.end_col_offset or node.col_offset + 1) - node.col_offset)
