# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Shared Modules".
# python/utils/validators.py
def validate_email(email: str) -> bool:
    import re
    return bool(re.match(r'^[\w\.-]+@[\w\.-]+\.\w+$', email))
