import { type ChildProcess, spawn } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");
const START_MS = 80_000;

interface Options {
  /** Load the sample data: about 300 sessions of the last 30 days. */
  sample?: boolean;
  /** Extra flags of `sessionary serve`. */
  flags?: string[];
  /** Environment variables. */
  settings?: Record<string, string>;
}

/** A real server on a free port, with a data folder of its own. */
export class Server {
  private process: ChildProcess | undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), "sessionary-e2e-"));

  private constructor(
    readonly port: number,
    private readonly options: Options,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  static async start(options: Options = {}): Promise<Server> {
    const server = new Server(await freePort(), options);
    await server.resume();
    // Not with `--sample`, which still loads while the server is already ready.
    if (options.sample) await server.requestJson("/v2/sample", {});
    return server;
  }

  /** Start the process, or restart it after `pause`. */
  async resume(): Promise<void> {
    const { flags = [], settings = {} } = this.options;
    const log = openSync(join(this.folder, "log"), "a");
    const args = ["serve", "--port", String(this.port), "--grpc-port", "0", ...flags];
    this.process = spawn(join(ROOT, ".venv", "bin", "sessionary"), args, {
      stdio: ["ignore", log, log],
      env: { ...process.env, SESSIONARY_DATABASE_URL: `chdb://${this.folder}/data`, ...settings },
    });
    await this.untilReady();
  }

  /** Stop the process and keep its data. */
  async pause(): Promise<void> {
    const running = this.process;
    this.process = undefined;
    if (running?.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGTERM");
    await ended;
  }

  /** Truncate the data files of a table; the server must be paused. */
  damage(table: string): void {
    const parts = join(this.folder, "data", "data", "default", table);
    const files = readdirSync(parts).map((part) => join(parts, part, "data.bin"));
    files.filter((file) => existsSync(file)).forEach((file) => truncateSync(file, 10));
  }

  async stop(): Promise<void> {
    await this.pause();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Request JSON from the API: POST with a body, GET without. */
  async requestJson<Reply>(path: string, body?: unknown): Promise<Reply> {
    const response = await fetch(this.url + path, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Reply;
  }

  private async untilReady(): Promise<void> {
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline) {
      if (this.process?.exitCode !== null) break;
      const answer = await fetch(`${this.url}/readyz`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the server did not start\n${readFileSync(join(this.folder, "log"), "utf8")}`);
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
