import { confirmPools } from "../pools/confirmed-pools";
import { defineCommand, JSON_OUTPUT } from "../program/command";
import { EXIT, Interrupted } from "../program/exit";
import { sinceDay } from "../status/since";
import { explain } from "./explain";
import { gather } from "./gather";
import { explanationText } from "./report";

export const explainCommand = defineCommand({
  options: {
    user: { type: "string", demandOption: true, describe: "Name as the person types it" },
    since: { type: "string", describe: "First day of the log to search, such as 2026-01-31; otherwise all of it" },
    ...JSON_OUTPUT,
  },
  examples: [["explain --user jane@example.com", "No password is needed, and nothing changes"]],
  run: async ({ user, since, json }, context) => {
    const { terminal, signal } = context;
    const from = since === undefined ? undefined : sinceDay(since, context.now());
    const places = await confirmPools(context);
    terminal.say(
      "AdminGetUser counts this person as an active user of the month on each side where the person is found. Nothing else is changed, and no password is used.",
    );
    try {
      const explanation = await explain(await gather(user, from, places, context));
      if (json) terminal.print(JSON.stringify(explanation, null, 2));
      else terminal.report(explanationText(explanation));
      return EXIT.DONE;
    } catch (error) {
      if (signal.aborted) throw new Interrupted("Stopped. Nothing was changed: run it again.");
      throw error;
    }
  },
});
