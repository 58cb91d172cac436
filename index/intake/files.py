"""Paths to inputs: files and folders are walked, and files are opened with care."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from index.errors import UnreadableError
from index.intake.recognition import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SIZE_LIMIT = 32 * 1024 * 1024
"""Bytes that one article may have. No news story comes near; a disk image does."""

TEXT_LIMIT = 10 * 1024 * 1024
"""Bytes of its text, with markup, and without the pictures within it and what is attached.

What is made of a text takes up to forty times as much memory. The longest novels have 7 MB.
"""

MOST_BLOCKS = 100_000
"""Paragraphs, headings and list items that one article may have. A thick book has as many."""

_ABOUT_FOLDER = re.compile(
    r"(?:readme|read_me|read-me)\b.*"
    r"|(?:authors|changelog|changes|contributing|copying|install|licen[cs]e|makefile|manifest"
    r"|notice|todo|version|dockerfile)"
    r"|(?:requirements|robots|cmakelists)\.txt",
    re.IGNORECASE,
)
"""Names of files that speak about the folder they lie in."""

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9_~-]{0,11}")
"""What counts as a suffix: the end of ``U.S. and Iran agree`` does not, nor that of ``note.1``."""

_KINDS = (
    (stat.S_ISDIR, "is a folder"),
    (stat.S_ISFIFO, "is a pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


def find(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Path | UnreadableError]:
    """Yield the files that ``paths`` stand for, each once, absolute, in a steady order.

    A path of a file stands for itself, whatever it is called. A folder stands for the files in it
    and below that could be texts; hidden ones and those about the folder are left out. What
    cannot be looked into is yielded as an error, and the rest goes on.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _find_one(Path(origin_of(path))):
            if isinstance(found, UnreadableError):
                yield found
            elif found not in seen:
                seen.add(found)
                yield found


def origin_of(path: str | os.PathLike[str]) -> str:
    """Return the origin of the article in the file at ``path``: absolute, links not followed."""
    return os.path.abspath(path)  # noqa: PTH100  (resolving would follow links)


def open_file(path: str | os.PathLike[str]) -> BinaryIO:
    """Open the file at ``path``, unbuffered, for its bytes.

    Raises UnreadableError, which names the path and why: vanished, not permitted, not a regular
    file. How large it may be depends on what it is.
    """
    name = os.fspath(path)
    try:
        _require_file(name, Path(name).stat())
        # What is a file now may be a pipe a moment later: never wait for a writer.
        descriptor = os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        file = os.fdopen(descriptor, "rb", buffering=0)
        _require_file(name, os.fstat(descriptor))
    except (OSError, ValueError) as error:
        raise UnreadableError(name, _reason(error)) from error
    return cast("BinaryIO", file)


def too_large() -> str:
    """Say that an article is larger than any may be."""
    return f"more than the limit of {-(-SIZE_LIMIT // (1024 * 1024))} MB"


def bound_text(size: int, origin: str) -> None:
    """Raise UnreadableError where a text of so many bytes is longer than any may be."""
    if size > TEXT_LIMIT:
        raise UnreadableError(origin, f"more text than the limit of {TEXT_LIMIT >> 20} MB")


def may_hold_articles(name: str) -> bool:
    """Tell by the name of a file in a folder or an archive whether to look into it."""
    if _ABOUT_FOLDER.fullmatch(name):
        return False
    suffix = Path(name).suffix
    return suffix[1:].lower() in SUFFIXES or not _SUFFIX.fullmatch(suffix)


def _find_one(path: Path) -> Iterator[Path | UnreadableError]:
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as error:
        yield UnreadableError(str(path), _reason(error))
        return
    if is_folder:
        yield from _walk(path)
    else:
        yield path


def _walk(folder: Path) -> Iterator[Path | UnreadableError]:
    """Walk without recursion, so that no depth is too deep, and enter each real folder once."""
    entered: set[tuple[int, int]] = set()
    ahead = [folder]
    while ahead:
        path = ahead.pop()
        try:
            status = path.stat()
            identity = (status.st_dev, status.st_ino)
            if not stat.S_ISDIR(status.st_mode):
                if may_hold_articles(path.name):
                    yield path
            elif identity not in entered:
                entered.add(identity)
                ahead += reversed(_visible_in(path))
        except OSError as error:
            yield UnreadableError(str(path), _reason(error))


def _visible_in(folder: Path) -> list[Path]:
    paths = [path for path in folder.iterdir() if not path.name.startswith(".")]
    names = {path.name for path in paths}
    return sorted(path for path in paths if not _is_part_of_page(path.name, names))


def _is_part_of_page(name: str, beside: set[str]) -> bool:
    """Whether a folder holds the pictures and scripts of a page beside it, as browsers do it."""
    page = name.removesuffix("_files")
    return page != name and not beside.isdisjoint({f"{page}.html", f"{page}.htm"})


def _require_file(name: str, status: os.stat_result) -> None:
    for is_kind, reason in _KINDS:
        if is_kind(status.st_mode):
            raise UnreadableError(name, reason)


def _reason(error: OSError | ValueError) -> str:
    """Say in a few words why a path could not be read."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "permission denied"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return "not a valid path"
