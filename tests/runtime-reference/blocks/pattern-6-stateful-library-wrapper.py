# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Pattern 6: Complex Library with State Management".
# python/stateful_library_wrapper.py
"""Wrap libraries that maintain state (e.g., database connections, cache clients)"""

from redis import Redis
from mxcp.runtime import get_secret, on_init, on_shutdown

redis_client = None

@on_init
def connect_redis():
    """Initialize Redis connection on startup"""
    global redis_client
    secret = get_secret("redis")
    if secret:
        redis_client = Redis(
            host=secret["host"],
            port=secret.get("port", 6379),
            password=secret.get("password"),
            decode_responses=True
        )

@on_shutdown
def disconnect_redis():
    """Clean up Redis connection"""
    global redis_client
    if redis_client:
        redis_client.close()

def cache_set(key: str, value: str, ttl: int = 3600) -> dict:
    """Set value in Redis cache"""
    if not redis_client:
        return {"error": "Redis not configured"}

    try:
        redis_client.setex(key, ttl, value)
        return {"status": "success", "key": key, "ttl": ttl}
    except Exception as e:
        return {"error": str(e)}

def cache_get(key: str) -> dict:
    """Get value from Redis cache"""
    if not redis_client:
        return {"error": "Redis not configured"}

    try:
        value = redis_client.get(key)
        return {"key": key, "value": value, "found": value is not None}
    except Exception as e:
        return {"error": str(e)}
