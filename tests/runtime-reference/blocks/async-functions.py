# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Async Functions".
import asyncio
import aiohttp

async def fetch_data(urls: list[str]) -> list[dict]:
    """Fetch from multiple URLs concurrently"""
    
    async def fetch_one(url: str) -> dict:
        async with aiohttp.ClientSession() as session:
            async with session.get(url) as response:
                return await response.json()
    
    results = await asyncio.gather(*[fetch_one(url) for url in urls])
    return results
