// Node loads a whole bundle or says why not; which certificates it took, it does not tell: so each block is asked again.
const { X509Certificate } = require('crypto');
const pem = require('fs').readFileSync(process.argv[2], 'latin1');
require('tls').createSecureContext({ ca: pem });
for (const block of pem.split(/(?=-----BEGIN)/).filter((text) => text.trim() !== '')) {
  console.log(new X509Certificate(block).fingerprint256.replaceAll(':', '').toLowerCase());
}
