import { type Foretold, foretell } from "../../../cli/explain/foretell";
import { handedOnName } from "../../../cli/explain/names";
import { functionRules } from "../../../cli/explain/read-function";
import type { MigrationRules } from "../../../rules/hand-over";
import { OUTCOMES, type OutcomeName } from "../../../rules/outcome";
import { namesAtSource } from "../../../rules/source-names";
import { WHY_DROPPED } from "../../../rules/why-dropped";
import type { PaperWorld } from "../from-synth";
import type { Person } from "./people-for";

/** A user of the source as the sandbox shows one. */
export interface ShownUser {
  /** To type at the destination. */
  readonly username: string;
  readonly password: string;
  /** What happens then. */
  readonly expect: string;
}

/** Whom to try, under the best of the names that work at the source, and what the function's own rules say of it. */
export async function expected(world: PaperWorld, person: Person): Promise<ShownUser> {
  const rules = functionRules(world.deployed.function.environment, world.destination);
  const { usernameAttributes, aliasAttributes } = world.source.userPool.naming;
  const naming = { sourceUsernameAttributes: usernameAttributes, sourceAliasAttributes: aliasAttributes };
  const tries: { readonly name: string; readonly foretold: Foretold }[] = [];
  for (const { name } of namesAtSource(person.user, naming as Parameters<typeof namesAtSource>[1]))
    tries.push({ name, foretold: await foretoldOf(name, world, rules) });
  const best = tries.find(({ foretold }) => isComing(foretold.outcome)) ?? tries[0];
  if (best === undefined) throw new Error("a sample user has no name at the source");
  return { username: best.name, password: person.user.password, expect: inWords(best.foretold, person) };
}

const isComing = (outcome: OutcomeName): boolean => ["migrated", "reset_required"].includes(OUTCOMES[outcome].kind);

async function foretoldOf(name: string, world: PaperWorld, rules: MigrationRules): Promise<Foretold> {
  const at = (typed: string) => {
    const user = world.source.userPool.users.find(typed);
    return user && { ...user, factors: user.mfa };
  };
  return foretell({
    name,
    rules,
    source: { typed: at(name), handedOn: at(handedOnName(name, rules)) },
    sourceMfaConfiguration: rules.sourceMfaConfiguration,
    destinationUserPoolId: rules.destinationUserPoolId,
    function: { rules },
  });
}

function inWords({ outcome, decision }: Foretold, { whyUnknown }: Person): string {
  const { kind, means } = OUTCOMES[outcome];
  if (kind === "refused") return `refused: ${outcome === "not_authorized" ? (whyUnknown ?? means) : means}`;
  if (kind === "failed" || decision === undefined || !("response" in decision))
    return `asked to try again later: ${means}`;
  const unverified = ["email", "phone_number"].filter(
    (name) => decision.response.userAttributes[`${name}_verified`] === "false",
  );
  const dropped = Object.entries(decision.droppedAttributes).map(
    ([name, why]) => `${name} stays behind (${WHY_DROPPED[why]})`,
  );
  return [
    kind === "migrated" ? "signs in and keeps the password" : "must set a new password by a code",
    ...(decision.response.enableSMSMFA === true ? ["text messages stay the second factor"] : []),
    ...(decision.droppedFactors.length > 0 ? [`${decision.droppedFactors.join(", ")} stays behind`] : []),
    ...(unverified.length > 0 ? [`${unverified.join(" and ")} not verified, as at the source`] : []),
    ...dropped,
  ].join("; ");
}
