"""Kinds of story whose text must not hurt: each is made in a folder, with the code that it has to be refused with.

A file of a megabyte or a damaged archive is no fixture to keep in a repository, so these are made when they are asked for.
What an author can get wrong in one line stands under `tests/packs/bad/` instead, what is wrong with folders and archives in
`malformed_packs.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

__all__ = ["GOOD", "HEADER", "SCENE", "TEXTS", "Build", "Case"]

HEADER = "id: small\ntitle: Small\nstart: hall\n"
SCENE = "---\nid: hall\ntitle: The hall\nkind: ending\ntext: Here it ends.\n"
#: A story without a mistake.
GOOD = HEADER + SCENE

Build = Callable[[Path], Path]


class Case(Struct, frozen=True):
    """A malformed story: how it is made, and the code that names what is wrong with it."""

    code: str
    build: Build


TEXTS: dict[str, Case] = {}


def _file(text: str | bytes) -> Build:
    def build(folder: Path) -> Path:
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        (folder / "story.yaml").write_bytes(data)
        return folder

    return build


def _case(name: str, code: str, text: str | bytes) -> None:
    TEXTS[name] = Case(code, _file(text))


def _in_scene(name: str, code: str, lines: str) -> None:
    """Add a case whose mistake stands in the one scene of a story."""
    _case(name, code, HEADER + SCENE + lines)


# Bytes --------------------------------------------------------------------------------------------------------------

_case("utf-16-little", "E001", GOOD.encode("utf-16-le"))
_case("utf-16-marked", "E001", GOOD.encode("utf-16"))
_case("utf-32", "E001", GOOD.encode("utf-32-be"))
_case("latin-1", "E001", GOOD.replace("Small", "Sm\xe9ll").encode("latin-1"))
_case("cut-in-a-character", "E001", GOOD.encode() + "é".encode()[:1])
_case("overlong-slash", "E001", GOOD.encode() + b"# \xc0\xaf\n")
_case("lone-surrogate", "E001", GOOD + "# \ud800\n")
_case("escape-raw", "E010", GOOD + "# \x1b[2J\n")
_case("null-byte", "E010", GOOD + "# \x00\n")
_case("next-line", "E010", GOOD.replace("Here", "Here\x85"))
_case("byte-order-mark-inside", "E010", GOOD.replace("Here", "\ufeffHere"))
_case("two-byte-order-marks", "E010", "\ufeff\ufeff" + GOOD)
_case("bidi-override", "E010", GOOD.replace("Here", "\u202eereH"))
_case("non-character", "E010", GOOD.replace("Here", "\uffffHere"))
_case("one-megabyte", "E002", GOOD + "# padding\n" * 100_001)
_case("random-bytes", "E001", bytes((n * 7919 + 13) % 256 for n in range(5_000)))

# YAML ---------------------------------------------------------------------------------------------------------------

_case("empty-file", "E011", "")
_case("only-comments", "E011", "# nothing\n\n---\n...\n")
_case("escape-in-quotes", "E010", GOOD.replace("Here it ends.", '"Here \\e[2J it ends."'))
_case("bidi-in-quotes", "E010", GOOD.replace("Here it ends.", '"Here \\u202e it ends."'))
_case("non-character-in-quotes", "E010", GOOD.replace("Here it ends.", '"Here \\uFFFE it ends."'))
_case("delete-in-a-key", "E010", GOOD + '"tex\\x7ft": a\n')
_case("surrogate-in-quotes", "E003", GOOD.replace("Here it ends.", '"Here \\uD83D it ends."'))
_case("beyond-unicode-in-quotes", "E003", GOOD.replace("Here it ends.", '"Here \\U00110000 it ends."'))
_case("alias-bomb", "E005", "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)))  # fmt: skip
_case("alias-cycle", "E005", "a: &a\n  b: *a\n")
_case("alias-unknown", "E005", GOOD + "choices: *nobody\n")
_case("merge-keys", "E005", "a: &a {b: 1}\n" + "".join(f"x{n}: {{<<: [*a, *a, *a, *a]}}\n" for n in range(200)))
_case("merge-key-alone", "E020", GOOD + "<<: {title: Again}\n")
_case("anchor", "E005", GOOD.replace("title: The hall", "title: &t The hall"))
_case("python-object-tag", "E006", GOOD.replace("Here it ends.", "!!python/object/apply:os.system [id]"))
_case("own-tag", "E006", GOOD.replace("Here it ends.", "!mine Here it ends."))
_case("tag-directive", "E006", "%TAG ! tag:example.com,2000:\n---\n" + GOOD)
_case("unknown-tag-handle", "E003", GOOD.replace("Here it ends.", "!e!mine Here it ends."))
_case("yaml-directive-3", "E003", "%YAML 3.0\n---\n" + GOOD)
_case("brackets", "E007", GOOD + "choices: " + "[" * 60_000)
_case("braces", "E007", GOOD + "choices: " + "{a: " * 60_000)
_case("block-sequences", "E007", GOOD + "choices:\n" + "- " * 60_000)
_case("indentation", "E007", "".join(" " * n + "a:\n" for n in range(400)))
_case("question-marks", "E014", "? " * 30_000)
_case("complex-key", "E014", GOOD + "[a, b]: c\n")
_case("duplicate-keys", "E004", GOOD + "title: Again\n")
_case("ten-thousand-duplicates", "E004", GOOD + "title: Again\n" * 10_000)
_case("unterminated-double-quote", "E003", GOOD.replace("Here", '"Here'))
_case("unterminated-single-quote", "E003", GOOD.replace("Here", "'Here"))
_case("unterminated-flow", "E003", GOOD + "choices: [{id: a, text: b}\n")
_case("tab-indentation", "E003", GOOD + "choices:\n\t- id: a\n")
_case("wrong-indentation", "E003", GOOD + "choices:\n    - id: a\n   text: b\n")
_case("percent-line", "E003", "%\n" + GOOD)
_case("many-nodes", "E008", GOOD + "choices: [" + "a, " * 100_001 + "]\n")
_case("long-scalar", "E009", GOOD.replace("Here", "Here " * 20_000))
_case("long-block-scalar", "E009", GOOD.replace("Here it ends.", "|\n" + "  Here it ends.\n" * 6_000))
_case("long-key", "E003", GOOD + "k" * 70_000 + ": a\n")
_case("ten-thousand-colons", "E003", GOOD + "choices: " + "a: " * 10_000)

# Types and names ------------------------------------------------------------------------------------------------------

_case("a-list", "E022", "- a\n- b\n")
_case("a-word", "E022", "story\n")
_case("a-number", "E022", "42\n")
_case("two-headers", "E020", GOOD + "---\n" + HEADER)
_case("no-start", "E021", GOOD.replace("start: hall\n", ""))
_case("scene-without-id", "E021", GOOD.replace("id: hall\n", ""))
_case("unknown-start", "E012", GOOD.replace("start: hall", "start: hell"))
_case("id-like-a-path", "E023", GOOD.replace("id: hall", "id: ../../etc/passwd"))
_case("id-with-a-control-character", "E010", GOOD.replace("id: hall", 'id: "hall\\x07"'))
_case("id-with-a-line-break", "E023", GOOD.replace("id: hall", "id: |\n  hall"))
_case("id-very-long", "E023", GOOD.replace("id: hall", "id: " + "hall-" * 5_000 + "x"))
_case("text-as-mapping", "E022", GOOD.replace("text: Here it ends.", "text: {a: b}"))
_case("empty-text", "E023", GOOD.replace("text: Here it ends.", 'text: ""'))
_case("no-text-blocks", "E023", GOOD.replace("text: Here it ends.", "text: []"))
_in_scene("choices-as-text", "E022", "choices: none\n")
_in_scene("strength-as-text", "E023", "strength: strong\n")
_in_scene("strength-huge", "E023", "strength: " + "9" * 5_000 + "\n")
_in_scene("strength-as-float", "E023", "strength: .inf\n")
_in_scene("strength-negative", "E023", "strength: -1\n")
_case("variable-with-huge-bounds", "E023", HEADER + "variables: {x: {start: 0, max: " + "9" * 40 + "}}\n" + SCENE)
_case("variable-as-number", "E022", HEADER + "variables: {x: 1}\n" + SCENE)
_case("variable-named-like-a-function", "E027", HEADER + "variables: {kept: false}\n" + SCENE)
_case("variable-bounds-crossed", "E076", HEADER + "variables: {x: {start: 3, min: 4, max: 2}}\n" + SCENE)
_case("set-double-minus", "E060", HEADER + "variables: {x: {start: 0}}\n" + SCENE + "enter: {set: {x: --5}}\n")
_in_scene("part-of-itself", "E072", "part_of: hall\n")
_case("parts-in-a-ring", "E072", HEADER + "".join(
    f"---\nid: {a}\ntitle: T\nkind: memory\ntext: T.\npart_of: {b}\n" for a, b in (("hall", "shed"), ("shed", "hall"))))  # fmt: skip
_case("no-way-on", "E070", GOOD.replace("kind: ending", "kind: memory"))
_case("unknown-targets", "E012", GOOD.replace("kind: ending\n", "") + "choices:\n" + "".join(
    f"  - {{id: c{n}, text: Go., to: nowhere-{n}}}\n" for n in range(900)))  # fmt: skip
_case("mistakes-without-end", "E099", GOOD.replace("kind: ending\n", "") + "choices:\n" + "".join(
    f"  - {{id: c{n}, text: Go., to: nowhere-{n}, if: ''}}\n" for n in range(2_500)))  # fmt: skip

# Conditions and texts -------------------------------------------------------------------------------------------------


def _condition(name: str, code: str, condition: str) -> None:
    _case(name, code, HEADER + "variables: {x: {start: 0}}\n" + SCENE.replace("text: ", f"text:\n  - if: {condition}\n    text: "))


_condition("ten-thousand-minus-signs", "E023", '"' + "-" * 10_000 + '1 == 1"')
_condition("minus-signs", "E041", '"' + "-" * 400 + '1 == 1"')
_condition("nested-parentheses", "E040", '"' + "(" * 240 + "x" + ")" * 240 + ' == 1"')
_condition("nots", "E041", '"' + "not " * 100 + 'x == 1"')
_condition("sums", "E041", '"' + "+".join(["1"] * 240) + ' == 1"')
_condition("huge-number", "E041", '"x < ' + "9" * 450 + '"')
_condition("a-power", "E041", "9 ** 9 ** 9 == x")
_condition("an-import", "E041", "\"__import__('os').system('id')\"")
_condition("an-attribute", "E041", "x.__class__ == 1")
_condition("a-comprehension", "E041", '"[y for y in (1, 2)] == x"')
_condition("a-lambda", "E041", '"(lambda: 1)() == x"')
_condition("an-f-string", "E041", "\"f'{x}' == 'a'\"")
_condition("a-walrus", "E041", '"(y := 1) == x"')
_condition("a-null-in-a-condition", "E010", '"x == \\0 1"')
_condition("a-comment", "E041", '"x == 1 # and so on"')
_condition("not-a-condition", "E040", "x ==")
_condition("a-chain-after-in", "E041", "x in (1, 2) < 3")


def _prose(name: str, code: str, text: str) -> None:
    _case(name, code, GOOD.replace("Here it ends.", "|\n  " + text))


_prose("link-to-a-command", "E050", "[run](javascript:alert)")
_prose("link-over-two-lines", "E050", "[run](\n  choose:nothing)")
_prose("html", "E051", "<script>alert(1)</script>")
_prose("image", "E051", "![](file:///etc/passwd)")
_prose("sixty-thousand-stars", "E055", "*a" * 30_000)
_prose("sixty-thousand-opening-brackets", "E055", "[" * 60_000)
_prose("twenty-thousand-links", "E055", "[a](" * 15_000)
_prose("sixty-thousand-underscores", "E055", "_" * 60_000)
_prose("sixty-thousand-backslashes", "E055", "\\" * 60_000)
_prose("braces-without-end", "E055", "{a" * 30_000)
_prose("numeric-entity-in-braces", "E052", "{x27}&#27;[2J")
