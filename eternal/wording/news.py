"""What the last action brought, in a few words beside the page."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.engine.pages import View
from eternal.engine.state import News
from eternal.speech import _
from eternal.story.story import Story
from eternal.wording.lines import WIDTH, wrap
from eternal.wording.told import line_of, say, short, title_of, within, words_of

__all__ = ["news_lines", "news_rows"]


def news_lines(story: Story, page: View, locale: str | None = None, *, own: bool = True) -> list[str]:
    """Return what has happened, the gravest first; what the page itself tells is left out.

    Args:
        story: the story.
        page: the page that the news begin.
        locale: the language to say them in.
        own: whether what one has done oneself is among them.
    """
    news = page.news if own else tuple(item for item in page.news if item.kind not in ("kept", "hid", "dropped"))
    return [*_lines(story, news, locale), *_lost(story, news, locale)]


def _lost(story: Story, news: tuple[News, ...], locale: str | None) -> Iterator[str]:
    """Yield what is lost, by the words that it was."""
    words = [f"“{within(words_of(story, item.about, locale))}”" for item in news if item.kind == "lost"]
    if words:
        yield _("forgotten: {words}").format(words=", ".join(words))


def _lines(story: Story, news: tuple[News, ...], locale: str | None) -> Iterator[str]:
    for item in news:
        title = short(title_of(story, item.about, locale)) if item.about in story.scenes else ""
        match item.kind:
            case "erased":
                yield _("{place}: removed").format(place=title)
            case "refuses":
                yield _("{place} refuses: one beat more").format(place=title)
            case "fled" if any(other.kind == "collapse" for other in news):
                yield _("it went before you could run")
            case "noise" | "hunt":
                yield _noise(story, item, locale)
            case "turn":
                yield _("from here on you can run")
            case "looking":
                yield _("across town somebody is looking")
            case "broken":
                yield _("the machine has stopped")
            case "dawn":
                yield _("it is morning")
            case "dropped" if any(other.kind == "lost" and other.about == item.about for other in news):
                pass  # it is forgotten with that, and so it is said
            case "kept" | "hid" | "dropped":
                word = {"kept": _("in hand"), "hid": _("hidden"), "dropped": _("let go")}[item.kind]
                yield f"{word}: {line_of(story, item.about, locale)}"
            case _:
                pass


def _noise(story: Story, item: News, locale: str | None) -> str:
    """Say how loud it has become, in the machine's words: what it will say from here on."""
    mood = item.about if item.kind == "noise" else "howard"
    voice = say(story, f"voice:{mood}", getattr(story.machine.voice, mood), locale) if story.machine else ""
    match mood:
        case "howard":
            return _("{voice}; the map is widened").format(voice=voice)
        case "calm":
            return _("{voice}: it is quiet again").format(voice=voice)
        case "lost":
            return _("{voice}: a little louder, and somebody is called in").format(voice=voice)
        case _:
            return _("{voice}: that was heard").format(voice=voice)


def news_rows(story: Story, page: View, locale: str | None = None, *, own: bool = True) -> Iterator[str]:
    """Yield the same as rows of a face made of lines, each piece of news behind a star."""
    for line in news_lines(story, page, locale, own=own):
        yield from wrap(f"* {line}", WIDTH, "  ")
