"""
The registry: every rule, in the order in which fixes of one field go before each other.

To add a rule, add its file and its line here.
"""

from __future__ import annotations

from enrich.rules import (
    ambiguous_identifier,
    arxiv_id_mismatch,
    author_name_mangled,
    authors_differ,
    blocked_link,
    broken_link,
    dead_host,
    duplicate_entry,
    duplicate_key,
    expired_suppression,
    invalid_yaml,
    label_mismatch,
    malformed_arxiv_id,
    malformed_doi,
    malformed_url,
    missing_field,
    missing_front_matter,
    missing_identifier,
    not_verified,
    nothing_checked,
    numeric_arxiv_id,
    permanent_redirect,
    pinned_arxiv_version,
    placeholder_link,
    redirect_to_home,
    retired_host,
    soft_404,
    source_unavailable,
    suspect_link,
    title_case_lost,
    title_differs,
    unexplained_suppression,
    unknown_arxiv_id,
    unknown_doi,
    unused_suppression,
    withdrawn_paper,
    wrong_target,
)

RULES = (
    broken_link.RULE,
    dead_host.RULE,
    soft_404.RULE,
    redirect_to_home.RULE,
    wrong_target.RULE,
    permanent_redirect.RULE,
    retired_host.RULE,
    placeholder_link.RULE,
    malformed_url.RULE,
    label_mismatch.RULE,
    malformed_arxiv_id.RULE,
    unknown_arxiv_id.RULE,
    arxiv_id_mismatch.RULE,
    numeric_arxiv_id.RULE,
    pinned_arxiv_version.RULE,
    withdrawn_paper.RULE,
    malformed_doi.RULE,
    unknown_doi.RULE,
    missing_identifier.RULE,
    ambiguous_identifier.RULE,
    duplicate_entry.RULE,
    missing_field.RULE,
    title_differs.RULE,
    authors_differ.RULE,
    title_case_lost.RULE,
    author_name_mangled.RULE,
    invalid_yaml.RULE,
    missing_front_matter.RULE,
    duplicate_key.RULE,
    unused_suppression.RULE,
    expired_suppression.RULE,
    unexplained_suppression.RULE,
    not_verified.RULE,
    blocked_link.RULE,
    suspect_link.RULE,
    source_unavailable.RULE,
    nothing_checked.RULE,
)

BY_CODE = {rule.code: rule for rule in RULES}
NAMES = {rule.code: rule.name for rule in RULES}
ALWAYS_ON = frozenset(code for code in BY_CODE if code.startswith("RUN"))
"""What was not verified is always said."""
