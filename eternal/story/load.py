"""From a folder or a zip to a story, or to every mistake in it.

Fast when all is well: events to trees to structs to tables, nothing located. When something is wrong, the same findings
are resolved to lines and columns.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from eternal.story import cache
from eternal.story.decoding import decode, shown
from eternal.story.diagnostics import Diagnostic, Finding, StoryError, finding
from eternal.story.pack import read_pack, shown_path, stamps
from eternal.story.story import Story

if TYPE_CHECKING:  # a story from the cache is there before YAML and the rules would be
    from eternal.story.known import Origin
    from eternal.story.reader import Reading

__all__ = ["SHIPPED", "Report", "Survey", "digest_of", "examine", "load", "survey"]

#: The story that comes with the package.
SHIPPED = Path(__file__).resolve().parents[1] / "data" / "story"
if not SHIPPED.is_dir():  # a checkout: the story stands beside the package
    SHIPPED = Path(__file__).resolve().parents[2] / "story"


class Report(Struct, frozen=True):
    """What examining a pack gave: the story if it has no errors, and everything to say about it, in the order of the files."""

    story: Story | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def errors(self) -> int:
        """How many of the diagnostics are errors."""
        return sum(diagnostic.severity == "error" for diagnostic in self.diagnostics)


class Survey(Struct, frozen=True):
    """A pack as it was read: what a report is made of.

    Attributes:
        story: the story, or None if it has errors.
        findings: what is wrong with it, not yet located.
        files: the bytes of its files, by the names to show.
        header_file: the name of its `story.yaml`.
        origins: the file of each scene and the number of its document in it.
    """

    story: Story | None
    findings: list[Finding]
    files: dict[str, bytes]
    header_file: str
    origins: dict[str, Origin]

    def text_of(self, name: str) -> str:
        """Return the text of a file as its places are counted; nothing if there is no such file."""
        data = self.files.get(name, b"")
        text, problems = decode(name, data)
        return text or (shown(data) if problems and problems[0].line else "")

    def report(self, more: Iterable[Finding] = ()) -> Report:
        """Locate everything there is to say, and what the caller has found besides."""
        from eternal.story.places import locate

        return Report(self.story, tuple(locate([*self.findings, *more], self.text_of)))


def load(path: str | Path = SHIPPED, *, cached: bool = True) -> Story:
    """Return the story of a pack.

    Args:
        path: a folder with `story.yaml`, or a `.zip` of one; by default the story that comes with the package.
        cached: whether a compiled story may be taken from, and put into, the cache.

    Raises:
        StoryError: the pack has errors; it carries all of them, located.
    """
    pack = Path(path)
    stamped = stamps(pack) if cached else ()
    kept = cache.fetch(pack, stamped) if stamped else None
    if kept is not None:
        return kept
    files, findings = read_pack(pack)
    digest = digest_of(files)
    if stamped and not findings:
        kept = cache.fetch_by_digest(pack, stamped, digest)
        if kept is not None:
            return kept
    with _no_collector():
        read = _survey(pack, files, findings, digest)
    if read.story is None:
        raise StoryError(read.report().diagnostics)
    if stamped:
        cache.store(pack, stamped, read.story)
    return read.story


def examine(path: str | Path) -> Report:
    """Return everything there is to say about a pack; never takes it from the cache, never raises for its mistakes."""
    return survey(path).report()


def survey(path: str | Path, reading: Callable[[str, str], Reading] | None = None) -> Survey:
    """Read a pack, without the cache, and return all that is known of it.

    Args:
        path: a folder with `story.yaml`, or a `.zip` of one.
        reading: reads the text of a file; who reads a pack again and again can remember what has not changed.
    """
    files, findings = read_pack(Path(path))
    with _no_collector():
        return _survey(Path(path), files, findings, digest_of(files), reading)


def digest_of(files: dict[str, bytes]) -> str:
    """Return the digest of a pack's files: of their bytes, in order, wherever the pack lies."""
    state = blake2b(digest_size=16)
    for data in files.values():
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()


@contextmanager
def _no_collector() -> Iterator[None]:
    """Hold the garbage collector off: a story is a tree, and walking it again and again triples the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _survey(
    path: Path, files: dict[str, bytes], findings: list[Finding], digest: str, reading: Callable[[str, str], Reading] | None = None
) -> Survey:
    from eternal.story.assembly import MAX_MISTAKES, Assembly
    from eternal.story.reader import read

    made = Assembly(list(findings), reading or read)
    for name, data in files.items():
        made.take(name, data)
        if made.is_full:
            break
    index = made.check()
    story = None if made.header is None or index is None else Story(made.header, made.scenes, index, digest, path)
    if made.is_full:
        del made.findings[MAX_MISTAKES:]
        made.findings.append(finding("E099", shown_path(path), limit=MAX_MISTAKES))
    return Survey(story, made.findings, files, made.header_file, made.origins)
