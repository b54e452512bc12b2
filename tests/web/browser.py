"""A headless Chromium for the tests, driven by the DevTools protocol: one page, its keys, its pictures, its socket."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import re
import shutil
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp

from tests.tui.drawing import Drawing

__all__ = ["CHROMIUM", "Page", "browser", "until"]

#: The browser, where one is installed.
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0",
)  # fmt: skip
#: Seconds that anything may take on a busy machine.
PATIENCE = 60.0

#: How many points of a picture are brighter than the ground.
_BRIGHT = """(async () => {
  const bytes = Uint8Array.from(atob("%s"), (one) => one.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]));
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const points = canvas.getImageData(0, 0, image.width, image.height).data;
  let bright = 0;
  for (let at = 0; at < points.length; at += 4) bright += points[at] + points[at + 1] + points[at + 2] > 300;
  return bright;
})()"""


async def until(holds: Callable[[], bool | Awaitable[bool]]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(PATIENCE):
        while not (found if isinstance(found := holds(), bool) else await found):  # noqa: ASYNC110 - it happens elsewhere
            await asyncio.sleep(0.05)


class Page:
    """A page of the browser.

    Attributes:
        drawing: what the game has sent over the page's socket, drawn.
        asked: the addresses of everything that the page has loaded.
        sizes: the columns and rows that the page has told the game.
    """

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, session: str) -> None:
        self.drawing = Drawing((80, 24))
        self.asked: list[str] = []
        self.sizes: list[tuple[int, int]] = []
        self.said: list[str] = []
        self._socket = socket
        self._session = session
        self._number = 0
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._listening = asyncio.create_task(self._listen())

    async def call(self, method: str, **params: Any) -> Any:
        """Ask the browser for something."""
        self._number += 1
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._number, "method": method, "params": params, "sessionId": self._session})
        async with asyncio.timeout(PATIENCE):
            return await answer

    async def _listen(self) -> None:
        async for message in self._socket:
            data = message.json()
            if data.get("sessionId") != self._session:
                continue
            if "id" in data:
                self._answers.pop(data["id"]).set_result(data.get("result", data.get("error")))
            else:
                self._heard(data["method"], data["params"])

    def _heard(self, method: str, params: dict[str, Any]) -> None:
        match method:
            case "Network.requestWillBeSent":
                self.asked.append(params["request"]["url"])
            case "Network.webSocketCreated":
                self.drawing = Drawing((80, 24))
                found = re.search(r"width=(\d+)&height=(\d+)", params["url"])
                assert found is not None
                self._sized(int(found[1]), int(found[2]))
            case "Network.webSocketFrameSent":
                kind, *rest = json.loads(params["response"]["payloadData"])
                if kind == "resize":
                    self._sized(rest[0]["width"], rest[0]["height"])
            case "Network.webSocketFrameReceived" if params["response"]["opcode"] == 2:
                self.drawing.feed(base64.b64decode(params["response"]["payloadData"]))
            case "Runtime.exceptionThrown":
                self.said.append(json.dumps(params)[:1000])
            case "Log.entryAdded":
                self.said.append(json.dumps(params)[:1000])

    def _sized(self, width: int, height: int) -> None:
        self.sizes.append((width, height))
        self.drawing.resize(width, height)

    async def open(self, url: str) -> None:
        """Go to an address."""
        await self.call("Page.navigate", url=url)

    async def shows(self, *words: str) -> None:
        """Wait until all of these words stand on the drawing."""
        try:
            await until(lambda: all(word in self.drawing.text for word in words))
        except TimeoutError:
            raise AssertionError(f"{words} not on\n{self.drawing.text}\n{self.said}") from None

    async def has(self, name: str) -> None:
        """Wait until the page's body is of a class."""
        await until(lambda: self.evaluate(f"document.body.classList.contains('{name}')"))

    async def press(self, key: str) -> None:
        """Press a key, as it is called in JavaScript."""
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        code = {"Enter": 13, "ArrowDown": 40, "ArrowUp": 38}.get(key, ord(key[0].upper()))
        for kind in ("keyDown", "keyUp"):
            await self.call(
                "Input.dispatchKeyEvent", type=kind, key=key, text=text if kind == "keyDown" else "", windowsVirtualKeyCode=code
            )

    async def size(self, width: int, height: int) -> None:
        """Give the window another size, in points."""
        await self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    async def evaluate(self, code: str) -> Any:
        """Return the value of an expression in the page."""
        answer = await self.call("Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True)
        return answer["result"].get("value")

    async def picture(self) -> bytes:
        """Return what is to be seen, as a PNG."""
        return base64.b64decode((await self.call("Page.captureScreenshot", format="png"))["data"])

    async def bright(self) -> int:
        """Return how many points of what is to be seen are brighter than the ground."""
        return int(await self.evaluate(_BRIGHT % base64.b64encode(await self.picture()).decode()))


@contextlib.asynccontextmanager
async def browser(home: Path, visitors: int = 1) -> AsyncIterator[list[Page]]:
    """Run a browser, and give a page for each visitor: each with cookies of its own."""
    process = await asyncio.create_subprocess_exec(
        CHROMIUM,
        *_FLAGS,
        f"--user-data-dir={home}",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        async with aiohttp.ClientSession() as session:
            pages = [await _page(session, address) for address in [await _address(process)] for _ in range(visitors)]
            yield pages
            for page in pages:
                page._listening.cancel()
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        await process.communicate()


async def _address(process: asyncio.subprocess.Process) -> str:
    """Return where the browser listens: it says so itself."""
    assert process.stderr is not None
    async with asyncio.timeout(PATIENCE):
        async for line in process.stderr:
            found = re.search(rb"DevTools listening on (ws://\S+)", line)
            if found:
                return found[1].decode()
    raise AssertionError("the browser has not started")


async def _page(session: aiohttp.ClientSession, address: str) -> Page:
    """Open a page in a context of its own."""
    socket = await session.ws_connect(address, max_msg_size=0)

    async def ask(method: str, **params: Any) -> Any:
        await socket.send_json({"id": 0, "method": method, "params": params})
        async for message in socket:
            data = message.json()
            if data.get("id") == 0:
                return data["result"]
        raise AssertionError(method)

    context = (await ask("Target.createBrowserContext"))["browserContextId"]
    target = (await ask("Target.createTarget", url="about:blank", browserContextId=context))["targetId"]
    page = Page(socket, (await ask("Target.attachToTarget", targetId=target, flatten=True))["sessionId"])
    for domain in ("Page", "Network", "Runtime", "Log"):
        await page.call(f"{domain}.enable")
    await page.size(1000, 700)
    return page
