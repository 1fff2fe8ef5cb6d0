import type { Construct } from "constructs";
import type { SourceSettings } from "../config/deployment";
import { sourceAccess } from "../constructs/source-access";
import { MigrationStack } from "./migration-stack";

/** Outputs, by the names that the destination stack reads them by. */
export const SOURCE_OUTPUTS = {
  roleArn: "role_arn",
  appClientId: "app_client_id",
  userPoolId: "user_pool_id",
  region: "region",
  mfaConfiguration: "mfa_configuration",
  usernameAttributes: "username_attributes",
  externalId: "external_id",
} as const;

const DESCRIPTIONS: Readonly<Record<keyof typeof SOURCE_OUTPUTS, string>> = {
  roleArn: "Role that the function assumes",
  appClientId: "App client that the function signs in through",
  userPoolId: "Source user pool",
  region: "Region of the source user pool",
  mfaConfiguration: "Whether the source demands a second factor",
  usernameAttributes: "What users of the source sign in with instead of a username",
  externalId: "External ID that the role asks for",
};

/** In the source account: what proves passwords, and what the destination stack reads of it. */
export class SourceStack extends MigrationStack {
  constructor(scope: Construct, id: string, settings: SourceSettings) {
    const { account, profile, sourceRegion: region, sourceUserPoolId: userPoolId, externalId } = settings;
    super(scope, id, "source", settings, { userPoolId, region, account, profile });
    const access = sourceAccess(this, { ...settings, provider: this.provider, userPoolId });
    for (const [name, value] of Object.entries({ ...access, region, externalId }) as [
      keyof typeof DESCRIPTIONS,
      string,
    ][])
      this.output(SOURCE_OUTPUTS[name], value, DESCRIPTIONS[name]);
  }
}
