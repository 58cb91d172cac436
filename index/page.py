"""Find the story in the whole text of a web page, pasted with its menus and lists of links.

A menu is a run of short lines; a story is a stretch of paragraphs. Each block adds to a stretch or
takes from it, and the stretch with the highest sum is the body. The title is sought above it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from index.dateline import read_dateline
from index.phrases import phrase, table
from index.sentences import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.article import Block

_PAGE_PHRASES = table("""
    about, about us, accedi, accept, accept all, account, accueil, advertise, advertise with us,
    agb, aktuelles, all rights reserved, ana sayfa, anmelden, archiv, archive, archives,
    aviso legal, beranda, blog, blogroll, buscar, business, careers, categories, category,
    cerca, chi siamo, close, connexion, contact, contact us, contacto, contato, contatti,
    cookie policy, cookies, create account, datenschutz, datenschutzerklärung, deportes,
    deutsch, donate, e-paper, economía, einloggen, entertainment, epaper, espectáculos, events,
    facebook, faq, feedback, forum, főoldal, health, help, home, homepage, iklan, iletişim,
    impressum, inicio, instagram, internacional, início, jobs, kapcsolat, kategorien, keresés,
    kommentar verfassen, kommentare, kontakt, latest news, learn more, leave a reply, lifestyle,
    linkedin, live tv, local news, log in, log out, login, magazine, main menu,
    mentions légales, menu, menü, more, multimedia, mundo, my account, nacional, name (required,
    navigation, news, newsletter, newsletters, open menu, opinion, opinión, photos, podcasts,
    politics, politique de confidentialité, polityka prywatności, política,
    política de privacidad, política de privacidade, powered by wordpress, press, presse,
    privacy, privacy policy, quem somos, recent comments, recent posts, rechercher, register,
    reklama, rss, rss feed, schreibe einen kommentar, search, search for, secciones, sections,
    shop, sign in, sign up, site map, sitemap, skip to content, skip to main content, sociedad,
    sport, sports, startseite, store, strona główna, subscribe, subscriptions, suche,
    suche nach, suchen, support, suscripción, suscríbete, szukaj, technology, tecnología,
    tentang kami, terms, terms & conditions, terms and conditions, terms of service,
    terms of use, ticket, toggle navigation, trang chủ, travel, twitter, video, videos, weather,
    whatsapp, wiadomości, world, your email, your name, youtube, zaloguj, zum inhalt springen,
    últimas noticias, über mich, über uns, войти, главная, контакт, контакты, меню, новости,
    поделиться, поиск, реклама, お問い合わせ, サイトマップ, ホーム, 搜索, 登录, 联系我们, 首页
""")
"""Lines of menus and footers. A story may hold one of them, but not many."""

_SIGNS_OF_PAGE = ((12, 3), (24, 2), (48, 1))
"""Short lines, and how many different ones of menus among them, that make a text a page."""

_SHORT_LINE = 40
"""Characters of a line in a menu, at most."""

_TITLE_REACH = 15
"""Blocks above the body among which the title is sought."""

_SHORT_LINE_COST = 75
_LONG_ENOUGH = 80
_MOST_WORTH = 350
"""Characters of a paragraph that count: no single paragraph outweighs a page of them."""

_MUCH = 400
"""Worth of a stretch that a dateline is a part of, not the beginning."""

_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Characters of scripts that say in one what others say in two or three."""

_WORD = re.compile(r"[^\W_]{4,}")


class Stretch(NamedTuple):
    """Where the story of a page stands."""

    title: int
    """The place of the title, or of the body if no line above it may be one."""

    first: int
    end: int


def is_page(blocks: Sequence[Block]) -> bool:
    """Whether ``blocks`` are a whole page, and not a story alone."""
    short = [block.text for block in blocks if len(block.text) <= _SHORT_LINE]
    if len(short) < _SIGNS_OF_PAGE[0][0]:
        return False
    known = len({phrase(text) for text in short} & _PAGE_PHRASES)
    return any(len(short) >= lines and known >= phrases for lines, phrases in _SIGNS_OF_PAGE)


def find_story(blocks: Sequence[Block], is_furniture: Sequence[bool]) -> Stretch | None:
    """Return where the story of a page stands, or None if nothing stands out as one."""
    worths = [_worth(block, known) for block, known in zip(blocks, is_furniture, strict=True)]
    openings = {
        place
        for place, block in enumerate(blocks)
        if worths[place] >= _LONG_ENOUGH and read_dateline(block.text)
    }
    first, end = _best_stretch(worths, openings)
    if first == end:
        return None
    return Stretch(_title_above(blocks, is_furniture, first, end), first, end)


def _best_stretch(worths: Sequence[float], openings: set[int]) -> tuple[int, int]:
    """Return the bounds of the stretch with the highest sum (after Kadane), in linear time.

    A dateline among the ``openings`` begins a stretch anew, unless much of one came before.
    """
    best, best_first, best_end = 0.0, 0, 0
    total, first = 0.0, 0
    for place, worth in enumerate(worths):
        if total <= 0 or (place in openings and total < _MUCH):
            total, first = 0.0, place
        total += worth
        if total > best:
            best, best_first, best_end = total, first, place + 1
    return best_first, best_end


def _worth(block: Block, known_furniture: bool) -> float:
    text = block.text
    size = len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))
    if known_furniture:
        return -_SHORT_LINE_COST / 2
    if text.rstrip(" ]").endswith(("...", "…")):  # The teaser of another story.
        return -_SHORT_LINE_COST
    if ends_sentence(text):
        return min(size, _MOST_WORTH) if size >= _LONG_ENOUGH else size / 2
    if size >= 2 * _LONG_ENOUGH:
        return min(size, _MOST_WORTH) * 0.7
    return -_SHORT_LINE_COST


def _title_above(
    blocks: Sequence[Block], is_furniture: Sequence[bool], first: int, end: int
) -> int:
    """Return the place of the line, near above the body, whose words the body takes up most."""
    body = {
        word for block in blocks[first + 1 : end] for word in _WORD.findall(block.text.casefold())
    }
    best, best_score = first, 0.0
    for place in range(max(0, first - _TITLE_REACH), first + 1):
        text = blocks[place].text
        if is_furniture[place] or not 10 <= len(text) <= 220 or text.endswith("."):
            continue
        words = _WORD.findall(text.casefold())
        taken_up = sum(word in body for word in words)
        strange = len(words) - taken_up
        score = min(taken_up, 8) - 0.3 * strange - 0.2 * (first - place)
        if score > best_score:
            best, best_score = place, score
    return best
