"""How tests say what is done in a night: `choose all`, `keep star`, `flee yard`, `rewind 3`; a single word is a choice."""

from __future__ import annotations

from eternal.engine.game import Game

__all__ = ["act", "finish"]


def act(game: Game, *acts: str) -> Game:
    """Do one thing after the other."""
    for deed in acts:
        verb, _, name = deed.rpartition(" ")
        if verb == "rewind":
            game.rewind(int(name))
        else:
            getattr(game, verb or "choose")(name)
    return game


def finish(game: Game) -> Game:
    """Take the last choice of every page until the night is over."""
    while not game.is_over:
        game.choose(game.view.choices[-1].id)
    return game
