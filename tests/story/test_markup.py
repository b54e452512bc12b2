"""The inline text: what it becomes, what is refused, and that the quick way and the parser agree."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from eternal.story import markup
from eternal.story.markup import MAX_SIGNS, MarkupError, Paragraph, Run, is_plain, paragraphs

SIGNS = [*"ab *_[](){}<>#!`\\-+.1\n&;:'\"’“”", "](keep:a)", "](choose:b)", "\n\n", "  \n", "**", "{x}"]
plain = st.lists(st.sampled_from([*"ab \n&;:.’“", "a-", "1)", "\n- a", "\n\n", " \n", "\n ", "a\n-"]), min_size=1, max_size=15).map("".join)
texts = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=25).map("".join)


def words(text: str) -> str:
    """Return what is read of a text, its paragraphs apart."""
    return "\n\n".join("".join(run.text for run in paragraph.runs) for paragraph in paragraphs(text))


class TestRuns:
    """From Markdown to runs."""

    def test_plain_text_is_one_run(self) -> None:
        """Line breaks of the file are blanks."""
        assert paragraphs("One\ntwo.") == (Paragraph((Run("One two."),)),)

    def test_blank_lines_part_paragraphs(self) -> None:
        """However many."""
        assert words("One.\n\n\nTwo.\n \nThree.") == "One.\n\nTwo.\n\nThree."

    def test_emphasis_and_strong(self) -> None:
        """And both at once."""
        (paragraph,) = paragraphs("a *b* **c** ***d***")
        assert [(run.text, run.em, run.strong) for run in paragraph.runs if run.text.strip()] == [
            ("a ", False, False), ("b", True, False), ("c", False, True), ("d", True, True),
        ]  # fmt: skip

    def test_links_keep_and_choose(self) -> None:
        """A run knows what it is a link to; emphasis inside stays."""
        (paragraph,) = paragraphs("[a *b*](keep:grandmother's-yard) or [c](choose:go-on)")
        assert [(run.text, run.keep, run.choose) for run in paragraph.runs] == [
            ("a ", "grandmother's-yard", ""), ("b", "grandmother's-yard", ""), (" or ", "", ""), ("c", "", "go-on"),
        ]  # fmt: skip

    def test_interpolation(self) -> None:
        """A variable's name between braces, in a link too; anything else between braces is text."""
        (paragraph,) = paragraphs("a{trust}b [{mood}](keep:x) { so } {So} {}")
        assert [(run.text, run.show) for run in paragraph.runs] == [
            ("a", ""), ("", "trust"), ("b ", ""), ("", "mood"), (" { so } {So} {}", ""),
        ]  # fmt: skip

    @pytest.mark.parametrize("text", ["a\\\nb", "a  \nb"])
    def test_hard_breaks(self, text: str) -> None:
        """A backslash or two blanks at a line's end."""
        assert words(text) == "a\nb"

    def test_lists_are_lines_of_dialogue(self) -> None:
        """Each item is a paragraph that says so."""
        assert [(words_of(p), p.item) for p in paragraphs("He says:\n\n- “One.”\n- “Two.”\n\nShe nods.")] == [
            ("He says:", False), ("“One.”", True), ("“Two.”", True), ("She nods.", False),
        ]  # fmt: skip

    def test_escapes(self) -> None:
        """A backslash makes a sign a sign."""
        assert words(r"\*a\* \[b\] 5 \< 6") == "*a* [b] 5 < 6"

    @pytest.mark.parametrize("text", ["&#27;[2J", "&lt;b&gt;", "&amp;", "&#x202e;"])
    def test_entities_are_text(self, text: str) -> None:
        """Nothing can be brought in by its number that the reader would have refused."""
        assert words(text) == text

    @pytest.mark.parametrize(
        "text", ["http://example.org", "a@example.org", "[a]", "[a][b]\n\n[b]: keep:c", "a | b\n--|--\nc | d", "~~a~~", "a\n==="]
    )
    def test_what_else_markdown_knows_is_text(self, text: str) -> None:
        """Bare addresses, references, tables and strikes are read as they stand."""
        assert all(not run.keep and not run.choose for paragraph in paragraphs(text) for run in paragraph.runs)
        assert words(text).replace("\n\n", " ").split() == text.split()


def words_of(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.runs)


class TestRefusals:
    """What a story's text cannot have."""

    @pytest.mark.parametrize(
        ("text", "code", "offset"),
        [
            ("# A heading", "E051", 0),
            ("a\n## b", "E051", 2),
            ("an ![image](x.png)", "E051", 3),
            ("some `code`", "E051", 5),
            ("a\n> quote", "E051", 2),
            ("a <b>bold</b>", "E051", 2),
            ("<script>x</script>", "E051", 0),
            ("a [b](c)", "E050", 6),
            ("a [b](keep:)", "E050", 6),
            ("a [b](keep:A)", "E050", 6),
            ("a [b](keep:a 'title')", "E050", 6),
            ("a [b](javascript:x)", "E050", 6),
            ("a [b](\nkeep:c)", "E050", 6),
            ("a [b](<keep:c>)", "E051", 6),
            ("*" * (MAX_SIGNS + 1), "E055", 0),
        ],
    )
    def test_each_is_refused_at_its_place(self, text: str, code: str, offset: int) -> None:
        """The rule and the character."""
        with pytest.raises(MarkupError) as caught:
            paragraphs(text)
        assert (caught.value.code, caught.value.offset) == (code, offset)

    @given(texts)
    def test_nothing_but_a_markup_error_comes_of_any_text(self, text: str) -> None:
        """Whatever is written, it is refused, or it becomes runs that lead where a link may lead."""
        try:
            found = paragraphs(text)
        except MarkupError as error:
            assert 0 <= error.offset < len(text)
            return
        for paragraph in found:
            for run in paragraph.runs:
                assert sum(map(bool, (run.keep, run.choose, run.show))) <= 2
                assert run.text or run.show or not (run.keep or run.choose)
                assert f"keep:{run.keep}" in text or not run.keep
                assert f"choose:{run.choose}" in text or not run.choose

    @given(plain)
    def test_the_quick_way_reads_as_the_parser_does(self, text: str) -> None:
        """Texts without markup skip the parser; they must not read otherwise for it."""
        assume(text.strip() and is_plain(text))
        parsed = tuple(markup._paragraphs(markup._parser().parse(text)))
        assert ["".join(run.text for run in p.runs) for p in paragraphs(text)] == ["".join(run.text for run in p.runs) for p in parsed]
