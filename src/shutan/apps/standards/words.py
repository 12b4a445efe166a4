"""What the steps and actions of this app are called."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

# step: (name, what it means)
STEP_WORDS: dict[str, tuple[Any, Any]] = {
    "seek_opinions": (
        _("Seek opinions"),
        _("Today's text is put on the public page; anyone may send an opinion between the two days."),
    ),
    "send_to_review": (
        _("Send to legality review"),
        _("Another person than those who wrote the text reviews it."),
    ),
    "clear": (_("Clear for publication"), _("The opinion is kept with the version.")),
    "object": (_("Object"), _("The version goes back to its authors with the opinion.")),
    "publish": (_("Publish"), _("From now on the text is public and cannot be changed, only amended.")),
    "redraft": (_("Word anew"), _("The version becomes a draft again.")),
    "abandon": (_("Abandon"), _("The version ends here and is kept.")),
}
