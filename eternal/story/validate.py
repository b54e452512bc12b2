"""Explain every place where a tree does not fit the schema.

msgspec converts fast and stops at the first mistake; this walks the same types and lists all of them, each with its
path. It runs only when a conversion has failed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from msgspec import inspect

from eternal.story.diagnostics import Finding, Path, finding
from eternal.story.hints import did_you_mean
from eternal.story.reader import Tree
from eternal.story.schema import ID_PATTERN, LANGUAGE_PATTERN, WHEN_PATTERN, WORD_PATTERN

__all__ = ["explain", "stray_variables"]


def explain(tree: Tree, kind: type, file: str, doc: int, owner: str) -> Iterator[Finding]:
    """Yield a finding for each value of `tree` that does not fit the struct `kind`.

    Args:
        tree: what the reader returned for one document.
        kind: the struct it should be.
        file: the file's name, for the findings.
        doc: the number of the document in the file.
        owner: what to call the whole, as "a scene".
    """
    return _Walk(file, doc).fits(tree, _inspected(kind), (), owner)


#: What msgspec knows of a struct: worked out once, not for each scene of a file full of mistakes.
_inspected = lru_cache(maxsize=8)(inspect.type_info)


def stray_variables(tree: Tree, file: str) -> Iterator[Finding]:
    """Yield a finding for each variable of a converted header that is a bare number, which the conversion takes for yes or no."""
    assert isinstance(tree, dict)
    for name, spec in tree.get("variables", {}).items():
        if isinstance(spec, str) and spec not in _BOOLS:
            yield finding("E022", file, 0, ("variables", name), expected=_VARIABLE, found=_found(spec))


_BOOLS = ("true", "false")
_VARIABLE = "true, false, {start: 0, min: 0, max: 9} or a list of words"


class _Walk:
    def __init__(self, file: str, doc: int) -> None:
        self.file = file
        self.doc = doc

    def found(self, code: str, path: Path, *, hint: str = "", at_key: bool = False, **args: Any) -> Finding:
        return finding(code, self.file, self.doc, path, hint=hint, at_key=at_key, **args)

    def fits(self, tree: Tree, kind: inspect.Type, path: Path, owner: str) -> Iterator[Finding]:
        if isinstance(kind, inspect.Metadata):
            kind = kind.type
        if isinstance(kind, inspect.UnionType):
            if isinstance(tree, str) and tree not in _BOOLS and _is_variable(kind):
                yield self.found("E022", path, expected=_VARIABLE, found=_found(tree))
                return
            kind = _member(kind, tree)
        match tree, kind:
            case dict(), inspect.StructType():
                yield from self._struct(tree, kind, path, owner)
            case dict(), inspect.DictType():
                for key, value in tree.items():
                    for problem in _text_problems(key, kind.key_type):
                        yield self.found("E023", (*path, key), at_key=True, hint=_meant(key, kind.key_type), problem=problem)
                    yield from self.fits(value, kind.value_type, (*path, key), f"{key!r}")
            case list(), inspect.VarTupleType():
                if len(tree) < (kind.min_length or 0):
                    yield self.found("E023", path, problem=f"at least {kind.min_length} are needed here")
                if kind.max_length is not None and len(tree) > kind.max_length:
                    yield self.found("E023", path, problem=f"{len(tree)} values; {kind.max_length} are allowed")
                for number, value in enumerate(tree):
                    yield from self.fits(value, kind.item_type, (*path, number), _owner(path, number))
            case str(), _ if not isinstance(kind, inspect.StructType | inspect.DictType | inspect.VarTupleType):
                for problem in _text_problems(tree, kind):
                    yield self.found("E023", path, hint=_meant(tree, kind), problem=problem)
            case _:
                yield self.found("E022", path, expected=_expected(kind), found=_found(tree))

    def _struct(self, tree: dict[str, Any], kind: inspect.StructType, path: Path, owner: str) -> Iterator[Finding]:
        fields = {field.encode_name: field for field in kind.fields}
        for key, value in tree.items():
            if key not in fields:
                hint = did_you_mean(key, fields) or (_A_TEXT if " " in key else "")
                yield self.found("E020", (*path, key), at_key=True, field=key, owner=owner, hint=hint)
            else:
                yield from self.fits(value, fields[key].type, (*path, key), _OWNERS.get(key, f"{key!r}"))
        for name, field in fields.items():
            if field.required and name not in tree:
                yield self.found("E021", path, owner=owner, field=name)


#: What YAML has made of a text with a colon in a list, or with a comma between braces.
_A_TEXT = "if it is part of a text, put that whole text in quotes"

_OWNERS = {"machine": "the machine", "hunt": "the hunt", "flee": "flee", "enter": "the effects", "leave": "the effects"}
_ITEMS = {"choices": "a choice", "text": "a block"}


def _owner(path: Path, number: int) -> str:
    return _ITEMS.get(str(path[-1]) if path else "", f"item {number + 1}")


def _member(union: inspect.UnionType, tree: Tree) -> inspect.Type:
    """Return the member of a union that a tree was most likely meant to be."""
    wanted: tuple[type, ...]
    if isinstance(tree, dict):
        wanted = (inspect.StructType, inspect.DictType)
    elif isinstance(tree, list):
        wanted = (inspect.VarTupleType,)
    else:
        wanted = (inspect.StrType, inspect.IntType, inspect.BoolType, inspect.LiteralType)
    members = [member.type if isinstance(member, inspect.Metadata) else member for member in union.types]
    fitting = [member for member in members if isinstance(member, wanted)]
    others = [member for member in members if not isinstance(member, inspect.NoneType)]
    return (fitting or others)[0]


def _is_variable(union: inspect.UnionType) -> bool:
    """Tell whether a union is what a variable can be: the only one of yes or no and something else."""
    return any(isinstance(member, inspect.BoolType) for member in union.types)


def _found(tree: Tree) -> str:
    if isinstance(tree, dict):
        return "a mapping (name: value)"
    if isinstance(tree, list):
        return "a list"
    return f"the text {tree[:30]!r}" if tree else "nothing"


def _expected(kind: inspect.Type) -> str:
    if isinstance(kind, inspect.StructType | inspect.DictType):
        return "a mapping (name: value)"
    if isinstance(kind, inspect.VarTupleType):
        return "a list"
    if isinstance(kind, inspect.IntType):
        return "a whole number"
    return "yes or no (true, false)" if isinstance(kind, inspect.BoolType) else "text"


def _text_problems(text: str, kind: inspect.Type) -> Iterator[str]:
    """Say what is wrong with a scalar, which is always text until the schema says otherwise."""
    if isinstance(kind, inspect.Metadata):
        kind = kind.type
    if isinstance(kind, inspect.IntType):
        yield from _number_problems(text, kind)
    elif isinstance(kind, inspect.BoolType):
        if text not in _BOOLS:
            yield f"expected true or false, found {text[:30]!r}"
    elif isinstance(kind, inspect.LiteralType):
        if text not in kind.values:
            yield f"{text[:30]!r} is not one of {', '.join(str(value) for value in kind.values)}"
    elif isinstance(kind, inspect.StrType):
        if len(text) < (kind.min_length or 0):
            yield "nothing is written here"
        elif kind.max_length is not None and len(text) > kind.max_length:
            yield f"{len(text)} characters; {kind.max_length} are allowed"
        elif kind.pattern and not re.search(kind.pattern, text):
            yield f"{text[:40]!r} is not {_PATTERNS.get(kind.pattern, 'of the right form')}"


def _meant(text: str, kind: inspect.Type) -> str:
    """Return a hint for a word that may not stand in its place: the nearest that may, or the same in the form that is asked for."""
    if isinstance(kind, inspect.Metadata):
        kind = kind.type
    if isinstance(kind, inspect.LiteralType):
        return did_you_mean(text, map(str, kind.values))
    if isinstance(kind, inspect.IntType):
        return f"write {text[1:]}" if re.fullmatch(r"\+[0-9]{1,9}", text) else ""
    if isinstance(kind, inspect.StrType) and kind.pattern in _JOINTS:
        form = _JOINTS[kind.pattern].join(re.findall(r"[a-z0-9]+", text.lower()))
        return f"write {form}" if len(text) <= (kind.max_length or len(text)) and re.search(kind.pattern, form) else ""
    return ""


#: What joins the words of a name.
_JOINTS = {ID_PATTERN: "-", WORD_PATTERN: "_"}


_PATTERNS = {
    ID_PATTERN: "a name: lower-case letters and digits, words joined by hyphens",
    WORD_PATTERN: "a variable's name: lower-case letters and digits, words joined by underscores",
    WHEN_PATTERN: "a date (2003-01-18, 2003-01, 2003) or an hour (01:30)",
    LANGUAGE_PATTERN: "a language tag (en, vi)",
}


def _number_problems(text: str, kind: inspect.IntType) -> Iterator[str]:
    number = int(text) if re.fullmatch(r"-?(0|[1-9][0-9]{0,10})", text) else None
    if number is None:
        yield f"expected a whole number, found {text[:30]!r}"
    elif kind.ge is not None and number < kind.ge:
        yield f"{number} is too small; at least {kind.ge}"
    elif kind.le is not None and number > kind.le:
        yield f"{number} is too large; at most {kind.le}"
