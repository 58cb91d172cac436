"""Markdown as a site's authors wrote it: whether all files are read, with their titles and days."""

from __future__ import annotations

import gzip
import json
import re
import tarfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.intake.figures import Figure
from benchmarks.intake.scores import day_agrees, mean
from index.errors import UnreadableError
from index.intake.markdown import parse_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.article import Article

_RAW_MARKUP = re.compile(r"\{\{[<%]|[>%]\}\}|\{%|\]\(|</?[a-z][^<>]*>|\*\*(?!\w)|&#?\w{2,8};")
"""What should have been resolved; articles about HTML show some of it rightly."""


class _Case(NamedTuple):
    article: Article | None
    gold: dict[str, Any]


def figures(folder: Path) -> list[Figure]:
    """Measure how the files of the collection ``digitalgov_md`` in ``folder`` are read."""
    cases = list(_cases(folder / "digitalgov_md"))
    data = f"digitalgov_md, {len(cases)} files"
    read = [case for case in cases if case.article]
    blocks = [block for case in cases if case.article for block in case.article.blocks]
    without_markup = mean([float(not _RAW_MARKUP.search(block.text)) for block in blocks])
    titles = mean([float(_same_title(case)) for case in cases])
    days = mean([float(_same_day(case)) for case in cases])
    return [
        Figure("Markdown read", data, f"{len(read)} of {len(cases)}", must=f"≥ {len(cases)}"),
        Figure("titles of Markdown", data, f"{titles:.4f}", must="≥ 0.99"),
        Figure("days of Markdown", data, f"{days:.4f}", must="≥ 0.99"),
        Figure("blocks without markup", f"{data}, {len(blocks)} blocks", f"{without_markup:.4f}",
               must="≥ 0.99"),
    ]  # fmt: skip


def _cases(folder: Path) -> Iterator[_Case]:
    with gzip.open(folder / "digitalgov.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        gold = {told["id"]: told for told in map(json.loads, lines)}
    with tarfile.open(folder / "markdown.dev.tar.gz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            told = gold.get(f"digitalgov-{PurePosixPath(member.name).stem}")
            if file is not None and told is not None:
                yield _Case(_read(file.read(), member.name), told)


def _read(raw: bytes, name: str) -> Article | None:
    try:
        return parse_markdown(raw, name)
    except UnreadableError:
        return None


def _same_title(case: _Case) -> bool:
    return case.article is not None and case.article.title == " ".join(case.gold["title"].split())


def _same_day(case: _Case) -> bool:
    return case.article is not None and day_agrees(case.article.published, case.gold["date"])
