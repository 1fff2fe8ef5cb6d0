import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { chromium, describeInChromium } from "../../support/chromium";
import { type StartedSandbox, startSandbox } from "../../support/started-sandbox";

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}

const AXE = createRequire(__filename).resolve("axe-core/axe.min.js");

describeInChromium("the page in a real Chromium", () => {
  let browser: Browser;
  let sandbox: StartedSandbox;
  beforeAll(async () => {
    browser = await chromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    sandbox = await startSandbox([]);
  });
  afterEach(() => sandbox.stop());

  interface Opened {
    readonly page: Page;
    readonly requests: string[];
    readonly complaints: string[];
  }

  async function open(more: { colorScheme?: "light" | "dark"; width?: number; note?: string } = {}): Promise<Opened> {
    const { colorScheme = "light", width = 1440, note = "Nobody is signed in." } = more;
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(sandbox.ready.page);
    await said(page, note);
    return { page, requests, complaints };
  }

  /** The application's own word, which comes after the verdict: what it shows or offers is there from then on. */
  const said = (page: Page, text: string) => page.locator("#note", { hasText: text }).waitFor();
  const passwordOf = (name: string): string =>
    sandbox.ready.users.find(({ username }) => username === name)?.password ?? "none";
  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
  /** What the newest story comes to, once it has ended. */
  const verdict = (page: Page, text: string) =>
    page.locator(".story:first-child:is(.good, .refused, .waiting) .verdict", { hasText: text }).waitFor();
  const steps = async (page: Page): Promise<string> => page.locator(".story").first().innerText();
  const people = async (page: Page, side: string) => page.locator(`#${side} li`).allInnerTexts();

  test("somebody migrates, signs out, signs in without the function, and resets the password", async () => {
    const { page, requests, complaints } = await open();
    const name = "ordinary@example.com";
    expect(await people(page, "destination")).toEqual([]);
    expect(await people(page, "source")).toHaveLength(sandbox.ready.users.length);

    await press(page, `Wrong password: ${name}`);
    await verdict(page, "Refused");
    await said(page, "Incorrect username or password.");
    expect(await people(page, "destination")).toEqual([]);

    await page.getByLabel("Username").fill(name);
    await page.getByLabel("Password", { exact: true }).fill(passwordOf(name));
    await press(page, "Sign in");
    await verdict(page, "Migrated and signed in");
    await said(page, `Signed in as ${name}.`);
    expect(await steps(page)).toMatch(/Function[\s\S]*AdminInitiateAuth[\s\S]*creates the user CONFIRMED/);
    expect(await people(page, "destination")).toEqual([expect.stringMatching(/^ordinary@example\.com\s+CONFIRMED$/)]);
    expect(await page.locator("#destination li.arrived").count()).toBe(1);
    expect((await people(page, "source"))[0]).toContain("has come over");
    expect(await page.getByLabel("Password", { exact: true }).inputValue()).toBe("");

    await press(page, "Sign out");
    await said(page, "Signed out.");
    await verdict(page, "Signed out");
    expect(await steps(page)).toMatch(/RevokeToken[\s\S]*revokes the tokens/);
    await press(page, `Right password: ${name}`);
    await verdict(page, "Signed in, without the function");
    expect(await steps(page)).toContain("the function is not called");
    await press(page, "Sign out");

    await press(page, `Forgot it: ${name}`);
    await verdict(page, "A code was sent");
    await said(page, "A code is on its way.");
    const [, code = ""] = /Your code is (\d{6})/.exec(await page.locator("#message").innerText()) ?? [];
    expect(await steps(page)).toContain(code);
    await page.getByLabel("Code").fill("000000" === code ? "000001" : "000000");
    await page.getByRole("textbox", { name: "New password" }).fill("Aa1-a-new-password");
    await press(page, "Set password");
    await said(page, "Invalid verification code provided");
    await page.getByLabel("Code").fill(code);
    await page.getByRole("textbox", { name: "New password" }).fill("Aa1-a-new-password");
    await press(page, "Set password");
    await verdict(page, "New password set");
    // The old one is wrong from now on, and the button has the new one.
    await page.getByLabel("Username").fill(name);
    await page.getByLabel("Password", { exact: true }).fill(passwordOf(name));
    await press(page, "Sign in");
    await verdict(page, "Refused");
    await press(page, `Right password: ${name}`);
    await verdict(page, "Signed in, without the function");

    expect(complaints).toEqual([]);
    const { origin } = new URL(sandbox.ready.page);
    expect(new Set(requests.map((url) => new URL(url).pathname))).toEqual(
      new Set(["/", "/page.css", "/page.js", "/samples.json", "/events", "/actions"]),
    );
    expect(new Set(requests.map((url) => new URL(url).origin))).toEqual(new Set([origin]));
    expect(requests.join("\n")).not.toMatch(/ordinary|password|\?/);
  });

  test("without a mouse: by keys alone, and the focus is never lost", async () => {
    const { page } = await open();
    const at = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);
    const name = "temporary@example.com";
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the steps");
    await page.keyboard.press("Tab");
    expect(await at()).toBe("username");
    await page.keyboard.type(name);
    await page.keyboard.press("Tab");
    await page.keyboard.type(passwordOf(name));
    await page.keyboard.press("Enter");
    await verdict(page, "Has come over, and must set a new password");
    expect(await at()).toBe("password");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await at()).toBe("forgot");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "code");
    const [code = ""] = /\d{6}/.exec(await page.locator("#message").innerText()) ?? [];
    await page.keyboard.type(code);
    await page.keyboard.press("Tab");
    await page.keyboard.type("Aa1-a-new-password");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "note");
    await said(page, "The new password is set.");
    // The field of the name is the next one, and still has it.
    await page.keyboard.press("Tab");
    expect(await at()).toBe("username");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Aa1-a-new-password");
    await page.keyboard.press("Enter");
    await verdict(page, "Signed in, without the function");
    await said(page, `Signed in as ${name}.`);
    await page.locator("#sign-out").focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.id === "note");
    await verdict(page, "Signed out");
    // A story that was closed opens again.
    const older = page.locator(".story").nth(1);
    expect(await older.getAttribute("open")).toBeNull();
    await older.locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await older.getAttribute("open")).toBe("");
  });

  test("a screen reader is told each step once: they are added to a log and nothing in it is written anew", async () => {
    const { page } = await open();
    await page.evaluate(() => {
      const log = document.querySelector("[role=log]") as Element & { removed?: number; lines?: string[] };
      Object.assign(log, { removed: 0, lines: [] });
      new MutationObserver((records) => {
        for (const { addedNodes, removedNodes } of records) {
          log.removed = (log.removed ?? 0) + Array.from(removedNodes).filter((node) => node instanceof Element).length;
          for (const node of Array.from(addedNodes)) if (node instanceof HTMLLIElement) log.lines?.push(node.innerText);
        }
      }).observe(log, { childList: true, subtree: true });
    });
    await press(page, "Right password: ordinary@example.com");
    await verdict(page, "Migrated and signed in");
    await press(page, "Right password: ordinary@example.com");
    await verdict(page, "Signed in, without the function");
    const { removed, isLive } = await page.evaluate(() => {
      const log = document.querySelector("[role=log]") as Element & { removed?: number };
      return { removed: log.removed, isLive: document.getElementById("note")?.getAttribute("role") };
    });
    expect([removed, isLive]).toEqual([0, "status"]);
    // Every step is in the tree that a screen reader reads.
    expect(await page.locator("#stories").ariaSnapshot()).toMatch(/listitem: Destination answers with tokens/);
  });

  const SCREENS = [
    ["light", 1440],
    ["dark", 1440],
    ["light", 900],
    ["light", 390],
    ["dark", 390],
  ] as const;

  test("axe finds nothing, and all fits, in both themes and on every width", async () => {
    const { page: first } = await open();
    await press(first, "Right password: ordinary@example.com");
    await verdict(first, "Migrated and signed in");
    await press(first, "Wrong password: disabled@example.com");
    await verdict(first, "Refused");
    await press(first, "Forgot it: reset-required@example.com");
    await verdict(first, "A code was sent");
    const source = readFileSync(AXE, "utf8");
    for (const [colorScheme, width] of SCREENS) {
      // The sandbox has one application: what was done there is seen here.
      const { page } = await open({ colorScheme, width, note: "A code is on its way." });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const back = await page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
      expect(back).toBe({ light: "rgb(251, 251, 250)", dark: "rgb(17, 19, 24)" }[colorScheme]);
      // As the browser's own tools do it: the page's policy takes no script of a test.
      await page.evaluate(source);
      const { violations, passes } = await page.evaluate(() => window.axe.run());
      const found = violations.map(({ id, impact, nodes }) => [id, impact, nodes.map(({ html }) => html)]);
      expect([colorScheme, width, found]).toEqual([colorScheme, width, []]);
      expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(["color-contrast", "label", "button-name"]));
      await page.close();
    }
  });

  test("on a narrow screen the steps come into sight, and a code where it is typed", async () => {
    const { page } = await open({ width: 390 });
    await press(page, "Right password: ordinary@example.com");
    await verdict(page, "Migrated and signed in");
    const isSeen = (selector: string) =>
      page.locator(selector).evaluate((one) => {
        const { top } = one.getBoundingClientRect();
        return top >= 0 && top < window.innerHeight;
      });
    expect(await isSeen("#steps h2")).toBe(true);
    await press(page, "Forgot it: reset-required@example.com");
    await page.waitForFunction(() => document.activeElement?.id === "code");
    expect([await isSeen("#message"), await isSeen("#code")]).toEqual([true, true]);
  });

  test("what a user pool holds is text, and passwords are nowhere in the page", async () => {
    const { page, complaints } = await open();
    const hostile = `<img src=x onerror="document.title='owned'">`;
    await page.getByLabel("Username").fill(hostile);
    await page.getByLabel("Password", { exact: true }).fill("Aa1-typed-by-hand");
    await press(page, "Sign in");
    await verdict(page, "Refused");
    expect(await page.title()).toBe("Watch a migration");
    expect(await page.locator(".story .title").innerText()).toBe(`Sign-in: ${hostile}`);
    const html = await page.content();
    const secrets = sandbox.ready.users.flatMap(({ password }) => password ?? []);
    expect(secrets.length).toBeGreaterThan(5);
    for (const secret of [...secrets, "Aa1-typed-by-hand"]) expect(html).not.toContain(secret);
    expect(await page.locator("body").innerText()).toContain("Passwords of real user pools do not belong here.");
    expect(complaints).toEqual([]);
  });

  test("ends with the sandbox, and says so", async () => {
    const { page } = await open();
    const { status } = await sandbox.stop();
    expect(status).toBe(0);
    await said(page, "The sandbox does not answer.");
    await expect(fetch(sandbox.ready.page)).rejects.toThrow();
  });
});
