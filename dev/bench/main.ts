import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { withBlock } from "../../sandbox/demo/marked-block";
import { markdown } from "./markdown";
import { FULL, QUICK } from "./plan";
import { run } from "./run";
import { exitCodeOf, judge, targetsOf } from "./targets";
import { VARIANTS } from "./variants";

const PAGE = "docs/performance.md";

function options(parameters: readonly string[]) {
  return yargs(parameters)
    .scriptName("npm run bench --")
    .usage("$0 [options]\n\nMeasures the packaged functions. Exits with 1 when a target is missed.")
    .option("quick", { type: "boolean", default: false, describe: "Seconds, to see that it works; judges no times" })
    .option("rounds", { type: "number", describe: "Fresh processes of each variant for each cold measurement" })
    .option("invocations", { type: "number", describe: "Warm sign-ins of each variant" })
    .option("variants", {
      type: "string",
      default: VARIANTS.join(","),
      coerce: (text: string) => text.split(",").map(variantName),
      describe: "What to measure, comma-separated",
    })
    .option("handler-zip", { type: "string", describe: "Another build of the handler, to compare" })
    .option("json", {
      type: "string",
      default: "build/bench-results.json",
      describe: "File for everything that was measured",
    })
    .option("markdown", { type: "boolean", default: true, describe: "Print the tables" })
    .option("write", { type: "boolean", default: false, describe: `Put the tables into ${PAGE}` })
    .check(({ write, quick, variants }) => {
      if (write && (quick || variants.length < VARIANTS.length))
        throw new Error(`--write is for a whole run: ${PAGE} shows every variant and target`);
      return true;
    })
    .strict()
    .showHelpOnFail(false, "--help lists the options.")
    .version(false)
    .epilogue("BENCH_NODE names another Node.js to run the functions with.")
    .parseSync();
}

function variantName(text: string): (typeof VARIANTS)[number] {
  const name = VARIANTS.find((known) => known === text);
  if (name === undefined) throw new Error(`--variants has ${text}; there are ${VARIANTS.join(", ")}`);
  return name;
}

async function main(): Promise<void> {
  const chosen = options(hideBin(process.argv));
  const plan = chosen.quick ? QUICK : FULL;
  const interrupted = new AbortController();
  // The processes die, the run fails, and whatever it opened is closed on the way out.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => interrupted.abort());
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-bench-"));
  try {
    const results = await run({
      root: process.cwd(),
      directory,
      node: process.env["BENCH_NODE"] ?? process.execPath,
      plan: { ...plan, rounds: chosen.rounds ?? plan.rounds, invocations: chosen.invocations ?? plan.invocations },
      variants: chosen.variants,
      handlerZip: chosen.handlerZip,
      signal: interrupted.signal,
      tell: (progress) => console.error(progress),
    });
    const ours = Object.keys(results.variants).filter((name) => targetsOf(name).length > 0);
    const judged = Object.fromEntries(ours.map((name) => [name, judge(results, name)]));
    mkdirSync(dirname(chosen.json), { recursive: true });
    writeFileSync(chosen.json, `${JSON.stringify({ ...results, judged })}\n`);
    const tables = markdown(results, judged);
    if (chosen.markdown) console.log(tables);
    if (chosen.write) writeFileSync(PAGE, withBlock(readFileSync(PAGE, "utf8"), "bench", tables));
    process.exitCode = exitCodeOf(judged);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
