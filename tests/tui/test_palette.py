"""Colours: six make a theme, and every one of them can be read."""

from __future__ import annotations

import pytest
from rich.color import Color, ColorSystem
from textual.theme import BUILTIN_THEMES

from eternal.tui.palette import HAIR, LEGIBLE, STEPS, Palette, Role, contrast, legible
from eternal.tui.text.offers import Offer, OfferRow, paint_offer
from eternal.tui.text.paint import tint
from eternal.tui.themes import OURS, css_variables, make_theme, palette_of
from eternal.tui.widgets.lamp import GLOW, lamp_ink

TEXT: tuple[Role, ...] = ("page", "dim", "accent", "machine", "lamp")


@pytest.mark.parametrize("hair", ["", *HAIR])
@pytest.mark.parametrize("theme", OURS)
def test_every_text_is_legible_in_every_theme_and_era(theme: str, hair: str) -> None:
    """Each role stands out from its ground by at least 4.5 to 1, whatever the colour of her hair."""
    palette = OURS[theme].wearing(hair)
    for role in TEXT:
        assert contrast(getattr(palette, role), palette.ground) >= LEGIBLE, role


@pytest.mark.parametrize("theme", sorted(BUILTIN_THEMES))
def test_themes_of_textual_are_legible_too(theme: str) -> None:
    """A palette taken from any of Textual's own themes keeps the same contrast, with every hair."""
    for hair in ("", *HAIR):
        palette = palette_of(BUILTIN_THEMES[theme]).wearing(hair)
        assert min(contrast(getattr(palette, role), palette.ground) for role in TEXT) >= LEGIBLE


def test_the_eras_can_be_told_apart() -> None:
    """The four colours of her hair are four colours in each theme."""
    for palette in OURS.values():
        assert len({palette.wearing(hair).accent for hair in HAIR}) == 4


def test_light_goes_from_the_ground_to_the_whole_colour() -> None:
    """A role without light is the ground; with all of it, itself."""
    night = OURS["night"]
    assert night.colour("page", 0) == night.ground
    assert night.colour("page", STEPS) == night.page


def test_what_is_legible_already_is_left_alone() -> None:
    """Only colours that cannot be read are changed."""
    assert legible("#ffffff", "#000000") == "#ffffff"
    assert legible("#101010", "#000000") != "#101010"


def test_a_new_theme_is_six_colours() -> None:
    """Six colours give a Textual theme, a stylesheet's variables, and themselves again."""
    palette = Palette("#000000", "#ffffff", "#999999", "#ff8888", "#88ffff", "#ffff88")
    assert make_theme("mine", palette).background == "#000000"
    assert css_variables(palette)["hair"] == "#ff8888"
    assert palette_of(make_theme("night", OURS["night"])) == OURS["night"]


def test_unknown_hair_changes_nothing() -> None:
    """A scene without hair keeps the theme's own accent."""
    assert OURS["paper"].wearing("") == OURS["paper"]


@pytest.mark.parametrize("theme", OURS)
def test_sixteen_colours_tell_the_roles_apart(theme: str) -> None:
    """Where nothing can be mixed, every role still has a colour of its own among the sixteen, and so have the eras."""
    few = OURS[theme].in_sixteen()
    assert few.dark == OURS[theme].dark

    def number(colour: str) -> int | None:
        return Color.parse(colour).downgrade(ColorSystem.STANDARD).number

    assert len({number(few.colour(role)) for role in ("ground", "page", "dim", "accent", "lamp")}) == 5
    assert len({number(few.wearing(hair).accent) for hair in HAIR}) == 4
    assert few.colour("page", 0) == few.ground


@pytest.mark.parametrize("theme", OURS)
def test_what_is_read_can_be_read_in_sixteen_colours(theme: str) -> None:
    """Prose and what stands back from it, also where the terminal's own grey is nearly its ground."""
    few = OURS[theme].in_sixteen()
    assert contrast(few.page, few.ground) > contrast(few.dim, few.ground) >= LEGIBLE
    assert few.colour("faint") == "#555555"


@pytest.mark.parametrize("theme", OURS)
def test_without_colours_what_is_lit_is_not_darker(theme: str) -> None:
    """With NO_COLOR her hair would be a grey under that of the page: instead it is the page's, in every era, and bold."""
    plain = OURS[theme].without_colours()
    assert {plain.wearing(hair).accent for hair in HAIR} == {plain.page}
    offer, row = Offer("1", "Stay.", "", "choose:stay"), OfferRow(0, first=True, text="Stay.")
    assert all(segment.style and segment.style.bold for segment in paint_offer(offer, row, 40, plain, cursor=True))
    assert not any(segment.style and segment.style.bold for segment in paint_offer(offer, row, 40, plain, cursor=False))


@pytest.mark.parametrize("hair", ["", *HAIR])
@pytest.mark.parametrize("theme", OURS)
def test_what_is_mixed_can_be_read_too(theme: str, hair: str) -> None:
    """Words that can be kept, paled ones, and names anywhere in the light of the lamp keep the contrast as well."""
    palette = OURS[theme].wearing(hair)
    for role in ("page", "dim"):
        assert contrast(tint(palette).colour(role), palette.ground) >= LEGIBLE
    for glow in range(GLOW + 1):
        for role in TEXT:
            style = lamp_ink(palette, role, glow, italic=False)
            assert style.color is not None
            assert style.bgcolor is not None
            assert contrast(style.color.name, style.bgcolor.name) >= LEGIBLE
