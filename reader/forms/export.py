"""Many articles as one text or file, in a form that the name of the file tells."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

from index.durable import to_disk
from index.progress import Progress
from reader.forms import html
from reader.forms.json_lines import whole_json
from reader.forms.markdown import as_markdown
from reader.forms.plain_text import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from index.article import Article
    from index.library import Library
    from index.progress import Listener

Form = Literal["jsonl", "markdown", "html", "text"]

ENDINGS: dict[str, Form] = {
    ".md": "markdown", ".markdown": "markdown", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".html": "html", ".htm": "html", ".txt": "text",
}  # fmt: skip


def form_of(path: Path) -> Form | None:
    """Return the form that the name of a file asks for."""
    return ENDINGS.get(path.suffix.lower())


def exported(
    articles: Iterable[Article], form: Form, as_line: Callable[[Article], str]
) -> Iterator[str]:
    """Give articles in a form, piece by piece; ``as_line`` makes the JSON of one."""
    yield html.HEAD if form == "html" else ""
    between = {"markdown": "---\n\n", "text": "\n" + "─" * 40 + "\n\n"}.get(form, "")
    for number, article in enumerate(articles):
        yield between if number else ""
        match form:
            case "jsonl":
                yield as_line(article) + "\n"
            case "markdown":
                yield as_markdown(article)
            case "html":
                yield html.as_html(article)
            case "text":
                yield as_text(article)
    yield html.TAIL if form == "html" else ""


def export_to(
    path: Path, library: Library, ids: Sequence[str], progress: Listener, *, replace: bool
) -> None:
    """Write articles into a file, in the form that its name tells; see :func:`new_file`."""
    form = form_of(path)
    if form is None:
        raise OSError(f"its name has to end in one of {', '.join(ENDINGS)}")

    def counted() -> Iterator[Article]:
        for number, article in enumerate(library.articles(ids), 1):
            yield article
            progress(Progress("exporting", number, len(ids)))

    with new_file(path, replace=replace) as file:
        file.writelines(exported(counted(), form, partial(whole_json, library)))


@contextmanager
def new_file(path: Path, *, replace: bool) -> Iterator[TextIO]:
    """Lend a file that is at ``path`` only when all is written; nothing is there if that fails.

    Raises ``FileExistsError`` where there is something already that is not to be replaced.
    """
    if not replace:
        # Nobody else can have the name from here on.
        path.touch(exist_ok=False)
    aside = ""
    try:
        descriptor, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123  (there is no path)
            yield file
        Path(aside).chmod(_mode(path) if replace else 0o666 & ~_umask())
        # Before it is what was there: a power cut leaves the one or the other.
        to_disk(Path(aside))
        Path(aside).replace(path)
    except BaseException:
        for left in (aside, "" if replace else path):
            if left:
                Path(left).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """Return who may read a file that is to be replaced."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
