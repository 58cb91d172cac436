"""The words in which sites speak of themselves, in the languages that most pages are written in.

A menu, a share bar, a notice or a list of other stories is full of them; a story is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORDS = """
    newsletter newsletters subscribe subscriber subscribers subscription subscriptions unsubscribe
    abonnieren abo abonnement abonnements abonnenten abonnez s'abonner suscríbete suscripción
    suscribirse suscriptores boletín boletines assine assinantes iscriviti abbonati subskrypcja
    subskrybuj prenumerata abonneer nieuwsbrief

    cookie cookies privacy datenschutz datenschutzerklärung datenschutzhinweise einwilligung
    impressum disclaimer copyright rights reserved terms agb nutzungsbedingungen privacidad
    privacidade confidentialité mentions rechtliches prywatności regulamin
    consent haftungsausschluss

    comment comments reply replies kommentar kommentare kommentieren antworten antwort commentaire
    commentaires répondre comentario comentarios comentar responder comentário comentários commenti
    komentarze komentarz odpowiedz reacties
    login logout anmelden abmelden einloggen registrieren registrierung register sign log password
    passwort profil profile konto connexion inscription acceder zaloguj zarejestruj

    share shares tweet twitter facebook instagram whatsapp youtube linkedin pinterest telegram xing
    reddit flipboard tumblr email e-mail mail rss feed feeds podcast teilen twittern mailen drucken
    merken partager imprimer envoyer compartir imprimir enviar compartilhar condividi stampa
    udostępnij drukuj follow folgen

    advertisement advertise advertising sponsored promoted anzeige anzeigen werbung publicité
    publicidad publicidade anuncio pubblicità reklama

    read article articles post posts related recommended trending popular latest previous next
    weiterlesen artikel beitrag beiträge ähnliche verwandte empfohlen empfehlungen meistgelesen
    gelesen neueste aktuelle vorheriger vorherige nächster nächste zurück lire précédent suivant
    articolo articoli artículo artículos anterior siguiente artigo artigos leia czytaj artykuł
    artykuły poprzedni następny
    topics tags tag category categories archive archives thema themen kategorie kategorien
    schlagwort schlagworte schlagwörter archiv rubriken rubrique rubriques categoría categorías
    etiquetas temas kategoria kategorie tagi archiwum

    menu menü home homepage startseite website webseite site seite sitemap search suche suchen
    navigation kontakt contact contacts contacto contato news nachrichten mehr más
    mais więcej click klicken here hier clic aquí accueil inicio buscar rechercher szukaj
    browser javascript app apps download downloads
    redaktion autor autorin author editor redazione redacción rédaction redakcja
    photo photos foto fotos bild bilder image images getty quelle
    published posted updated veröffentlicht aktualisiert publié publicado actualizado opublikowano
    shop warenkorb spenden donate jobs careers karriere events about über faq hilfe help
"""
_SITE_WORDS = frozenset(_WORDS.split())

_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def words_of(text: str) -> list[str]:
    """Return the words of ``text``, as they are written."""
    return _WORD.findall(text)


def count_site_words(words: Iterable[str]) -> int:
    """Return how many of ``words`` sites use of themselves."""
    return sum(word.casefold() in _SITE_WORDS for word in words)


def share_of_site_words(text: str) -> float:
    """Return the same as a part of all words of ``text``, 0 to 1."""
    words = words_of(text)
    return count_site_words(words) / len(words) if words else 0.0
