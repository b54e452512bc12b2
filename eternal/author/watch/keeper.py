"""Where a night at the bench is kept.

An honest one is an ordinary save. As soon as something was done that no player can do, the night goes on in a file of
another form and another name: nothing that reads saves takes it for one, and the save stays where it was honest.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from eternal.author.watch.bench import Bench
from eternal.author.watch.steps import Step
from eternal.engine.digests import digest
from eternal.safety import clean
from eternal.saves.disk import DISK, Disk, explain
from eternal.saves.errors import SaveError
from eternal.saves.format import MAX_ACTIONS, MAX_BYTES, Record, SaveHeader, encode_header, encode_record, seal, unseal
from eternal.saves.lock import Lock
from eternal.saves.save import SUFFIX, read_save
from eternal.story.story import Story

__all__ = ["MARKED_SUFFIX", "Keeper", "open_bench"]

#: The ending of a marked night's file.
MARKED_SUFFIX = ".bench"


class _Marked(Struct, frozen=True, forbid_unknown_fields=True):
    """The first line of a marked night: nothing that a save could begin with."""

    bench: int
    story: Annotated[str, Meta(max_length=60)]
    seed: Annotated[int, Meta(ge=0, le=2**53)]
    past: Annotated[tuple[Annotated[str, Meta(max_length=60)], ...], Meta(max_length=500)] = ()


class Keeper:
    """Writes a night at the bench after everything that is done.

    Attributes:
        path: the save; a marked night goes into the file beside it that ends in `.bench`.
        trouble: why the last step is not on the disk, or nothing.
        notices: what the author should be told, once.
    """

    def __init__(self, path: Path, *, disk: Disk = DISK) -> None:
        """Take the file for ourselves.

        Raises:
            SaveError: somebody is playing it, or its folder cannot be written to.
        """
        self.path = path.with_suffix(SUFFIX)
        self.marked_path = path.with_suffix(MARKED_SUFFIX)
        self.trouble = ""
        self.notices: list[str] = []
        self._disk = disk
        self._theirs = {file for file in (self.path, self.marked_path) if file.exists()}
        self._was_marked = path.suffix == MARKED_SUFFIX
        try:
            disk.make_folder(path.parent)
            self._lock = Lock(self.path)
        except OSError as error:
            raise SaveError(f"{clean(str(path))} cannot be written: {explain(error)}") from None

    def keep(self, bench: Bench) -> None:
        """Write where the bench stands; what was in the file before this session is kept beside it."""
        if bench.story is None or bench.stop:
            return  # the file keeps what the story of today cannot do, until the author goes on from here
        path = self.marked_path if bench.marked else self.path
        if bench.marked and not self._was_marked:
            self.notices.append(
                f"this night is no longer an honest one: it goes on in {clean(path.name)}; {clean(self.path.name)} stays as it was"
            )
        self._was_marked = bench.marked
        try:
            self._keep_theirs(path, bench)
            self._disk.write_file(path, _marked(bench.story, bench) if bench.marked else _honest(bench.story, bench))
        except OSError as error:
            self.trouble = f"this night is not being kept: {explain(error)}"
        else:
            self.trouble = ""

    def _keep_theirs(self, path: Path, bench: Bench) -> None:
        """Keep what another session wrote, the first time something of it is written over."""
        if path not in self._theirs:
            return
        steps = _read(path).steps
        if steps == tuple(bench.steps[: len(steps)]):
            return
        self._theirs.discard(path)
        beside = _free(path)
        self._disk.write_file(beside, self._disk.read(path, MAX_BYTES))
        self.notices.append(f"{clean(beside.name)} keeps what {clean(path.name)} was")

    def close(self) -> None:
        """Let others have the file."""
        self._lock.release()


def _free(path: Path) -> Path:
    number, free = 1, path.with_name(f"{path.name}.before")
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}.before-{number}")
    return free


def _honest(story: Story, bench: Bench) -> bytes:
    header = SaveHeader.of(story, bench.seed, bench.past, story.header.language)
    pairs = zip(bench.steps, bench.states[1:], strict=False)
    return encode_header(header) + b"".join(encode_record(step.record(n, digest(story, after))) for n, (step, after) in enumerate(pairs, 1))


def _marked(story: Story, bench: Bench) -> bytes:
    header = _Marked(bench=1, story=story.id, seed=bench.seed, past=bench.past)
    return b"".join(seal(msgspec.json.encode(line)) for line in (header, *bench.steps[: bench.done]))


def open_bench(pack: Path, path: Path | None = None) -> tuple[Bench, Keeper | None]:
    """Return a bench with the night in a file done again, and what keeps it; without a file the night is not kept.

    Args:
        pack: the story; it may have errors.
        path: a save, or a marked night (`.bench`). If it is not there it is begun.

    Raises:
        SaveError: the file cannot be used, or is a night of another story.
    """
    if path is None:
        return Bench(pack), None
    night = _read(path) if path.exists() else _Night()
    bench = Bench(pack, night.steps, seed=night.seed, past=night.past)
    if night.story and bench.story is not None and bench.story.id != night.story:
        raise SaveError(f"{clean(path.name)} is a night of the story {clean(night.story)!r}, not of {bench.story.id!r}")
    return bench, Keeper(path)


class _Night(Struct, frozen=True):
    """What a file has of a night, honest or marked; the story is empty where there is no file."""

    story: str = ""
    seed: int = 0
    past: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


def _read(path: Path) -> _Night:
    if path.suffix == MARKED_SUFFIX:
        return _read_marked(path)
    parsed = read_save(path)
    steps = tuple(Step.of(record.action, record.scene) for record in _way(parsed.records))
    return _Night(parsed.header.story, parsed.header.seed, parsed.header.past, steps)


def _way(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Return the records that lead to where a save stands, without what was taken back."""
    ways: list[tuple[int, ...]] = [()]
    for number, record in enumerate(records):
        going_back = record.to is not None and record.to < len(ways)
        ways.append(ways[record.to or 0] if going_back else (*ways[-1], number))
    return tuple(records[number] for number in ways[-1])


def _read_marked(path: Path) -> _Night:
    name = clean(path.name)
    try:
        lines = DISK.read(path, MAX_BYTES).split(b"\n")[:-1]
    except OSError as error:
        raise SaveError(f"{name} cannot be read: {explain(error)}") from None
    opened = [unseal(line) for line in lines[: MAX_ACTIONS + 1]]
    try:
        if not opened or None in opened:
            raise SaveError(f"{name} is damaged, or no night of eternal watch")
        header = msgspec.json.decode(opened[0] or b"", type=_Marked)
        steps = tuple(msgspec.json.decode(line or b"", type=Step) for line in opened[1:])
        return _Night(header.story, header.seed, header.past, steps)
    except msgspec.MsgspecError:
        raise SaveError(f"{name} is no night of eternal watch") from None
