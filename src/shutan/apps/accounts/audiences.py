"""The audiences of the access table by name: who reads, who fills in, who signs, who decides. Explained in `access.py`."""

from __future__ import annotations

from shutan.apps.accounts.models import DEPARTMENTS, ROLES_OF_KIND

ANYONE = "anyone"
SIGNED_IN = "signed_in"


def to(*words: str) -> frozenset[str]:
    """An audience."""
    return frozenset(words)


def with_role(role: str, *kinds: str) -> tuple[str, ...]:
    """Whoever has a role, in organisations of some kinds; of all kinds that have it where none is named."""
    return tuple(f"{kind}.{role}" for kind in kinds or ROLES_OF_KIND if role in ROLES_OF_KIND[kind])


# Those who see more than their own organisation.
REGULATORS = ("province", "city")
# Whoever runs an organisation's log-ins.
ADMINS = with_role("admin")
# People who act for an organisation, not for themselves alone.
PROFESSIONALS = tuple(admin.removesuffix(".admin") for admin in ADMINS)
# Who reads reports: enterprises, their head offices, whoever acts for them under a mandate, the regulators.
READERS = ("enterprise", "group", "service", *REGULATORS)
# Who fills reports in: a service company only under a mandate, which the rows decide (scope.py).
REPORTERS = tuple(
    f"{kind}.{role}" for kind in ("enterprise", "service") for role in ("admin", "filler", "responsible")
)
# Who answers for a report by submitting it: always the unit itself (MA 11, 13); who keeps the province's numbers.
SUBMITTERS = ("enterprise.reviewer", "enterprise.responsible", "enterprise.admin")
# Who keeps an enterprise's ledger of records: its own people, nobody for it.
RECORD_KEEPERS = tuple(f"enterprise.{role}" for role in ("admin", "filler", "reviewer", "responsible"))
# Who binds an enterprise by a mandate, and a service company by accepting it.
PRINCIPALS = ("enterprise.admin", "enterprise.responsible")
AGENTS = ("service.admin", "service.responsible")
# Who assesses an enterprise's management; whoever signs takes part.
ASSESSORS = (*REPORTERS, "enterprise.reviewer")
OFFICERS = ("province.officer", "province.lead", "province.deputy")

# Who keeps the directory: regulators theirs, enterprises their own, service companies under a mandate.
KEEPERS = (*REPORTERS, "city.officer", "city.lead", "city.deputy", *OFFICERS)
# Who reads it: also the departments that see it (not the police, who only receive).
PEERS = tuple(kind for kind in DEPARTMENTS if kind != "police")
DIRECTORY_READERS = (*READERS, *PEERS)
# Who sees lists before they are public, who answers for a department, who decides on lists, who oversees duties.
LIST_READERS = (*REGULATORS, *PEERS)
PEER_OFFICERS = tuple(f"{kind}.{role}" for kind in PEERS for role in ("officer", "lead", "deputy"))
OVERSEERS = tuple(f"{kind}.{role}" for kind in REGULATORS for role in ("officer", "lead", "deputy"))
# Who may stand in the register of service bodies, who signs for one, who reads its whole record, who records findings.
BODY_KINDS = ("verifier", "laboratory", "service", "exchange", "bank")
BODY_SIGNERS = (
    *with_role("admin", *BODY_KINDS),
    *with_role("reviewer", *BODY_KINDS),
    *with_role("responsible", *BODY_KINDS),
)
BODY_AUTHORITIES = (*REGULATORS, "market")
BODY_READERS = (*BODY_KINDS, *BODY_AUTHORITIES)
BODY_INSPECTORS = tuple(
    f"{kind}.{role}" for kind in BODY_AUTHORITIES for role in ("officer", "lead", "deputy")
)

# Who sends matters to each other and answers them: the regulators and all departments, the police among them.
AUTHORITIES = (*REGULATORS, *DEPARTMENTS)
AUTHORITY_OFFICERS = tuple(f"{kind}.{role}" for kind in AUTHORITIES for role in ("officer", "lead", "deputy"))
CITY_OFFICERS = ("city.officer", "city.lead", "city.deputy")
