"""robots.txt after RFC 9309. The examples of sections 2.2.2 and 5 are among the cases."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.robots import listed_sitemaps, matches, parse_robots

SITE = "https://a.example"


def allows(text: str, path: str, agent: str = "CommuniqueBot") -> bool:
    return parse_robots(text, agent).allows(SITE + path)


def test_the_longest_match_decides_and_a_tie_allows() -> None:
    text = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\nAllow: /x\nDisallow: /x\n"
    assert [allows(text, p) for p in ("/a", "/a/b", "/a/b/c", "/x", "/y")] == [False, True, False, True, True]


def test_example_of_section_5_1() -> None:
    text = "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n"
    text += "User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n"
    text += "User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\nUser-Agent: quxbot\n"
    assert not allows(text, "/example/x", "other")
    assert not allows(text, "/pic.gif", "other")
    assert allows(text, "/publications/x", "other")
    assert allows(text, "/example/page.html", "FooBot")
    assert not allows(text, "/publications/", "foobot")
    assert not allows(text, "/example/page.html", "bazbot")
    assert allows(text, "/example/", "barbot")
    assert allows(text, "/anything", "quxbot")


def test_groups_of_the_same_agent_are_one() -> None:
    text = "User-agent: communiquebot\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\n"
    text += "User-agent: CommuniqueBot/2.1\nDisallow: /b"
    assert [allows(text, p) for p in ("/a", "/b", "/c")] == [False, False, True]


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("/foo/bar?baz=quz", "/foo/bar?baz=quz", True),
        ("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar", False),
        ("/foo/bar/\u30c4", "/foo/bar/%E3%83%84", True),
        ("/foo/bar/%E3%83%84", "/foo/bar/%e3%83%84", True),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz", True),
        ("/a%3Cd.html", "/a%3cd.html", True),
        ("/*.php$", "/x/y.php", True),
        ("/*.php$", "/x/y.php?z", False),
        ("/fish*", "/fishheads", True),
        ("/fish", "/Fish", False),
        ("*", "/anything", True),
        ("/a*b*c", "/a1b2", False),
        ("/$", "/", True),
        ("/$", "/a", False),
        ("private", "/private/x", True),
    ],
)
def test_patterns(pattern: str, path: str, expected: bool) -> None:
    assert allows(f"User-agent: *\nDisallow: {pattern}", path) is not expected


def test_comments_odd_lines_bom_and_line_ends() -> None:
    text = "\ufeffUSER-AGENT : * # all\r\nnonsense\rDISALLOW : /x # y\r\nAllow\n: z\n"
    assert not allows(text, "/x")
    assert allows(text, "/z")


def test_robots_txt_itself_is_always_allowed_and_an_empty_disallow_is_no_rule() -> None:
    assert allows("User-agent: *\nDisallow: /", "/robots.txt")
    assert allows("User-agent: *\nDisallow:", "/x")


def test_crawl_delay_of_the_own_group_counts() -> None:
    text = "User-agent: *\nCrawl-delay: 5\n\nUser-agent: CommuniqueBot\nCrawl-delay: 2.5\nDisallow: /x"
    assert parse_robots(text, "CommuniqueBot").crawl_delay == 2.5
    assert parse_robots(text, "other").crawl_delay == 5
    assert parse_robots("User-agent: *\nCrawl-delay: nan", "other").crawl_delay is None
    assert parse_robots("User-agent: *\nCrawl-delay: -1", "other").crawl_delay is None


def test_many_stars_cost_no_exponential_time() -> None:
    started = time.monotonic()
    assert not matches("/" + "*a" * 2_000 + "b", "/" + "a" * 20_000)
    assert time.monotonic() - started < 1


@given(st.text(max_size=300), st.text(max_size=50))
def test_no_text_breaks_the_parser(text: str, path: str) -> None:
    assert isinstance(parse_robots(text, "CommuniqueBot").allows(SITE + "/" + path), bool)


def test_sitemap_lines_are_found_once_each() -> None:
    text = "Sitemap: https://a.example/s.xml\nsitemap:https://a.example/t.xml # x\n"
    text += "Sitemap: https://a.example/s.xml\nSitemap: /rel"
    assert listed_sitemaps(text) == ["https://a.example/s.xml", "https://a.example/t.xml"]
