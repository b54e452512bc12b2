"""Examples for every field, cut out of the files of a story: the first place where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import yaml
from msgspec import inspect
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from eternal.story import schema

__all__ = ["Examples"]

#: Longer examples are cut: what they hold has examples of its own.
_LINES = 12


class Examples:
    """The examples of one story."""

    def __init__(self, pack: Path) -> None:
        """Read the files and note where each field stands first, `story.yaml` first."""
        self._found: dict[tuple[str, str], str] = {}
        for file in sorted(pack.rglob("*.yaml"), key=lambda file: (file.name != "story.yaml", file.name != "night.yaml", file)):
            text = file.read_text(encoding="utf-8")
            kind = schema.Header if file.name == "story.yaml" else schema.Scene
            for node in yaml.compose_all(text, Loader=yaml.CSafeLoader):  # a file of ours, to be shown
                self._take(node, inspect.type_info(kind), text)

    def of(self, struct: type, field: str) -> str:
        """Return the example of a field, or nothing if the story does not use it."""
        return self._found.get((struct.__name__, field), "")

    def _take(self, node: Node, kind: inspect.Type, text: str) -> None:
        kind = _fitting(kind, node)
        if isinstance(kind, inspect.StructType) and isinstance(node, MappingNode):
            fields = {field.encode_name: field.type for field in kind.fields}
            for key, value in node.value:
                for struct in _owners(kind.cls, key.value):
                    self._found.setdefault((struct, key.value), _cut(text, key, value))
                self._take(value, fields[key.value], text)
        elif isinstance(kind, inspect.DictType) and isinstance(node, MappingNode):
            for _, value in node.value:
                self._take(value, kind.value_type, text)
        elif isinstance(kind, inspect.VarTupleType) and isinstance(node, SequenceNode):
            for item in node.value:
                self._take(item, kind.item_type, text)


def _owners(struct: type, field: str) -> Iterator[str]:
    """Yield the structs that a field is an example for: a choice's effects are examples of effects too."""
    yield struct.__name__
    if struct is schema.Choice and field in schema.Effects.__struct_encode_fields__:
        yield schema.Effects.__name__


def _fitting(kind: inspect.Type, node: Node) -> inspect.Type:
    """Return the member of a union that a value is."""
    if isinstance(kind, inspect.Metadata):
        return _fitting(kind.type, node)
    if not isinstance(kind, inspect.UnionType):
        return kind
    wanted: dict[type, tuple[type, ...]] = {
        MappingNode: (inspect.StructType, inspect.DictType),
        SequenceNode: (inspect.VarTupleType,),
        ScalarNode: (inspect.StrType, inspect.BoolType),
    }
    members = [member.type if isinstance(member, inspect.Metadata) else member for member in kind.types]
    return next((member for member in members if isinstance(member, wanted[type(node)])), kind)


def _cut(text: str, key: Node, value: Node) -> str:
    """Return the source of a key and its value, without what stands left of it."""
    found = text[key.start_mark.index - key.start_mark.column : value.end_mark.index]
    if "\n" not in found.strip("\n"):
        return text[key.start_mark.index : value.end_mark.index].rstrip()
    lines = dedent(" " * key.start_mark.column + found[key.start_mark.column :]).rstrip().split("\n")
    return "\n".join(lines if len(lines) <= _LINES else [*lines[:_LINES], "  # …"])
