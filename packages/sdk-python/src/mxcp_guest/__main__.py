"""``python -u .../mxcp_guest/__main__.py <python folder> <plug-ins folder>``; the wire is file descriptor 3."""

import sys


def prefer_own_package(script):
    """Makes `import mxcp` mean the package beside this script, and this folder's modules unreachable as top-level names."""
    folder = script.replace("\\", "/").rsplit("/", 1)[0]
    parent = folder.rsplit("/", 1)[0]
    # Python puts the script's own folder first, where `wire.py` or `loader.py` would hide the author's modules.
    sys.path[:] = [parent] + [entry for entry in sys.path if entry not in (folder, parent)]


# A child of `multiprocessing` imports this file again under another name.
if __name__ == "__main__":
    prefer_own_package(__file__)
    from mxcp_guest.guest import run

    run(*sys.argv[1:3])
