"""
What a link costs: `enrich check` beside other link checkers, over one catalogue and one server.

    python -m benchmarks.links
    python -m benchmarks.links --links 5000 --latency 50 --in-flight 100 --cores 1 2 --tls

250 hosts, 88 % of the links work, 5 % redirect, 2 % refuse HEAD, 5 % are gone. Each tool
is run as it is installed, first cold, then again with what it remembers, on so many of
the cores; the tools take turns. The server and this program have all cores, so a tool
that has all of them shares them.

The hosts have names and public addresses, so that no tool must be told to ask private
ones: the program moves into Linux namespaces of its own, with a network that leads
nowhere, whose loopback has these addresses, and an /etc/hosts that has these names.
"""

from __future__ import annotations

import argparse
import compileall
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from benchmarks.link_server import PROCESSES, Serving, serving
from benchmarks.link_tools import ROOT, Measured, Tool, counted, environment, make_cold, run, tools

HOSTS = tuple(f"www.host{number}.org" for number in range(1, 251))
NETWORK = "11.0.0"
"""The hosts' addresses begin so; they exist in the namespace only."""
_INSIDE = "BENCHMARK_NETWORK"
LINKS_PER_ENTRY = 4
RECHECK_S = 2.0
"""Between enrich's two looks at a page that is gone, where nothing else is left to ask: so it ends a run."""
Row: TypeAlias = tuple[str, str, int]
"""A tool, `cold` or `warm`, and the cores that it had."""
FATES = ("ok",) * 88 + ("moved",) * 5 + ("no-head",) * 2 + ("gone",) * 5


def main() -> None:
    chosen = _arguments()
    if (code := in_own_network("benchmarks.links")) is not None:
        sys.exit(code)
    found, missing = tools()
    for sentence in missing:
        print(sentence, file=sys.stderr)
    found = [tool for tool in found if not chosen.only or tool.name in chosen.only.split(",")]
    compileall.compile_dir(str(ROOT / "enrich"), quiet=2)  # as an installer does
    print(
        f"{_cores()} cores for the tool, {PROCESSES} server processes and this program; "
        f"{len(HOSTS)} hosts, {'https' if chosen.tls else 'http'}, median of {chosen.repeat}; "
        "× of lychee's on as many cores, ×all of lychee's on all"
    )
    for links in chosen.links:
        for latency_ms in chosen.latency:
            for in_flight in chosen.in_flight:
                _compare(found, links, latency_ms, in_flight, chosen)


def in_own_network(module: str) -> int | None:
    """
    Runs *module*, this program, again where the hosts are, for its exit code; there this is None.

    Needs `unshare`, `mount` and `ip`, and no rights.
    """
    if _INSIDE in os.environ:
        return None
    prepare = f'ip link set lo up && ip address add {NETWORK}.1/24 dev lo && mount --bind "$0" /etc/hosts'
    again = [sys.executable, "-m", module, *sys.argv[1:]]
    with tempfile.NamedTemporaryFile("w", suffix=".hosts") as hosts:
        hosts.write("127.0.0.1 localhost\n")
        hosts.writelines(f"{NETWORK}.{number} {host}\n" for number, host in enumerate(HOSTS, 1))
        hosts.flush()
        command = ["unshare", "--user", "--map-root-user", "--net", "--mount"]
        command += ["sh", "-c", f'{prepare} && exec "$@"', hosts.name, *again]
        try:
            return subprocess.run(command, env=os.environ | {_INSIDE: "1"}, check=False).returncode
        except FileNotFoundError:
            print("`unshare` is missing: this needs Linux, util-linux and iproute2", file=sys.stderr)
            return 2


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.links")
    parser.add_argument("--links", type=int, nargs="+", default=[5_000, 20_000])
    parser.add_argument("--latency", type=int, nargs="+", default=[0, 50, 200], help="milliseconds")
    parser.add_argument("--in-flight", type=int, nargs="+", default=[100, 256])
    parser.add_argument("--cores", type=int, nargs="+", default=[1, _cores()], help="for the tool")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--only", help="names of tools, separated by commas")
    parser.add_argument("--keep", type=Path, help="a folder for what the tools said")
    return parser.parse_args()


def _compare(
    found: list[Tool], links: int, latency_ms: int, in_flight: int, chosen: argparse.Namespace
) -> None:
    print(f"\n{links:,} links, {latency_ms} ms, {in_flight} in flight")
    print(
        f"{'':>16} {'cores':>5} {'seconds':>8} {'links/s':>8} {'×':>6} {'×all':>6} "
        f"{'CPU s/1,000':>11} {'×':>6} {'MiB':>6} {'×':>6} {'requests':>9} {'exit':>4}"
    )
    with tempfile.TemporaryDirectory() as scratch:
        certificate = _certificate(Path(scratch)) if chosen.tls else None
        trusted = {"SSL_CERT_FILE": f"{scratch}/ca.pem"} if chosen.tls else {}
        with serving(latency_ms / 1000, certificate) as server:
            scheme = "https" if chosen.tls else "http"
            rows: dict[Row, list[Measured]] = {}
            turns = itertools.product(range(chosen.repeat), sorted(set(chosen.cores)), found)
            for turn, cores, tool in turns:
                folder = Path(scratch, f"{tool.name}-{cores}-{turn}")
                write_catalogue(folder, links, f"{scheme}://{{host}}:{server.port}")
                base = f"{scheme}://{HOSTS[0]}:{server.port}"
                for run_name, measured in _runs(
                    tool, folder, cores, in_flight, base, trusted, server, chosen
                ):
                    rows.setdefault((tool.name, run_name, cores), []).append(measured)
                shutil.rmtree(folder)
    _show(rows, links)


def _runs(
    tool: Tool,
    folder: Path,
    cores: int,
    in_flight: int,
    base: str,
    trusted: dict[str, str],
    server: Serving,
    chosen: argparse.Namespace,
) -> list[tuple[str, Measured]]:
    make_cold(tool, folder)
    log_folder = chosen.keep or folder.parent
    log_folder.mkdir(parents=True, exist_ok=True)
    told = []
    for name in ("cold", "warm") if tool.warm is not None else ("cold",):
        before = server.requests
        log = log_folder / f"{folder.name}-{name}.log"
        filled_in = {"in_flight": str(in_flight), "server": base}
        measured = run(tool, folder, cores, filled_in, environment(**trusted), log)
        told.append((name, counted(measured, server.requests - before)))
    return told


def _show(rows: dict[Row, list[Measured]], links: int) -> None:
    medians = {row: _median(measured) for row, measured in rows.items()}
    most = max(cores for _, _, cores in medians)
    for (tool, name, cores), one in sorted(medians.items(), key=lambda row: row[0][2]):
        same, whole = medians.get(("lychee", name, cores)), medians.get(("lychee", name, most))
        _line(f"{tool} {name}", cores, one, same, whole, links)
        if (tool, name) == ("enrich", "cold"):
            # The last page that is gone is looked at again when nothing else is left to do.
            _line("… but 2 s", cores, replace(one, seconds=one.seconds - RECHECK_S), same, whole, links)


def _line(
    name: str, cores: int, one: Measured, same: Measured | None, whole: Measured | None, links: int
) -> None:
    rate, cpu = links / one.seconds, 1000 * one.cpu_s / links
    ratios = ("", "", "", "")
    if same is not None and whole is not None:
        ratios = (
            f"×{same.seconds / one.seconds:.2f}",
            f"×{whole.seconds / one.seconds:.2f}",
            f"×{one.cpu_s / same.cpu_s:.2f}",
            f"×{one.peak_mib / same.peak_mib:.2f}",
        )
    print(
        f"{name:>16} {cores:>5} {one.seconds:>8.2f} {rate:>8,.0f} {ratios[0]:>6} {ratios[1]:>6} "
        f"{cpu:>11.2f} {ratios[2]:>6} {one.peak_mib:>6.0f} {ratios[3]:>6} {one.requests:>9,} {one.code:>4}",
        flush=True,
    )


def _median(measured: list[Measured]) -> Measured:
    return sorted(measured, key=lambda one: one.seconds)[len(measured) // 2]


def write_catalogue(folder: Path, links: int, base: str) -> None:
    """Entries with *links* links in their text, each on a host by chance; always the same."""
    chance = random.Random(1)
    entries = folder / "entries"
    entries.mkdir(parents=True)
    (folder / "enrich.toml").write_text('[catalogue]\ninclude = ["entries/*.md"]\n', encoding="utf-8")
    addresses = []
    for number in range(links):
        base_url = base.format(host=chance.choice(HOSTS))
        addresses.append(f"{base_url}/{chance.choice(FATES)}/{number}")
    for start in range(0, links, LINKS_PER_ENTRY):
        text = [f"---\ntitle: Entry {start}\nyear: 2024\n---\n\nAn entry has a text of some length.\n\n"]
        text += [f"- [link]({address})\n" for address in addresses[start : start + LINKS_PER_ENTRY]]
        (entries / f"entry{start}.md").write_text("".join(text), encoding="utf-8")


def _certificate(folder: Path) -> Path:
    """A certificate for all hosts, and beside it `ca.pem`, which signed it."""
    import trustme  # noqa: PLC0415 - only where it is wanted

    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    leaf = authority.issue_cert(*HOSTS)
    leaf.private_key_and_cert_chain_pem.write_to_path(str(folder / "server.pem"))
    return folder / "server.pem"


if __name__ == "__main__":
    main()
