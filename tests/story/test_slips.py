"""Mistakes of YAML are told in plain words, and do not bring others with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from eternal.author.check import check
from eternal.story.reader import read


def written(folder: Path, scenes: str, header: str = "", name: str = "scenes.yaml") -> list[tuple[str, str, str]]:
    """Write a story and return what is said of it: code, message and hint."""
    (folder / "story.yaml").write_text(f"id: a\ntitle: A\nstart: hall\n{header}", encoding="utf-8")
    (folder / name).write_text(scenes, encoding="utf-8")
    return [(found.code, found.message, found.hint) for found in check(folder).diagnostics]


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("text: Ask: which door?\n", "E003", "a colon and a blank begin a value; put the whole text in quotes"),
        ('text: "Which door?" you ask.\nid: x\n', "E003", 'the text goes on after its closing "'),
        *(
            (f"text: {sign}x y\nid: x\n", "E003", f"a text cannot begin with {sign[0]}")
            for sign in ("[a] ", "{a} ", "* ", "& ", "@", "%", "| ", "> ")
        ),
        ("text: *bold* words\n", "E003", "a text cannot begin with *"),
        ("text: *words\n", "E005", "if it begins a text, put the whole text in quotes"),
        ("text: !Halt\n", "E006", "if it begins a text, put the whole text in quotes"),
        ("choices:\n  - if: !asked\n", "E006", "put the condition in quotes and write not"),
        ("a:\n\tb: 1\n", "E003", "indent with blanks"),
        ("a: 1\n\tb: 2\n", "E003", "indent with blanks"),
        ("a: 1\ntext: 'Tis night.\nb: 2\n", "E003", "close it, or put the whole text in quotes"),
        ('a: "x\nb: 1\nc: "2"\n', "E003", "the quotation mark opened in line 1 is not closed in its line"),
        ("choices:\n  -id: a\n    text: b\n    to: c\n", "E003", "a blank is missing after the - in line 2"),
        ("id:x\ntitle: b\n", "E003", "a blank is missing after the : in line 1"),
        ("id: x\ntitle:b\ntext: c\n", "E003", "a blank is missing after the : in line 2"),
        ("text: hello\nworld wide\nid: a\n", "E003", "if it goes on with a text, indent it"),
        ("choices:\n  - id: a\n   text: b\n", "E003", "look at the line above too"),
        ("choices:\n  - id: a\n     text: b\n", "E003", "look at the line above too"),
        ("a: [b, c\nid: d\n", "E003", "separate its parts by commas, and end it with ]"),
        ('a: "b\\q"\n', "E003", "between double quotes"),
    ],
)
def test_the_hint_says_what_was_meant(text: str, code: str, hint: str) -> None:
    """And names the line where it began, if YAML stopped later."""
    (found,) = read("a", text).findings
    assert (found.code, found.hint[: len(hint)]) == (code, hint)


def test_a_line_of_hyphens_that_is_missing_is_said_once_for_each() -> None:
    """Not once for each key that the next scene has too, and what follows is a scene of its own."""
    scene = "id: {}\ntitle: A\ntext: B\nchoices:\n  - {{id: a, text: b}}\n"
    reading = read("a", "".join(scene.format(name) for name in "abc"))
    assert [(found.code, found.line, found.hint) for found in reading.findings] == [
        ("E004", line, "a new scene begins with a line of ---") for line in (6, 11)
    ]
    assert [tree["id"] for tree in reading.documents if isinstance(tree, dict)] == ["a", "b", "c"]


def test_a_variable_that_is_declared_wrongly_is_one_mistake(tmp_path: Path) -> None:
    """What is done with it is not judged by what it was taken for."""
    scene = "id: hall\ntitle: A\ntext: B\nchoices:\n  - {id: a, text: b, if: nerve > 1, add: {nerve: 1}, set: {nerve: 2}, to: end}\n"
    said = written(tmp_path, f"{scene}---\nid: end\ntitle: E\nkind: ending\ntext: E\n", "variables:\n  nerve: 1\n")
    assert [code for code, _, _ in said] == ["E022"]


@pytest.mark.parametrize(
    ("field", "what"), [("answer", "an answer"), ("collapse", "the text of collapse"), ("refuses", "the text of refuses")]
)
def test_a_link_names_the_place_where_it_may_not_be(tmp_path: Path, field: str, what: str) -> None:
    """Each of the four, by its name."""
    value = f"{field}: 'A [b](keep:c).'"
    choice, own = (f", {value}", "") if field == "answer" else ("", f"{value}\n")
    kept = "text: '[B](keep:c)'\nfragments: {c: {motif: m, line: C}}\n"
    scene = f"id: hall\ntitle: A\n{kept}{own}choices:\n  - {{id: a, text: b, to: end{choice}}}\n"
    said = written(tmp_path, f"{scene}---\nid: end\ntitle: E\nkind: ending\ntext: E\n", "motifs: [m]\n")
    assert [(code, message) for code, message, _ in said] == [("E053", f"{what} may have no links")]


def test_comments_are_reported_where_they_cut_a_text_off(tmp_path: Path) -> None:
    """In a block, in quotes, between choices and behind an id nothing is lost."""
    scene = """\
id: hall  # fine
title: The hall # lost
text:
  - Somebody # lost
  - "Some #4 body"  # fine
  - |
    Some #4 body.
choices:
  # fine
  - id: a  # fine
    text: Ask about form #4 now.
    to: end
  - {id: b, text: Go., to: end}  # fine
"""
    (tmp_path / "story.yaml").write_text(
        f"id: a\ntitle: A\nstart: hall\n---\n{scene}---\nid: end\ntitle: E\nkind: ending\ntext: E\n", encoding="utf-8"
    )
    assert [(found.code, found.line) for found in check(tmp_path).diagnostics] == [("W117", 6), ("W117", 8), ("W117", 15)]


def test_scenes_that_are_not_read_are_named_beside_the_errors_they_make(tmp_path: Path) -> None:
    """A file of another kind is none of ours."""
    (tmp_path / "other.yml").write_text("on: push\n", encoding="utf-8")
    said = written(tmp_path, "id: hall\ntitle: A\nkind: ending\ntext: B\n", name="scenes.yml")
    assert sorted((code, hint) for code, _, hint in said) == [("E012", ""), ("W118", "name it scenes.yaml")]
