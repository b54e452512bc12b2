"""How light moves over a page: appearing, dissolving, a breath between scenes, a collapse.

Each motion is asked for how things are after so many seconds, writes that into a canvas, and answers how long nothing
will change. No motion knows a clock or a widget.
"""

from __future__ import annotations

from zlib import crc32

from eternal.tui.palette import STEPS
from eternal.tui.text.canvas import Canvas, each_part
from eternal.tui.text.fade import FULL, UNSEEN, Look

__all__ = ["FRAME", "Breath", "Collapse", "Dissolve", "Motion", "Reveal"]

#: Seconds between two frames.
FRAME = 1 / 20


class Motion:
    """A movement on a canvas."""

    def at(self, seconds: float) -> float | None:
        """Put the canvas as it is after so many seconds. Return how long it stays so; None when the motion is over."""
        raise NotImplementedError

    def finish(self) -> None:
        """Put the canvas as it is when the motion is over."""
        raise NotImplementedError


class Reveal(Motion):
    """Words appear in reading order, with a small pause where a sentence ends and a longer one between paragraphs."""

    RISE = 0.3

    def __init__(self, canvas: Canvas, words_per_second: float, fresh: frozenset[int] | None = None, *, gently: bool = True) -> None:
        """Show the words of the passages in `fresh` (all, if None) one after the other; the others stay as they are."""
        self.canvas = canvas
        self.rise = self.RISE if gently else 0.0
        self.starts: list[tuple[float, int, int]] = []
        at, before = 0.0, _NOTHING
        for line, place, laid, part in each_part(canvas.sheet):
            if fresh is not None and laid.passage not in fresh:
                continue
            if part.order != before[1]:
                at += 1 / words_per_second + _pause(before[2], gap=before[0] not in (-1, laid.passage))
            before = laid.passage, part.order, part.text
            self.starts.append((at, line, place))
        self._done = 0

    def at(self, seconds: float) -> float | None:
        """Let the words shine that are due."""
        for number in range(self._done, len(self.starts)):
            start, line, place = self.starts[number]
            if start > seconds:
                return FRAME
            risen = 1.0 if not self.rise else min(1.0, (seconds - start) / self.rise)
            self.canvas.put(line, place, Look(light=round(STEPS * risen)))
            if risen == 1.0 and number == self._done:
                self._done += 1
        return None if self._done == len(self.starts) else FRAME

    def finish(self) -> None:
        """Show every word."""
        for _, line, place in self.starts:
            self.canvas.put(line, place, FULL)


#: Passage, word and text of what came before the first word.
_NOTHING = (-1, -1, "")


def _pause(before: str, *, gap: bool) -> float:
    if gap:
        return 0.4
    return 0.18 if before.rstrip('”’"*)」』）')[-1:] in ".?!…。！？" else 0.06 if before[-1:] in ",;:–、，；：" else 0.0


class Dissolve(Motion):
    """Words go one by one, the most particular first, letter by letter, until the page looks as its integrity says."""

    GOING = 1.1

    def __init__(self, canvas: Canvas, goal: list[list[Look]], *, wait: float, each: float, longest: float = 45.0) -> None:
        """After `wait` seconds let a word go every `each` seconds, all within `longest`."""
        self.canvas = canvas
        self.goal = goal
        changing = [
            (-part.rank, crc32(b"%d" % part.key), line, place)
            for line, place, _, part in each_part(canvas.sheet)
            if canvas.looks[line][place] != goal[line][place]
        ]
        each = min(each, longest / max(1, len(changing)))
        self.going = [(wait + number * each, line, place) for number, (_, _, line, place) in enumerate(sorted(changing))]
        self._from = [canvas.looks[line][place] for _, line, place in self.going]
        self._done = 0

    def at(self, seconds: float) -> float | None:
        """Let the words go that are due."""
        for number in range(self._done, len(self.going)):
            start, line, place = self.going[number]
            if start > seconds:
                return FRAME if number > self._done else max(FRAME, start - seconds)
            gone = min(1.0, (seconds - start) / self.GOING)
            self.canvas.put(line, place, _between(self._from[number], self.goal[line][place], gone))
            if gone == 1.0 and number == self._done:
                self._done += 1
        return None if self._done == len(self.going) else FRAME

    def finish(self) -> None:
        """Let all of them be gone."""
        for _, line, place in self.going:
            self.canvas.put(line, place, self.goal[line][place])


def _between(start: Look, goal: Look, gone: float) -> Look:
    """Return a look on the way from one to another: first it pales, then the letters leave."""
    if gone >= 1.0:
        return goal
    eaten = round(start.eaten + (goal.eaten - start.eaten) * max(0.0, gone - 0.25) / 0.75)
    if gone < 0.25 or not eaten:
        return Look(eaten=start.eaten, light=STEPS, pale=True)
    return Look(eaten=eaten, light=STEPS, pale=True)


class Breath(Motion):
    """The page goes dark, evenly and quickly: a scene ends."""

    LONG = 0.28

    def __init__(self, canvas: Canvas) -> None:
        """Let the whole canvas go."""
        self.canvas = canvas

    def at(self, seconds: float) -> float | None:
        """Take the light back."""
        self.canvas.below = max(0, round(STEPS * (1 - seconds / self.LONG)))
        self.canvas.shine(self.canvas.below)
        return FRAME if seconds < self.LONG else None

    def finish(self) -> None:
        """Leave nothing."""
        self.canvas.below = 0
        self.canvas.shine(0)


class Collapse(Motion):
    """A memory goes with Joel in it: every word leaves but the kept ones, which stay alone for a while, and then go dark."""

    FALL, ALONE, DARK = 1.6, 1.1, 0.5

    def __init__(self, canvas: Canvas) -> None:
        """Let the whole canvas go, from the edges inward."""
        self.canvas = canvas
        middle = max(1, len(canvas.sheet.lines)) / 2
        self.parts = [
            (self.FALL * (0.45 * (1 - abs(line - middle) / middle) + 0.35 * (crc32(b"%d" % part.key) % 100) / 100), line, place)
            for line, place, _, part in each_part(canvas.sheet)
            if not part.lit and canvas.looks[line][place].eaten < 100
        ]
        self._eaten = [canvas.looks[line][place].eaten for _, line, place in self.parts]
        self.has_lit = any(part.lit for _, _, _, part in each_part(canvas.sheet))

    def at(self, seconds: float) -> float | None:
        """Let them fall; what could be chosen there goes first."""
        self.canvas.below = max(0, round(STEPS * (1 - 3 * seconds / self.FALL)))
        if seconds < self.FALL:
            for (start, line, place), before in zip(self.parts, self._eaten, strict=True):
                gone = min(1.0, max(0.0, (seconds - start) / (0.2 * self.FALL)))
                if gone:  # no letter that has left comes back
                    self.canvas.put(line, place, Look(eaten=round(before + (100 - before) * gone), light=STEPS, pale=True))
            return FRAME
        self._empty()
        alone = self.ALONE if self.has_lit else 0.4
        if seconds < self.FALL + alone:
            return max(FRAME, self.FALL + alone - seconds)
        self.canvas.shine(max(0, round(STEPS * (1 - (seconds - self.FALL - alone) / self.DARK))))
        return FRAME if seconds < self.FALL + alone + self.DARK else None

    def _empty(self) -> None:
        for _, line, place in self.parts:
            self.canvas.put(line, place, UNSEEN)

    def finish(self) -> None:
        """Leave nothing."""
        self._empty()
        self.canvas.shine(0)
