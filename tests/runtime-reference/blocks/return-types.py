# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Return Types".
# Array return
def list_items() -> list:
    return [{"id": 1}, {"id": 2}]

# Object return
def get_stats() -> dict:
    return {"total": 100, "active": 75}

# Scalar return
def count_items() -> int:
    return 42
