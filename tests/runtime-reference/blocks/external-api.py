# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "External API Integration Pattern".
import httpx
from mxcp.runtime import config, db

async def call_external_api(param: str) -> dict:
    # Get API key
    api_key = config.get_secret("external_api")["value"]
    
    # Check cache
    cached = db.execute(
        "SELECT data FROM cache WHERE key = $key AND ts > datetime('now', '-1 hour')",
        {"key": param}
    ).fetchone()
    
    if cached:
        return cached["data"]
    
    # Make API call
    async with httpx.AsyncClient() as client:
        response = await client.get(
            "https://api.example.com/data",
            params={"q": param, "key": api_key}
        )
        data = response.json()
    
    # Cache result
    db.execute(
        "INSERT OR REPLACE INTO cache (key, data, ts) VALUES ($1, $2, CURRENT_TIMESTAMP)",
        {"key": param, "data": data}
    )
    
    return data
