"""Mastodon.py: PORT POSTS. Statuses one after another on one connection, which it keeps alive by itself; nothing is
stored. Prints {"seconds", "cpu"}."""
import json
import resource
import sys
import time

from mastodon import Mastodon

port, posts = int(sys.argv[1]), int(sys.argv[2])
api = Mastodon(access_token="0" * 43, api_base_url="http://127.0.0.1:%d" % port, version_check_mode="none")
api.status_post("the first one, which connects", idempotency_key="first")


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


begun, used = time.monotonic(), cpu()
for number in range(posts):
    api.status_post("number %d of the benchmark" % number, visibility="public", language="en",
                    idempotency_key="bench %d" % number)
print(json.dumps({"seconds": time.monotonic() - begun, "cpu": cpu() - used}))
