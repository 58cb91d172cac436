"""How many words a text has."""

from __future__ import annotations

import pytest

from index.scripts import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Ceasefire holds  in\tGaza", 4),
        ("Waffenruhe hält – vorerst", 4),
        ("北京市", 2),
        ("财政部长周二对记者说,预算将由议会通过。", 9),
        ("Peking (北京) heißt Beijing", 4),
        ("휴전이 지켜지고 있다", 3),
    ],
)
def test_words_of_scripts_with_and_without_spaces(text: str, words: int) -> None:
    assert count_words(text) == words
