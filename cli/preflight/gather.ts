import type { DestinationSettings } from "../../config/deployment";
import { hasTokenFunction } from "../../rules/token-function";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { describeAwsError } from "../aws/explain-aws-error";
import type { Side } from "../aws/side";
import { findPool, sayPools } from "../pools/confirmed-pools";
import { poolRules } from "../pools/pool-rules";
import { sidesOf } from "../pools/sides";
import { findSourceOutputs } from "../pools/stack-outputs";
import type { Context } from "../program/command";
import { Interrupted } from "../program/exit";
import type { Terminal } from "../program/terminal";
import { factsAsked, type Given } from "./check";
import { CHECKS } from "./checks";
import type { Facts, Reach } from "./facts";
import { gatherFacts } from "./gather-facts";
import { scanUsers } from "./scan-users";

interface PreflightOptions {
  readonly scanUsers: boolean;
  readonly expectSignInsPerSecond: number | undefined;
  /** File with the outputs of the source, in place of its state. */
  readonly outputs: string | undefined;
  /** Shared configuration profile with credentials of the function's role. */
  readonly functionRoleProfile: string | undefined;
}

/** Asks AWS for everything that the checks need. Nothing is changed, and no password is used. */
export async function gather(context: Context, options: PreflightOptions): Promise<{ facts: Facts; given: Given }> {
  const deployment = context.deployment();
  const sides = sidesOf(deployment, context.commands);
  // Otherwise sidesOf has thrown.
  const settings = deployment.destination as DestinationSettings;
  const codeSha256 = await context.codeSha256();
  // Bundling takes a second, and nobody asks for what is not there.
  const tokenCodeSha256 = hasTokenFunction(settings) ? await context.tokenCodeSha256() : undefined;
  const [source, destination, found] = await Promise.all([
    reach(sides.source, context.terminal),
    reach(sides.destination, context.terminal),
    findSourceOutputs(context.root, settings, context.commands, options.outputs),
  ]);
  sayPools(
    [source, destination].flatMap(({ place }) => place ?? []),
    context.terminal,
  );
  const outputs = { ...found, roleArn: found.roleArn ?? roleArnOf(settings, source.place) };
  const places = { source: source.place, destination: destination.place };
  const asked = factsAsked(CHECKS, settings);
  const facts = await gatherFacts(places, asked, { settings, outputs }, options.functionRoleProfile);
  const rules =
    source.place && destination.place && poolRules(source.place.userPool, destination.place.userPool, settings);
  const scan =
    options.scanUsers && source.place !== undefined ? await scanUsers(source.place, rules, context) : undefined;
  if (context.signal.aborted) throw new Interrupted("Stopped. Nothing was changed; run it again.");
  return {
    facts,
    given: {
      settings,
      commands: context.commands,
      today: context.now(),
      outputs,
      codeSha256,
      tokenCodeSha256,
      reach: { source: source.reach, destination: destination.reach },
      scan,
      expectSignInsPerSecond: options.expectSignInsPerSecond,
    },
  };
}

/** Follows from the settings where no output is to be had. */
const roleArnOf = ({ partition, names }: DestinationSettings, source: ConfirmedPool | undefined): string | undefined =>
  source && `arn:${partition}:iam::${source.account}:role/${names.sourceRole}`;

interface Reached {
  readonly reach: Reach;
  /** Undefined: nothing else is asked there. */
  readonly place: ConfirmedPool | undefined;
}

/** Finds one user pool. What is wrong becomes a finding, not an end: the other side is checked all the same. */
async function reach(side: Side, terminal: Pick<Terminal, "say">): Promise<Reached> {
  const { account: expectedAccount } = side;
  try {
    const place = await findPool(side, terminal);
    const { account } = place;
    if (expectedAccount === undefined || expectedAccount === account)
      return { reach: { account, expectedAccount, problem: undefined }, place };
    const found = `The credentials for the ${side.name} belong to account ${account}; the settings say ${expectedAccount}.`;
    return { reach: { account, expectedAccount, problem: { found, remedy: undefined } }, place: undefined };
  } catch (error) {
    const problem = describeAwsError(error);
    if (problem === undefined) throw error;
    return { reach: { account: undefined, expectedAccount, problem }, place: undefined };
  }
}
