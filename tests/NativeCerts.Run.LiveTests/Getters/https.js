const request = require('https').get(process.argv[2], (response) => response.pipe(process.stdout));
request.on('error', (error) => { console.error(error.code, error.message); process.exitCode = 1; });
