"""The language of whole commands: asked for, set, taken from the system; and a night of one language told in another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from eternal.locations import saves_folder, settings_file
from eternal.saves.save import read_save
from eternal.story.load import SHIPPED

SAVES = SHIPPED.parent / "saves"


def eternal(*args: str, typed: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    env = {**os.environ, **environ}
    return subprocess.run([sys.executable, "-m", "eternal", *args], input=typed, capture_output=True, text=True, env=env, check=False)


def set_language(language: str) -> None:
    """Set what the settings screen would have kept."""
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(json.dumps({"language": language}))


@pytest.mark.parametrize(
    ("args", "set_to", "environ", "vietnamese"),
    [
        ((), "", {}, False),
        ((), "", {"LANG": "vi_VN.UTF-8"}, True),
        ((), "vi", {}, True),
        ((), "en", {"LANG": "vi_VN.UTF-8"}, False),
        ((), "xx", {"LANG": "vi_VN.UTF-8"}, True),
        (("--locale", "vi"), "en", {}, True),
        (("--locale", "vi-VN"), "", {}, True),
        (("--locale", "en"), "vi", {"LANG": "vi_VN.UTF-8"}, False),
    ],
)
def test_a_night_is_told_in_the_language_that_was_chosen(
    args: tuple[str, ...], set_to: str, environ: dict[str, str], vietnamese: bool
) -> None:  # fmt: skip
    """The command line goes before the setting, the setting before the system; the interface speaks it too."""
    set_language(set_to)
    done = eternal("--plain", "--new", *args, typed="hands\n", **environ)
    assert ("'help' lists what you can type" in done.stdout) != vietnamese
    assert ("Gõ" in done.stdout) == vietnamese
    night = read_save(saves_folder() / "night-1.eternal")
    assert night.header.locale == ("vi" if vietnamese else "en")


@pytest.mark.parametrize("command", ["play", "replay"])
def test_a_language_the_story_does_not_speak_is_refused_in_one_line(command: str) -> None:
    """It says which there are, and the exit code is that of a wrong command line."""
    args = ["replay", str(SAVES / "return.eternal")] if command == "replay" else ["play", "--plain"]
    done = eternal(*args, "--locale", "tlh")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        f"eternal: Invalid value for --locale: the story is told in en, vi, not in 'tlh' (see 'eternal {command} --help')"
    ]


def test_a_night_of_one_language_is_read_in_another(tmp_path: Path) -> None:
    """A save holds ids: line by line and as each kind of file, the same night in both languages, and no word of it in the wrong one."""
    save = str(SAVES / "spotless.eternal")
    for locale, title, other in (("en", "A good night’s sleep", "Một giấc ngon"), ("vi", "Một giấc ngon", "A good night’s sleep")):
        read = eternal("replay", save, "--plain", "--locale", locale)
        assert read.returncode == 0
        assert title in read.stdout
        assert other not in read.stdout
        for ending in (".md", ".html", ".cast", ".svg"):
            target = tmp_path / f"{locale}{ending}"
            assert eternal("replay", save, "--to", str(target), "--locale", locale).returncode == 0
            told = target.read_text(encoding="utf-8")
            assert title in told
            assert other not in told
    assert '<html lang="vi">' in (tmp_path / "vi.html").read_text(encoding="utf-8")


def test_what_is_said_before_there_is_a_story_is_said_in_the_player_s_language() -> None:
    """A save that is not there, and the list of nights."""
    set_language("vi")
    missing = eternal("replay", "không-có")
    assert missing.returncode == 1
    assert missing.stderr.strip() == "eternal: không có bản lưu 'không-có'"
    assert eternal("saves").stdout.strip() == "Chưa lưu đêm nào."
    eternal("--plain", "--new", "--locale", "en", typed="1\nquit\n")
    listed = eternal("saves").stdout
    assert "1 bước" in listed
    assert "Valentine" not in listed
