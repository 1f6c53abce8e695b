# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Configuration & Secrets".
from mxcp.runtime import config

# Get secret (returns dict with parameters)
secret = config.get_secret("api_key")
api_key = secret["value"] if secret else None

# For complex secrets (like HTTP with headers)
http_secret = config.get_secret("api_service")
if http_secret:
    token = http_secret.get("BEARER_TOKEN")
    headers = http_secret.get("EXTRA_HTTP_HEADERS", {})

# Get settings
project_name = config.get_setting("project")
debug_mode = config.get_setting("debug", default=False)

# Access full configs
user_config = config.user_config
site_config = config.site_config
