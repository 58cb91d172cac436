"""Edit distance: how far two spellings are apart."""

from __future__ import annotations


def distance(one: str, other: str, limit: int) -> int:
    """Return how many letters must be changed, added or left out to turn one into the other.

    The Levenshtein distance (Levenshtein 1966), or ``limit + 1`` when it exceeds ``limit``.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        diagonal, row[0] = row[0], i
        for j, opposite in enumerate(other, 1):
            cost = diagonal if letter == opposite else 1 + min(diagonal, row[j], row[j - 1])
            diagonal, row[j] = row[j], cost
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def swaps(word: str) -> set[str]:
    """Return the words that come of swapping two neighbouring letters of ``word``."""
    swapped = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
    return set(swapped) - {word}


def is_near(one: str, other: str, limit: int) -> bool:
    """Tell whether two spellings differ in at most ``limit`` letters, or in one swap of two."""
    return distance(one, other, limit) <= limit or (len(one) == len(other) and one in swaps(other))
