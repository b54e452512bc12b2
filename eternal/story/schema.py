"""What an author may write: one frozen struct for each kind of thing in the YAML.

These structs are the only definition of the format. The reader converts YAML to them, `eternal schema`
prints them as JSON Schema, and the reference in `docs/authoring/` is made from their descriptions.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

__all__ = [
    "KINDS", "Block", "Bounded", "Choice", "Effects", "Flee", "Fragment", "Header", "Hunt", "Id", "Kind",
    "Machine", "Memento", "Scalar", "Scene", "Text", "Variable", "Voice", "blocks_of",
]  # fmt: skip

# `$` alone would let a line break follow.
ID_PATTERN = r"^[a-z][a-z0-9]*([-'][a-z0-9]+)*$(?!\n)"
WORD_PATTERN = r"^[a-z][a-z0-9_]*$(?!\n)"
WHEN_PATTERN = r"^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?|([01][0-9]|2[0-3]):[0-5][0-9])$(?!\n)"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$(?!\n)"

#: Targets that an author can write in `to:` and that no scene may be called.
NEXT = "next"
#: Words that no scene and no choice may be called: the engine gives them a meaning of its own.
RESERVED = frozenset({NEXT, "drift"})


def _shape(pattern: str, length: int | None, says: str, **more: object) -> Meta:
    """Return what a word must look like. Editors that know `patternErrorMessage` say it in words instead of showing the pattern."""
    extra = {"patternErrorMessage": says.replace("`", ""), **more}
    return Meta(pattern=pattern, max_length=length, description=says, extra_json_schema=extra)


Id = Annotated[str, _shape(ID_PATTERN, 60, "Lower-case words joined by hyphens: `frozen-river`.")]
Word = Annotated[str, _shape(WORD_PATTERN, 40, "A variable's name: `trust`, `met_mary`.")]
Condition = Annotated[
    str,
    Meta(
        max_length=500,
        description="A condition, as `trust < 2 and not kept('dentist-star')`.",
        extra_json_schema={"x-also": ["boolean"]},
    ),
]
Scalar = Annotated[
    str,
    Meta(max_length=60, description="true, false, a whole number, or a word.", extra_json_schema={"x-also": ["boolean", "integer"]}),
]
#: An editor takes `title: 1984` for a number; to the reader it is text.
_ANY_SCALAR = {"x-also": ["number", "boolean"]}
Line = Annotated[str, Meta(min_length=1, max_length=300, description="One line of text.", extra_json_schema=_ANY_SCALAR)]
Prose = Annotated[
    str,
    Meta(
        min_length=1,
        description="Text: emphasis, strong, line breaks, lists; `[words](keep:id)`, `[words](choose:id)`, `{name}`.",
        extra_json_schema=_ANY_SCALAR,
    ),
]
Hair = Literal["green", "red", "tangerine", "blue"]
#: What each kind of scene is: said beside the word by an editor that completes it.
KINDS = {
    "waking": "A page by day: before the machine, or after it. The machine has nothing to do with it.",
    "memory": "It can be erased: the machine takes it, newest first. A choice in it takes a beat.",
    "refuge": "Off the machine's map: fragments can be hidden here, as many as its capacity says.",
    "outside": "A page from the waking world, shown once between two places of the night, once it falls due.",
    "ending": "A last page. It has no choices.",
}
Kind = Annotated[
    Literal["waking", "memory", "refuge", "outside", "ending"],
    Meta(description="waking, memory, refuge, outside or ending.", extra_json_schema={"x-values": KINDS}),
]
Whole = Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]
Beats = Annotated[int, Meta(ge=0, le=99)]
Count = Annotated[int, Meta(ge=1, le=999)]
_WHEN_SAYS = "A day, a month or a year (`2003-01-18`, `2003-01`, `2003`); for an outside scene the hour (`01:30`)."
_A_YEAR = {"x-also": ["integer"], "minimum": 1000, "maximum": 9999}  # alone it is a number to an editor
When = Annotated[str, _shape(WHEN_PATTERN, None, _WHEN_SAYS, **_A_YEAR)]


class Base(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What every authored struct shares: immutable, and a field nobody knows is an error."""


class Bounded(Base, frozen=True, kw_only=True):
    """A whole number that never leaves its bounds."""

    start: Annotated[Whole, Meta(description="Its value when a night begins.")] = 0
    min: Annotated[Whole, Meta(description="It never falls below this.")] = 0
    max: Annotated[Whole, Meta(description="It never rises above this.")] = 9


Variable = bool | Bounded | Annotated[tuple[Word, ...], Meta(min_length=2, max_length=64)]


class Effects(Base, frozen=True, kw_only=True):
    """What changes when a scene is entered or left, or (the same fields) when a choice is taken."""

    set: Annotated[dict[Word, Scalar], Meta(description="Variables and the values they get.")] = {}
    add: Annotated[dict[Word, Whole], Meta(description="Numbers to add to variables; the result stays in bounds.")] = {}
    give: Annotated[tuple[Id, ...], Meta(description="Mementos handed over: each lights its memories.")] = ()
    wake: Annotated[Beats, Meta(description="How much more awake Joel is.")] = 0
    sedate: Annotated[Beats, Meta(description="How much less awake Joel is.")] = 0
    heat: Annotated[int, Meta(ge=-99, le=99, description="How much louder he runs; negative is quieter.")] = 0


class Block(Base, frozen=True, kw_only=True):
    """A passage of a scene's text, shown when its condition holds."""

    text: Annotated[Prose | None, Meta(description="What is read.")] = None
    if_: Annotated[Condition | None, Meta(description="Shown only while this holds.")] = field(default=None, name="if")
    once: Annotated[bool, Meta(description="Shown on one visit only.")] = False
    one_of: Annotated[
        tuple[Prose, ...],
        Meta(description="Instead of `text`: one of these, by the night's seed and the visit. No links."),
    ] = ()


class Choice(Effects, frozen=True, kw_only=True):
    """Something the player can do."""

    id: Annotated[Id, Meta(description="Stable: saves name it. Its text may change freely.")]
    text: Annotated[Line, Meta(description="What the player reads on the button.")]
    to: Annotated[
        Id | None,
        Meta(description="The scene it leads to; `next` is wherever the machine works. Without it one stays (from outside: returns)."),
    ] = None
    if_: Annotated[Condition | None, Meta(description="Offered only while this holds.")] = field(default=None, name="if")
    beats: Annotated[Beats | None, Meta(description="How long it takes. In a memory 1, elsewhere 0.")] = None
    answer: Annotated[
        Prose | None, Meta(description="What is read at once when it is taken; taken twice in a row, only where nothing else tells so.")
    ] = None
    formerly: Annotated[tuple[Id, ...], Meta(description="Ids it had before, so that old saves open.")] = ()


class Fragment(Base, frozen=True, kw_only=True):
    """Words that can be kept."""

    motif: Annotated[Id, Meta(description="What it has in common with other things.")]
    line: Annotated[Line, Meta(description="The line it becomes on the last page.")]
    formerly: Annotated[tuple[Id, ...], Meta(description="Ids it had before.")] = ()


Text = Prose | Annotated[tuple[Prose | Block, ...], Meta(min_length=1)]


class Scene(Base, frozen=True, kw_only=True):
    """A place in the story: a document of its own in any `*.yaml` below the folder."""

    id: Annotated[Id, Meta(description="Stable: saves and choices name it.")]
    title: Annotated[Line, Meta(description="What the top line shows.")]
    text: Annotated[Text, Meta(description="A string, or a list of strings and blocks.")]
    kind: Annotated[Kind, Meta(description="What it is to the night, and what can be done in it.")] = "waking"
    when: Annotated[
        When | None,
        Meta(description="A memory's date, a year will do (erased newest first); the hour at which an outside page begins, on its clock."),
    ] = None
    part_of: Annotated[Id | None, Meta(description="The memory or refuge this scene is a further page of.")] = None
    hair: Annotated[Hair | None, Meta(description="Her hair: the accent colour of the scene.")] = None
    motifs: Annotated[tuple[Id, ...], Meta(description="What it has in common with other scenes: ways of flight.")] = ()
    strength: Annotated[int, Meta(ge=1, le=99, description="Beats that the machine needs for it.")] = 3
    heart: Annotated[int, Meta(ge=0, le=9, description="How often it refuses, while one of its fragments is kept.")] = 0
    capacity: Annotated[int, Meta(ge=0, le=9, description="How many fragments can be hidden here.")] = 0
    open: Annotated[Condition | None, Meta(description="Flight leads here only while this holds.")] = None
    due: Annotated[Condition | None, Meta(description="Outside: falls due between two memories once this holds.")] = None
    choices: Annotated[tuple[Choice, ...], Meta(description="What the player can do here.")] = ()
    fragments: Annotated[dict[Id, Fragment], Meta(description="The words that can be kept here.")] = {}
    enter: Annotated[Effects | None, Meta(description="Effects of coming in.")] = None
    leave: Annotated[Effects | None, Meta(description="Effects of going.")] = None
    collapse: Annotated[Prose | None, Meta(description="Read when it is erased around Joel.")] = None
    refuses: Annotated[Prose | None, Meta(description="Read when it refuses the machine and Joel is in it.")] = None
    status: Annotated[Line | None, Meta(description="What the machine says while it works here.")] = None
    formerly: Annotated[tuple[Id, ...], Meta(description="Ids it had before, so that old saves open.")] = ()


class Memento(Base, frozen=True, kw_only=True):
    """An object that puts memories on the map, and that Patrick may use."""

    name: Annotated[Line, Meta(description="What it is: `a shell in a jar`.")]
    motif: Annotated[Id, Meta(description="What Patrick talks about when he has it.")]
    lights: Annotated[tuple[Id, ...], Meta(description="The memories it puts on the map.")]
    line: Annotated[Line | None, Meta(description="How it looks on the table.")] = None


class Flee(Base, frozen=True, kw_only=True):
    """What running costs."""

    beats: Annotated[Beats, Meta(description="How long a leap takes.")] = 1
    heat: Annotated[Beats, Meta(description="How loud it is.")] = 1


class Hunt(Base, frozen=True, kw_only=True):
    """When the doctor comes, and how fast the machine is from then on."""

    at: Annotated[int, Meta(ge=1, le=999, description="The heat at which he is called.")]
    rate: Annotated[int, Meta(ge=1, le=99, description="Strength taken a beat from then on.")]


class Voice(Base, frozen=True, kw_only=True):
    """The machine's words for how loudly the subject runs."""

    calm: Annotated[Line, Meta(description="While nothing disturbs it.")] = "subject calm"
    restless: Annotated[Line, Meta(description="Once he has been heard.")] = "subject restless"
    losing: Annotated[Line, Meta(description="From a third of the heat at which the hunt begins.")] = "losing the subject"
    lost: Annotated[Line, Meta(description="From two thirds of it.")] = "lost the subject"
    howard: Annotated[Line, Meta(description="While the hunt is on.")] = "howard called"


class Machine(Base, frozen=True, kw_only=True):
    """The rules of the night. A story without a machine is an ordinary choice story."""

    morning: Annotated[Id, Meta(description="The scene the night ends in.")]
    rate: Annotated[int, Meta(ge=1, le=99, description="Strength taken from the target a beat.")] = 1
    carry: Annotated[int, Meta(ge=1, le=9, description="How many fragments two hands hold.")] = 3
    dawn: Annotated[int, Meta(ge=1, le=9999, description="Beats until morning.")] = 60
    keep: Annotated[Beats, Meta(description="Beats it takes to keep a fragment in a memory.")] = 1
    hide: Annotated[Beats, Meta(description="Beats it takes to hide one.")] = 0
    flee: Annotated[Flee, Meta(description="What running costs.")] = Flee()
    hunt: Annotated[Hunt | None, Meta(description="When the alarm is raised, and what follows.")] = None
    breaks: Annotated[Count | None, Meta(description="Refusals after which the machine gives up.")] = None
    broken: Annotated[Id | None, Meta(description="The scene that follows when it gives up.")] = None
    wakes_at: Annotated[Count | None, Meta(description="The dissonance at which Clementine begins to look.")] = None
    lucidity: Annotated[Bounded, Meta(description="How awake Joel is.")] = Bounded(start=3, min=0, max=5)
    turn: Annotated[Condition | None, Meta(description="Flight opens once this has held. Without it, from the start.")] = None
    voice: Annotated[Voice, Meta(description="The machine's own words.")] = Voice()


class Header(Base, frozen=True, kw_only=True):
    """The file `story.yaml`."""

    id: Annotated[Id, Meta(description="The story's name for saves.")]
    title: Annotated[Line, Meta(description="What the title page shows.")]
    start: Annotated[Id, Meta(description="The first scene.")]
    authors: Annotated[tuple[Line, ...], Meta(description="Who wrote it.")] = ()
    version: Annotated[str, Meta(max_length=40, description="Yours to count.", extra_json_schema={"x-also": ["number"]})] = "1"
    language: Annotated[str, _shape(LANGUAGE_PATTERN, None, "A language tag: `en`, `vi`.")] = "en"
    about: Annotated[Prose | None, Meta(description="A few lines for the title page.")] = None
    variables: Annotated[
        dict[Word, Variable], Meta(description="`name: false`, `name: {start: 2, min: 0, max: 5}`, or a list of words.")
    ] = {}
    motifs: Annotated[
        dict[Id, Line] | tuple[Id, ...],
        Meta(description="The motifs: a list, or each with the way it is run along (`snow: along the snow`)."),
    ] = ()
    mementos: Annotated[dict[Id, Memento], Meta(description="The objects that can be handed over.")] = {}
    cast: Annotated[dict[Id, Line], Meta(description="Who speaks: id and name.")] = {}
    machine: Annotated[Machine | None, Meta(description="The rules of the night.")] = None
    endings: Annotated[tuple[Id, ...], Meta(description="The endings, in the order of the gallery.")] = ()
    claims: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=600)], ...],
        Meta(description="What `eternal prove` settles: `never: CONDITION`, `possible: CONDITION`, `always eventually: ending`."),
    ] = ()


def blocks_of(text: Text) -> tuple[Block, ...]:
    """Return a scene's text as blocks, whichever of its spellings the author chose."""
    parts: tuple[str | Block, ...] = (text,) if isinstance(text, str) else text
    return tuple(part if isinstance(part, Block) else Block(text=part) for part in parts)
