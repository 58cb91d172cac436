"""Which addresses of machines may be connected to: what lies on the own network is not for all.

A feed is outside text. One that redirects to ``http://127.0.0.1:631/`` would have us knock on doors
that only this machine can reach, so such addresses are for feeds alone that the user typed himself
and that are themselves on them.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

_PRIVATE = tuple(
    ip_network(network)
    for network in (
        # RFC 6890 and what it is made from: this host, private use, shared, loopback, link-local,
        # protocol assignments, multicast, reserved.
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "224.0.0.0/4", "240.0.0.0/4",
        # Unspecified, loopback, local in three ways, multicast.
        "::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
"""198.18.0.0/15 is not among them: some proxies let every name resolve to addresses in it."""

_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("::/96"))
"""IPv6 addresses whose last four bytes are an IPv4 address (RFC 6052, RFC 4291)."""


def is_private(address: str) -> bool:
    """Tell whether a numeric address is on this machine, or on a network of its own."""
    ip = _plain(ip_address(address))
    return any(ip in network for network in _PRIVATE if network.version == ip.version)


def names_private(host: str) -> bool:
    """Tell whether a host is private by what it is called, be it in an unusual notation.

    What a name resolves to is not looked up.
    """
    host = host.rstrip(".").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        # 127.1, 0x7f.1 and 2130706433 are one address.
        return is_private(socket.inet_ntoa(socket.inet_aton(host)))
    except OSError:
        pass
    try:
        return is_private(host)
    except ValueError:
        return False


def _plain(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address stands for, or else the address itself."""
    if isinstance(ip, IPv4Address) or ip in _PRIVATE_SIX:
        return ip
    if ip.ipv4_mapped:
        return ip.ipv4_mapped
    if ip.sixtofour:
        return ip.sixtofour
    if any(ip in network for network in _TRANSLATED):
        return IPv4Address(ip.packed[-4:])
    return ip


_PRIVATE_SIX = (IPv6Address("::"), IPv6Address("::1"))
