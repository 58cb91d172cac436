"""How a path that is being typed may go on, as shells complete it, and what is meant by it."""

from __future__ import annotations

import os
from pathlib import Path

from index.feeds.addresses import is_on_web

_MOST = 20_000
"""Names of a folder that are looked at: of a larger one, some."""


def completed(typed: str) -> str | None:
    """Return ``typed`` with the rest of the first name that begins so, or None where none does.

    A folder ends in a slash. Hidden names are offered where their full stop was typed.
    """
    before, slash, beginning = typed.rpartition("/")
    folder = _expanded(before + slash)
    names = sorted(_names(folder, beginning))
    return before + slash + names[0] if names else None


def meant(typed: str) -> str:
    """Return the path or web address that was typed.

    ``~`` is the user's folder, and quotes of a paste go.
    """
    text = typed.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    return text if is_on_web(text) else str(_expanded(text.removeprefix("file://")))


def _expanded(typed: str) -> Path:
    try:
        return Path(typed).expanduser()
    except RuntimeError:  # Nobody has that name.
        return Path(typed)


def _names(folder: Path, beginning: str) -> list[str]:
    found: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number == _MOST:
                    break
                is_hidden = entry.name.startswith(".") and not beginning
                if entry.name.startswith(beginning) and not is_hidden:
                    found.append(entry.name + "/" * entry.is_dir())
    except (OSError, ValueError):
        return []
    return found
