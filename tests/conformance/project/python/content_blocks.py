import base64
from pathlib import Path

from mxcp.runtime import content

PIXEL = Path("data/pixel.png")
SOUND = base64.b64decode("UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=")


def test_audio_content():
    return content.audio(SOUND, "audio/wav")


def test_multiple_content_types():
    return [
        "Multiple content types test:",
        content.image(PIXEL),
        content.resource("test://mixed-content-resource", "application/json", text='{"test":"data","value":123}'),
    ]


def static_binary():
    return PIXEL.read_bytes()
