import { type Check, listed } from "../../../cli/preflight/check";
import { FACTOR_CHECKS } from "../../../cli/preflight/factor-checks";
import { SIGN_IN_NAME_CHECKS } from "../../../cli/preflight/sign-in-name-checks";
import { parseDeployment } from "../../../config/deployment";
import { OUTCOMES, type OutcomeName } from "../../../rules/outcome";
import { described } from "../../aws/user-pool/pool-operations";
import type { PaperWorld } from "../from-synth";
import { type Expectation, isComing } from "./expectation";

/** The check of preflight that says why, where an outcome is a matter of the pools and not of the user. */
const WHY: Partial<Record<OutcomeName, string>> = { sign_in_name: "sign-in-names", mfa: "source-mfa" };

/** What is said before all else where nobody comes, or hardly anybody: the first user is one with whom nothing is the matter. */
export function headlineOf(world: PaperWorld, expectations: readonly Expectation[]): string | undefined {
  const [ordinary] = expectations;
  if (ordinary === undefined || isComing(ordinary.outcome)) return undefined;
  const whom = expectations.some(({ outcome }) => isComing(outcome)) ? "Most users" : "Users";
  const check = [...SIGN_IN_NAME_CHECKS, ...FACTOR_CHECKS].find(({ id }) => id === WHY[ordinary.outcome]);
  const why = check === undefined ? `${OUTCOMES[ordinary.outcome].means}.` : inItsWords(check, world);
  return `${whom} cannot come over as this is set. ${why}`;
}

function inItsWords(check: Check, { source, destination, settings }: PaperWorld): string {
  const { found, remedy } = check.decide({
    source: described(source.userPool),
    destination: described(destination.userPool),
    settings: parseDeployment(settings).destination,
  } as unknown as Parameters<Check["decide"]>[0]);
  return [found, remedy].filter(Boolean).join(" ");
}

/** The sandbox has to decide what AWS leaves open. @returns the note about it, where it concerns one of these users. */
export function noteOfLacking(expectations: readonly Expectation[]): readonly string[] {
  const names = [...new Set(expectations.flatMap(({ lacking }) => lacking))];
  if (names.length === 0) return [];
  return [
    `not known: the destination requires ${listed(names)}. A user without is let in here; of AWS, one page says that Cognito fills it in, another that the sign-in fails. preflight warns or fails, and import leaves such users out`,
  ];
}
