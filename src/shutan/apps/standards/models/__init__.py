"""Tables of rules and standards."""

from shutan.apps.standards.models.assessment import (
    Assessment,
    Evidence,
    Improvement,
    Item,
    StandardClause,
    Weights,
)
from shutan.apps.standards.models.instruments import (
    LONGEST_TEXT,
    Attachment,
    Instrument,
    Link,
    Opinion,
    Text,
    Version,
)

__all__ = [
    "LONGEST_TEXT",
    "Assessment",
    "Attachment",
    "Evidence",
    "Improvement",
    "Instrument",
    "Item",
    "Link",
    "Opinion",
    "StandardClause",
    "Text",
    "Version",
    "Weights",
]
