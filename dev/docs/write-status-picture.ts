import { statusPage } from "../../cli/status/page";
import { findChromium, openChromium } from "./status/open-chromium";
import { sampleStatus } from "./status/sample-status";

async function main(): Promise<void> {
  const executable = findChromium();
  if (executable === undefined) throw new Error("no Chromium on PATH: apt-get install chromium");
  const browser = await openChromium(executable);
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 1210 }, colorScheme: "light" });
    await page.setContent(statusPage(sampleStatus()));
    await page.screenshot({ path: "docs/status.png" });
  } finally {
    await browser.close();
  }
}

void main();
