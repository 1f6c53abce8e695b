from mxcp.runtime import config, session

# mxleak-python-source


def echo(text, number, extra):
    return {"text": text, "number": number, "extra": extra}


def broken(text):
    token = config.get_secret("billing")["token"]
    print("mxleak-printed", token)
    try:
        raise KeyError(config.get_secret("environment")["token"])
    except KeyError as error:
        raise ValueError(f"mxleak-python-error {token} {text}") from error


def visits():
    count = (session.get("visits") or 0) + 1
    session.set("visits", count)
    return count


def file(path):
    return f"the file {path}"


def lost():
    raise RuntimeError("mxleak-resource-error")
