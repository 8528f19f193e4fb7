"""What a lead writes of a provider of sign-ins, as a form: the fields that its kind needs."""

from __future__ import annotations

from typing import Any

from wtforms import Field

from ...records.school.providers import StoredProvider
from ...rules import openid, text
from ...rules.openid import Provider, ProviderKind
from ...rules.openid_typed import Fault, faults
from ...services import providers
from ...services.providers import LONGEST_LABEL
from ...wording import openid as typed_wording
from ...wording import providers as wording
from ..incoming_request import sent
from ..parts.fields import CalmForm, Line
from ..parts.seen import Shown
from ..site import db

LONGEST = 500
FIELDS = {
    ProviderKind.GOOGLE: ("client_id", "client_secret", "domain"),
    ProviderKind.MICROSOFT: ("client_id", "domain", "client_secret"),
    ProviderKind.OTHER: ("label", "issuer", "client_id", "client_secret", "domain"),
}


class ClientSecret(Line):
    """It is pasted, and never shown again. It is nobody's password, and no password manager shall keep it as one."""

    def fit(self, typed: str) -> str:
        return text.secret(typed.strip(), self.longest)

    def _value(self) -> str:
        return ""


class ProviderForm(CalmForm):
    label = Line("Name", "Write what the button says.", hint=wording.LABEL_HINT, longest=LONGEST_LABEL)
    issuer = Line("Issuer", hint=wording.ISSUER_HINT, longest=LONGEST)
    client_id = Line("Client ID", longest=LONGEST)
    domain = Line("Domain", longest=LONGEST)
    client_secret = ClientSecret("Client secret", longest=LONGEST)

    kind: ProviderKind
    keeps_secret = False  # an empty field leaves the one that is kept
    sealed = ""  # the one that was typed when the form could not be kept yet, as it goes along in the page

    @classmethod
    def of(cls, kind: ProviderKind, stored: StoredProvider | None, **more: Any) -> ProviderForm:
        about = stored.provider if stored else None
        form = cls(data={name: getattr(about, name) for name in FIELDS[kind] if about and name != "client_secret"}, **more)
        for name in [field.name for field in form if field.name not in FIELDS[kind]]:
            del form[name]
        form.kind, form.keeps_secret = kind, bool(about and about.client_secret)
        form.sealed = sent("sealed_secret", 2 * LONGEST)
        form.client_id.label.text = wording.CLIENT_IDS[kind]
        form.domain.label.text, form.domain.description = wording.DOMAINS[kind], wording.DOMAIN_HINTS[kind]
        form.client_secret.description = wording.secret_hint(kind, form.keeps_secret, bool(stored and stored.lost_secret))
        return form

    def in_order(self) -> list[Field]:
        """As the steps at the provider come by what goes in."""
        return [self[name] for name in FIELDS[self.kind]]

    def provider(self) -> Provider:
        """What the form says. Without a client secret where the one that is kept stays."""
        client_id, domain = self.client_id.data or "", self.domain.data or ""
        secret = self.client_secret.data or (providers.open_typed(db(), self.sealed) if self.sealed else "") or ""
        if self.kind is ProviderKind.GOOGLE:
            return openid.google(client_id, secret, domain)
        if self.kind is ProviderKind.MICROSOFT:
            return openid.microsoft(client_id, secret, domain)
        return openid.other(self.label.data or "", self.issuer.data or "", client_id, secret, domain)

    def validate(self, extra_validators: Any = None) -> bool:
        """Field by field, and what can only be said of all of it, in one go."""
        super().validate(extra_validators)
        for name, fault in faults(self.provider()).items():
            if not self[name].errors and not (fault is Fault.NO_SECRET and self.keeps_secret):
                self[name].errors = [*self[name].errors, typed_wording.typed(fault)]
        return not self.errors

    def keep_what_was_typed(self) -> None:
        """The form comes back: a sound secret goes along sealed, and is not asked for anew."""
        if self.client_secret.data and not self.client_secret.errors:
            self.sealed = providers.seal_typed(db(), self.client_secret.data)
        if self.sealed:
            self.client_secret.description = wording.TYPED_ALREADY

    def shown(self, provider: Provider) -> Shown:
        """What stands in each field, by its label: never the secret."""
        return {str(field.label.text): getattr(provider, field.name) for field in self if field.name != "client_secret"}
