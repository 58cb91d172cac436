"""Books: their chapters come out with their titles, and what is made to do harm is named."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from index.errors import UnreadableError
from index.intake import dom, epub, epub_package, files, parse, unpack
from index.intake.recognition import Format, recognise

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from index.intake.document import Document

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""

METADATA = """<dc:title>Letters from the Harbour</dc:title>
<dc:creator>Amina Rahman</dc:creator><dc:creator>Luis Ortega</dc:creator>
<dc:date>2026-05-04</dc:date><dc:language>en-GB</dc:language><dc:publisher>Pier Press</dc:publisher>
"""

NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>
<nav epub:type="landmarks"><ol><li><a href="one.xhtml">Start</a></li></ol></nav>
<nav epub:type="toc"><ol>
<li><a href="one.xhtml">The <i>first</i> tide</a>
<ol><li><a href="one.xhtml#ebb">Ebb</a></li></ol></li>
<li><span>Part two</span><ol><li><a href="two.xhtml#top">The&nbsp;second tide</a></li></ol></li>
</ol></nav></body></html>"""

NCX = """<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>
<navPoint id="a"><navLabel><text>The first tide</text></navLabel><content src="one.xhtml"/>
<navPoint id="b"><navLabel><text>Ebb</text></navLabel><content src="one.xhtml#ebb"/></navPoint>
</navPoint>
<navPoint id="c"><navLabel><text>The second tide</text></navLabel><content src="two.xhtml"/>
</navPoint></navMap></ncx>"""

BODY = "<p>The ferry left at noon, and nobody who stood on the quay that day had seen the like.</p>"


def page(body: str = BODY, head: str = "", of: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head>{head}</head><body{of}>{body}</body></html>"
    )


def item(id_: str, href: str, kind: str = "application/xhtml+xml", more: str = "") -> str:
    return f'<item id="{id_}" href="{href}" media-type="{kind}" {more}/>'


ITEMS = item("one", "one.xhtml") + item("two", "two.xhtml")
SPINE = '<itemref idref="one"/><itemref idref="two"/>'
NAV_ITEM = item("nav", "nav.xhtml", more='properties="nav"')
NCX_ITEM = item("ncx", "toc.ncx", "application/x-dtbncx+xml")


def package(
    items: str = ITEMS, spine: str = SPINE, metadata: str = METADATA, more: str = "", head: str = ""
) -> str:
    return (
        f'<?xml version="1.0"?>{head}<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine>{more}</package>"
    )


Files = dict[str, str | bytes | None]

PAGES: Files = {"OEBPS/one.xhtml": page(), "OEBPS/two.xhtml": page(f"<h1>Two</h1>{BODY}")}


def book(told: Files | None = None, opf: str = "", *, mimetype: bool = True) -> bytes:
    """Return a book of two chapters with some files more, or without those that are None."""
    files_ = {
        "META-INF/container.xml": CONTAINER, "OEBPS/book.opf": opf or package(), **PAGES,
        **(told or {}),
    }  # fmt: skip
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in files_.items():
            if text is not None:
                archive.writestr(name, text)
    return file.getvalue()


def opened(raw: bytes, name: str = "tides.epub") -> list[Document | UnreadableError]:
    return list(unpack.unpack(io.BytesIO(raw), f"/news/{name}", len(raw)))


def chapters(raw: bytes) -> dict[str, dict[str, Any]]:
    """Return what is told of each chapter, by name; nothing may be wrong with the book."""
    found = opened(raw)
    assert not [one for one in found if isinstance(one, UnreadableError)]
    told = {one.origin: json.loads(one.raw) for one in found if not isinstance(one, Exception)}
    return {origin.removeprefix("/news/tides.epub#"): one for origin, one in told.items()}


def names(raw: bytes) -> list[str]:
    """Return the names of the chapters that can be read."""
    found = [one for one in opened(raw) if not isinstance(one, UnreadableError)]
    return [json.loads(one.raw)["id"] for one in found]


def errors(raw: bytes) -> dict[str, str]:
    found = [one for one in opened(raw) if isinstance(one, UnreadableError)]
    return {one.path.removeprefix("/news/"): one.reason for one in found}


# --- what comes out -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "is_said", "is_epub"),
    [("tides.epub", True, True), ("tides.epub", False, True), ("tides", True, True),
     ("tides.zip", True, True), ("tides.zip", False, False), ("tides", False, False)],
)  # fmt: skip
def test_a_book_is_known_by_what_it_says_or_by_its_name(
    name: str, is_said: bool, is_epub: bool
) -> None:
    expected = Format.EPUB if is_epub else Format.ZIP
    assert recognise(book(mimetype=is_said)[:1000], name) is expected


def test_an_office_document_is_no_book_whatever_it_is_called() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert recognise(file.getvalue(), "minutes.epub") is Format.TEXT


@pytest.mark.parametrize(
    ("told", "items"),
    [({"OEBPS/nav.xhtml": NAV}, NAV_ITEM), ({"OEBPS/toc.ncx": NCX}, NCX_ITEM),
     ({"OEBPS/nav.xhtml": NAV, "OEBPS/toc.ncx": "<ncx/>"}, NCX_ITEM + NAV_ITEM)],
    ids=["EPUB 3", "EPUB 2", "both"],
)  # fmt: skip
def test_the_contents_have_the_titles(told: Files, items: str) -> None:
    found = chapters(book(told, package(ITEMS + items)))
    titles = {name: " ".join(one["title"].split()) for name, one in found.items()}
    assert titles == {"one.xhtml": "The first tide", "two.xhtml": "The second tide"}


@pytest.mark.parametrize(
    ("markup", "title"),
    [(page("<h2>A <b>tide</b></h2>" + BODY, "<title>File 7</title>"), "A tide"),
     (page(BODY, "<title>File 7</title>"), "File 7"),
     (page("<h1>Letters from the Harbour</h1><h2>Ebb</h2>" + BODY), "Ebb"),
     (page(BODY, "<title>Letters from the Harbour</title>"), None),
     (page(f"<h1>{'very ' * 100} long</h1>" + BODY), None)],
)  # fmt: skip
def test_without_contents_a_chapter_says_its_title_itself(markup: str, title: str | None) -> None:
    assert chapters(book({"OEBPS/one.xhtml": markup}))["one.xhtml"].get("title") == title


def test_a_chapter_is_an_article() -> None:
    document = opened(book({"OEBPS/toc.ncx": NCX}, package(ITEMS + NCX_ITEM)))[1]
    assert not isinstance(document, UnreadableError)
    article = parse(*document[:2])
    assert document.origin == article.origin == "/news/tides.epub#two.xhtml"
    assert article.title == "The second tide"
    assert article.source == "Letters from the Harbour"
    assert article.authors == ("Amina Rahman", "Luis Ortega")
    assert str(article.published) == "2026-05-04"
    assert article.language == "en-GB"
    assert [block.kind for block in article.blocks] == ["heading", "paragraph"]


CHANGED = '<dc:date opf:event="modification">2026-01-02</dc:date>'


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [(CHANGED + '<dc:date opf:event="publication">2020-05-04</dc:date>', "2020-05-04"),
     ("<dc:date>  </dc:date><dc:date>2020</dc:date>", "2020"), ("", None)],
)  # fmt: skip
def test_the_day_of_publication(metadata: str, expected: str | None) -> None:
    metadata = metadata.replace("opf:event", 'xmlns:opf="http://www.idpf.org/2007/opf" opf:event')
    found = chapters(book(opf=package(metadata=metadata)))["one.xhtml"]
    assert found.get("date_published") == expected


@pytest.mark.parametrize(
    ("opf", "told"),
    [(package(more='<guide><reference type="cover" href="one.xhtml#x"/></guide>'), {}),
     (package(spine='<itemref idref="one" linear="no"/><itemref idref="two"/>'), {}),
     (package(spine='<itemref idref="nobody"/><itemref idref="two"/><itemref idref="two"/>'), {}),
     (package(item("one", "one.xhtml", "image/svg+xml") + item("two", "two.xhtml")), {}),
     (package(item("one", "one.xhtml", more='properties="x nav"') + item("two", "two.xhtml")), {}),
     ("", {"OEBPS/one.xhtml": page('<img src="cover.jpg" alt=""/>')}),
     ("", {"OEBPS/one.xhtml": page(of=' epub:type="cover"')}),
     ("", {"OEBPS/one.xhtml": page(f'<section role="doc-toc">{BODY}</section>')}),
     ("", {"OEBPS/one.xhtml": page("<p>* * *</p>")}),
     ("", {"OEBPS/one.xhtml": page('<h1>To</h1><p><a href="two.xhtml">The second</a> 7</p>')})],
    ids=["guide", "not linear", "unknown", "picture", "nav", "no text", "cover", "toc", "stars",
         "links"],
)  # fmt: skip
def test_what_is_no_chapter_is_left_out(opf: str, told: Files) -> None:
    assert list(chapters(book(told, opf))) == ["two.xhtml"]


def test_a_chapter_that_mentions_others_or_leads_out_of_the_book_is_no_contents() -> None:
    links = '<p><a href="https://news.example/1">All that was ever said about the ferry</a></p>'
    note = f'{BODY}<p>See <a href="two.xhtml">the second chapter</a>, which says more of it.</p>'
    assert list(chapters(book({"OEBPS/one.xhtml": page(links)}))) == ["one.xhtml", "two.xhtml"]
    assert (
        "second chapter"
        in chapters(book({"OEBPS/one.xhtml": page(note)}))["one.xhtml"]["content_html"]
    )


def test_ways_elsewhere_are_dropped_from_a_chapter() -> None:
    ways = '<div>| <a href="two.xhtml">Next</a> | <a href="nav.xhtml">Main menu</a> |</div>'
    body = f'{ways}<h1><a href="nav.xhtml">One</a></h1>{BODY}{ways}<p>Æ end</p>'
    document = opened(book({"OEBPS/one.xhtml": page(body)}))[0]
    assert not isinstance(document, UnreadableError)
    article = parse(*document[:2])
    assert article.title == "One"
    assert [block.text[:9] for block in article.blocks] == ["The ferry", "Æ end"]


def newspaper() -> bytes:
    """Return an issue of a newspaper as programs make books of their pages: nested sections."""
    pages: Files = {"OEBPS/index.html": page('<h1>Times</h1><ul><li><a href="s0.html">World</a>')}
    points = ""
    for section in (0, 1):
        listed, below = "", ""
        for number in (0, 1):
            name = f"s{section}/a{number}.html"
            title = f"Ministers meet {section}{number}"
            listed += f'<li><a href="{name}">{title}</a> 4:00<div>{BODY * 3}</div></li>'
            below += f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{name}"/>'
            below += "</navPoint>"
            pages[f"OEBPS/{name}"] = page(f"<h2>{title}</h2>{BODY}")
        pages[f"OEBPS/s{section}.html"] = page(f"<h2>Section</h2><ul>{listed}</ul>")
        points += (
            f"<navPoint class='section'><navLabel><text>Section {section}</text></navLabel>"
            f'<content src="s{section}.html"/>{below}</navPoint>'
        )
    pages["OEBPS/toc.ncx"] = f"<ncx><navMap>{points}</navMap></ncx>"
    hrefs = [name.removeprefix("OEBPS/") for name in pages if name.endswith("html")]
    items = "".join(item(f"i{n}", href) for n, href in enumerate(hrefs)) + NCX_ITEM
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(hrefs)))
    metadata = (
        "<dc:title>Harbour Times [Wed, 25 Nov 2026]</dc:title><dc:creator>calibre</dc:creator>"
        "<dc:publisher>calibre</dc:publisher>"
        '<meta name="calibre:publication_type" content="periodical:newspaper:The Harbour Times"/>'
    )
    return book(pages, package(items, spine, metadata))


def test_an_issue_of_a_newspaper_is_its_articles() -> None:
    found = chapters(newspaper())
    assert sorted(found) == ["s0/a0.html", "s0/a1.html", "s1/a0.html", "s1/a1.html"]
    assert found["s1/a0.html"]["title"] == "Ministers meet 10"
    assert {one["source"] for one in found.values()} == {"The Harbour Times"}
    assert not [one for one in found.values() if "authors" in one]


def test_the_day_of_an_issue_is_no_part_of_the_source() -> None:
    metadata = "<dc:title>Harbour Times [Wed, 25 Nov 2026]</dc:title>"
    found = chapters(book(opf=package(metadata=metadata)))["one.xhtml"]
    assert found["source"] == "Harbour Times"


def test_a_book_within_an_archive() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("shelf/tides.epub", book())
    found = opened(file.getvalue(), "books.zip")
    origins = [one.origin for one in found if not isinstance(one, UnreadableError)]
    assert origins[0] == "/news/books.zip/shelf/tides.epub#one.xhtml"
    assert len(origins) == len(found) == 2


# --- broken, and made to do harm ------------------------------------------------------------------

BOMB = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
NO_LIST = "is an EPUB book without a list of its chapters"
LOCKED = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:CipherData>
<enc:CipherReference URI="%s"/></enc:CipherData></enc:EncryptedData></encryption>"""


@pytest.mark.parametrize(
    ("told", "reason"),
    [({"META-INF/container.xml": None}, NO_LIST), ({"META-INF/container.xml": ""}, NO_LIST),
     ({"META-INF/container.xml": "<container/>"}, NO_LIST),
     ({"META-INF/container.xml": CONTAINER.replace("OEBPS/book", "../../etc/passwd")}, NO_LIST),
     ({"OEBPS/book.opf": None}, NO_LIST), ({"OEBPS/book.opf": "no markup"}, NO_LIST),
     ({"OEBPS/book.opf": b"\x00\x01\x02" * 99}, NO_LIST),
     ({"OEBPS/book.opf": package(head=BOMB)}, "declares entities that could grow without bounds"),
     ({"META-INF/encryption.xml": LOCKED % "OEBPS/one.xhtml"}, "is encrypted")],
)  # fmt: skip
def test_a_book_that_cannot_be_read_is_named(told: Files, reason: str) -> None:
    assert names(book(told)) == []
    assert errors(book(told)) == {"tides.epub": reason}


def test_a_book_whose_fonts_alone_are_encrypted_is_read() -> None:
    raw = book({"META-INF/encryption.xml": LOCKED % "OEBPS/serif.otf"})
    assert list(chapters(raw)) == ["one.xhtml", "two.xhtml"]


@pytest.mark.parametrize(
    ("href", "name"),
    [("three.xhtml", "three.xhtml"), ("../../etc/passwd", "../../etc/passwd"),
     ("..%2f..%2fetc/passwd", "../../etc/passwd"), ("/etc/passwd", "etc/passwd"),
     ("file:///etc/passwd", "file:/etc/passwd"), ("..\\..\\etc\\passwd", "../../etc/passwd"),
     ("http://127.0.0.1:1/x", "http:/127.0.0.1:1/x"),
     ("a&#27;]0;owned&#7;b%1b%5b31m", "a]0;ownedb")],
)  # fmt: skip
def test_a_chapter_that_is_not_there_is_named_and_the_rest_goes_on(href: str, name: str) -> None:
    raw = book(opf=package(item("one", href) + item("two", "two.xhtml")))
    assert names(raw) == ["two.xhtml"]
    assert errors(raw) == {f"tides.epub#{name}": "is not in the book"}


def test_an_archive_that_is_damaged_is_named() -> None:
    raw = book()
    assert errors(raw[: len(raw) // 2]) == {"tides.epub": "is damaged"}
    headless = b"PK\x03\x04" + raw[4:].replace(b"PK\x03\x04", b"PK\x03\x05")
    assert errors(headless) == {"tides.epub#META-INF/container.xml": "is damaged"}


def test_a_chapter_that_is_damaged_is_named_and_the_rest_goes_on() -> None:
    raw = bytearray(book())
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        info = archive.getinfo("OEBPS/one.xhtml")
    start = info.header_offset + 30 + len(info.filename)
    raw[start : start + 9] = b"\xff" * 9
    assert names(bytes(raw)) == ["two.xhtml"]
    assert errors(bytes(raw)) == {"tides.epub#OEBPS/one.xhtml": "is damaged"}


def test_a_chapter_with_a_password_is_named_and_the_rest_goes_on() -> None:
    raw = bytearray(book())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.index(b"OEBPS/one.xhtml", raw.index(sign))
        raw[raw.rindex(sign, 0, start) + place] |= 1
    assert names(bytes(raw)) == ["two.xhtml"]
    assert errors(bytes(raw)) == {"tides.epub#OEBPS/one.xhtml": "is encrypted"}


def test_a_chapter_that_is_no_text_is_named_and_the_rest_goes_on() -> None:
    raw = book({"OEBPS/one.xhtml": b"\x89PNG\r\n\x1a\n" + bytes(99)})
    assert (names(raw), list(errors(raw))) == (["two.xhtml"], ["tides.epub#one.xhtml"])


def test_chapters_that_are_bombs_are_defused(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = book({"OEBPS/one.xhtml": page("<p>" + "a" * 50_000 + "</p>")})
    monkeypatch.setattr("index.intake.epub.SIZE_LIMIT", 10_000)
    assert names(raw) == ["two.xhtml"]
    assert errors(raw) == {"tides.epub#OEBPS/one.xhtml": files.too_large()}
    monkeypatch.undo()
    monkeypatch.setattr(unpack, "ALWAYS_ALLOWED", 10_000)
    monkeypatch.setattr(unpack, "MOST_TIMES", 1)
    assert errors(raw)["tides.epub#OEBPS/one.xhtml"] == "becomes too large when it is unpacked"


@pytest.mark.parametrize("head", [BOMB, '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>'])
def test_entities_in_contents_and_chapters_stand_for_nothing(head: str) -> None:
    told: Files = {
        "OEBPS/toc.ncx": head + NCX.replace("The first tide", "&b; tide"),
        "OEBPS/one.xhtml": head + f"<html><body><p>&b;</p>{BODY}</body></html>",
    }
    document = opened(book(told, package(ITEMS + NCX_ITEM)))[0]
    assert not isinstance(document, UnreadableError)
    article = parse(*document[:2])
    assert "lol" not in article.model_dump_json()
    assert "root:" not in article.model_dump_json()
    assert article.blocks[-1].text.startswith("The ferry")


DEEP = {
    "contents": NCX.replace("<navMap>", "<navMap>" + "<navPoint><content src='x'/>" * 5000),
    "lists": NAV.replace("<nav", "<ol><li>" * 5000 + "<nav"),
    "points": "<ncx>" + "<navPoint/>" * 100_000 + "</ncx>",
    "attributes": "<ncx " + " ".join(f'a{n}="x"' for n in range(50_000)) + "></ncx>",
    "line": "<ncx>" + "x" * 5_000_000 + "</ncx>",
}


@pytest.mark.parametrize("contents", DEEP.values(), ids=DEEP)
def test_contents_made_to_keep_a_reader_busy(contents: str) -> None:
    raw = book({"OEBPS/toc.ncx": contents}, package(ITEMS + NCX_ITEM))
    assert list(chapters(raw)) == ["one.xhtml", "two.xhtml"]


def test_of_too_many_chapters_the_first_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.intake.epub_package.MOST_CHAPTERS", 1)
    assert names(book()) == ["one.xhtml"]


def test_a_chapter_is_bounded_before_a_tree_is_made_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def read_tree(markup: str) -> None:
        read.append(len(markup))

    monkeypatch.setattr(epub, "read_tree", read_tree)
    picture = f'<img src="data:image/png;base64,{"A" * (files.TEXT_LIMIT + 1)}">'
    told: Files = {"OEBPS/one.xhtml": page("<p>x" * 1_100_000), "OEBPS/two.xhtml": page(picture)}
    assert errors(book(told)) == {"tides.epub#one.xhtml": "has more than 1,000,000 tags"}
    told = {"OEBPS/one.xhtml": page("<p>xx</p>" * 1_200_000), "OEBPS/two.xhtml": page(picture)}
    [reason] = errors(book(told)).values()
    assert reason == "more text than the limit of 10 MB"
    assert len(read) == 2
    assert max(read) < 1_000


def test_a_chapter_is_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[object] = []

    def tree_blocks(root: HtmlElement, base: str | None = None) -> tuple[dom.PlacedBlock, ...]:
        walked.append(root)
        return dom.tree_blocks(root, base)

    monkeypatch.setattr(epub, "tree_blocks", tree_blocks)
    assert len(chapters(book())) == len(walked) == 2


def test_ways_elsewhere_within_one_another_are_told_in_one_go() -> None:
    # Each was searched for all that is within it: minutes for as much as there is here.
    ways = '<div><a href="two.xhtml">Next</a>' * 190
    found = chapters(book({"OEBPS/one.xhtml": page(f"{ways}<p>{'word ' * 1_000_000}")}))
    assert "Next" in found["one.xhtml"]["content_html"]


def test_contents_within_one_another_are_gone_through_once() -> None:
    # Minutes, where each begins again with all that is within it.
    lines = '<li><a href="two.xhtml">Two</a></li>' * 60_000
    nav = f"<html><body>{'<nav>' * 200}{lines}{'</nav>' * 200}</body></html>"
    found = chapters(book({"OEBPS/nav.xhtml": nav}, package(ITEMS + NAV_ITEM)))
    assert found["two.xhtml"]["title"] == "Two"


def test_a_title_within_others_is_read_no_further_than_titles_go() -> None:
    line, end = '<li><a href="two.xhtml">Two', "</a></li>"
    nav = f"<html><body><nav>{line * 100}{'<b/>' * 500_000}{end * 100}</nav></body></html>"
    found = chapters(book({"OEBPS/nav.xhtml": nav}, package(ITEMS + NAV_ITEM)))
    assert found["two.xhtml"]["title"].startswith("TwoTwo")


def test_a_title_is_all_of_its_text() -> None:
    nav = NAV.replace("second tide", "<b>second<!-- no --></b> ti<?no?>de")
    found = chapters(book({"OEBPS/nav.xhtml": nav}, package(ITEMS + NAV_ITEM)))
    assert found["two.xhtml"]["title"].split() == ["The", "second", "tide"]


@pytest.mark.parametrize("name", ["META-INF/container.xml", "OEBPS/book.opf", "OEBPS/nav.xhtml"])
@pytest.mark.parametrize("piece", ["<b/>", "a file "])
def test_what_says_what_is_in_a_book_is_bounded(name: str, piece: str) -> None:
    endless = NAV.replace("</body>", f"{piece * 1_600_000}</body>")
    raw = book({"OEBPS/nav.xhtml": NAV, name: endless}, package(ITEMS + NAV_ITEM))
    if name.endswith("nav.xhtml"):
        assert not any("title" in one and "tide" in one["title"] for one in chapters(raw).values())
    else:
        [reason] = errors(raw).values()
        assert re.match("more text than the limit|has more than 1,000,000 tags", reason)


def test_a_few_contents_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    monkeypatch.setattr(epub_package, "read_contents", lambda *told: read.append(told))
    items = "".join(item(f"n{n}", "nav.xhtml", more='properties="nav"') for n in range(1_000))
    assert len(chapters(book({"OEBPS/nav.xhtml": NAV}, package(ITEMS + items)))) == 2
    assert len(read) == 5
