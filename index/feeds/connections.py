"""Connections to servers: the address that was checked is the one that is connected to.

A name can mean one machine when it is looked up and another a moment later. So it is looked up
here, once, and what is then connected to is the number, while the certificate is still that of the
name. Behind a proxy the proxy looks names up, and only what a host is called can be judged.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from index.feeds.asking import FetchError
from index.feeds.trust import is_private, names_private

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

REFUSED = "it leads to this machine or a private network, which is refused"

_Found = list[str] | OSError | UnicodeError


class Connections:
    """Connections that are kept for a while, apart for those who may go to private networks."""

    def __init__(self) -> None:
        self._proxies = getproxies()
        self._pools: dict[tuple[str | None, bool], httpcore.AsyncConnectionPool] = {}

    def to(self, url: httpx.URL, *, private: bool) -> httpcore.AsyncConnectionPool:
        """Return what asks the host of ``url``: one on a ``private`` network, too, if that may be.

        Raises FetchError where it may not, or where the proxy can't be used.
        """
        proxy = self.proxy_of(url)
        if proxy and not private and names_private(url.host):
            raise FetchError(REFUSED)
        if (proxy, private) not in self._pools:
            self._pools[proxy, private] = httpcore.AsyncConnectionPool(
                ssl_context=self._tls,
                proxy=_proxy(proxy) if proxy else None,
                network_backend=None if proxy else _Checked(private=private),
                keepalive_expiry=5.0,
            )
        return self._pools[proxy, private]

    def proxy_of(self, url: httpx.URL) -> str | None:
        """Return the proxy that the environment names for an address, or None."""
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        if not proxy or proxy_bypass(url.netloc.decode("ascii")):
            return None
        return proxy if "://" in proxy else f"http://{proxy}"

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Whom to trust. Looked up by a fetch: if that goes wrong, it is that which fails."""
        return httpx.create_ssl_context()

    async def close(self) -> None:
        """Let go of all connections."""
        for pool in self._pools.values():
            await pool.aclose()


class _Checked(httpcore.AsyncNetworkBackend):
    """Looks a name up, and connects to those of its addresses that may be connected to."""

    def __init__(self, *, private: bool) -> None:
        self._plain = httpcore.AnyIOBackend()
        self._private = private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a host."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await _look_up(host, port)
                failure: httpcore.NetworkError | None = None
                for address in [one for one in addresses if self._private or not is_private(one)]:
                    try:
                        return await self._plain.connect_tcp(
                            address, port, None, local_address, socket_options
                        )
                    except httpcore.NetworkError as error:
                        failure = failure or error
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        raise failure or FetchError(REFUSED)


async def _look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a host, in the order in which the system wants them tried.

    Raises FetchError where there are none. The system can take minutes, and can't be hurried: so it
    does in a thread that nobody waits for.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[_Found] = loop.create_future()

    def settle(result: _Found) -> None:
        if not found.done():
            found.set_result(result)

    def look_up() -> None:
        result: _Found
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            result = list(dict.fromkeys(str(info[4][0]) for info in infos))
        except (OSError, UnicodeError) as error:
            result = error
        with suppress(RuntimeError):  # Nobody wants it any more.
            loop.call_soon_threadsafe(settle, result)

    threading.Thread(target=look_up, daemon=True).start()
    result = await found
    if isinstance(result, list):
        return result
    if isinstance(result, socket.gaierror) and result.errno == socket.EAI_AGAIN:
        reason = "its name cannot be looked up now: is there a connection?"
        raise FetchError(reason, is_passing=True) from result
    raise FetchError("no host has this name") from result


def _proxy(address: str) -> httpcore.Proxy:
    try:
        url = httpx.URL(address)
        login = (unquote(url.username), unquote(url.password)) if url.userinfo else None
        plain = str(url.copy_with(userinfo=b""))
        if url.scheme in ("http", "https", "socks5", "socks5h"):
            return httpcore.Proxy(plain, auth=login)
    except httpx.InvalidURL:
        pass
    raise FetchError("the proxy that the environment names cannot be used")
