import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** A Chromium that is on PATH; nothing is downloaded. */
export function findChromium(path = process.env["PATH"] ?? ""): string | undefined {
  const candidates = path.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Takes a picture of a page. @param draw Puts there what is to be seen. @throws where there is no Chromium. */
export async function takePicture(
  path: string,
  viewport: { readonly width: number; readonly height: number },
  draw: (page: Page) => Promise<void>,
): Promise<void> {
  const executable = findChromium();
  if (executable === undefined) throw new Error("no Chromium on PATH: apt-get install chromium");
  const browser = await openChromium(executable);
  try {
    const page = await browser.newPage({ viewport, colorScheme: "light" });
    await draw(page);
    await page.screenshot({ path });
  } finally {
    await browser.close();
  }
}

export async function openChromium(executablePath: string): Promise<Browser> {
  // Chromium's own sandbox does not start for root, as in a container; what is opened here is our own page.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}
