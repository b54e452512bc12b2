"""From states back to the nights that lead to them, and from nights to saves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from eternal.author.prove.finding import Finding, Night
from eternal.author.prove.space import chains
from eternal.engine.fast import Fast
from eternal.engine.game import Game
from eternal.saves.fold import records_of
from eternal.saves.format import SaveHeader, encode_header, encode_record
from eternal.saves.save import SUFFIX
from eternal.story.story import Story

__all__ = ["Replayed", "file_name", "played", "save_of", "traced", "witnesses", "write_witnesses"]

#: A level and states of it that are wanted -> a state of the level before for each, and the code that leads on.
Parents = Callable[[int, set[int]], Mapping[int, tuple[int, int]]]


def traced(fast: Fast, roots: Mapping[int, tuple[str, ...]], wanted: Iterable[tuple[int, int]], parents: Parents) -> dict[int, Night]:
    """Return a shortest night to each of some states.

    Args:
        fast: the compiled story.
        roots: the states of level 0, with how earlier nights had ended.
        wanted: states and their levels.
        parents: finds the states before.
    """
    levels: dict[int, set[int]] = {}
    asked = set()
    for state, level in wanted:
        levels.setdefault(level, set()).add(state)
        asked.add(state)
    known: dict[int, tuple[int, int]] = {}
    for level in range(max(levels, default=0), 0, -1):
        if levels.get(level):
            found = parents(level, levels[level])
            known.update(found)
            levels.setdefault(level - 1, set()).update(state for state, _ in found.values())
    nights = {}
    for state in asked:
        root, codes = chains(known, state)
        nights[state] = Night(roots[root], tuple(fast.action(code) for code in codes))
    return nights


def played(story: Story, night: Night) -> Game:
    """Play a night with the engine itself: what the compiled path claims to have found, `step` must allow."""
    game = Game(story, seed=0, past=night.past)
    for action in night.actions:
        game.act(action)
    return game


class Replayed:
    """Nights played again one after another: one that goes on where the last one stood is not played anew."""

    def __init__(self, story: Story) -> None:
        """Begin with nothing played."""
        self.story = story
        self._game: Game | None = None

    def play(self, night: Night) -> Game:
        """Play a night to its end."""
        game = self._game
        done = len(game.actions) if game is not None else 0
        if game is None or game.past != night.past or tuple(game.actions) != night.actions[:done]:
            game, done = Game(self.story, seed=0, past=night.past), 0
        for action in night.actions[done:]:
            game.act(action)
        self._game = game
        return game


def save_of(story: Story, night: Night) -> bytes:
    """Return a night as an ordinary save."""
    game = played(story, night)
    header = SaveHeader(
        story=story.id, version=story.header.version, digest=story.digest, seed=0, locale=story.header.language, past=night.past
    )  # fmt: skip
    return encode_header(header) + b"".join(map(encode_record, records_of(game)))


def file_name(finding: Finding, number: int) -> str:
    """Return the name of a finding's save: what it shows, with a number so that no two share one."""
    words = "".join(letter if letter.isalnum() or letter == "-" else "-" for letter in f"{finding.claim}-{finding.about}")
    return f"{number:04}-{words[:60].strip('-')}{SUFFIX}"


def witnesses(story: Story, findings: Iterable[Finding], folder: Path) -> Iterator[tuple[tuple[str, str], Path]]:
    """Write the save of every finding that has a night, and yield where each is as soon as it is there.

    Raises:
        OSError: the folder takes no more; what was yielded before is whole, and nothing else of this is left behind.
    """
    folder.mkdir(parents=True, exist_ok=True)
    saves: dict[Night, bytes] = {}
    for number, finding in enumerate(findings, start=1):
        if finding.night is not None:
            data = saves.setdefault(finding.night, b"") or save_of(story, finding.night)
            saves[finding.night] = data
            _write(path := folder / file_name(finding, number), data)
            yield (finding.claim, finding.about), path


def _write(path: Path, data: bytes) -> None:
    """Write a save or nothing: a part of one is no witness."""
    whole = False
    try:
        path.write_bytes(data)
        whole = True
    except OSError as error:  # a disk that is full names no file
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        if not whole and path.is_file():
            path.unlink()


def write_witnesses(story: Story, findings: Iterable[Finding], folder: Path) -> dict[tuple[str, str], Path]:
    """Write the save of every finding that has a night, and return where each is."""
    return dict(witnesses(story, findings, folder))
