"""Settings outlive the game, and a broken file never stops it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eternal.locations import settings_file
from eternal.tui.settings import Settings, read_settings, write_settings


def test_settings_come_back_as_they_were_kept() -> None:
    """What is written is read again, from the player's own folder."""
    mine = Settings(theme="paper", pace="slow", animation="basic", width=56, confirm=False, dissolve=False, keymap={"night.map": "g"})
    assert write_settings(mine) == ""
    assert read_settings() == mine
    assert settings_file().is_file()


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b'{"pace": "warp"}', b'{"width": 3}', b"[]", b"\xff\xfe", b'{"keymap": {"a": 1}}', b'{"theme":"\xff"}', b'{"x":' * 30_000],
)
def test_a_damaged_file_is_as_good_as_none(data: bytes) -> None:
    """A file that says nothing sensible gives the settings one begins with."""
    settings_file().parent.mkdir(parents=True)
    settings_file().write_bytes(data)
    assert read_settings() == Settings()


def test_what_cannot_be_kept_is_said(tmp_path: Path) -> None:
    """Where the file cannot be written, a line says why; nothing is raised."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert write_settings(Settings(), blocked / "settings.json").startswith("the settings are not saved: ")
