import type { Browser } from "playwright-core";
import { findChromium, openChromium } from "../../dev/docs/status/open-chromium";

const executable = findChromium();

/** As `describe`. In CI a missing browser is a failure, elsewhere it is said. */
export const describeInChromium = executable === undefined && !process.env["CI"] ? describe.skip : describe;

/** Ended by whoever calls. */
export async function chromium(): Promise<Browser> {
  if (executable === undefined) throw new Error("no Chromium on PATH: apt-get install chromium");
  return openChromium(executable);
}
