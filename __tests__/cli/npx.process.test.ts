import { type ExecFileException, execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, type Run } from "../support/program";

const SIMULATE = ["simulate", "--users", "1000", "--sign-ins", "monthly=100", "--json"];

let scratch: string;
let registry: Server;
let asked: string[];

/** A registry in which somebody has taken the free name, with a program that says so. */
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "cognito-migration-npx-"));
  const stranger = join(scratch, "stranger");
  mkdirSync(stranger);
  const manifest = { name: "cognito-migration", version: "9.9.9", bin: { "cognito-migration": "run.js" } };
  writeFileSync(join(stranger, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(stranger, "run.js"), '#!/usr/bin/env node\nconsole.log("a stranger\'s program");\n');
  await npm(["npm", "pack", "--pack-destination", scratch], stranger, "http://127.0.0.1:1");
  const tarball = readFileSync(join(scratch, "cognito-migration-9.9.9.tgz"));
  asked = [];
  registry = createServer(({ url = "" }, response) => {
    asked.push(url);
    if (url.endsWith(".tgz")) return void response.end(tarball);
    const dist = { tarball: `${address()}/cognito-migration-9.9.9.tgz` };
    const packument = { ...manifest, "dist-tags": { latest: "9.9.9" }, versions: { "9.9.9": { ...manifest, dist } } };
    response.setHeader("content-type", "application/json").end(JSON.stringify(packument));
  });
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  registry.close();
  rmSync(scratch, { recursive: true, force: true });
});

const address = (): string => `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;

function npm([program = "", ...parameters]: readonly string[], directory: string, url = address()): Promise<Run> {
  const env = {
    PATH: process.env["PATH"],
    HOME: mkdtempSync(join(scratch, "home-")),
    npm_config_registry: url,
    npm_config_update_notifier: "false",
    npm_config_audit: "false",
    npm_config_fetch_retries: "0",
  };
  return new Promise((resolve) => {
    const ended = (error: ExecFileException | null, stdout: string, stderr: string): void =>
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
    // Its standard input is a pipe, as in a pipeline.
    execFile(program, parameters, { cwd: directory, env, encoding: "utf8" }, ended).stdin?.end();
  });
}

test("in the project's folder npx runs the project's own program, and asks no registry", async () => {
  for (const form of [
    ["npx", "cognito-migration"],
    ["npx", "--no", "--", "cognito-migration"],
    ["node", "bin/cognito-migration.mjs"],
  ]) {
    const { status, stdout, stderr } = await npm([...form, ...SIMULATE], ROOT);
    expect([status, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toHaveProperty("peak");
  }
  expect(asked).toEqual([]);
});

test("elsewhere npx runs whatever has that name, and npx --no -- does not", async () => {
  const elsewhere = mkdtempSync(join(scratch, "elsewhere-"));
  expect((await npm(["npx", "cognito-migration", "preflight"], elsewhere)).stdout).toBe("a stranger's program\n");
  const { status, stdout, stderr } = await npm(
    ["npx", "--no", "--", "cognito-migration", "preflight", "--json"],
    elsewhere,
  );
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("npx canceled");
});
