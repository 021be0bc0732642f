"""Fates of links that lead elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.internet.named_fates import PAGE, Site, fate, host_of
from tests.internet.replies import OK, Fate, redirect, status

if TYPE_CHECKING:
    from tests.internet.traffic import Request

_MOST_HOPS = 8


def _cookie_wanted(request: Request) -> Fate:
    return (
        OK
        if request.cookies.get("visited") == "1"
        else redirect(PAGE, 302, ("Set-Cookie", "visited=1; Path=/"))
    )


def _cookie_never_enough(_: Request) -> Fate:
    return redirect(PAGE, 302, ("Set-Cookie", "visited=1; Path=/"))


def _upgraded(request: Request) -> Fate:
    return OK if request.scheme == "https" else redirect(f"https://{request.host}{PAGE}", 301)


def _downgraded(request: Request) -> Fate:
    return OK if request.scheme == "http" else redirect(f"http://{request.host}{PAGE}", 302)


def _hops(count: int, code: int) -> tuple[tuple[str, Fate], ...]:
    """Pages `/1` to the one that *count* hops from the first page lead to."""
    steps = ((f"/{step}", redirect(f"/{step + 1}", code)) for step in range(1, count))
    return (*steps, (f"/{count}", OK))


_NEW = (("/new", OK),)
_RELATIVE = "Location is relative to the address that was asked."

REDIRECTS = (
    fate("moved-301", "moved", "301", "Permanent, and the end is fine.", redirect("/new", 301), more=_NEW),
    fate("moved-308", "moved", "308", "Permanent, the method kept.", redirect("/new", 308), more=_NEW),
    fate(
        "found-302",
        "redirected",
        "302",
        "For now only; the address stays as it is.",
        redirect("/new", 302),
        more=_NEW,
    ),
    fate("see-other-303", "redirected", "303", "Never permanent.", redirect("/new", 303), more=_NEW),
    fate("temporary-307", "redirected", "307", "Says so itself.", redirect("/new", 307), more=_NEW),
    fate("relative", "moved", "301", _RELATIVE, redirect("new", 301), more=_NEW),
    fate("dot-segments", "moved", "301", _RELATIVE, redirect("../x/../new", 301), more=_NEW),
    fate(
        "scheme-relative",
        "moved",
        "301",
        _RELATIVE,
        redirect(f"//{host_of('scheme-relative')}/new", 301),
        more=_NEW,
    ),
    fate("query-only", "redirected", "302", _RELATIVE, redirect("?v=2"), more=((f"{PAGE}?v=2", OK),)),
    fate(
        "location-with-space",
        "redirected",
        "302",
        "Location is no URL, yet every browser follows it: a space is %20.",
        redirect("/a new page"),
        more=(("/a%20new%20page", OK),),
    ),
    fate(
        "location-in-utf-8",
        "redirected",
        "302",
        "Bytes above ASCII in Location are UTF-8 and are percent-encoded.",
        redirect("/neu/päper"),
        more=(("/neu/p%C3%A4per", OK),),
    ),
    fate(
        "permanent-chain", "moved", "301", "Every hop is permanent.", redirect("/1", 301), more=_hops(3, 308)
    ),
    fate(
        "mixed-chain",
        "redirected",
        "301",
        "One hop is not permanent, so neither is the way.",
        redirect("/1", 301),
        more=_hops(2, 302),
    ),
    fate(
        "eight-hops",
        "redirected",
        "302",
        "As many hops as are followed.",
        redirect("/1"),
        more=_hops(_MOST_HOPS, 302),
    ),
    fate(
        "nine-hops",
        "unverified: blocked",
        "302",
        "One more than is followed; whether it ends nobody knows.",
        redirect("/1"),
        more=_hops(_MOST_HOPS + 1, 302),
    ),
    fate(
        "loop",
        "unverified: blocked",
        "302",
        "Two pages that show to each other.",
        redirect("/b"),
        more=(("/b", redirect(PAGE)),),
    ),
    fate("loop-on-itself", "unverified: blocked", "301", "A page that shows to itself.", redirect(PAGE, 301)),
    fate(
        "cookie-wanted",
        "redirected",
        "302",
        "With the cookie it sets on the way the page is there.",
        _cookie_wanted,
    ),
    fate("cookie-never-enough", "unverified: blocked", "302", "A loop, cookie or not.", _cookie_never_enough),
    fate(
        "to-another-host",
        "moved",
        "301",
        "Permanent, and another host is fine too.",
        redirect(f"https://new.{host_of('to-another-host')}/paper", 301),
        elsewhere=(Site(f"new.{host_of('to-another-host')}", ((PAGE, OK),)),),
    ),
    fate(
        "to-a-refusing-host",
        "unverified: blocked",
        "302",
        "The end of the way refuses, so the link is not verified.",
        redirect(f"https://new.{host_of('to-a-refusing-host')}/paper"),
        elsewhere=(Site(f"new.{host_of('to-a-refusing-host')}", ((PAGE, status(403)),)),),
    ),
    fate(
        "to-the-limit",
        "unverified: rate-limited",
        "302",
        "The end of the way is a 429.",
        redirect("/new"),
        more=(("/new", status(429)),),
    ),
    fate(
        "to-home",
        "redirected",
        "302",
        "The front page is fine; that it is not the page meant is a finding (LNK104).",
        redirect("/"),
        more=(("/", OK),),
        finds="LNK104",
    ),
    fate(
        "to-https",
        "moved",
        "301",
        "Permanent; the usual way of a host that learned TLS.",
        _upgraded,
        scheme="http",
        finds="LNK110",
    ),
    fate("to-http", "redirected", "302", "From https to http: followed, and noted.", _downgraded),
    fate(
        "to-gone",
        "broken",
        "302",
        "The end of the way is a 410.",
        redirect("/new"),
        more=(("/new", status(410)),),
    ),
)
