"""A language longer than the original on every screen: no choice is cut off, and nothing has escaped translation.

The language is generated (`eternal.author.locale.pseudo`): every word is accented and longer, and what must be seen whole stands
between ⟦ and ⟧.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual.command import CommandPalette
from textual.pilot import Pilot

from eternal import speech
from eternal.author.locale import check
from eternal.author.locale.interface import check_interface
from eternal.author.locale.pseudo import LANGUAGE, accented, write_pseudo
from eternal.engine.view import View, view
from eternal.locations import saves_folder
from eternal.saves.profile import remember
from eternal.saves.save import Save, folded_save
from eternal.saves.session import branch
from eternal.story.languages import learn
from eternal.story.load import SHIPPED, load
from eternal.story.messages import messages
from eternal.story.story import Story
from eternal.tui.column import column, margin
from eternal.tui.screens.cinema import CinemaScreen
from eternal.tui.screens.help import HelpScreen
from eternal.tui.screens.keys import KeysScreen
from eternal.tui.screens.line import Line
from eternal.tui.stage import Stage
from eternal.tui.widgets.leaf import Leaf
from eternal.tui.widgets.menu import Menu
from eternal.tui.widgets.prose import Prose
from eternal.tui.widgets.wall import ACROSS, Wall
from tests.tui.support import drive, shown, still

SAVES = SHIPPED.parent / "saves"
SIZES = pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=lambda size: f"{size[0]}x{size[1]}")

#: What stays as it is: names of keys, of themes, of saves and of languages, and the machine's hour.
KEPT = frozenset(
    [
        "del",
        "enter",
        "esc",
        "space",
        "tab",
        "pgup",
        "pgdn",
        "home",
        "end",
        "ctrl",
        "shift",
        "night",
        "snow",
        "tangerine",
        "paper",
        "textual",
        "animations",
        "pseudo",
        "return",
        "from",
    ]
)


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The shipped story in a language that is made from nothing with a translator's own tools."""
    pack = tmp_path_factory.mktemp("pseudo") / "story"
    shutil.copytree(SHIPPED, pack, ignore=shutil.ignore_patterns("*.mo", "*.po", "*.pot"))
    write_pseudo(load(pack, cached=False), pack, pack.parent / "interface")
    story = load(pack, cached=False)
    assert learn(story, LANGUAGE)
    return story


@pytest.fixture(autouse=True)
def _spoken(pseudo: Story, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The interface speaks it too."""
    assert pseudo.pack is not None
    monkeypatch.setattr(speech, "FOLDER", pseudo.pack.parent / "interface")
    assert speech.speak(LANGUAGE)
    yield
    speech.speak("en")


def opened(name: str = "return") -> Path:
    """Put a recorded night into the player's folder."""
    saves_folder().mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(SAVES / f"{name}.eternal", saves_folder()))


def squeezed(text: str) -> str:
    """Return a text without its spaces, so that it is found however its lines are broken."""
    return re.sub(r"\s+", "", text)


def whole(stage: Stage, text: str) -> bool:
    """Tell whether a text is on the screen from its first character to its last."""
    return squeezed(text) in squeezed(shown(stage))


def escaped(stage: Stage) -> set[str]:
    """Return the words on the screen that nobody has translated."""
    return {
        word.lower() for word in re.findall(r"(?<![\w’'])[A-Za-z]{3,}(?![\w’'])", shown(stage)) if re.search("[aeiouyAEIOUY]", word)
    } - KEPT


def look(stage: Stage, *, over: bool = False) -> None:
    """Check what holds on every screen: framed texts are whole, and every word is in the language.

    What stands in the margin (the top line, the news) may end in an ellipsis; a question covers (`over`) what it is asked over.
    """
    text = re.sub("⟦[^⟧\n]*…", "", shown(stage))
    assert over or text.count("⟦") == text.count("⟧"), text
    assert escaped(stage) == set(), text


async def walk(stage: Stage, pilot: Pilot[int], *, over: bool = False) -> None:
    """Go through a list from end to end: every row can be read whole when the cursor is on it, with its note below or beside it."""
    menu = stage.screen.query_one(Menu)
    for row in [row for row in menu.rows if row.id]:
        menu.point(row.id)
        await pilot.pause()
        assert whole(stage, row.text), shown(stage)
        assert not row.below or whole(stage, row.below), shown(stage)
        look(stage, over=over)


def test_it_is_made_from_nothing_by_the_translators_tools(pseudo: Story) -> None:
    """Extracted, begun, filled, compiled: nothing is missing, nothing would break, and it is about 40 % longer."""
    assert pseudo.pack is not None
    assert [str(complaint) for complaint in check(pseudo, pseudo.pack)] == []
    assert [str(complaint) for complaint in check_interface(speech.FOLDER)] == []
    texts = [message.text for message in messages(pseudo)]
    assert 1.35 < sum(map(cell_len, map(accented, texts))) / sum(map(cell_len, texts)) < 1.45


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Let it go.", "Ļééţ îîţ ğôô."),
        ("[A star](keep:star) and {trust}", "[ÀàŠ"),
        ("'help' lists --continue", "'help' ļîîššţšš --continue"),
    ],
)
def test_what_translators_keep_is_kept(text: str, said: str) -> None:
    """Targets of links, values, names of commands."""
    assert accented(text).startswith(said[:3])
    for kept in re.findall(r"\([^)]*\)|\{[^}]*\}|'help'|--continue", text):
        assert kept in accented(text)


@SIZES
@pytest.mark.parametrize("name", ["return", "stayed", "machine-refuses", "spotless"])
def test_no_choice_of_a_recorded_night_is_cut_off(pseudo: Story, size: tuple[int, int], name: str) -> None:
    """Every page of four recorded nights, as the cinema shows it: each choice is there from ⟦ to ⟧, with what it costs."""
    game = folded_save(SAVES / f"{name}.eternal", pseudo).game
    game.locale = LANGUAGE
    film = CinemaScreen(game)
    stage = still(pseudo, film=film, locale=LANGUAGE)

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("home")
        leaf = stage.screen.query_one(Leaf)
        seen: set[object] = set()
        for step in range(len(game.actions) + 1):
            film._go(step, cut=True)
            if leaf.writing.offers in seen:
                continue
            seen.add(leaf.writing.offers)
            assert size[0] < 80 or leaf.spread.plan.deep == len(leaf.spread.rows)  # in sight without scrolling
            for offer in leaf.writing.offers:
                leaf.point(offer.does)
                painted = "".join(leaf.render_line(y).text for y in range(leaf.size.height))
                assert squeezed(offer.text + offer.cost) in squeezed(painted), painted

    drive(stage, script, size)


@SIZES
class TestScreens:
    """Every screen of the game."""

    def test_title(self, pseudo: Story, size: tuple[int, int]) -> None:
        """The name, what the story says of itself, every row, with a night to continue."""
        opened()
        stage = still(pseudo, locale=LANGUAGE)

        async def script(pilot: Pilot[int]) -> None:
            await pilot.pause()
            await walk(stage, pilot)
            assert whole(stage, accented(pseudo.header.about or "")), shown(stage)

        drive(stage, script, size)

    def test_table_and_page(self, pseudo: Story, size: tuple[int, int]) -> None:
        """From Valentine's evening past the doctor's table into the night, by the first choice each time."""
        stage = still(pseudo, mode="new", locale=LANGUAGE)
        stage.settings = replace(stage.settings, confirm=False)

        async def script(pilot: Pilot[int]) -> None:
            for _ in range(60):
                await pilot.pause()
                assert stage.session is not None
                leaf = stage.screen.query_one(Leaf)
                for offer in leaf.writing.offers:
                    leaf.point(offer.does)
                    assert whole(stage, offer.text), shown(stage)
                look(stage, over=True)  # what lies on the doctor's desk is named as far as there is room
                if stage.session.view.kind == "memory":
                    break
                await pilot.press("1")
            assert stage.session is not None
            assert stage.session.view.kind == "memory"

        drive(stage, script, size)

    @pytest.mark.parametrize("where", ["nights", "endings", "settings", "map", "before", "hands", "run"])
    def test_screens_beside_the_page(self, pseudo: Story, size: tuple[int, int], where: str) -> None:
        """Lists are walked from end to end; what is no list is looked at; the keys at the bottom are whole."""
        stage = night(pseudo, where)

        async def script(pilot: Pilot[int]) -> None:
            await pilot.pause()
            stage.go(where)
            await pilot.pause()
            if stage.screen.query(Menu):
                await walk(stage, pilot)
            look(stage)
            for foot in stage.screen.query(".foot").results(Prose):
                for para in foot.paras:
                    assert whole(stage, para.text), shown(stage)

        drive(stage, script, size)

    def test_keys(self, pseudo: Story, size: tuple[int, int]) -> None:
        """Every key, what it does, and where."""
        stage = still(pseudo, locale=LANGUAGE)

        async def script(pilot: Pilot[int]) -> None:
            await pilot.pause()
            stage.push_screen(KeysScreen())
            await pilot.pause()
            await walk(stage, pilot)

        drive(stage, script, size)

    @pytest.mark.parametrize("where", ["title", "night", "map", "before", "hands", "run", "nights", "endings", "settings", "cinema"])
    def test_help(self, pseudo: Story, size: tuple[int, int], where: str) -> None:
        """What it says of the place, and each key with what it does, read by scrolling to its end."""
        stage = night(pseudo, where)

        async def script(pilot: Pilot[int]) -> None:
            await pilot.pause()
            if where == "cinema":
                stage.watch_night(next(saves_folder().glob("*.eternal")))
            elif where not in ("title", "night"):
                stage.go(where)
            await pilot.pause()
            stage.action_help()
            await pilot.pause()
            screen = stage.screen
            assert isinstance(screen, HelpScreen)
            read = ""
            for _ in range(40):
                look(stage)
                read += squeezed(shown(stage)) + "\n"
                await pilot.press("down")
            for line in (*screen.lines, *(row.text for row in screen.query_one(Menu).rows)):
                assert all(squeezed(part) in read for part in halves(line)), f"{line}\n{shown(stage)}"

        drive(stage, script, size)

    def test_questions_and_notices(self, pseudo: Story, size: tuple[int, int]) -> None:
        """Leaving, going back, what must be seen before one goes on, a line to write."""
        stage = night(pseudo, "before")

        async def script(pilot: Pilot[int]) -> None:
            await pilot.pause()
            stage.leave()
            await pilot.pause()
            await walk(stage, pilot, over=True)
            await pilot.press("escape", "h", "enter")
            await pilot.pause()
            await walk(stage, pilot, over=True)
            await pilot.press("escape", "escape")
            said = [speech._("{name} keeps what it was").format(name="“⟦⟧”"), speech._("the disk is full")]
            stage.tell(speech._("Before you go on"), said)
            await pilot.pause()
            await walk(stage, pilot, over=True)
            assert all(whole(stage, line) for line in said)
            await pilot.press("enter", "h", "slash")
            await pilot.pause()
            assert isinstance(stage.screen, Line)
            look(stage, over=True)
            await pilot.press(*"zzz", "enter")
            await pilot.pause()
            look(stage, over=True)

        drive(stage, script, size)

    def test_palette(self, pseudo: Story, size: tuple[int, int]) -> None:
        """The commands and what they do, in the language."""
        stage = night(pseudo, "before")

        async def script(pilot: Pilot[int]) -> None:
            await pilot.press("ctrl+p")
            await pilot.pause(0.3)
            assert isinstance(stage.screen, CommandPalette)
            assert whole(stage, speech._("Map"))
            assert whole(stage, speech._("The map of memories"))

        drive(stage, script, size)

    def test_endings_hang_with_their_words(self, pseudo: Story, size: tuple[int, int]) -> None:
        """The wall with a frame, and its last page again, read to its end however long the poem is."""
        remember(folded_save(SAVES / "return.eternal", pseudo).game)
        stage = still(pseudo, locale=LANGUAGE)

        async def script(pilot: Pilot[int]) -> None:
            await pilot.pause()
            stage.go("endings")
            await pilot.pause()
            wide = column(size[0], 84) // ACROSS
            for number, frame in enumerate(stage.screen.query_one(Wall).frames):
                at = margin(size[0]) + number % ACROSS * wide
                hung = "".join(line[at : at + wide] for line in shown(stage).split("\n"))
                assert not frame.times or squeezed(frame.title) in squeezed(hung), shown(stage)
            assert escaped(stage) == set(), shown(stage)
            await pilot.press("enter")
            await pilot.pause()
            read = ""
            for _ in range(12):
                read += squeezed(shown(stage))
                await pilot.press("down")
                assert escaped(stage) == set(), shown(stage)
            for line in folded_save(SAVES / "return.eternal", pseudo).game.view.poem:
                assert squeezed(accented(line, framed=True)) in read, read

        drive(stage, script, size)


def halves(text: str) -> list[str]:
    """Return a text in two, since a scrolled list may never show all of its lines at once."""
    middle = text.find(" ", len(text) // 2)
    return [text[:middle], text[middle:]] if middle > 0 else [text]


def night(story: Story, where: str) -> Stage:
    """Return an app that stands in the middle of a recorded night, with something in hand, something hidden and ways to run."""
    full = folded_save(SAVES / "return.eternal", story).game

    def fits(page: View) -> bool:
        return bool(page.hands and page.hidden and page.ways and page.refuges)

    step = next(number for number, state in enumerate(full.states) if fits(view(story, state)))
    path = opened()
    branch(story, path, step).close()
    path.unlink()
    if where in ("title", "cinema"):
        return still(story, locale=LANGUAGE)
    return still(story, locale=LANGUAGE, save=Save.open(next(saves_folder().glob("*.eternal")), story))
