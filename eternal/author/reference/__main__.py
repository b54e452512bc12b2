"""Print the reference: `python -m eternal.author.reference PACK`."""

from __future__ import annotations

import sys
from pathlib import Path

from eternal.author.reference import reference

if __name__ == "__main__":
    print(reference(Path(sys.argv[1] if len(sys.argv) > 1 else "tests/packs/docs/reference")), end="")
