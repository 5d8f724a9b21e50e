"""One run over a site on which everything is wrong: each address leaves an outcome row, the good page lands.

Detects a fault that ends a run, a subject without an outcome, and memory that grows with what a server sends.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import zlib
from pathlib import Path

import brotli

from flows.land.database import raw_database
from flows.settings import Settings
from tests.fixtures.hostile import HostileServer, Visit
from tests.fixtures.killing import page

HOST = "hostile.example"
WORKER = f"""
import sys
from functools import partial
from pathlib import Path
from flows import acquire
from flows.settings import Settings
from flows.sources.schema import Feed, Source
from tests.bench.clock import peak_mib

settings = Settings(data_dir=Path(sys.argv[1]), allow_loopback=True, host_delay_seconds=0, read_tdmrep=False,
                    connect_to={{"{HOST}": "127.0.0.1:" + sys.argv[2]}}, fetch_retries=0, backoff_seconds=0.01,
                    first_byte_seconds=5, total_seconds=8, max_wait_seconds=0.5, host_failures_before_quarantine=1000)
feeds = (Feed(url="http://{HOST}/feed", kind="rss"), Feed(url="http://{HOST}/bomb.xml", kind="rss"))
source = Source(key="outlet:hostile", name="Hostile", country=None, homepage="http://{HOST}/", domains=("{HOST}",),
                language="en", feeds=feeds, is_wire=False, is_state_media=False, timezone="UTC", verified="never")
acquire.land_while_fetching(settings, [source], "run", partial(acquire.fetch, settings, [source], "run"))
print(int(peak_mib()))
"""


def _endless(visit: Visit) -> None:
    visit.head(200, Content_Type="text/html", Transfer_Encoding="chunked")
    while not visit.stop.is_set():
        visit.send(b"10000\r\n" + b"a" * 65_536 + b"\r\n")


def _drip(visit: Visit) -> None:
    visit.head(200, Content_Type="text/html", Content_Length="100000")
    visit.drip(b"x" * 100_000, 0.05)


def _gzip_bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(300)) + packer.flush()


GOOD = page(3)
GZIP_BOMB = _gzip_bomb()
BROTLI_BOMB = brotli.compress(b"\0" * 300_000_000, quality=1)
HUGE = b"<p>" + b"a" * 50_000_000
LARGE = gzip.compress(b"<html><body>" + b"<p>The envoys met again.</p>" * 850_000, 1)
ROUTES = {
    "/drip": (_drip, "timeout"),
    "/endless": (_endless, "too_large"),
    "/gzip-bomb": (lambda v: v.reply(GZIP_BOMB, Content_Encoding="gzip"), "bomb"),
    "/brotli-bomb": (lambda v: v.reply(BROTLI_BOMB, Content_Encoding="br"), "bomb"),
    "/short": (lambda v: v.reply(GOOD, Content_Length="50000"), "truncated"),
    "/cut-gzip": (lambda v: v.reply(gzip.compress(GOOD)[:-30], Content_Encoding="gzip"), "truncated"),
    "/loop": (lambda v: v.reply(b"", 302, Location="/loop"), "too_many_redirects"),
    "/inside": (lambda v: v.reply(b"", 302, Location="http://169.254.169.254/latest/"), "filtered"),
    "/storm": (lambda v: v.reply(b"", 503), "http_error"),
    "/gone": (lambda v: v.reply(b"", 410), "gone"),
    "/garbage": (lambda v: v.send(b"\0\xff\0garbage\r\n\r\n" * 50), None),
    "/50mb": (lambda v: v.reply(HUGE), "too_large"),
    "/25mb": (lambda v: v.reply(LARGE, Content_Encoding="gzip"), "done"),
    "/invalid-utf-8": (lambda v: v.reply(GOOD.replace(b"boats", b"bo\xff\xfeats")), "done"),
    "/nul": (lambda v: v.reply(GOOD.replace(b"part 3", b"part\0 33")), "done"),
    "/charset": (lambda v: v.reply(page(5), Content_Type="text/html; charset=no-such"), "done"),
    "/good": (lambda v: v.reply(page(7)), "done"),
}


def test_a_run_over_a_hostile_site_completes_in_bounds(tmp_path: Path) -> None:
    with HostileServer() as server:
        items = "".join(f"<item><guid>x</guid><link>http://{HOST}{path}</link></item>" for path in ROUTES)
        feed = f"<rss version='2.0'><channel><title>\xe9</title>{items}</channel></rss>".encode("latin-1")
        server.routes.update({path: route for path, (route, _) in ROUTES.items()})  # type: ignore[misc]
        server.routes["/feed"] = lambda v: v.reply(feed, Content_Type="application/rss+xml")
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel>&b;</channel></rss>'
        server.routes["/bomb.xml"] = lambda v: v.reply(bomb, Content_Type="application/xml")
        line = [sys.executable, "-c", WORKER, str(tmp_path), str(server.port)]
        done = subprocess.run(line, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[-1]) < 1024, "MiB at the peak"
    with raw_database(Settings(data_dir=tmp_path), read_only=True) as connection:
        reasons = dict(connection.execute("select subject, reason from outcomes where stage = 'fetch'").fetchall())
        cleaned = dict(connection.execute("select subject, reason from outcomes where stage = 'clean'").fetchall())
        listed = connection.execute("select reason from outcomes where stage = 'discover' order by all").fetchall()
        landed = {row[0] for row in connection.execute("select url from documents").fetchall()}
    assert sorted(reasons) == sorted(f"http://{HOST}{path}" for path in ROUTES)
    for path, (_, reason) in ROUTES.items():
        assert reason is None or reasons[f"http://{HOST}{path}"] == reason, path
    assert ("bad_feed",) in listed
    fetched = {subject for subject, reason in reasons.items() if reason == "done"}
    assert set(cleaned) == fetched
    assert {f"http://{HOST}{path}" for path in ("/good", "/nul", "/charset", "/invalid-utf-8")} <= landed
