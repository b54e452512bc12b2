"""A save: a file and the night in it, played on or only watched."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from eternal.engine.actions import Action
from eternal.engine.game import Game
from eternal.engine.state import digest
from eternal.saves.disk import DISK, Disk
from eternal.saves.errors import SaveError
from eternal.saves.fold import Folded, Stop, fold
from eternal.saves.format import MAX_BYTES, Header, Parsed, Record, encode_header, encode_record, parse
from eternal.saves.journal import Journal, explain
from eternal.saves.lock import Lock
from eternal.story.safety import clean
from eternal.story.story import Story

__all__ = ["SUFFIX", "Save", "read_save"]

SUFFIX = ".eternal"


def read_save(path: Path, disk: Disk = DISK) -> Parsed:
    """Read a save's lines without playing them.

    Raises:
        SaveError: it cannot be read, is no save, or is damaged.
    """
    try:
        data = disk.read(path, MAX_BYTES + 1)
    except IsADirectoryError:
        raise SaveError(f"{clean(str(path))} is a folder") from None
    except OSError as error:
        raise SaveError(f"{clean(str(path))} cannot be read: {(error.strerror or str(error)).lower()}") from None
    return parse(data, clean(path.name))


class Save:
    """A save opened to be played on.

    Attributes:
        path: the file; None when nothing could be written and the night lives in memory.
        game: the night.
        notices: what the player should be told about opening it.
    """

    def __init__(self, path: Path | None, game: Game, journal: Journal | None, notices: list[str]) -> None:
        """Tie a game to its journal: from here on every action is recorded before it is seen."""
        self.path = path
        self.game = game
        self.notices = notices
        self._journal = journal
        game.recorder = self._record if journal is not None else None

    @property
    def trouble(self) -> str | None:
        """Why the night is not on the disk, or None."""
        if self._journal is None:
            return "this night is not being saved"
        return self._journal.trouble

    @classmethod
    def create(cls, story: Story, path: Path, *, seed: int = 0, past: tuple[str, ...] = (), locale: str = "en", disk: Disk = DISK) -> Save:
        """Begin a night in a new file.

        If it cannot be written, the night is played in memory all the same, and a notice says why.
        """
        game = Game(story, seed=seed, past=past)
        header = Header(
            story=story.id, version=story.header.version, digest=story.digest, seed=seed, locale=locale, past=past,
            created=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )  # fmt: skip
        try:
            journal = _new_journal(path, header, (), disk)
        except OSError as error:
            return cls(None, game, None, [f"this night is not being saved: {explain(error)}"])
        return cls(path, game, journal, [])

    @classmethod
    def open(cls, path: str | Path, story: Story | None = None, disk: Disk = DISK) -> Save:
        """Open a save and stand where it stopped.

        A torn end is cut off and kept beside it. A save of an edited story is played again on the story of today; what
        it was is kept beside it.

        Args:
            path: the save.
            story: the story; by default the one that comes with the package.
            disk: the file system.

        Raises:
            SaveError: it cannot be read, is damaged, belongs to another story, is being played, or the story no longer
                allows one of its steps (`stopped` then holds the night up to there).
        """
        path = Path(path)
        story = story or _shipped()
        read_save(path, disk)  # what is no save is refused before anything is written beside it
        try:
            lock = Lock(path)
        except OSError as error:
            folded = folded_save(path, story, disk)
            return cls(None, folded.game, None, [f"this night is not being saved: {explain(error)}"])
        try:
            return cls._open(path, story, lock, disk)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open(cls, path: Path, story: Story, lock: Lock, disk: Disk) -> Save:
        notices: list[str] = []
        parsed = read_save(path, disk)
        folded = _fold(path, story, parsed)
        try:
            if parsed.torn:
                notices.append(_keep_torn(path, parsed, disk))
            if not folded.same_story:
                notices.append(_migrate(path, story, parsed, folded.game, disk))
                parsed = read_save(path, disk)
            journal = Journal(path, parsed.good, lock, disk)
        except OSError as error:
            lock.release()
            return cls(None, folded.game, None, [*notices, f"this night is not being saved: {explain(error)}"])
        return cls(path, folded.game, journal, notices)

    def _record(self, number: int, action: Action, scene: str, state: str) -> None:
        if self._journal is not None:
            self._journal.append(Record.of(number, action, scene, state))

    def close(self) -> None:
        """Close the file. The game can no longer be saved, but is still there to be seen."""
        self.game.recorder = None
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def __enter__(self) -> Self:
        """Use the save as a context that closes it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()


class SaveStopped(SaveError):
    """The story no longer allows a step of the save. `folded.game` stands at the last good point; the file is untouched."""

    title = "The story has changed under this save"

    def __init__(self, message: str, folded: Folded, stop: Stop) -> None:
        """Keep how far it went."""
        super().__init__(message)
        self.folded = folded
        self.stop = stop


def folded_save(path: Path, story: Story, disk: Disk = DISK, until: int | None = None) -> Folded:
    """Play a save again without opening it for writing; a step that the story refuses ends it.

    Raises:
        SaveError: it cannot be read, is damaged, or belongs to another story.
    """
    parsed = read_save(path, disk)
    _check_story(path, story, parsed)
    return fold(story, parsed.header, parsed.records, until)


def _fold(path: Path, story: Story, parsed: Parsed) -> Folded:
    _check_story(path, story, parsed)
    folded = fold(story, parsed.header, parsed.records)
    if folded.stop is not None:
        raise SaveStopped(f"{clean(path.name)}: {folded.stop.message}", folded, folded.stop)
    return folded


def _check_story(path: Path, story: Story, parsed: Parsed) -> None:
    if parsed.header.story != story.id:
        raise SaveError(f"{clean(path.name)} is a night of the story {clean(parsed.header.story)!r}, not of {story.id!r}")


def _shipped() -> Story:
    from eternal.story.load import SHIPPED, load

    return load(SHIPPED)


def _new_journal(path: Path, header: Header, records: tuple[Record, ...], disk: Disk) -> Journal:
    disk.make_folder(path.parent)
    lock = Lock(path)
    try:
        data = encode_header(header) + b"".join(map(encode_record, records))
        disk.write_file(path, data)
        return Journal(path, len(data), lock, disk)
    except BaseException:
        lock.release()
        raise


def _keep_torn(path: Path, parsed: Parsed, disk: Disk) -> str:
    """Cut a torn end off, keeping the file as it was beside it, and say so."""
    data = disk.read(path, MAX_BYTES)
    beside = _free(path.with_name(path.name + ".damaged"))
    disk.write_file(beside, data)
    descriptor = disk.open(path, os.O_WRONLY)
    try:
        disk.truncate(descriptor, parsed.good)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)
    return f"the last {parsed.torn} bytes of {clean(path.name)} were damaged and have been cut off; {clean(beside.name)} keeps them"


def _migrate(path: Path, story: Story, parsed: Parsed, game: Game, disk: Disk) -> str:
    """Write a save anew for the story of today, keeping what it was beside it, and say so."""
    beside = _free(path.with_name(f"{path.name}.{parsed.header.digest[:6]}"))
    disk.write_file(beside, disk.read(path, MAX_BYTES)[: parsed.good])
    header = Header(
        story=story.id, version=story.header.version, digest=story.digest, seed=parsed.header.seed,
        locale=parsed.header.locale, past=parsed.header.past, created=parsed.header.created,
    )  # fmt: skip
    disk.write_file(path, encode_header(header) + b"".join(map(encode_record, records_of(game))))
    return f"the story has changed since this night was saved; it has been carried over, and {clean(beside.name)} keeps what it was"


def records_of(game: Game) -> tuple[Record, ...]:
    """Return a night's actions as a save's records."""
    return tuple(
        Record.of(number, action, before.scene, digest(game.story, after))
        for number, (action, before, after) in enumerate(zip(game.actions, game.states, game.states[1:], strict=False), start=1)
    )


def _free(path: Path) -> Path:
    """Return the path, or one with a number after it that nobody has."""
    number, free = 2, path
    while free.exists():
        free = path.with_name(f"{path.name}.{number}")
        number += 1
    return free
