"""Opinions on a draft: sent by anyone while they are sought, answered one by one by the province."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, System, act
from shutan.apps.accounts.models import User
from shutan.apps.standards.models import Opinion, Version

# So many opinions an hour from one address without sign-in, or from one person.
PER_HOUR = {"address": 5, "person": 30}
LONGEST = 4000
ANYONE = System("公众 Public")


class TooManyError(Exception):
    """The sender has sent as many opinions as an hour allows."""


def count(sender: str, most: int) -> None:
    """Count one more of a sender within the hour; addresses are kept only as a keyed digest, and only that long.

    Raises:
        TooManyError: that is one too many.
    """
    key = "opinion-" + salted_hmac("standards.opinion", sender, algorithm="sha256").hexdigest()
    cache.add(key, 0, timeout=3600)
    if cache.incr(key) > most:
        raise TooManyError


def opine(
    sender: User | None,
    version: Version,
    *,
    content: str,
    place: str = "",
    name: str = "",
    contact: str = "",
    address: str = "",
    now: datetime,
) -> Opinion:
    """Send an opinion, signed in or not.

    Args:
        sender: the signed-in person, who speaks for their organisation; None for anyone else.
        version: a draft on which opinions are sought today.
        content: what is said.
        place: article or paragraph it is about.
        name: who says it, where not signed in; may be empty and is never public.
        contact: how to reach them; may be empty and is never public.
        address: network address of the request, to limit how often one asks.
        now: the moment.

    Raises:
        TooManyError: as many as an hour allows were sent already.
        ValidationError: opinions are not sought today, the text is empty, or the same was sent already.
    """
    held = Version.objects.select_related("instrument").get(pk=version.pk)
    if not held.takes_opinions(timezone.localdate(now)):
        raise ValidationError(_("Opinions on this draft are not sought today."))
    said = content.strip()
    if not said:
        raise ValidationError({"content": _("Write your opinion.")})
    if len(said) > LONGEST:
        raise ValidationError({"content": _("At most %(n)s characters.") % {"n": LONGEST}})
    if held.opinions.filter(content=said, place=place.strip(), author=sender).exists():
        raise ValidationError({"content": _("This opinion has arrived already.")})
    if sender is not None:
        count(f"person {sender.pk}", PER_HOUR["person"])
    elif address:
        count(f"address {address}", PER_HOUR["address"])
    actor: Actor = sender or ANYONE
    with act(actor, "standards.opine", now=now) as entry:
        opinion = Opinion(
            version=held,
            text=held.texts.filter(is_public=True).latest("pk"),
            organisation=sender.organisation if sender else None,
            author=sender,
            name="" if sender else name.strip(),
            contact=contact.strip(),
            place=place.strip(),
            content=said,
            received_at=now,
        )
        opinion.full_clean()
        opinion.save()
        entry.about(held, opinion=opinion.pk)
    return opinion


def answer(actor: Actor, opinion: Opinion, *, outcome: str, text: str, now: datetime) -> Opinion:
    """Answer an opinion; from then on both are public."""
    with act(actor, "standards.answer", now=now) as entry:
        held = Opinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
        if held.answered_at is not None:
            raise ValidationError(_("This opinion has been answered already."))
        if not text.strip():
            raise ValidationError({"answer": _("Write the answer.")})
        if outcome not in Opinion.Outcome.values:
            raise ValidationError({"outcome": _("Choose what became of it.")})
        held.outcome, held.answer, held.answered_at = outcome, text.strip()[:4000], now
        held.answered_by = actor if isinstance(actor, User) else None
        held.save()
        entry.about(held.version, opinion=held.pk, outcome=outcome)
    return held
