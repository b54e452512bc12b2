"""The format as JSON Schema, made from the structs that define it, for editors that complete and explain YAML."""

from __future__ import annotations

from typing import Any

from msgspec.json import schema_components

from eternal.story.schema import Header, Scene

__all__ = ["json_schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Return one schema for every document of a story: with `start` it is the first of `story.yaml`, else a scene."""
    (header, scene), definitions = schema_components([Header, Scene], ref_template="#/$defs/{name}")
    return {
        "$schema": DIALECT,
        "title": "A story of Eternal",
        "type": "object",
        "if": {"required": ["start"]},
        "then": header,
        "else": scene,
        "$defs": _as_typed(definitions),
    }


def _as_typed(node: Any) -> Any:
    """Turn what the structs say of text into what an editor sees.

    To our reader every scalar is text; an editor's YAML has booleans and numbers (`x-also` names which are welcome where), and a
    field that is left out is left out, not null.
    """
    if isinstance(node, list):
        return [_as_typed(part) for part in node]
    if not isinstance(node, dict):
        return node
    plain = {key: _as_typed(value) for key, value in node.items() if key != "x-also" and not (key == "default" and value is None)}
    if "x-also" in node:
        plain["type"] = [plain["type"], *node["x-also"]]
    choices = [part for part in plain.get("anyOf", ()) if part != {"type": "null"}]
    if len(choices) == 1 and "anyOf" in plain:
        del plain["anyOf"]
        plain = {**choices[0], **plain}
    return plain
