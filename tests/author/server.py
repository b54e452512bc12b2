"""The YAML language server that `test_editor.py` types into, installed once beside the `.venv` by npm, by name and version."""

from __future__ import annotations

import fcntl
import re
import shutil
import subprocess
from pathlib import Path

import pytest

__all__ = ["server_command"]

#: package.json names it and its version; the lock file holds all that it brings along, with their sums.
PINNED = Path(__file__).parent / "language-server"
CACHE = Path(__file__).resolve().parents[2] / ".node"
#: What npm's errors are called where there is no way to a registry, or it does not have the package: nothing to do with us.
_UNREACHABLE = re.compile(r"npm error code (ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|E?NETWORK\w*|ENETUNREACH|EHOSTUNREACH|E4\d\d|E5\d\d)")
_NPM = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries", "0")


def server_command() -> list[str]:
    """Return the command that starts the server; skip the test where it cannot be had, and say why."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            pytest.skip(f"there is no {program} on this machine")
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "lock").open("w") as lock:  # the tests run in several processes
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_installed():
            _install()
    return ["node", str(CACHE / "node_modules/yaml-language-server/bin/yaml-language-server"), "--stdio"]


def _is_installed() -> bool:
    """Tell whether what is there is what is pinned: the lock file is put beside it when npm is through."""
    done = CACHE / "installed.json"
    return done.exists() and done.read_bytes() == (PINNED / "package-lock.json").read_bytes()


def _install() -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PINNED / name, CACHE)
    found = subprocess.run(_NPM, cwd=CACHE, capture_output=True, text=True, check=False)
    unreachable = _UNREACHABLE.search(found.stderr)
    if unreachable:
        pytest.skip(f"npm cannot fetch the language server: {unreachable.group(1)}")
    assert found.returncode == 0, found.stderr
    shutil.copy(PINNED / "package-lock.json", CACHE / "installed.json")
