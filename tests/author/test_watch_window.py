"""`eternal watch` on a screen: in Textual's own test harness; `test_watch_terminal.py` has a real one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from textual.pilot import Pilot
from textual.widgets import Static

from eternal.author.new import write_pack
from eternal.author.watch import open_bench
from eternal.tui.watch.app import WatchApp
from eternal.tui.watch.hanging import Hanging
from eternal.tui.watch.picker import Picker
from eternal.tui.widgets.leaf import Leaf
from tests.author.desk import copied, edit, eternal

Play = Callable[[WatchApp, "Pilot[int]"], Awaitable[None]]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Cloak, to be edited."""
    return copied("cloak", tmp_path / "cloak")


def watch(pack: Path, play: Play, save: Path | None = None, size: tuple[int, int] = (130, 40)) -> WatchApp:
    """Open the window and do something in it."""
    bench, keeper = open_bench(pack, save)
    app = WatchApp(bench, keeper)

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await play(app, pilot)

    try:
        asyncio.run(run())
    finally:
        if keeper is not None:
            keeper.close()
    return app


def prose(app: WatchApp) -> str:
    """Return what stands on the page."""
    return "\n".join(passage.text for passage in app.query_one(Leaf).writing.passages)


def shown(app: WatchApp, name: str) -> str:
    """Return what stands in a part of the window."""
    return str(app.query_one(name, Static).visual)


async def until(pilot: Pilot[int], holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(60):
        while not holds():
            await pilot.pause()


def test_a_saved_change_is_on_the_page_at_the_same_place(pack: Path) -> None:
    """Again and again (`make bench ARGS=author` says how soon)."""

    async def play(app: WatchApp, pilot: Pilot[int]) -> None:
        await pilot.press("2", "1")
        assert app.bench.state.scene == "bar"
        for number in range(5):
            edit(pack, "opera.yaml", ("under your shoes" if number == 0 else f"under shoe {number - 1}", f"under shoe {number}"))
            await until(pilot, lambda number=number: f"under shoe {number}" in prose(app))  # type: ignore[misc]
        assert app.bench.done == 2
        assert "2 steps done again" in app.said

    watch(pack, play)


def test_a_mistake_is_located_in_the_window_and_play_goes_on(pack: Path) -> None:
    """It goes when it is mended."""

    async def play(app: WatchApp, pilot: Pilot[int]) -> None:
        edit(pack, "opera.yaml", ("to: won", "to: wonn"))
        await until(pilot, lambda: bool(app.bench.diagnostics))
        assert "1 mistake; the last good story goes on" in shown(app, "#mistakes")
        assert "error[E012]: no scene 'wonn' (did you mean 'won'?)" in shown(app, "#mistakes")
        await pilot.press("3")
        assert "walls were once lined with hooks" in prose(app)
        edit(pack, "opera.yaml", ("to: wonn", "to: won"))
        await until(pilot, lambda: not app.bench.diagnostics)
        await pilot.pause()
        assert app.query_one("#wrong").display is False

    watch(pack, play)


def test_the_step_that_lost_its_ground_is_named(pack: Path) -> None:
    """On the line below the page."""

    async def play(app: WatchApp, pilot: Pilot[int]) -> None:
        await pilot.press("3", "1")
        edit(pack, "opera.yaml", ("{id: hang, ", "{id: put, "))
        await until(pilot, lambda: "step 2 (choose hang in cloakroom) is no longer possible" in app.said)
        assert app.bench.state.scene == "cloakroom"

    watch(pack, play)


def test_jump_and_set_by_keyboard_mark_the_night(pack: Path, tmp_path: Path) -> None:
    """A part of the name finds the scene and the value; the window says that the night is marked, and where it is kept."""

    async def play(app: WatchApp, pilot: Pilot[int]) -> None:
        await pilot.press("3", "j", *"bar", "enter")
        await pilot.pause()
        assert app.bench.state.scene == "bar"
        await pilot.press("v", *"cloak", "enter", *"hung", "enter")
        await pilot.pause()
        assert "somebody has drawn a message" in prose(app).lower()
        assert "MARKED" in shown(app, "#top")
        assert "night.bench" in app.said or (tmp_path / "night.bench").exists()
        await pilot.press("j", "escape", "u", "u")
        await pilot.pause()
        assert not app.bench.marked
        assert "MARKED" not in shown(app, "#top")

    watch(pack, play, tmp_path / "night.eternal")
    assert (tmp_path / "night.bench").exists()


def test_a_value_that_cannot_be_given_is_refused_with_the_reason(tmp_path: Path) -> None:
    """While it is being typed; and yes and no are shown as the inspector shows them."""
    pack = tmp_path / "new"
    write_pack(pack)

    async def play(app: WatchApp, pilot: Pilot[int]) -> None:
        await pilot.press("v")
        await pilot.pause()
        assert isinstance(app.screen, Picker)
        assert "woken = no" in [entry.words for entry in app.screen.entries]
        await pilot.press(*"calm", "enter", *"9")
        await pilot.pause()
        assert "9 is refused: calm is a number from 0 to 3" in str(app.screen.query_one("#question", Static).render())
        await pilot.press("enter", "escape")

    watch(pack, play)


def test_the_inspector_stands_beside_the_page_or_instead_of_it(pack: Path) -> None:
    """At 130 columns beside; at 80 one key away."""

    async def wide(app: WatchApp, pilot: Pilot[int]) -> None:
        facts = app.query_one("#facts", Static).content
        assert isinstance(facts, Hanging)
        assert "trampled" in facts.plain
        assert "● block 1" in facts.plain
        assert app.query_one("#behind").display
        assert app.query_one(Leaf).display
        await pilot.press("i")
        assert not app.query_one("#behind").display

    async def narrow(app: WatchApp, pilot: Pilot[int]) -> None:
        assert not app.query_one("#behind").display
        await pilot.press("i")
        assert app.query_one("#behind").display
        assert not app.query_one(Leaf).display

    watch(pack, wide)
    watch(pack, narrow, size=(80, 24))


def test_everything_a_player_can_do_can_be_done(tmp_path: Path) -> None:
    """Keep by the words themselves, run and hide from the list; the last page shows its lines."""

    async def play(app: WatchApp, pilot: Pilot[int]) -> None:
        await pilot.press("1", "1")
        leaf = app.query_one(Leaf)
        leaf.point("keep:star")
        await pilot.press("enter")
        assert app.bench.state.hands == ("star",)
        await pilot.press("a", *"flee yard", "enter")
        await pilot.pause()
        assert app.bench.state.scene == "yard"
        await pilot.press("a", *"hide", "enter")
        await pilot.pause()
        assert app.bench.state.hidden == (("star", "yard"),)
        await pilot.press("j", *"something", "enter")
        await pilot.pause()
        assert "A star named after a dentist." in prose(app)
        await pilot.press("a", "n")
        await pilot.pause()
        assert app.bench.state.scene == "bedside"

    watch(copied("night", tmp_path / "night"), play)


def test_a_story_with_mistakes_can_be_opened(pack: Path) -> None:
    """The window waits for it to be mended."""
    edit(pack, "opera.yaml", ("to: won", "to: wonn"))

    async def play(app: WatchApp, pilot: Pilot[int]) -> None:
        assert "1 mistake" in shown(app, "#mistakes")
        await pilot.press("1", "j", "v", "a", "u", "n")
        edit(pack, "opera.yaml", ("to: wonn", "to: won"))
        await until(pilot, lambda: "A grand hall" in prose(app))

    watch(pack, play)


def test_without_a_terminal_or_a_story_it_says_so(pack: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """One line, exit 1."""
    said = eternal(capfdbinary, "watch", pack)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "needs a terminal" in said.err


def test_what_does_not_fit_beside_the_page_hangs_below_its_words() -> None:
    """Nothing begins at the margin but names; in a column too narrow for that, the words still stand."""
    lines = Hanging()
    lines.add(2, ("● hang", "bold"), ("  Hang the velvet cloak on the brass hook.", ""))
    lines.add(7, ("    if cloak != 'hung' and trampled < 2", ""))
    lines.add(0, ("", ""))
    lines.add(0, ("places", ""))
    for width, expected in (
        (
            24,
            [
                "● hang  Hang the velvet",
                "  cloak on the brass",
                "  hook.",
                "    if cloak != 'hung'",
                "       and trampled < 2",
                "",
                "places",
            ],
        ),
        (13, ["● hang  Hang", " the velvet", " cloak on the", " brass hook."]),
    ):
        console = Console(width=width, file=StringIO())
        console.print(lines)
        assert [line.rstrip() for line in console.file.getvalue().splitlines()][: len(expected)] == expected  # type: ignore[attr-defined]
