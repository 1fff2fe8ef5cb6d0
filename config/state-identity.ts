import * as v from "valibot";
import { isUserPoolName } from "../rules/migration-names";
import { checked } from "./setting-values";
import { parseUserPoolId } from "./user-pool";

/** What a state is of: another one's must not be planned over it, nor believed. */
export interface Identity {
  readonly migration: string;
  readonly userPoolId: string;
}

/** As far as a state says: those of the version before say less. */
export type StateIdentity = { readonly [Part in keyof Identity]: string | undefined };

/** Whoever wrote a state may have written anything: what could be none of ours counts as nothing said. */
const orNothing = <Of extends v.GenericSchema>(schema: Of) => v.fallback(v.optional(schema), undefined);
const migrationName = orNothing(checked(isUserPoolName));
const userPoolId = orNothing(checked((text) => parseUserPoolId(text) !== undefined));
const arn = orNothing(v.string());
const output = <Of extends v.GenericSchema>(value: Of) => orNothing(v.object({ value }));

const OUTPUTS = v.fallback(
  v.object({
    migration: output(migrationName),
    user_pool_id: output(userPoolId),
    role_arn: output(arn),
    lambda_arn: output(arn),
  }),
  {},
);

/** What a stack gives out. Roles and functions are named after their migration. */
export function identityInOutputs(given: unknown): StateIdentity {
  const outputs = v.parse(OUTPUTS, given);
  const made = outputs.role_arn?.value ?? outputs.lambda_arn?.value ?? "";
  const [, name = ""] = /[:/]cognito_migration_([\w-]+)$/.exec(made) ?? [];
  return {
    migration: outputs.migration?.value ?? (isUserPoolName(name) ? name : undefined),
    userPoolId: outputs.user_pool_id?.value,
  };
}

/** As constructs/identity.ts keeps it, which is there before any output is. */
const KEPT = v.object({
  type: v.literal("terraform_data"),
  name: v.literal("identity"),
  instances: v.tuple([
    v.object({
      attributes: v.object({
        output: v.object({ value: v.object({ migration: migrationName, user_pool_id: userPoolId }) }),
      }),
    }),
  ]),
});

export function identityInState(state: {
  readonly outputs: unknown;
  readonly resources: readonly unknown[];
}): StateIdentity {
  const given = identityInOutputs(state.outputs);
  const [kept] = state.resources.flatMap((resource) => {
    const parsed = v.safeParse(KEPT, resource);
    return parsed.success ? parsed.output.instances[0].attributes.output.value : [];
  });
  return { migration: kept?.migration ?? given.migration, userPoolId: kept?.user_pool_id ?? given.userPoolId };
}

export const isOfAnother = (found: StateIdentity, own: Identity): boolean =>
  (found.migration !== undefined && found.migration !== own.migration) ||
  (found.userPoolId !== undefined && found.userPoolId !== own.userPoolId);

export const anothersText = (found: StateIdentity, own: Identity): string =>
  `is of ${described(found)}; the settings say ${described(own)}`;

const described = ({ migration, userPoolId: pool }: StateIdentity): string =>
  [
    ...(migration === undefined ? [] : [`migration ${migration}`]),
    ...(pool === undefined ? [] : [`user pool ${pool}`]),
  ].join(" and ");
