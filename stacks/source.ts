import type { Construct } from "constructs";
import type { SourceSettings } from "../config/deployment";
import { sourceAccess } from "../constructs/source-access";
import { camelCase } from "../rules/camel-case";
import { MigrationStack } from "./migration-stack";

/** What the stack gives out, for the destination stack to read. */
export const SOURCE_OUTPUTS = {
  role_arn: "Role that the function assumes",
  app_client_id: "App client that the function signs in through",
  user_pool_id: "Source user pool",
  region: "Region of the source user pool",
  mfa_configuration: "Whether the source demands a second factor",
  username_attributes: "What users of the source sign in with instead of a username",
  external_id: "External ID that the role asks for",
} as const;

/** In the source account: what proves passwords, and what the destination stack reads of it. */
export class SourceStack extends MigrationStack {
  constructor(scope: Construct, id: string, settings: SourceSettings) {
    const { account, profile, sourceRegion: region, sourceUserPoolId: userPoolId, externalId } = settings;
    super(scope, id, "source", settings, { userPoolId, region, account, profile });
    const access = sourceAccess(this, { ...settings, provider: this.provider, userPoolId });
    const values = { ...access, region, externalId };
    for (const [name, description] of Object.entries(SOURCE_OUTPUTS))
      this.output(name, values[camelCase(name as keyof typeof SOURCE_OUTPUTS)], description);
  }
}
