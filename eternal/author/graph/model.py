"""What every notation draws: nodes, edges, motifs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from eternal.author.graph.reach import reachable
from eternal.story.schema import NEXT, Choice, Kind, Scene
from eternal.story.story import Story

__all__ = ["KINDS", "NEXT_WORDS", "Edge", "EdgeKind", "Graph", "Motif", "Node", "graph_of", "plural"]

#: The kinds in the order they are drawn.
KINDS: tuple[Kind, ...] = ("waking", "memory", "refuge", "outside", "ending")
#: What the node `next` says: the place that the machine decides.
NEXT_WORDS = "wherever the machine works"

#: choice: the player's; stay: a choice that leads nowhere; back: an outside page is over; then: the machine's order; due: by a condition.
EdgeKind = Literal["choice", "stay", "back", "then", "due"]


class Node(Struct, frozen=True, gc=False):
    """A scene."""

    id: str
    title: str
    kind: Kind
    head: str
    when: str = ""
    motifs: tuple[str, ...] = ()
    start: bool = False
    reachable: bool = True


class Edge(Struct, frozen=True, gc=False):
    """A way from one scene to another; `target` may be `next`. `id` and `text` are the choice's."""

    source: str
    target: str
    kind: EdgeKind
    id: str = ""
    text: str = ""
    condition: str = ""

    @property
    def label(self) -> str:
        """What stands on the edge: the choice, and its condition."""
        words = [self.id, f"if {self.condition}" if self.condition else ""]
        return " · ".join(word for word in words if word)


class Motif(Struct, frozen=True, gc=False):
    """What several places have in common: the words of the way, the heads that share it, the fragments that carry it."""

    id: str
    words: str
    scenes: tuple[str, ...]
    fragments: tuple[str, ...]


class Graph(Struct, frozen=True, gc=False):
    """A story as nodes and edges. Nodes stand by kind, memories and refuges with their parts after them."""

    story: str
    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    motifs: tuple[Motif, ...]
    machine: bool

    def of_kind(self, kind: Kind) -> tuple[Node, ...]:
        """Return the nodes of a kind."""
        return tuple(node for node in self.nodes if node.kind == kind)


def plural(number: int, noun: str) -> str:
    """Say how many: `1 scene`, `2 scenes`, `3 memories`."""
    many = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else many}"


def graph_of(story: Story, *, motifs: bool = False) -> Graph:
    """Return a story's graph.

    Args:
        story: the story.
        motifs: whether the ways of flight belong to it.
    """
    found = reachable(story)
    order = {scene: place for place, scene in enumerate((*story.index.memories, *story.index.refuges, *story.index.outside))}
    last = len(order)
    # Heads in the order of the night, each followed by its parts; everything else as the files have it.
    scenes = sorted(story.scenes.values(), key=lambda s: (KINDS.index(s.kind), order.get(story.head(s.id), last), s.part_of is not None))
    return Graph(
        story=story.id,
        title=story.header.title,
        nodes=tuple(_node(story, scene, found) for scene in scenes),
        edges=(*(edge for scene in scenes for edge in _edges(story, scene)), *_machine_edges(story)),
        motifs=tuple(_motifs(story)) if motifs else (),
        machine=story.machine is not None,
    )


def _node(story: Story, scene: Scene, found: frozenset[str]) -> Node:
    return Node(
        id=scene.id, title=scene.title, kind=scene.kind, head=story.head(scene.id), when=scene.when or "",
        motifs=scene.motifs, start=scene.id == story.header.start, reachable=scene.id in found,
    )  # fmt: skip


def _edges(story: Story, scene: Scene) -> Iterator[Edge]:
    for choice in scene.choices:
        target, kind = _target(story, scene, choice)
        yield Edge(scene.id, target, kind, choice.id, choice.text, choice.if_ or "")


def _target(story: Story, scene: Scene, choice: Choice) -> tuple[str, EdgeKind]:
    if choice.to is not None:
        return choice.to, "choice"
    if scene.kind == "outside":
        return (NEXT if story.machine is not None else story.header.start), "back"
    return scene.id, "stay"


def _machine_edges(story: Story) -> Iterator[Edge]:
    """Yield what the night does by itself: the order of erasure, the morning, the breaking, what falls due."""
    rules = story.machine
    if rules is None:
        return
    chain = (NEXT, *story.index.memories, rules.morning)
    for one, other in pairwise(chain):
        yield Edge(one, other, "then")
    if rules.broken is not None:
        yield Edge(NEXT, rules.broken, "then", condition=f"refusals >= {rules.breaks}" if rules.breaks else "")
    for scene in story.index.outside:
        yield Edge(NEXT, scene, "due", condition=story.scenes[scene].due or "")


def _motifs(story: Story) -> Iterator[Motif]:
    for motif, words in story.motifs.items():
        fragments = (name for name, scene in story.index.fragments.items() if story.scenes[scene].fragments[name].motif == motif)
        yield Motif(motif, words, story.along.get(motif, ()), tuple(fragments))
