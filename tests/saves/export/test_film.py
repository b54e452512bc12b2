"""The film of a night: played back by a real terminal emulator, it ends on the screen that the game ended on."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pexpect
import pyte
import pytest

from eternal.engine.game import Game
from eternal.plain.text import page_lines
from eternal.saves.export import export
from eternal.saves.export.screen import COLUMNS, ROWS, answer, page_rows
from eternal.saves.export.telling import tell
from eternal.saves.save import folded_save
from eternal.story.load import SHIPPED
from eternal.story.story import Story
from tests.conftest import PACKS
from tests.saves.nights import journal, random_night


def film(path: Path, story: Story) -> tuple[dict[str, object], list[tuple[float, str, str]]]:
    """Export a night as a film, and return its header and its events."""
    export(path, story, path.with_suffix(".cast"))
    header, *events = [json.loads(line) for line in path.with_suffix(".cast").read_text(encoding="utf-8").splitlines()]
    return header, [(float(at), kind, data) for at, kind, data in events]


def screen_after(text: str) -> list[str]:
    """Return what a terminal shows after a text."""
    screen = pyte.Screen(COLUMNS, ROWS)
    pyte.Stream(screen).feed(text)
    return [line.rstrip() for line in screen.display]


def played(game: Game, pack: Path, home: Path) -> str:
    """Play the same night in a real pty, and return all that the game wrote."""
    env = {**os.environ, "ETERNAL_HOME": str(home), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    args = ["-m", "eternal", "play", str(pack), "--plain", "--locale", "en", "--seed", str(game.seed)]
    terminal = pexpect.spawn(sys.executable, args, env=env, dimensions=(ROWS, COLUMNS), encoding="utf-8", timeout=60)
    terminal.delaybeforesend = None
    written = ""
    for page in tell(folded_save(home / "a.eternal", game.story)).watched[1:]:
        terminal.expect_exact("\n> ")
        written += (terminal.before or "") + "\n> "
        terminal.sendline(answer_to(game, page.number))
    if game.is_over:
        terminal.expect(pexpect.EOF)
        written += terminal.before or ""
    else:
        terminal.expect_exact("\n> ")
        written += (terminal.before or "") + "\n> "
        terminal.sendline("quit")
        terminal.expect(pexpect.EOF)
    terminal.close()
    return written


def answer_to(game: Game, number: int) -> str:
    from eternal.engine.view import view

    return answer(view(game.story, game.states[number - 1]), game.actions[number - 1])


@pytest.mark.parametrize(("name", "seed", "actions"), [("night", 1, 1_000), ("night", 8, 9), ("cloak", 2, 1_000), ("shipped", 3, 1_000)])
def test_the_film_ends_on_the_screen_the_game_ended_on(
    request: pytest.FixtureRequest, tmp_path: Path, name: str, seed: int, actions: int
) -> None:
    """Row by row, a night that is over and one that is not."""
    story: Story = request.getfixturevalue(name)
    game = random_night(story, seed, actions)
    path = tmp_path / "a.eternal"
    path.write_bytes(journal(game))
    _, events = film(path, story)
    shown = screen_after("".join(data for _, _, data in events))
    assert shown == screen_after(played(game, SHIPPED if name == "shipped" else PACKS / name, tmp_path))
    assert sum(bool(line) for line in shown) > 4


@pytest.mark.parametrize("seed", range(4))
def test_every_page_has_the_words_of_the_plain_face(shipped: Story, tmp_path: Path, seed: int) -> None:
    """The film only adds light."""
    (tmp_path / "a.eternal").write_bytes(journal(random_night(shipped, seed)))
    for page in tell(folded_save(tmp_path / "a.eternal", shipped)).watched:
        rows = list(page_rows(page.view))
        assert [row.text for row in rows] == list(page_lines(page.view))
        assert [re.sub(r"\x1b\[[0-9;]*m", "", row.painted) for row in rows] == [row.text for row in rows]


def test_a_film_is_an_asciicast_at_reading_pace(shipped: Story, tmp_path: Path) -> None:
    """Version 2, times that never go back, and some four words a second."""
    path = tmp_path / "a.eternal"
    path.write_bytes(journal(random_night(shipped, 1)))
    header, events = film(path, shipped)
    assert {"version": 2, "width": 80, "height": 24}.items() <= header.items()
    times = [at for at, _, _ in events]
    assert times == sorted(times)
    assert {kind for _, kind, _ in events} == {"o"}
    words = sum(len(data.split()) for _, _, data in events)
    assert 2 < words / times[-1] < 5
