import sys

library, url = sys.argv[1:]
if library == "urllib":
    import urllib.request
    print(urllib.request.urlopen(url).read().decode())
elif library == "requests":
    import requests
    print(requests.get(url).text)
elif library == "httpx":
    import httpx
    print(httpx.get(url).text)
elif library == "urllib3":
    import urllib3
    # Without `ca_certs` it asks OpenSSL for its default paths; requests is what brings certifi.
    print(urllib3.PoolManager(retries=False, cert_reqs="CERT_REQUIRED").request("GET", url).data.decode())
elif library == "httplib2":
    import httplib2
    print(httplib2.Http().request(url)[1].decode())
elif library == "pycurl":
    import pycurl
    curl = pycurl.Curl()
    curl.setopt(pycurl.URL, url)
    curl.perform()
elif library == "websockets":
    import asyncio
    import websockets

    async def connect():
        async with websockets.connect(url.replace("https:", "wss:")):
            pass

    asyncio.run(connect())
elif library == "grpc":
    import grpc
    channel = grpc.secure_channel(url.split("//")[1], grpc.ssl_channel_credentials())
    channel.unary_unary("/probe.Probe/Get")(b"", timeout=5)
elif library == "aiohttp":
    import asyncio
    import aiohttp

    async def get():
        async with aiohttp.ClientSession(trust_env=True) as session:
            async with session.get(url) as response:
                print(await response.text())

    asyncio.run(get())
else:
    sys.exit(2)
