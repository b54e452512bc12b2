"""Places: from a path, and a character of its text, to the line and column in the file."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from eternal.story.diagnostics import Diagnostic, Path, finding
from eternal.story.places import LONGEST_LINE, locate
from eternal.story.reader import MAX_DEPTH

FILE = """\
id: river
text:
  - A plain text
    on two lines.
  - |
    A literal text
      with more
    lines.
  - >-
    A folded text
    on two lines

    and a paragraph.
  - "A \\"quoted\\" text \\
     on two lines \\u2014 so."
  - 'It''s single,
    and ''quoted''.'
choices: [{id: go, to: away}, {id: stay}]
---

---
id: bank
"""


def place(path: Path, *, doc: int = 0, at_key: bool = False, offset: int = 0, text: str = FILE) -> tuple[int, int]:
    made = found(path, doc=doc, at_key=at_key, offset=offset, text=text)
    return made.line, made.column


def found(path: Path, *, doc: int = 0, at_key: bool = False, offset: int = 0, width: int = 0, text: str = FILE) -> Diagnostic:
    (made,) = locate([finding("E003", "a", doc, path, at_key=at_key, offset=offset, width=width, problem="x")], lambda _: text)
    return made


def value(path: Path, text: str = FILE, doc: int = 0) -> str:
    """Return the text of a scalar as YAML reads it."""
    tree: Any = [document for document in yaml.load_all(text, Loader=yaml.BaseLoader) if document != ""][doc]
    for step in path:
        tree = tree[step]
    return str(tree)


class TestPaths:
    """Where a value stands."""

    @pytest.mark.parametrize(
        ("path", "at_key", "line", "column"),
        [
            ((), False, 1, 1),
            (("id",), True, 1, 1),
            (("id",), False, 1, 5),
            (("text",), True, 2, 1),
            (("text",), False, 3, 3),
            (("text", 0), False, 3, 5),
            (("text", 1), False, 6, 5),
            (("choices", 0), False, 18, 11),
            (("choices", 0, "to"), False, 18, 24),
            (("choices", 1, "id"), True, 18, 32),
        ],
    )
    def test_keys_values_and_items(self, path: Path, at_key: bool, line: int, column: int) -> None:
        """In blocks and in flow."""
        assert place(path, at_key=at_key) == (line, column)

    def test_documents_of_nothing_do_not_count(self) -> None:
        """The second document is the second that holds something."""
        assert place(("id",), doc=1) == (22, 5)

    def test_what_is_not_there_is_placed_at_what_is(self) -> None:
        """A missing field is its mapping's mistake, a missing document the file's."""
        assert place(("choices", 1, "to")) == (18, 31)
        assert place(("choices", 7, "to", 0)) == (18, 1)
        assert place(("id",), doc=9) == (1, 1)

    def test_a_key_that_is_itself_wrong_can_be_placed(self) -> None:
        """Places come from the events, not from what the tree kept: of repeated keys the first is meant."""
        assert place(("a",), at_key=True, text="a: 1\na: 2\n") == (1, 1)

    def test_what_the_reader_did_not_read_has_no_places(self) -> None:
        """Below the deepest level, and behind a syntax error, the nearest place before is given."""
        deep = "[" * (MAX_DEPTH * 2) + "]" * (MAX_DEPTH * 2)
        assert place((0,) * (MAX_DEPTH + 20), text=deep)[0] == 1
        assert place(("b",), text="a: 1\nb: 'x\n") == (1, 1)


class TestCharacters:
    """Where a character inside a text stands."""

    @pytest.mark.parametrize(
        ("path", "word", "line", "column"),
        [
            (("text", 0), "plain", 3, 7),
            (("text", 0), "two", 4, 8),
            (("text", 1), "literal", 6, 7),
            (("text", 1), "more", 7, 12),
            (("text", 1), "lines.", 8, 5),
            (("text", 2), "folded", 10, 7),
            (("text", 2), "two", 11, 8),
            (("text", 2), "paragraph", 13, 11),
            (("text", 3), "quoted", 14, 10),
            (("text", 3), "two", 15, 9),
            (("text", 3), "\u2014", 15, 19),
            (("text", 3), "so", 15, 26),
            (("text", 4), "single", 16, 12),
            (("text", 4), "quoted", 17, 11),
        ],
    )
    def test_words_in_every_style(self, path: Path, word: str, line: int, column: int) -> None:
        """Folded, literal, quoted and plain: the real line and column of the file."""
        assert place(path, offset=value(path).index(word)) == (line, column)

    @given(
        st.text(st.sampled_from("ab c'\"\\é雪:#-\n"), max_size=60),
        st.sampled_from([None, '"', "'", "|", ">"]),
        st.integers(12, 60),
        st.booleans(),
    )
    def test_each_letter_is_found_where_it_stands(self, text: str, style: str | None, width: int, escaped: bool) -> None:
        """However YAML folds, quotes and escapes a text, its letters keep their order, and each place shows the letter or its escape."""
        text = f"x{text}x"
        file = yaml.dump({"k": [text]}, default_style=style, width=width, allow_unicode=not escaped)
        lines = file.split("\n")
        before = (0, 0)
        for offset, letter in enumerate(text):
            if letter in " \n":
                continue
            line, column = place(_path(file), offset=offset, text=file)
            shown = lines[line - 1][column - 1]
            assert shown == letter or (shown == "\\" and '"' in file)
            assert (line, column) > before
            before = line, column

    def test_a_width_ends_with_its_line(self) -> None:
        """Carets never run over what is written."""
        assert found(("text", 0), width=500).width == len("A plain text")
        assert found(("id",), width=500).width == len("river")
        assert found(("text", 1), offset=2).width == len("literal text")


def _path(file: str) -> Path:
    tree = yaml.load(file, Loader=yaml.BaseLoader)
    (key,) = tree
    return (key, 0)


class TestDiagnostics:
    """What becomes of findings."""

    def test_they_come_in_the_order_of_the_files_without_repeats(self) -> None:
        """By file, line and column; the same finding twice is one."""
        findings = [finding("E003", name, line=line, column=1, problem="x") for name, line in (("b", 1), ("a", 2), ("a", 1), ("a", 2))]
        assert [(d.file, d.line) for d in locate(findings, lambda _: "1\n2\n")] == [("a", 1), ("a", 2), ("b", 1)]

    def test_each_file_is_asked_for_once(self) -> None:
        """Locating a thousand mistakes reads a file once."""
        asked: list[str] = []

        def text_of(name: str) -> str:
            asked.append(name)
            return "[1, 2]"

        locate([finding("E003", "a", 0, (n,), problem="x") for n in range(5)], text_of)
        assert asked == ["a"]

    def test_what_is_shown_is_one_clean_line(self) -> None:
        """Neither the message nor the line can move a cursor."""
        (made,) = locate([finding("E003", "a", line=1, column=1, problem="x\n\x1b[2Jy")], lambda _: "a\x1b[2J\x07: b\n")
        assert made.message == "x \ufffd[2Jy"
        assert made.source == "a\ufffd[2J\ufffd: b"

    def test_a_line_that_nobody_could_read_is_not_shown(self) -> None:
        """A file of one endless line gives places without it."""
        (made,) = locate([finding("E003", "a", line=1, column=9, problem="x")], lambda _: "x" * (LONGEST_LINE + 1))
        assert made.source == ""

    def test_a_file_that_is_not_there_has_no_place(self) -> None:
        """A finding about a pack as a whole keeps no line."""
        (made,) = locate([finding("E011", "a", problem="x")], lambda _: "")
        assert (made.line, made.column, made.source) == (0, 0, "")
