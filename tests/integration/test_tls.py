"""TLS through the guard: certificates are verified, deadlines hold inside TLS, the mapped host keeps its name."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.fetch.client import FetchClient
from flows.fetch.page import Page
from flows.outcomes import Outcome
from flows.settings import Settings
from tests.fixtures.hostile import HostileServer, Visit

x509 = pytest.importorskip("cryptography.x509", reason="cryptography (a dependency of Prefect) makes the certificate")

PAGE = b"<html><head><title>T</title></head><body>one</body></html>"


def certificate(folder: Path, host: str) -> Path:
    """A self-signed certificate for `host`, with its key, in one PEM file."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{host}.pem"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[HostileServer, Path]]:
    pem = certificate(tmp_path, "a.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with HostileServer(context) as running:
        running.routes["/x"] = lambda v: v.reply(PAGE)
        yield running, pem


def client(server: HostileServer, tmp_path: Path, trusted: Path | None = None) -> FetchClient:
    hosts = dict.fromkeys(("a.example", "b.example"), f"127.0.0.1:{server.port}")
    made = FetchClient(
        Settings(
            data_dir=tmp_path,
            allow_loopback=True,
            connect_to=hosts,
            host_delay_seconds=0,
            fetch_retries=0,
            first_byte_seconds=0.8,
            total_seconds=1.2,
            read_tdmrep=False,
        )
    )
    if trusted is not None:
        made._transport._session.verify = str(trusted)
    return made


def test_an_unknown_certificate_is_a_tls_failure_and_nothing_is_asked(
    server: tuple[HostileServer, Path], tmp_path: Path
) -> None:
    running, _ = server
    with client(running, tmp_path) as strict:
        result = strict.fetch("https://a.example/x")
    assert isinstance(result, Outcome)
    assert result.reason == "tls_failure"
    assert not running.hits


def test_a_trusted_certificate_is_read_and_one_for_another_name_is_not(
    server: tuple[HostileServer, Path], tmp_path: Path
) -> None:
    running, pem = server
    with client(running, tmp_path, pem) as trusting:
        page = trusting.fetch("https://a.example/x")
        other = trusting.fetch("https://b.example/x")
    assert isinstance(page, Page)
    assert page.body == PAGE
    assert isinstance(other, Outcome)
    assert other.reason == "tls_failure"


def test_a_drip_inside_tls_ends_at_the_deadline(server: tuple[HostileServer, Path], tmp_path: Path) -> None:
    running, pem = server

    def drip(visit: Visit) -> None:
        visit.head(200, Content_Type="text/html", Content_Length="1000")
        visit.drip(b"x" * 1000, 0.05)

    running.routes["/drip"] = drip
    started = time.monotonic()
    with client(running, tmp_path, pem) as trusting:
        result = trusting.fetch("https://a.example/drip")
    assert isinstance(result, Outcome)
    assert result.reason == "timeout"
    assert time.monotonic() - started < 4
