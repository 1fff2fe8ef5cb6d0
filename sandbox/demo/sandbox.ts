import { shownPath } from "../../cli/program/shown-path";
import { visible } from "../../config/visible";
import { openWorld, type PaperWorld, placeOf } from "../accounts/from-synth";
import { openOperatorFolder, settingsBesides } from "../accounts/operator-folder";
import { forgetSurroundings } from "../accounts/own-environment";
import { AskedWrongly, askedFor, ownSettings } from "../accounts/own-pools/asked-for";
import { expected } from "../accounts/own-pools/expectation";
import { headlineOf, noteOfLacking } from "../accounts/own-pools/of-the-pair";
import { peopleFor } from "../accounts/own-pools/people-for";
import type { OwnTrigger } from "../accounts/own-triggers";
import { RefusedAtPlan } from "../accounts/refused-at-plan";
import { emptyGroup, sampleGroups, sampleUsers, shownSample } from "../accounts/sample-users";
import { openPage, pageFiles } from "../page/page";
import { SANDBOX_OPTIONS } from "./option-list";
import { optionsOf } from "./options";
import { readyLine, screen } from "./screen";
import { shownCode, shownLine } from "./shown-line";
import { endOnSignal } from "./signals";
import { terminal } from "./terminal";

/** Leaves the two accounts running until Ctrl-C, says how to talk to them, and tells what happens in them. */
async function sandbox(parameters: readonly string[]): Promise<void> {
  const options = optionsOf("npm run sandbox --", SANDBOX_OPTIONS, parameters);
  forgetSurroundings(process.env);
  const root = process.cwd();
  // Files first: while one of them keeps this waiting, as a pipe does, there is nothing to clean up, and a signal ends it by itself.
  const { isOwn, pools, settings, triggers, notes } = askedFor(options);
  const preSignUpInMigration = { triggerSource: options.preSignUp };
  const ofDotenv = ownSettings(root);
  const signals = endOnSignal();
  // A program that reads stdout gets the one line and nothing else.
  const say = options.json ? terminal.say : terminal.print;
  const samples = isOwn && !options.noUsers ? sampleUsers() : [];
  const people = isOwn || options.noUsers ? [] : peopleFor(pools.source, pools.destination);
  const users = [...samples, ...people.map(({ user }) => user)];
  const groups = users.length === 0 ? [] : sampleGroups(users, placeOf(pools.source));
  // What only the destination's own people could make: groups that users may come into.
  const destinationGroups = settings["MIGRATION_STAMP"] === "on" ? groups.map(emptyGroup) : [];
  let areLoaded = false;
  const tell = {
    // What a function writes that does not load is in the refusal.
    log: (line: string, name: string) =>
      !areLoaded ||
      say(triggers.some((one) => one.name === name) ? visible(`${name}: ${line}`) : shownLine(line, options.log)),
    code: (...sent: Parameters<typeof shownCode>) => say(shownCode(...sent)),
  };
  const world = await openWorld({
    root,
    users,
    groups,
    destinationGroups,
    pools,
    settings,
    tell,
    triggers,
    preSignUpInMigration,
  });
  try {
    await loadOwn(world, triggers);
    areLoaded = true;
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

/** So that a file which is no function says so now, and not to the first user. @throws {AskedWrongly} */
async function loadOwn({ functions }: PaperWorld, triggers: readonly OwnTrigger[]): Promise<void> {
  for (const { name, file } of triggers) {
    const fn = functions.find(({ configuration }) => configuration.name === name && configuration.isFile);
    await fn?.load().catch(({ message }: Error) => {
      const why = message.split("\n").find((line) => /Error\b.*: /.test(line)) ?? message;
      throw new AskedWrongly([`--trigger ${name}=${shownPath(file)}: it does not load: ${why}`]);
    });
  }
}

sandbox(process.argv.slice(2)).catch((error: unknown) => {
  const isWrongUse = error instanceof AskedWrongly || error instanceof RefusedAtPlan;
  const why = error instanceof RefusedAtPlan ? "Terraform would not plan this:\n" : isWrongUse ? "\n" : "";
  terminal.say(`The sandbox did not start. ${why}${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = isWrongUse ? 2 : 1;
});
