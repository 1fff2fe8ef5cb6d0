import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import type { Page } from "playwright-core";
import { takePicture } from "./status/open-chromium";

/** Takes docs/page.png: somebody has just migrated in the sandbox. */
async function main(): Promise<void> {
  const sandbox = spawn(process.execPath, ["build/sandbox.js", "--json"], { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(sandbox, "exit");
  try {
    const [line] = await Promise.race([
      once(createInterface(sandbox.stdout), "line"),
      ended.then(() => Promise.reject(new Error("the sandbox did not start"))),
    ]);
    const { page: url } = JSON.parse(String(line));
    await takePicture("docs/page.png", { width: 1440, height: 940 }, (page) => migrate(page, url));
  } finally {
    sandbox.kill("SIGINT");
    await ended;
  }
}

async function migrate(page: Page, url: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(url);
  const press = async (name: string, verdict: string): Promise<void> => {
    await page.getByRole("button", { name }).click();
    await page.locator(".story:first-child .verdict", { hasText: verdict }).waitFor();
  };
  await press("Right password: Capitals@example.com", "Migrated");
  await press("Wrong password: ordinary@example.com", "Refused");
  await press("Right password: ordinary@example.com", "Migrated");
  await page.mouse.move(0, 0);
}

void main();
