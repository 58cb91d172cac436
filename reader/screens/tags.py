"""Where the reader types the tags of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.suggester import Suggester

from reader import wording
from reader.screens.ask import AskScreen
from reader.tag_completion import completed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HINT = "Tags, with commas between. Enter keeps them, Esc goes back."


class _Known(Suggester):
    """Suggests tags that other articles bear."""

    def __init__(self, known: Mapping[str, int]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """Return the whole line that is suggested."""
        return completed(value, self._known)


def ask_for_tags(tags: Sequence[str], known: Mapping[str, int]) -> AskScreen:
    """Ask for the tags of an article that has some, and show those that there are."""
    there_are = f"\n{wording.known_tags(known)}" if known else ""
    return AskScreen(
        "Tags of the article", _HINT + there_are,
        value=", ".join(tags), required=False, suggester=_Known(known),
    )  # fmt: skip
