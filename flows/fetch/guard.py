"""Which addresses may be reached at all: public ones only (protection against server-side request forgery).

The check is made twice: on every resolved address before connecting, and on the peer of the connected socket
before a byte is sent, so that a name which resolves differently the second time gains nothing. The lists follow
the IANA special-purpose registries (RFC 6890 and its updates). Here no request is made and no policy of a site read.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_FORBIDDEN_V4 = [
    ip_network(n)
    for n in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT; Alibaba's metadata service too
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's host service: a public number that is not public
        "169.254.0.0/16",  # link-local; the metadata service of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]
# Only 2000::/3 is handed out as public; inside it these are not.
_PUBLIC_V6 = ip_network("2000::/3")
_FORBIDDEN_V6 = [ip_network(n) for n in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
_NAT64 = ip_network("64:ff9b::/96")


class ForbiddenAddressError(Exception):
    """The address is not a public one. Deliberately no OSError: no library may take it for a passing failure."""


def is_allowed(address: str, allow_loopback: bool = False) -> bool:
    """True for a public unicast address (IPv4 or IPv6 text form, a zone is ignored); loopback only when allowed."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        embedded = ip.ipv4_mapped
        if embedded is None and ip in _NAT64:
            embedded = IPv4Address(int(ip) & 0xFFFFFFFF)
        if embedded is not None:
            return is_allowed(str(embedded), allow_loopback)
        if ip.is_loopback:
            return allow_loopback
        return ip in _PUBLIC_V6 and not any(ip in network for network in _FORBIDDEN_V6)
    if ip.is_loopback:
        return allow_loopback
    return not any(ip in network for network in _FORBIDDEN_V4)


class Guard:
    """Opens connections to allowed addresses only. `connect_to` maps a host to address:port (the sample newsroom)."""

    def __init__(self, allow_loopback: bool = False, connect_to: dict[str, str] | None = None) -> None:
        self.allow_loopback = allow_loopback
        self.connect_to = {k.lower(): v for k, v in (connect_to or {}).items()} if allow_loopback else {}

    def connect(self, host: str, port: int, timeout: float) -> socket.socket:
        """A connected, checked TCP socket. Raises ForbiddenAddressError, or OSError when nothing answers.

        `timeout` in seconds is for each address; how long a name may take to resolve is the system's setting.
        """
        host = host.strip("[]").rstrip(".").lower()
        mapped = self.connect_to.get(host)
        if mapped:
            host, _, mapped_port = mapped.rpartition(":")
            port = int(mapped_port)
        refused: str | None = None
        failure: OSError | None = None
        for family, kind, protocol, _, place in socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM):
            if not is_allowed(str(place[0]), self.allow_loopback):
                refused = str(place[0])
                continue
            try:
                return self._open(family, kind, protocol, place, timeout)
            except OSError as error:
                failure = error
        if failure is not None:
            raise failure
        if refused is not None:
            raise ForbiddenAddressError(f"{host} is {refused}")
        raise OSError(f"{host} has no address")

    def _open(self, family: int, kind: int, protocol: int, place: tuple[object, ...], timeout: float) -> socket.socket:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(timeout)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.connect(place)
            peer = str(sock.getpeername()[0])
            if not is_allowed(peer, self.allow_loopback):
                raise ForbiddenAddressError(f"connected to {peer}")
        except BaseException:
            sock.close()
            raise
        return sock
