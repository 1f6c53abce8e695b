# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Pattern 5: Async Library Wrapper".
# python/async_library_wrapper.py
"""Wrap async libraries like httpx, aiohttp"""

import httpx
import asyncio
from mxcp.runtime import get_secret

async def batch_fetch(urls: list[str]) -> list[dict]:
    """Fetch multiple URLs concurrently"""
    async with httpx.AsyncClient(timeout=30.0) as client:
        async def fetch_one(url: str) -> dict:
            try:
                response = await client.get(url)
                return {
                    "url": url,
                    "status": response.status_code,
                    "data": response.json() if response.headers.get('content-type', '').startswith('application/json') else response.text
                }
            except Exception as e:
                return {"url": url, "error": str(e)}

        results = await asyncio.gather(*[fetch_one(url) for url in urls])
        return results

async def graphql_query(endpoint: str, query: str, variables: dict = None) -> dict:
    """Wrap GraphQL library/client"""
    secret = get_secret("graphql_api")
    headers = {"Authorization": f"Bearer {secret['token']}"} if secret else {}

    async with httpx.AsyncClient() as client:
        response = await client.post(
            endpoint,
            json={"query": query, "variables": variables or {}},
            headers=headers
        )
        return response.json()
