"""A story whose every text would do something if it were not escaped, and a night of it."""

from __future__ import annotations

from pathlib import Path

from eternal.engine.game import Game
from eternal.story.load import load
from eternal.story.story import Story
from tests.saves.nights import journal

__all__ = ["WORDS", "nasty_night", "nasty_story"]

#: What each title, choice and line has in it.
WORDS = """<script>alert(1)</script> & &amp; "double" 'single' ]]> <!-- --> </style> </svg> \\ * _under_ ~~gone~~ | a # b [a](http://x) !"""

STORY = """
id: nasty
title: 'Title @'
start: here
motifs: [m]
endings: [there]
---
id: here
title: 'Here @'
text:
  - 'Text % \\*starred\\* and *soft* and **hard** and [words to keep](keep:it).'
  - |
    - 1. a line
    - a second line
fragments:
  it: {motif: m, line: 'Line @'}
choices:
  - {id: go, text: 'Choice @', answer: 'Answer %', to: there}
---
id: there
kind: ending
title: 'There @'
text: 'The end %'
"""


def nasty_story(folder: Path) -> Story:
    """Write the story and load it. Where a text has markup of its own, the words are written as an author must write them."""
    folder.mkdir()
    text = WORDS.replace("<", "< ").replace("](", "] (").replace("\\", "\\\\")
    for character in "*_[]~#":
        text = text.replace(character, f"\\{character}")
    written = STORY.replace("@", WORDS.replace("'", "''")).replace("%", text.replace("'", "''"))
    (folder / "story.yaml").write_text(written, encoding="utf-8")
    return load(folder, cached=False)


def nasty_night(story: Story, path: Path) -> Path:
    """Play the story to its end and save it."""
    game = Game(story, seed=1)
    game.keep("it")
    game.choose("go")
    path.write_bytes(journal(game))
    return path
