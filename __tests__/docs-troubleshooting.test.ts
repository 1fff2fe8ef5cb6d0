import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..");
const page = readFileSync(join(ROOT, "docs/troubleshooting.md"), "utf8");

interface Entry {
  readonly text: string;
  readonly body: string;
}

const entriesOf = (heading: string): readonly Entry[] => {
  const [, section = ""] = new RegExp(`^## ${heading}\\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, "m").exec(page) ?? [];
  return section
    .split(/^### /m)
    .slice(1)
    .map((entry) => {
      const [, text = "", body = ""] = /^`(.+)`\n([\s\S]*)$/.exec(entry) ?? [];
      return { text, body };
    });
};
const theirs = ["At sign-in, from Cognito", "From Terraform and AWS, at deploy and destroy"].flatMap(entriesOf);
const ours = entriesOf("From this program");

/** What the program prints stands in its sources as string literals, some in parts. */
const sources = ["bin", "cli", "config", "constructs", "handler", "rules", "stacks"]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.m?[jt]s$/.test(file))
      .map((file) => readFileSync(join(ROOT, folder, file), "utf8")),
  )
  .join("\n")
  .replaceAll(/["'`]\s*\+\s*["'`]/g, "");

const isTerraforms = (text: string): boolean => text === "Resource precondition failed";

test.each(ours.filter(({ text }) => !isTerraforms(text)))("this program says $text", ({ text }) => {
  const parts = text.split("...").map((part) => part.trim());
  for (const part of parts.filter(Boolean)) expect([part, sources.includes(part)]).toEqual([part, true]);
  expect(Math.max(...parts.map((part) => part.length))).toBeGreaterThan(10);
});

test.each(theirs)("what AWS or Terraform says has a source: $text", ({ body }) => {
  expect(body).toMatch(/\]\(https:\/\//);
});

test("every text has its cause and what to do in a few lines, and stands there once", () => {
  const all = [...theirs, ...ours];
  expect(all.length).toBe(page.match(/^### /gm)?.length);
  expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
  for (const { text, body } of all) {
    const lines = body.trim().split("\n").filter(Boolean);
    expect([text, lines.length > 0 && lines.length <= 4]).toEqual([text, true]);
  }
});
