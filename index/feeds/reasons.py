"""Why a server could not be asked, in words: what libraries and systems say is not for readers."""

from __future__ import annotations

import os
import socket
import ssl
from typing import TYPE_CHECKING

import httpcore

from index.cleaning import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 200

_OWN_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (httpcore.ConnectTimeout, "it does not answer"),
    (httpcore.TimeoutException, "it stopped answering"),
    (httpcore.ReadError, "the connection was lost"),
    (httpcore.WriteError, "the connection was lost"),
    (httpcore.LocalProtocolError, "it cannot be asked: its address or its login is odd"),
    (httpcore.UnsupportedProtocol, "it cannot be asked: its address or its proxy is odd"),
)


def reason_of(error: BaseException) -> str:
    """Return a few words, to stand behind an address."""
    chain = tuple(_chain(error))
    for one in chain:
        if isinstance(one, ssl.SSLError):
            return _of_tls(one)
    if isinstance(error, httpcore.RemoteProtocolError):
        is_early = "disconnected" in str(error) or "closed connection" in str(error)
        return "it hung up too early" if is_early else "its answer is no proper HTTP"
    if isinstance(error, httpcore.ProxyError):
        return f"the proxy said: {_said(str(error))}"
    for kind, words in _OWN_WORDS:
        if isinstance(error, kind):
            return words
    for one in reversed(chain):
        if isinstance(one, OSError) and one.errno and not isinstance(one, socket.gaierror):
            return f"it cannot be reached: {os.strerror(one.errno).lower()}"
    return f"it cannot be reached: {_said(str(error) or type(error).__name__)}"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(10):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__


def _of_tls(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {_said(error.verify_message)}"
    why = (error.reason or "").replace("_", " ").lower() or "the server speaks another language"
    return f"no secure connection to it can be made: {_said(why)}"


def _said(text: str) -> str:
    text = clean(text).strip()
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
