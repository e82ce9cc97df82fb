// rss-parser (npm): FILE. Prints {"seconds", "items"} of reading it, the second time: the first one warms it up.
"use strict";
const fs = require("node:fs");
const Parser = require("rss-parser");

async function main() {
    const text = fs.readFileSync(process.argv[2], "utf8");
    const parser = new Parser();
    await parser.parseString(text);
    const begun = process.hrtime.bigint();
    const feed = await parser.parseString(text);
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
    console.log(JSON.stringify({ seconds, items: feed.items.length }));
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
