"""What scenes say and do: every condition, effect and text of a story must parse, and its names must mean something."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import Any

from eternal.story import expr, markup, types
from eternal.story.diagnostics import Path
from eternal.story.known import Known
from eternal.story.schema import Block, Effects, Scene
from eternal.story.story import Tracked
from eternal.story.values import fits, kind_of

__all__ = ["Contents"]


@lru_cache(maxsize=16_384)
def _asking(text: str) -> tuple[ast.AST, ...]:
    """Return the names and calls of a condition: looked for once, however often a story that is being written is read again."""
    return tuple(node for node in ast.walk(expr.parse(text)) if isinstance(node, ast.Name | ast.Call))


class Contents:
    """The check of conditions, effects and texts, and what they make a night remember."""

    def __init__(self, known: Known) -> None:
        """Report to a check what is wrong."""
        self._known = known
        self._passed: set[str] = set()
        self._visits: set[str] = set()
        self._chosen: set[tuple[str, str]] = set()

    @property
    def tracked(self) -> Tracked:
        """What a night counts because something that has been checked asks for it."""
        return Tracked(visits=frozenset(self._visits), choices=frozenset(self._chosen))

    def condition(self, text: str, path: Path, scene: Scene | None) -> None:
        """Check a condition once for each spelling of it, and note what it makes the night remember."""
        if text not in self._passed:
            try:
                types.checked(text, self._known.scope)
            except expr.ConditionError:
                for error in types.problems(text, self._known.scope):
                    self._known.report(error.code, path, hint=error.hint, offset=error.column, width=error.width, **error.args_)
                return
            self._passed.add(text)
        if any(name in text for name in ("visits", "seen", "chose")):  # few have one of these: only those are walked
            self._track(text, path, scene)

    def _track(self, text: str, path: Path, scene: Scene | None) -> None:
        """Note the scenes and choices that a condition makes the night count."""
        for node in _asking(text):
            match node:
                case ast.Name(id="visits" as name):
                    if scene is None:
                        self._known.report("E046", path, offset=node.col_offset, width=len(name))
                    else:
                        self._visits.add(scene.id)
                case ast.Call(func=ast.Name(id="seen"), args=[ast.Constant(value=str(where))]):
                    self._visits.add(where)
                case ast.Call(func=ast.Name(id="chose"), args=[ast.Constant(value=str(where)), ast.Constant(value=str(what))]):
                    self._chosen.add((where, what))

    def effects(self, effects: Effects, path: Path) -> None:
        """Check that what is set and added fits its variables, and that what is given is there."""
        known = self._known
        for name, value in effects.set.items():
            if name not in known.types:
                known.unknown("E031", (*path, "set", name), name, known.types, at_key=True)
            elif not fits(value, known.types[name], spec := known.header.variables[name]):
                known.report("E060", (*path, "set", name), value=value, id=name, kind=kind_of(known.types[name], spec))
        for name in effects.add:
            if name not in known.types:
                known.unknown("E031", (*path, "add", name), name, known.types, at_key=True)
            elif known.types[name] not in (types.NUMBER, types.ANY):
                known.report("E061", (*path, "add", name), at_key=True, id=name, kind=known.types[name])
        for number, memento in enumerate(effects.give):
            if memento not in known.header.mementos:
                known.unknown("E033", (*path, "give", number), memento, known.header.mementos)

    def texts(self, scene: Scene) -> None:
        """Check what is read in a scene."""
        if isinstance(scene.text, str):
            self.text(scene.text, ("text",), scene, links=True)
        else:
            for number, part in enumerate(scene.text):
                if isinstance(part, str):
                    self.text(part, ("text", number), scene, links=True)
                else:
                    self._block(part, ("text", number), scene)
        for field in ("collapse", "refuses"):
            text = getattr(scene, field)
            if text is not None:
                self.text(text, (field,), scene, links=False)

    def _block(self, block: Block, path: Path, scene: Scene) -> None:
        if (block.text is None) == (not block.one_of):
            self._known.report("E054", path)
        if block.if_ is not None:
            self.condition(block.if_, (*path, "if"), scene)
        if block.one_of:
            self._visits.add(scene.id)
        if block.text is not None:
            self.text(block.text, (*path, "text"), scene, links=True)
        for number, text in enumerate(block.one_of):
            self.text(text, (*path, "one_of", number), scene, links=False)

    def text(self, text: str, path: Path, scene: Scene, *, links: bool) -> None:
        """Check the form of a text, and where its links and values lead. `links` tells whether it may have links."""
        if markup.is_plain(text):
            return
        try:
            parsed = markup.paragraphs(text)
        except markup.MarkupError:
            for error in markup.problems(text):
                self._known.report(error.code, path, offset=error.offset, width=error.width, **error.args_)
            return
        for paragraph in parsed:
            for run in paragraph.runs:
                if run.keep or run.choose or run.show:
                    self._check_run(run, text, path, scene, links=links)

    def values(self, line: str, path: Path) -> None:
        """Check the variables that a line shows between braces."""
        for shown in markup.SHOWN.finditer(line):
            name = shown.group(1)
            if name not in self._known.types:
                self._known.unknown("E052", path, name, self._known.types, offset=shown.start(1), width=len(name))

    def _check_run(self, run: markup.Run, text: str, path: Path, scene: Scene, *, links: bool) -> None:
        known, name = self._known, run.keep or run.choose or run.show
        lead = "{" if run.show else "(keep:" if run.keep else "(choose:"
        place: dict[str, Any] = {"offset": max(0, text.find(lead + name)) + len(lead), "width": len(name)}
        if run.show and run.show not in known.types:
            known.unknown("E052", path, run.show, known.types, **place)
        if (run.keep or run.choose) and not links:
            what = "a text under one_of" if "one_of" in path else "an answer" if path[-1] == "answer" else f"the text of {path[-1]}"
            known.report("E053", path, what=what, **place)
        elif run.keep and run.keep not in known.fragments:
            known.unknown("E030", path, run.keep, known.fragments, **place)
        elif run.keep and run.keep not in scene.fragments:
            known.report("E037", path, id=run.keep, other=known.fragments[run.keep], **place)
        elif run.choose and run.choose not in (there := [choice.id for choice in scene.choices]):
            known.unknown("E034", path, run.choose, there, scene=scene.id, **place)
