"""An email to an article: a newsletter, a message to a list, a story that somebody passed on."""

from __future__ import annotations

import re
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, cast

from index.cleaning import clean_lines
from index.errors import UnreadableError
from index.intake.addresses import web_address
from index.intake.charsets import decode_as
from index.intake.decoding import decode
from index.intake.files import bound_text
from index.intake.lines import to_blocks
from index.intake.mail_furniture import part, without_filling
from index.intake.mail_headers import header, list_name, sender
from index.intake.mail_parts import read_message
from index.intake.moments import read_moment
from index.intake.story import Known, article_from_lines, article_from_marked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from index.article import Article, Block

MOST_PARTS = 500
"""Parts of an email that are looked at, not counting those of messages within it."""

_MESSAGE = "message/rfc822"
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_LEAST_OF_PAGE = 0.5
"""Of the words of the plain text, as many as a page has to have to be the same text."""

_PASSED_ON = re.compile(
    r"(?:(?:re|fwd?|aw|wg|tr|rv|res|enc|odp|doorst)\s?(?:\[\d+\])?\s?:\s*)+", re.IGNORECASE
)
_TAG = re.compile(r"\[([^\[\]]{1,60})\]\s*")
_OF_LIST = re.compile(r"\s*_{20,}\n")
"""How programs for mailing lists begin the part that they put behind each message."""

_SIGNATURE = re.compile(r"^--[ ]?$", re.MULTILINE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_IN_ANGLES = re.compile(r"<\s*(https?://[^\s<>]+)\s*>")
_QUOTE_MARKS = re.compile(r">*")


class _Body(NamedTuple):
    """The two ways in which emails say the same, and what they say nothing of themselves."""

    page: str
    plain: tuple[str, ...]
    within: list[Message]
    """Messages that it passes on."""


class _Said(NamedTuple):
    """What a message says, in the better of the two ways."""

    message: Message
    page: tuple[Block, ...]
    lines: tuple[Block, ...]

    @property
    def length(self) -> int:
        return sum(len(block.text) for block in self.page or self.lines)


def parse_email(raw: bytes, origin: str) -> Article:
    """Return the article that an email is (RFC 5322, MIME): its page, or else its plain text.

    Raises UnreadableError when it is damaged, has no text, or too many parts.
    """
    with _damage_named(origin):
        message = read_message(raw, origin)
    said = _said(message, origin)
    with _damage_named(origin):
        known = _known(said.message)
    if said.page:
        parted = part(said.page)
        known = known._replace(url=known.url or parted.page)
        return article_from_marked(parted.story, origin, known, parted.furniture)
    if not said.lines:
        raise UnreadableError(origin, "is an email without text")
    return article_from_lines(said.lines, origin, known)


@contextmanager
def _damage_named(origin: str) -> Iterator[None]:
    try:
        yield
    except UnreadableError:
        raise
    except Exception as error:  # What the library stumbles over has many names, and one cause.
        raise UnreadableError(origin, "is a damaged email") from error


def _said(message: Message, origin: str) -> _Said:
    """Return what an email says, or else the one message that it passes on, if that says more."""
    with _damage_named(origin):
        body = _body(message, origin)
    page = _page_blocks(body)
    lines = () if page else tuple(to_blocks(_joined(body.plain)))
    said = _Said(message, page, lines if without_filling(lines) else ())
    if body.within and (len(body.within) == 1 or not said.length):
        passed_on = _said(body.within[0], origin)
        return passed_on if passed_on.length > said.length else said
    return said


def _page_blocks(body: _Body) -> tuple[Block, ...]:
    """Return the blocks of the page, unless it says only that there is a text."""
    if not body.page:
        return ()
    # The parser of markup takes long to import, and mail between people needs none.
    from index.intake.dom import html_blocks  # noqa: PLC0415

    blocks = without_filling(html_blocks(body.page))
    words = sum(len(block.text.split()) for block in blocks)
    beside = body.plain[0] if body.plain else ""
    return blocks if words >= _LEAST_OF_PAGE * len(beside.split()) else ()


# --- the parts ------------------------------------------------------------------------------------


def _body(message: Message, origin: str) -> _Body:
    """Return what the parts say that are shown; or, where none is, what is attached."""
    pages: list[Message] = []
    plain: list[Message] = []
    within: list[Message] = []
    for one in islice(_parts(message), MOST_PARTS):
        kind = one.get_content_type()
        if kind in _PAGES:
            pages.append(one)
        elif kind == "text/plain" and not one.is_multipart():
            plain.append(one)
        elif kind == _MESSAGE and one.is_multipart():
            within.append(cast("Message", one.get_payload(0)))
    texts = tuple(_text(one, origin) for one in _shown(plain))
    bound_text(sum(map(len, texts)), origin)
    return _Body(_page(_shown(pages), origin) if pages else "", texts, within)


def _parts(message: Message) -> Iterator[Message]:
    """Give the parts of a message in order, but not those of other messages within it."""
    ahead = [message]
    while ahead:
        one = ahead.pop()
        yield one
        if one.is_multipart() and one.get_content_type() != _MESSAGE:
            ahead += reversed(cast("list[Message]", one.get_payload()))


def _shown(parts: list[Message]) -> list[Message]:
    shown = [one for one in parts if one.get_content_disposition() != "attachment"]
    return shown or parts[:1]


def _joined(texts: tuple[str, ...]) -> str:
    """Return texts as one, without signatures, unless nothing else is there."""
    told = [text for place, text in enumerate(texts) if not (place and _OF_LIST.match(text))]
    own = "\n\n".join(_SIGNATURE.split(text)[0] for text in told)
    return own if own.strip() else "\n\n".join(told)


def _raw(one: Message) -> bytes:
    raw = one.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else b""


def _text(one: Message, origin: str) -> str:
    """Return the text of a part in the encoding that it declares, or in the one that fits."""
    raw = _raw(one)
    bound_text(len(raw), origin)
    text = decode_as(raw, one.get_content_charset() or "")
    text = decode(raw, origin) if text is None else text.replace("\r\n", "\n").replace("\r", "\n")
    return clean_lines(_unfolded(one, text))


def _page(parts: list[Message], origin: str) -> str:
    """Return the markup of parts as one: programs part a page where a picture stands in it."""
    # They are among what reads pages, which takes long to import.
    from index.intake.html import decode_page, without_pictures  # noqa: PLC0415

    pages = []
    for one in parts:
        raw = _raw(one)
        text = decode_as(raw, one.get_content_charset() or "")
        pages.append(decode_page(raw, origin) if text is None else text)
    return without_pictures("\n".join(pages).encode("utf-8", "replace"), origin).decode()


def _unfolded(one: Message, text: str) -> str:
    """Join the lines that were parted for sending only (RFC 3676)."""
    if str(one.get_param("format", "")).lower() != "flowed":
        return text
    parts_words = str(one.get_param("delsp", "")).lower() != "yes"
    lines: list[list[str]] = []
    is_open, quoted_before = False, ""
    for line in text.split("\n"):
        marks = _QUOTE_MARKS.match(line)
        quoted = marks[0] if marks else ""
        said = line[len(quoted) :].removeprefix(" ")
        goes_on = said.endswith(" ") and said != "-- "
        if goes_on and not parts_words:
            said = said[:-1]
        if is_open and quoted == quoted_before and said != "-- ":
            lines[-1].append(said)
        else:
            lines.append([f"{quoted} {said}" if quoted else said])
        is_open, quoted_before = goes_on, quoted
    return "\n".join(map("".join, lines))


# --- the headers ----------------------------------------------------------------------------------


def _known(message: Message) -> Known:
    name, host = sender(message)
    of_list = list_name(message)
    # On a list that everybody may write to, the sender is the author.
    is_discussion = bool(of_list and header(message, "list-post").startswith("<mailto:"))
    language = header(message, "content-language")
    return Known(
        title=_title(header(message, "subject"), of_list),
        published=read_moment(header(message, "date")),
        source=(of_list if is_discussion else name or of_list or host) or None,
        authors=(name,) if is_discussion and name else (),
        language=language if _LANGUAGE.fullmatch(language) else None,
        url=_url(message),
    )


def _title(subject: str, of_list: str) -> str | None:
    """Return a subject without what says that it was passed on, or on which list."""
    title = _PASSED_ON.sub("", subject, count=1) if _PASSED_ON.match(subject) else subject
    tag = _TAG.match(title)
    if tag and tag[1].casefold() in of_list.casefold():
        title = title[tag.end() :]
        passed_on = _PASSED_ON.match(title)
        title = title[passed_on.end() :] if passed_on else title
    return title.strip() or None


def _url(message: Message) -> str | None:
    """Return where the email is kept as a page (RFC 5064), or where the feed's entry was."""
    kept = _IN_ANGLES.match(header(message, "archived-at"))
    return web_address(kept[1]) if kept else web_address(header(message, "x-rss-url"))
