import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { statusPage } from "../../../cli/status/page";
import { findChromium, openChromium } from "../../../scripts/status/open-chromium";
import { sampleStatus } from "../../../scripts/status/sample-status";

const executable = findChromium();
/** In CI a missing browser is a failure, elsewhere it is said. */
const withChromium = executable === undefined && !process.env["CI"] ? describe.skip : describe;

withChromium("the page in a real Chromium", () => {
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-page-"));
  const file = join(directory, "status.html");
  let browser: Browser;
  beforeAll(async () => {
    if (executable === undefined) throw new Error("no Chromium on PATH: apt-get install chromium");
    browser = await openChromium(executable);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function open(colorScheme: "light" | "dark", html = statusPage(sampleStatus())) {
    writeFileSync(file, html);
    const page = await browser.newPage({ viewport: { width: 1000, height: 1400 }, colorScheme });
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(pathToFileURL(file).href);
    return { page, requests, complaints };
  }
  const background = (page: Page) => page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);

  test.each([
    ["light", "dark", "rgb(255, 255, 255)", "#1d4ed8"],
    ["dark", "light", "rgb(17, 19, 24)", "#7aa2ff"],
  ] as const)("is drawn for a %s screen, without a request or a complaint", async (scheme, other, back, curve) => {
    const { page, requests, complaints } = await open(scheme);
    expect(await background(page)).toBe(back);
    const chart = page.locator(`.${scheme} svg`);
    expect(await chart.isVisible()).toBe(true);
    expect(await page.locator(`.${other} svg`).isVisible()).toBe(false);
    expect(await chart.locator(`path[stroke="${curve}"]`).count()).toBeGreaterThanOrEqual(2);
    const { width = 0, height = 0 } = (await chart.boundingBox()) ?? {};
    expect([width > 800, height > 350]).toEqual([true, true]);
    expect(requests).toEqual([pathToFileURL(file).href]);
    expect(complaints).toEqual([]);
  });

  test("says the numbers, the forecast and the outcomes, and shows every day on demand", async () => {
    const { page } = await open("light");
    const { users, timeline } = sampleStatus();
    const text = await page.locator("body").innerText();
    expect(text).toContain(users.migrated.toLocaleString("en-US"));
    expect(text).toMatch(/The curve flattens about 2026-\d\d-\d\d/);
    expect(text).toMatch(/not_authorized\s+4,004/);
    expect(text).toMatch(/again, a minute later or more\s+9\s+25\s+0\.1/);
    expect(text).toContain("Last at 2026-03-20 08:12 UTC.");
    expect(text).not.toContain(timeline[3]?.date);
    await page.locator("summary").click();
    expect(await page.locator("details tr").count()).toBe(timeline.length + 1);
    expect(await page.locator("body").innerText()).toContain(timeline[3]?.date);
  });

  test("fits a narrow screen", async () => {
    const { page } = await open("light");
    await page.setViewportSize({ width: 380, height: 800 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test("a user pool's name is text, and no script ever runs", async () => {
    const status = sampleStatus();
    const hostile = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
    const { page, requests } = await open(
      "light",
      statusPage({ ...status, source: { ...status.source, name: hostile } }),
    );
    expect(await page.title()).toMatch(/% migrated$/);
    expect(await page.locator("body").innerText()).toContain(hostile);
    expect(requests).toHaveLength(1);
    expect(await page.locator("script").count()).toBe(0);
  });
});

test("what others have named steers neither a terminal nor the direction of the text, and stays on its line", () => {
  const status = sampleStatus();
  const name = "a\u001b]52;c;aGk=\u0007\u009b31m\u202eevil\u2066\u200b\u2028\r\nRemaining 0";
  const page = statusPage({
    ...status,
    source: { ...status.source, name },
    destination: { ...status.destination, name, account: name },
    outcomes: { because: `AWS refused.\n${name}` },
  });
  expect(page.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  expect(page).toContain(
    "From a\\u001b]52;c;aGk=\\u0007\\u009b31m\\u202eevil\\u2066\\u200b\\u2028\\u000d\\u000aRemaining 0, eu-west-1_",
  );
});

test("the same status gives the same page, and one without migrations is a page, too", () => {
  const status = sampleStatus();
  expect(statusPage(status)).toBe(statusPage(status));
  const users = { ...status.users, migrated: 0, remaining: 0, sourceUsers: 0, byDay: new Map() };
  const empty = statusPage({
    ...status,
    users,
    timeline: [],
    forecast: { kind: "none", because: "two whole weeks are needed; there are 0 whole days" },
    outcomes: { because: "not allowed" },
    handOvers: { because: "no <log>" },
  });
  expect(empty).toContain("No forecast: two whole weeks are needed");
  expect(empty).toContain("Outcomes are not known: not allowed");
  expect(empty).toContain("<p>Hand-overs are not counted: no &lt;log&gt;</p>");
  expect(empty).not.toContain("<td>in all</td>");
});
