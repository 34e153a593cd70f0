<?php
[, $way, $url] = $argv;
if ($way === 'stream') {
    $body = file_get_contents($url);
} else {
    $curl = curl_init($url);
    curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
    $body = curl_exec($curl);
    if ($body === false) fwrite(STDERR, curl_error($curl) . "\n");
}
if ($body === false) exit(1);
echo $body, "\n";
