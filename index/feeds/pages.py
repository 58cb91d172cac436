"""Pages of articles, as they are handed on to be kept: the bytes know their own encoding."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from index import taking
from index.cleaning import clean
from index.errors import FeedError
from index.intake.document import Document
from index.progress import silent

if TYPE_CHECKING:
    from index.feeds.asking import Fetched
    from index.store import Store

_HEAD = 1024
"""Bytes of a page in which it says its encoding, if it does (HTML, 13.2.3.2)."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)


def take_page(store: Store, answer: Fetched) -> None:
    """Take the page of an article into the record, where it is known as another form of it.

    Raises FeedError where nothing on it can be read.
    """
    report = taking.take(store, [_document(answer)], silent)
    if report.problems:
        raise FeedError(clean(answer.asked.address), f"it {clean(report.problems[0].error)}")


def _document(answer: Fetched) -> Document:
    """Return a page as a document; its origin is the address that was asked for.

    A page whose encoding only its server told would not be understood without it: it is turned into
    UTF-8, with a byte order mark to say so.
    """
    raw = answer.raw or b""
    told = _CHARSET.search(answer.content_type or "")
    if told and not raw.startswith(_MARKS) and b"charset" not in raw[:_HEAD].lower():
        # There is none of that name, or it is none of texts.
        with suppress(LookupError, ValueError):
            raw = codecs.BOM_UTF8 + raw.decode(told[1], "replace").encode("utf-8", "replace")
    return Document(raw, answer.asked.address)
