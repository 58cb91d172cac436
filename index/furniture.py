"""What on a page is not the article: share bars, notices, comment forms, links to other stories.

An article is never lost: what can't be told apart stays in it. A line goes only where it is, as a
whole, one of the phrases below; the end of a page only behind a story that is longer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from index.page import find_story, is_page
from index.phrases import LONGEST_PHRASE, phrase, table
from index.sentences import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Block

_LINES = table("""
    ad, photo, show caption, toggle caption, video, video loading,
    accept all cookies, accept cookies, add a comment, advert, advertisement,
    advertisement continue reading, advertisement continue reading the main story,
    advertisements, all rights reserved, article continues after advertisement,
    article continues below advertisement, back to top, cancel reply, click to enlarge,
    continue reading below, continue reading the main story, cookie policy, cookie settings,
    email this article, go to top, hide comments, leave a comment, leave a reply, load comments,
    media playback is unsupported on your device, pin it, please enter your comment,
    please enter your email address here, please enter your name here, post a comment,
    print this article, pullquote, return to top, scroll down for video, scroll down for videos,
    scroll to continue, scroll to continue with content, scroll to top, share,
    share on social media, share this, share this article, share this page, share this post,
    share this story, share this with, share with friends, show comments,
    sign up for our newsletter, sign up for our newsletters, skip advertisement,
    skip to content, skip to main content, skip to navigation, sponsored content,
    story continued below, story continues below, story continues below advertisement,
    subscribe to our newsletter, tap to unmute, thank you for subscribing,
    this video is not available, tweet, tweet this, view comments,
    you have entered an incorrect email address, you must be logged in to post a comment
""")

_LINE_SHAPES = re.compile(
    r"(?:also read|read also|read more|read next|must read|see also|related|related article"
    r"|related story|more on this|recommended|watch live|watch more|don't miss)\s*[:|»>→–—-]\s*\S.*"
    r"|(?:share|share this|share via|follow us)(?: on| via| with)?\s*:?\s*"
    r"(?:(?:facebook|twitter|x|whatsapp|linkedin|reddit|pinterest|telegram|email|instagram"
    r"|youtube|google news)\b[\s,|&/]*(?:and\s+)?)+"
    r"|(?:sign up|subscribe|register)\b.{0,80}\b(?:newsletters?|e-?mails? updates?|daily briefing"
    r"|push notifications)\b.{0,60}"
    r"|(?:we|we and our partners|our site|this (?:web)?site) uses? cookies\b.*"
    r"|by (?:continuing to (?:use|browse)|using) (?:this|our) (?:web)?site\b.*"
    r"|(?:©|\(c\)|copyright\b)\W{0,3}(?:\(c\)|©)?\W{0,3}(?:19|20)\d\d\b.{0,120}"
    r"|(?:©|copyright ©?).{0,80}\ball rights reserved.{0,100}"
    r"|(?:click|tap) here for\b.{0,80}"
    r"|(?:click|tap) here to (?:get|download|subscribe|sign|read|view|watch|buy|join)\b.{0,80}"
    r"|(?:start )?slideshow \(\d+ (?:images?|photos?|pictures?)\)"
    r"|\d[\d,.]* (?:comments?|shares?|retweets?|likes?|views?)"
    r"|(?:image|photo|picture) (?:copyright|credit|source)\b:? .{2,60}"
    r"|(?:icon-[a-z]+\s*)+"
    r"|save my name, e?-?mail.{0,140}"
    r"|your e-?mail address will not be published\b.{0,60}"
    r"|required fields are marked.{0,10}",
    re.IGNORECASE,
)

_NEIGHBOURLY = table("""
    comment, comments, copy, copy link, e-mail, email, facebook, flipboard, follow us,
    instagram, like, link copied, linkedin, messenger, more, pinterest, print, reddit, save,
    sms, telegram, tumblr, twitter, whatsapp, x, youtube
""")
"""Furniture only beside other furniture: alone, they may as well be the headings of a story."""

_END_HEADINGS = table("""
    also on, around the web, conversation, don't miss, editor's picks, editors' picks,
    from around the web, from our partners, in case you missed it, join the conversation,
    latest articles, latest headlines, latest news, latest posts,
    latest stories, more articles, more from this author,
    more from this section, more headlines, more like this, more news, more on this,
    more on this story, more on this topic, more stories, more to explore, more top stories,
    most popular, most read, most viewed, must read, must reads, next article, next post,
    popular now, popular posts, previous article, promoted content,
    promoted stories, read next, recent posts, recommended, recommended articles,
    recommended for you, recommended reading, recommended stories, related, related articles,
    related content, related coverage, related links, related news, related posts,
    related reading, related stories, related topics, related video, related videos,
    scroll to top, see also, share this article, share this story, similar articles,
    similar stories, sponsored content, sponsored stories, top news, top stories, trending,
    trending now, trending stories, up next, what others are reading, what to read next,
    you may also be interested in, you may also like, you may have missed,
    you might also be interested in, you might also like, you might like
""")

_END_SHAPES = re.compile(r"more (?:from|in|on) .{2,50}|(?:©|copyright\b).{0,150}")

_COMMENT_HEADINGS = table("""
    add a comment, comments, join the conversation, join the discussion, leave a comment,
    leave a reply, post a comment
""")
_COMMENT_SHAPES = re.compile(
    r"\d[\d,.]* (?:comments?|replies|responses)|comments? \(?\d+|\d[\d,.]* comments? on .{2,150}"
)

SHORTEST_STORY = 60
"""Words before the end of a page may be told from the story."""


class Page(NamedTuple):
    """The blocks of a page, told apart."""

    story: tuple[Block, ...]
    furniture: tuple[str, ...]
    """The texts of the other blocks, in order."""


def separate(blocks: Sequence[Block]) -> Page:
    """Tell the story of a page from its furniture. There is always a story."""
    is_furniture = _lines(blocks)
    if is_page(blocks):
        _add_surroundings(blocks, is_furniture)
    for place in range(_end_of_story(blocks, is_furniture), len(blocks)):
        is_furniture[place] = True
    if all(is_furniture):
        return Page(tuple(blocks), ())
    pairs = list(zip(blocks, is_furniture, strict=True))
    return Page(
        tuple(block for block, goes in pairs if not goes),
        tuple(block.text for block, goes in pairs if goes),
    )


def _add_surroundings(blocks: Sequence[Block], is_furniture: list[bool]) -> None:
    """Add what stands around the story, apart from lines between title and body that may count."""
    story = find_story(blocks, is_furniture)
    if story is None:
        return
    for place, block in enumerate(blocks):
        if not story.title <= place < story.end:
            is_furniture[place] = True
        elif story.title < place < story.first:
            is_furniture[place] = is_furniture[place] or _is_label(block.text)


def _is_label(text: str) -> bool:
    return len(text.split()) < 4 and not any(character.isdigit() for character in text)


def _lines(blocks: Sequence[Block]) -> list[bool]:
    """Say of each block whether it is furniture by itself, or by its neighbours."""
    phrases = [phrase(block.text) for block in blocks]
    sure = [
        bool(words) and (words in _LINES or _has_line_shape(block.text))
        for words, block in zip(phrases, blocks, strict=True)
    ]
    neighbourly = [words in _NEIGHBOURLY for words in phrases]
    for order in (range(len(blocks)), range(len(blocks) - 1, -1, -1)):
        previous = False
        for place in order:
            sure[place] = sure[place] or (neighbourly[place] and previous)
            previous = sure[place]
    return sure


def _has_line_shape(text: str) -> bool:
    return bool(_LINE_SHAPES.fullmatch(text.strip()))


def _end_of_story(blocks: Sequence[Block], is_furniture: list[bool]) -> int:
    """Return the place of the first block that belongs to the end of the page."""
    words = [
        0 if goes else len(block.text.split())
        for block, goes in zip(blocks, is_furniture, strict=True)
    ]
    last_prose, last_pair = _last_prose(blocks)
    after = sum(words)
    before = 0
    for place, block in enumerate(blocks):
        if place > last_pair and before >= max(SHORTEST_STORY, after):
            if _opens_comments(block.text):
                return place
            if place > last_prose and _opens_links(block.text):
                return place
        before += words[place]
        after -= words[place]
    return len(blocks)


def _last_prose(blocks: Sequence[Block]) -> tuple[int, int]:
    """Return where the last paragraph of prose stands, and where the last two in a row; or -1."""
    last, later = -1, False
    for place in range(len(blocks) - 1, -1, -1):
        prose = _is_prose(blocks[place])
        if prose and later:
            return last, place
        if prose:
            last = max(last, place)
        later = prose
    return last, -1


def _opens_comments(text: str) -> bool:
    """Whether readers' words begin here, which may be as long as the author's."""
    words = phrase(text)
    return words in _COMMENT_HEADINGS or bool(_COMMENT_SHAPES.fullmatch(words))


def _opens_links(text: str) -> bool:
    """Whether links to other stories begin here, behind which no prose comes."""
    words = phrase(text)
    if words in _END_HEADINGS:
        return True
    return bool(_END_SHAPES.fullmatch(words)) and not (ends_sentence(text) or text.endswith(":"))


def _is_prose(block: Block) -> bool:
    text = block.text
    return (
        block.kind == "paragraph"
        and len(text) > LONGEST_PHRASE // 2
        and ends_sentence(text)
        and not text.endswith(("...", "…"))
    )
