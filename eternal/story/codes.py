"""The catalogue of what can be wrong with a story: a code, a name, a severity and the message for each.

Each has a page under `docs/diagnostics/` and a failing pack under `tests/packs/bad/`, whose name is the rule's name.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

__all__ = ["RULES", "Rule", "Severity"]

Severity = Literal["error", "warning"]


class Rule(Struct, frozen=True):
    """A thing that can be wrong. `template` is filled with the finding's arguments."""

    code: str
    name: str
    template: str

    @property
    def title(self) -> str:
        """Return the name as words: `Unknown scene`."""
        return self.name.replace("-", " ").capitalize()

    @property
    def severity(self) -> Severity:
        """Return `error` for E-codes and `warning` for W-codes."""
        return "error" if self.code.startswith("E") else "warning"


_ROWS = """
E001 not-utf-8            this file is not UTF-8: {reason}
E002 file-too-large       this file has more than {limit} bytes; split it
E003 yaml-syntax          {problem}
E004 duplicate-key        the key {key!r} stands here twice; the first is in line {first}
E005 anchor-or-alias      anchors and aliases (& and *) are not part of the format; write the text out
E006 tag                  tags (! and !!) are not part of the format
E007 too-deep             nested deeper than {limit} levels
E008 too-many-nodes       more than {limit} values in one file; split it
E009 text-too-long        a text of {size} bytes; one text may have {limit}
E010 control-character    the character {character} is not allowed in a story
E011 no-story             {problem}
E012 unknown-scene        no scene {id!r}
E013 bad-archive          this archive cannot be read as a story: {problem}
E014 complex-key          a field's name must be a plain word, not a list or a mapping
E020 unknown-field        no field {field!r} in {owner}
E021 missing-field        {owner} needs the field {field!r}
E022 wrong-type           expected {expected}, found {found}
E023 bad-value            {problem}
E024 duplicate-scene      the scene {id!r} exists twice; the other is in {other}
E025 duplicate-choice     the choice {id!r} stands twice in this scene
E026 duplicate-fragment   the fragment {id!r} is declared twice; the other is in scene {other!r}
E027 reserved-word        {id!r} has a meaning of its own and cannot be used as a name here
E030 unknown-fragment     no fragment {id!r}
E031 unknown-variable     no variable {id!r}
E032 unknown-motif        no motif {id!r}
E033 unknown-memento      no memento {id!r}
E034 unknown-choice       no choice {id!r} in scene {scene!r}
E035 not-an-ending        the scene {id!r} is no ending: its kind is another
E036 not-a-memory         the scene {id!r} cannot be erased: only a memory or a refuge can, as a whole
E037 fragment-elsewhere   the fragment {id!r} is declared in scene {other!r}, not here
E040 condition-syntax     this condition cannot be read: {problem}
E041 condition-construct  {what} is not part of the condition language
E042 condition-type       expected {expected}, found {found}
E043 unknown-name         no variable or built-in name {id!r}
E044 unknown-function     no function {id!r}; there are {known}
E045 wrong-arguments      {id}() takes {expected}
E046 visits-of-no-scene   'visits' counts the visits of the scene it stands in; here is none
E050 unknown-link         a link can be keep:FRAGMENT or choose:CHOICE, not {target!r}
E051 markup               {what} is not part of the text format
E052 unknown-interpolation no variable {id!r} to show between braces
E053 link-in-variant      {what} may have no links
E054 empty-block          a block needs either 'text' or 'one_of', and not both
E055 too-much-markup      {count} signs of markup in one text; a text may have {limit}
E060 value-out-of-range   {value!r} is not a value of {id!r}, which is {kind}
E061 not-a-number         {id!r} is {kind}; 'add' is for variables that are numbers
E070 no-way-on            the scene {id!r} has no choices and is no ending
E071 ending-goes-on       an ending has no choices: the story is over there
E072 part-of-part         {id!r} is itself a part of {head!r}; name that one
E073 part-of-kind         {problem}
E074 machine-without-scene {field!r} says when the machine gives up, but no {other!r} says which scene follows
E075 due-not-outside      only a scene of kind outside can have 'due'
E076 bounds               start {start} must lie between min {min} and max {max}
E077 stays-by-next        'next' is where the machine works, and this story has no 'machine'
E078 bad-claim            {problem}
E079 beats-by-day         no beat passes in a waking scene
E080 way-outside          nobody walks to the outside scene {id!r}: it falls due, or follows another outside scene
E099 too-many-mistakes    more than {limit} mistakes; mend these first
W101 choice-never-offered the choice {id!r} can never be offered: its condition never holds
W102 always-true          this condition always holds; it can be left out
W103 never-true           this condition never holds
W104 unreachable-scene    nothing leads to the scene {id!r}
W105 unused-fragment      the fragment {id!r} is declared, but stands in no text of its scene
W106 unread-variable      nothing reads the variable {id!r}
W107 unset-variable       nothing changes the variable {id!r}: it stays {value!r}
W108 unused-motif         nothing has the motif {id!r}
W109 unused-memento       nothing hands over the memento {id!r}
W110 memory-without-when  the memory {id!r} has no date, so the machine takes it for the oldest
W111 refuge-without-room  nothing can be hidden in the refuge {id!r}: it has no capacity
W112 nearly-the-same      {id!r} and {other!r} are easily taken for each other: only - and _ tell them apart
W113 long-text            {words} words in one block; a screen holds {limit}
W114 mixed-quotes         {found} quotes here, {usual} ones elsewhere in the story
W115 unlisted-ending      the ending {id!r} is not listed under 'endings'
W116 unlit-memory         no memento lights the memory {id!r}, and without a hunt the machine never comes to it
W117 comment-in-text      a blank and # begin a comment: what follows is no part of the text
W118 unread-file          this file is not read: only names that end in .yaml are
""".strip()

#: Every rule by its code.
RULES: dict[str, Rule] = {
    code: Rule(code, name, template) for code, name, template in (row.split(maxsplit=2) for row in _ROWS.splitlines())
}
