"""Every rule has its page and its failing pack, and none of the three says anything else than the others."""

from __future__ import annotations

import pytest

from eternal.author.check import check
from eternal.story.codes import RULES, Rule
from eternal.story.diagnostics import Diagnostic, StoryError, render
from tests.story.pages import BAD, PAGES, index_page, marked_lines, pack_of, page_of, printed, standing_in

rules = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: f"{rule.code}-{rule.name}")


class TestPages:
    """The pages of `docs/diagnostics/`."""

    @rules
    def test_the_front_matter_is_the_rule(self, rule: Rule) -> None:
        """Code, name, severity and message template stand in the page as in the catalogue."""
        message = rule.template.replace('"', '\\"')
        front = {"code": rule.code, "name": rule.name, "severity": rule.severity, "message": f'"{message}"'}
        assert page_of(rule).front == front

    @rules
    def test_the_page_shows_what_is_printed(self, rule: Rule) -> None:
        """The documented message, place, line and caret are those that the pack gives."""
        assert page_of(rule).printed == printed(rule)

    @rules
    def test_the_example_stands_in_the_pack(self, rule: Rule) -> None:
        """What the page shows of a story is cut out of the pack, not retold."""
        example = page_of(rule).example
        files = [file.read_bytes().decode(errors="replace") for file in (BAD / pack_of(rule)).rglob("*.yaml")]
        assert not example or any(example in text for text in files)
        assert f"`{rule.name}" in page_of(rule).text

    @rules
    def test_the_page_says_what_to_do(self, rule: Rule) -> None:
        """Each page explains, shows and mends."""
        text = page_of(rule).text
        assert text.count("\n## ") == 2
        assert text.split("## How to mend it")[1].strip()

    def test_the_index_lists_every_rule(self) -> None:
        """The index is the one that `python -m tests.story.pages` writes."""
        assert (PAGES / "README.md").read_text(encoding="utf-8") == index_page()

    def test_there_is_no_page_and_no_pack_of_a_rule_that_is_not(self) -> None:
        """Rules that go take their pages and packs with them."""
        assert {page.name for page in PAGES.glob("*.md")} == {"README.md", *(f"{r.code}-{r.name}.md" for r in RULES.values())}
        assert {pack.stem for pack in BAD.iterdir()} == {rule.name for rule in RULES.values()}


class TestPacks:
    """The packs of `tests/packs/bad/`."""

    @rules
    def test_the_pack_fails_with_its_rule_at_the_marked_line(self, rule: Rule) -> None:
        """The pack has this mistake and no other, where its comment says."""
        with standing_in(BAD):
            report = check(pack_of(rule))
        ours = [diagnostic for diagnostic in report.diagnostics if diagnostic.code == rule.code]
        assert ours
        assert len(ours) == len(report.diagnostics) or rule.name == "too-many-mistakes"
        marked = marked_lines(rule)
        assert not marked or {(d.file, d.line) for d in ours} == marked

    @rules
    def test_errors_take_the_story_and_warnings_leave_it(self, rule: Rule) -> None:
        """A pack with a warning can be played; one with an error cannot."""
        with standing_in(BAD):
            report = check(pack_of(rule))
        assert (report.story is None) == (rule.severity == "error")
        assert bool(report.errors) == (rule.severity == "error")


class TestRules:
    """The catalogue."""

    def test_codes_and_names_are_in_order_and_unique(self) -> None:
        """One code, one name, one template a rule."""
        assert list(RULES) == sorted(RULES)
        assert len({rule.name for rule in RULES.values()}) == len(RULES)

    def test_titles_are_the_names_as_words(self) -> None:
        """`unknown-scene` is shown as `Unknown scene`."""
        assert RULES["E012"].title == "Unknown scene"


class TestRender:
    """From a diagnostic to the lines a person reads."""

    def _diagnostic(self, source: str, column: int, width: int) -> Diagnostic:
        return Diagnostic(
            code="E012", severity="error", message="no scene 'x'", file="a.yaml", line=3, column=column, width=width, source=source
        )

    def test_the_caret_stands_under_wide_characters(self) -> None:
        """Columns are counted in characters, carets in cells."""
        assert render(self._diagnostic("雪雪: x", 5, 1)).splitlines()[-1] == "   │       ^"

    def test_tabs_can_be_seen(self) -> None:
        """A tab in the line is an arrow, and does not move the caret away."""
        lines = render(self._diagnostic("a\tbc", 3, 2)).splitlines()
        assert lines[1:] == [" 3 │ a→bc", "   │   ^^"]

    def test_a_long_line_is_cut_around_the_place(self) -> None:
        """The caret is on the screen however far to the right the place is."""
        lines = render(self._diagnostic("x" * 500 + "y" + "z" * 500, 501, 1)).splitlines()
        assert lines[1].index("y") == lines[2].index("^")
        assert len(lines[1]) < 120

    def test_without_a_line_there_is_only_the_headline(self) -> None:
        """A whole file that is wrong has no caret."""
        whole = Diagnostic(code="E011", severity="error", message="nothing", file="a")
        assert render(whole) == "a: error[E011]: nothing"

    def test_an_error_counts_what_it_does_not_say(self) -> None:
        """The message of the exception is one line and mentions the rest."""
        first = Diagnostic(code="E011", severity="error", message="nothing", file="a", hint="look")
        assert StoryError([first]).message == "a: error[E011]: nothing (look)"
        assert StoryError([first, first]).message.endswith("(and 1 more)")
