import { type Foretold, foretell } from "../../../cli/explain/foretell";
import { functionRules } from "../../../cli/explain/read-function";
import { handedOnName } from "../../../cli/pools/pool-rules";
import type { MigrationRules } from "../../../rules/hand-over";
import { OUTCOMES, type OutcomeName } from "../../../rules/outcome";
import { lackingIn } from "../../../rules/required-attributes";
import { namesAtSource } from "../../../rules/source-names";
import { WHY_DROPPED } from "../../../rules/why-dropped";
import type { SeedUser } from "../../aws/user-pool/seed";
import type { PaperWorld } from "../from-synth";
import type { Person } from "./people-for";

/** A user of the source as the sandbox shows one. */
export interface ShownUser {
  /** Which way of a migration this is, in a word. */
  readonly standsFor: string;
  /** To type at the destination. */
  readonly username: string;
  /** None of who signs in through an identity provider. */
  readonly password?: string;
  /** What happens then. */
  readonly expect: string;
}

/** What the function's own rules say of a user. */
export interface Expectation {
  readonly user: ShownUser;
  readonly outcome: OutcomeName;
  /** What the destination requires and this user comes without. */
  readonly lacking: readonly string[];
}

/** A password that nobody could use is not shown. */
export const passwordOf = ({
  status,
  password,
}: Pick<SeedUser, "status"> & { readonly password: string }): Pick<ShownUser, "password"> =>
  status === "EXTERNAL_PROVIDER" ? {} : { password };

/** Whom to try, under the best of the names that work at the source, and what comes of it. */
export async function expected(world: PaperWorld, person: Person): Promise<Expectation> {
  const rules = functionRules(world.deployed.function.environment, world.destination);
  const { usernameAttributes, aliasAttributes } = world.source.userPool.naming;
  const naming = { sourceUsernameAttributes: usernameAttributes, sourceAliasAttributes: aliasAttributes };
  const tries: { readonly name: string; readonly foretold: Foretold }[] = [];
  for (const { name } of namesAtSource(person.user, naming as Parameters<typeof namesAtSource>[1]))
    tries.push({ name, foretold: await foretoldOf(name, world, rules) });
  const best = tries.find(({ foretold }) => isComing(foretold.outcome)) ?? tries[0];
  if (best === undefined) throw new Error("a sample user has no name at the source");
  const lacking = lackedBy(best.foretold, rules);
  const { standsFor, user } = person;
  const expect = inWords(best.foretold, person, lacking);
  return {
    user: { standsFor, username: best.name, ...passwordOf(user), expect },
    outcome: best.foretold.outcome,
    lacking,
  };
}

/** Attributes that the source does not have for this user, and the destination requires. */
const lackedBy = (foretold: Foretold, { destinationSchema }: MigrationRules): readonly string[] =>
  "response" in foretold ? lackingIn(foretold.response.userAttributes, destinationSchema) : [];

export const isComing = (outcome: OutcomeName): boolean =>
  ["migrated", "reset_required"].includes(OUTCOMES[outcome].kind);

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

function inWords(foretold: Foretold, { whyUnknown }: Person, lacking: readonly string[]): string {
  const { outcome } = foretold;
  const { kind, means } = OUTCOMES[outcome];
  if (kind === "refused") return `refused: ${outcome === "not_authorized" ? (whyUnknown ?? means) : means}`;
  if (!("response" in foretold)) return `asked to try again later: ${means}`;
  const unverified = ["email", "phone_number"].filter(
    (name) => foretold.response.userAttributes[`${name}_verified`] === "false",
  );
  const dropped = Object.entries(foretold.droppedAttributes).map(
    ([name, why]) => `${name} stays behind (${WHY_DROPPED[why]})`,
  );
  return [
    kind === "migrated" ? "signs in and keeps the password" : "must set a new password by a code",
    ...(foretold.response.enableSMSMFA === true ? ["text messages stay the second factor"] : []),
    ...(foretold.droppedFactors.length > 0 ? [`${foretold.droppedFactors.join(", ")} stays behind`] : []),
    ...(unverified.length > 0 ? [`${unverified.join(" and ")} not verified, as at the source`] : []),
    ...dropped,
    ...lacking.map((name) => `comes without ${name}, which the destination requires`),
  ].join("; ");
}
