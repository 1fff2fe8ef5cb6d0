import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { DARK, LIGHT } from "../../../cli/status/draw-chart";
import { statusPage } from "../../../cli/status/page";
import type { Status } from "../../../cli/status/status";
import { timelineOf } from "../../../cli/status/timeline";
import { sampleStatus } from "../../../dev/docs/status/sample-status";
import { chromium, describeInChromium } from "../../support/chromium";

/** Everybody who has come, has come today. */
function onFirstDay(migrated: number): Status {
  const status = sampleStatus();
  const byDay = new Map([[status.at.toISOString().slice(0, 10), migrated]]);
  return {
    ...status,
    users: { ...status.users, migrated, byDay },
    timeline: timelineOf({ byDay }, status.at),
    forecast: { kind: "none", because: "two whole weeks are needed; there are 0 whole days" },
  };
}

function withMillions(): Status {
  const status = sampleStatus();
  const reasons = (["source_trigger_failed", "user_status_unknown"] as const).map((reason) => ({
    reason,
    means: "what it means, in a few words",
    signIns: 1_234_567,
  }));
  const users = { ...status.users, sourceUsers: 39_999_999, migrated: 28_888_888, destinationUsers: 39_999_998 };
  return {
    ...status,
    users,
    outcomes: { ...status.outcomes, refused: { signIns: 12_345_678, reasons } } as Status["outcomes"],
  };
}

describeInChromium("the page in a real Chromium", () => {
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-page-"));
  const file = join(directory, "status.html");
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium();
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
    const chart = page.locator(`.${scheme} .wide svg`);
    expect(await chart.isVisible()).toBe(true);
    for (const hidden of [`.${other} .wide svg`, `.${other} .narrow svg`, `.${scheme} .narrow svg`])
      expect([hidden, await page.locator(hidden).isVisible()]).toEqual([hidden, false]);
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

  const FIRST_DAY = onFirstDay(4);
  const SCREENS = [
    ["the sample", sampleStatus()],
    ["the first day", FIRST_DAY],
    ["millions", withMillions()],
    ["a name without a space", { ...FIRST_DAY, source: { ...FIRST_DAY.source, name: "x".repeat(128) } }],
  ] as const;

  test.each(SCREENS)("%s fits a narrow screen, and can be read there", async (_, status) => {
    for (const scheme of ["light", "dark"] as const) {
      const { page } = await open(scheme, statusPage(status));
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      const chart = page.locator(`.${scheme} .narrow svg`);
      expect(await page.locator(`.${scheme} .wide svg`).isVisible()).toBe(false);
      const heights = await chart
        .locator("text")
        .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().height));
      expect(heights.length).toBeGreaterThan(5);
      // Below 9 pixels nobody reads it.
      expect(Math.min(...heights)).toBeGreaterThan(9);
      const numbers = page.locator("td.number");
      const lines = await numbers.evaluateAll((cells) => cells.map((cell) => cell.getClientRects().length));
      expect(new Set(lines)).toEqual(new Set([1]));
      await page.close();
    }
  });

  test.each(["light", "dark"] as const)("one day is a point that is seen on a %s screen", async (scheme) => {
    const { page } = await open(scheme, statusPage(FIRST_DAY));
    const colour = scheme === "light" ? LIGHT.total : DARK.total;
    // Beside the legend's: its middle is in the main chart.
    const points = await page
      .locator(`.${scheme} .wide svg path[fill="${colour}"]`)
      .evaluateAll((paths) => paths.map((path) => path.getBoundingClientRect()));
    const { y = 0 } = (await page.locator(`.${scheme} .wide svg`).boundingBox()) ?? {};
    const inChart = points.filter(({ top, width, height }) => top - y > 50 && width > 5 && height > 5);
    expect(inChart).toHaveLength(1);
  });

  test("a reason is a part of the number above it, and is seen to be", async () => {
    const { page } = await open("light");
    const rows = await page
      .locator("table", { hasText: "Sign-ins of unknown users" })
      .locator("tr")
      .evaluateAll((all) =>
        all.slice(1).map((row) => {
          const name = row.children.item(0);
          const text = document.createRange();
          if (name !== null) text.selectNodeContents(name);
          return [name?.textContent?.trim(), Math.round(text.getBoundingClientRect().left)] as const;
        }),
      );
    const outer = rows[0]?.[1] ?? 0;
    expect(rows.map(([name, left]) => [name, left > outer + 8])).toEqual([
      ["migrated", false],
      ["reset_required", false],
      ["refused", false],
      ["not_authorized", true],
      ["mfa", true],
      ["failed", false],
      ["throttled", true],
    ]);
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
