"""Runs a command in a terminal, as prompts need one, and types: terminal.py '[["a text", "keys"], ...]' COMMAND...

Each keys are typed when the text before them has appeared and the command reads single keys: what is typed before, it throws
away. Prints what the terminal showed and ends as the command did.
"""

import json
import os
import pty
import select
import sys
import termios
import time

PATIENCE = 120  # seconds

steps = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])


def reads_keys():
    return not termios.tcgetattr(terminal)[3] & termios.ICANON


shown, unread = b"", b""
deadline = time.monotonic() + PATIENCE
while True:
    if time.monotonic() > deadline:
        os.kill(pid, 9)
        sys.exit(f"not done within {PATIENCE} s, waiting for {steps[:1]}:\n{shown.decode()}")
    if steps and steps[0][0].encode() in unread and reads_keys():
        unread = b""
        os.write(terminal, steps.pop(0)[1].encode())
    if not select.select([terminal], [], [], 0.05)[0]:
        continue
    try:
        data = os.read(terminal, 4096)
    except OSError:  # Linux says so when the command is gone
        data = b""
    if not data:
        break
    shown += data
    unread += data

sys.stdout.write(shown.decode())
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.exit(code if not steps else f"never shown: {steps}")
