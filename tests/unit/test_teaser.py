"""What is but the beginning of a story, and what is a story, however short."""

from __future__ import annotations

import pytest

from index.intake.teaser import STORY, GivenAs, is_teaser

SENTENCE = "The ministers met in Istanbul on Sunday and agreed to meet again within a fortnight. "


@pytest.mark.parametrize(
    ("text", "given_as", "expected"),
    [
        # A summary of a few sentences, and one that is as long as a story.
        (SENTENCE, "summary", True),
        (SENTENCE * 3, "summary", True),
        (SENTENCE * 10, "summary", False),
        # What is called the content may be short.
        (SENTENCE * 3, "content", False),
        ("Comments", "content", True),
        ("", "content", True),
        # Notes are as short as they are.
        ("Good morning.", "whole", False),
        ("", "whole", False),
        # Broken off.
        (f"{SENTENCE * 10}They also", "content", False),
        (f"{SENTENCE * 10}They also…", "content", True),
        (f"{SENTENCE * 10}They also...", "summary", True),
        (f"{SENTENCE * 10}They also […]", "content", True),
        (f"{SENTENCE * 10}They also [...]", "content", True),
        (f"{SENTENCE * 10}They also … »", "content", True),
        (f"{SENTENCE * 10}They also… Read more", "content", True),
        (f"{SENTENCE * 10}They “also…” agreed.", "content", False),
        # Inviting to read on.
        (f"{SENTENCE * 10}Continue reading", "content", True),
        (f"{SENTENCE * 10}Read the full story at The Example.", "content", True),
        (f"{SENTENCE * 10}Weiterlesen →", "content", True),
        (f"{SENTENCE * 10}Lire la suite", "content", True),
        (f"{SENTENCE}Those who read more live longer. {SENTENCE * 10}", "content", False),
        # What blog software puts below each entry tells nothing.
        (f"{SENTENCE * 10}The post A title appeared first on The Example.", "content", False),
        (f"{SENTENCE * 10}also […] The post A title first appeared on B.", "content", True),
        # However a long text ends, it is the story.
        (f"{SENTENCE * 40}And so on…", "content", False),
        (f"{SENTENCE * 40}Read more", "summary", False),
    ],
)
def test_teasers(text: str, given_as: GivenAs, expected: bool) -> None:
    assert is_teaser(text, given_as=given_as, has_address=True) == expected
    assert not is_teaser(text, given_as=given_as, has_address=False)


def test_a_long_text_is_no_teaser_at_once() -> None:
    assert not is_teaser("the post " * STORY, given_as="content", has_address=True)
