"""Passages found again in texts as they change: corrected, moved, rewritten, removed."""

from __future__ import annotations

import pytest

from index.anchors import Anchor, anchor, find_again

TEXT = (
    "The harbour was closed on Monday. “We could not let anyone sail,” said the mayor, "
    "Ann Poole, after a night of storms. The ferry will sail again on Friday, weather permitting. "
    "Two boats were lost. The council meets on Thursday."
)
QUOTE = "“We could not let anyone sail,” said the mayor, Ann Poole, after a night of storms."


def marked(quote: str = QUOTE) -> Anchor:
    start = TEXT.index(quote)
    return anchor(TEXT, start, start + len(quote))


def found(text: str, quote: str = QUOTE) -> str | None:
    span = find_again(marked(quote), text)
    return None if span is None else text[slice(*span)]


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        (TEXT, QUOTE),
        ("Updated on Tuesday. " + TEXT, QUOTE),
        (QUOTE, QUOTE),
        (
            TEXT.replace("Ann Poole", "Anne Poole").replace("a night", "two nights"),
            QUOTE.replace("Ann Poole", "Anne Poole").replace("a night", "two nights"),
        ),
        (
            TEXT.replace("said the mayor", "the mayor of the town told us in the morning"),
            QUOTE.replace("said the mayor", "the mayor of the town told us in the morning"),
        ),
        (
            "Storms. " + QUOTE.replace("night", "week") + " All else is new here, every word.",
            QUOTE.replace("night", "week"),
        ),
        (TEXT.replace(QUOTE, ""), None),
        (TEXT.replace(QUOTE, "Nobody said anything at all to this newspaper."), None),
        ("", None),
        ("The mayor said that the storms could sail.", None),
    ],
)
def test_a_sentence_is_found_as_it_is_now(text: str, passage: str | None) -> None:
    assert found(text) == passage


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A Monday. " + TEXT, "Monday"),
        (TEXT.replace("Monday", "Tuesday"), None),
        ("It was a Monday like others. " + TEXT.replace("Monday", "Tuesday"), None),
    ],
)
def test_a_word_is_found_by_what_stands_around_it(text: str, word: str | None) -> None:
    assert found(text, "Monday") == word
    span = find_again(marked("Monday"), text)
    assert span is None or text[: span[0]].endswith("closed on ")


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        (TEXT.replace("Two boats were lost", "Three boats were lost"), "Three boats were lost"),
        ("Two boats were found far from here, and all is well again in the town.", None),
    ],
)
def test_a_few_words_are_not_taken_for_others(text: str, passage: str | None) -> None:
    assert found(text, "Two boats were lost") == passage


def test_a_long_passage_is_found_by_its_beginning_and_end() -> None:
    words = [f"w{number % 97}x{number}" for number in range(2_000)]
    whole = " ".join(words)
    start, end = whole.index(words[300]), whole.index(words[1700]) - 1
    kept = anchor(whole, start, end)
    words[900] = "changed"
    new = "It is new. " + " ".join(words)
    assert find_again(kept, new) == (new.index(words[300]), new.index(words[1700]) - 1)


def test_a_whole_book_is_found_again_where_a_word_was_corrected() -> None:
    # Words that come again and again, as in any book: word for word, this would take minutes.
    words = " ".join(f"w{number % 7 * number % 100}" for number in range(100_000))
    text = f"Here the book begins, at long last. {words} And here it ends, after so many pages."
    start, end = text.index("w0"), text.index(" And here")
    corrected = text.replace("w1 ", "one ", 1)
    assert find_again(anchor(text, start, end), corrected) == (start, end + len("one") - len("w1"))


@pytest.mark.parametrize(
    ("before", "quote", "behind", "elsewhere"),
    [
        (
            "It merged with other companies. ",
            "He said the scope of the new firm will be",
            " similar to that of others, and that nobody would have to leave.",
            "A Western banker said the creation of the new firm is a further step in reform.",
        ),
        (
            "Photograph by S. Simons (@sasimons) September ",
            "12,",
            " 2019, as Vulture points out, in the cellar of the house.",
            "Photograph by A. Somebody Else, in November 12, 2018, at the seaside.",
        ),
    ],
)
def test_what_is_not_there_any_more_is_nowhere_else(
    before: str, quote: str, behind: str, elsewhere: str
) -> None:
    text = before + quote + behind
    marked = anchor(text, len(before), len(before) + len(quote))
    assert find_again(marked, f"{elsewhere}\n{text}") is not None
    assert find_again(marked, elsewhere) is None
