"""What the tests of several of the author's commands begin with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from eternal.author.locale import extract, update
from eternal.story.load import load
from tests.conftest import PACKS


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the small story with an empty Vietnamese catalog."""
    folder = tmp_path / "night"
    shutil.copytree(PACKS / "night", folder)
    story = load(folder, cached=False)
    extract(story, folder)
    update(story, folder, "vi")
    return folder
