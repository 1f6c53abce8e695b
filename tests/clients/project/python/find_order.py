from __future__ import annotations

from mxcp.runtime import UserError, db

ORDER = """
    SELECT * FROM (VALUES
        (1, 'EMEA', 9.5, DATE '2026-07-28', NULL),
        (2, 'APAC', 3.0, DATE '2025-11-25', 'naïve café — 東京')
    ) AS orders(id, region, amount, day, note)
    WHERE id = $id
"""


def find_order(id: int) -> dict[str, object]:
    rows = db.execute(ORDER, {"id": id})
    if not rows:
        raise UserError(f"There is no order {id}.")
    return rows[0]
