# A daemon: leaves its parent, closes every descriptor, waits for the file SIGNAL, then copies the bundle that its variable names to RESULT.
import os
import sys
import time

signal, result = sys.argv[1:]
if os.fork():
    os._exit(0)
os.setsid()
if os.fork():
    os._exit(0)
os.closerange(0, 1024)
for _ in range(3000):
    if os.path.exists(signal):
        break
    time.sleep(0.01)
with open(os.environ["SSL_CERT_FILE"], "rb") as bundle:
    content = bundle.read()
with open(result + ".part", "wb") as copy:
    copy.write(content)
os.rename(result + ".part", result)
