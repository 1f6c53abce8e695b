# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Shared Modules".
# python/main_tool.py
from utils.validators import validate_email

def process_user(email: str) -> dict:
    if not validate_email(email):
        return {"error": "Invalid email"}
    return {"status": "ok"}
