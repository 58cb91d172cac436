"""A page saved as a web archive (MHTML, RFC 2557) to an article: the page within it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import UnreadableError
from index.intake.addresses import web_address
from index.intake.html import parse_html
from index.intake.mail_parts import read_message

if TYPE_CHECKING:
    from email.message import Message

    from index.article import Article

LARGEST_ARCHIVE = 100 * 1024 * 1024
"""Bytes of an archive, pictures included."""

_MOST_PARTS = 2_000
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def parse_mhtml(raw: bytes, origin: str) -> Article:
    """Return the article on the page that the archive ``raw`` was made of.

    Raises UnreadableError when there is none.
    """
    if len(raw) > LARGEST_ARCHIVE:
        raise UnreadableError(origin, "is too large for a web archive")
    try:
        archive = read_message(raw, origin)
        page = _page(archive)
        markup = page.get_payload(decode=True) if page else None
    except UnreadableError:
        raise
    except Exception as error:  # What the library stumbles over has many names, and one cause.
        raise UnreadableError(origin, "is a damaged web archive") from error
    if page is None or not isinstance(markup, bytes):
        raise UnreadableError(origin, "is a web archive without a page")
    return parse_html(_declared(markup, page), origin, _address(archive, page))


def _page(archive: Message) -> Message | None:
    """Return the part that is the page itself: the one the archive names, or the first."""
    pages = []
    for number, part in enumerate(archive.walk()):
        if number > _MOST_PARTS:
            break
        if part.get_content_type() in _PAGES:
            pages.append(part)
    start = archive.get_param("start")
    named = (part for part in pages if start and part.get("Content-ID") == start)
    return next(named, pages[0] if pages else None)


def _address(archive: Message, page: Message) -> str | None:
    for part, name in (
        (archive, "Snapshot-Content-Location"),
        (page, "Content-Location"),
        (archive, "Content-Location"),
    ):
        if address := web_address(str(part.get(name) or "")):
            return address
    return None


def _declared(markup: bytes, page: Message) -> bytes:
    """Let the page declare the encoding that its part does, where it does not do so itself."""
    charset = page.get_content_charset()
    if not charset or not charset.isascii() or b"charset" in markup[:4096].lower():
        return markup
    return b'<meta charset="' + charset.encode() + b'">' + markup
