"""A view as lines that read well aloud: what stands on them, in which order, and what kind of line each is.

The plain face prints them, the film of a night paints them: both say the same words in the same places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import Literal, Protocol, TypeVar

from msgspec import Struct

from eternal.engine.pages import ChoiceView, Passage, View
from eternal.speech import _
from eternal.wording.columns import columns, fit
from eternal.wording.told import within
from eternal.wording.words import cost_words, hands_words, heading, status_line

__all__ = ["WIDTH", "Line", "fresh", "headline", "lettered", "letters", "offers", "poem", "wrap"]

#: Columns of a line at most.
WIDTH = 72


class Line(Struct, frozen=True):
    """A line before it is wrapped: what it is, its words, and how later rows of it are indented."""

    kind: Literal["choice", "aside", "machine"]
    text: str
    indent: str = ""


class _Part(Protocol):
    """A stretch of a passage: a piece of it, or a piece in one light."""

    @property
    def fragment(self) -> str: ...


_P = TypeVar("_P", bound=_Part)


def wrap(text: str, width: int = WIDTH, indent: str = "") -> Iterator[str]:
    """Yield `text` in lines of at most `width` columns, broken between words; later lines are indented.

    A word that is wider than a line is broken between two of its characters.
    """
    for line in text.split("\n"):
        row = ""
        for word in line.split():
            longer = f"{row} {word}" if row.strip() else row + word
            if row.strip() and columns(longer) > width:
                yield row
                longer = indent + word
            while columns(longer) > width and (at := fit(longer, width)) > len(indent):  # a script without spaces
                yield longer[:at]
                longer = indent + longer[at:]
            row = longer
        yield row


def letters(page: View) -> dict[str, str]:
    """Return the letter of each fragment that can be kept on the page: `a` is the first."""
    return dict(zip(ascii_lowercase, (fragment.id for fragment in page.fragments), strict=False))


def lettered(parts: Sequence[_P], page: View) -> Iterator[tuple[_P, str]]:
    """Yield the parts of a passage, each with what is written after it: a fragment's letter after its last word."""
    by_fragment = {fragment: letter for letter, fragment in letters(page).items()}
    for place, part in enumerate(parts):
        ends = place + 1 == len(parts) or parts[place + 1].fragment != part.fragment
        letter = by_fragment.get(part.fragment) if ends else None
        yield part, f" [{letter}]" if letter else ""


def headline(page: View) -> str:
    """Return the line a page begins with."""
    return f"== {' · '.join(heading(page))} =="


def fresh(page: View, before: View | None) -> tuple[Passage, ...] | None:
    """Return what has not been read yet on the page where one was before; None if it is another page, to be read as a whole.

    Whoever listens would hear a whole page again for each word that is kept.
    """
    if before is None or before.scene != page.scene:
        return None
    read = {passage.text for passage in before.passages}
    return tuple(passage for passage in page.passages if passage.role != "text" or passage.text not in read)


def offers(page: View, *, again: bool = False) -> Iterator[Line]:
    """Yield the numbered choices, what else can be done, and the machine's line.

    Args:
        page: the page.
        again: whether the page has been read before: then its words to keep are named, for they have other letters now.
    """
    for number, choice in enumerate(page.choices, start=1):
        yield Line("choice", f"{number}. {_costed(choice.text, choice)}", "   ")
    if page.fragments:
        said = _("Words to keep: {letters}. {hands}.")
        named = (f"{letter}{f' “{within(it.words)}”' if again else ''}" for letter, it in zip(letters(page), page.fragments, strict=False))
        yield Line("aside", said.format(letters=", ".join(named), hands=hands_words(page).capitalize()))
    if page.room and page.hands:
        yield Line("aside", _("You can hide words here ({room}); hidden, they last till morning.").format(room=page.room))
    if page.ways:
        count = _("1 way") if len(page.ways) == 1 else _("{count} ways").format(count=len(page.ways))
        yield Line("aside", _("You can flee ({ways}).").format(ways=", ".join((count, *cost_words(page.ways[0])))))
    if page.machine and page.kind in ("memory", "refuge"):
        yield Line("machine", f"({status_line(page)})")


def _costed(text: str, offer: ChoiceView) -> str:
    """Return what is offered, and behind it in brackets what it costs."""
    words = cost_words(offer)
    return f"{text} ({', '.join(words)})" if words else text


def poem(page: View) -> Iterator[str]:
    """Yield what stands under the last page: the kept words, set as lines."""
    yield ""
    if page.poem:
        yield from (f"    {line}" for line in page.poem)
        yield ""
