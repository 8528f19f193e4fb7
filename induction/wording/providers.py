"""Setting up where people sign in elsewhere, and the rules of signing in, in words."""

from __future__ import annotations

from ..rules.openid import Provider, ProviderKind

USUAL_LABEL = "your school account"  # of a provider that has no name: *Sign in with your school account*
KEPT_SECRET = "kept"
NEW_SECRET = "a new client secret"
DOMAINS = {
    ProviderKind.GOOGLE: "Google Workspace domain",
    ProviderKind.MICROSOFT: "Directory (tenant) ID",
    ProviderKind.OTHER: "Domain of the school’s addresses",
}


def changes(before: Provider | None, after: Provider | None) -> tuple[dict[str, str], dict[str, str]]:
    """What was and what became, by the label of the field, of what is another. Of a client secret only that it is new."""
    was, became = (_said(each) if each else {} for each in (before, after))
    labels = [label for label in {**was, **became} if was.get(label) != became.get(label)]
    told = (
        {label: was[label] for label in labels if label in was},
        {label: became[label] for label in labels if label in became},
    )  # fmt: skip
    if before and after and before.client_secret != after.client_secret:
        told[1]["Client secret"] = NEW_SECRET
    return told


def _said(provider: Provider) -> dict[str, str]:
    said = {"Client ID": provider.client_id, DOMAINS[provider.kind]: provider.domain}
    if provider.kind is ProviderKind.OTHER:
        said |= {"Name": provider.label, "Issuer": provider.issuer}
    return {label: value for label, value in said.items() if value}
