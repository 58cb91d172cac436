"""Addresses of feeds: as people type them, as they are kept, and without their logins."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit, urlunsplit

from index.errors import FeedError

COMMAND = "exec:"
"""In front of a command whose output is a feed."""

FILE = "file:"

_WEB = ("http", "https")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
"""Behind the colon of ``localhost:8000`` is a number."""

_ON_WEB = re.compile(r"\s*https?://", re.IGNORECASE)

_LOGIN = re.compile(r"^([^/]*//)[^/]*@|^()[^/@]*:[^/]*@")
"""In front of a host: behind two slashes, or where both slashes and scheme are left out."""

_LONGEST = 2_000
"""Characters of an address: browsers take no longer ones, either."""


class Address(NamedTuple):
    """Where a feed is."""

    url: str
    """``https://…``, ``http://…``, ``file:///…`` or ``exec:command arguments``, without login."""

    login: str | None = None
    """``user:password``, with its percent signs."""

    @property
    def is_web(self) -> bool:
        """Whether it is fetched from a server."""
        return self.url.startswith(("http://", "https://"))


def understand(typed: str) -> Address:
    """Return the address that somebody typed: also a path, one without ``https://``, ``feed:…``.

    Raises FeedError where it can't be one.
    """
    text = typed.strip()
    if not text:
        raise FeedError("''", "an address is needed")
    if not text.isprintable() or len(text) > _LONGEST:
        raise FeedError(_shown(text), "this is no address")
    if text.startswith(COMMAND):
        return _command(text)
    if text.lower().startswith(FILE) or _is_path(text):
        return Address(_path_of(text).as_uri())
    return web_address(_with_scheme(text))


def web_address(text: str) -> Address:
    """Return the address of something on the web, from whoever it comes.

    Raises FeedError where it is none, or none of the web: only http and https are.
    """
    text = text.strip()
    shown = _shown(text)
    if not text.isprintable() or len(text) > _LONGEST:
        raise FeedError(shown, "this is no address")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        # A login can be why: all that may be part of one is left out.
        raise FeedError(shown.rpartition("@")[2], "this is no address") from error
    if parts.scheme not in _WEB:
        raise FeedError(shown, "only addresses that begin with http:// or https:// can be fetched")
    if not host:
        raise FeedError(shown, "this address names no host")
    place = f"[{host}]" if ":" in host else host
    if port not in (None, _DEFAULT_PORTS[parts.scheme]):
        place = f"{place}:{port}"
    login = parts.netloc.rpartition("@")[0] or None
    return Address(urlunsplit((parts.scheme, place, parts.path or "/", parts.query, "")), login)


def is_on_web(typed: str) -> bool:
    """Tell whether what somebody typed where files can be named, too, is an address of the web."""
    return bool(_ON_WEB.match(typed))


def file_of(url: str) -> Path:
    """Return the path in an address of a file."""
    return _path_of(url)


def command_of(url: str) -> str:
    """Return the command in an address of one."""
    return url.removeprefix(COMMAND).strip()


def host_of(url: str) -> str:
    """Return the host in an address; of a file or a command, the address itself."""
    return urlsplit(url).hostname or url if Address(url).is_web else url


def without_login(text: str) -> str:
    """Return what somebody typed without the login that may be in it, be it an address or none."""
    return _LOGIN.sub(r"\1", text, count=1)


def _shown(text: str) -> str:
    """Return an address fit for a message: without login, and not longer than a line."""
    shown = without_login(text)
    return shown if len(shown) <= 200 else f"{shown[:200]}…"


def _command(text: str) -> Address:
    command = command_of(text)
    if not command:
        raise FeedError(text, "a command is needed behind exec:")
    return Address(COMMAND + command)


def _is_path(text: str) -> bool:
    if text.startswith("//"):
        return False  # ``//news.example/`` is an address.
    return text.startswith(("/", "./", "../", "~")) or os.path.lexists(text)


def _path_of(text: str) -> Path:
    if text.lower().startswith(FILE):
        parts = urlsplit(text)
        if parts.netloc not in ("", "localhost"):
            raise FeedError(_shown(text), "this file is on another machine")
        text = unquote(parts.path)
    if not text or "\0" in text:
        raise FeedError(_shown(text), "this is no path of a file")
    try:
        path = Path(text).expanduser()
    except RuntimeError as error:  # Nobody has that name.
        raise FeedError(_shown(text), "this is no path of a file") from error
    return Path(os.path.abspath(path))  # noqa: PTH100  (links are not followed)


def _with_scheme(text: str) -> str:
    """Complete an address as people shorten it, or as other programs write it."""
    if text.lower().startswith("feed:"):
        text = text[len("feed:") :].removeprefix("//")
    elif text.startswith("//"):
        text = text[2:]
    return text if _SCHEME.match(text) else f"https://{text}"
