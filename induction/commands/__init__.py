"""What each command does. Each takes the settings and its arguments and returns the exit code."""

from .common import Refused
from .installation import backup, doctor, export, migrate, restore
from .people import people_add, people_deactivate, people_import, people_invite, people_list
from .policy import check, policy_publish, policy_set, policy_show
from .serve import first_run, serve

MAKERS = (serve, first_run, restore, migrate, people_add)  # who may make or upgrade; for all others looking changes nothing

__all__ = [
    "MAKERS",
    "Refused",
    "backup",
    "check",
    "doctor",
    "export",
    "first_run",
    "migrate",
    "people_add",
    "people_deactivate",
    "people_import",
    "people_invite",
    "people_list",
    "policy_publish",
    "policy_set",
    "policy_show",
    "restore",
    "serve",
]
