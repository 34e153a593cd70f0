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
