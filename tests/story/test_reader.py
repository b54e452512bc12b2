"""Reading YAML: what is taken, what is refused, and where."""

from __future__ import annotations

import string
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from eternal.safety import FORBIDDEN
from eternal.story.decoding import decode, shown
from eternal.story.reader import MAX_DEPTH, MAX_NODES, Reading, read

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Cf", "Zl", "Zp", "Co"]), max_size=12)
keys = st.text(string.ascii_lowercase, min_size=1, max_size=6)
trees = st.recursive(words, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12)


def codes(reading: Reading) -> list[str]:
    return [found.code for found in reading.findings]


class TestDecode:
    """From bytes to text."""

    def test_a_mark_at_the_beginning_does_no_harm(self) -> None:
        """Some editors write one."""
        assert decode("a", b"\xef\xbb\xbfid: a") == ("id: a", [])

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_lines_end_as_they_like(self, end: str) -> None:
        """A file from any system has the same lines."""
        assert decode("a", f"a: 1{end}b: 2{end}".encode()) == ("a: 1\nb: 2\n", [])

    def test_text_is_composed(self) -> None:
        """A decomposed letter and a composed one are the same letter."""
        assert decode("a", "cafe\u0301".encode())[0] == "caf\u00e9"

    @pytest.mark.parametrize(
        ("data", "line", "column"),
        [
            (b"a: 1\nb: \xff", 2, 4),
            ("\u00fc: 1\r\n\u00fc\u00fc: ".encode() + b"\xc3(", 2, 5),
            (b"\xef\xbb\xbf\xe9: 1", 1, 1),
            ("a: \u00fc\x1b[2J".encode(), 1, 5),
            ("a: \u00fc\nb: 12\u202e".encode(), 2, 6),
        ],
    )
    def test_a_bad_byte_or_character_is_placed_in_characters(self, data: bytes, line: int, column: int) -> None:
        """Columns count what a person sees, whatever line ends and marks the file has."""
        text, (problem,) = decode("a", data)
        assert bool(text) == (problem.code == "E010")
        assert (problem.line, problem.column) == (line, column)

    def test_every_forbidden_character_is_said_and_the_rest_is_read(self) -> None:
        """Unless there are so many that it is no text."""
        text, problems = decode("a", "a: 1\x1b\nb: \u202e2\n".encode())
        assert text == "a: 1\ufffd\nb: \ufffd2\n"
        assert [(found.code, found.line, found.column) for found in problems] == [("E010", 1, 5), ("E010", 2, 4)]
        text, problems = decode("a", b"a: 1\n" + b"\x1b" * 200)
        assert (text, [(found.line, found.column) for found in problems]) == ("", [(2, 1)])

    @given(st.binary(max_size=200))
    def test_any_bytes_are_decoded_or_refused(self, data: bytes) -> None:
        """Nothing but a finding comes of bytes that are no text."""
        text, problems = decode("a", data)
        assert FORBIDDEN.search(text) is None
        assert {found.code for found in problems} <= {"E001", "E010"}
        assert isinstance(shown(data), str)


class TestTrees:
    """From text to dict, list and str."""

    @given(trees, st.sampled_from([None, '"', "'", "|", ">"]), st.booleans())
    def test_what_is_read_is_what_was_written(self, tree: Any, style: str | None, flow: bool) -> None:
        """Every style of scalar, in block and flow, reads as PyYAML's own text-only loader reads it."""
        text = yaml.dump(tree, default_style=style, default_flow_style=flow, allow_unicode=True, width=40)
        reading = read("a", text)
        if any(sign in text for sign in ("&", "!", "\\")) and reading.findings:
            return
        assert reading.findings == []
        expected = yaml.load(text, Loader=yaml.BaseLoader)
        assert reading.documents == ([] if expected == "" else [expected])

    @pytest.mark.parametrize("word", ["no", "on", "012", "12:30", "2003-01-18", "1e3", "~", "null", "0x10", "True", "1_000", "=", "<<"])
    def test_scalars_stay_text(self, word: str) -> None:
        """YAML's guesses at types are not made: the schema says what a value is."""
        assert read("a", f"a: {word}").documents == [{"a": word}]

    def test_empty_documents_are_left_out(self) -> None:
        """A stray `---` makes no scene."""
        assert read("a", "---\n---\na: b\n---\n").documents == [{"a": "b"}]

    def test_depth_up_to_the_limit_is_read(self) -> None:
        """The limit is the last depth that is allowed."""
        assert read("a", "[" * MAX_DEPTH + "]" * MAX_DEPTH).findings == []
        assert codes(read("a", "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))) == ["E007"]

    def test_values_up_to_the_limit_are_read(self) -> None:
        """So is the number of values."""
        assert read("a", "- a\n" * (MAX_NODES - 1)).findings == []
        assert codes(read("a", "- a\n" * (MAX_NODES + 1))) == ["E008"]


class TestRefusals:
    """What is said where, and that reading goes on where it can."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a: &x 1\nb: *x\n", [("E005", 1, 4), ("E005", 2, 4)]),
            ("a: !t 1\nb: !!int 2\n", [("E006", 1, 4), ("E006", 2, 4)]),
            ("a: &x {b: 1}\nc: [&y 1]\n", [("E005", 1, 4), ("E005", 2, 5)]),
            ('a: "x\\e"\nb: "\\u202E"\n', [("E010", 1, 6), ("E010", 2, 5)]),
            ('a: "folded\n  and \\x07 rung"\n', [("E010", 2, 7)]),
            ('"k\\x00": 1\n', [("E010", 1, 3)]),
            ("? [a]\n: b\n", [("E014", 1, 3)]),
            ("a: 1\nb: {c: 1,\n  c: 2}\na: 3\n", [("E004", 3, 3), ("E004", 4, 1)]),
            ("a: 'x\n", [("E003", 1, 4)]),
            ("a: b: c\n", [("E003", 1, 5)]),
            ("%TAG ! tag:x,2000:\n--- a\n", [("E006", 1, 1)]),
        ],
    )
    def test_each_stands_at_its_place(self, text: str, expected: list[tuple[str, int, int]]) -> None:
        """Line and column, both from 1, of what is refused; several in one file."""
        assert [(found.code, found.line, found.column) for found in read("a", text).findings] == expected

    def test_a_repeated_key_names_the_line_of_the_first(self) -> None:
        """Whatever stands between, and however deep."""
        text = "x: {k: 0}\ny:\n  - k: 1\n    j: [k, k]\n    l: {k: 2}\n    k: 3\n    k: 4\n"
        reading = read("a", text)
        assert [found.message for found in reading.findings] == ["the key 'k' stands here twice; the first is in line 3"] * 2

    def test_a_file_that_cannot_be_read_to_its_end_says_so(self) -> None:
        """What a broken file does not hold says nothing of what is missing."""
        assert not read("a", "a: 'x").whole
        assert read("a", "a: &x 1").whole

    @given(st.text(alphabet=st.sampled_from(list("ab:-?[]{},&*!|>'\"%@`#\\ \n\t~0")), max_size=80))
    def test_anything_is_read_or_refused(self, text: str) -> None:
        """No text raises; what is not read whole has a finding, and every finding has a line."""
        reading = read("a", text)
        assert reading.whole or reading.findings
        assert all(found.line for found in reading.findings)
