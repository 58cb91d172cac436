"""Whatever articles are packed in, they come out; what is packed to do harm is named."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import tracemalloc
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from desk import story
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableError
from index.intake import archives, files, json_lists, parse, unpack
from index.intake.document import Document
from index.intake.recognition import Format, recognise

if TYPE_CHECKING:
    from collections.abc import Callable


STORY = story("ferry").encode()


def opened(
    raw: bytes, name: str = "x", size: int | None = None
) -> list[Document | UnreadableError]:
    return list(unpack.unpack(io.BytesIO(raw), f"/news/{name}", len(raw) if size is None else size))


def documents(raw: bytes, name: str = "x") -> dict[str, bytes]:
    """Return what comes out, by origin; nothing may be wrong with it."""
    found = opened(raw, name)
    assert not [one for one in found if isinstance(one, UnreadableError)]
    return {one.origin: one.raw for one in found if not isinstance(one, UnreadableError)}


def errors(raw: bytes, name: str = "x") -> dict[str, str]:
    found = opened(raw, name)
    return {one.path: one.reason for one in found if isinstance(one, UnreadableError)}


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def tarred(**members: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, raw in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return file.getvalue()


def tarred_gz(**members: bytes) -> bytes:
    return gzip.compress(tarred(**members))


def lines(*told: object) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in told)


# --- what comes out -------------------------------------------------------------------------------


def test_a_document_is_what_it_is() -> None:
    assert documents(STORY) == {"/news/x": STORY}
    assert documents(b"") == {"/news/x": b""}


def test_lines_are_known_by_id_address_or_bytes() -> None:
    told = [
        {"id": 7, "title": "A"},
        {"url": "https://a.example/b", "title": "B"},
        {"title": "C"},
        {"id": 7, "title": "D"},
    ]
    found = documents(b"\xef\xbb\xbf" + lines(*told) + b"\n", "a.jsonl")
    names = [origin.partition("#")[2] for origin in found]
    assert names[:2] == ["7", "https://a.example/b"]
    assert len(set(names)) == 4
    assert [parse(raw, origin).title for origin, raw in found.items()] == list("ABCD")
    assert list(documents(lines(*told[2:0:-1]), "a.jsonl")) == [list(found)[2], list(found)[1]]


def test_a_line_that_is_none_is_named_and_the_rest_goes_on() -> None:
    raw = lines({"title": "A"}) + b'{"broken"\n[1]\n' + lines({"title": "B"})
    assert len(opened(raw, "a.jsonl")) == 4
    assert errors(raw, "a.jsonl") == {
        "/news/a.jsonl, line 2": "is no JSON object",
        "/news/a.jsonl, line 3": "is no JSON object",
    }


def test_a_line_without_an_end_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lists, "SIZE_LIMIT", 1_000)
    raw = lines({"title": "A"}) + b'{"a": "' + 5_000 * b"x" + b'"}\n' + lines({"title": "B"})
    assert len(opened(raw, "a.jsonl")) == 3
    assert list(errors(raw, "a.jsonl")) == ["/news/a.jsonl, line 2"]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("wrapped", [True, False])
def test_the_members_of_an_array(
    monkeypatch: pytest.MonkeyPatch, indent: int, wrapped: bool
) -> None:
    monkeypatch.setattr(json_lists, "_CHUNK", 10)
    told = [
        {"id": number, "title": f"“{number}” [x]", "body": "y" * number} for number in range(50)
    ]
    raw = json.dumps({"count": 50, "articles": told} if wrapped else told, indent=indent).encode()
    found = documents(raw, "a.json")
    assert [json.loads(one) for one in found.values()] == told
    assert list(found)[3] == "/news/a.json#3"


def test_an_array_that_breaks_off_gives_what_it_has() -> None:
    raw = json.dumps([{"title": "A"}, {"title": "B"}, 5]).encode()[:-4]
    assert len(opened(raw, "a.json")) == 3
    assert errors(raw, "a.json") == {"/news/a.json": "breaks off behind 2 articles"}


@pytest.mark.parametrize(
    ("pack", "name"),
    [(gzip.compress, "a.jsonl.gz"), (bz2.compress, "a.jsonl.bz2"), (lzma.compress, "a.jsonl.xz")],
)
def test_compressed_lists(pack: Callable[[bytes], bytes], name: str) -> None:
    assert list(documents(pack(lines({"id": 1, "title": "A"})), name)) == [f"/news/{name}#1"]


@pytest.mark.parametrize("pack", [zipped, tarred, tarred_gz])
def test_archives(pack: Callable[..., bytes]) -> None:
    members = {
        "a.txt": STORY,
        "deep/er/b.txt": STORY,
        "list.jsonl.gz": gzip.compress(lines({"id": 1, "title": "A"})),
        "inner.zip": zipped(**{"c.txt": STORY}),
        ".hidden.txt": STORY,
        "__MACOSX/a.txt": STORY,
        "README.md": STORY,
        "picture.png": b"\x89PNG",
        "page_files/ad.html": STORY,
    }
    assert list(documents(pack(**members), "a.zip")) == [
        "/news/a.zip/a.txt",
        "/news/a.zip/deep/er/b.txt",
        "/news/a.zip/list.jsonl.gz#1",
        "/news/a.zip/inner.zip/c.txt",
    ]


def test_a_feed_gives_its_entries() -> None:
    entry = "<item><guid>g1</guid><title>A</title><description>B</description></item>"
    raw = f"<rss version='2.0'><channel><title>Feed</title>{entry}</channel></rss>".encode()
    ((origin, kept),) = documents(raw, "feed.xml").items()
    assert origin == "/news/feed.xml#g1"
    article = parse(kept, origin)
    assert (article.title, article.source) == ("A", "Feed")


# --- what is packed to do harm --------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["../up.txt", "/etc/up.txt", "a/../../up.txt", "C:\\up.txt", "..\\up.txt"]
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_that_point_out_are_refused(pack: Callable[..., bytes], name: str) -> None:
    raw = pack(**{name: STORY, "good.txt": STORY})
    assert set(errors(raw).values()) == {"its name points out of the archive"}
    assert len(opened(raw)) == 2


@pytest.mark.parametrize("name", [".", "", "./.", "//", "./"])
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_name_may_be_none(pack: Callable[..., bytes], name: str) -> None:
    raw = pack(**{name: STORY, "good.txt": STORY})
    assert set(errors(raw).values()) <= {"has no name", "its name points out of the archive"}
    assert [one.origin for one in opened(raw) if isinstance(one, Document)] == ["/news/x/good.txt"]


def test_a_folder_that_is_packed_as_it_is_has_no_name() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        folder = tarfile.TarInfo("./")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
    assert errors(file.getvalue()) == {}
    assert errors(zipped(**{"./": b"", "a/": b""})) == {}


def test_links_and_devices_are_refused() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"{kind.decode()}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert set(errors(file.getvalue()).values()) == {"is a link or a device, not a file"}


def test_bombs_are_defused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "ALWAYS_ALLOWED", 1 << 20)
    bomb = gzip.compress(bytes(20 << 20))
    for raw in (bomb, gzip.compress(bomb), zipped(**{"a.txt": bytes(20 << 20)}),
                zipped(**{f"{n}.txt": b"x" * (1 << 19) for n in range(9)})):  # fmt: skip
        assert "becomes too large when it is unpacked" in errors(raw, "a.gz").values()


def test_what_is_packed_again_and_again_is_refused() -> None:
    raw = STORY
    for _ in range(9):
        raw = gzip.compress(raw)
    assert list(errors(raw).values()) == ["is packed more than 4 times"]


def test_what_is_too_large_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "SIZE_LIMIT", 1_000)
    raw = zipped(**{"a.txt": bytes(2_000), "b.txt": STORY})
    assert list(errors(raw)) == ["/news/x/a.txt"]
    assert len(opened(raw)) == 2
    assert files.too_large() == "more than the limit of 32 MB"


def test_a_member_that_is_damaged_is_named_and_the_rest_goes_on() -> None:
    raw = bytearray(zipped(**{"a.txt": STORY, "b.txt": STORY, "c.txt": STORY, "d.txt": STORY}))
    head, text = raw.index(b"b.txt") - 30, raw.index(b"c.txt") + len("c.txt")
    raw[head : head + 4] = b"none"
    raw[text : text + 9] = b"\xff" * 9
    found = [one for one in opened(bytes(raw)) if not isinstance(one, UnreadableError)]
    assert [one.origin for one in found] == ["/news/x/a.txt", "/news/x/d.txt"]
    assert errors(bytes(raw)) == {"/news/x/b.txt": "is damaged", "/news/x/c.txt": "is damaged"}


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.XGLTYPE])
def test_a_name_without_end_is_damage(kind: bytes) -> None:
    info = tarfile.TarInfo("a.txt")
    info.type, info.size = kind, 4 * archives.LONGEST_NAME
    raw = tarred(**{"a.txt": STORY})[:1024] + info.tobuf() + bytes(info.size) + bytes(1024)
    assert errors(raw) == {"/news/x": "is damaged"}
    assert [one.origin for one in opened(raw)[:1] if isinstance(one, Document)]


def test_the_members_of_a_tar_archive_are_not_kept() -> None:
    raw = gzip.compress(tarred(**{f"{n}.txt": b"" for n in range(5_000)}))
    tracemalloc.start()
    found = unpack.unpack(io.BytesIO(raw), "/news/x", len(raw))
    held = [tracemalloc.get_traced_memory()[0] for _ in found]
    tracemalloc.stop()
    assert max(held) < 1_000_000


def announcing(told: bytes, kind: bytes = tarfile.XGLTYPE) -> bytes:
    """Return a header that says something of the file to come, or of all of them."""
    info = tarfile.TarInfo("announced")
    info.type, info.size = kind, len(told)
    return info.tobuf(tarfile.USTAR_FORMAT) + told + bytes(-len(told) % 512)


def named(number: int) -> bytes:
    """Return a header and nothing else, for a file without text."""
    return tarfile.TarInfo(f"{number}.txt").tobuf(tarfile.USTAR_FORMAT)


def test_what_is_told_of_all_files_does_not_add_up() -> None:
    fields = b"".join(b"18 key%07d=abc\n" % number for number in range(1_000))
    raw = b"".join(
        announcing(fields.replace(b"key", b"k%02d" % number)) + named(number)
        for number in range(100)
    )
    file = io.BytesIO(raw + bytes(1024))
    tracemalloc.start()
    found = unpack.unpack(file, "/news/x", len(raw))
    held = [tracemalloc.get_traced_memory()[0] for _ in found]
    tracemalloc.stop()
    assert len(held) == 100
    assert max(held) < 2_000_000


def test_what_is_told_of_a_file_counts_for_it() -> None:
    name, text = f"{'folder/' * 40}ü.txt", STORY
    file = io.BytesIO()
    told = {"comment": "0123abcd", "mtime": "1.5"}
    with tarfile.open(
        fileobj=file, mode="w", format=tarfile.PAX_FORMAT, pax_headers=told
    ) as archive:
        for number in range(3):
            info = tarfile.TarInfo(f"{number}/{name}")
            info.size, info.mtime = len(text), 1.25
            info.pax_headers = {"comment": "of this one"}
            archive.addfile(info, io.BytesIO(text))
    assert list(documents(file.getvalue())) == [f"/news/x/{number}/{name}" for number in range(3)]


OVERLAPPING = b"2 " * 200_000 + b"=x\n"
HOLES = b"22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n"


@pytest.mark.parametrize(
    "start",
    [
        announcing(b"9 ab=abc\n") * 9,
        announcing(b"9 ab=abc\n", tarfile.XHDTYPE) * 9,
        announcing(b"a/b.txt", tarfile.GNUTYPE_LONGNAME) * 2_000,
        announcing(OVERLAPPING, tarfile.XHDTYPE),
        announcing(OVERLAPPING),
        announcing(HOLES, tarfile.XHDTYPE),
        announcing(b"", tarfile.GNUTYPE_SPARSE),
    ],
    ids=["for all", "for one", "names", "overlapping", "overlapping for all", "holes", "old holes"],
)
def test_headers_made_to_fill_the_memory_are_damage(start: bytes) -> None:
    raw = tarred(**{"a.txt": STORY})[:1024] + start + b"1" * 1_000_000
    tracemalloc.start()
    found = opened(raw)
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.reason for one in found if isinstance(one, UnreadableError)] == ["is damaged"]
    assert held < 100_000_000


def test_encrypted_members_are_refused() -> None:
    raw = bytearray(zipped(**{"a.txt": STORY}))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    assert errors(bytes(raw)) == {"/news/x/a.txt": "is encrypted"}


@pytest.mark.parametrize(
    "raw",
    [zipped(**{"a.txt": STORY * 50}), tarred(**{"a.txt": STORY * 50}), gzip.compress(STORY * 50),
     bz2.compress(STORY * 50), lzma.compress(STORY * 50), tarred_gz(**{"a.txt": STORY * 9})],
)  # fmt: skip
@given(data=st.data())
def test_damage_is_named_and_never_more(raw: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(raw) - 1))
    cut = data.draw(st.booleans())
    opened(raw[:at] if cut else raw[:at] + bytes([raw[at] ^ 0x55]) + raw[at + 1 :])


@given(
    st.binary(max_size=300), st.sampled_from(["a", "a.jsonl", "a.json", "a.zip", "a.xml", "a.html"])
)
def test_any_bytes_end_in_documents_or_errors(raw: bytes, name: str) -> None:
    for found in opened(raw, name):
        if not isinstance(found, UnreadableError):
            with suppress(UnreadableError):
                parse(found.raw, found.origin)


@pytest.mark.parametrize(
    ("raw", "name", "expected"),
    [
        (b"", "a", Format.TEXT),
        (STORY, "a.html", Format.TEXT),
        (b"<p>One tag in a text about HTML", "a.txt", Format.TEXT),
        (b"<!DOCTYPE html><title>x", "a.txt", Format.HTML),
        (b"\xff\xfe" + "<html><body>".encode("utf-16-le"), "a", Format.HTML),
        (b"<?xml version='1.0'?><!-- x --><rss>", "a.html", Format.FEED),
        (b"<opml>", "a.xml", Format.OPML),
        (b'{"title": "x"}', "a.txt", Format.JSON_ARTICLE),
        (b'{"title": "x"}\n{"title": "y"}\n', "a.txt", Format.JSON_LINES),
        (b'[{"title": "x"}]', "a.txt", Format.JSON_ARRAY),
        (b"[brackets] are text", "a.txt", Format.TEXT),
        (b"{braces} too", "a.txt", Format.TEXT),
        (b"# A heading", "a.md", Format.MARKDOWN),
        (b"# A heading", "a.txt", Format.TEXT),
        (b"---\ntitle: x\n---\n", "a", Format.MARKDOWN),
        (b"From here on all is text", "a.mbox", Format.TEXT),
        (b"From a@b Mon\nFrom: a@b\n", "a", Format.MBOX),
        (gzip.compress(b"x"), "a.txt", Format.GZIP),
        (zipped(**{"a.txt": b"x"}), "a", Format.ZIP),
        (zipped(**{"[Content_Types].xml": b"x"}), "a.docx", Format.TEXT),
        (tarred(**{"a.txt": b"x"}), "a", Format.TAR),
    ],
)  # fmt: skip
def test_what_something_is(raw: bytes, name: str, expected: Format) -> None:
    assert recognise(raw[:65536], name) is expected
