"""Canonical addresses: what joins, what must not, and that a second pass changes nothing."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.discover import urls
from flows.discover.urls import canonical_url


@pytest.mark.parametrize(
    ("variant", "canonical"),
    [
        ("HTTPS://Example.COM/News/Story", "https://example.com/News/Story"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("http://example.com:80/a/", "http://example.com/a"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://example.com/a#comments", "https://example.com/a"),
        ("https://example.com/a?utm_source=x&utm_medium=y&fbclid=z&id=7", "https://example.com/a?id=7"),
        ("https://example.com/a?b=2&a=1", "https://example.com/a?a=1&b=2"),
        ("https://example.com/a?traffic_source=rss", "https://example.com/a"),
        ("https://example.com/story/amp/", "https://example.com/story"),
        ("https://example.com/amp/world/story", "https://example.com/world/story"),
        ("https://amp.example.com/world/story", "https://example.com/world/story"),
        ("https://example.com/story.amp.html", "https://example.com/story.html"),
        ("https://example.com/story?outputType=amp", "https://example.com/story"),
        ("https://example.com/a/index.html", "https://example.com/a"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com//a//b/../c/./d", "https://example.com/a/c/d"),
        ("https://example.com/%7euser/%e2%82%ac", "https://example.com/~user/%E2%82%AC"),
        ("https://приклад.example/стаття", "https://xn--80aikifvh.example/%D1%81%D1%82%D0%B0%D1%82%D1%82%D1%8F"),
        ("  https://example.com/a\n", "https://example.com/a"),
        ("https://example.com./a", "https://example.com/a"),
        ("https://example.com/a;jsessionid=AB12", "https://example.com/a"),
    ],
)
def test_variants_of_one_address(variant: str, canonical: str) -> None:
    assert canonical_url(variant) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a?id=1", "https://example.com/a?id=2"),
        ("https://example.com/a?page=2", "https://example.com/a"),
        ("https://example.com/A", "https://example.com/a"),
        ("https://www.example.com/a", "https://example.com/a"),
        ("http://example.com/a", "https://example.com/a"),
        ("https://example.com/camp", "https://example.com/c"),
        ("https://example.com/amplify", "https://example.com/lify"),
        ("https://example.com/amp", "https://example.com/"),
    ],
)
def test_different_addresses_stay_different(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


BAD = [
    "",
    "x",
    "ftp://a.example/",
    "http://",
    "https:///a",
    "javascript:alert(1)",
    "http://u:p@a.example/",
    "http://[::1",
]


@pytest.mark.parametrize("url", [*BAD, "http://a b.example/", "http://a.example:0/", "http://a.example/" + "x" * 3000])
def test_what_is_no_address_is_none(url: str) -> None:
    assert canonical_url(url) is None


segments = st.text("abcAMPindex.html-_~%2fF0;=:@!é €/", max_size=12)
queries = st.text("abutm_source=&%20+?/é;", max_size=30)
addresses = st.builds(
    "{}://{}{}/{}?{}#{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(
        ["example.com", "Amp.Example.com", "xn--80aikifvh.example", "приклад.example", "[2606:4700::1]", "1.2.3.4"]
    ),
    st.sampled_from(["", ":80", ":443", ":8080", ":"]),
    st.lists(segments, max_size=5).map("/".join),
    queries,
    segments,
)


@given(addresses)
def test_it_is_idempotent(url: str) -> None:
    once = canonical_url(url)
    if once is not None:
        assert canonical_url(once) == once
        parts = urlsplit(once)
        assert not parts.fragment
        assert once.isascii()


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    once = canonical_url(text)
    assert once is None or canonical_url(once) == once


plain = st.lists(st.text("abz09AMP-_inexdhtml.", min_size=1, max_size=9), min_size=1, max_size=4).map("/".join)


@given(st.sampled_from(["http", "https"]), plain)
def test_the_short_cut_gives_what_the_rules_give(scheme: str, path: str) -> None:
    url = f"{scheme}://news.example.com/{path}"
    if urls._PLAIN.fullmatch(url):
        assert urls._once(url) == url
