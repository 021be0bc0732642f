"""The catalogue of fates: that each is met as it is documented."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import httpx
import pytest

from tests.internet import FATES, UNDECIDED, Internet, NamedFate
from tests.internet.clients import IMPATIENT_S, PATIENT_S, client, seen
from tests.internet.named_fates import Reason, Status

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def museum() -> Iterator[Internet]:
    with Internet(fates=True) as running:
        yield running


@pytest.mark.parametrize("fate", [*FATES, *UNDECIDED], ids=lambda fate: fate.name)
def test_a_fate_is_seen_as_it_is_documented(museum: Internet, fate: NamedFate) -> None:
    assert seen(museum, fate.url, expected=fate.seen) in fate.seen


@pytest.mark.parametrize(
    "fate", [fate for fate in (*FATES, *UNDECIDED) if fate.head is not None], ids=lambda fate: fate.name
)
def test_a_head_meets_the_fate_that_is_documented_for_it(museum: Internet, fate: NamedFate) -> None:
    assert fate.head is not None
    expected = tuple(fate.head.split("|"))
    assert seen(museum, fate.url, "HEAD", expected=expected) in expected


def test_the_catalogue_uses_the_words_of_the_surface_and_no_name_twice() -> None:
    catalogue = (*FATES, *UNDECIDED)

    assert len(FATES) >= 40
    assert len({fate.name for fate in catalogue}) == len({fate.url for fate in catalogue}) == len(catalogue)
    assert {fate.status for fate in catalogue} <= set(get_args(Status))
    assert {fate.reason for fate in catalogue} - {None} == set(get_args(Reason))
    assert all((fate.status == "unverified") == (fate.reason is not None) for fate in catalogue)
    assert all(fate.why.endswith(".") for fate in catalogue)
    assert {fate.verdict for fate in FATES if fate.name in ("fine", "loop")} == {"ok", "unverified: blocked"}


_WAYS = [fate for fate in FATES if fate.seen[0].startswith("3") and fate.status in ("moved", "redirected")]


@pytest.mark.parametrize("fate", _WAYS, ids=lambda fate: fate.name)
def test_a_redirect_that_ends_well_has_the_hops_its_verdict_says(fate: NamedFate) -> None:
    with Internet(fates=True) as internet, client(internet) as asker:
        asker.follow_redirects, asker.max_redirects = True, 8
        answer = asker.get(fate.url)

    codes = {hop.status_code for hop in answer.history}
    assert answer.status_code == 200
    assert (fate.status == "moved") == (codes <= {301, 308})


@pytest.mark.parametrize("name", ["loop", "loop-on-itself", "cookie-never-enough", "nine-hops"])
def test_a_redirect_without_an_end_has_more_than_eight_hops(museum: Internet, name: str) -> None:
    url = next(fate.url for fate in FATES if fate.name == name)

    with client(museum) as asker:
        asker.follow_redirects, asker.max_redirects = True, 8
        with pytest.raises(httpx.TooManyRedirects):
            asker.get(url)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("reset-in-body", httpx.TransportError),
        ("short-body", httpx.RemoteProtocolError),
        ("hang-in-body", httpx.ReadTimeout),
        ("unended-chunks", httpx.RemoteProtocolError),
        ("bad-chunks", httpx.RemoteProtocolError),
        ("not-gzip", httpx.DecodingError),
    ],
)
def test_a_body_that_goes_wrong_goes_wrong_after_the_status(
    museum: Internet, name: str, error: type[Exception]
) -> None:
    url = next(fate.url for fate in FATES if fate.name == name)

    with (
        client(museum, IMPATIENT_S if error is httpx.ReadTimeout else PATIENT_S) as asker,
        asker.stream("GET", url) as response,
    ):
        assert response.status_code == 200
        with pytest.raises(error):
            response.read()


def test_an_endless_body_has_no_end(museum: Internet) -> None:
    with client(museum) as asker, asker.stream("GET", "https://endless-body.fates.example/paper") as response:
        read = 0
        for piece in response.iter_raw():
            read += len(piece)
            if read > 5 << 20:
                break

    assert read > 5 << 20


def test_a_gzip_bomb_is_small_on_the_wire_and_large_behind_it(museum: Internet) -> None:
    with client(museum) as asker, asker.stream("GET", "https://gzip-bomb.fates.example/paper") as response:
        packed = int(response.headers["content-length"])
        unpacked = sum(map(len, response.iter_bytes()))

    assert packed < 1 << 20
    assert unpacked == 64 << 20


def test_a_body_for_a_head_spoils_the_connection_and_not_the_page(museum: Internet) -> None:
    url = next(fate.url for fate in FATES if fate.name == "head-with-body")

    with client(museum) as asker:
        assert asker.head(url).status_code == 200
        with pytest.raises(httpx.RemoteProtocolError, match="illegal status line"):
            asker.get(url)
        assert asker.get(url).status_code == 200
