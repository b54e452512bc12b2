"""What the last action brought, in a few words for the line above the machine's."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.engine.state import News
from eternal.engine.view import View
from eternal.speech import _
from eternal.story.story import Story
from eternal.tui.sky import short
from eternal.tui.told import line_of, say, title_of

__all__ = ["news_lines"]


def news_lines(story: Story, page: View, locale: str | None = None) -> list[str]:
    """Return what has happened, the gravest first; what the page itself tells is left out."""
    lines = list(_lines(story, page.news, locale))
    lost = sum(news.kind == "lost" for news in page.news)
    if lost:
        lines.append(_("one thing to keep went with it") if lost == 1 else _("{count} things to keep went with it").format(count=lost))
    return lines


def _lines(story: Story, news: tuple[News, ...], locale: str | None) -> Iterator[str]:
    for item in news:
        title = short(title_of(story, item.about, locale)) if item.about in story.scenes else ""
        match item.kind:
            case "erased":
                yield _("{place}: removed").format(place=title)
            case "refuses":
                yield _("{place}: refuses").format(place=title)
            case "hunt":
                voice = say(story, "voice:howard", story.machine.voice.howard, locale) if story.machine else ""
                yield _("{voice}; the map is widened").format(voice=voice)
            case "turn":
                yield _("from here on you can run")
            case "looking":
                yield _("across town somebody is looking")
            case "broken":
                yield _("the machine has stopped")
            case "dawn":
                yield "06:00"
            case "kept" | "hid" | "dropped":
                word = {"kept": _("in hand"), "hid": _("hidden"), "dropped": _("let go")}[item.kind]
                yield f"{word}: {line_of(story, item.about, locale)}"
            case _:
                pass
