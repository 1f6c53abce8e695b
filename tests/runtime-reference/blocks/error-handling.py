# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Error Handling".
def safe_divide(a: float, b: float) -> dict:
    if b == 0:
        return {"error": "Division by zero"}
    return {"result": a / b}
