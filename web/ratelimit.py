"""May this address ask again so soon? Counted in memory, for each process its own."""

from __future__ import annotations

import ipaddress
import math
import time

from flask import Flask, request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from werkzeug.exceptions import TooManyRequests

from kb.settings import Settings

_FREE = frozenset({"static", "health.alive", "health.ready"})
_IPV6_NETWORK = 64  # bits that one household or firm has to itself


def _household(address: str) -> str:
    """Who asks: an IPv4 address, or the network of an IPv6 one.

    >>> _household("2001:db8:1:2:aaaa::1") == _household("2001:db8:1:2:bbbb::1")
    True
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, _IPV6_NETWORK), strict=False))


def init_app(app: Flask, settings: Settings) -> None:
    """Refuse what is over the limit of the settings, and say when to come back."""
    if not settings.requests_per_minute:
        return
    allowed = RateLimitItemPerMinute(settings.requests_per_minute)
    limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def check() -> None:
        if request.endpoint in _FREE:
            return
        asker = _household(request.remote_addr or "")
        if limiter.hit(allowed, asker):
            return
        reset = limiter.get_window_stats(allowed, asker).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        raise TooManyRequests(retry_after=wait)

    app.before_request(check)
