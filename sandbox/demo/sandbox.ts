import { openWorld, placeOf } from "../accounts/from-synth";
import { openOperatorFolder, settingsBesides } from "../accounts/operator-folder";
import { forgetSurroundings } from "../accounts/own-environment";
import { AskedWrongly, askedFor, ownSettings } from "../accounts/own-pools/asked-for";
import { expected } from "../accounts/own-pools/expectation";
import { headlineOf, noteOfLacking } from "../accounts/own-pools/of-the-pair";
import { peopleFor } from "../accounts/own-pools/people-for";
import { readyLine } from "../accounts/own-pools/ready-line";
import { RefusedAtPlan } from "../accounts/refused-at-plan";
import { sampleGroups, sampleUsers, shownSample } from "../accounts/sample-users";
import { openPage } from "../page/page";
import { pageFiles } from "../page/page-files";
import { SANDBOX_OPTIONS } from "./option-list";
import { optionsOf } from "./options";
import { screen } from "./screen";
import { shownCode, shownLine } from "./shown-line";
import { endOnSignal } from "./signals";
import { terminal } from "./terminal";

/** Leaves the two accounts running until Ctrl-C, says how to talk to them, and tells what happens in them. */
async function sandbox(parameters: readonly string[]): Promise<void> {
  const options = optionsOf("npm run sandbox --", SANDBOX_OPTIONS, parameters);
  forgetSurroundings(process.env);
  const root = process.cwd();
  // Files first: while one of them keeps this waiting, as a pipe does, there is nothing to clean up, and a signal ends it by itself.
  const { isOwn, pools, settings, notes } = askedFor(options);
  const ofDotenv = ownSettings(root);
  const signals = endOnSignal();
  // A program that reads stdout gets the one line and nothing else.
  const say = options.json ? terminal.say : terminal.print;
  const samples = isOwn && !options.noUsers ? sampleUsers() : [];
  const people = isOwn || options.noUsers ? [] : peopleFor(pools.source, pools.destination);
  const users = [...samples, ...people.map(({ user }) => user)];
  const groups = users.length === 0 ? [] : sampleGroups(users, placeOf(pools.source));
  const tell = {
    log: (line: string) => say(shownLine(line, options.log)),
    code: (...sent: Parameters<typeof shownCode>) => say(shownCode(...sent)),
  };
  const world = await openWorld({ root, users, groups, pools, settings, tell });
  try {
    const expectations = await Promise.all(people.map((person) => expected(world, person)));
    const shown = [...samples.map(shownSample), ...expectations.map(({ user }) => user)];
    const operator = openOperatorFolder(world);
    const page = await openPage(world, shown, pageFiles());
    try {
      say(
        screen({
          world,
          users: shown,
          operator,
          pageUrl: page.url,
          headline: headlineOf(world, expectations),
          notes: [...notes, ...noteOfLacking(expectations)],
          besides: settingsBesides(ofDotenv, operator.environment),
        }),
      );
      if (options.json) terminal.print(readyLine(world, shown, operator.environment, page.url));
      await signals.untilSignal();
    } finally {
      await page.close();
      operator.remove();
    }
  } finally {
    await world.close();
  }
  say("\nStopped; nothing is left running.");
}

sandbox(process.argv.slice(2)).catch((error: unknown) => {
  const isWrongUse = error instanceof AskedWrongly || error instanceof RefusedAtPlan;
  const why = error instanceof RefusedAtPlan ? "Terraform would not plan this:\n" : isWrongUse ? "\n" : "";
  terminal.say(`The sandbox did not start. ${why}${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = isWrongUse ? 2 : 1;
});
