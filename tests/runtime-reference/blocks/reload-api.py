# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "When NOT to Use".
from mxcp.runtime import reload_duckdb

def update_data_endpoint() -> dict:
    """Endpoint that triggers a data refresh"""

    def rebuild_database():
        """
        This function runs with all connections closed.
        You have exclusive access to the DuckDB file.
        """
        # Example: Run external tool
        import subprocess
        subprocess.run(["dbt", "run", "--target", "prod"], check=True)

        # Or: Replace with pre-built database
        import shutil
        shutil.copy("/staging/analytics.duckdb", "/app/data/analytics.duckdb")

        # Or: Load fresh data
        import pandas as pd
        import duckdb
        df = pd.read_parquet("s3://bucket/latest-data.parquet")
        conn = duckdb.connect("/app/data/analytics.duckdb")
        conn.execute("CREATE OR REPLACE TABLE sales AS SELECT * FROM df")
        conn.close()

    # Schedule the reload (happens asynchronously)
    reload_duckdb(
        payload_func=rebuild_database,
        description="Updating analytics data"
    )

    # Return immediately - reload happens in background
    return {
        "status": "scheduled",
        "message": "Data refresh will complete in background"
    }
