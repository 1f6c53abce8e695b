from mxcp.runtime import db
from queries import columns_query, median_ms


def time_frame(rows: int, runs: int) -> float:
    sql = columns_query(rows)
    return median_ms(lambda: db.execute(sql).df(), rows, runs)


def time_rows(rows: int, runs: int) -> float:
    sql = columns_query(rows)

    def run() -> object:
        result = db.execute(sql)
        # Rows are made when they are first looked at.
        result[0]
        return result

    return median_ms(run, rows, runs)
