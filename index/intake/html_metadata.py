"""What a page says of its article outside the text: title, authors, date, source, address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from index.addresses import host_of
from index.cleaning import clean
from index.intake.addresses import web_address
from index.intake.bylines import read_names
from index.intake.coverage import letters
from index.intake.json_ld import LinkedData, read_json_ld
from index.intake.page_dates import date_in_address, read_date
from index.intake.peer import Guess, guess
from index.phrases import table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from lxml.html import HtmlElement

LONGEST_TITLE = 300
"""Characters of a title."""

_SHORTEST_TITLE = 3
_TELLING_WORDS = 3
"""Words of a page's only large heading, from which it is a headline whatever the page is called."""

_TITLES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline")
_AUTHORS = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl",
    "dcterms.creator", "article:author_name", "cxenseparse:author", "twitter:data1",
)  # fmt: skip
_DATES = (
    "article:published_time", "og:published_time", "article:published", "datepublished",
    "parsely-pub-date", "sailthru.date", "publish-date", "publishdate", "publish_date",
    "publication_date", "pubdate", "ptime", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date", "dcterms.date", "cxenseparse:recs:publishtime", "date",
    "article:created", "og:article:published_time", "displaydate", "rnews:datepublished",
    "article_date_original", "originalpublicationdate", "date.created",
)  # fmt: skip
_SOURCES = ("og:site_name", "application-name", "dc.publisher", "twitter:app:name:iphone")
_ADDRESSES = ("og:url", "twitter:url")

_SEPARATOR = re.compile(r"\s+[|•·»›:–—-]+\s+|\s*[|»]\s*")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2,4}|\d{3}))?\b")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_BYLINE_NAME = re.compile(
    r"(?:^|[\s_-])(?:byline|author|authors|author-?name|byline-?name|autor)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_SOURCE = table("facebook, twitter, wordpress, localhost")


class Metadata(NamedTuple):
    """What was said of the article; None or empty where nothing was."""

    title: str | None
    authors: tuple[str, ...]
    published: dt.datetime | dt.date | None
    source: str | None
    url: str | None
    language: str | None
    linked: LinkedData


def read_metadata(root: HtmlElement, markup: str, address: str | None = None) -> Metadata:
    """Return what the page of ``root``, which ``markup`` made, says of its article.

    ``address`` is where the page was found, if that is known.
    """
    linked = read_json_ld(root)
    metas = _metas(root)
    url = _url(root, metas, linked, markup[:4096], address)
    source = _source(metas, linked)
    authors = _authors(root, metas, linked)
    published = _published(root, metas, linked, url)
    guessed = guess(root) if published is None else Guess()
    return Metadata(
        title=_title(root, metas, linked, source),
        authors=authors or guessed.authors,
        published=published or guessed.published,
        source=source or host_of(url),
        url=url,
        language=_language(root, metas, linked),
        linked=linked,
    )


def _metas(root: HtmlElement) -> dict[str, str]:
    """Return the contents of the page's ``meta`` elements, the first of each name."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        content = clean(meta.get("content") or "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            for name in (meta.get(key) or "").lower().split():
                if content:
                    metas.setdefault(name, content)
    return metas


def _title(
    root: HtmlElement, metas: dict[str, str], linked: LinkedData, source: str | None
) -> str | None:
    """Return the headline that the page shows, or what it is called elsewhere.

    A page may show several: the one that its other titles agree with is the article's.
    """
    written = next((_text(title) for title in root.iter("title") if _text(title)), "")
    told = [_plain(metas[name]) for name in _TITLES if name in metas]
    told += [_plain(linked.headline), written]
    told = [_without_source(title, source) for title in told if title]
    if headline := _headline(root, told, written, source):
        return headline
    return told[0][:LONGEST_TITLE] if told else None


def _headline(root: HtmlElement, told: list[str], written: str, source: str | None) -> str | None:
    """Return the heading of the page that is the article's, rather than a section's or site's."""
    site = {letters(source or ""), letters(_SEPARATOR.split(written)[-1])}
    for tags in (("h1",), ("h2", "h3")):
        shown = [_text(heading) for heading in root.iter(*tags)]
        shown = [title for title in shown if 0 < len(title) <= LONGEST_TITLE]
        agreed = [
            title
            for title in shown
            if len(title) > _SHORTEST_TITLE
            and letters(title) not in site - {letters(written)}
            and any(letters(title) in letters(other) for other in told)
        ]
        if agreed:
            return max(agreed, key=len)
        if tags == ("h1",) and len(shown) == 1 and len(shown[0].split()) >= _TELLING_WORDS:
            return shown[0] if letters(shown[0]) not in site or not told else None
    return None


def _without_source(title: str, source: str | None) -> str:
    """Leave out the name of the site, which stands behind the title or before it."""
    parts = _SEPARATOR.split(title)
    if len(parts) == 1:
        return title
    names = letters(source or "")
    if names and letters(parts[-1]) in {names, f"{names}com"}:
        return title[: title.rindex(parts[-1])].rstrip(" |•·»›:–—-")
    if names and letters(parts[0]) == names:
        return title[len(parts[0]) :].lstrip(" |•·»›:–—-")
    if "|" in title and len(parts[0].split()) >= len(parts[-1].split()):
        return title[: title.rindex("|")].strip()
    return title


def _authors(root: HtmlElement, metas: dict[str, str], linked: LinkedData) -> tuple[str, ...]:
    names = tuple(name for author in linked.authors for name in read_names(author))
    candidates = (metas[key] for key in _AUTHORS if key in metas)
    for written in (*candidates, *_bylines(root)):
        if names:
            break
        names = () if "://" in written else read_names(written)
    return tuple(dict.fromkeys(names))


def _bylines(root: HtmlElement) -> Iterator[str]:
    for element in root.iter("a", "span", "p", "div", "address", "li", "cite", "strong"):
        names = f"{element.get('class', '')} {element.get('id', '')}"
        if (
            element.get("rel") == "author"
            or "author" in (element.get("itemprop") or "").lower()
            or _BYLINE_NAME.search(names)
        ):
            text = _text(element)
            if 0 < len(text) <= 120:
                yield text


def _published(
    root: HtmlElement, metas: dict[str, str], linked: LinkedData, url: str | None
) -> dt.datetime | dt.date | None:
    first, *others = [metas.get(key, "") for key in _DATES]
    told = (first, linked.published, *others)
    for written in told:
        if date := read_date(written):
            return date
    in_address = date_in_address(url or "")
    for written in _dates_shown(root):
        if date := read_date(written):
            return date
    return in_address


def _dates_shown(root: HtmlElement) -> Iterator[str]:
    for element in root.iter():
        prop = (element.get("itemprop") or "").lower()
        if "datepublished" in prop or "datecreated" in prop or element.get("pubdate") is not None:
            yield from (element.get("datetime") or "", element.get("content") or "", _text(element))
    for time in root.iter("time"):
        yield from (time.get("datetime") or "", _text(time))


def _source(metas: dict[str, str], linked: LinkedData) -> str | None:
    names = (_plain(metas.get(name, "")) for name in _SOURCES)
    for name in (*names, _plain(linked.publisher)):
        if name and name.lower() not in _NO_SOURCE and len(name) <= 80:
            return name
    return None


def _url(
    root: HtmlElement,
    metas: dict[str, str],
    linked: LinkedData,
    head: str,
    address: str | None,
) -> str | None:
    saved = _SAVED_FROM.search(head)
    found = web_address(saved[1] if saved else address)
    links = (
        link.get("href") for link in root.iter("link") if (link.get("rel") or "") == "canonical"
    )
    told = (*links, *(metas.get(name) for name in _ADDRESSES), linked.url)
    for written in told:
        if (url := web_address(written, found)) and not _is_front(url, found):
            return url
    return found


def _is_front(url: str, found: str | None) -> bool:
    """Whether ``url`` is but the site's front page, as badly made pages say of all of them."""
    return bool(re.fullmatch(r"https?://[^/]+/?", url)) and found is not None


def _language(root: HtmlElement, metas: dict[str, str], linked: LinkedData) -> str | None:
    htmls = (html.get("lang") or html.get("xml:lang") for html in root.iter("html"))
    told = (*htmls, metas.get("content-language"), metas.get("og:locale"), linked.language)
    for written in told:
        if found := _LANGUAGE.match((written or "").strip()):
            region = found[2]
            if region and len(region) == 2:
                return f"{found[1].lower()}-{region.upper()}"
            return f"{found[1].lower()}-{region.title()}" if region else found[1].lower()
    return None


def _text(element: HtmlElement) -> str:
    return _plain("".join(element.itertext()))


def _plain(text: str) -> str:
    return " ".join(clean(text).split())
