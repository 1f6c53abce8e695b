# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Example Usage".
def use_custom_function(data: str) -> dict:
    """Use a custom DuckDB function from a plugin"""

    # Get the plugin
    text_plugin = plugins.get("text_processing")
    if not text_plugin:
        return {"error": "text_processing plugin not available"}

    # Use plugin functionality
    result = text_plugin.normalize_text(data)

    return {"normalized": result}
