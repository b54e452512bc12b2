"""A field's type, default and description in an author's words."""

from __future__ import annotations

import msgspec
from msgspec import NODEFAULT, inspect

from eternal.story import schema

__all__ = ["default_of", "description_of", "meanings_of", "words_of"]


def _text_of(annotated: object) -> inspect.Type:
    """Return the kind of text that one of the schema's own types is."""
    kind = inspect.type_info(annotated)
    return kind.type if isinstance(kind, inspect.Metadata) else kind


#: Kinds of text that have a name of their own with authors.
_NAMED = (
    (_text_of(schema.Id), "an id"),
    (_text_of(schema.Word), "a variable's name"),
    (_text_of(schema.Condition), "a [condition](#conditions)"),
    (_text_of(schema.Scalar), "a value"),
    (_text_of(schema.Line), "a line"),
    (_text_of(schema.Prose), "[text](#text)"),
    (_text_of(schema.When), "a date or an hour"),
)


def words_of(kind: inspect.Type) -> str:
    """Say what a value can be."""
    match kind:
        case inspect.Metadata(type=inner):
            return words_of(inner)
        case inspect.UnionType(types=types):
            return " or ".join(dict.fromkeys(words_of(member) for member in types if not isinstance(member, inspect.NoneType)))
        case inspect.VarTupleType(item_type=item):
            return f"a list ({words_of(item)})"
        case inspect.DictType(key_type=key, value_type=value):
            return f"a mapping ({words_of(key)}: {words_of(value)})"
        case inspect.StructType(cls=struct):
            return f"[{struct.__name__}](#{_anchor(struct)})"
        case inspect.LiteralType(values=values):
            return "one of " + ", ".join(f"`{value}`" for value in values)
        case inspect.IntType(ge=least, le=most):
            return "a whole number" + (f" from {least} to {most}" if least is not None and most is not None else "")
        case inspect.BoolType():
            return "`true` or `false`"
        case _:
            return next((name for text, name in _NAMED if text == kind), "words")


def _anchor(struct: type) -> str:
    """Return the anchor of a struct's heading, the way GitHub makes it."""
    from eternal.author.reference import STRUCTS

    where = dict(STRUCTS).get(struct, "")
    kept = "".join(letter for letter in f"{struct.__name__}: {where}".lower() if letter.isalnum() or letter in " -_")
    return kept.replace(" ", "-")


def default_of(field: inspect.Field) -> str:
    """Say whether a field is needed, and what it is without being written."""
    if field.required:
        return "**needed**"
    value = field.default if field.default is not NODEFAULT else field.default_factory()
    if value is None or value in ((), {}):
        return "optional"
    if isinstance(value, msgspec.Struct):
        return f"optional (`{_flow(value)}`)"
    return f"`{str(value).lower() if isinstance(value, bool) else value}` if it is not written"


def _flow(value: msgspec.Struct) -> str:
    fields = {name: getattr(value, name) for name in value.__struct_fields__}
    return "{" + ", ".join(f"{name}: {what}" for name, what in fields.items()) + "}"


def description_of(field: inspect.Field) -> str:
    """Return what the struct says of a field."""
    kind = field.type
    says = str((kind.extra_json_schema or {}).get("description", "")) if isinstance(kind, inspect.Metadata) else ""
    return "" if says == _LINE else says


def meanings_of(field: inspect.Field) -> dict[str, str]:
    """Return what each word means that the field can be, where the struct says so."""
    kind = field.type
    return dict((kind.extra_json_schema or {}).get("x-values", {})) if isinstance(kind, inspect.Metadata) else {}


#: What a line says of itself where its field has nothing to add.
_LINE = "One line of text."
