"""What the last action brought, in a few words for the line above the machine's."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.engine.state import News
from eternal.engine.view import View
from eternal.story.story import Story
from eternal.tui.sky import short

__all__ = ["news_lines"]


def news_lines(story: Story, page: View) -> list[str]:
    """Return what has happened, the gravest first; what the page itself tells is left out."""
    lines = list(_lines(story, page.news))
    lost = sum(news.kind == "lost" for news in page.news)
    if lost:
        lines.append("one thing to keep went with it" if lost == 1 else f"{lost} things to keep went with it")
    return lines


def _lines(story: Story, news: tuple[News, ...]) -> Iterator[str]:
    for item in news:
        title = short(story.scenes[item.about].title) if item.about in story.scenes else ""
        match item.kind:
            case "erased":
                yield f"{title}: removed"
            case "refuses":
                yield f"{title}: refuses"
            case "hunt":
                voice = story.machine.voice.howard if story.machine else ""
                yield f"{voice}; the map is widened"
            case "turn":
                yield "from here on you can run"
            case "looking":
                yield "across town somebody is looking"
            case "broken":
                yield "the machine has stopped"
            case "dawn":
                yield "06:00"
            case "kept" | "hid" | "dropped":
                word = {"kept": "in hand", "hid": "hidden", "dropped": "let go"}[item.kind]
                yield f"{word}: {story.scenes[story.index.fragments[item.about]].fragments[item.about].line}"
            case _:
                pass
