import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import { MigrationFunction, type MigrationSettings, MigrationWatch, SourceAccess } from "cognito-migration/constructs";
import type { Construct } from "constructs";

/** What `npx --no -- cognito-migration` operates each migration with, as environment or `.env`. */
const MIGRATIONS: Readonly<Record<string, MigrationSettings>> = {
  customers: {
    USER_POOL_NAME: "customers",
    SOURCE_USER_POOL_ID: "eu-west-1_SourcePool",
    DESTINATION_USER_POOL_ARN: "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_NewPool",
    ATTRIBUTE_MAP: "sub=custom:source_sub",
  },
  partners: {
    USER_POOL_NAME: "partners",
    SOURCE_USER_POOL_ID: "eu-west-1_OldPool",
    DESTINATION_USER_POOL_ARN: "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_NewPool",
    MFA_POLICY: "sms",
  },
};

/** Two migrations in a stack of one's own, with its providers and its state. */
class Identity extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new S3Backend(this, { bucket: "example-state", key: "identity.tfstate", region: "eu-central-1", encrypt: true });
    const source = new AwsProvider(this, "source", {
      alias: "source",
      region: "eu-west-1",
      profile: "legacy-admin",
      allowedAccountIds: ["111111111111"],
    });
    const destination = new AwsProvider(this, "destination", {
      alias: "destination",
      region: "eu-central-1",
      allowedAccountIds: ["222222222222"],
    });
    for (const [name, settings] of Object.entries(MIGRATIONS)) {
      const access = new SourceAccess(this, `${name}-source`, { provider: source, settings });
      const fn = new MigrationFunction(this, `${name}-function`, { provider: destination, settings, source: access });
      new MigrationWatch(this, `${name}-watch`, { provider: destination, settings });
      // The trigger of the destination pool: put it there with `npx --no -- cognito-migration attach`.
      new TerraformOutput(this, `${name}-lambda-arn`, { value: fn.lambdaArn });
      // For `npx --no -- cognito-migration preflight --outputs`.
      new TerraformOutput(this, `${name}-source-outputs`, { value: access.outputs });
    }
  }
}

const app = new App();
new Identity(app, "identity");
app.synth();
