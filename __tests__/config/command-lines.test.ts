import { execFileSync } from "node:child_process";
import { commandLines } from "../../config/command-lines";
import { quoted, quotedForPowerShell } from "../../config/shell";
import { visible } from "../../config/visible";

/** What a shell makes of a command line that is copied into it: SETTINGS_FILE, and the words after the program. */
function copied(line: string, shell = "sh"): { settingsFile: string; words: string[] } {
  const tell = `printf '%s\\0' "$SETTINGS_FILE" "$@"`;
  const script = `npx() { ${tell}; }; npm() { ${tell}; }; terraform() { ${tell}; }; ${line}`;
  const [settingsFile = "", ...words] = execFileSync(shell, [...(shell === "bash" ? ["--norc"] : []), "-c", script], {
    env: {},
    encoding: "utf8",
  }).split("\0");
  return { settingsFile, words: words.slice(0, -1) };
}

const NAMES = [
  ".env.staging",
  "a b",
  "it's",
  '"',
  "$(touch x)",
  "`id`",
  "a;b",
  "~/x",
  "a\\b",
  "*",
  "#x",
  "é",
  "!x",
  "a&b",
];

test.each(NAMES)("each command line has the settings' file in it, as one word: %s", (file) => {
  for (const lines of [commandLines({}, file), commandLines({ SETTINGS_FILE: file })]) {
    expect(copied(lines.program("undo", "1-attach", "--apply"))).toEqual({
      settingsFile: "",
      words: ["cognito-migration", "--settings", file, "undo", "1-attach", "--apply"],
    });
    expect(copied(lines.cdktf("destroy", "source"))).toEqual({
      settingsFile: file,
      words: ["cdktf", "destroy", "source"],
    });
    expect(copied(lines.synth)).toEqual({ settingsFile: file, words: ["run", "synth"] });
    expect(copied(`npx ${lines.file}`).words).toEqual([file]);
  }
});

test("the option wins over the variable, also where it names the default", () => {
  expect(commandLines({ SETTINGS_FILE: ".env.a" }, ".env.b").program("status")).toContain("--settings .env.b ");
  expect(commandLines({ SETTINGS_FILE: ".env.a" }, ".env").program("status")).toContain("--settings .env ");
  expect(commandLines({ SETTINGS_FILE: ".env.a" }, ".env").cdktf("deploy")).toBe("SETTINGS_FILE=.env npx cdktf deploy");
});

test("a file whose name looks like an option is none", () => {
  expect(copied(commandLines({}, "-x").program("status")).words).toEqual([
    "cognito-migration",
    "--settings",
    "./-x",
    "status",
  ]);
});

test("by default the lines are short", () => {
  for (const lines of [commandLines(), commandLines({ SETTINGS_FILE: "" }), commandLines({}, ".env")]) {
    expect(lines.program("status")).toBe("npx cognito-migration status");
    expect(lines.cdktf("deploy", "source")).toBe("npx cdktf deploy source");
    expect(lines.synth).toBe("npm run synth");
    expect(lines.terraform("source", "init")).toBe("terraform -chdir=cdktf.out/stacks/source init");
    expect(lines.file).toBe(".env");
  }
});

test.each([[undefined], [".env.b"]])(
  "the npm package's program is run where it is, and never fetched by its name: %s",
  (file) => {
    for (const words of [[], ["status"], ["undo", "1-attach", "--apply"]])
      expect(copied(commandLines({}, file, true).program(...words)).words).toEqual([
        "--no",
        "--",
        "cognito-migration",
        ...(file === undefined ? [] : ["--settings", file]),
        ...words,
      ]);
  },
);

test.each(["out", "a b/out"])("Terraform runs where the stacks are synthesized: %s", (CDKTF_OUTDIR) => {
  expect(copied(commandLines({ CDKTF_OUTDIR }).terraform("destination", "plan")).words).toEqual([
    `-chdir=${CDKTF_OUTDIR}/stacks/destination`,
    "plan",
  ]);
});

test.each([...NAMES, "\u001b[2K", "a\nb", "\u202e it's \\", "é\u200b1", "\t"])(
  "a word steers no terminal, and a shell takes it as it is: %j",
  (word) => {
    const line = quoted(word);
    expect(visible(line)).toBe(line);
    expect(copied(`npx ${line}`, "bash").words).toEqual([word]);
  },
);

test("PowerShell ends a word at each of its quotation marks", () => {
  expect(quotedForPowerShell(".env.staging")).toBe(".env.staging");
  expect(quotedForPowerShell("a'b\u2019 $(id)")).toBe("'a''b\u2019\u2019 $(id)'");
});
