"""What a scene may offer, looked up once: its conditions compiled, its ways and words found.

A plan holds nothing that a state could change; what of it is offered and shown is asked in `choices.py`.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from msgspec import Struct, field

from eternal.engine.conditions import Test, compiled
from eternal.engine.state import State
from eternal.story import markup
from eternal.story.schema import NEXT, Block, Choice, blocks_of
from eternal.story.story import Story

__all__ = ["Offer", "Plan", "Words", "plan_of"]


class Offer(Struct, frozen=True, gc=False):
    """A choice, the test that it is offered, and the place in `State.strength` of what it leads to, which must stand; None: always."""

    choice: Choice
    test: Test | None
    place: int | None


class Words(Struct, frozen=True, gc=False):
    """A block of a scene's text: its number, the test that it is shown (None: always), and the fragments it has links to, in order."""

    number: int
    block: Block
    test: Test | None
    links: tuple[str, ...]


class Plan(Struct, frozen=True, gc=False):
    """What a scene may offer.

    Attributes:
        offers, words: its choices and blocks; `by_id`: the choices by their ids.
        has_links: whether there are words to keep; `has_once`: whether any are shown once.
        tests, places: of all its choices and blocks, what is asked to tell which are there.
        varies: whether its page can differ in more than that: in values, in chance texts, in words that are shown once.
        pages: pages of it that have been put together, by all that can differ in them (`engine.view`).
        head: the scene that owns its strength and room; `capacity`: how many fragments can be hidden there.
    """

    offers: tuple[Offer, ...]
    by_id: dict[str, Offer]
    words: tuple[Words, ...]
    has_links: bool
    has_once: bool
    tests: tuple[Test, ...]
    places: tuple[int, ...]
    varies: bool
    head: str
    capacity: int
    pages: dict[Hashable, Any] = field(default_factory=dict)

    def asked(self, story: Story, state: State) -> tuple[bool, ...]:
        """Return what tells which choices are offered and which blocks are shown: two pages with the same answers have the same."""
        here, strength = state.scene, state.strength
        answers = [test(story, state, here) for test in self.tests]
        return (*answers, *[strength[place] > 0 for place in self.places]) if self.places else tuple(answers)


def plan_of(story: Story, scene: str) -> Plan:
    """Return a scene's plan, made when it is first asked for and kept with the story."""
    plan: Plan | None = story.plans.get(scene)
    if plan is None:
        plan = story.plans[scene] = _planned(story, scene)
    return plan


def _planned(story: Story, name: str) -> Plan:
    scene, head = story.scenes[name], story.head(name)
    offers = tuple(Offer(choice, _test(choice.if_), _place(story, choice)) for choice in scene.choices)
    words = tuple(Words(number, block, _test(block.if_), _links(block)) for number, block in enumerate(blocks_of(scene.text)))
    return Plan(
        offers=offers,
        by_id={offer.choice.id: offer for offer in offers},
        words=words,
        has_links=any(block.links for block in words),
        has_once=any(block.block.once for block in words),
        tests=tuple(test for test in (*(offer.test for offer in offers), *(block.test for block in words)) if test is not None),
        places=tuple(offer.place for offer in offers if offer.place is not None),
        varies=any(block.one_of or block.once or "{" in (block.text or "") for block in blocks_of(scene.text))
        or any("{" in text for text in (scene.title, *(choice.text for choice in scene.choices))),
        head=head,
        capacity=max(scene.capacity, story.scenes[head].capacity),
    )


def _test(condition: str | None) -> Test | None:
    return None if condition is None else compiled(condition)


def _place(story: Story, choice: Choice) -> int | None:
    return None if choice.to is None or choice.to == NEXT else story.position.get(story.head(choice.to))


def _links(block: Block) -> tuple[str, ...]:
    if block.text is None or "](keep:" not in block.text:
        return ()
    return tuple(dict.fromkeys(run.keep for paragraph in markup.paragraphs(block.text) for run in paragraph.runs if run.keep))
