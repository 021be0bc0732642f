"""
DOIs that name preprints: never the DOI of a published version.

By prefix and form, for some servers register their preprints as journal articles
(SSRN), and some share a prefix with a publisher (10.1101 is that of *Genome Research* too).

Source: the servers' entries in https://api.crossref.org/prefixes and https://api.datacite.org/prefixes
"""

from __future__ import annotations

from enrich.patterns import pattern

_PREPRINT = pattern(
    r"10\.(?:"
    r"48550/arxiv\."
    r"|1101/(?:[0-9]{4}\.[0-9]{2}\.[0-9]{2}\.)?[0-9]{6,8}(?:v[0-9]+)?\Z"  # bioRxiv, medRxiv
    r"|64898/"  # both since they left Cold Spring Harbor
    r"|2139/ssrn\."
    r"|21203/rs\."
    r"|(?:31219|31234|31235|35542|31222|31223|31224|31225|31226|31227|31228|31229|31230|31231|31232|31233"
    r"|31236|31237|31730|33767)/(?:osf\.io/|x[0-9])"
    r"|20944/preprints"
    r"|26434/chemrxiv"
    r"|36227/techrxiv"
    r"|22541/(?:au|essoar)\."
    r"|1002/essoar\."
    r"|7287/peerj\.preprints"
    r"|51094/jxiv"
    r"|33774/"
    r"|32388/"
    r")"
)


def is_preprint_doi(doi: str) -> bool:
    """
    Whether *doi*, in its canonical spelling, is one that a preprint server gives.

    >>> is_preprint_doi("10.2139/ssrn.2250500"), is_preprint_doi("10.1101/gr.123456.111")
    (True, False)
    """
    return _PREPRINT.match(doi) is not None
