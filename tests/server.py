"""A web server on this machine, for tests of fetching: it does what it is told, well or badly."""

from __future__ import annotations

import gzip
import socket
import socketserver
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

    Reply = bytes | Iterator[bytes]

PATIENCE = 30.0
"""Seconds that a server waits for a test, at the most."""


class Request(NamedTuple):
    """What a client asked."""

    target: str
    headers: dict[str, str]
    """By their names in small letters."""

    @property
    def host(self) -> str:
        """What the client calls the server, without the port."""
        return self.headers["host"].rpartition(":")[0]


def said(body: bytes | str = b"", /, status: str = "200 OK", **headers: str | None) -> bytes:
    """Return a whole answer, in bytes; ``_`` stands for ``-`` in the names of headers.

    A header that is None is left out.
    """
    raw = body if isinstance(body, bytes) else body.encode()
    told: dict[str, str | None] = {
        "Content-Length": str(len(raw)),
        "Content-Type": "application/xml",
        **{name.replace("_", "-").title(): value for name, value in headers.items()},
    }
    lines = [f"{name}: {value}" for name, value in told.items() if value is not None]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + raw


def moved(to: str, status: str = "301 Moved Permanently") -> bytes:
    """Return a redirect."""
    return said(status=status, location=to)


def packed(body: str) -> bytes:
    """Return an answer packed with gzip."""
    return said(gzip.compress(body.encode()), content_encoding="gzip")


def endless(part: bytes, **headers: str) -> Iterator[bytes]:
    """Give an answer that never ends, as fast as it is taken."""
    yield said(content_length=None, **headers)
    while True:
        yield part


class Server:
    """Serves pages by their paths, and remembers what was asked. A context: it ends the server."""

    def __init__(self, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.pages: dict[str, bytes | Callable[[Request], Reply]] = {}
        """By path: bytes that are sent as they are, or what makes them, at once or in parts."""

        self.requests: list[Request] = []
        self.over = threading.Event()
        """Set when the test is: whoever waits goes on."""

        self._scheme = "https" if tls else "http"
        self._server = _Listening(self, tls, host)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def port(self) -> int:
        """The port, another each time."""
        return int(self._server.server_address[1])

    def url(self, path: str = "/feed", host: str | None = None) -> str:
        """Return the address of a page."""
        return f"{self._scheme}://{host or self._server.server_address[0]!s}:{self.port}{path}"

    def asked(self, path: str = "/feed") -> list[Request]:
        """Return the requests for one page."""
        return [request for request in self.requests if request.target == path]

    def never(self, _: Request) -> Iterator[bytes]:
        """Answer nothing, and hold the line."""
        self.over.wait(PATIENCE)
        yield b""

    def drip(self, _: Request) -> Iterator[bytes]:
        """Answer a byte at a time, never as long as any one pause that is waited for."""
        yield said(content_length=None)
        while not self.over.wait(0.002):
            yield b"<"


class _Listening(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, server: Server, tls: ssl.SSLContext | None, host: str) -> None:
        self.server, self.tls = server, tls
        super().__init__((host, 0), _Conversation)

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients here hang up, too."""


class _Conversation(socketserver.StreamRequestHandler):
    """One request, one answer, and the line is closed."""

    server: _Listening

    def setup(self) -> None:
        """Agree on a secure line, if that is what is spoken."""
        if self.server.tls:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self) -> None:
        """Let go of the secure line, which nobody else knows of."""
        super().finish()
        if self.server.tls:
            self.request.close()

    def handle(self) -> None:
        """Answer."""
        served = self.server.server
        request = self._read()
        served.requests.append(request)
        page = served.pages.get(request.target, said(status="404 Not Found"))
        reply = page if isinstance(page, bytes) else page(request)
        with suppress(OSError):
            for part in [reply] if isinstance(reply, bytes) else reply:
                if served.over.is_set():
                    return
                self.request.sendall(part)
            self.request.shutdown(socket.SHUT_WR)

    def _read(self) -> Request:
        _, target, _ = self.rfile.readline(65_536).decode("latin-1").split(" ", 2)
        headers: dict[str, str] = {}
        while line := self.rfile.readline(65_536).decode("latin-1").strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        return Request(target, headers)
