import time


def score_python(number: int) -> int:
    return number * 2 + 1


def slow_python(number: int) -> int:
    # Once in a chunk.
    if number % 2048 == 0:
        time.sleep(1)
    return number


def register_functions(conn) -> None:
    conn.create_function("score_python", score_python)
    conn.create_function("slow_python", slow_python)
