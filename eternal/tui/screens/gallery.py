"""The endings one has been given, and silhouettes of those one has not."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from eternal.saves.profile import read_profile
from eternal.speech import _, mark
from eternal.story.story import Story
from eternal.tui.keys import bindings
from eternal.tui.screens.last_page import LastPage
from eternal.tui.screens.room import Room
from eternal.tui.widgets.prose import Para, Prose
from eternal.tui.widgets.wall import ACROSS, Frame, Wall
from eternal.wording.told import line_of, title_of

__all__ = ["GalleryScreen", "frames"]


def frames(story: Story, locale: str | None = None) -> tuple[Frame, ...]:
    """Return the story's endings in its order, with what the player's profile remembers of each."""
    reached = read_profile().endings.get(story.id, {})
    lines = {name: line_of(story, name, locale) for name in story.index.fragments}
    names = story.header.endings or tuple(scene.id for scene in story.scenes.values() if scene.kind == "ending")
    return tuple(
        Frame(
            name,
            title_of(story, name, locale),
            it.times,
            tuple(lines[fragment] for fragment in it.poem if fragment in lines),
            story.scenes[name].hair or "",
        )
        if (it := reached.get(name))
        else Frame(name, "")
        for name in names
    )


class GalleryScreen(Room):
    """A wall of frames."""

    SCOPE = "gallery"
    PLACE = mark("Endings")
    BINDINGS = bindings("gallery")
    CSS_PATH = "gallery.tcss"

    def compose(self) -> ComposeResult:
        """Lay out the wall."""
        hung = frames(self.stage.story, self.stage.locale)
        count = sum(1 for frame in hung if frame.times)
        yield Prose(
            [Para(_("Endings · {reached} of {all}").format(reached=count, all=len(hung)), "dim")], palette=self.palette, classes="heading"
        )
        night = self.stage.session
        yield Wall(hung, self.palette, night.state.scene if night is not None else "")
        yield Prose(palette=self.palette, classes="foot")

    def on_mount(self) -> None:
        """Say where the cursor stands."""
        self.moved()

    @on(Wall.Moved)
    def moved(self) -> None:
        """Say of the frame under the cursor what there is to say, and the keys."""
        frame = self.query_one(Wall).frame
        if frame is None or not frame.times:
            words, keys = _("an ending that you have not reached"), self.hints(("gallery.back", _("back")))
        else:
            words = _("reached once") if frame.times == 1 else _("reached {count} times").format(count=frame.times)
            keys = self.hints(("gallery.enter", _("read")), ("gallery.back", _("back")))
        self.query_one(".foot", Prose).paras = [Para(f"{words} · {keys}", "dim")]

    def reword(self) -> None:
        """Name the endings in the language that is spoken now."""
        self.query_one(Wall).frames = frames(self.stage.story, self.stage.locale)
        self.query_one(Wall).refresh()
        self.moved()

    def about(self) -> list[str]:
        """Return what the help says of the gallery."""
        return [_("Each ending that you have reached hangs here with the words you brought to it. A nail is one that you have not.")]

    def action_step(self, by: int) -> None:
        """Move a row up or down."""
        self.query_one(Wall).move(by * ACROSS)

    def action_across(self, by: int) -> None:
        """Move along the row."""
        self.query_one(Wall).move(by)

    def action_press(self) -> None:
        """Read the poem of the frame under the cursor."""
        self.query_one(Wall).press()

    @on(Wall.Picked)
    def picked(self, event: Wall.Picked) -> None:
        """Show a last page again."""
        if event.frame.times:
            self.app.push_screen(LastPage(event.frame.title, event.frame.poem, hair=event.frame.hair, over=False))
