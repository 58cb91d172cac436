"""What senders put around the text of an email: the link to it as a page, the way out of the list.

Both stand word for word in nearly all newsletters, in the language of the newsletter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from index.article import Block, Link
from index.phrases import phrase, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_OPENING_BLOCKS = 12
"""Blocks at the beginning among which the link to the page may stand."""

_LONGEST_LINE = 300
"""Characters of a line around the text, at most."""

_LARGEST_END = 0.4
"""Part of the text that may stand behind the first line of the end."""

_VIEW = re.compile(
    r"\b(?:view|read|open|see|display|web)\b.{0,40}\b(?:browser|online|web|version|app)\b"
    r"|\bproblems? (?:viewing|displaying)\b|\bwebversion\b|\bonline[- ]version\b"
    r"|\bim browser\b|\bonline (?:ansehen|lesen)\b|\bwebansicht\b"
    r"|\b(?:navigateur|version en ligne|en ligne)\b|\b(?:navegador|versión web|versão web)\b"
    r"|\bnel (?:tuo )?browser\b|\bversione (?:web|online)\b|\bw przeglądarce\b|\bin je browser\b",
    re.IGNORECASE,
)
_LONGEST_VIEW = 120

_SHARES = table("""
    comment, facebook, forward, forward this email, like, linkedin, listen now, restack, share,
    share this post, subscribe, subscribe here, tweet, twitter, upgrade to paid,
    forward to a friend, add us to your address book, sign up here
""")
_END = re.compile(
    r"\bunsubscribe\b|\bopt[- ]out\b|\b(?:manage|update|change|edit) (?:your|my|email|subscription)"
    r"[\w ]{0,30}(?:preferences|subscriptions?|settings)\b|\bemail preferences\b"
    r"|\byou(?:'|’)?(?:re| are)? (?:receiving|received|getting|got) this\b"
    r"|\bthis (?:e-?mail|message|newsletter) was sent (?:to|by)\b|\bwas this forwarded to you\b"
    r"|\bno longer (?:want|wish) to receive\b|\bour mailing address\b"
    r"|\b(?:abmelden|abbestellen|abbestellung|austragen)\b|\bdiese e-?mail (?:wurde|erhalten)\b"
    r"|\b(?:désabonner|désinscrire|désinscription|désabonnement)\b|\bvous recevez ce\b"
    r"|\b(?:darse de baja|date de baja|cancelar (?:tu|su|a) (?:suscripción|inscrição)"
    r"|cancelar (?:suscripción|inscrição)|descadastr\w+)\b"
    r"|\b(?:disiscriv\w+|cancella l'iscrizione)\b|\bwypisz się\b|\b(?:uitschrijven|afmelden)\b",
    re.IGNORECASE,
)
_UNSEEN_END = "\u034f\u200b\u200c\u200d\u200e\u200f\u2007\xa0 "
"""What fills the preview in a list of messages, so that none of the text shows there."""


class Parted(NamedTuple):
    """The blocks of an email, told apart."""

    story: tuple[Block, ...]
    furniture: tuple[str, ...]
    """The texts of the other blocks, in order."""

    page: str | None
    """The address at which the same can be read as a page."""


def without_filling(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return ``blocks`` without what nobody sees of them: there may be none left."""
    return tuple(seen for block in blocks if (seen := _without_filling(block)))


def part(blocks: Sequence[Block]) -> Parted:
    """Tell the text of an email, without filling, from what senders put around it.

    There is always a text.
    """
    page = next((url for block in blocks[:_OPENING_BLOCKS] if (url := _page_of(block))), None)
    end = _end(blocks)
    goes = [_goes(block, place) or place >= end for place, block in enumerate(blocks)]
    if all(goes):
        return Parted(tuple(blocks), (), page)
    pairs = list(zip(blocks, goes, strict=True))
    return Parted(
        tuple(block for block, gone in pairs if not gone),
        tuple(block.text for block, gone in pairs if gone),
        page,
    )


def _without_filling(block: Block) -> Block | None:
    text = block.text.rstrip(_UNSEEN_END)
    if text == block.text or not text:
        return block if text else None
    links = tuple(
        Link(start=link.start, end=min(link.end, len(text)), url=link.url)
        for link in block.links
        if link.start < len(text)
    )
    return Block(kind=block.kind, text=text, links=links)


def _goes(block: Block, place: int) -> bool:
    if place < _OPENING_BLOCKS and _is_view(block.text):
        return True
    return phrase(block.text) in _SHARES


def _is_view(text: str) -> bool:
    return len(text) <= _LONGEST_VIEW and bool(_VIEW.search(text))


def _page_of(block: Block) -> str | None:
    """Return where a block leads that offers the email as a page."""
    if not _is_view(block.text):
        return None
    named = (link for link in block.links if _VIEW.search(block.text, link.start, link.end))
    link = next(named, block.links[0] if len(block.links) == 1 else None)
    return link.url if link else None


def _end(blocks: Sequence[Block]) -> int:
    """Return the place of the first line of the end, or behind the last block if there is none."""
    total = sum(len(block.text) for block in blocks)
    behind, end = 0, len(blocks)
    for place in range(len(blocks) - 1, -1, -1):
        text = blocks[place].text
        behind += len(text)
        if behind > _LARGEST_END * total and len(blocks) - place > 1:
            break
        if len(text) <= _LONGEST_LINE and _END.search(text):
            end = place
    return end
