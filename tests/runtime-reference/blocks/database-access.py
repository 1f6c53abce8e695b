# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Database Access".
from mxcp.runtime import db

# Execute query
results = db.execute(
    "SELECT * FROM users WHERE id = $id",
    {"id": user_id}
)

# Get first result
first = results[0] if results else None

# Iterate results
for row in results:
    print(row["name"])
