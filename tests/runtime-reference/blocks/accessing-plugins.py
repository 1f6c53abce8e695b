# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Accessing Plugins".
from mxcp.runtime import plugins

# Get a specific plugin
my_plugin = plugins.get("my_custom_plugin")
if my_plugin:
    result = my_plugin.some_method()

# List available plugins
available_plugins = plugins.list()
print(f"Available plugins: {available_plugins}")
