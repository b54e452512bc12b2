"""From a folder or a zip to a story, or to every mistake in it.

Fast when all is well: events to trees to structs to tables, nothing located. When something is wrong, the same findings
are resolved to lines and columns.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

from msgspec import Struct, ValidationError, convert

from eternal.story import cache
from eternal.story.diagnostics import Diagnostic, Finding, StoryError, finding
from eternal.story.pack import read_pack, stamps
from eternal.story.places import locate
from eternal.story.reader import Tree, decode, read
from eternal.story.rules import Origin, Rules
from eternal.story.schema import Header, Scene
from eternal.story.story import Story
from eternal.story.validate import explain

__all__ = ["SHIPPED", "Report", "digest_of", "examine", "load"]

#: The story that comes with the package.
SHIPPED = Path(__file__).resolve().parents[1] / "data" / "story"
if not SHIPPED.is_dir():  # a checkout: the story stands beside the package
    SHIPPED = Path(__file__).resolve().parents[2] / "story"


class Report(Struct, frozen=True):
    """What examining a pack gave: the story if it has no errors, and everything to say about it."""

    story: Any
    diagnostics: tuple[Diagnostic, ...]


def load(path: str | Path, *, cached: bool = True) -> Story:
    """Return the story of a pack.

    Args:
        path: a folder with `story.yaml`, or a `.zip` of one.
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
        report = _examine(files, findings, digest)
    if report.story is None:
        raise StoryError(report.diagnostics)
    if stamped:
        cache.store(pack, stamped, report.story)
    story: Story = report.story
    return story


def examine(path: str | Path) -> Report:
    """Return everything there is to say about a pack; never takes it from the cache, never raises for its mistakes."""
    files, findings = read_pack(Path(path))
    with _no_collector():
        return _examine(files, findings, digest_of(files))


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


class _Assembly:
    """The scenes of a pack as they are read, with where each stands."""

    def __init__(self) -> None:
        self.header: Header | None = None
        self.header_file = ""
        self.scenes: dict[str, Scene] = {}
        self.origins: dict[str, Origin] = {}
        self.findings: list[Finding] = []

    def take(self, name: str, documents: list[Tree]) -> None:
        for number, tree in enumerate(documents):
            if self.header is None and not self.header_file and number == 0:
                self.header_file = name
                self.header = self._struct(tree, Header, name, number, "the story")
            else:
                self._scene(tree, name, number)

    def _scene(self, tree: Tree, name: str, number: int) -> None:
        scene = self._struct(tree, Scene, name, number, "a scene")
        if scene is None:
            # Named all the same, so that one mistake in a scene does not make every way to it a mistake.
            if isinstance(tree, dict) and isinstance(tree.get("id"), str):
                self.origins.setdefault(tree["id"], (name, number))
        elif scene.id in self.scenes:
            other = self.origins[scene.id][0]
            self.findings.append(finding("E024", name, number, ("id",), id=scene.id, other=other))
        else:
            self.scenes[scene.id] = scene
            self.origins[scene.id] = (name, number)

    def _struct(self, tree: Tree, kind: type, name: str, number: int, owner: str) -> Any:
        try:
            return convert(tree, kind, strict=False)
        except ValidationError as error:
            explained = explain(tree, kind, name, number, owner)
            self.findings += explained or [finding("E023", name, number, problem=str(error))]
            return None


def _examine(files: dict[str, bytes], findings: list[Finding], digest: str) -> Report:
    texts: dict[str, str] = {}
    made = _Assembly()
    made.findings = list(findings)
    for name, data in files.items():
        text, problem = decode(name, data)
        if problem is not None:
            made.findings.append(problem)
            text = data[:200_000].decode("utf-8", "replace") if problem.line else ""
            texts[name] = text
            if not made.header_file:
                made.header_file = name
            continue
        texts[name] = text
        documents, problems = read(name, text)
        made.findings += problems
        if not documents and not problems and not made.header_file:
            made.header_file = name
            made.findings.append(finding("E011", name, problem="story.yaml is empty"))
        if not problems or made.header is None:
            made.take(name, documents)
    # Cross-references mean nothing while whole scenes could not be read: mend those first.
    if made.header is not None and not made.findings:
        rules = Rules(made.header, made.header_file, made.scenes, made.origins)
        made.findings += rules.run()
        if not made.findings:
            return Report(Story(made.header, made.scenes, rules.index, digest), ())
    return Report(None, tuple(locate(made.findings, lambda name: texts.get(name, ""))))
