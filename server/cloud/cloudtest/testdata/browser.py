"""Plays the browser of a login, with a person in front of it who does as she is told: browser.py approve|deny ADDRESS

Does what the script of the page does, including the question beforehand that browsers ask of other origins.
"""

import json
import sys
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

choice, address = sys.argv[1:]
page = urlopen(address).read().decode()
if f'<button id="{choice}">' not in page:
    sys.exit(f"the page has no button to {choice}")
origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
[callback] = parse_qs(urlsplit(address).query)["callback"]

if choice == "approve":
    path, answer = "/success", json.load(urlopen(Request(origin + "/auth/grant", method="POST")))
else:
    path, answer = "/failure", {"reason": "The request was denied."}

question = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
allowed = urlopen(Request(callback + path, method="OPTIONS", headers=question)).headers
if allowed["Access-Control-Allow-Origin"] not in ("*", origin):
    sys.exit(f"a browser would not send the answer: {allowed}")
headers = {"Origin": origin, "Content-Type": "application/json"}
urlopen(Request(callback + path, json.dumps(answer).encode(), headers, method="POST"))
