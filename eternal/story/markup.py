"""The inline text of a story: CommonMark's emphasis, strong, line breaks and lists, and two kinds of link.

`[words](keep:id)` is a fragment, `[words](choose:id)` puts a choice into the prose, `{name}` shows a variable.
Parsed by markdown-it-py; everything else Markdown could do is refused, so that a story reads the same on every face.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

__all__ = ["SHOWN", "MarkupError", "Paragraph", "Run", "is_plain", "links_of", "paragraphs"]


class Run(Struct, frozen=True):
    """A stretch of text in one style. At most one of `keep`, `choose`, `show` is set.

    `text` may hold newlines: a hard line break. `show` names a variable whose value stands here.
    """

    text: str
    em: bool = False
    strong: bool = False
    keep: str = ""
    choose: str = ""
    show: str = ""


class Paragraph(Struct, frozen=True):
    """A paragraph: its runs, and whether it is an item of a list (a line of dialogue)."""

    runs: tuple[Run, ...]
    item: bool = False


class MarkupError(Exception):
    """The text is wrong at `offset` characters: which rule, and the rule's arguments."""

    def __init__(self, code: str, offset: int, width: int = 1, **args: Any) -> None:
        """Keep what a finding needs."""
        super().__init__(code)
        self.code = code
        self.offset = offset
        self.width = width
        self.args_ = args


#: More signs of markup than this in one text are no text; Markdown's parsers take their time over them.
MAX_SIGNS = 500

# What Markdown could make of a text and a story may not have.
_REFUSED = (
    (re.compile(r"^ {0,3}#{1,6}(?=\s)", re.MULTILINE), "a heading (#)"),
    (re.compile(r"!\["), "an image"),
    (re.compile(r"</?[A-Za-z][^>\n]*>"), "HTML"),
    (re.compile(r"`[^`\n]*`?"), "code (`)"),
    (re.compile(r"^ {0,3}>", re.MULTILINE), "a quotation (>)"),
)
_SPECIAL = re.compile(r"[\[\]*_`<>#!\\{}]")
_LIST_LINE = re.compile(r"\n {0,3}(?:[-+]|\d+[.)])(?:\s|\Z)|\n {4}")
_GAP = re.compile(r"\n(?:[ \t]*\n)+")
_LINK = re.compile(r"\]\(([^)]*)\)")
_TARGET = re.compile(r"(keep|choose):([a-z0-9'-]+)\Z")
#: A variable between braces.
SHOWN = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@lru_cache(maxsize=8_192)
def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Parse a story's text.

    Raises:
        MarkupError: it uses markup that is not part of the format.
    """
    if is_plain(text):
        # Most of the prose: nothing to parse, and loading 10,000 scenes stays fast.
        return tuple(Paragraph((Run(" ".join(line.strip() for line in part.split("\n"))),)) for part in _GAP.split(text.strip()))
    for problem in problems(text):
        raise problem
    return tuple(_paragraphs(_parser().parse(text)))


@lru_cache(maxsize=8_192)
def links_of(text: str) -> frozenset[str] | None:
    """Return what a text leads to and shows (`keep:ID`, `choose:ID`, `{name}`), None if it is no text of the format."""
    try:
        runs = [run for paragraph in paragraphs(text) for run in paragraph.runs]
    except MarkupError:
        return None
    found = {f"keep:{run.keep}" for run in runs if run.keep} | {f"choose:{run.choose}" for run in runs if run.choose}
    return frozenset(found | {f"{{{run.show}}}" for run in runs if run.show})


def is_plain(text: str) -> bool:
    """Tell whether a text has nothing that Markdown would make anything of."""
    return not (_SPECIAL.search(text) or text[0] in "-+ 0123456789" or "  \n" in text or _LIST_LINE.search(text))


def problems(text: str) -> Iterator[MarkupError]:
    """Yield everything in a text that is not part of the format."""
    signs = len(_SPECIAL.findall(text))
    if signs > MAX_SIGNS:
        yield MarkupError("E055", 0, count=signs, limit=MAX_SIGNS)
        return
    for pattern, what in _REFUSED:
        for bad in pattern.finditer(text):
            if bad.group().startswith("</") and f"<{bad.group()[2:-1]}" in text:
                continue  # it closes what has been named
            yield MarkupError("E051", bad.start(), len(bad.group()), what=what)
    for link in _LINK.finditer(text):
        if not _TARGET.match(link.group(1)):
            yield MarkupError("E050", link.start(1), len(link.group(1)) or 1, target=link.group(1))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # 25 ms that a story of plain text never pays

    # No entities: `&#27;` would bring in what the reader has just refused.
    parser = MarkdownIt("zero", {"typographer": False})
    parser.enable(["emphasis", "link", "escape", "newline", "list", "balance_pairs", "fragments_join", "text_join"], True)
    parser.validateLink = bool  # type: ignore[method-assign,assignment]  # targets are checked by problems()
    return parser


def _paragraphs(tokens: list[Token]) -> Iterator[Paragraph]:
    depth = 0
    for token in tokens:
        if token.type == "list_item_open":
            depth += 1
        elif token.type == "list_item_close":
            depth -= 1
        elif token.type == "inline":
            yield Paragraph(tuple(_runs(token.children or [])), item=depth > 0)


def _runs(tokens: list[Token]) -> Iterator[Run]:
    em = strong = 0
    keep = choose = ""
    for token in tokens:
        match token.type:
            case "em_open" | "em_close":
                em += token.nesting
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "link_open":
                scheme, _, target = str(token.attrGet("href")).partition(":")
                keep, choose = (target, "") if scheme == "keep" else ("", target)
            case "link_close":
                keep = choose = ""
            case "softbreak":
                yield Run(" ", em > 0, strong > 0, keep, choose)
            case "hardbreak":
                yield Run("\n", em > 0, strong > 0, keep, choose)
            case _:
                yield from _interpolated(token.content, Run("", em > 0, strong > 0, keep, choose))


def _interpolated(text: str, like: Run) -> Iterator[Run]:
    """Split `{name}` out of a stretch of text."""
    at = 0
    for show in SHOWN.finditer(text):
        if show.start() > at:
            yield Run(text[at : show.start()], like.em, like.strong, like.keep, like.choose)
        yield Run("", like.em, like.strong, like.keep, like.choose, show.group(1))
        at = show.end()
    if at < len(text):
        yield Run(text[at:], like.em, like.strong, like.keep, like.choose)
