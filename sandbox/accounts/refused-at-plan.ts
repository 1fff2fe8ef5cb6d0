import { visible } from "../../config/visible";
import {
  canHoldStamp,
  hasAttribute,
  hasUsernames,
  isPool,
  mfaConfiguration,
} from "../../constructs/user-pool-expressions";
import { ENVIRONMENT_MAX_BYTES, environmentBytes } from "../../rules/environment-size";
import { STAMP_MAX_LENGTH, STAMP_MIN_LENGTH } from "../../rules/stamp";
import type { SchemaAttribute } from "../aws/user-pool/schema";
import { type EmptyPool, namingOf, schemaOf } from "../aws/user-pool/seed";
import type { SynthesizedStack } from "./applied-stack";
import { type Deployed, POOL } from "./deployed";

/** What Terraform would not plan, in the stacks' own words. */
export class RefusedAtPlan extends Error {
  override readonly name = "RefusedAtPlan";

  constructor(readonly problems: readonly string[]) {
    // They name attributes, which a description can call anything.
    super(problems.map(visible).join("\n"));
  }
}

interface Precondition {
  readonly condition: string;
  readonly error_message: string;
}

/** What the stacks' preconditions say of this pool. The one about the function's environment refers to it, and is measured here. */
export function refusedAtPlan(stack: SynthesizedStack, pool: EmptyPool): readonly string[] {
  const holds = conditionsThatHold(pool);
  return Object.values(stack.resource)
    .flatMap((resources) => Object.values(resources))
    .flatMap(({ lifecycle }) => (lifecycle as { precondition?: Precondition[] } | undefined)?.precondition ?? [])
    .filter(({ condition }) => condition.includes(POOL) && !holds.has(condition))
    .map(({ error_message }) => error_message.replaceAll("$${", "${").replaceAll("%%{", "%{"));
}

function conditionsThatHold(pool: EmptyPool): ReadonlySet<string> {
  const expressions = [
    isPool(POOL, pool.arn),
    ...schemaOf(pool).map(({ Name }) => hasAttribute(POOL, Name)),
    ...schemaOf(pool)
      .filter(holdsStamp)
      .map(({ Name }) => canHoldStamp(POOL, Name)),
    ...(pool.settings?.MfaConfiguration === "OFF" ? [] : [`${mfaConfiguration(POOL, "OFF")} != "OFF"`]),
    ...(namingOf(pool).usernameAttributes.length > 0 ? [] : [hasUsernames(POOL)]),
  ];
  return new Set(expressions.map((one) => `\${${one}}`));
}

const holdsStamp = ({ AttributeDataType, Mutable, Required, StringAttributeConstraints }: SchemaAttribute): boolean =>
  AttributeDataType === "String" &&
  Mutable !== false &&
  Required !== true &&
  Number(StringAttributeConstraints?.MaxLength ?? STAMP_MAX_LENGTH) >= STAMP_MAX_LENGTH &&
  Number(StringAttributeConstraints?.MinLength ?? 0) <= STAMP_MIN_LENGTH;

/** As Lambda refuses it, and the stack before it. */
export function tooLarge({ function: { environment } }: Pick<Deployed, "function">): readonly string[] {
  const bytes = environmentBytes(environment);
  return bytes <= ENVIRONMENT_MAX_BYTES
    ? []
    : [
        `The function's environment would have ${bytes} bytes, and Lambda takes ${ENVIRONMENT_MAX_BYTES}. Shorten EXTERNAL_ID, ATTRIBUTE_EXCLUDE or ATTRIBUTE_MAP; the schema of the destination cannot be shortened.`,
      ];
}
