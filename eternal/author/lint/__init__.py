"""What is probably a slip in a story that has no errors: the warnings of `eternal check`.

Each module looks at one kind of thing and yields findings; none of them says what it is not sure of.
"""

from __future__ import annotations

from collections.abc import Iterator

from eternal.author.lint.base import Ground
from eternal.author.lint.files import unread_files
from eternal.story.diagnostics import Finding
from eternal.story.load import Survey

__all__ = ["lint", "unread_files"]


def lint(survey: Survey) -> Iterator[Finding]:
    """Yield the warnings about a story without errors."""
    from eternal.author.lint import comments, conditions, names, prose, unused, ways

    ground = Ground(survey)
    for module in (conditions, ways, unused, names, prose, comments):
        yield from module.warnings(ground)
