# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Error Handling for Library Wrappers".
def safe_library_call(param: str) -> dict:
    """Template for safe library wrapping"""
    try:
        # Import library (can fail if not installed)
        import some_library

        # Use library
        result = some_library.do_something(param)

        return {"success": True, "result": result}

    except ImportError as e:
        return {
            "error": "Library not installed",
            "message": str(e),
            "fix": "Run: pip install some_library"
        }
    except some_library.SpecificError as e:
        return {
            "error": "Library-specific error",
            "message": str(e),
            "type": e.__class__.__name__
        }
    except Exception as e:
        return {
            "error": "Unexpected error",
            "message": str(e),
            "type": e.__class__.__name__
        }
