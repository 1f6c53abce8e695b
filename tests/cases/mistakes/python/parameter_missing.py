def parameter_missing(region: str) -> str:
    return region
