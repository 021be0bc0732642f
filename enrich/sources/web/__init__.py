"""
The web as a source of answers: whether links work, and what the pages that answer show.

`asking` asks for links; `looking` reads pages, and asks once a folder what an address shows that nobody
made; `comparing` looks at one page in two forms.
"""

from enrich.sources.web.asking import RECHECK_S, Web

__all__ = ["RECHECK_S", "Web"]
