"""The least a Python process can do for a call: read a JSON line, write a JSON line."""

import json
import sys

for line in sys.stdin:
    message = json.loads(line)
    sys.stdout.write(json.dumps({"id": message["id"], "value": message["args"]["text"]}) + "\n")
    sys.stdout.flush()
