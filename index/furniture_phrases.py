"""What sites write around their stories, word for word: tables of phrases and shapes of lines."""

from __future__ import annotations

import re

from index.phrases import phrase, table
from index.sentences import ends_sentence

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
    r"|related story|more on this|recommended|watch live|watch more|don't miss"
    r"|lesen sie auch|lies auch|auch interessant|mehr zum thema|lea también|lea más|vea también"
    r"|te puede interesar|lire aussi|à lire aussi|voir aussi|leia também|leia mais|veja também"
    r"|leggi anche|czytaj także|czytaj też|zobacz także|zobacz też|lees ook)"
    r"\s*[:|»>→–—-]\s*\S.*"
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

NEIGHBOURLY = table("""
    comment, comments, copy, copy link, e-mail, email, facebook, flipboard, follow us,
    instagram, like, link copied, linkedin, messenger, more, pinterest, print, reddit, save,
    sms, telegram, tumblr, twitter, whatsapp, x, youtube
""")
"""Furniture only beside other furniture: alone, they may as well be the headings of a story."""

_END_HEADINGS = table("""
    also on, around the web, conversation, don't miss, editor's picks, editors' picks, from
    around the web, from our partners, in case you missed it, join the conversation, latest
    articles, latest headlines, latest news, latest posts, latest stories, more articles, more
    from this author, more from this section, more headlines, more like this, more news, more on
    this, more on this story, more on this topic, more stories, more to explore, more top
    stories, most popular, most read, most viewed, must read, must reads, next article, next
    post, popular now, popular posts, previous article, promoted content, promoted stories, read
    next, recent posts, recommended, recommended articles, recommended for you, recommended
    reading, recommended stories, related, related articles, related content, related coverage,
    related links, related news, related posts, related reading, related stories, related
    topics, related video, related videos, scroll to top, see also, share this article, share
    this story, similar articles, similar stories, sponsored content, sponsored stories, top
    news, top stories, trending, trending now, trending stories, up next, what others are
    reading, what to read next, you may also be interested in, you may also like, you may have
    missed, you might also be interested in, you might also like, you might like, das könnte
    dich auch interessieren, das könnte sie auch interessieren, dies könnte sie auch
    interessieren, auch interessant, ähnliche artikel, ähnliche beiträge, ähnliche themen,
    aktuelle beiträge, auch lesenswert, lesen sie auch, lies auch, mehr zum thema, meistgelesen,
    meistgelesene artikel, neueste artikel, neueste beiträge, schlagworte, schlagwörter,
    verwandte artikel, verwandte beiträge, verwandte themen, weitere artikel, weitere beiträge,
    weitere meldungen, weitere nachrichten, weitere themen, artículos relacionados, entradas
    recientes, lo más leído, lo más visto, más leídas, más noticias, noticias relacionadas, por
    si no lo viste, también te puede interesar, te puede interesar, te puede gustar, temas
    relacionados, últimas noticias, articles liés, articles récents, articles similaires, à lire
    aussi, à voir aussi, derniers articles, les plus lus, lire aussi, sur le même sujet, vous
    aimerez aussi, à lire également, artigos relacionados, leia mais, leia também, mais lidas,
    mais notícias, notícias relacionadas, posts relacionados, veja também, você também pode
    gostar, articoli correlati, articoli recenti, i più letti, leggi anche, potrebbe
    interessarti anche, potrebbero interessarti, ti potrebbe interessare, ultime notizie, czytaj
    także, czytaj też, najczęściej czytane, najnowsze wpisy, podobne artykuły, podobne wpisy,
    polecane, powiązane artykuły, przeczytaj także, przeczytaj też, zobacz także, zobacz też,
    zobacz również, gerelateerde artikelen, lees ook, meer nieuws, meest gelezen
""")

_END_SHAPES = re.compile(r"more (?:from|in|on) .{2,50}|(?:©|copyright\b).{0,150}")

_COMMENT_HEADINGS = table("""
    add a comment, comments, join the conversation, join the discussion, leave a comment, leave
    a reply, post a comment, schreibe einen kommentar, schreiben sie einen kommentar, kommentar
    hinterlassen, kommentar schreiben, kommentar verfassen, kommentare, hinterlasse eine
    antwort, hinterlasse einen kommentar, comentar, comentarios, deja un comentario, deja una
    respuesta, dejar un comentario, escribe un comentario, ajouter un commentaire, commentaires,
    laisser un commentaire, laisser une réponse, comentários, deixe seu comentário, deixe um
    comentário, deixe uma resposta, commenti, lascia un commento, lascia una risposta, dodaj
    komentarz, komentarze, skomentuj, geef een reactie, plaats een reactie, reacties
""")
_COMMENT_SHAPES = re.compile(
    r"\d[\d,.]* (?:comments?|replies|responses|kommentare?|commentaires?|comentarios?|comentários?"
    r"|commenti|commento|komentarz[ey]?|reacties?|thoughts on .{2,150})"
    r"|(?:comments?|kommentare?|commentaires?|comentarios?) \(?\d+|\d[\d,.]* comments? on .{2,150}"
)

MENU = table("""
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


def is_furniture_line(text: str) -> bool:
    """Whether ``text`` is, as a whole, a line that stories do not have."""
    words = phrase(text)
    return bool(words) and (words in _LINES or bool(_LINE_SHAPES.fullmatch(text.strip())))


def opens_comments(text: str) -> bool:
    """Whether readers' words begin here, which may be as long as the author's."""
    words = phrase(text)
    return bool(words) and (words in _COMMENT_HEADINGS or bool(_COMMENT_SHAPES.fullmatch(words)))


def opens_links(text: str) -> bool:
    """Whether links to other stories begin here, behind which no prose comes."""
    words = phrase(text)
    if not words or words in _END_HEADINGS:
        return bool(words)
    return bool(_END_SHAPES.fullmatch(words)) and not (ends_sentence(text) or text.endswith(":"))
