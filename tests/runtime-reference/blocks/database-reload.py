# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Database Reload (Advanced)".
from mxcp.runtime import reload_duckdb

def rebuild_database():
    """Trigger database rebuild"""
    
    def rebuild():
        # Run with exclusive database access
        import subprocess
        subprocess.run(["dbt", "run"], check=True)
    
    reload_duckdb(
        payload_func=rebuild,
        description="Rebuilding with dbt"
    )
    
    return {"status": "Reload scheduled"}
