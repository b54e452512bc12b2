"""The bench: the last good version of a story, what has been done in it, and where that leads on the version of today."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eternal.author.watch.steps import MARKS, Step, take
from eternal.engine.state import State
from eternal.engine.step import start
from eternal.errors import Refused
from eternal.story.diagnostics import Diagnostic
from eternal.story.load import survey
from eternal.story.pack import Stamp, stamps
from eternal.story.reader import Reading, read
from eternal.story.story import Story

__all__ = ["Bench"]


class Bench:
    """A story being written, and a night in it.

    Attributes:
        pack: the folder or zip of the story.
        story: its last version without errors; None while there has been none.
        diagnostics: what is wrong with the version on the disk; empty when it is the one that is played.
        files: the file that each scene stands in.
        stamps: of the files, as they were when they were read.
        steps: what has been done. Some of it may be out of reach: see `stop`.
        states: the state before the first step, and after each one that the story allows.
        stop: why the night stands before the end of its steps, or nothing.
    """

    def __init__(self, pack: Path, steps: Sequence[Step] = (), *, seed: int = 0, past: tuple[str, ...] = ()) -> None:
        """Read the story and do again what was done."""
        self.pack = pack
        self.seed = seed
        self.past = past
        self.story: Story | None = None
        self.diagnostics: tuple[Diagnostic, ...] = ()
        self.files: dict[str, str] = {}
        self.stamps: tuple[Stamp, ...] = ()
        self._readings: dict[str, tuple[str, Reading]] = {}
        self.steps = list(steps)
        self.states: list[State] = []
        self.stop = ""
        self.reload()

    @property
    def state(self) -> State:
        """Where the night stands; only asked when there is a story."""
        return self.states[-1]

    @property
    def done(self) -> int:
        """How many steps lead to where the night stands."""
        return max(0, len(self.states) - 1)

    @property
    def marked(self) -> bool:
        """Whether something was done on the way here that no player can do."""
        return any(step.do in MARKS for step in self.steps[: self.done])

    def reload(self) -> bool:
        """Read the story again and replay. Return whether there is a new good version; else the last one goes on."""
        self.stamps = stamps(self.pack)
        found = survey(self.pack, self._remembered)
        if found.story is None:
            self.diagnostics = found.report().diagnostics
            return False
        self.diagnostics = ()
        self.files = {scene: origin[0] for scene, origin in found.origins.items()}
        if self.story is not None and found.story.digest == self.story.digest:
            return False
        self.story = found.story
        self._replay(found.story)
        return True

    def _remembered(self, name: str, text: str) -> Reading:
        """Read a file, or remember what it read like: an edit changes one of many."""
        known = self._readings.get(name)
        if known is None or known[0] != text:
            known = self._readings[name] = (text, read(name, text))
        return known[1]

    def _replay(self, story: Story) -> None:
        """Do everything again, as far as the story allows. The rest is kept: an edit that is undone brings it back."""
        self.stop = ""
        self.states = [start(story, self.seed, self.past)]
        for number, step in enumerate(self.steps, start=1):
            try:
                self.states.append(take(story, self.state, step))
            except Refused as refused:
                left = len(self.steps) - number + 1
                self.stop = f"step {number} ({step.words}) is no longer possible: {refused.message}; {left} of {len(self.steps)} steps wait"
                return

    def do(self, step: Step) -> str:
        """Do something. Return why it is refused, or nothing; what was out of reach is dropped with it."""
        if self.story is None:
            return "there is no story yet"
        try:
            after = take(self.story, self.state, step)
        except Refused as refused:
            return refused.message
        self.steps = [*self.steps[: self.done], step]
        self.states.append(after)
        self.stop = ""
        return ""

    def jump(self, scene: str) -> str:
        """Stand in any scene, with the effects of entering it. Marks the night."""
        return self.do(Step("jump", scene, self.state.scene)) if self.states else "there is no story yet"

    def put(self, variable: str, value: str) -> str:
        """Give a variable a value. Marks the night."""
        return self.do(Step("set", variable, self.state.scene, value)) if self.states else "there is no story yet"

    def back(self) -> str:
        """Take the last step back. Return why not, or nothing."""
        if self.done == 0:
            return "this is the beginning"
        self.states.pop()
        self.steps = self.steps[: self.done]
        self.stop = ""
        return ""

    def restart(self) -> None:
        """Begin the night again."""
        self.steps, self.stop = [], ""
        self.states = self.states[:1]
