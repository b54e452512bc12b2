"""The four themes of the game, and the palette that any of Textual's own gives.

A new theme is six colours: add a line to `OURS` in `eternal.tui.palette`.
"""

from __future__ import annotations

from textual.theme import Theme

from eternal.tui.palette import LEGIBLE, OURS, Palette, blend, contrast, legible

__all__ = ["OURS", "css_variables", "make_theme", "palette_of"]


def make_theme(name: str, palette: Palette) -> Theme:
    """Return a Textual theme of six colours, for what Textual draws itself (inputs, the command palette)."""
    dark = contrast(palette.ground, "#ffffff") > contrast(palette.ground, "#000000")
    raised = blend(palette.ground, palette.page, 0.06)
    return Theme(
        name=name,
        primary=palette.accent, secondary=palette.machine, accent=palette.accent, warning=palette.lamp, error=palette.lamp,
        success=palette.accent, foreground=palette.page, background=palette.ground, surface=palette.ground, panel=raised,
        dark=dark, variables={"border": palette.dim, "input-cursor-background": palette.page, "input-cursor-foreground": palette.ground},
    )  # fmt: skip


def palette_of(theme: Theme) -> Palette:
    """Return the six colours of a theme: ours as they are, another's taken from its own and made legible."""
    if theme.name in OURS:
        return OURS[theme.name]
    colours = theme.to_color_system().generate()
    ground, page = colours["background"], colours["foreground"]
    if not (_is_hex(ground) and _is_hex(page)):  # a theme of the terminal's own colours: nobody can tell what they are
        return OURS["night"]
    ground, page = ground[:7], legible(page[:7], ground[:7])

    def text(name: str) -> str:
        return legible(colours[name][:7], ground) if _is_hex(colours[name]) else page

    return Palette(
        ground=ground, page=page, dim=legible(blend(ground, page, 0.55), ground, LEGIBLE), accent=text("accent"),
        machine=legible(blend(page, text("secondary"), 0.5), ground), lamp=text("warning"),
    )  # fmt: skip


def css_variables(palette: Palette) -> dict[str, str]:
    """Return the palette under the names that our stylesheets use."""
    return {
        "ground": palette.ground, "page": palette.page, "dim": palette.dim, "hair": palette.accent,
        "machine": palette.machine, "lamp": palette.lamp, "faint": palette.colour("faint"),
        "raised": blend(palette.ground, palette.page, 0.06),
    }  # fmt: skip


def _is_hex(colour: str) -> bool:
    return len(colour) >= 7 and colour[0] == "#"
