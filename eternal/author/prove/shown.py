"""Whether a night shows what it is said to show: asked of the engine itself, whatever found the night."""

from __future__ import annotations

from eternal.author.prove.goals import Goal
from eternal.engine.choices import available, blocks, fragments_here, possible
from eternal.engine.conditions import holds
from eternal.engine.game import Game
from eternal.engine.state import State
from eternal.story.claims import read_claim
from eternal.story.story import Story

__all__ = ["shows"]


def shows(game: Game, goal: Goal) -> bool:
    """Tell whether a game stands where a goal is met (or, for being without a way on, where one is)."""
    story, state = game.story, game.state
    kind, about = goal
    match kind:
        case "scene" | "ending":
            return state.scene == about
        case "choice":
            return about in {f"{state.scene}/{choice.id}" for choice in available(story, state)}
        case "block":
            return about in {f"{state.scene}#{number}" for number, _ in blocks(story, state)}
        case "fragment":
            return about in fragments_here(story, state)
        case "way-on":
            return state.scene == about and not any(ways_on(story, state))
    claim = read_claim(about)
    return claim is not None and holds(story, state, claim.about, state.scene)


def ways_on(story: Story, state: State) -> list[str]:
    """Name what leads on from a state: neither keeping, dropping nor hiding words does."""
    return [type(action).__name__ for action in possible(story, state) if type(action).__name__ in ("Choose", "Flee")]
