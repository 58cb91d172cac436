"""Paths become inputs; what cannot be read is named, and the rest goes on."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from index.errors import UnreadableError
from index.intake import files
from index.intake.files import find, open_file, origin_of


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.", encoding="utf-8")


def names(folder: Path, *paths: Path) -> list[str]:
    return [
        str(found.relative_to(folder))
        for found in find(paths or [folder])
        if isinstance(found, Path)
    ]


def errors(*paths: str | Path) -> list[UnreadableError]:
    return [found for found in find(paths) if isinstance(found, UnreadableError)]


def test_a_folder_stands_for_its_texts_in_order(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.TXT", "c.text", "d", "sub/e.txt", "U.S. and Iran agree", "note.1")
    expected = ["U.S. and Iran agree", "a.TXT", "b.txt", "c.text", "d", "note.1", "sub/e.txt"]
    assert names(tmp_path) == expected


@pytest.mark.parametrize(
    "name",
    [
        "README.md", "README", "readme.txt", "LICENSE", "Makefile", "requirements.txt",
        ".hidden.txt", ".git/a.txt", "photo.png", "style.css", "script.py", "data.csv", "a.txt~",
    ],
)  # fmt: skip
def test_other_files_of_a_folder_are_left_out(tmp_path: Path, name: str) -> None:
    make(tmp_path, name, "article.txt")
    assert names(tmp_path) == ["article.txt"]


def test_a_named_file_is_always_tried(tmp_path: Path) -> None:
    make(tmp_path, "README.md", ".hidden")
    assert names(tmp_path, tmp_path / "README.md", tmp_path / ".hidden") == ["README.md", ".hidden"]


def test_a_file_is_found_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert names(tmp_path, tmp_path / "a.txt", tmp_path, tmp_path / "x" / ".." / "a.txt") == [
        "a.txt"
    ]


def test_loops_of_links_end(tmp_path: Path) -> None:
    make(tmp_path, "sub/a.txt")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert names(tmp_path) == ["sub/a.txt"]
    assert [Path(error.path).name for error in errors(tmp_path)] == ["self.txt"]


def test_a_missing_path_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    missing = str(tmp_path / "missing")
    found = list(find([missing, tmp_path / "a.txt"]))
    assert isinstance(found[0], UnreadableError)
    assert str(found[0]) == f"{missing}: no such file or folder"
    assert found[1] == tmp_path / "a.txt"


@pytest.mark.parametrize("path", ["nul\0byte", "x" * 5000])
def test_impossible_paths_are_errors(path: str) -> None:
    assert len(errors(path)) == 1
    with pytest.raises(UnreadableError):
        read(path)


def read(path: str | Path) -> bytes:
    with open_file(path) as file:
        return file.read()


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\x00bytes")
    assert read(tmp_path / "a.txt") == b"\xff\x00bytes"


def test_a_vanished_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"gone\.txt: no such file or folder"):
        read(tmp_path / "gone.txt")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="is a folder"):
        read(tmp_path)


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableError, match="is a pipe"):
        read(tmp_path / "pipe.txt")


def test_a_device_is_refused() -> None:
    with pytest.raises(UnreadableError, match="is a device"):
        read(os.devnull)


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        with pytest.raises(UnreadableError, match="is a socket"):
            read("socket")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_named(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(UnreadableError, match="permission denied"):
        read(tmp_path / "a.txt")


def test_a_forbidden_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.txt", "sub/b.txt")
    visible_in = files._visible_in

    def forbid(folder: Path) -> list[Path]:
        if folder.name == "sub":
            raise PermissionError(13, "Permission denied")
        return visible_in(folder)

    monkeypatch.setattr(files, "_visible_in", forbid)
    assert names(tmp_path) == ["a.txt"]
    assert [error.reason for error in errors(tmp_path)] == ["permission denied"]


@pytest.mark.skipif(sys.platform == "darwin", reason="the file system takes only UTF-8 names")
def test_names_that_are_not_utf8_are_names(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    make(tmp_path, name)
    (found,) = find([tmp_path])
    assert isinstance(found, Path)
    assert found.name == name
    assert read(found) == b"Text."


def test_the_origin_is_absolute_and_keeps_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "real.txt")
    (tmp_path / "link.txt").symlink_to("real.txt")
    monkeypatch.chdir(tmp_path)
    assert origin_of("link.txt") == str(tmp_path / "link.txt")
    assert [str(found) for found in find(["link.txt"])] == [str(tmp_path / "link.txt")]
