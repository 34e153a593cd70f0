import hashlib
import ssl
import sys

context = ssl.create_default_context(cafile=sys.argv[1])
for der in context.get_ca_certs(binary_form=True):
    print(hashlib.sha256(der).hexdigest())
