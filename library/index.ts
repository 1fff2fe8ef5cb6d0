import { resolve } from "node:path";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { type Deployment, type DestinationSettings, parseDeployment } from "../config/deployment";
import { NOTHING } from "../config/each-setting";
import { type Problem, SettingsError } from "../config/settings-error";
import { readHandlerArchive } from "../constructs/handler-archive";
import { keepIdentity } from "../constructs/identity";
import { migrationFunction } from "../constructs/migration-function";
import { migrationWatch } from "../constructs/migration-watch";
import { sourceAccess } from "../constructs/source-access";
import { stampKeys } from "../constructs/stamp-keys";
import { tokenFunction } from "../constructs/token-function";
import { hasTokenFunction } from "../rules/token-function";
import { checkedSource } from "./checked-source";
import type { MigrationSettings } from "./migration-settings";
import type { SourceValues } from "./source-values";
import type { StampKeys } from "./stamp-keys";

export type { MigrationSettings } from "./migration-settings";
export type { SourceValues } from "./source-values";
export type { StampKeys } from "./stamp-keys";

/** From the built file's folder on: dev/package says it. */
declare const HANDLER_ZIP: string;
declare const TOKEN_ZIP: string;

/** What each of the constructs takes. */
export interface MigrationProps {
  /**
   * Of the account and Region that the construct is for. Required: without one Terraform would silently take a default provider, that is, whatever
   * account the credentials at hand belong to.
   */
  readonly provider: AwsProvider;
  /**
   * The settings of this migration, by their names. The same, as environment or `.env`, is what `npx --no -- cognito-migration` operates it with. Settings of
   * profiles, state and Terraform have no meaning here: provider and backend are yours.
   */
  readonly settings: MigrationSettings;
}

/**
 * In the source account: an app client through which passwords are proven, and the role that may use it. The user pool itself is not managed.
 *
 * @throws {Error} with every problem in the settings.
 */
export class SourceAccess extends Construct implements SourceValues {
  readonly roleArn: string;
  readonly appClientId: string;
  readonly mfaConfiguration: string;
  readonly usernameAttributes: string;
  /** All that there is to say of the source, by the names of the module's outputs: what `preflight --outputs` reads as the value of an output. */
  readonly outputs: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { provider, settings }: MigrationProps) {
    super(scope, id);
    requireProvider(this, provider);
    const { source } = deploymentOf(this, settings);
    const { sourceUserPoolId: userPoolId, account: sourceAccount } = source;
    keep(this, source.migration, userPoolId);
    const access = sourceAccess(this, { ...source, provider, userPoolId, sourceAccount });
    this.roleArn = access.roleArn;
    this.appClientId = access.appClientId;
    this.mfaConfiguration = access.mfaConfiguration;
    this.usernameAttributes = access.usernameAttributes;
    this.outputs = {
      migration: source.migration,
      role_arn: access.roleArn,
      app_client_id: access.appClientId,
      user_pool_id: access.userPoolId,
      region: source.sourceRegion,
      mfa_configuration: access.mfaConfiguration,
      username_attributes: access.usernameAttributes,
      external_id: source.externalId,
    };
  }
}

export interface MigrationFunctionProps extends MigrationProps {
  /**
   * A {@link SourceAccess} of the same stack, or what the state of another one gives out. When absent, the settings say them: SOURCE_ROLE_ARN,
   * SOURCE_APP_CLIENT_ID, SOURCE_USERNAME_ATTRIBUTES and SOURCE_MFA_CONFIGURATION. Both are refused. What is no reference is checked as the settings are.
   */
  readonly source?: SourceValues;
}

/**
 * In the destination account: the function with its role, log group and permission. It deploys the zip that is in this package. The user pool itself
 * is not managed: attach the trigger with `npx --no -- cognito-migration attach`, or where your code has the pool.
 *
 * @throws {Error} with every problem in the settings.
 */
export class MigrationFunction extends Construct {
  /** The user migration trigger, for the destination user pool. */
  readonly lambdaArn: string;
  /** What signs stamps, for the function that reads them; undefined where MIGRATION_STAMP is off. */
  readonly stampKeys: StampKeys | undefined;

  constructor(scope: Construct, id: string, { provider, settings, source }: MigrationFunctionProps) {
    super(scope, id);
    requireProvider(this, provider);
    const destination = destinationOf(this, settings);
    const values = sourceOf(this, source, destination, settings);
    const archive = readHandlerArchive(resolve(__dirname, HANDLER_ZIP), "the package");
    keep(this, destination.migration, destination.userPool.id);
    const { migrationStamp, stampKeyNumber } = destination;
    this.stampKeys = migrationStamp === "on" ? stampKeys(this, stampKeyNumber) : undefined;
    const props = { ...destination, provider, source: values, archive, stampKeys: this.stampKeys };
    this.lambdaArn = migrationFunction(this, props).arn;
  }
}

export interface TokenFunctionProps extends MigrationProps {
  /** `stampKeys` of the {@link MigrationFunction}. Required: with others no stamp counts. */
  readonly stampKeys: StampKeys | undefined;
}

/**
 * In the destination account: the function on PreTokenGeneration, which MIGRATION_STAMP with GROUPS_MODE or MIGRATED_EVENT_BUS_ARN asks for. It deploys the zip
 * that is in this package. The user pool itself is not managed.
 *
 * @throws {Error} with every problem in the settings, or when they ask for no such function.
 */
export class TokenFunction extends Construct {
  /** The pre token generation trigger, for the destination user pool. */
  readonly lambdaArn: string;

  constructor(scope: Construct, id: string, { provider, settings, stampKeys: keys }: TokenFunctionProps) {
    super(scope, id);
    requireProvider(this, provider);
    const destination = destinationOf(this, settings);
    if (!hasTokenFunction(destination))
      throw wrong(this, {
        variable: "GROUPS_MODE",
        found: destination.groupsMode,
        expected: "token or token+member, or a MIGRATED_EVENT_BUS_ARN; and MIGRATION_STAMP=on",
      });
    if (keys === undefined)
      throw wrong(this, { variable: "stampKeys", found: NOTHING, expected: "those of the MigrationFunction" });
    const archive = readHandlerArchive(resolve(__dirname, TOKEN_ZIP), "the package");
    keep(this, destination.migration, destination.userPool.id);
    this.lambdaArn = tokenFunction(this, { ...destination, provider, archive, stampKeys: keys }).arn;
  }
}

/**
 * In the destination account: alarms and a dashboard. They know the function by its name only.
 *
 * @throws {Error} with every problem in the settings.
 */
export class MigrationWatch extends Construct {
  readonly dashboardUrl: string;

  constructor(scope: Construct, id: string, { provider, settings }: MigrationProps) {
    super(scope, id);
    requireProvider(this, provider);
    this.dashboardUrl = migrationWatch(this, { ...destinationOf(this, settings), provider }).dashboardUrl;
  }
}

/** A program without types, or with a variable that is not set yet, would have Terraform choose. */
function requireProvider(construct: Construct, provider: unknown): void {
  if (TerraformProvider.isTerraformProvider(provider) && provider.terraformResourceType === "aws") return;
  const found = provider == null ? NOTHING : "something else";
  throw wrong(construct, { variable: "provider", found, expected: "an AwsProvider of the account and Region" });
}

/** Under another name, or for another user pool, Terraform would replace what users sign in through. */
const keep = (construct: Construct, migration: string, userPoolId: string): void =>
  keepIdentity(construct, { migration, userPoolId }, { name: construct.node.path, own: "construct" });

function sourceOf(
  construct: Construct,
  source: SourceValues | undefined,
  { sourceOutputs }: DestinationSettings,
  settings: MigrationSettings,
): SourceValues {
  const said = (found: string, expected: string): SettingsError =>
    wrong(construct, { variable: "source", found, expected });
  if (source === undefined) {
    if (sourceOutputs !== undefined) return sourceOutputs;
    throw said(
      NOTHING,
      "a SourceAccess, or SOURCE_ROLE_ARN, SOURCE_APP_CLIENT_ID and SOURCE_USERNAME_ATTRIBUTES in the settings",
    );
  }
  if (sourceOutputs !== undefined) throw said("it beside SOURCE_ROLE_ARN in the settings", "one of the two");
  const { values, problems } = checkedSource(source, settings);
  if (problems.length > 0) throw wrong(construct, ...problems);
  return values;
}

function deploymentOf(construct: Construct, settings: MigrationSettings): Deployment {
  try {
    return parseDeployment(settings);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new SettingsError(error.problems, whereOf(construct));
  }
}

function destinationOf(construct: Construct, settings: MigrationSettings): DestinationSettings {
  const { destination } = deploymentOf(construct, settings);
  if (destination === undefined)
    throw wrong(construct, {
      variable: "DESTINATION_USER_POOL_ARN",
      found: NOTHING,
      expected: "the ARN of the user pool that users move to",
    });
  return destination;
}

const wrong = (construct: Construct, ...problems: readonly Problem[]): SettingsError =>
  new SettingsError(problems, whereOf(construct));

const whereOf = ({ node }: Construct): string => `Set them in the props of ${node.path}.`;
