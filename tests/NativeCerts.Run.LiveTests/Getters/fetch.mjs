const url = process.argv[2];
try {
  console.log(await (await fetch(url)).text());
} catch (error) {
  console.error(error, error.cause);
  process.exit(1);
}
