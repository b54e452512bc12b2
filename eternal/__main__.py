"""`python -m eternal` is the command `eternal`."""

from __future__ import annotations

import sys

from eternal.cli import main

sys.exit(main())
