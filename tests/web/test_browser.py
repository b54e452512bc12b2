"""The game in a real browser: what a visitor sees, presses, and finds again."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from eternal.saves.save import read_save
from tests.conftest import PACKS
from tests.web.browser import CHROMIUM, Page, browser, until
from tests.web.server import Server

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium here")

NIGHT = str(PACKS / "night")


def visit(tmp_path: Path, script: Callable[[Server, list[Page]], Awaitable[None]], visitors: int = 1) -> None:
    """Serve the small night, and let visitors do what a script says."""

    async def run() -> None:
        with Server(tmp_path / "served", NIGHT) as server:
            async with browser(tmp_path / "chromium", visitors) as pages:
                await script(server, pages)

    asyncio.run(run())


async def changed(page: Page, before: bytes) -> bytes:
    """Wait until something else is to be seen."""

    async def differs() -> bool:
        return await page.picture() != before

    await until(differs)
    return await page.picture()


def test_the_title_a_key_and_a_resize(tmp_path: Path) -> None:
    """The title is to be seen, keys move the story without a click first, and another window breaks the lines anew."""

    async def script(server: Server, pages: list[Page]) -> None:
        page = pages[0]
        await page.open(server.url)
        await page.shows("A new night")

        async def lit() -> bool:
            return 1_000 < await page.bright() < 50_000

        await until(lit)
        title = await page.picture()
        await page.press("Enter")
        await page.shows("Hand everything over.")
        first = await changed(page, title)
        await page.press("2")
        await page.press("2")
        await page.shows("A pier")
        second = await changed(page, first)
        wide = max(map(len, page.drawing.text.splitlines()))
        await page.size(520, 480)
        await until(lambda: page.sizes[-1] != page.sizes[0])
        await page.shows("A pier")
        await changed(page, second)
        assert page.drawing.screen.columns == page.sizes[-1][0] < wide
        assert not page.said

    visit(tmp_path, script)


def test_it_needs_nothing_from_anywhere_else(tmp_path: Path) -> None:
    """Letters, styles and scripts come from the server itself: the page works without a network."""

    async def script(server: Server, pages: list[Page]) -> None:
        await pages[0].open(server.url)
        await pages[0].shows("A new night")
        assert {re.match(r"\w+://[^/]+", url)[0] for url in pages[0].asked if not url.startswith("data:")} == {server.url}  # type: ignore[index]
        assert await pages[0].evaluate("document.fonts.check('16px Roboto Mono', 'ế')") is True

    visit(tmp_path, script)


def test_two_visitors_have_nights_of_their_own(tmp_path: Path) -> None:
    """Each begins a first night; neither is offered, nor finds, the other's, and both are whole on the disk."""

    async def script(server: Server, pages: list[Page]) -> None:
        for page in pages:
            await page.open(server.url)
            await page.shows("A new night")
            assert "Continue" not in page.drawing.text
            await page.press("Enter")
            await page.shows("Hand everything over.")
        for page, choice in zip(pages, "12", strict=True):
            await page.press(choice)
            await page.press(choice)
            await page.shows("A pier" if choice == "2" else "Ice, and")
        first, second = server.saves()
        assert first.parent != second.parent
        assert {save.name for save in (first, second)} == {"night-1.eternal"}
        assert [len(read_save(save).records) for save in (first, second)] == [1, 1]

    visit(tmp_path, script, visitors=2)


def test_a_visitor_who_comes_again_goes_on(tmp_path: Path) -> None:
    """A page that is loaded again ends its game, and the next offers the night where it stood; there is one save."""

    async def script(server: Server, pages: list[Page]) -> None:
        page = pages[0]
        await page.open(server.url)
        await page.shows("A new night")
        await page.press("Enter")
        await page.shows("Hand everything over.")
        await page.press("2")
        await page.press("2")
        await page.shows("A pier")
        await page.open(server.url)
        await page.shows("Continue")
        await until(lambda: len(server.games()) == 1)
        await page.press("Enter")
        await page.shows("A pier")
        assert len(server.saves()) == 1

    visit(tmp_path, script)


def test_leaving_says_that_it_is_saved(tmp_path: Path) -> None:
    """Who leaves the game is told that it is saved; Enter begins again."""

    async def script(server: Server, pages: list[Page]) -> None:
        page = pages[0]
        await page.open(server.url)
        await page.shows("Leave")
        await page.press("q")
        await page.has("-closed")
        assert "Every step is saved." in await page.evaluate("document.body.innerText")
        await page.press("Enter")
        await page.has("-first-byte")
        await page.shows("A new night")

    visit(tmp_path, script)
