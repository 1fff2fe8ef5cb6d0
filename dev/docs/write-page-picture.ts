import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { findChromium, openChromium } from "./status/open-chromium";

/** Takes docs/page.png: somebody has just migrated in the sandbox. */
async function main(): Promise<void> {
  const executable = findChromium();
  if (executable === undefined) throw new Error("no Chromium on PATH: apt-get install chromium");
  const sandbox = spawn(process.execPath, ["build/sandbox.js", "--json"], { stdio: ["ignore", "pipe", "ignore"] });
  const ended = once(sandbox, "exit");
  try {
    const [line] = await Promise.race([
      once(createInterface(sandbox.stdout), "line"),
      ended.then(() => Promise.reject(new Error("the sandbox did not start"))),
    ]);
    await takePicture(executable, JSON.parse(String(line)).page);
  } finally {
    sandbox.kill("SIGINT");
    await ended;
  }
}

async function takePicture(executable: string, url: string): Promise<void> {
  const browser = await openChromium(executable);
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 940 }, colorScheme: "light" });
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
    await page.screenshot({ path: "docs/page.png" });
  } finally {
    await browser.close();
  }
}

void main();
