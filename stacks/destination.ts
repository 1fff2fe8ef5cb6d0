import type { Construct } from "constructs";
import type { DestinationSettings } from "../config/deployment";
import { migrationFunction } from "../constructs/migration-function";
import { migrationWatch } from "../constructs/migration-watch";
import { stampKeys } from "../constructs/stamp-keys";
import { MigrationStack } from "./migration-stack";
import { readSourceOutputs } from "./source-state";

/** In the destination account: the function, and what watches it. */
export class DestinationStack extends MigrationStack {
  constructor(scope: Construct, id: string, settings: DestinationSettings, archive: Uint8Array) {
    const { userPool, profile } = settings;
    super(scope, id, "destination", settings, { ...userPool, userPoolId: userPool.id, profile });
    const { provider } = this;
    // From the source stack's state, or as the operator gave them. Where passwords go, user pool and Region, only the
    // settings say: others may write that state.
    const source = settings.sourceOutputs ?? readSourceOutputs(this, settings);
    const keys = settings.migrationStamp === "on" ? stampKeys(this, settings.stampKeyNumber) : undefined;
    const fn = migrationFunction(this, { ...settings, provider, source, archive, stampKeys: keys });
    const { dashboardUrl } = migrationWatch(this, { ...settings, provider });
    this.output("lambda_arn", fn.arn, "User migration trigger for the destination user pool");
    this.output("dashboard_url", dashboardUrl, "CloudWatch dashboard of this migration");
  }
}
