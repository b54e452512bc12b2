"""What can be done on a page, as the choices under it."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.engine.pages import ChoiceView, View
from eternal.speech import _
from eternal.tui.text.offers import Offer
from eternal.wording.told import short
from eternal.wording.words import cost_words

__all__ = ["LAST", "offers_of"]

#: What the one choice of an ending does.
LAST = "last_page"


def offers_of(page: View, *, run: str, hands: str, armed: str = "") -> Iterator[Offer]:
    """Yield a page's choices, then running and hiding where they are possible.

    Args:
        page: the page.
        run: the key for running.
        hands: the key for the hands.
        armed: the choice that was pressed once and is to be pressed again.
    """
    if page.over:
        yield Offer("↵", _("Turn to the last page."), "", LAST)
        return
    for number, choice in enumerate(page.choices, start=1):
        does = f"choose:{choice.id}"
        cost = _("once more to give it") if does == armed else ", ".join((*cost_words(choice), *_goes(page, choice)))
        yield Offer(str(number) if number < 10 else "·", choice.text, cost, does)
    if page.ways:
        yield Offer(run, _run_words(page), ", ".join(cost_words(page.ways[0])), "run_away")
    if page.hands and page.room:
        yield Offer(hands, _hide_words(page), "", "hands")


def _goes(page: View, choice: ChoiceView) -> Iterator[str]:
    """Say which memory will be gone when a choice has been taken, if it is not the one where one stands."""
    machine = page.machine
    if machine is not None and machine.target and not choice.ends and 0 < machine.beats_left <= choice.beats:
        yield _("{place} goes").format(place=short(machine.title))


def _hide_words(page: View) -> str:
    """Say what hiding here is worth; where the machine looks already, that it is a gamble."""
    if any(refuge.here and refuge.exposed for refuge in page.refuges):
        return _("Hide something here, though the machine knows this place now.")
    return _("Hide something here: what is hidden is yours in the morning.")


def _run_words(page: View) -> str:
    """Say along what one can run."""
    ways = list(dict.fromkeys(way.words for way in page.ways))
    if len(ways) > 2:
        ways = [*ways[:2], "…"]
    words = ", ".join(ways)
    return _("Run, {ways}").format(ways=words) if ways[-1] == "…" else _("Run, {ways}.").format(ways=words)
