"""An editor with a YAML language server, as far as a test needs one: JSON-RPC over the server's stdin and stdout."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

__all__ = ["Editor"]


class Editor:
    """A language server at work, and the files that are open in it."""

    def __init__(self, command: list[str], folder: Path, schemas: dict[str, list[str]] | None = None) -> None:
        """Start the server on a folder, with an editor's ordinary settings.

        Args:
            command: starts the server.
            folder: what has been opened.
            schemas: the setting `yaml.schemas`, if somebody has written it.
        """
        self._settings = {**_SETTINGS, "schemas": schemas or {}}
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self._asked = 0
        self._versions: dict[str, int] = {}
        self._diagnostics: dict[str, list[Any]] = {}
        opened = {"uri": folder.as_uri(), "name": folder.name}
        self.ask("initialize", processId=None, rootUri=opened["uri"], workspaceFolders=[opened], capabilities=_CAPABILITIES)
        self._tell("initialized")
        self._tell("workspace/didChangeConfiguration", settings={"yaml": self._settings})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.kill()
        self._server.communicate()

    def opened(self, file: Path, text: str | None = None) -> list[Any]:
        """Show a file (with another text than it has, if one is given) and return the diagnostics of the server."""
        self._show(file, file.read_text(encoding="utf-8") if text is None else text)
        return self._diagnosed(file)

    def opened_together(self, files: list[Path]) -> dict[str, list[Any]]:
        """Show files and return the diagnostics of each by its name: the server waits a moment for more, once."""
        for file in files:
            self._show(file, file.read_text(encoding="utf-8"))
        return {file.name: self._diagnosed(file) for file in files}

    def _show(self, file: Path, text: str) -> None:
        uri = file.as_uri()
        self._diagnostics.pop(uri, None)
        version = self._versions[uri] = self._versions.get(uri, 0) + 1
        if version > 1:
            self._tell("textDocument/didChange", textDocument={"uri": uri, "version": version}, contentChanges=[{"text": text}])
        else:
            self._tell("textDocument/didOpen", textDocument={"uri": uri, "languageId": "yaml", "version": version, "text": text})

    def _diagnosed(self, file: Path) -> list[Any]:
        while file.as_uri() not in self._diagnostics:
            self._heed(self._read())
        return self._diagnostics[file.as_uri()]

    def at(self, request: str, file: Path, line: int, column: int) -> Any:
        """Ask what the server knows of a place, both counted from 0: `completion`, `hover`."""
        position = {"line": line, "character": column}
        return self.ask(f"textDocument/{request}", textDocument={"uri": file.as_uri()}, position=position)

    def ask(self, method: str, **params: Any) -> Any:
        """Send a request and return its result."""
        self._asked += 1
        number = self._asked
        self._send({"id": number, "method": method, "params": params})
        while (message := self._read()).get("id") != number or "method" in message:
            self._heed(message)
        assert "error" not in message, message
        return message["result"]

    def _heed(self, message: dict[str, Any]) -> None:
        """Keep diagnostics, and answer what the server asks of an editor."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message and "method" in message:
            asked = message["params"].get("items", []) if message.get("params") else []
            result = [self._settings if item.get("section") == "yaml" else {} for item in asked] or None
            self._send({"id": message["id"], "result": result})

    def _tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._server.stdin is not None
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._server.stdin.flush()

    def _read(self) -> dict[str, Any]:
        out = self._server.stdout
        assert out is not None
        size = 0
        while (line := out.readline().strip()) or not size:
            assert line or self._server.poll() is None, "the language server has left"
            if line.lower().startswith(b"content-length:"):
                size = int(line.partition(b":")[2])
        found: dict[str, Any] = json.loads(out.read(size))
        return found


_SETTINGS = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
_CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "publishDiagnostics": {},
    },
    "workspace": {"configuration": True, "workspaceFolders": True},
}
