"""What a page of the night consists of: plain text and numbers, so that a face looks nothing up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from eternal.engine.state import News

__all__ = [
    "ChoiceView", "FragmentView", "HeldView", "MachineView", "MemoryView", "Mood", "Passage", "Piece", "RefugeView", "Role",
    "View", "WayView",
]  # fmt: skip

Role = Literal["text", "answer", "collapse", "refuses"]
#: How loudly the subject runs, from nothing heard to the hunt.
Mood = Literal["calm", "restless", "losing", "lost", "howard"]


class Piece(Struct, frozen=True, gc=False):
    """A stretch of words in one style; `fragment` and `choice` say what they are a link to, `lit` that Joel has them."""

    text: str
    em: bool = False
    strong: bool = False
    fragment: str = ""
    choice: str = ""
    lit: bool = False


class Passage(Struct, frozen=True, gc=False):
    """A paragraph to read. `item` marks a line of dialogue in a list; `role` what the words are."""

    pieces: tuple[Piece, ...]
    role: Role = "text"
    item: bool = False

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(piece.text for piece in self.pieces)


class ChoiceView(Struct, frozen=True, gc=False):
    """A choice and what it costs: beats, heat, and whether the memory Joel stands in will be gone before it is done.

    `brings` is what the machine will say for its noise, where that is not what it says already.
    `inline` says that words in the prose lead to it too.
    """

    id: str
    text: str
    beats: int = 0
    heat: int = 0
    ends: bool = False
    inline: bool = False
    brings: str = ""


class FragmentView(Struct, frozen=True, gc=False):
    """Words on the page that can be kept now."""

    id: str
    words: str
    motif: str
    line: str


class HeldView(Struct, frozen=True, gc=False):
    """A fragment that Joel has; `place` is the title of where it is hidden, or empty while it is in his hands."""

    id: str
    motif: str
    line: str
    place: str = ""


class WayView(Struct, frozen=True, gc=False):
    """A way of flight; `ends` says that the memory Joel stands in will be gone before he has left it, and so he with it.

    `brings` is what the machine will say for its noise, where that is not what it says already.
    """

    scene: str
    title: str
    kind: str
    motif: str
    words: str
    beats: int
    heat: int
    integrity: int
    ends: bool = False
    brings: str = ""


class MemoryView(Struct, frozen=True, gc=False):
    """A memory on the player's map. `integrity` is a percentage; `motifs` are what ways lead along."""

    id: str
    title: str
    when: str
    hair: str
    integrity: int
    on_map: bool
    here: bool
    target: bool
    motifs: tuple[str, ...]
    kept: int

    @property
    def erased(self) -> bool:
        """Whether it is gone."""
        return self.integrity == 0


class RefugeView(Struct, frozen=True, gc=False):
    """A refuge that Joel has found."""

    id: str
    title: str
    integrity: int
    exposed: bool
    here: bool
    room: int
    hidden: tuple[str, ...]
    motifs: tuple[str, ...]

    @property
    def erased(self) -> bool:
        """Whether it is gone."""
        return self.integrity == 0


class MachineView(Struct, frozen=True, gc=False):
    """The machine's side: the hour (`23:40`), its target, which of how many, and how many beats until that is gone."""

    hour: str
    beat: int
    dawn: int
    target: str
    title: str
    number: int
    total: int
    integrity: int
    beats_left: int
    mood: Mood
    words: str
    status: str


class View(Struct, frozen=True, kw_only=True, gc=False):
    """One page of the night.

    Attributes:
        fragments: what can be kept from the page; `hands`: what is held (at most `carry`); `hidden`: what is safe.
        room: how many fragments can still be hidden here.
        machine: its side of the night; None in a story without one, and until the night begins.
        poem: on the last page, the lines that the kept words make.
    """

    scene: str
    title: str
    kind: str
    when: str
    hair: str
    integrity: int
    passages: tuple[Passage, ...]
    choices: tuple[ChoiceView, ...]
    fragments: tuple[FragmentView, ...]
    hands: tuple[HeldView, ...]
    hidden: tuple[HeldView, ...]
    carry: int
    room: int
    ways: tuple[WayView, ...]
    memories: tuple[MemoryView, ...]
    refuges: tuple[RefugeView, ...]
    machine: MachineView | None
    news: tuple[News, ...]
    over: bool
    poem: tuple[str, ...]
