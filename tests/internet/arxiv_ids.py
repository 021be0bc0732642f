"""
Which strings arXiv's API takes for identifiers: it searches for one inside, it does not match the whole.

Pure. Source: arXiv/arxiv-base, `arxiv/identifier` (2025); https://arxiv.org/category_taxonomy.
"""

from __future__ import annotations

import re

_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs"
    " dg-ga econ eess funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th"
    " patt-sol physics plasm-ph q-alg q-bio q-fin quant-ph solv-int stat supr-con"
)
_CLASSES = {
    "astro-ph": "CO EP GA HE IM SR",
    "cond-mat": "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con",
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS"
    " PF PL RO SC SD SE SI SY",
    "econ": "EM GN TH",
    "eess": "AS IV SP SY",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST",
    "nlin": "AO CD CG PS SI",
    "physics": "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn"
    " gen-ph geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "stat": "AP CO ME ML OT TH",
}
_PREFIXES = [
    *_ARCHIVES.split(),
    *(f"{archive}.{name}" for archive, names in _CLASSES.items() for name in names.split()),
]
_NEW = re.compile(r"(?<![\d=.])(?:ar[xX]iv:)?\d{4}\.\d{4,5}", re.IGNORECASE)
_OLD = re.compile(rf"(?:{'|'.join(map(re.escape, _PREFIXES))})/\d{{2}}[01]\d{{4}}", re.IGNORECASE)
_VERSIONED = re.compile(r".*v\d+")


def is_accepted(text: str) -> bool:
    """
    False where the service answers 400.

    What is accepted need not be found: `hf2401.02957` is accepted and names no paper.
    """
    return _NEW.search(text) is not None or _OLD.search(text) is not None


def has_version(text: str) -> bool:
    """Whether the service looks *text* up among versions; only a lower-case `v` counts."""
    return _VERSIONED.fullmatch(text) is not None
