from mxcp.runtime import db
from queries import columns_query, time_ms


def time_frame(rows: int) -> float:
    return time_ms(lambda: db.execute(columns_query(rows)).df(), rows)


def time_rows(rows: int) -> float:
    return time_ms(lambda: _rows(rows), rows)


def _rows(rows: int) -> list:
    result = db.execute(columns_query(rows))
    # Rows are made when they are first looked at.
    result[0]
    return result
