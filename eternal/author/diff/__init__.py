"""What changed between two versions of a story, and which saves would stop: to be asked before a release."""

from __future__ import annotations

from eternal.author.diff.changes import Renamed, changes
from eternal.author.diff.report import as_text, difference
from eternal.author.diff.saves import fates

__all__ = ["Renamed", "as_text", "changes", "difference", "fates"]
