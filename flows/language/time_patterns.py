"""The words for times, as one pattern with a named group per kind. What each kind means stands in time_windows.

Every alternative begins with a distinct word, so a search is linear in the text.
"""

from __future__ import annotations

import re

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
WORDS = "a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
NUMBER = rf"(?:\d{{1,3}}|(?:a )?(?:couple of|few)|several|{WORDS})"
UNIT = r"(?:hour|day|week|fortnight|month|quarter|year|decade)s?"
DAYNUM = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:19|20)\d\d"
ABOUT = r"(?:about\s+|some\s+|nearly\s+|almost\s+|over\s+|at\s+least\s+|more\s+than\s+)?"
AHEAD = r"(?:days|weeks|months)"
# Things that are counted by a bare number between 1900 and 2099.
COUNTED = r"(?:%|percent|people|troops|dollars|tons|tonnes|km|miles|men|soldiers|prisoners|children|civilians)"

# kind -> (pattern, whether "since", "until", "by" and the like may stand before it)
KINDS: dict[str, tuple[str, bool]] = {
    "iso": (rf"(?P<iso_y>{YEAR})-(?P<iso_m>0[1-9]|1[0-2])-(?P<iso_d>0[1-9]|[12]\d|3[01])", True),
    "range_md": (
        rf"(?:between\s+|from\s+)?(?P<rm_m>{MONTH})\s+(?P<rm_a>{DAYNUM})\s*(?:-|–|—|to|and)\s*"
        rf"(?:(?P<rm_n>{MONTH})\s+)?(?P<rm_b>{DAYNUM})(?!\d)(?:,?\s+(?P<rm_y>{YEAR}))?",
        False,
    ),
    "md": (
        rf"(?:on\s+)?(?:{WEEKDAY},?\s+)?(?P<md_m>{MONTH})\s+(?P<md_d>{DAYNUM})(?![\d:])(?:,?\s+(?P<md_y>{YEAR}))?",
        True,
    ),
    "dm": (
        rf"(?:on\s+)?(?:{WEEKDAY},?\s+)?(?:the\s+)?(?P<dm_d>{DAYNUM})(?:\s+of)?\s+(?P<dm_m>{MONTH})(?!\w)"
        rf"(?:,?\s+(?P<dm_y>{YEAR}))?",
        True,
    ),
    "part_month": (
        r"(?:in\s+)?(?P<pm_p>(?:the\s+(?:start|beginning|middle|end)\s+of|early|mid|late)[\s-]+)"
        rf"(?P<pm_m>{MONTH})(?!\w)(?:,?\s+(?P<pm_y>{YEAR}))?",
        True,
    ),
    "month_year": (rf"(?:in\s+)?(?P<my_m>{MONTH}),?\s+(?:of\s+)?(?P<my_y>{YEAR})", True),
    "part_year": (rf"(?:in\s+)?(?P<py_p>early|mid|late|the end of)[\s-]+(?P<py_y>{YEAR})(?!-?\d)", True),
    "season": (
        rf"(?:in\s+)?(?:the\s+)?(?P<se_s>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<se_y>{YEAR})",
        True,
    ),
    "month_alone": (rf"(?:in\s+|last\s+|next\s+|this\s+)?(?P<mo_m>{MONTH})(?!\w)(?!\s+\d)", True),
    "year": (
        rf"(?P<yr_in>in\s+|during\s+|of\s+|the\s+|its\s+|his\s+)?(?P<yr_y>{YEAR})(?![\d-]|\s*{COUNTED})",
        True,
    ),
    "weekday": (
        r"(?:on\s+|late\s+on\s+|early\s+on\s+)?(?P<wd_p>last\s+|next\s+|this\s+(?:coming\s+|past\s+)?"
        rf"|the\s+following\s+|coming\s+|(?:later|earlier)\s+(?:on\s+)?)?(?P<wd_d>{WEEKDAY})(?!\w)",
        True,
    ),
    "ago": (rf"{ABOUT}(?P<ag_n>{NUMBER})\s+(?P<ag_u>{UNIT})\s+ago", False),
    "other": (
        rf"(?:(?:a|one|two|three|\d+)\s+{UNIT}\s+(?:earlier|later|before|after)\b"
        r"|(?:the\s+)?(?:previous|next|following|same)\s+day\b"
        r"|that\s+(?:same\s+)?(?:day|week|month|year|night|evening)\b)",
        False,
    ),
    "ahead": (
        rf"(?:with)?in\s+(?:the\s+)?(?:(?P<ah_c>next|coming)\s+)?(?:about\s+)?(?P<ah_n>{NUMBER})\s+(?P<ah_u>{UNIT})"
        r"(?:['’]\s*time)?(?!\s+ago)",
        False,
    ),
    "over": (
        r"(?:over|during|in|for|within)\s+(?:the\s+)?(?P<ov_p>past|last|next|coming)\s+"
        rf"(?P<ov_n>{NUMBER})\s+(?P<ov_u>{UNIT})",
        False,
    ),
    "duration": (
        rf"for\s+{ABOUT}(?:the\s+)?(?P<du_n>{NUMBER}|\d+)\s+(?:consecutive\s+|straight\s+)?(?P<du_u>{UNIT})",
        False,
    ),
    "relative": (
        r"(?:in\s+)?(?P<re_p>(?:later|earlier)\s+this|(?:early|late)\s+(?:last|this|next)|last|next|this|past|previous|coming"
        r"|the\s+(?:past|coming|previous))\s+(?P<re_u>week|month|year|quarter|weekend|morning|afternoon|evening|night"
        r"|spring|summer|autumn|winter)(?:['’]s)?(?!\w)",
        True,
    ),
    "day_word": (
        r"(?P<dw>(?:earlier|later|early|late)\s+(?:today|yesterday|tomorrow)|today|yesterday|tomorrow|tonight|overnight"
        r"|the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)|right\s+now|currently|at\s+(?:present|the\s+moment)"
        r"|(?:at|over|during|on)\s+the\s+weekend)(?!\w)",
        True,
    ),
    "vague": (
        rf"(?P<va>recently|lately|in\s+recent\s+{AHEAD}|(?:in|over)\s+the\s+(?:coming|next\s+few)\s+{AHEAD}"
        rf"|in\s+(?:the\s+)?coming\s+{AHEAD}|soon|shortly)(?!\w)",
        False,
    ),
}


def _group(name: str) -> str:
    body, has_lead = KINDS[name]
    lead = rf"(?:(?P<{name}_lead>since|until|till|by|before|after|from|as of)\s+(?:early on\s+)?)?" if has_lead else ""
    return f"(?P<{name}>{lead}{body})"


# What any of the patterns can begin with: most words of a text are none of these and spare the search the rest.
# The last three are letters that a search without regard to case takes for an s or an i.
FIRST = (
    r"\d|a(?:n?\s|bout|lmost|fter|s\s|t\s|pr|ug)|b(?:y\s|efore|etween)|c(?:ouple|oming|urrently)|d(?:uring|ec)"
    r"|e(?:ar|ight|leven)|f(?:ew|ive|our|oll|or\s|rom|eb|ri|all)|i(?:n\s|ts\s+\d)|his\s+\d|j(?:an|u[nl])"
    r"|l(?:ast|at)|m(?:ore|id|a[ry]|on)|n(?:ine|ext|early|ov)|o(?:ne\s|n\s|ver|f\s+\d|ct)|p(?:ast|rev)|r(?:ight|ec)"
    r"|s(?:ome\s|ame|eve|ix|ince|oon|hort|pring|ummer|ep|atur|un)|t(?:wo|hree|en\s|welve|ill|his\s|hat\s|od|om|on|ues|hurs)"
    r"|the\s+(?:\d|start|begin|mid|end|spr|sum|aut|fall|win|prev|next|foll|same|past|com|day)|until|w(?:ithin|inter|ednes)"
    r"|autumn|yesterday|[ſİı]"
)
_ANY = "(?:" + "|".join(_group(name) for name in KINDS) + ")"
PATTERN = re.compile(rf"(?<![\w$€£-])(?={FIRST}){_ANY}", re.IGNORECASE)
