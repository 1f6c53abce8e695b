"""Describes Python files without importing them: JSON on stdin, JSON on stdout.

Reads ``{"folders": [...], "files": [absolute path], "inline": [{"code", "parameters"}], "modules": [name]}``; gives
``{"files": [...], "inline": [...], "missingModules": [name]}`` as `outline` makes them. Files of the project that the
given ones import are described too.
"""

import sys


def main():
    from mxcp_guest.project_outline import outline_project

    import json

    request = json.load(sys.stdin)
    json.dump(outline_project(request), sys.stdout)


if __name__ == "__main__":
    folder = __file__.replace("\\", "/").rsplit("/", 1)[0]
    parent = folder.rsplit("/", 1)[0]
    # As in __main__.py: this folder's modules must not be top-level names.
    sys.path[:] = [parent] + [entry for entry in sys.path if entry not in (folder, parent)]
    main()
