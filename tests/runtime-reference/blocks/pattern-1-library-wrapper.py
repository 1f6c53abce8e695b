# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Pattern 1: Simple Library Wrapper".
# python/library_wrapper.py
"""Wrapper for an existing library like requests, pandas, etc."""

import requests
from mxcp.runtime import get_secret

def fetch_url(url: str, method: str = "GET", headers: dict = None) -> dict:
    """Wrap requests library as MCP tool"""
    try:
        # Get auth if needed
        secret = get_secret("api_token")
        if secret and headers is None:
            headers = {"Authorization": f"Bearer {secret['token']}"}

        response = requests.request(method, url, headers=headers, timeout=30)
        response.raise_for_status()

        return {
            "status_code": response.status_code,
            "headers": dict(response.headers),
            "body": response.json() if response.headers.get('content-type', '').startswith('application/json') else response.text
        }
    except requests.RequestException as e:
        return {"error": str(e), "status": "failed"}
