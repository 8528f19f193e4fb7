"""The server as a later version would be, with one more migration.

python -m tests.faults.later serve …
"""

import sys

from induction.commands import main
from induction.records.store import migrations


@migrations.SCHEMA()
def m999_telephone(db):
    db.execute("alter table people add column telephone text")


sys.exit(main(sys.argv[1:]))
