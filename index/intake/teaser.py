"""Tell whether a feed gives a story's beginning alone, and keeps the rest for its own page."""

from __future__ import annotations

import re
from typing import Literal

GivenAs = Literal["content", "summary", "whole"]
"""What a feed calls a text. ``whole`` are the notes of an episode, and entries without a title."""

SHORTEST: dict[GivenAs, int] = {
    # Hardly a story has less than ninety words.
    "summary": 500,
    # What is called the content may be a short story, but not a word about one.
    "content": 80,
    # A note is as short as it is.
    "whole": 0,
}
"""Characters of a text that stands for a story."""

STORY = 3000
"""Characters above which a text is the story, however it ends."""

_ENDING = 160
"""Characters at the end of a text, within which an invitation to read on is looked for."""

_FOOTER = re.compile(
    r"\s*\bthe post\b[^\n]{1,400}\b(?:first appeared|appeared first) on\b[^\n]{0,200}$",
    re.IGNORECASE,
)
"""What blog software puts below each entry, a whole one or not."""

_BROKEN_OFF = re.compile(r"(?:…|\.\.\.)\s*[\])]?\s*(?:[»›→>]+\s*)?$")
_INVITATION = re.compile(
    r"\b(?:read|see|view|find out)\s+(?:the\s+|this\s+|our\s+)?"
    r"(?:more|full|rest|whole|entire|complete|original)\b"
    r"|\b(?:continue|keep)\s+reading\b"
    r"|\bclick\s+(?:here|through)\b"
    r"|\blire\s+la\s+suite\b|\bweiterlesen\b|\bmehr\s+lesen\b|\bseguir\s+leyendo\b|\bleer\s+más\b"
    r"|\bleia\s+mais\b|\bleggi\s+tutto\b|\blees\s+meer\b|\bczytaj\s+dalej\b"
    r"|\bчитать\s+(?:далее|дальше)\b",
    re.IGNORECASE,
)


def is_teaser(text: str, *, given_as: GivenAs, has_address: bool) -> bool:
    """Return whether ``text``, all that a feed gives of a story, is but its beginning.

    Without an address there is nothing more to be had: what there is is the story. With one, a
    text is a teaser

    - that breaks off in dots, or ends by inviting to read on, and is not as long as a story;
    - that is a summary of some sentences, and no content is given beside it;
    - that is given as the content, and is no more than a word or two.
    """
    story = _FOOTER.sub("", text.strip())
    if not has_address or len(story) > STORY:
        return False
    if len(story) < SHORTEST[given_as]:
        return True
    return bool(_BROKEN_OFF.search(story[-_ENDING:]) or _INVITATION.search(story[-_ENDING:]))
