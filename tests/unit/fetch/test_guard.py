"""Which addresses are public. Detects a gap in the lists; what happens on sockets is in integration."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.guard import Guard, is_allowed

FORBIDDEN = """
0.0.0.0 0.1.2.3 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.8.8.8 168.63.129.16 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.192 192.168.0.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 255.255.255.255
:: ::1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::10.0.0.1 64:ff9b::a00:1 64:ff9b:1::1
fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 ff02::1 2001::1 2001:db8::1 2002:a00:1::1 3fff::1 100::1
nonsense 1.2.3
"""
PUBLIC = """
1.1.1.1 8.8.8.8 93.184.216.34 172.15.0.1 172.32.0.1 100.63.0.1 2606:4700::1111 64:ff9b::808:808 ::ffff:8.8.8.8
"""


@pytest.mark.parametrize("address", FORBIDDEN.split())
def test_special_addresses_are_forbidden(address: str) -> None:
    assert not is_allowed(address)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_are_allowed(address: str) -> None:
    assert is_allowed(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
def test_loopback_opens_by_setting_and_nothing_else_does(address: str) -> None:
    assert is_allowed(address, allow_loopback=True)
    assert not is_allowed("10.0.0.1", allow_loopback=True)
    assert not is_allowed("169.254.169.254", allow_loopback=True)


@given(st.integers(0, 2**32 - 1))
def test_a_mapped_address_is_judged_as_the_address_it_maps(number: int) -> None:
    plain = str(IPv4Address(number))
    assert is_allowed(plain) == is_allowed(f"::ffff:{plain}")


@given(
    st.sampled_from(["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"]),
    st.integers(0),
)
def test_no_address_of_a_private_network_is_allowed(network: str, number: int) -> None:
    net = ip_network(network)
    assert not is_allowed(str(net[number % net.num_addresses]))


def test_connect_to_counts_only_where_loopback_is_open() -> None:
    assert Guard(allow_loopback=False, connect_to={"a.example": "127.0.0.1:80"}).connect_to == {}
    assert Guard(allow_loopback=True, connect_to={"A.Example": "127.0.0.1:80"}).connect_to == {
        "a.example": "127.0.0.1:80"
    }
