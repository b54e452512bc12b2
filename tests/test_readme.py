"""The README is true: what it shows runs, what it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eternal.author.check import as_text, check
from eternal.cli.group import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "tests" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

#: What stands around the scene that the README shows.
STORY = """\
id: small
title: Small
start: frozen-river
motifs: {snow: the snow, stars: the stars}
variables: {trust: {start: 0, max: 5}}
---
{id: frozen-river-2, title: Below, kind: ending, text: Here it ends.}
---
{id: frozen-river-bank, title: The bank, kind: ending, text: Here it ends too.}
"""


def block(language: str) -> str:
    """Return the README's block of code in a language."""
    return next(found[2] for found in FENCED.finditer(README) if found[1] == language)


def pack(folder: Path, scene: str) -> Path:
    """Return a pack in which the README's scene stands where the README says it does."""
    (folder / "memories").mkdir(parents=True)
    (folder / "story.yaml").write_text(STORY, encoding="utf-8")
    (folder / "memories" / "frozen-river.yaml").write_text(scene, encoding="utf-8")
    return folder


def test_its_scene_is_one(tmp_path: Path) -> None:
    """Copied into a story, it passes check."""
    assert check(pack(tmp_path, block("yaml"))).diagnostics == ()


def test_its_mistake_is_found_where_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one letter missing, check prints the very line that the README shows."""
    monkeypatch.chdir(tmp_path)
    report = check(pack(Path("story"), block("yaml").replace("to: frozen-river-2", "to: frozen-rivr-2")))
    assert block("").strip() in as_text(report).splitlines()


def test_its_lines_of_python_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A night is begun, and a recorded one looked at."""
    monkeypatch.chdir(ROOT)
    exec(compile(block("python"), "README.md", "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_its_commands_are_there() -> None:
    """Each `eternal …` is a command, each `make …` a target."""
    commands = re.findall(r"^    eternal (\w+)", README, re.MULTILINE)
    targets = re.findall(r"\bmake ([a-z]+)\b(?= ARGS|`|$)", README, re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert set(commands) <= set(COMMANDS)
    assert {"play", "test"} <= set(targets) <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every file that a page links to is there, and the heading too if one is named."""
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", re.sub(r"(`+).+?\1", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)):
        name, _, heading = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        assert there.exists(), target
        if heading:
            headings = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in [re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in headings], target
