"""From paths into the record: what can be read is taken in, and what cannot is named."""

from __future__ import annotations

import gzip
import json
import os
import socket
from typing import TYPE_CHECKING, BinaryIO

import pytest
from desk import story, write, write_stories

from index import gather, mirroring, reading, taking
from index.article import article_id
from index.intake import files
from index.progress import Progress, silent
from index.store import Store
from index.store.rows import packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.store import Incoming


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.db")
    yield store
    store.close()


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    write_stories(folder, 3)
    return folder


def titles(store: Store) -> list[str]:
    ids = store.articles.newest_first()
    return sorted(one.title for one in store.articles.get(ids).values())


def problems(report: gather.Report) -> dict[str, str]:
    return {problem.path: problem.error for problem in report.problems}


# --- adding ---------------------------------------------------------------------------------------


def test_files_are_added_then_known_then_updated(store: Store, news: Path) -> None:
    assert gather.add(store, [news], silent) == gather.Report(added=3)
    assert gather.add(store, [news], silent) == gather.Report(unchanged=3)
    write(news, "0001.txt", story("windmill"))
    assert gather.add(store, [news], silent) == gather.Report(updated=1, unchanged=2)
    assert "Council at odds over the windmill" in titles(store)


def test_an_article_keeps_its_marks_when_its_text_changes(store: Store, news: Path) -> None:
    gather.add(store, [news], silent)
    id_ = article_id(str(news / "0001.txt"))
    store.marks.put([id_], "starred", on=True)
    write(news, "0001.txt", story("windmill"))
    gather.add(store, [news], silent)
    assert store.marks.marked("starred") == {id_}
    assert store.articles.get([id_])[id_].title == "Council at odds over the windmill"


def test_bytes_are_kept_as_they_came(store: Store, tmp_path: Path) -> None:
    raws = [b"\xef\xbb\xbfTitle\r\n\r\nBody \x1b[31m.\r\n", "Ünïcode\n\nText".encode("utf-16")]
    for number, raw in enumerate(raws):
        path = write(tmp_path, f"{number}.txt", raw)
        gather.add(store, [path], silent)
        assert store.articles.original(article_id(str(path))).raw == raw


def test_what_cannot_be_read_is_named_and_the_others_go_on(
    store: Store, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SIZE_LIMIT", 1 << 20)
    odd = tmp_path / "odd"
    odd.mkdir()
    os.mkfifo(odd / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(odd / "socket"))
    with (odd / "huge").open("wb") as huge:
        huge.truncate(50 << 20)
    (odd / "dangling").symlink_to(tmp_path / "nowhere")
    write(odd, "empty", b"")
    write(odd, "blank", b" \n\t\n")
    write(odd, "binary", bytes(range(256)) * 9)
    write(odd, "picture", b"\x89PNG\r\n\x1a\n" + bytes(64))
    undecodable = os.fsdecode(os.fsencode(odd) + b"/caf\xe9")
    with open(undecodable, "w") as file:  # noqa: PTH123
        file.write(story("windmill"))
    names = ["pipe", "socket", "huge", "dangling", "empty", "blank", "binary", "picture", "gone"]
    inputs: list[str | Path] = [
        news / "0000.txt",
        *(odd / name for name in names),
        undecodable,
        news / "0001.txt",
    ]

    report = gather.add(store, inputs, silent)

    assert (report.added, len(titles(store))) == (2, 2)
    assert problems(report).keys() == {*(str(odd / name) for name in names), f"{odd}/caf�"}
    assert all(reason and "\n" not in reason for reason in problems(report).values())


def test_a_file_that_vanishes_before_it_is_read_is_named(
    store: Store, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vanishing(path: Path) -> BinaryIO:
        if path.name == "0001.txt":
            path.unlink()
        return files.open_file(path)

    monkeypatch.setattr(reading, "open_file", vanishing)
    report = gather.add(store, [news], silent)
    assert problems(report) == {str(news / "0001.txt"): "no such file or folder"}
    assert report.added == 2


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-32", "cp1252", "utf-8-sig", "koi8-r", "cp1256"]
)
def test_no_encoding_keeps_a_file_out(store: Store, tmp_path: Path, encoding: str) -> None:
    text = {"koi8-r": "Совет спорит о пароме\n\nНичего", "cp1256": "المجلس\n\nنص"}.get(
        encoding, "Café déjà vu\n\nNaïve façade of the council."
    )
    path = write(tmp_path, "story.txt", text.encode(encoding))
    assert gather.add(store, [path], silent) == gather.Report(added=1)


def test_an_id_that_is_taken_is_a_problem_of_that_file_alone(
    store: Store, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "index.intake.story.article_id", lambda origin: "same" if "000" in origin else origin
    )
    write(news, "other.txt", story("windmill"))
    report = gather.add(store, [news], silent)
    assert (report.added, report.unchanged, len(report.problems)) == (2, 0, 2)
    assert all("its id, same, is already" in reason for reason in problems(report).values())


def test_batches_are_bounded_in_number_and_in_bytes(
    store: Store, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "BATCH", 3)
    monkeypatch.setattr(taking, "BATCH_BYTES", 10_000)
    write_stories(news, 7)
    write(news, "large-1.txt", story("windmill", "x " * 6_000))
    write(news, "large-2.txt", story("windmill", "x " * 6_000))
    sizes = []
    put = store.articles.put

    def watched(incoming: Sequence[Incoming]) -> object:
        sizes.append(len(incoming))
        return put(incoming)

    monkeypatch.setattr(store.articles, "put", watched)
    gather.add(store, [news], silent)
    assert sizes == [3, 3, 2, 1]


def test_progress_is_told(store: Store, news: Path) -> None:
    told: list[Progress] = []
    gather.add(store, [news], told.append)
    assert told[-1] == Progress("reading", 3, part=1.0)


# --- mirroring ------------------------------------------------------------------------------------


def test_a_mirror_follows_the_folder(store: Store, news: Path) -> None:
    assert mirroring.mirror(store, [news], silent) == gather.Report(added=3)
    assert mirroring.mirror(store, [news], silent) == gather.Report(unchanged=3)
    write(news, "0001.txt", story("windmill"))
    (news / "0002.txt").unlink()
    write(news, "new.txt", story("lighthouse"))
    report = mirroring.mirror(store, [news], silent)
    assert report == gather.Report(added=1, updated=1, unchanged=1)
    assert len(titles(store)) == 3


def test_files_that_were_not_touched_are_not_read_again(
    store: Store, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirroring.mirror(store, [news], silent)
    touched = write(news, "0001.txt", story("windmill"))
    read: list[Path] = []

    def watched(path: Path) -> BinaryIO:
        read.append(path)
        return files.open_file(path)

    monkeypatch.setattr(reading, "open_file", watched)
    mirroring.mirror(store, [news], silent)
    assert read == [touched]


def test_an_article_whose_file_is_gone_comes_back_with_its_marks(store: Store, news: Path) -> None:
    mirroring.mirror(store, [news], silent)
    path, id_ = news / "0001.txt", article_id(str(news / "0001.txt"))
    store.marks.put([id_], "read", on=True)
    text = path.read_bytes()
    path.unlink()
    mirroring.mirror(store, [news], silent)
    assert id_ not in store.articles.newest_first()
    path.write_bytes(text)
    mirroring.mirror(store, [news], silent)
    assert id_ in store.articles.newest_first()
    assert store.marks.marked("read") == {id_}


def test_articles_from_elsewhere_stay_listed(store: Store, news: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "news-archive", "old.txt", story("windmill"))
    gather.add(store, [other], silent)
    mirroring.mirror(store, [news], silent)
    assert "Council at odds over the windmill" in titles(store)
    assert len(titles(store)) == 4


def test_a_mirror_of_one_file_leaves_those_beside_it(store: Store, news: Path) -> None:
    mirroring.mirror(store, [news], silent)
    (news / "0001.txt").unlink()
    (news / "0002.txt").unlink()
    mirroring.mirror(store, [news / "0001.txt", news / "0000.txt"], silent)
    assert len(titles(store)) == 2


@pytest.mark.parametrize(
    ("folder", "path", "expected"),
    [
        ("/", "/a/b", True),
        ("/a", "/a/b", True),
        ("/a", "/a", True),
        ("/a", "/a-b/c", False),
        ("/a/b", "/a", False),
    ],
)
def test_what_is_below_a_folder(folder: str, path: str, expected: bool) -> None:
    assert (path in mirroring.Places([folder])) is expected
    assert path not in mirroring.Places([])


def test_a_mirror_reads_a_damaged_article_again_though_its_file_is_untouched(
    store: Store, news: Path
) -> None:
    mirroring.mirror(store, [news], silent)
    before, (damaged, *_) = titles(store), store.articles.ids()
    with store._database.writing() as db:
        db.execute("UPDATE articles SET raw = x'00', parsed = '{' WHERE id = ?", (damaged,))
    assert len(titles(store)) == 2
    mirroring.mirror(store, [news], silent)
    assert titles(store) == before
    assert list(store.damage()) == []


def test_an_unreadable_file_keeps_its_last_article(store: Store, news: Path) -> None:
    mirroring.mirror(store, [news], silent)
    write(news, "0001.txt", b"")
    report = mirroring.mirror(store, [news], silent)
    assert problems(report) == {str(news / "0001.txt"): "is empty"}
    assert (report.unchanged, len(titles(store))) == (2, 3)


def test_articles_in_a_folder_that_cannot_be_looked_into_stay_listed(
    store: Store, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(news / "inner", "deep.txt", story("windmill"))
    mirroring.mirror(store, [news], silent)
    visible_in = files._visible_in

    def forbidden(folder: Path) -> list[Path]:
        if folder.name == "inner":
            raise PermissionError(13, "Permission denied")
        return visible_in(folder)

    monkeypatch.setattr(files, "_visible_in", forbidden)
    (news / "0000.txt").unlink()
    report = mirroring.mirror(store, [news], silent)
    assert problems(report) == {str(news / "inner"): "permission denied"}
    assert len(titles(store)) == 3
    assert "Council at odds over the windmill" in titles(store)


# --- reading anew ---------------------------------------------------------------------------------


def test_reading_anew_brings_what_the_parsers_see_today(store: Store, news: Path) -> None:
    gather.add(store, [news], silent)
    before = titles(store)
    with store._database.writing() as db:
        db.execute("UPDATE articles SET parsed = replace(parsed, 'Council', 'Assembly')")
    assert titles(store) != before
    gather.reparse(store, silent)
    assert titles(store) == before
    assert list(store.damage()) == []


def test_reading_anew_what_is_read_the_same_changes_nothing(store: Store, news: Path) -> None:
    gather.add(store, [news], silent)
    before = store.articles.last_change()
    gather.reparse(store, silent)
    assert store.articles.last_change() == before


def test_reading_anew_keeps_what_later_parsers_refuse_and_what_is_damaged(
    store: Store, news: Path
) -> None:
    gather.add(store, [news], silent)
    before = titles(store)
    damaged, refused, _ = store.articles.ids()
    with store._database.writing() as db:
        db.execute("UPDATE articles SET raw = x'00' WHERE id = ?", (damaged,))
        db.execute("UPDATE articles SET raw = ? WHERE id = ?", (packed(b""), refused))
    gather.reparse(store, silent)
    assert titles(store) == before


# --- what articles are packed in ------------------------------------------------------------------


def lines(*names: str) -> bytes:
    told = ({"id": name, "title": name, "body": f"The {name} was closed."} for name in names)
    return "".join(f"{json.dumps(one)}\n" for one in told).encode()


def test_a_mirror_follows_what_is_packed_in_a_file(store: Store, tmp_path: Path) -> None:
    news = tmp_path / "news"
    write(news, "all.jsonl", lines("ferry", "harbour"))
    assert mirroring.mirror(store, [news], silent) == gather.Report(added=2)
    assert mirroring.mirror(store, [news], silent) == gather.Report(unchanged=2)
    write(news, "all.jsonl", lines("harbour", "quarry", "orchard"))
    assert mirroring.mirror(store, [news], silent) == gather.Report(added=2, unchanged=1)
    assert titles(store) == ["harbour", "orchard", "quarry"]
    (news / "all.jsonl").unlink()
    mirroring.mirror(store, [news], silent)
    assert titles(store) == []


def test_what_is_packed_can_be_read_anew(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "news.jsonl.gz", gzip.compress(lines("ferry", "harbour")))
    gather.add(store, [tmp_path], silent)
    with store._database.writing() as db:
        db.execute("UPDATE articles SET parsed = replace(parsed, 'closed', 'open')")
    gather.reparse(store, silent)
    assert {one.blocks[0].text for one in store.articles.get(store.articles.ids()).values()} == {
        "The ferry was closed.", "The harbour was closed.",
    }  # fmt: skip
    assert list(store.damage()) == []


def test_of_a_file_that_breaks_off_what_is_known_stays(store: Store, tmp_path: Path) -> None:
    whole = gzip.compress(lines("ferry", "harbour"))
    path = write(tmp_path, "news.jsonl.gz", whole)
    mirroring.mirror(store, [tmp_path], silent)
    write(tmp_path, "news.jsonl.gz", whole[:-20])
    report = mirroring.mirror(store, [tmp_path], silent)
    assert problems(report) == {str(path): "is damaged"}
    assert titles(store) == ["ferry", "harbour"]


def test_the_same_story_in_several_files_is_one_article(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", story("ferry"))
    write(tmp_path, "b.txt", story("ferry"))
    assert gather.add(store, [tmp_path], silent) == gather.Report(added=1, known=1)
    assert gather.add(store, [tmp_path], silent) == gather.Report(unchanged=2)
    (id_,) = store.articles.newest_first()
    assert [place.origin for place in store.origins.of(id_)] == [
        str(tmp_path / "a.txt"), str(tmp_path / "b.txt"),
    ]  # fmt: skip
