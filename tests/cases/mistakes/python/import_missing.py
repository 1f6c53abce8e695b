# expect: plan/missing-import 4:8
"""Needs a package that nobody has."""

import no_such_package_anywhere


def import_missing() -> str:
    return no_such_package_anywhere.value
