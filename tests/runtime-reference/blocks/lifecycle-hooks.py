# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Lifecycle Hooks".
from mxcp.runtime import on_init, on_shutdown
import httpx

client = None

@on_init
def setup():
    """Initialize resources at startup"""
    global client
    client = httpx.Client()
    print("Client initialized")

@on_shutdown
def cleanup():
    """Clean up resources at shutdown"""
    global client
    if client:
        client.close()
