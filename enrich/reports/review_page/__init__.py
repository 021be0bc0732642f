"""
One static HTML file with which a person takes a thousand proposed changes in a quarter of an hour.

It sends no request and needs no server. What it writes, `enrich.patch`, is what
`enrich diff` and `enrich apply` make of the same changes, byte for byte.

    words       what a page holds
    survey      what is known of the catalogue around the changes
    embedding   that as data
    assembly    data, style and script in one file
    static/     style and script
"""

from __future__ import annotations

from enrich.reports.review_page.assembly import page_text
from enrich.reports.review_page.survey import Survey
from enrich.reports.review_page.words import Picture, Review, Reviewed, Source

__all__ = ["Picture", "Review", "Reviewed", "Source", "Survey", "page_text"]
