// The real crier-sandbox, the real daemon and a web server with a feed, each on loopback and on a port of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";

const buildFolder = process.env.CRIER_BUILD_DIR;
export const sourceFolder = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../..");
export const adminToken = "an-admin-token-of-these-tests";

/** Waits until `check` gives something true, and gives that; it is asked again and again, for so many seconds at most. */
export async function until(what, check, seconds = 20) {
  const end = performance.now() + seconds * 1000;
  let last;
  for (;;) {
    try {
      const found = await check();
      if (found) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, 25)); // between two looks, not for something to have happened
  }
}

const programs = new Set();
process.on("exit", () => {
  for (const program of programs) if (program.running) program.child.kill("SIGKILL");
});

class Program {
  constructor(name, command, environment = {}) {
    this.name = name;
    this.output = "";
    this.child = spawn(command[0], command.slice(1), { env: { PATH: process.env.PATH, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream.on("data", (data) => {
        this.output += data;
      });
    this.ended = once(this.child, "exit");
    programs.add(this);
  }
  get running() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }
  async stop() {
    if (this.running) this.child.kill("SIGTERM");
    const slow = setTimeout(() => this.child.kill("SIGKILL"), 10000);
    await this.ended;
    clearTimeout(slow);
  }
}

async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** JSON of an answer, whatever it says; `status` beside it. */
async function exchange(url, { method = "GET", body, headers = {} } = {}) {
  const answer = await fetch(url, { method, headers: { "Content-Type": "application/json", ...headers }, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

export class Sandbox {
  static async start(folder) {
    const made = new Sandbox();
    const portFile = path.join(folder, "sandbox.url");
    made.program = new Program("crier-sandbox", [path.join(buildFolder, "crier-sandbox"), "--listen", "127.0.0.1:0", "--port-file", portFile, "--quiet",
      "--account", "news:token-of-news", "--account", "art:token-of-art", "--account", "press:token-of-press"]);
    made.url = await until("the sandbox listens", async () => {
      if (!made.program.running) throw new Error(made.program.output);
      return (await readFile(portFile, "utf8")).trim().replace(/\/$/, "");
    });
    return made;
  }
  control(method, way, body) {
    return exchange(this.url + way, { method, body });
  }
  /** Every status ever made, oldest first. */
  statuses() {
    return this.control("GET", "/sandbox/statuses");
  }
  fault(on, what, more = {}) {
    return this.control("POST", "/sandbox/faults", { faults: [{ on, do: what, ...more }] });
  }
  stop() {
    return this.program.stop();
  }
}

/** A web server with one feed, whose items are given. */
export class Feed {
  static async start(items) {
    const made = new Feed();
    made.items = items;
    made.server = http.createServer((request, response) => {
      if (request.url !== "/feed.xml") return response.writeHead(404).end();
      response.writeHead(200, { "Content-Type": "application/rss+xml; charset=utf-8" }).end(made.document());
    });
    made.server.listen(0, "127.0.0.1");
    await once(made.server, "listening");
    made.url = `http://127.0.0.1:${made.server.address().port}`;
    return made;
  }
  document() {
    const text = (words) => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    const items = this.items.map((item) => `<item><title>${text(item.title)}</title><link>${text(item.link)}</link><guid isPermaLink="false">${text(item.id)}</guid></item>`);
    return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>A feed</title><link>${this.url}/</link><description>.</description>${items.join("")}</channel></rss>`;
  }
  async stop() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}

export class Daemon {
  /** `config`: of the socket's path and the address to listen on, the YAML. */
  constructor(folder, config, environment) {
    this.folder = folder;
    this.config = config;
    this.environment = environment;
  }
  async start() {
    this.port ??= await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    const file = path.join(this.folder, "crier.yaml");
    await writeFile(path.join(this.folder, "admin.token"), adminToken + "\n", { mode: 0o600 });
    await writeFile(file, this.config({ folder: this.folder, listen: `127.0.0.1:${this.port}` }));
    this.program = new Program("crier", [path.join(buildFolder, "crier"), "run", "--config", file], this.environment);
    await until("the daemon answers", async () => {
      if (!this.program.running) throw new Error(this.program.output);
      return this.get("/v1/status");
    });
  }
  get(way) {
    return exchange(this.url + way, { headers: { Authorization: `Bearer ${adminToken}` } });
  }
  post(way, body = {}) {
    return exchange(this.url + way, { method: "POST", body, headers: { Authorization: `Bearer ${adminToken}` } });
  }
  /** One post as it is now. */
  one(id) {
    return this.get(`/v1/outbox/${id}`);
  }
  untilState(id, state, seconds) {
    return until(`post ${id} is ${state}`, async () => {
      const post = await this.one(id);
      if (post.state !== state) throw new Error(`it is ${post.state}: ${post.reason}`);
      return post;
    }, seconds);
  }
  stop() {
    return this.program.stop();
  }
}

export async function temporaryFolder() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "crier-browser-"));
  await mkdir(path.join(folder, "media"), { recursive: true });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
