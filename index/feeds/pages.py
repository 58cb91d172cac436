"""What is at an address, as it is handed on to be kept: the bytes say what only its server told."""

from __future__ import annotations

import codecs
import re
from io import BytesIO
from typing import TYPE_CHECKING

from index import taking
from index.addresses import canonical
from index.cleaning import clean
from index.errors import FeedError, UnreadableError
from index.intake.addresses import web_address
from index.intake.charsets import codec_of, marked
from index.intake.document import Document
from index.intake.feed import parse_feed
from index.intake.html import declared_codec
from index.intake.recognition import START_SIZE, Format, recognise
from index.intake.unpack import unpack
from index.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.feeds.asking import Fetched
    from index.store import Store

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_TEXTS = frozenset({Format.HTML, Format.TEXT, Format.MARKDOWN})


def take_page(store: Store, answer: Fetched) -> None:
    """Take the page of an article, asked for by the article's id, in as another form of it.

    Where the address led elsewhere, such as to a question about cookies, it has to look like it.
    Raises FeedError where nothing on it can be read.
    """
    format_ = _format(answer)
    document = _document(answer, format_)
    if canonical(answer.address) == canonical(answer.asked.address):
        document = document._replace(form_of=answer.asked.key)
    report = taking.take(store, [document], silent)
    if report.problems:
        raise FeedError(clean(answer.asked.address), f"it {clean(report.problems[0].error)}")


def documents_at(answer: Fetched) -> Iterator[Document | UnreadableError]:
    """Give the documents in what came from an address, as if it were a file of that name."""
    raw, origin = answer.raw or b"", answer.asked.address
    format_ = _format(answer)
    if format_ in _TEXTS:
        yield _document(answer, format_)
    elif format_ is not Format.FEED:
        yield from unpack(BytesIO(raw), origin, len(raw))
    else:
        try:
            kind = answer.content_type
            yield from parse_feed(raw, answer.address, key=origin, content_type=kind).documents
        except UnreadableError as error:
            yield UnreadableError(origin, error.reason)


def is_feed_at(answer: Fetched) -> bool:
    """Tell whether what came from an address is a feed, by how it begins."""
    return _format(answer) is Format.FEED


def _format(answer: Fetched) -> Format:
    return recognise((answer.raw or b"")[:START_SIZE], answer.asked.address)


def _document(answer: Fetched, format_: Format) -> Document:
    """Return a page, or another text, as a document; its origin is the address asked for."""
    raw = answer.raw or b""
    told = _CHARSET.search(answer.content_type or "")
    # Whoever serves a page is believed before the page (HTML, 13.2.3.1).
    if told and declared_codec(raw) != codec_of(told[1]):
        raw = marked(raw, told[1])
    if format_ is Format.HTML and answer.address != answer.asked.address:
        raw = _placed(raw, web_address(answer.address) or "")
    return Document(raw, answer.asked.address)


def _placed(raw: bytes, address: str) -> bytes:
    """Return a page that says where it was found, as browsers have it say when they save one."""
    note = f"<!-- saved from url=({len(address):04}){address} -->\n".encode()
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            text = raw[len(mark) :].decode(codec, "replace").encode("utf-8", "replace")
            return codecs.BOM_UTF8 + note + text
    return note + raw


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
)
