"""A night that is played the same way each time: the keys for it, and the pages it shows as plain text."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from eternal.engine.actions import Choose
from eternal.engine.game import Game
from eternal.saves.save import Save
from eternal.story.load import SHIPPED, load
from eternal.story.story import Story
from eternal.tui.offers import offers_of
from eternal.tui.settings import Settings, write_settings

__all__ = ["Page", "quiet", "stand", "walk"]


class Page(Struct, frozen=True):
    """A page of the night: its words, its choices, the integrity of its words, and the choice and the key that lead on."""

    text: str
    choices: tuple[str, ...]
    integrity: int
    taken: str
    key: str


def walk(seed: int, story: Story | None = None, steps: int = 400) -> list[Page]:
    """Return the pages of a night, whole if `steps` are enough: the first choice that leads elsewhere is taken, else the first."""
    game = Game(story or load(SHIPPED), seed=seed)
    pages: list[Page] = []
    while len(pages) < steps and not game.is_over:
        view = game.view
        offers = [offer for offer in offers_of(view, run="f", hands="d") if offer.does.startswith("choose:") and offer.key.isdecimal()]
        names = [offer.does.removeprefix("choose:") for offer in offers]
        taken = names[(len(pages) + seed) % len(names)]
        text = "\n\n".join(passage.text for passage in view.passages)
        pages.append(Page(text, tuple(offer.text for offer in offers), view.integrity, taken, offers[names.index(taken)].key))
        game.act(Choose(taken))
    return pages


def stand(pages: list[Page], number: int, seed: int, home: Path) -> None:
    """Put a save in the home of a game that stands on that page."""
    with Save.create(load(SHIPPED), home / "saves" / "night-1.eternal", seed=seed) as save:
        for page in pages[:number]:
            save.game.choose(page.taken)


def quiet(home: Path, **settings: object) -> None:
    """Let nothing be asked twice and nothing appear slowly in the game of that home."""
    write_settings(Settings(**{"pace": "at once", "animation": "none", "confirm": False} | settings), home / "settings.json")  # type: ignore[arg-type]  # settings by name
