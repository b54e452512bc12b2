"""One condition and one text can have several mistakes: each is said, where it stands, in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from eternal.author.check import check

HEADER = "id: s\ntitle: S\nstart: hall\nvariables: {trust: {start: 1, max: 5}, mood: [calm, sad]}\n---\n"
END = "---\nid: end\nkind: ending\ntitle: End\ntext: End.\n"


def said(folder: Path, fields: str) -> list[tuple[str, int, str]]:
    """Return code, column and hint of everything that is wrong with a scene of these fields."""
    scene = f"id: hall\ntitle: H\n{fields}choices:\n  - {{id: on, text: On., to: end}}\n"
    (folder / "story.yaml").write_text(HEADER + scene + END, encoding="utf-8")
    return [(found.code, found.column, found.hint) for found in check(folder).diagnostics if found.severity == "error"]


def test_every_name_of_a_condition_is_looked_up(tmp_path: Path) -> None:
    """Variables, ids, functions' arguments, words that lack their quotes."""
    fields = "text: T.\ndue: \"trsut > 1 or seen('hal') and chose('hall', 'onn') or mood == sad or kept('flake')\"\nkind: outside\n"
    assert said(tmp_path, fields) == [
        ("E043", 7, "did you mean 'trust'?"),
        ("E012", 26, "did you mean 'hall'?"),
        ("E034", 51, "did you mean 'on'?"),
        ("E043", 68, "put it in quotes: 'sad'"),
        ("E030", 81, "declare it under 'fragments' of the scene whose text it stands in"),
    ]


def test_what_does_not_fit_is_said_beside_unknown_names(tmp_path: Path) -> None:
    """An unknown name goes with everything; it makes no second mistake of its own."""
    assert said(tmp_path, "text: T.\nkind: outside\ndue: trsut > 1 and trsut\n") == [
        ("E043", 6, "did you mean 'trust'?"), ("E043", 20, "did you mean 'trust'?"),
    ]  # fmt: skip
    assert said(tmp_path, "text: T.\nkind: outside\ndue: trsut > 1 and trust\n") == [
        ("E043", 6, "did you mean 'trust'?"), ("E042", 20, "compare it, as in 'trust > 0'"),
    ]  # fmt: skip


def test_every_sign_that_a_text_may_not_have_is_said(tmp_path: Path) -> None:
    """What closes another is no mistake of its own."""
    fields = "text: <b>x</b> and <i>y</i> and `code` and [a](b) and [c](d)\n"
    assert [(code, column) for code, column, _ in said(tmp_path, fields)] == [
        ("E051", 7), ("E051", 20), ("E051", 33), ("E050", 48), ("E050", 59),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "code", "hint"),
    [
        ("text: T.\npart_of: The Hall\n", "E023", "write the-hall"),
        ("text: T.\npart_of: the_hall\n", "E023", "write the-hall"),
        ("text: T.\npart_of: '???'\n", "E023", ""),
        ("text: T.\nenter: {set: {Met-Mary: true}}\n", "E023", "write met_mary"),
        ("text: T.\nenter: {add: {trust: +1}}\n", "E023", "write 1"),
        ("text: T.\nenter: {add: {nerve: 1}}\n", "E031", "declare it under 'variables' in story.yaml"),
        ("text: T.\nenter: {give: [glove]}\n", "E033", "declare it under 'mementos' in story.yaml"),
        ("text: T.\nmotifs: [snow]\n", "E032", "declare it under 'motifs' in story.yaml"),
        ("text: Of {nerve}.\n", "E052", "declare it under 'variables' in story.yaml"),
        ("text:\n  - Somebody says: come in.\n", "E020", "if it is part of a text, put that whole text in quotes"),
    ],
)
def test_the_hint_says_what_to_write(tmp_path: Path, fields: str, code: str, hint: str) -> None:
    """The same name in the form that names have; where to declare what is not declared; quotes for what YAML took apart."""
    assert (code, hint) in [(found, said_hint) for found, _, said_hint in said(tmp_path, fields)]
