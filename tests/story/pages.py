"""The pages of `docs/diagnostics/` and the packs of `tests/packs/bad/`, and what holds them together.

    python -m tests.story.pages

begins the page of a new rule, writes into every page what is printed today, and the index anew. What a rule means and how to
mend it is written by hand.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from eternal.author.check import check
from eternal.story.codes import RULES, Rule
from eternal.story.diagnostics import Diagnostic, render

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BAD", "PAGES", "Page", "found", "index_page", "main", "marked_lines", "pack_of", "page_of", "printed"]

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "diagnostics"
BAD = ROOT / "tests" / "packs" / "bad"

_PRINTED = re.compile(r"```text\n(.*?)\n```", re.DOTALL)
_EXAMPLE = re.compile(r"```yaml\n(.*?)\n```", re.DOTALL)


class Page(Struct, frozen=True):
    """A page: its front matter, its example, and what it says is printed."""

    front: dict[str, str]
    example: str
    printed: str
    text: str


def page_path(rule: Rule) -> Path:
    """Return where a rule's page stands."""
    return PAGES / f"{rule.code}-{rule.name}.md"


def page_of(rule: Rule) -> Page:
    """Read a rule's page."""
    text = page_path(rule).read_text(encoding="utf-8")
    _, front, body = text.split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in front.splitlines())
    example = _EXAMPLE.search(body.split("## How to mend it")[0])
    shown = _PRINTED.search(body)
    return Page(fields, example.group(1) if example else "", shown.group(1) if shown else "", body)


def pack_of(rule: Rule) -> Path:
    """Return the pack that fails with a rule and bears its name, from the folder of bad packs: a folder or a zip."""
    return Path(rule.name) if (BAD / rule.name).is_dir() else Path(f"{rule.name}.zip")


@contextmanager
def standing_in(folder: Path) -> Iterator[None]:
    """Stand in a folder, so that files are named from there."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def found(rule: Rule) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a rule's pack, its files named from the folder of bad packs."""
    with standing_in(BAD):
        return check(pack_of(rule)).diagnostics


def printed(rule: Rule) -> str:
    """Return what `eternal check` prints of a rule's pack: of this rule alone where others only keep it company."""
    return "\n".join(render(diagnostic) for diagnostic in found(rule) if diagnostic.code == rule.code)


def marked_lines(rule: Rule) -> set[tuple[str, int]]:
    """Return the files and lines of a rule's pack that bear its code in a comment."""
    return {
        (str(file.relative_to(BAD)), number)
        for file in sorted((BAD / pack_of(rule)).rglob("*.yaml"))
        for number, line in enumerate(file.read_bytes().decode(errors="replace").split("\n"), 1)
        if line.endswith(f"# {rule.code}")
    }


def index_page() -> str:
    """Return the index of all pages."""
    tables = {severity: "\n".join(_row(rule) for rule in RULES.values() if rule.severity == severity) for severity in ("error", "warning")}
    return _INDEX.format(**tables)


def _row(rule: Rule) -> str:
    return f"| [{rule.code}]({rule.code}-{rule.name}.md) | {rule.title} | `{rule.template}` |"


_INDEX = """\
# What can be wrong with a story

`eternal check` prints each mistake with its place, its code and the line it stands in. Every code has a page here, and a pack under
`tests/packs/bad/` that fails with it; a test holds page, pack and program together.

## Errors

A story with an error cannot be played.

| code | | message |
|---|---|---|
{error}

## Warnings

Probably a slip; the story plays all the same. They are looked for only in a story without errors.

| code | | message |
|---|---|---|
{warning}
"""


_PAGE = """\
---
code: {rule.code}
name: {rule.name}
severity: {rule.severity}
message: "{message}"
---

# {rule.code}: {title}

## An example

In `{rule.name}/story.yaml`, `eternal check` prints:

```text
```

## How to mend it

"""


def begun_page(rule: Rule) -> str:
    """Return a page with nothing in it yet but what is known of the rule."""
    return _PAGE.format(rule=rule, title=rule.title.lower(), message=rule.template.replace('"', '\\"'))


def main() -> None:
    """Bring the printed part of every page, and the index, up to date."""
    for rule in RULES.values():
        path = page_path(rule)
        text = path.read_text(encoding="utf-8") if path.exists() else begun_page(rule)
        before, _, rest = text.partition("```text")
        _, _, after = rest.partition("\n```")
        path.write_text(f"{before}```text\n{printed(rule)}\n```{after}", encoding="utf-8")
    (PAGES / "README.md").write_text(index_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
