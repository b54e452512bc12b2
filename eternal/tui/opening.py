"""Opening a night: a new one, the latest, one by its path, a copy of one. What goes wrong is said on the stage."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eternal.engine.actions import Action
from eternal.saves.errors import SaveError
from eternal.saves.nights import free_path
from eternal.saves.profile import read_profile
from eternal.saves.save import Save, SaveStopped, folded_save
from eternal.speech import _
from eternal.story.story import Story
from eternal.tui.widgets.menu import Row
from eternal.tui.widgets.prose import Para

if TYPE_CHECKING:
    from eternal.tui.stage import Stage

__all__ = ["copy_of", "new_night", "offer_good_part", "opened", "watch"]


def new_night(story: Story, seed: int | None, locale: str | None) -> Save:
    """Begin a night; without a seed chance gives one."""
    number = seed if seed is not None else secrets.randbelow(2**31)
    return Save.create(story, free_path(), seed=number, past=read_profile().past(story.id), locale=locale or story.header.language)


def copy_of(story: Story, actions: Sequence[Action], seed: int, past: tuple[str, ...], locale: str | None) -> Save:
    """Begin a night in which these actions have been taken already."""
    save = Save.create(story, free_path(), seed=seed, past=past, locale=locale or story.header.language)
    for action in actions:
        save.game.act(action)
    return save


def opened(stage: Stage, path: Path) -> Save | None:
    """Open a night. Where it cannot be opened, say why and return None."""
    try:
        return Save.open(path, stage.story)
    except SaveStopped as stopped:
        offer_good_part(stage, stopped)
    except SaveError as error:
        stage.tell(_(error.title), [error.told])
    return None


def offer_good_part(stage: Stage, stopped: SaveStopped) -> None:
    """Offer to play on, as a new night, from the last step that the story of today allows."""
    paras = [Para(_(stopped.title), "dim"), Para(stopped.told)]
    answers = [Row("new", _("Play on from the last good step, as a new night")), Row("", ""), Row("no", _("Leave it as it is"))]
    game = stopped.folded.game
    stage.ask(paras, answers, lambda answer: stage.copy(game.actions, game.seed, game.past) if answer == "new" else None)


def watch(stage: Stage, path: Path) -> None:
    """Watch a night; why it cannot be watched is said."""
    from eternal.tui.screens.cinema import CinemaScreen

    try:
        folded = folded_save(path, stage.story)
    except SaveError as error:
        stage.tell(_(error.title), [error.told])
    else:
        folded.game.locale = stage.locale
        stage.push_screen(CinemaScreen(folded.game, note=folded.stop.message if folded.stop else ""))
