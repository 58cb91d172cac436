"""Sentences chosen by keys: whatever is pressed, something is chosen, and where it was expected."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.drawing.selecting import Sentences, Stretch

TEXTS = ("A title", "Dawn · 5 min", "One. Two. Three.", "  Four?  Five! ", "Six.")
PASSAGES = (0, 2, 3, 4)


def said(sentences: Sentences, keys: str, at: tuple[int, int] = (2, 0)) -> str:
    """Return what is chosen after some keys."""
    chosen = sentences.at(at)
    for key in keys:
        step = 1 if key in "jJl" else -1
        act = {"j": sentences.next, "J": sentences.paragraph, "l": sentences.extended}
        chosen = act[{"k": "j", "K": "J", "h": "l"}.get(key, key)](chosen, step)
    (first, start), (last, end) = sentences.stretch(chosen)
    if first == last:
        return TEXTS[first][start:end]
    return "|".join([TEXTS[first][start:], *TEXTS[first + 1 : last], TEXTS[last][:end]])


def test_sentences_and_paragraphs_are_gone_through() -> None:
    sentences = Sentences(TEXTS, PASSAGES)
    assert said(sentences, "") == "One."
    assert said(sentences, "j") == "Two."
    assert said(sentences, "k") == "A title"
    assert said(sentences, "kk") == "A title"
    assert said(sentences, "J") == "Four?"
    assert said(sentences, "JJJ") == "Six."
    assert said(sentences, "JjK") == "One."
    assert said(sentences, "ll") == "One. Two. Three."
    assert said(sentences, "lh") == "One."
    assert said(sentences, "hh") == "One."
    assert said(sentences, "jll") == "Two. Three.|  Four?"
    assert said(sentences, "llj") == "Four?"
    assert said(sentences, "", at=(2, 7)) == "Two."
    assert said(sentences, "", at=(1, 0)) == "One."
    assert said(sentences, "", at=(9, 0)) == "Six."


@given(st.text("jkJKlh", max_size=20), st.tuples(st.integers(0, 5), st.integers(0, 20)))
def test_whatever_is_pressed_whole_sentences_are_chosen(keys: str, at: tuple[int, int]) -> None:
    chosen = said(Sentences(TEXTS, PASSAGES), keys, at)
    assert chosen.strip() == chosen != ""


def test_a_stretch_is_from_one_point_to_another() -> None:
    sentences = Sentences(TEXTS, PASSAGES)
    assert sentences.stretch(sentences.at((2, 5))) == Stretch((2, 5), (2, 9))
