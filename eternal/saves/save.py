"""A save: a file and the night in it, played on or only watched."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from eternal.engine.actions import Action
from eternal.engine.game import Game
from eternal.locations import SUFFIX
from eternal.safety import clean_name
from eternal.saves.beside import left_as_it_is, name_beside, notices
from eternal.saves.disk import DISK, Disk, explain, real
from eternal.saves.errors import SaveError
from eternal.saves.fold import Folded, Stop, fold, records_of
from eternal.saves.format import FORMAT, MAX_BYTES, Parsed, Record, SaveHeader, encode_header, encode_record
from eternal.saves.journal import Journal
from eternal.saves.lock import Lock
from eternal.saves.parse import parse
from eternal.speech import _, mark
from eternal.story.load import load
from eternal.story.story import Story

__all__ = ["SUFFIX", "Save", "SaveStopped", "check_story", "folded_save", "read_save", "records_of"]


class SaveStopped(SaveError):
    """The story no longer allows a step of the save. `folded.game` stands at the last good point; the file is untouched.

    `session.branch` goes on from there in a file of its own.
    """

    title = "The story has changed under this save"

    def __init__(self, message: str, folded: Folded, stop: Stop) -> None:
        """Keep how far it went."""
        super().__init__(message)
        self.folded = folded
        self.stop = stop


def read_save(path: Path, disk: Disk = DISK) -> Parsed:
    """Read a save's lines without playing them.

    Raises:
        SaveError: it cannot be read, is no save, or is damaged.
    """
    return parse(_read(path, disk), clean_name(path.name))


def folded_save(path: Path, story: Story, disk: Disk = DISK, until: int | None = None) -> Folded:
    """Play a save again without opening it for writing; a step that the story refuses ends it.

    Raises:
        SaveError: it cannot be read, is damaged, or belongs to another story.
    """
    parsed = read_save(path, disk)
    check_story(path, story, parsed)
    return fold(story, parsed.header, parsed.records, until)


class Save:
    """A save opened to be played on.

    Attributes:
        game: the night.
        notices: what the player should be told: about opening it, and then whatever happens to the file.
    """

    def __init__(self, game: Game, journal: Journal, notices: list[str]) -> None:
        """Tie a game to its journal: from here on every action is recorded before it is seen."""
        self.game = game
        self.notices = journal.notices
        self.notices += [*notices, *([journal.trouble] if journal.trouble else [])]
        self._journal = journal
        game.recorder = self._record

    @property
    def path(self) -> Path | None:
        """The file; None while nothing could be written at all and the night lives in memory."""
        return self._journal.path if self._journal.is_on_disk else None

    @property
    def trouble(self) -> str | None:
        """Why the night is not on the disk as it stands, or None. It can come and go with every action."""
        return self._journal.trouble

    @classmethod
    def create(
        cls, story: Story, path: str | Path, *, seed: int = 0, past: tuple[str, ...] = (), locale: str = "en", disk: Disk = DISK
    ) -> Save:
        """Begin a night in a new file.

        If it cannot be written, the night is played in memory all the same, a notice says why, and it is written as soon as
        that is possible. If another night has the path, this one is kept under the next free name; a link stays one.

        Raises:
            SaveError: the seed is out of range.
        """
        return cls._begin(Game(story, seed=seed, past=past), (), locale, real(Path(path)), disk)

    @classmethod
    def branch(cls, path: Path, folded: Folded, disk: Disk = DISK) -> Save:
        """Go on from where a fold stands in a new file: from the last good point of a save that stopped, or of a replay.

        Args:
            path: the new file; another free name is taken if a night has it.
            folded: the night as far as it went.
            disk: the file system.
        """
        return cls._begin(folded.game, folded.records, folded.header.locale, path, disk)

    @classmethod
    def _begin(cls, game: Game, records: tuple[Record, ...], locale: str, path: Path, disk: Disk) -> Save:
        header = SaveHeader.of(game.story, game.seed, game.past, locale)
        journal = Journal(path, _lines(header, records), disk)
        journal.begin()
        said = _("{name} is another night; this one is kept as {other}").format(
            name=clean_name(path.name), other=clean_name(journal.path.name)
        )
        return cls(game, journal, [said] if journal.path != path else [])

    @classmethod
    def open(cls, path: str | Path, story: Story | None = None, disk: Disk = DISK) -> Save:
        """Open a save and stand where it stopped.

        A torn end is cut off, and a save of an edited story is carried over to the story of today; whatever that loses
        is kept beside it.

        Args:
            path: the save.
            story: the story; by default the one that comes with the package.
            disk: the file system.

        Raises:
            SaveError: it cannot be read, is damaged, belongs to another story, is being played (`SaveLocked`), or the story
                no longer allows one of its steps (`SaveStopped`, which holds the night up to there).
        """
        path = real(Path(path))
        story = story if story is not None else load()
        found = _look(path, disk)  # what is no save is refused before anything is written beside it
        lock, reason = _lock(path, disk)
        try:
            return cls._open(path, story, _look(path, disk, found), lock, reason, disk)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    @classmethod
    def _open(cls, path: Path, story: Story, found: _Found, lock: Lock | None, reason: OSError | None, disk: Disk) -> Save:
        data, parsed = found.data, found.parsed
        folded = _fold(path, story, parsed)
        header = replace(parsed.header, eternal=FORMAT, version=story.header.version, digest=story.digest, past=folded.game.past)
        lines = _lines(header, folded.records)
        journal = Journal(path, lines, disk)
        if data == b"".join(lines):
            journal.go_on(lock, reason)
            return cls(folded.game, journal, [])
        loses = parsed.torn or folded.records != parsed.records or parsed.format != FORMAT
        journal.carry_over(lock, data, name_beside(path, parsed) if loses else None, reason)
        if journal.trouble is not None:
            return cls(folded.game, journal, list(left_as_it_is(path, parsed)))
        return cls(folded.game, journal, list(notices(path, parsed, folded, journal.kept)))

    def _record(self, number: int, action: Action, scene: str, state: str) -> None:
        self._journal.append(Record.of(number, action, scene, state))

    def settle(self) -> None:
        """See to it that the file has the night as it stands, if that is possible now; `path` and `trouble` tell."""
        self._journal.settle()

    def close(self) -> None:
        """Close the file. The game can no longer be saved, but is still there to be seen."""
        if self.game.recorder is not None:
            self.game.recorder = None
            self._journal.close()

    def __enter__(self) -> Self:
        """Use the save as a context that closes it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()


def _read(path: Path, disk: Disk) -> bytes:
    try:
        return disk.read(path, MAX_BYTES + 1)
    except OSError as error:
        raise SaveError(mark("{name} cannot be read: {why}"), name=clean_name(str(path)), why=explain(error)) from None


class _Found(Struct, frozen=True):
    """What a file has: its bytes, and the night in them."""

    data: bytes
    parsed: Parsed


def _look(path: Path, disk: Disk, before: _Found | None = None) -> _Found:
    """Read a save. If it has been read before and has not been played on since, that is what it has."""
    data = _read(path, disk)
    return before if before is not None and before.data == data else _Found(data, parse(data, clean_name(path.name)))


def _lock(path: Path, disk: Disk) -> tuple[Lock | None, OSError | None]:
    """Take the lock of a save, or say what keeps the disk from having it.

    Raises:
        SaveLocked: another player has it.
    """
    try:
        return Lock(path, disk), None
    except OSError as error:
        return None, error


def _lines(header: SaveHeader, records: tuple[Record, ...]) -> list[bytes]:
    return [encode_header(header), *map(encode_record, records)]


def _fold(path: Path, story: Story, parsed: Parsed) -> Folded:
    check_story(path, story, parsed)
    folded = fold(story, parsed.header, parsed.records)
    if folded.stop is not None:
        raise SaveStopped(f"{clean_name(path.name)}: {folded.stop.message}", folded, folded.stop)
    return folded


def check_story(path: Path, story: Story, parsed: Parsed) -> None:
    """Refuse a save of another story.

    Raises:
        SaveError: it is one.
    """
    if parsed.header.story != story.id:
        said = mark("{name} is a night of the story {theirs!r}, not of {ours!r}")
        raise SaveError(said, name=clean_name(path.name), theirs=parsed.header.story, ours=story.id)
