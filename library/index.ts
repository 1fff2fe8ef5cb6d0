import { resolve } from "node:path";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import { type Deployment, type DestinationSettings, parseDeployment } from "../config/deployment";
import { SettingsError } from "../config/settings-error";
import { readHandlerArchive } from "../constructs/handler-archive";
import { migrationFunction } from "../constructs/migration-function";
import { migrationWatch } from "../constructs/migration-watch";
import { sourceAccess } from "../constructs/source-access";
import type { MigrationSettings } from "./migration-settings";

export type { MigrationSettings } from "./migration-settings";

/** From the built file's folder on: dev/package says it. */
declare const HANDLER_ZIP: string;

/** What each of the constructs takes. */
export interface MigrationProps {
  /**
   * Of the account and Region that the construct is for. Required: without one Terraform would silently take a default provider, that is, whatever
   * account the credentials at hand belong to.
   */
  readonly provider: AwsProvider;
  /**
   * The settings of this migration, by their names. The same, as environment or `.env`, is what `npx --no cognito-migration` operates it with. Settings of
   * profiles, state and Terraform have no meaning here: provider and backend are yours.
   */
  readonly settings: MigrationSettings;
}

/** What the function is told of the source: Terraform's references, or values of another state. */
export interface SourceValues {
  /** Role in the source account that the function assumes. */
  readonly roleArn: string;
  /** App client that the function signs in through. */
  readonly appClientId: string;
  /** Whether the source demands a second factor: OFF, OPTIONAL or ON. */
  readonly mfaConfiguration: string;
  /** What users of the source sign in with: email, phone_number, `email,phone_number`, or none. */
  readonly usernameAttributes: string;
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
    const { source } = deploymentOf(this, settings);
    const access = sourceAccess(this, { ...source, provider, userPoolId: source.sourceUserPoolId });
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
   * A {@link SourceAccess}, also of another stack, or its values. When absent, the settings say them: SOURCE_ROLE_ARN, SOURCE_APP_CLIENT_ID,
   * SOURCE_USERNAME_ATTRIBUTES and SOURCE_MFA_CONFIGURATION.
   */
  readonly source?: SourceValues;
}

/**
 * In the destination account: the function with its role, log group and permission. It deploys the zip that is in this package. The user pool itself
 * is not managed: attach the trigger with `npx --no cognito-migration attach`, or where your code has the pool.
 *
 * @throws {Error} with every problem in the settings.
 */
export class MigrationFunction extends Construct {
  /** The user migration trigger, for the destination user pool. */
  readonly lambdaArn: string;

  constructor(scope: Construct, id: string, { provider, settings, source }: MigrationFunctionProps) {
    super(scope, id);
    const destination = destinationOf(this, settings);
    const values = source ?? destination.sourceOutputs;
    if (values === undefined)
      throw missing(
        this,
        "source",
        "a SourceAccess, or SOURCE_ROLE_ARN, SOURCE_APP_CLIENT_ID and SOURCE_USERNAME_ATTRIBUTES in the settings",
      );
    const archive = readHandlerArchive(resolve(__dirname, HANDLER_ZIP), "the package");
    this.lambdaArn = migrationFunction(this, { ...destination, provider, source: values, archive }).arn;
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
    this.dashboardUrl = migrationWatch(this, { ...destinationOf(this, settings), provider }).dashboardUrl;
  }
}

/** @throws {SettingsError} naming the construct. */
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
    throw missing(construct, "DESTINATION_USER_POOL_ARN", "the ARN of the user pool that users move to");
  return destination;
}

const missing = (construct: Construct, variable: string, expected: string): SettingsError =>
  new SettingsError([{ variable, found: "nothing", expected }], whereOf(construct));

const whereOf = ({ node }: Construct): string => `Set them in the props of ${node.path}.`;
