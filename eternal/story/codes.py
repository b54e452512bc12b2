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
E014 complex-key          a key must be a plain word
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
E035 not-an-ending        the scene {id!r} is not of kind ending
E036 not-a-memory         the scene {id!r} is not a memory that can be erased
E037 fragment-elsewhere   the fragment {id!r} is declared in scene {other!r}, not here
E040 condition-syntax     this condition cannot be read: {problem}
E041 condition-construct  {what} is not part of the condition language
E042 condition-type       expected {expected}, found {found}
E043 unknown-name         no variable or built-in name {id!r}
E044 unknown-function     no function {id!r}; there are {known}
E045 wrong-arguments      {id}() takes {expected}
E050 unknown-link         a link can be keep:FRAGMENT or choose:CHOICE, not {target!r}
E051 markup               {what} is not part of the text format
E052 unknown-interpolation no variable {id!r} to show between braces
E053 link-in-variant      {what} may have no links
E054 empty-block          a block has either text or one_of
E055 too-much-markup      {count} signs of markup in one text; a text may have {limit}
E060 value-out-of-range   {value!r} is not a value of {id!r}, which is {kind}
E061 not-a-number         only a number can be added to; {id!r} is {kind}
E070 no-way-on            the scene {id!r} has no choices and is no ending
E071 ending-goes-on       an ending has no choices
E072 part-of-part         {id!r} is itself a part; name its head
E073 part-of-kind         a part must be of the kind of its head, and only memories and refuges have parts
E074 machine-without-scene the machine has {field!r} but no {other!r}
E075 due-not-outside      only an outside scene falls due
E076 bounds               min {min} must be at most start {start}, and start at most max {max}
E077 stays-by-next        'next' needs a machine in story.yaml
E078 bad-claim            {problem}
E099 too-many-mistakes    more than {limit} mistakes; mend these first
W101 choice-never-offered the choice {id!r} can never be offered: its condition never holds
W102 always-true          this condition always holds; it can be left out
W103 never-true           this condition never holds
W104 unreachable-scene    nothing leads to the scene {id!r}
W105 unused-fragment      the fragment {id!r} is declared and stands in no text of its scene
W106 unread-variable      nothing reads the variable {id!r}
W107 unset-variable       nothing changes the variable {id!r}: it stays {value!r}
W108 unused-motif         nothing has the motif {id!r}
W109 unused-memento       nothing hands over the memento {id!r}
W110 memory-without-when  the memory {id!r} has no date, so the machine takes it for the oldest
W111 refuge-without-room  nothing can be hidden in the refuge {id!r}: it has no capacity
W112 nearly-the-same      {id!r} and {other!r} differ only in how their words are joined
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
