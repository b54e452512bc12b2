"""The format as JSON Schema, made from the structs that define it, for editors that complete and explain YAML."""

from __future__ import annotations

from typing import Any

from msgspec.json import schema_components
from msgspec.structs import fields

from eternal.story.schema import Header, Scene

__all__ = ["json_schema"]

#: What Python's `$` needs and JSON Schema's does not.
NO_LINE_BREAK = r"(?!\n)"
#: Remarks of the structs to this module.
_OURS = {"x-also", "x-values"}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Return one schema for every document of a story: with a field that only a header has it is `story.yaml`'s, else a scene."""
    (header, scene), definitions = schema_components([Header, Scene], ref_template="#/$defs/{name}")
    names, taken = ({field.encode_name for field in fields(kind)} for kind in (Header, Scene))
    return {
        "$schema": DIALECT,
        "title": "A story of Eternal",
        "description": "A document of a story: the header in story.yaml, or a scene.",
        "type": "object",
        "if": {"anyOf": [{"required": [name]} for name in sorted(names - taken)]},
        "then": header,
        "else": scene,
        "$defs": _as_typed(definitions),
    }


def _as_typed(node: Any) -> Any:
    """Turn what the structs say of text into what an editor sees.

    To our reader every scalar is text; an editor's YAML has booleans and numbers (`x-also` names which are welcome where), and a
    field that is left out is left out, not null. What each word of a closed list means (`x-values`) is said the way editors read it.
    """
    if isinstance(node, list):
        return [_as_typed(part) for part in node]
    if not isinstance(node, dict):
        return node
    plain = {key: _as_typed(value) for key, value in node.items() if key not in _OURS and not (key == "default" and value is None)}
    if isinstance(plain.get("pattern"), str):
        plain["pattern"] = plain["pattern"].removesuffix(NO_LINE_BREAK)
    if "x-also" in node:
        plain["type"] = [plain["type"], *node["x-also"]]
    if "x-values" in node:
        plain["enumDescriptions"] = [node["x-values"][word] for word in plain["enum"]]
    choices = [part for part in plain.get("anyOf", ()) if part != {"type": "null"}]
    if len(choices) == 1 and "anyOf" in plain:
        del plain["anyOf"]
        plain = {**choices[0], **plain}
    return plain
