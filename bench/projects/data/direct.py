"""The same with duckdb in this process: python direct.py frame|rows ROWS RUNS.

Prints the median in milliseconds and the CPU time of one run, all threads, in microseconds.
"""

import sys
import time

import duckdb
from queries import WARM_UP, columns_query, median_ms

what, rows, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
connection = duckdb.connect()
sql = columns_query(rows)


def fetch_rows() -> list:
    result = connection.execute(sql)
    columns = [column[0] for column in result.description]
    return [dict(zip(columns, row)) for row in result.fetchall()]


before = time.process_time()
median = median_ms(fetch_rows if what == "rows" else lambda: connection.execute(sql).df(), rows, runs)
print(median, (time.process_time() - before) * 1e6 / (WARM_UP + runs))
