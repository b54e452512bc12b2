"""The reference of the format, made from the structs that define it, with examples cut out of a story that loads.

`python -m eternal.author.reference PACK > docs/authoring/reference.md` writes it; a test holds the page to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import inspect

from eternal.author.reference.examples import Examples
from eternal.author.reference.wording import default_of, description_of, meanings_of, words_of
from eternal.story import schema
from eternal.story.expr import BUILTINS, FUNCTIONS

__all__ = ["STRUCTS", "reference"]

#: What an author can write, in the order of the page: struct, where it stands.
STRUCTS: tuple[tuple[type, str], ...] = (
    (schema.Header, "story.yaml"),
    (schema.Bounded, "a variable that is a number, and `lucidity`"),
    (schema.Memento, "`mementos` of story.yaml"),
    (schema.Machine, "`machine` of story.yaml"),
    (schema.Flee, "`flee` of the machine"),
    (schema.Hunt, "`hunt` of the machine"),
    (schema.Voice, "`voice` of the machine"),
    (schema.Scene, "a document in any other file"),
    (schema.Block, "`text` of a scene, as a list"),
    (schema.Choice, "`choices` of a scene"),
    (schema.Effects, "`enter` and `leave` of a scene; a choice has the same fields"),
    (schema.Fragment, "`fragments` of a scene"),
)

_INTRODUCTION = """\
# Reference

Made by `python -m eternal.author.reference` from the structs that define the format, so it cannot say anything else than
they do. The examples are cut out of [a story that uses every field once](../../tests/packs/docs/reference).

A story is a folder. `story.yaml` is its header; every other `*.yaml` below the folder holds scenes, one to a YAML document, with
`---` between two. A `.zip` of such a folder is a story too. Anchors, aliases, tags and repeated keys are refused; `yes`, `on` and `012`
stay the text they are, until the field says otherwise.

Ids are lower-case words joined by hyphens (`frozen-river`, `grandmother's-yard`). Saves name them, so they should stay; where one has to
change, `formerly: [old-id]` lets old saves open. Nobody can be called `next` or `drift`.
"""

_TEXT = """\
## Text

What is read is CommonMark's inline part, and nothing else of it:

| | |
|---|---|
| `*emphasis*`, `**strong**` | |
| an empty line | begins a paragraph |
| `\\` at the end of a line | breaks it |
| `- ` at the start of a line | a line of dialogue |
| `[words](keep:fragment-id)` | words that can be kept; the fragment is declared in the same scene |
| `[words](choose:choice-id)` | a choice of the scene, in the prose; words alone while it is not offered |
| `{variable}` | its value; yes or no for a bool |

Headings, pictures, code, HTML and other links are errors. Emphasis and values may stand in every text; a link only in `text` of a scene.
"""

_CONDITIONS = """\
Python's spelling, and only this much of it: names, `True` and `False`, whole numbers, words in quotes, comparisons (also in
chains: `0 < trust < 3`), `in` a list, `and`, `or`, `not`, `+`, `-`, and the functions below with ids in quotes. A condition is yes
or no as a whole: write `trust > 0`, not `trust`. Every name and id is checked when the story is read.
"""


def reference(pack: Path) -> str:
    """Return the page.

    Args:
        pack: a story that uses every field.
    """
    return "\n".join(_lines(Examples(pack)))


def _lines(examples: Examples) -> Iterator[str]:
    yield _INTRODUCTION
    for struct, where in STRUCTS:
        yield from _struct(struct, where, examples)
    yield _TEXT
    yield from _conditions()


def _struct(struct: type, where: str, examples: Examples) -> Iterator[str]:
    kind = inspect.type_info(struct)
    assert isinstance(kind, inspect.StructType)
    yield f"## {struct.__name__}: {where}\n"
    yield " ".join((struct.__doc__ or "").split()) + "\n"
    if struct is schema.Choice:
        yield "Besides these it has the fields of [effects](#effects-enter-and-leave-of-a-scene-a-choice-has-the-same-fields).\n"
    for field in kind.fields:
        if struct is schema.Choice and field.encode_name in schema.Effects.__struct_encode_fields__:
            continue
        yield f"### `{field.encode_name}`\n"
        says = f"{words_of(field.type)}; {default_of(field)}. {description_of(field)}".rstrip()
        yield says[0].upper() + says[1:] + "\n"
        meanings = [f"- `{word}`: {meaning}" for word, meaning in meanings_of(field).items()]
        if meanings:
            yield "\n".join(meanings) + "\n"
        example = examples.of(struct, field.encode_name)
        if example:
            yield f"```yaml\n{example}\n```\n"


def _conditions() -> Iterator[str]:
    yield "## Conditions\n"
    yield _CONDITIONS
    yield "Names: the variables of the story, and\n\n| name | is | |\n|---|---|---|"
    for name, builtin in BUILTINS.items():
        yield f"| `{name}` | {_KINDS[builtin.gives]} | {builtin.about} |"
    yield "\nFunctions:\n\n| function | is | |\n|---|---|---|"
    for name, function in FUNCTIONS.items():
        arguments = ", ".join(f"'{_NOUNS.get(noun, noun)}'" for noun in function.takes)
        spelled = f"`{name}({arguments})`" + ("" if function.least else f" or `{name}()`")
        yield f"| {spelled} | {_KINDS[function.gives]} | {function.about} |"
    yield ""


_KINDS = {"number": "a number", "bool": "yes or no"}
_NOUNS = {"erasable": "memory or refuge"}
