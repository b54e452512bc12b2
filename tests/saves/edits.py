"""An author at work on a story: random edits of its files, each known to be harmless to saves or not."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from eternal.story.diagnostics import StoryError
from eternal.story.load import load
from eternal.story.reader import read
from eternal.story.story import Story

__all__ = ["BREAKING", "DECLARED", "EDITS", "WORDS", "Draft", "Edit", "Unfit"]

Tree = dict[str, Any]


class Unfit(Exception):
    """The edit makes no sense where it was tried."""


class Draft:
    """The documents of a story, changed as an author would change them.

    Attributes:
        header: the tree of `story.yaml`'s first document.
        files: the scenes of each file, in order.
        changed: the files that differ from the story's.
    """

    def __init__(self, pack: Path) -> None:
        self.pack = pack
        self.files: dict[str, list[Tree]] = {}
        self.changed: set[str] = set()
        for path in sorted(pack.rglob("*.yaml")):
            name = str(path.relative_to(pack))
            documents = read(name, path.read_text(encoding="utf-8")).documents
            self.files[name] = [document for document in documents if isinstance(document, dict)]

    def copy(self) -> Draft:
        """Return a draft of its own."""
        other = object.__new__(Draft)
        other.pack, other.files, other.changed = self.pack, deepcopy(self.files), set(self.changed)
        return other

    @property
    def header(self) -> Tree:
        """What `story.yaml` says."""
        return self.files["story.yaml"][0]

    def scenes(self) -> Iterator[tuple[str, Tree]]:
        """Yield every scene with its file."""
        for name, documents in self.files.items():
            yield from ((name, tree) for tree in documents if tree is not self.header)

    def pick(self, chance: random.Random, fits: Callable[[Tree], object] = lambda _: True) -> tuple[str, Tree]:
        """Return any scene that fits, and note that its file changes."""
        found = [(name, tree) for name, tree in self.scenes() if fits(tree)]
        if not found:
            raise Unfit
        name, tree = chance.choice(found)
        self.changed.add(name)
        return name, tree

    def load(self, folder: Path) -> Story:
        """Write the story and load it. What has changed is written as JSON, which is YAML too.

        Raises:
            Unfit: it has errors; the author would have to go on editing.
        """
        for name, documents in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if name in self.changed:
                path.write_text("\n---\n".join(json.dumps(tree, ensure_ascii=False) for tree in documents), encoding="utf-8")
            else:
                path.write_bytes((self.pack / name).read_bytes())
        try:
            return load(folder, cached=False)
        except StoryError as error:
            raise Unfit from error


#: Changes a draft, and says what it did.
Edit = Callable[[Draft, random.Random], str]


def _choices(tree: Tree) -> list[Tree]:
    found: list[Tree] = tree.get("choices") or []
    return found


def _text(tree: Tree, change: Callable[[str], str]) -> None:
    """Change the texts of a scene."""
    if isinstance(tree["text"], str):
        tree["text"] = change(tree["text"])
        return
    for place, block in enumerate(tree["text"]):
        if isinstance(block, str):
            tree["text"][place] = change(block)
        elif "text" in block:
            block["text"] = change(block["text"])
        else:
            block["one_of"] = [change(text) for text in block["one_of"]]


# Harmless: words and order. -------------------------------------------------------------------------------------------


def retext_scene(draft: Draft, chance: random.Random) -> str:
    """Write other words, before and after what is there, and another title."""
    _, tree = draft.pick(chance)
    _text(tree, lambda text: f"It was all different then.\n\n{text.rstrip()}\n\nOr so *somebody* wrote.")
    tree["title"] = "Another title"
    return f"retext scene {tree['id']}"


def retext_choice(draft: Draft, chance: random.Random) -> str:
    """Say on the button, and in the answer, something else."""
    _, tree = draft.pick(chance, _choices)
    choice = chance.choice(_choices(tree))
    choice["text"], choice["answer"] = "Do it otherwise.", "It is done otherwise."
    return f"retext choice {tree['id']}/{choice['id']}"


def reorder_scenes(draft: Draft, chance: random.Random) -> str:
    """Shuffle the scenes of a file, and move some of them to another."""
    name, _ = draft.pick(chance)
    other, _ = draft.pick(chance)
    top = [draft.header] if name == "story.yaml" else []
    here = [tree for tree in draft.files[name] if tree is not draft.header]
    chance.shuffle(here)
    cut = chance.randrange(len(here)) if name != other else len(here)
    draft.files[name] = [*top, *here[:cut]]
    draft.files[other] += here[cut:]
    for emptied in [file for file, documents in draft.files.items() if not documents]:
        del draft.files[emptied]
    return f"reorder scenes of {name}"


def reorder_choices(draft: Draft, chance: random.Random) -> str:
    """Shuffle the choices of a scene."""
    _, tree = draft.pick(chance, lambda tree: len(_choices(tree)) > 1)
    chance.shuffle(tree["choices"])
    return f"reorder choices of {tree['id']}"


def reorder_blocks(draft: Draft, chance: random.Random) -> str:
    """Shuffle the passages of a scene."""
    _, tree = draft.pick(chance, lambda tree: isinstance(tree["text"], list) and len(tree["text"]) > 1)
    chance.shuffle(tree["text"])
    return f"reorder passages of {tree['id']}"


# Renaming: harmless if it is declared. --------------------------------------------------------------------------------


def _everywhere(tree: Any, change: Callable[[str, Any], Any], key: str = "") -> Any:
    """Return a tree with every text in it changed, given the key it stands under."""
    if isinstance(tree, dict):
        return {name: _everywhere(value, change, name) for name, value in tree.items()}
    if isinstance(tree, list):
        return [_everywhere(value, change, key) for value in tree]
    return change(key, tree)


def _apply(draft: Draft, change: Callable[[str, Any], Any]) -> None:
    for name, documents in draft.files.items():
        after = [_everywhere(tree, change) for tree in documents]
        if after != documents:
            draft.changed.add(name)
            draft.files[name] = after


_CONDITIONS = ("if", "due", "open", "turn", "claims")


def rename_scene(draft: Draft, chance: random.Random) -> str:
    """Give a scene another id, wherever it is named."""
    _, tree = draft.pick(chance)
    old, new = tree["id"], f"{tree['id']}-now"

    def change(key: str, text: str) -> str:
        if key in ("to", "start", "part_of", "endings", "lights", "morning", "broken") and text == old:
            return new
        if key in _CONDITIONS:
            text = re.sub(rf"\b((?:seen|erased|past|chose)\(\s*(['\"])){old}\2", rf"\g<1>{new}\2", text)
            return re.sub(rf"\balways eventually: {old}\Z", f"always eventually: {new}", text)
        return text

    _apply(draft, change)
    for _, scene in draft.scenes():
        if scene["id"] == old:
            scene["id"] = new
            scene["formerly"] = [*scene.get("formerly", []), old]
    return f"rename scene {old}"


def rename_choice(draft: Draft, chance: random.Random) -> str:
    """Give a choice another id, wherever it is named."""
    _, tree = draft.pick(chance, _choices)
    choice = chance.choice(_choices(tree))
    scene, old, new = tree["id"], choice["id"], f"{choice['id']}-now"
    _text(tree, lambda text: text.replace(f"(choose:{old})", f"(choose:{new})"))
    choice["id"] = new
    choice["formerly"] = [*choice.get("formerly", []), old]
    pattern = rf"\b(chose\(\s*(['\"]){scene}\2\s*,\s*(['\"])){old}\3"
    _apply(draft, lambda key, text: re.sub(pattern, rf"\g<1>{new}\3", text) if key in _CONDITIONS else text)
    return f"rename choice {scene}/{old}"


def rename_fragment(draft: Draft, chance: random.Random) -> str:
    """Give a fragment another id, wherever it is named."""
    _, tree = draft.pick(chance, lambda tree: tree.get("fragments"))
    old = chance.choice(sorted(tree["fragments"]))
    new = f"{old}-now"
    tree["fragments"] = {(new if name == old else name): spec for name, spec in tree["fragments"].items()}
    tree["fragments"][new]["formerly"] = [*tree["fragments"][new].get("formerly", []), old]

    def change(key: str, text: str) -> str:
        if key in _CONDITIONS:
            return re.sub(rf"\b((?:kept|hidden|lost)\(\s*(['\"])){old}\2", rf"\g<1>{new}\2", text)
        return text.replace(f"(keep:{old})", f"(keep:{new})")

    _apply(draft, change)
    return f"rename fragment {old}"


def _undeclared(rename: Edit) -> Edit:
    """Return the same renaming by an author who does not say so."""

    def edit(draft: Draft, chance: random.Random) -> str:
        before = json.dumps(draft.files)
        said = rename(draft, chance)
        if '"formerly"' in before:
            raise Unfit
        for _, scene in draft.scenes():
            for tree in (scene, *_choices(scene), *scene.get("fragments", {}).values()):
                tree.pop("formerly", None)
        return f"{said} without saying so"

    return edit


# Adding and taking away. ----------------------------------------------------------------------------------------------


def insert_choice(draft: Draft, chance: random.Random) -> str:
    """Offer one thing more."""
    _, tree = draft.pick(chance, lambda tree: tree.get("kind") != "ending")
    goal = chance.choice([scene["id"] for _, scene in draft.scenes()])
    choice = {"id": f"another-{len(_choices(tree))}", "text": "Do something else.", "to": goal}
    tree.setdefault("choices", []).insert(chance.randrange(len(_choices(tree)) + 1), choice)
    return f"insert choice {tree['id']}/{choice['id']}"


def insert_scene(draft: Draft, chance: random.Random) -> str:
    """Put a scene between two others, on the way that a choice leads."""
    name, tree = draft.pick(chance, lambda tree: any("to" in choice for choice in _choices(tree)))
    choice = chance.choice([choice for choice in _choices(tree) if "to" in choice])
    new = f"between-{len(list(draft.scenes()))}"
    on = {"id": "on", "text": "Go on.", "to": choice["to"]}
    draft.files[name].append({"id": new, "title": "Between", "text": "Here is something new.", "choices": [on]})
    choice["to"] = new
    return f"insert scene after {tree['id']}/{choice['id']}"


def delete_choice(draft: Draft, chance: random.Random) -> str:
    """Take a choice away."""
    _, tree = draft.pick(chance, lambda tree: len(_choices(tree)) > 1)
    gone = tree["choices"].pop(chance.randrange(len(tree["choices"])))
    _text(tree, lambda text: re.sub(rf"\[([^\]]*)\]\(choose:{gone['id']}\)", r"\1", text))
    return f"delete choice {tree['id']}/{gone['id']}"


def delete_scene(draft: Draft, chance: random.Random) -> str:
    """Take a scene away, with what leads to it."""
    name, tree = draft.pick(chance)
    gone = tree["id"]
    draft.files[name] = [other for other in draft.files[name] if other is not tree]
    if not draft.files[name]:
        del draft.files[name]
    for file, scene in draft.scenes():
        if any(choice.get("to") == gone for choice in _choices(scene)):
            scene["choices"] = [choice for choice in _choices(scene) if choice.get("to") != gone]
            draft.changed.add(file)
    return f"delete scene {gone}"


def delete_fragment(draft: Draft, chance: random.Random) -> str:
    """Take words out of the text that could be kept."""
    _, tree = draft.pick(chance, lambda tree: tree.get("fragments"))
    gone = chance.choice(sorted(tree["fragments"]))
    del tree["fragments"][gone]
    _apply(draft, lambda key, text: re.sub(rf"\[([^\]]*)\]\(keep:{gone}\)", r"\1", text) if key != "if" else text)
    return f"delete fragment {gone}"


#: What an edit may do to a save: nothing at all, have it carried over under new names, or stop it.
WORDS, DECLARED, BREAKING = range(3)

EDITS: dict[Edit, int] = {
    retext_scene: WORDS, retext_choice: WORDS, reorder_scenes: WORDS, reorder_choices: WORDS, reorder_blocks: WORDS,
    rename_scene: DECLARED, rename_choice: DECLARED, rename_fragment: DECLARED,
    _undeclared(rename_scene): BREAKING, _undeclared(rename_choice): BREAKING, _undeclared(rename_fragment): BREAKING,
    insert_choice: BREAKING, insert_scene: BREAKING, delete_choice: BREAKING, delete_scene: BREAKING, delete_fragment: BREAKING,
}  # fmt: skip
