"""Of each format one field, header, key or line that is repeated without end."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.intake.samples import TEXT, samples, zipped
from benchmarks.intake.supervised import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

LENGTH = 200_000
"""Characters of what is repeated: what takes the square of them takes minutes."""


class _Again(NamedTuple):
    """Where in a file what stands again and again."""

    name: str
    before: str
    """What the repeated stands behind, in a sample of the format."""

    piece: str
    """``%d`` in it is another number each time."""

    end: str = ""
    """What stands as often behind them all: where they are within one another."""


_HEAD = "MIME-Version: 1.0\n"
_ITEM = "<item>"
_ENTRY = "<entry>"

_FILES = (
    _Again("story.txt", "\n\n", "Key points:\n"),
    _Again("story.txt", "\n\n", "By Agnes Ott\n"),
    _Again("story.txt", "\n\n", "- x\n"),
    _Again("story.md", "---\n", "title: x\n"),
    _Again("story.md", "---\n", "k%d: x\n"),
    _Again("story.md", "tags: [a", ", [b"),
    _Again("story.md", "\n\n", "# x\n"),
    _Again("story.md", "\n\n", "[a%d]: https://b.example\n"),
    _Again("story.md", "|---|---|\n", "| a | b |\n"),
    _Again("toml.md", "+++\n", "title = 'x'\n"),
    _Again("toml.md", "+++\n", "k%d = 1\n"),
    _Again("page.html", "<head>", '<meta name="author" content="x">'),
    _Again("page.html", "<head>", '<link rel="canonical" href="/x">'),
    _Again("page.html", "<head>", "<title>x</title>"),
    _Again("page.html", "<head>", '<script type="application/ld+json">{}</script>'),
    _Again("page.html", '<script type="application/ld+json">', "[", "]"),
    _Again("page.html", "<html", " a%d=x"),
    _Again("page.html", "<body>", "<nav>", "</nav>"),
    _Again("page.html", "<body>", '<a href="/x">x</a>'),
    _Again("page.html", "<body>", "<ul><li>x"),
    _Again("feed.rss", "<channel>", "<title>x</title>"),
    _Again("feed.rss", _ITEM, "<author>x</author>"),
    _Again("feed.rss", _ITEM, "<category>x%d</category>"),
    _Again("feed.rss", _ITEM, "<link>https://b.example/%d</link>"),
    _Again("feed.rss", _ITEM, "<pubDate>Mon, 4 May 2026 12:00:00 GMT</pubDate>"),
    _Again("feed.rss", _ITEM, '<enclosure url="https://b.example/%d"/>'),
    _Again("feed.rss", "<rss", ' xmlns:a%d="x"'),
    _Again("feed.atom", _ENTRY, "<author><name>x</name></author>"),
    _Again("feed.atom", _ENTRY, '<link href="https://b.example/%d"/>'),
    _Again("feed.atom", _ENTRY, "<id>%d</id>"),
    _Again("feed.rdf", "</channel>", '<item rdf:about="%d"/>'),
    _Again("list.opml", "<body>", '<outline text="x" xmlUrl="https://b.example/%d"/>'),
    _Again("list.opml", "<body>", '<outline text="x">', "</outline>"),
    _Again("list.opml", "<outline", ' a%d="x"'),
    _Again("article.json", "{", '"title": "x", '),
    _Again("article.json", "{", '"k%d": "x", '),
    _Again("article.json", '"tags": [', '"x", '),
    _Again("article.json", '"authors": [', '{"name": "x%d"}, '),
    _Again("article.json", '"highlights": [', '"x", '),
    _Again("articles.jsonl", "", '{"id": "%d"}\n'),
    _Again("array.json", "[", "{}, "),
    _Again("results.json", "{", '"k%d": [], '),
    _Again("feed.json", '"items": [', '{"id": "%d"}, '),
    *(
        again
        for name in ("letter.eml", "page.mhtml")
        for again in (
            _Again(name, _HEAD, "Subject: x\n"),
            _Again(name, _HEAD, "X-%d: x\n"),
            _Again(name, "Subject: ", "=?utf-8?q?x?= "),
            _Again(name, "Subject: ", "x\n "),
            _Again(name, _HEAD, "Content-Type: text/html\n"),
            _Again(name, 'boundary="b"', "; a%d=x"),
            _Again(name, 'boundary="b"', "; a*%d=x"),
            _Again(name, 'boundary="', ";"),
            _Again(name, "text/html; ", "charset=x; "),
            _Again(name, "--b\n", "Content-Location: x\n"),
            _Again(name, "", "--b\n"),
            _Again(name, "--b\n", "\n--b\n"),
            _Again(name, "--b\n", "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"),
        )
    ),
    _Again("plain.eml", _HEAD, "List-Id: <"),
    _Again("plain.eml", "From: ", "<a@b "),
    _Again("plain.eml", "\n\n", "> x\n"),
    _Again("plain.eml", "\n\n", ">"),
    _Again("box.mbox", _HEAD, "Message-ID: <%d>\n"),
    _Again("box.mbox", "", "From a@b.example Mon May  4 12:00:00 2026\n\n"),
)

_BOOK = {
    "META-INF/container.xml": '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles>'
    "</container>",
    "b.opf": '<package><metadata><title>x</title></metadata><manifest><item id="1" href="1.xhtml" '
    'media-type="application/xhtml+xml"/><item id="n" href="n.xhtml" properties="nav"/>'
    '<item id="x" href="x.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
    '<spine><itemref idref="1"/></spine></package>',
    "n.xhtml": "<html><body><nav></nav></body></html>",
    "x.ncx": "<ncx><navMap></navMap></ncx>",
    "1.xhtml": f"<html><body><h1>x</h1><p>{TEXT}</p></body></html>",
}

_POINT = '<navPoint><navLabel><text>x</text></navLabel><content src="1.xhtml"/>'

_IN_BOOK = (
    _Again("META-INF/container.xml", "<rootfiles>", '<rootfile full-path="b%d"/>'),
    _Again("b.opf", "<metadata>", "<creator>x</creator>"),
    _Again("b.opf", "<metadata>", "<date>2026</date>"),
    _Again("b.opf", "<manifest>", '<item id="n%d" href="n.xhtml" properties="nav"/>'),
    _Again("b.opf", "<spine>", '<itemref idref="1"/>'),
    _Again("n.xhtml", "<nav>", '<li><a href="1.xhtml">x</a></li>'),
    _Again("n.xhtml", "<nav>", "<nav>", "</nav>"),
    _Again("n.xhtml", "<nav>", '<li><a href="%d">x', "</a></li>"),
    _Again("x.ncx", "<navMap>", f"{_POINT}</navPoint>"),
    _Again("x.ncx", "<navMap>", _POINT, "</navPoint>"),
    _Again("1.xhtml", "<body>", '<p><a href="n.xhtml">x</a></p>'),
    _Again("1.xhtml", "<body>", '<div><a href="n.xhtml">x</a>'),
)


def endless() -> Iterator[tuple[str, Case]]:
    """Give a file of each format for each thing in it that can be said again, and what that is."""
    files = {case.name: case.raw for case in samples()}
    for again in _FILES:
        told = _repeated(again, files[again.name].decode())
        yield f"{again.name} {again.piece}", Case(again.name, told.encode())
    for again in _IN_BOOK:
        told = _repeated(again, _BOOK[again.name])
        book = {name: text.encode() for name, text in (_BOOK | {again.name: told}).items()}
        yield f"{again.name} {again.piece}", Case("b.epub", zipped(book, "application/epub+zip"))
    yield "zip", Case("all.zip", zipped({f"{number}.txt": b"" for number in range(5_000)}))
    for kind in (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME):
        yield f"tar {kind.decode()}", Case("all.tar", _tarred(kind))


def _repeated(again: _Again, sample: str) -> str:
    """Return a sample with what is repeated in it, behind the first place that is meant."""
    at = sample.index(again.before) + len(again.before)
    number = LENGTH // (len(again.piece) + len(again.end))
    pieces = (again.piece.replace("%d", str(one)) for one in range(number))
    return f"{sample[:at]}{''.join(pieces)}{again.end * number}{sample[at:]}"


def _tarred(kind: bytes) -> bytes:
    """Return a tar archive whose files have a header each before them that says much."""
    file = io.BytesIO()
    for number in range(20):
        info = tarfile.TarInfo("announced")
        told = b"".join(b"20 key%d%07d=abc\n" % (number % 10, one) for one in range(1_000))
        info.type, info.size = kind, len(told)
        file.write(info.tobuf(tarfile.USTAR_FORMAT) + told + bytes(-len(told) % 512))
        file.write(tarfile.TarInfo(f"{number}.txt").tobuf(tarfile.USTAR_FORMAT))
    return file.getvalue() + bytes(1024)
