# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Real-World Example".
from mxcp.runtime import reload_duckdb, db
from datetime import datetime
import requests

def scheduled_update(source: str = "api") -> dict:
    """Endpoint called by cron to update data"""

    def rebuild_from_api():
        # Fetch data from external API
        response = requests.get("https://api.example.com/analytics/export")
        data = response.json()

        # Write to DuckDB (exclusive access guaranteed)
        import duckdb
        conn = duckdb.connect("/app/data/analytics.duckdb")

        # Clear old data
        conn.execute("DROP TABLE IF EXISTS daily_metrics")

        # Load new data
        conn.execute("""
            CREATE TABLE daily_metrics AS
            SELECT * FROM read_json_auto(?)
        """, [data])

        # Update metadata
        conn.execute("""
            INSERT INTO update_log (timestamp, source, record_count)
            VALUES (?, ?, ?)
        """, [datetime.now(), source, len(data)])

        conn.close()

    reload_duckdb(
        payload_func=rebuild_from_api,
        description=f"Scheduled update from {source}"
    )

    return {
        "status": "scheduled",
        "source": source,
        "timestamp": datetime.now().isoformat()
    }
