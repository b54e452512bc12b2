"""A visitor's seat: one process of the game, between a browser and a home."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from pathlib import Path

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

__all__ = ["Seat"]

#: Seconds that a game has to close its night and leave. Whatever it does, every step is on the disk already.
GRACE = 2.0


class Seat(AppService):
    """The game of one visitor."""

    def __init__(self, command: Sequence[str], home: Path, languages: str, socket: web.WebSocketResponse) -> None:
        """Prepare a game; `start` begins it.

        Args:
            command: the program and its arguments.
            home: where the visitor's things are.
            languages: what the browser wants to be told in.
            socket: the way to the browser.
        """

        async def close() -> None:
            await socket.close()

        super().__init__("", write_bytes=socket.send_bytes, write_str=socket.send_str, close=close, download_manager=DownloadManager())
        self._words = tuple(command)
        self._own = {"ETERNAL_HOME": str(home)} | ({"LANGUAGE": languages} if languages else {})

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        """Add what is the visitor's own to what the game is told of its terminal."""
        environment = super()._build_environment(width, height) | {"TEXTUAL_DRIVER": "eternal.web.driver:SeatDriver"} | self._own
        environment.pop("NO_COLOR", None)  # it says something of the terminal of whoever serves
        return environment

    async def _open_app_process(self, width: int = 80, height: int = 24) -> asyncio.subprocess.Process:
        """Start the game without a shell, and out of reach of the Ctrl+C that is meant for the server."""
        self._process = process = await asyncio.create_subprocess_exec(
            *self._words, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=self._build_environment(width, height), start_new_session=True
        )
        self._stdin = process.stdin
        return process

    async def stop(self) -> None:
        """Ask the game to leave; if it does not, end it."""
        process = self._process
        try:
            async with asyncio.timeout(GRACE):
                await super().stop()
                if process is not None:
                    await process.wait()
        except TimeoutError:
            if process is not None:
                process.kill()
                await process.wait()
