"""A state of a story in a language: what the parts of a page ask to say anything at all."""

from __future__ import annotations

from eternal.engine.pages import HeldView
from eternal.engine.plans import Plan
from eternal.engine.state import State, Value
from eternal.speech import _
from eternal.story import markup
from eternal.story.catalog import Catalog
from eternal.story.messages import fragment_key, scene_key
from eternal.story.story import Story

__all__ = ["Teller", "shown"]


class Teller:
    """Says one state of a story in one language; without a catalog as the author wrote it.

    Attributes:
        scene: where Joel stands.
        head: the scene that owns its strength and room.
    """

    def __init__(self, story: Story, state: State, plan: Plan, catalog: Catalog | None) -> None:
        """Stand where the state stands; `plan` is that scene's."""
        self.story = story
        self.state = state
        self.catalog = catalog
        self.scene = story.scenes[state.scene]
        self.head = story.scenes[plan.head]

    def say(self, key: str, text: str) -> str:
        """Return a line by its key in the catalogs."""
        return self.catalog.say(key, text) if self.catalog is not None else text

    def prose(self, key: str, text: str) -> str:
        """Return what is read as paragraphs: the translation, unless it would break the page."""
        if self.catalog is None:
            return text
        said = self.say(key, text)
        return said if said is text or markup.links_of(said) == markup.links_of(text) else text

    def title(self, scene: str) -> str:
        """Return what a scene is called."""
        return self.filled(self.prose(scene_key(scene, "title"), self.story.scenes[scene].title))

    def filled(self, line: str) -> str:
        """Return a line with the values it shows between braces."""
        if "{" not in line:
            return line
        return markup.SHOWN.sub(lambda found: shown(self.state.values[self.story.variables[found.group(1)]]), line)

    def held(self, name: str, place: str = "") -> HeldView:
        """Return what is shown of a fragment that Joel has, and of where it is hidden."""
        spec = self.story.scenes[self.story.index.fragments[name]].fragments[name]
        return HeldView(name, spec.motif, self.say(fragment_key(name), spec.line), self.title(place) if place else "")


def shown(value: Value) -> str:
    """Return the value of a variable as it is read."""
    return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)
