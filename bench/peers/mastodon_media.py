"""Mastodon.py: PORT POSTS FILE FILM. Each status with FILE uploaded before it, then FILM (or "") alone. Prints
{"seconds", "cpu", "growth"}; growth is what FILM takes in memory, in MiB."""
import json
import resource
import sys
import time

from mastodon import Mastodon

port, posts, file, film = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
api = Mastodon(access_token="0" * 43, api_base_url="http://127.0.0.1:%d" % port, version_check_mode="none")
api.status_post("the first one, which connects", idempotency_key="first")


def used():
    return resource.getrusage(resource.RUSAGE_SELF)


def cpu():
    return used().ru_utime + used().ru_stime


begun, before = time.monotonic(), cpu()
for number in range(posts):
    media = api.media_post(file, mime_type="image/jpeg", description="a picture of the benchmark")
    api.status_post("number %d of the benchmark" % number, media_ids=[media], visibility="public", language="en",
                    idempotency_key="bench %d" % number)
seconds, spent, memory = time.monotonic() - begun, cpu() - before, used().ru_maxrss
if film:
    api.media_post(film, mime_type="video/mp4", description="a film of the benchmark")
print(json.dumps({"seconds": seconds, "cpu": spent, "growth": (used().ru_maxrss - memory) / 1024}))
