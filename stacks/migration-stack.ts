import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Shared } from "../config/deployment";
import type { StackName } from "../config/stacks";
import { keepIdentity } from "../constructs/identity";
import { RequireProvider } from "../constructs/require-provider";
import { keepState } from "./state";

export interface Account {
  /** The stack's own: the source's or the destination's. */
  readonly userPoolId: string;
  readonly region: string;
  /** Undefined: Terraform does not check in which account it runs. */
  readonly account: string | undefined;
  readonly profile: string | undefined;
}

/** What both stacks have in common: their own state, one aliased provider that everything must name, tags, versions. */
export abstract class MigrationStack extends TerraformStack {
  protected readonly provider: AwsProvider;

  protected constructor(
    scope: Construct,
    id: string,
    side: StackName,
    shared: Shared,
    { userPoolId, region, account, profile }: Account,
  ) {
    super(scope, id);
    keepState(this, side, shared);
    keepIdentity(this, { migration: shared.migration, userPoolId });
    // use_lockfile of the s3 backend is stable from 1.11 on.
    this.addOverride("terraform.required_version", ">= 1.11");
    // In place of the exact version of the bindings, which will age. The deep tests apply the stacks on 5.100.
    this.addOverride("terraform.required_providers.aws.version", shared.awsProviderVersion);
    this.provider = new AwsProvider(this, "aws", {
      alias: side,
      region,
      ...(account === undefined ? {} : { allowedAccountIds: [account] }),
      ...(profile === undefined ? {} : { profile }),
      ...(Object.keys(shared.tags).length === 0 ? {} : { defaultTags: [{ tags: { ...shared.tags } }] }),
    });
    // On the stack: cdktf visits no aspect of the app.
    Aspects.of(this).add(new RequireProvider(this.provider));
  }

  protected output(name: string, value: string, description: string): void {
    new TerraformOutput(this, name, { value, description });
  }
}
