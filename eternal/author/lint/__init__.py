"""What is probably a slip in a story that has no errors: the warnings of `eternal check`.

Each module looks at one kind of thing and yields findings; none of them says what it is not sure of.
"""

from __future__ import annotations

from collections.abc import Iterator

from eternal.author.lint.base import Ground
from eternal.story.diagnostics import Finding
from eternal.story.load import Survey

__all__ = ["lint"]


def lint(survey: Survey) -> Iterator[Finding]:
    """Yield the warnings about a story without errors."""
    from eternal.author.lint import conditions, names, prose, unused, ways

    ground = Ground(survey)
    for module in (conditions, ways, unused, names, prose):
        yield from module.warnings(ground)
