"""Addresses of web pages: which of them lead to the same story."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_TRACKING = re.compile(
    # Campaigns and clicks, by the names that their makers gave them.
    r"utm_.*|at_(?:campaign|medium|link.*|ptr.*|bbc.*|format)|pk_.*|mtm_.*|hsa_.*|mc_[ce]id|_hs(?:enc|mi)"
    r"|fb(?:clid|_.*)|[gdw]clid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igsh(?:id)?|_ga|_gl"
    r"|srsltid|guc(?:counter|e_.*)|ns_.*|xtor|cmpid|cmp|ncid|ocid|icid|s_cid|smid|smtyp|taid|ftag"
    r"|intcmp|int_.*|ito|mod|mbid|trk|ref|ref_.*|referr?er|share|shared|sharetype|soc_.*|spref"
    r"|feed(?:type|name|burner)|source|partner|syn|dicbo|__twitter_impression|amp(?:_.*)?|usqp|outputtype",
    re.IGNORECASE,
)
"""Parameters that say how somebody came to a page, not which page it is."""

_HOST_PREFIX = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.])")
_AMP_PATH = re.compile(r"/amp(?=/|$)|\.amp(?=\.html?$|$)", re.IGNORECASE)
_AMP_CACHE = re.compile(
    r"https?://(?:(?:www\.)?google\.[a-z.]+/amp|[^/]+\.cdn\.ampproject\.org/[a-z])/(s/)?",
    re.IGNORECASE,
)
_INDEX_PAGE = re.compile(r"/index\.(?:html?|php)$", re.IGNORECASE)
_LONGEST = 2_000
"""Characters of an address: browsers take no longer ones, either."""


_HOST = re.compile(r"https?://(?:www\.)?([^/:?#]+)", re.IGNORECASE)


def host_of(url: str | None) -> str | None:
    """Return the name of the site that an address is on, without ``www.``, or None."""
    found = _HOST.match(url or "")
    return found[1].lower() if found else None


def canonical(url: str | None) -> str | None:
    """Return an address without what does not tell one story from another, or None.

    Left out are the scheme, ``www.``, tracking parameters, the fragment, and what makes a page its
    mobile or AMP form. It is for comparing, not for going there. None: it is no address of the web,
    or that of a whole site, where many stories say they are from.
    """
    if not url or len(url) > _LONGEST:
        return None
    cached = _AMP_CACHE.match(url)
    if cached:
        url = f"https://{url[cached.end() :]}"
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    path = _INDEX_PAGE.sub("", _AMP_PATH.sub("", unquote(parts.path))).rstrip("/")
    query = sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0]))
    if not path and not query:
        return None
    place = _HOST_PREFIX.sub("", host.rstrip(".")) + (
        f":{port}" if port not in (None, 80, 443) else ""
    )
    return place + path + (f"?{urlencode(query)}" if query else "")
