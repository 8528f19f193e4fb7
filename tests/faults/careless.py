"""The server with a setting that loses records, so that the replay of power cuts shows that it would notice.

python -m tests.faults.careless NORMAL serve …
"""

import sys

from induction.commands import main
from induction.records.store import connections

settle = connections._settle


def settle_carelessly(connection, settings):
    settle(connection, settings)
    connection.execute(f"pragma synchronous = {sys.argv[1]}").fetchall()


connections._settle = settle_carelessly
sys.exit(main(sys.argv[2:]))
