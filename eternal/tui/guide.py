"""What the help says of a page of the night: only what matters where one stands."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.engine.pages import View
from eternal.speech import _
from eternal.story.story import Story

__all__ = ["guide"]


def guide(story: Story, page: View) -> list[str]:
    """Return a few sentences about where one stands."""
    return list(_lines(story, page))


def _lines(story: Story, page: View) -> Iterator[str]:
    if page.over:
        yield _("This night is over. Turn to the last page, or take back what you did last.")
        return
    if page.machine is None:
        yield _("Take a choice with its number, or walk to it and press Enter. Every step is saved.")
    elif page.kind == "refuge":
        yield _("She was never here, so the machine does not come here by itself. You can hide what you hold, as long as there is room.")
    elif page.kind == "outside":
        yield _("This is happening around you while you sleep.")
    else:
        yield _(
            "Beside the hour stand the beats until the machine has taken what it works at; in her colour, that is where you are. "
            "Most of what one does takes a beat."
        )
    if page.fragments:
        yield _("Underlined words can be kept: walk to them and press Space. What you keep does not fade.")
    if page.ways:
        yield _("You can run, along whatever two places have in common. Running is heard.")
    rules = story.machine
    if rules is not None and rules.hunt is not None and page.machine is not None and page.machine.mood == "howard":
        yield _("They are looking for you everywhere now. Every place that you enter from here on can be found.")
