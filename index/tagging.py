"""Tags as they are typed, compared and looked for; those of articles and of feeds alike.

A tag is a path, as folders are in folders: ``News/Asia`` is below ``News``. Case, accents,
quotation marks and spaces more or less make no difference: a query has no way to write them all.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from index.analysis import fold
from index.cleaning import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

_QUOTES = dict.fromkeys(map(ord, '"“”„‟＂'), " ")

_REMEMBERED = 1 << 15
"""Tags that are kept taken apart."""


def tags_in(typed: str) -> tuple[str, ...]:
    """Return the tags in a line with commas between, each once; a ``#`` before one is none."""
    return distinct(one.strip().removeprefix("#") for one in typed.split(","))


def distinct(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags made harmless, each once, as it is spelt first."""
    found: dict[tuple[str, ...], str] = {}
    for tag in tags:
        cleaned = " ".join(clean(tag).split())
        if path := _path(cleaned):
            found.setdefault(path, cleaned)
    return tuple(found.values())


def spelt(tags: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return tags as they are spelt where they are known already."""
    spelling = {_path(tag): tag for tag in known}
    return tuple(spelling.get(_path(tag), tag) for tag in distinct(tags))


def gathered(borne: Iterable[tuple[str, Iterable[str]]]) -> dict[str, set[str]]:
    """Return what bears each tag, or one below it, by the tag as it is spelt first.

    ``borne``: tags, and what bears each of them.
    """
    found: dict[tuple[str, ...], set[str]] = {}
    tags = []
    for tag, bearers in borne:
        tags.append(tag)
        path = _path(" ".join(clean(tag).split()))
        for end in range(1, len(path) + 1):
            found.setdefault(path[:end], set()).update(bearers)
    return {tag: found[_path(tag)] for tag in distinct(sorted(tags))}


def without(tags: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """Return the tags that are not among others, however those are spelt."""
    left_out = set(map(_path, others))
    return tuple(tag for tag in tags if _path(tag) not in left_out)


def meant(tag: str, tags: Iterable[str], *, begins: bool) -> tuple[str, ...]:
    """Return those of some tags that are ``tag``, or below it.

    If it ``begins``, what stands behind its last slash is only the beginning of a name.
    """
    sought = _path(tag)
    if not sought and not begins:
        return ()
    begins = begins and not tag.endswith("/")
    return tuple(own for own in tags if _leads_to(sought, _path(own), begins))


def _leads_to(sought: tuple[str, ...], own: tuple[str, ...], begins: bool) -> bool:
    """Tell whether a path of folders is that of a tag, or of a folder above it."""
    if own[: len(sought)] == sought:
        return True
    last = len(sought) - 1
    is_long_enough = begins and len(own) > last
    return is_long_enough and own[:last] == sought[:last] and own[last].startswith(sought[last])


@lru_cache(_REMEMBERED)
def _path(tag: str) -> tuple[str, ...]:
    """Return the folders of a tag, as they are compared."""
    folders = (" ".join(map(fold, folder.split())) for folder in tag.translate(_QUOTES).split("/"))
    return tuple(filter(None, folders))
