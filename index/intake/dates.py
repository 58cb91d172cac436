"""Recognise a line that says when a story was published, and nothing else."""

from __future__ import annotations

import datetime as dt
import re

LONGEST_DATE_LINE = 90
"""Characters a date line has at most, label and time included."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro",
            "february feb februar février febrero febbraio fevereiro",
            "march mar märz mars marzo março",
            "april apr avril abril aprile",
            "may mai mayo maggio maio",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet julio luglio julho",
            "august aug août agosto",
            "september sep sept septembre septiembre settembre setembro",
            "october oct oktober octobre octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec dezember décembre diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}

_LABEL = r"(?:(?:first |originally |last )?(?:published|updated|posted|modified|date[d]?|filed|"
_LABEL += r"released|created|issued)(?: on| at)?\s*:?\s*)?"
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:r(?:s)?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+(?:the )?)?"
)
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_CLOCK = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:\.\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?"
)
_ZONE = r"(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d|[a-z]{2,4})?"
_TIME = rf"(?:\s*(?:,|\||at|-|–|—|·|/|t)?\s*{_CLOCK}\s*\(?{_ZONE}\)?)?"
