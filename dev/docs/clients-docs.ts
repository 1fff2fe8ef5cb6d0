import type { Row } from "../../__tests__/clients/row";
import recorded from "../../__tests__/clients/run.json";
import { withBlock } from "../../sandbox/demo/marked-block";

const RUNS: Readonly<Record<string, readonly Row[]>> = recorded;

/** One table for the clients that saw the same by the same calls. */
function tables(): string {
  const byRows = new Map<string, string[]>();
  for (const [client, rows] of Object.entries(RUNS)) {
    const key = JSON.stringify(rows);
    byRows.set(key, [...(byRows.get(key) ?? []), client]);
  }
  return [...byRows].map(([rows, clients]) => table(clients, JSON.parse(rows) as Row[])).join("\n\n");
}

function table(clients: readonly string[], rows: readonly Row[]): string {
  const lines = rows.map(
    ({ step, call, trigger, saw }) => `| ${step} | ${call} | ${trigger > 0 ? "**yes**" : "no"} | ${saw} |`,
  );
  const head = ["| Step | Call | Asks the trigger | What the app sees |", "|---|---|---|---|"];
  return [`### ${clients.join(", ")}`, "", ...head, ...lines].join("\n");
}

/** The page with the recorded run of the tier `clients` in it. */
export const withClientTables = (page: string): string => withBlock(page, "clients", tables());
