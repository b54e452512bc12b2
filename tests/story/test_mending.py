"""A scene that is not YAML is one mistake: everything around it is read, checked and placed all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from eternal.author.check import check

HEADER = "id: s\ntitle: S\nstart: hall\nmotifs: [snow]\n"
HALL = """\
id: hall
title: Hall
text: A hall.
choices:
  - {id: on, text: On., to: river, if: "not chose('river', 'wade') and not kept('flake')"}
  - {id: off, text: Off., to: nowhere}
"""
RIVER = """\
id: river   # the one that is lost
title: River
text:
  - A river of [one flake](keep:flake).
  - text: Somebody says: come in.
choices:
  - {id: wade, text: Wade., to: end}
fragments:
  flake: {motif: snow, line: A flake.}
"""
END = "id: end\nkind: ending\ntitle: End\ntext: End.\nmotifs: [rain]\n"


def said(folder: Path, *files: str) -> list[tuple[str, int, int]]:
    """Write files and return what is wrong with them: code, line and column."""
    for number, text in enumerate(files):
        (folder / ("story.yaml" if number == 0 else f"{number}.yaml")).write_text(text, encoding="utf-8")
    return [(found.code, found.line, found.column) for found in check(folder).diagnostics]


def test_what_stands_around_it_is_checked_and_keeps_its_place(tmp_path: Path) -> None:
    """Before and behind it, in the same file and in others; ways to it, its choices and its fragments are known."""
    found = said(tmp_path, HEADER, f"{HALL}---\n{RIVER}---\n", END)
    assert found == [("E012", 6, 31), ("E003", 12, 24), ("E032", 5, 10)]


@pytest.mark.parametrize(
    "wrong",
    ['title: "River\n', "title: 'River\n", "motifs: [snow\n", "enter: {heat: 1\n", "\ttitle: River\n", "title: @River\n", "title: *River*\n", "titl\n",
     "[a, b]: c\n", "deep: " + "[" * 40 + "]" * 40 + "\n"],
)  # fmt: skip
def test_whatever_cannot_be_read_is_lost_alone(tmp_path: Path, wrong: str) -> None:
    """A quotation mark, a bracket, a brace that is not closed; a tab; a sign; a key or a depth that no story has."""
    lost = RIVER.replace("text: Somebody says: come in.", "Come in.").replace("title: River\n", wrong)
    found = said(tmp_path, HEADER, f"{HALL}---\n{lost}---\n{END}")
    before, _, *behind = (code for code, *_ in found)
    assert (before, behind) == ("E012", ["E032"])
    assert 9 <= found[1][1] <= 11


def test_each_of_several_is_said(tmp_path: Path) -> None:
    """In one run."""
    lost = [f"id: scene-{number}\ntitle: T\ntext: Somebody says: come in.\n" for number in range(5)]
    found = said(
        tmp_path, HEADER, HALL.replace("nowhere", "scene-3") + "".join(f"---\n{scene}" for scene in lost) + f"---\n{RIVER}---\n{END}"
    )
    assert [code for code, *_ in found] == ["E003"] * 6 + ["E032"]


def test_a_scene_without_a_name_leaves_open_what_is_missing(tmp_path: Path) -> None:
    """It may be the one that others lead to, so nothing is called unknown; what is wrong with the form of others is said."""
    lost = RIVER.replace("id: river   # the one that is lost\n", "")
    assert said(tmp_path, HEADER, f"{HALL}---\n{lost}---\n{END}kindly: x\n") == [("E003", 11, 24), ("E020", 22, 1)]


def test_scenes_are_read_where_the_header_cannot_be(tmp_path: Path) -> None:
    """What they have to do with it is checked once it can be read; what the header misses is not said."""
    assert said(tmp_path, "id: s\ntitle: S: T\n", f"{HALL}---\n{END}kindly: x\n") == [("E020", 13, 1), ("E003", 2, 9)]


def test_a_file_that_is_no_story_at_all_is_given_up(tmp_path: Path) -> None:
    """After so many documents that cannot be read."""
    found = said(tmp_path, HEADER, "---\n".join(f"id: s{number}\nx: y: z\n" for number in range(200)))
    assert [code for code, *_ in found] == ["E003"] * 21
