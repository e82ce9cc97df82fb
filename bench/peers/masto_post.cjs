// masto (npm): PORT POSTS. Statuses one after another; nothing is stored. Prints {"seconds", "cpu"}.
"use strict";
const { createRestAPIClient } = require("masto");

const [port, posts] = process.argv.slice(2).map(Number);
const api = createRestAPIClient({ url: `http://127.0.0.1:${port}`, accessToken: "0".repeat(43) });

function post(status, key) {
    return api.v1.statuses.create(
        { status, visibility: "public", language: "en" },
        { requestInit: { headers: { "Idempotency-Key": key } } });
}

async function main() {
    await post("the first one, which connects", "first");
    const before = process.cpuUsage();
    const begun = process.hrtime.bigint();
    for (let number = 0; number < posts; ++number)
        await post(`number ${number} of the benchmark`, `bench ${number}`);
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
    const { user, system } = process.cpuUsage(before);
    console.log(JSON.stringify({ seconds, cpu: (user + system) / 1e6 }));
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
