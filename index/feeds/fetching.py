"""Fetching: one address asked, its redirects followed step by step, each of them checked."""

from __future__ import annotations

import asyncio
import base64
from collections import defaultdict
from contextlib import suppress
from http import HTTPStatus
from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

import httpcore
import httpx

from index.errors import FeedError
from index.feeds.addresses import web_address
from index.feeds.asking import Answer, Failed, Fetched, FetchError, Limits
from index.feeds.connections import Connections
from index.feeds.local import read_local
from index.feeds.reasons import reason_of
from index.feeds.schedule import seconds_to_wait
from index.feeds.trust import is_private, names_private
from index.feeds.unpacking import ACCEPTED, Unpacker, UnpackingError

if TYPE_CHECKING:
    from index.feeds.asking import Asked

_GOOD_TYPES = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json,"
    " application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, */*;q=0.5",
}
_FOR_GOOD = frozenset({301, 308})
_REDIRECTS = _FOR_GOOD | {302, 303, 307}
_WITH_ALL = frozenset({200, 203})
_LONGEST_VALIDATOR = 1_000


class _Step(NamedTuple):
    """Where a fetch has come to."""

    url: httpx.URL
    asked: Asked
    for_good: bool = True
    """All redirects until here were."""

    seen: frozenset[str] = frozenset()
    private: bool | None = None
    """Whether the first address was on a private network; None: it is not asked yet."""

    was_outside: bool = False
    """Some address until here was none on a private network."""

    @property
    def may_be_private(self) -> bool:
        """Whether the address may be on this machine or a private network."""
        if self.private is None:
            return self.asked.typed and self.asked.private is not False
        return self.asked.typed and not self.was_outside

    @property
    def stays_private(self) -> bool:
        """Whether it is on a private network by the address that it has from now on."""
        return bool(self.private) and not (self.moved_to and self.was_outside)

    @property
    def login(self) -> str | None:
        """What to show this server alone: none but that of the address, or its safer twin."""
        first, now = httpx.URL(self.asked.address), self.url
        same = (now.scheme, now.port) == (first.scheme, first.port)
        safer = (first.scheme, now.scheme, first.port, now.port) == ("http", "https", None, None)
        return self.asked.login if now.host == first.host and (same or safer) else None

    @property
    def moved_to(self) -> str | None:
        """The address from now on; what left https is not believed to be meant for good."""
        is_other = self.for_good and bool(self.seen)
        was_safer = self.asked.address.startswith("https:") and self.url.scheme != "https"
        return str(self.url) if is_other and not was_safer else None


class Fetcher:
    """Fetches within limits, one at a time from each host. Used within one event loop."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._connections = Connections()
        self._hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._agent = _agent()

    async def close(self) -> None:
        """Let go of all connections."""
        await self._connections.close()

    async def fetch(self, asked: Asked) -> Answer:
        """Return what is at an address, or why nothing is."""
        try:
            if asked.is_web:
                return await self._follow(_Step(httpx.URL(asked.address), asked))
            if not asked.may_be_local:
                raise FetchError("only what you typed yourself can be a file or a command")
            raw = await read_local(asked.address, asked.limit(self._limits), self._limits.total)
            return Fetched(asked, raw, asked.address)
        except FetchError as error:
            return Failed(asked, error.reason, error.wait, error.is_gone, error.is_passing)
        except httpx.InvalidURL:
            return Failed(asked, "this is no address")

    async def _follow(self, step: _Step) -> Fetched:
        left = self._limits.total
        now = asyncio.get_running_loop().time
        while len(step.seen) <= self._limits.redirects:
            async with self._hosts[step.url.host]:
                began = now()
                try:
                    async with asyncio.timeout(left):
                        answer = await self._ask(step)
                except TimeoutError as error:
                    seconds = f"{self._limits.total:g} seconds"
                    raise FetchError(f"it took longer than {seconds}", is_passing=True) from error
                left -= now() - began
            if isinstance(answer, Fetched):
                return answer
            step = answer
        raise FetchError(f"it redirects more than {self._limits.redirects} times")

    async def _ask(self, step: _Step) -> Fetched | _Step:
        url = httpcore.URL(
            scheme=step.url.raw_scheme,
            host=step.url.raw_host,
            port=step.url.port,
            target=step.url.raw_path,
        )
        try:
            pool = self._connections.to(step.url, private=step.may_be_private)
            if _keeps_line(pool, url):
                # The server may have closed it since, or do so while it is being asked.
                with suppress(*_HUNG_UP):
                    return await self._converse(pool, url, step)
            return await self._converse(pool, url, step)
        except UnpackingError as error:
            raise FetchError(str(error)) from error
        except FetchError:
            raise
        # httpcore lets some errors of the system and of its proxies pass as they are.
        except (*_FOREIGN, OSError, ImportError, RuntimeError, ValueError) as error:
            raise FetchError(reason_of(error), is_passing=True) from error

    async def _converse(
        self, pool: httpcore.AsyncConnectionPool, url: httpcore.URL, step: _Step
    ) -> Fetched | _Step:
        timeouts = {
            "connect": self._limits.connect,
            "read": self._limits.read,
            "write": self._limits.read,
            "pool": None,
        }
        async with pool.stream(
            "GET", url, headers=self._headers(step), extensions={"timeout": timeouts}
        ) as response:
            private = self._is_private(step.url, response)
            step = step._replace(
                private=private if step.private is None else step.private,
                was_outside=step.was_outside or not private,
            )
            return await self._understand(step, response)

    def _headers(self, step: _Step) -> list[tuple[bytes, bytes]]:
        asked = step.asked
        headers = [
            (b"Host", step.url.netloc),
            (b"User-Agent", self._agent.encode()),
            (b"Accept", _GOOD_TYPES[asked.kind].encode()),
            (b"Accept-Encoding", ACCEPTED.encode()),
        ]
        if step.login:
            login = unquote_to_bytes(step.login)
            login = login if b":" in login else login + b":"
            headers.append((b"Authorization", b"Basic " + base64.b64encode(login)))
        if asked.etag:
            headers.append((b"If-None-Match", asked.etag.encode()))
        if asked.last_modified:
            headers.append((b"If-Modified-Since", asked.last_modified.encode()))
        return headers

    def _is_private(self, url: httpx.URL, response: httpcore.Response) -> bool:
        if self._connections.proxy_of(url):
            return names_private(url.host)
        address = response.extensions["network_stream"].get_extra_info("server_addr")
        return is_private(address[0])

    async def _understand(self, step: _Step, response: httpcore.Response) -> Fetched | _Step:
        headers = _Headers(response)
        status, asked = response.status, step.asked
        if status in _REDIRECTS and (location := headers["location"]):
            return _redirected(step, location, for_good=status in _FOR_GOOD)
        if status == HTTPStatus.NOT_MODIFIED and (asked.etag or asked.last_modified):
            raw = None
        elif status in _WITH_ALL:
            raw = await self._body(response, headers, asked.limit(self._limits))
        else:
            raise _refusal(status, headers)
        return Fetched(
            asked,
            raw,
            str(step.url) if step.seen else asked.address,
            content_type=headers["content-type"],
            # Of an answer without a body, what is not said stays as it was.
            etag=headers.validator("etag") or (asked.etag if raw is None else None),
            last_modified=headers.validator("last-modified")
            or (asked.last_modified if raw is None else None),
            moved_to=step.moved_to,
            private=step.stays_private,
        )

    async def _body(self, response: httpcore.Response, headers: _Headers, limit: int) -> bytes:
        unpacker = Unpacker(headers["content-encoding"] or "", limit)
        async for part in response.aiter_stream():
            unpacker.feed(part)
        return unpacker.whole


_HUNG_UP = (httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError)

_FOREIGN = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
)


class _Headers:
    """The headers of an answer, by their names in small letters; None where one is not there."""

    def __init__(self, response: httpcore.Response) -> None:
        self._values = {name.lower(): value for name, value in reversed(response.headers)}

    def __getitem__(self, name: str) -> str | None:
        value = self._values.get(name.encode())
        return None if value is None else value.decode("utf-8", "replace").strip()

    def validator(self, name: str) -> str | None:
        """Return what the server wants to hear again, if it can be said."""
        value = self[name]
        sayable = value and value.isascii() and value.isprintable()
        return value if sayable and len(value or "") <= _LONGEST_VALIDATOR else None


def _keeps_line(pool: httpcore.AsyncConnectionPool, url: httpcore.URL) -> bool:
    """Tell whether a server will be asked by a connection that is open already."""
    return any(line.is_idle() and line.can_handle_request(url.origin) for line in pool.connections)


def _redirected(step: _Step, location: str, *, for_good: bool) -> _Step:
    try:
        url = httpx.URL(web_address(str(step.url.join(location))).url)
    except (FeedError, httpx.InvalidURL) as error:
        raise FetchError("it redirects to what is no address of the web") from error
    seen = step.seen | {str(step.url)}
    if str(url) in seen:
        raise FetchError("it redirects in circles")
    return step._replace(url=url, seen=seen, for_good=step.for_good and for_good)


def _refusal(status: int, headers: _Headers) -> FetchError:
    try:
        said = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        said = str(status)
    if status == HTTPStatus.UNAUTHORIZED:
        said += ": it wants a user name and a password, as in https://name:password@host/"
    wait = None
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        wait = seconds_to_wait(headers["retry-after"], headers["date"])
    is_passing = status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _LATER
    return FetchError(said, wait, is_gone=status == HTTPStatus.GONE, is_passing=is_passing)


_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS)


def _agent() -> str:
    try:
        return f"Broadsheet/{metadata.version('broadsheet')} (feed reader)"
    except metadata.PackageNotFoundError:
        return "Broadsheet (feed reader)"
