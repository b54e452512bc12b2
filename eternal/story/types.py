"""What a condition is about: its names must mean something, and what it compares must be of one type."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from eternal.story.expr import BUILTINS, FUNCTIONS, ConditionError, Function, parse, width_of
from eternal.story.hints import did_you_mean
from eternal.story.schema import Bounded, Variable

__all__ = ["ANY", "NUMBER", "WHERE_DECLARED", "Scope", "Type", "checked", "problems", "type_of", "variable_type"]


class Type(Struct, frozen=True):
    """A condition's type: `bool`, `number`, `word` with the words it can be, or `any` of a variable whose declaration is wrong."""

    name: str
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Name the type as an author would."""
        return {"bool": "yes or no", "number": "a number", "word": f"one of {', '.join(self.words)}", "any": "anything"}[self.name]


BOOL = Type("bool")
NUMBER = Type("number")
#: Goes with everything: what is wrong with such a variable has been said where it is declared.
ANY = Type("any")


class Scope(Struct, frozen=True):
    """What a condition's names can mean: variables and the ids a function's arguments may name.

    `noted` collects names that mean nothing; where it is None the first of them is raised.
    """

    variables: Mapping[str, Type]
    ids: Mapping[str, Mapping[str, object]]
    choices: Mapping[str, frozenset[str]]
    noted: list[ConditionError] | None = None

    def note(self, error: ConditionError) -> None:
        """Keep an error and go on as if there were none, or raise it."""
        if self.noted is None:
            raise error
        self.noted.append(error)


def variable_type(spec: Variable) -> Type:
    """Return the type of a declared variable."""
    if isinstance(spec, bool):
        return BOOL
    return NUMBER if isinstance(spec, Bounded) else Type("word", spec)


def checked(text: str, scope: Scope) -> ast.expr:
    """Parse a condition and check that it is yes or no and that its names mean something.

    Raises:
        ConditionError: what is wrong with it, and at which character of `text`.
    """
    tree = parse(text)
    try:
        found = type_of(tree, scope)
    except ConditionError as error:
        raise error.within(text) from None
    if found not in (BOOL, ANY):
        raise ConditionError("E042", 0, width=len(text), expected=BOOL, found=found, hint="compare it, as in 'trust > 0'")
    return tree


def problems(text: str, scope: Scope) -> list[ConditionError]:
    """Return everything that is wrong with a condition: every name that means nothing, or else what does not fit."""
    try:
        tree = parse(text)
    except ConditionError as error:
        return [error]
    found: list[ConditionError] = []
    try:
        type_of(tree, replace(scope, noted=found))
    except ConditionError as error:
        found.append(error)
    if found:
        return [error.within(text) for error in found]
    try:
        checked(text, scope)
    except ConditionError as error:
        return [error]
    return []


def type_of(node: ast.expr, scope: Scope) -> Type:
    """Return the type of a parsed condition.

    Raises:
        ConditionError: a name is unknown, or two types do not go together.
    """
    match node:
        case ast.Constant(value=bool()):
            return BOOL
        case ast.Constant(value=int()):
            return NUMBER
        case ast.Constant(value=str(value)):
            return Type("word", (value,))
        case ast.Name(id=name):
            return _name(node, name, scope)
        case ast.UnaryOp(op=ast.Not()):
            _expect(node.operand, BOOL, scope)
            return BOOL
        case ast.UnaryOp():
            return NUMBER
        case ast.BoolOp(values=sides):
            for side in sides:
                _expect(side, BOOL, scope)
            return BOOL
        case ast.BinOp(left=left, right=right):
            _expect(left, NUMBER, scope)
            _expect(right, NUMBER, scope)
            return NUMBER
        case ast.Compare():
            return _compare(node, scope)
        case ast.Call():
            return _call(node, scope)
        case _:
            raise ConditionError("E041", node.col_offset, width=width_of(node), what="a list outside of 'in'")


def _name(node: ast.expr, name: str, scope: Scope) -> Type:
    if name in scope.variables:
        return scope.variables[name]
    if name in BUILTINS:
        return Type(BUILTINS[name].gives)
    hint = "write true or false as True or False" if name in ("true", "false") else did_you_mean(name, [*scope.variables, *BUILTINS])
    hint = hint or WHERE_DECLARED["E043"]
    scope.note(ConditionError("E043", node.col_offset, width=width_of(node), id=name, hint=hint))
    return ANY


def _expect(node: ast.expr, wanted: Type, scope: Scope) -> None:
    found = type_of(node, scope)
    if found.name not in (wanted.name, ANY.name):
        hint = "compare it, as in 'trust > 0'" if found.name == "number" and wanted == BOOL else ""
        raise ConditionError("E042", node.col_offset, width=width_of(node), expected=wanted, found=_said(node, found), hint=hint)


def _said(node: ast.expr, found: Type) -> str:
    """Name what was found: a word as it is written, everything else by its type."""
    return f"the word {node.value!r}" if isinstance(node, ast.Constant) and isinstance(node.value, str) else str(found)


def _compare(node: ast.Compare, scope: Scope) -> Type:
    left_node = node.left
    left = type_of(left_node, scope)
    for op, right_node in zip(node.ops, node.comparators, strict=True):
        if isinstance(op, ast.In | ast.NotIn):
            if not isinstance(right_node, ast.Tuple | ast.List):
                raise ConditionError(
                    "E042", right_node.col_offset, expected="a list in brackets", found=_said(right_node, type_of(right_node, scope))
                )
            if right_node is not node.comparators[-1]:
                raise ConditionError("E041", right_node.col_offset, width=width_of(right_node), what="a comparison after 'in'")
            for item in right_node.elts:
                _same(left, left_node, item, scope)
        else:
            ordered = not isinstance(op, ast.Eq | ast.NotEq)
            right = _same(left, left_node, right_node, scope)
            if ordered and left.name not in ("number", ANY.name):
                raise ConditionError("E042", left_node.col_offset, width=width_of(left_node), expected=NUMBER, found=_said(left_node, left))
            left_node, left = right_node, right
    return BOOL


def _same(left: Type, left_node: ast.expr, node: ast.expr, scope: Scope) -> Type:
    """Check that two compared sides have one type, and that a literal word is one the variable can be."""
    if left.name == "word" and isinstance(node, ast.Name) and node.id not in scope.variables and node.id not in BUILTINS:
        scope.note(ConditionError("E043", node.col_offset, width=width_of(node), id=node.id, hint=f"put it in quotes: '{node.id}'"))
        return ANY
    right = type_of(node, scope)
    if ANY in (left, right):
        return right
    if left.name != right.name:
        raise ConditionError("E042", node.col_offset, width=width_of(node), expected=left, found=_said(node, right))
    if left.name == "word":
        for side, words, other in ((node, left.words, right), (left_node, right.words, left)):
            if isinstance(side, ast.Constant) and other.words[0] not in words:
                hint = did_you_mean(other.words[0], words)
                raise ConditionError(
                    "E042", side.col_offset, width=width_of(side), expected=Type("word", words), found=_said(side, other), hint=hint
                )
    return right


#: Where to declare what is not declared yet.
WHERE_DECLARED = {
    "E030": "declare it under 'fragments' of the scene whose text it stands in",
    "E031": "declare it under 'variables' in story.yaml",
    "E032": "declare it under 'motifs' in story.yaml",
    "E033": "declare it under 'mementos' in story.yaml",
    "E043": "declare it under 'variables' in story.yaml",
    "E052": "declare it under 'variables' in story.yaml",
}
_NOUN_CODES = {"fragment": "E030", "scene": "E012", "erasable": "E036", "memento": "E033", "motif": "E032", "ending": "E035"}


def _call(node: ast.Call, scope: Scope) -> Type:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in FUNCTIONS:
        raise ConditionError(
            "E044", node.col_offset, width=width_of(node.func), id=name, known=", ".join(FUNCTIONS), hint=did_you_mean(name, FUNCTIONS)
        )
    function = FUNCTIONS[name]
    words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if len(words) < len(node.args) or not function.least <= len(words) <= len(function.takes):
        raise ConditionError("E045", node.col_offset, width=width_of(node), id=name, expected=_arguments(function))
    for noun, arg, word in zip(function.takes, node.args, words, strict=False):
        at, width = arg.col_offset + 1, len(word.encode())
        if noun == "choice":
            _check_choice(word, words[0], at, width, scope)
        elif word not in scope.ids[noun]:
            is_scene = word in scope.ids["scene"]
            code = _NOUN_CODES[noun] if is_scene or noun in ("fragment", "memento", "motif") else "E012"
            hint = did_you_mean(word, scope.ids[noun]) or WHERE_DECLARED.get(code, "")
            scope.note(ConditionError(code, at, width=width, id=word, hint=hint))
    return Type(function.gives)


def _arguments(function: Function) -> str:
    """Say what a function wants between its brackets."""
    wanted = " and ".join(f"the id of a {'memory' if noun == 'erasable' else noun} in quotes" for noun in function.takes)
    return wanted if function.least else f"{wanted}, or nothing"


def _check_choice(name: str, scene: str, at: int, width: int, scope: Scope) -> None:
    known = scope.choices.get(scene, frozenset())
    if name not in known:
        scope.note(ConditionError("E034", at, width=width, id=name, scene=scene, hint=did_you_mean(name, known)))
