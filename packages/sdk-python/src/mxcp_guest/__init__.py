"""The guest process: runs the project's Python handlers and speaks the wire of packages/guest. Standard library only."""
