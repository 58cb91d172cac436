"""What the reader is asked about an article: its tags, a note on a passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.suggester import Suggester

from reader import wording
from reader.screens.ask import AskScreen
from reader.tag_completion import completed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TAGS_HINT = "Tags, with commas between. Enter keeps them, Esc goes back."


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
        "Tags of the article", TAGS_HINT + there_are,
        value=", ".join(tags), required=False, suggester=_Known(known),
    )  # fmt: skip


def ask_for_note(quote: str, note: str = "") -> AskScreen:
    """Ask for a note on a passage that is quoted, and show the one that there is."""
    hint = f"On {wording.quoted(wording.in_short(quote))}"
    return AskScreen("Note", hint, value=note, required=False)
