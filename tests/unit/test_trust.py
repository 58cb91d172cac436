"""Which addresses of machines are private, in all the ways in which they can be written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.feeds.trust import is_private, names_private

PRIVATE = (
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "224.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fd12::1", "fc00::1", "ff02::1", "fec0::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::192.168.0.1",
    "2002:7f00:1::", "::127.0.0.1",
)  # fmt: skip
PUBLIC = (
    "1.1.1.1", "93.184.215.14", "172.15.0.1", "172.32.0.1", "198.18.0.1", "100.128.0.1",
    "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "2002:101:101::",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_what_lies_on_the_own_network_is_private(address: str) -> None:
    assert is_private(address)
    assert names_private(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_lies_on_the_web_is_not(address: str) -> None:
    assert not is_private(address)
    assert not names_private(address)


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST", "localhost.", "a.localhost", "127.1", "0x7f.1", "0177.0.0.1", "0",
     "2130706433", "0x7f000001", "127.0.0.1.", "10.1", "3232235521"],
)  # fmt: skip
def test_unusual_notations_are_known(host: str) -> None:
    assert names_private(host)


@pytest.mark.parametrize(
    "host", ["news.example", "localhost.example", "127.example", "10.0.0.1.example", "1.1", ""]
)
def test_names_are_not_taken_for_numbers(host: str) -> None:
    assert not names_private(host)


@given(st.ip_addresses())
def test_each_address_is_one_or_the_other(address: object) -> None:
    assert is_private(str(address)) == names_private(str(address))
