"""What Python handlers of mxcp-ts import. Start with ``mxcp.runtime``."""
