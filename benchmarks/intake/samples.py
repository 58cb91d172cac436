"""A small sample of every format that is taken in, around any title and text, to be mutated."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from email.header import Header
from html import escape
from typing import TYPE_CHECKING

from benchmarks.intake.supervised import Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TITLE = "Ferry drivers “agree” on a truce"
TEXT = (
    "ISTANBUL, May 4 – The drivers of both lines met on Monday, and agreed on nothing at all.\n\n"
    "Key points:\n- Talks go on\n- Fares do not\n\nThe talks, he said, go on. They will end."
)

ADDRESS = "https://news.example/2026/05/04/ferry?a=1&b=2"


def samples(title: str = TITLE, text: str = TEXT, address: str = ADDRESS) -> Iterator[Case]:
    """Give a file of each format, with a title and a text wherever there is room for one."""
    documents = dict(_documents(title, text, address))
    yield from (Case(name, raw) for name, raw in documents.items())
    yield Case("book.epub", epub(title, text))
    yield Case("all.zip", zipped(documents))
    yield Case("all.tar", tarred(documents))
    yield from packed(Case("story.txt", documents["story.txt"]))


def packed(case: Case) -> Iterator[Case]:
    """Give a case in each kind of compression."""
    yield Case(f"{case.name}.gz", gzip.compress(case.raw, mtime=0))
    yield Case(f"{case.name}.bz2", bz2.compress(case.raw))
    yield Case(f"{case.name}.xz", lzma.compress(case.raw))


def zipped(files: Mapping[str, bytes], first: str = "") -> bytes:
    """Return a zip archive; with ``first`` as the text of a first file that says what it is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo("mimetype"), first)
        for name, raw in files.items():
            archive.writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    """Return a tar archive, with a link and a folder besides."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, kind in (("away", tarfile.SYMTYPE), ("folder", tarfile.DIRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "../../etc/passwd"
            archive.addfile(info)
        for name, raw in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return file.getvalue()


def epub(title: str, text: str) -> bytes:
    """Return a book of two chapters."""
    head, body = escape(title), _paragraphs(text)
    container = '<container><rootfiles><rootfile full-path="a/b.opf"/></rootfiles></container>'
    kind = 'media-type="application/xhtml+xml"'
    package = (
        f"<package><metadata><title>{head}</title><creator>{head}</creator><date>2026-05-04</date>"
        f'<language>en</language></metadata><manifest><item id="1" href="1.xhtml" {kind}/>'
        f'<item id="2" href="2.xhtml" {kind}/><item id="n" href="n.xhtml" {kind} properties="nav"/>'
        '<item id="x" href="x.ncx" media-type="application/x-dtbncx+xml"/></manifest><spine>'
        '<itemref idref="1"/><itemref idref="2"/></spine></package>'
    )
    first, second = (f'<li><a href="{number}.xhtml">{head}</a>' for number in (1, 2))
    nav = f"<nav><ol>{first}<ol>{second}</li></ol></li>"
    ncx = (
        f"<ncx><navMap><navPoint><navLabel><text>{head}</text></navLabel>"
        '<content src="2.xhtml"/></navPoint></navMap></ncx>'
    )
    page = f"<html><body><h1>{head}</h1>{body}</body></html>"
    files = {
        "META-INF/container.xml": container, "a/b.opf": package, "a/n.xhtml": f"{nav}</ol></nav>",
        "a/x.ncx": ncx, "a/1.xhtml": page, "a/2.xhtml": page,
    }  # fmt: skip
    return zipped(
        {name: told.encode("utf-8", "replace") for name, told in files.items()},
        "application/epub+zip",
    )


def _documents(title: str, text: str, address: str) -> Iterator[tuple[str, bytes]]:
    told = {
        "story.txt": f"{title}\n\n{text}\n",
        "story.md": f'---\ntitle: "{title}"\ndate: 2026-05-04\ntags: [a, b]\n---\n\n'
        f"# {title}\n\n{text}\n\n| a | b |\n|---|---|\n| *c* | [d]({address}) |\n",
        "toml.md": f'+++\ntitle = "{title}"\ndate = 2026-05-04\n+++\n\n{text}\n',
        "page.html": _page(title, text, address),
        "feed.rss": _rss(title, text, address),
        "feed.atom": _atom(title, text, address),
        "feed.rdf": _rdf(title, text, address),
        "list.opml": _opml(title, address),
        **_json(title, text, address),
        **_mail(title, text, address),
    }
    for name, written in told.items():
        yield name, written.encode("utf-8", "replace")


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))


def _page(title: str, text: str, address: str) -> str:
    head = escape(title)
    ld = json.dumps({"@type": "NewsArticle", "headline": title, "author": {"name": title},
                     "datePublished": "2026-05-04T12:00:00Z"})  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{head}</title>'
        f'<meta property="og:title" content="{head}"><meta name="author" content="{head}">'
        f'<meta property="og:site_name" content="{head}"><link rel="canonical" href="{address}">'
        f'<script type="application/ld+json">{ld}</script></head><body><nav><a href="/">Home</a>'
        f"</nav><article><h1>{head}</h1><ul><li>{head}</li><li>Fares</li></ul>{_paragraphs(text)}"
        f"<table><tr><td>1</td><td>2</td></tr></table></article><footer>{head}</footer></body></html>"
    )


def _rss(title: str, text: str, address: str) -> str:
    head = escape(title)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{head}</title><link>{escape(address)}</link><item><title>{head}</title>"
        f"<guid>{head}</guid><link>{escape(address)}</link><dc:creator>{head}</dc:creator>"
        f"<category>{head}</category><pubDate>Mon, 04 May 2026 12:00:00 GMT</pubDate>"
        f"<description>{escape(_paragraphs(text))}</description>"
        f"<content:encoded><![CDATA[{_paragraphs(text)}]]></content:encoded></item></channel></rss>"
    )


def _atom(title: str, text: str, address: str) -> str:
    head = escape(title)
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="html">{head}</title>'
        f"<entry><id>{head}</id><title>{head}</title><author><name>{head}</name></author>"
        f'<link href="{escape(address)}"/><updated>2026-05-04T12:00:00Z</updated>'
        f'<category term="{head}"/><source><title>{head}</title></source>'
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{_paragraphs(text)}</div>'
        "</content></entry></feed>"
    )


def _rdf(title: str, text: str, address: str) -> str:
    head = escape(title)
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/"><channel><title>{head}</title></channel>'
        f'<item rdf:about="{escape(address)}"><title>{head}</title><description>{escape(text)}'
        "</description></item></rdf:RDF>"
    )


def _opml(title: str, address: str) -> str:
    head = escape(title)
    return (
        f'<opml version="2.0"><head><title>{head}</title></head><body><outline text="{head}">'
        f'<outline type="rss" text="{head}" title="{head}" category="{head}" '
        f'xmlUrl="{escape(address)}" htmlUrl="{head}"/><outline text="x" xmlUrl="{head}"/>'
        "</outline></body></opml>"
    )


def _json(title: str, text: str, address: str) -> dict[str, str]:
    told = {
        "id": title, "url": address, "title": title, "content_text": text, "summary": title,
        "content_html": _paragraphs(text), "date_published": "2026-05-04T12:00:00Z",
        "authors": [{"name": title}], "tags": [title], "language": "en", "source": title,
        "highlights": [title, "Fares"],
    }  # fmt: skip
    plain = {"title": title, "body": text, "author": title, "outlet": title, "date": "2026-05-04"}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "items": [told, {**told, "id": "2"}],
    }
    return {
        "article.json": json.dumps(told, indent=1),
        "articles.jsonl": f"{json.dumps(told)}\n{json.dumps(plain, ensure_ascii=False)}\n",
        "array.json": json.dumps([told, plain]),
        "results.json": json.dumps({"status": "ok", "count": 2, "articles": [told, plain]}),
        "feed.json": json.dumps(feed),
    }


def _mail(title: str, text: str, address: str) -> dict[str, str]:
    subject = Header(title.encode("utf-8", "replace").decode(), "utf-8").encode()
    head = (
        f"From: {title} <desk@news.example>\nTo: a@b.example\nSubject: {subject}\n"
        "Date: Mon, 4 May 2026 12:00:00 +0000\nMessage-ID: <1@news.example>\nMIME-Version: 1.0\n"
    )
    parts = (
        f"--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
        f"--b\nContent-Type: text/html; charset=utf-8\n\n{_page(title, text, address)}\n--b--\n"
    )
    mail = f'{head}Content-Type: multipart/alternative; boundary="b"\n\n{parts}'
    saved = (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {address}\nSubject: {subject}\n"
        f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n{parts}'
    )
    plain = f"{head}Content-Type: text/plain; charset=utf-8\n\n> Quoted\n\n{text}\n"
    box = f"From a@b.example Mon May  4 12:00:00 2026\n{plain}\n"
    return {"letter.eml": mail, "plain.eml": plain, "page.mhtml": saved, "box.mbox": box + box}
