"""
DataCite as a source of records by DOI, and of arXiv's papers where arXiv can't be asked.

    asking     `DataCite`: DOIs → requests → outcomes
    records    one answer read with distrust, pure
"""

from enrich.sources.datacite.asking import DataCite
from enrich.sources.datacite.records import arxiv_record, read_answer, record

__all__ = ["DataCite", "arxiv_record", "read_answer", "record"]
