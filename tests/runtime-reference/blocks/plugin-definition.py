# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Plugin Definition".
# plugins/my_plugin.py
def custom_transform(value: str) -> str:
    """Custom transformation logic"""
    return value.upper()

# Register with DuckDB if needed
def register_functions(conn):
    """Register custom functions with DuckDB"""
    conn.create_function("custom_upper", custom_transform)
