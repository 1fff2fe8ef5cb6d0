import { isCaseSensitive } from "../../../cli/pools/pool-rules";
import type { SchemaAttribute } from "../../aws/user-pool/schema";
import type { EmptyPool } from "../../aws/user-pool/seed";
import { POOL_SETTINGS } from "../../aws/user-pool/settings";
import type { DescribedPool } from "./described-pool";

/** A pool here that is like the described one. What a description leaves out is as CreateUserPool makes it. */
export function poolOf(described: DescribedPool): EmptyPool {
  const settings = POOL_SETTINGS.filter((name) => name !== "LambdaConfig").map((name) => [name, described[name]]);
  return {
    id: described.Id,
    arn: described.Arn,
    name: described.Name ?? described.Id,
    usernameAttributes: described.UsernameAttributes ?? [],
    aliasAttributes: described.AliasAttributes ?? [],
    caseSensitive: isCaseSensitive(described),
    // The description says of each attribute whether it is required.
    requiredAttributes: [],
    customAttributes: (described.SchemaAttributes ?? []) as readonly SchemaAttribute[],
    lambdaConfig: { ...described.LambdaConfig },
    settings: { ...Object.fromEntries(settings), MfaConfiguration: described.MfaConfiguration ?? "OFF" },
    ...(described.Domain !== undefined && { domain: described.Domain }),
  };
}
