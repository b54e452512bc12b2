"""The hours that the shipped story tells: on each page from its own hour on, and no page outside before one that can be shown before it."""

from __future__ import annotations

import re
from itertools import pairwise

from eternal.story.catalog import read_catalog
from eternal.story.hours import hour_of
from eternal.story.load import SHIPPED
from eternal.story.messages import block_key
from eternal.story.schema import Scene, blocks_of
from eternal.story.story import Story

_HOUR = re.compile(r"(?<![\d:])[0-2]\d:[0-5]\d(?![\d:])")


def told(scene: Scene) -> list[str]:
    """Return the hours that a page tells, in the order of the night."""
    return sorted((hour for block in blocks_of(scene.text) for hour in _HOUR.findall(block.text or "")), key=hour_of)


def test_a_page_outside_tells_no_hour_before_its_own(shipped: Story) -> None:
    """What stands at its head is the first hour on it."""
    for scene in shipped.scenes.values():
        if scene.kind == "outside" and told(scene):
            assert hour_of(scene.when) <= hour_of(told(scene)[0]), scene.id


def test_no_page_outside_begins_before_the_one_before_it_ends(shipped: Story) -> None:
    """With all that is told on the pages that follow it."""
    order = shipped.index.outside
    for before, after in pairwise(order):
        later = order[order.index(after) :]
        pages = [page for page in shipped.scenes.values() if page.id.startswith(before) and page.id not in later]
        hours = [hour for page in pages for hour in told(page)]
        assert hour_of(max(hours, key=hour_of)) <= hour_of(shipped.scenes[after].when), (before, after)
        assert hour_of(shipped.hours[before]) <= hour_of(shipped.scenes[after].when)


def test_a_translation_tells_the_same_hours(shipped: Story) -> None:
    """Outside every hour of the original stands in the Vietnamese too."""
    catalog = read_catalog(SHIPPED, "vi")
    assert catalog is not None
    for scene in shipped.scenes.values():
        for number, block in enumerate(blocks_of(scene.text)):
            if scene.kind == "outside" and block.text:
                said = catalog.say(block_key(scene.id, number), block.text)
                assert sorted(_HOUR.findall(said)) == sorted(_HOUR.findall(block.text)), (scene.id, number)
