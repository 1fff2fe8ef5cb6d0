import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { parseUserPoolArn, type UserPoolArn } from "../../config/user-pool";
import { importLogsRole } from "../aws/import-role";
import {
  type EmptyPool,
  namingOf,
  type PreSignUpInMigration,
  type SeedAppClient,
  type SeedGroup,
  type SeedUser,
  type SeedUserPool,
  schemaOf,
} from "../aws/user-pool/seed";
import { prepareKeys } from "../aws/user-pool/token-keys";
import { type Deployed, type DeployedFunction, deploy, type Facts, readStack } from "./deployed";
import { type OwnTrigger, ownFunctions } from "./own-triggers";
import { RefusedAtPlan, refusedAtPlan, tooLarge } from "./refused-at-plan";
import type { PlacedFunction } from "./serve-function";
import { startWorld } from "./start-world";
import { synthesize } from "./synthesize";
import { temporaryFolder } from "./temporary-folder";
import { attachedTo, isTriggerOfOurs } from "./triggers";
import type { Tell, World } from "./world";

/** A world whose accounts hold what the program synthesizes, without anyone having applied it. */
export interface PaperWorld extends World {
  readonly deployed: Deployed;
  /** As in an operator's `.env`, with the source's outputs: there is no state to read them from. */
  readonly settings: Readonly<Record<string, string>>;
  /** With which Cognito can log an import into the destination. */
  readonly logsRoleArn: string;
  readonly synthesisMs: number;
}

export interface PaperWorldProps {
  /** The project's root, with build/main.js in it. */
  readonly root: string;
  /** In the source user pool. */
  readonly users: readonly SeedUser[];
  readonly groups?: readonly SeedGroup[];
  /** Of the destination user pool. */
  readonly destinationGroups?: readonly SeedGroup[];
  /** Functions of the operator's own, for triggers of the destination user pool. */
  readonly triggers?: readonly OwnTrigger[];
  readonly preSignUpInMigration?: Partial<PreSignUpInMigration>;
  /** Whether the trigger is attached to the destination user pool already, as the last step of the deploy. It is unless given. */
  readonly isAttached?: boolean;
  /** Over the sandbox's own. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly tell?: Tell;
  /** How the destination names its users, over the sandbox's own: by e-mail address. */
  readonly destinationNaming?: Pick<SeedUserPool, "usernameAttributes" | "aliasAttributes" | "requiredAttributes">;
  /** In the place of the sandbox's own. */
  readonly pools?: { readonly source?: EmptyPool | undefined; readonly destination?: EmptyPool | undefined };
}

/**
 * Opens a world with the zip, the function environment and the policies from the synthesized stacks. It lives in one
 * temporary folder and in processes that end with this one.
 */
export async function openWorld({
  root,
  users,
  groups = [],
  destinationGroups = [],
  triggers = [],
  preSignUpInMigration = {},
  isAttached = true,
  settings: given = {},
  tell = {},
  destinationNaming = {},
  pools = {},
}: PaperWorldProps): Promise<PaperWorld> {
  const { directory, remove } = temporaryFolder("cognito-migration-");
  try {
    const source = pools.source ?? SOURCE_POOL;
    const destination = pools.destination ?? { ...DESTINATION_POOL, ...destinationNaming };
    const settings = { ...settingsOf(source, destination), ...given };
    const outdir = join(directory, "cdktf.out");
    const [synthesisMs] = await Promise.all([
      synthesize(root, outdir, settings),
      prepareKeys([source.id, destination.id]),
    ]);
    const appClientId = newClientId();
    const stacks = { source: readStack(outdir, "source"), destination: readStack(outdir, "destination") };
    const facts: Facts = {
      source: { ...factsOf(source), appClientId, mfaConfiguration: source.settings?.MfaConfiguration ?? "OPTIONAL" },
      destination: { ...factsOf(destination), groups: destinationGroups },
    };
    const deployed = deploy(stacks.source, stacks.destination, facts);
    const refused = [
      ...refusedAtPlan(stacks.source, source),
      ...refusedAtPlan(stacks.destination, destination),
      ...deployed.functions.flatMap(({ configuration }) => tooLarge({ function: configuration })),
    ];
    if (refused.length > 0) throw new RefusedAtPlan(refused);
    const logsRole = importLogsRole({
      ...facts.destination,
      logGroup: `/aws/cognito/userpools/${destination.id}/${destination.name}`,
    });
    const [migrating, ...besides] = deployed.functions;
    const own = ownFunctions(triggers, destination, placeOf(destination));
    const roles = [deployed.sourceRole, ...deployed.functions.map(({ role }) => role), logsRole, ...own.roles];
    // The step that the operator takes: the trigger is attached to the destination user pool.
    const others = Object.entries(destination.lambdaConfig).filter(([name]) => !isTriggerOfOurs(name));
    const [token] = besides;
    const lambdaConfig = {
      ...(isAttached &&
        attachedTo({ migration: deployed.function.arn, ...(token && { token: token.configuration.arn }) })),
      // A pool with a function of its own on another trigger keeps it.
      ...Object.fromEntries(others),
      ...own.lambdaConfig,
    };
    // A described pool may name this migration's function by its own ARN.
    const there = new Set(deployed.functions.map(({ configuration }) => configuration.arn));
    const absentFunctions = [source, destination]
      .flatMap((pool) => arnsIn(pool.lambdaConfig))
      .filter((arn) => !there.has(arn));
    const world = await startWorld(
      root,
      directory,
      {
        source: {
          ...placeOf(source),
          pool: { ...source, absentFunctions, users, groups, appClients: [{ id: appClientId, ...deployed.appClient }] },
        },
        destination: {
          ...placeOf(destination),
          pool: {
            ...destination,
            absentFunctions,
            groups: destinationGroups,
            users: [],
            appClients: [application()],
            lambdaConfig,
            preSignUpInMigration: { ...destination.preSignUpInMigration, ...preSignUpInMigration },
          },
        },
        alarms: deployed.alarms,
        findRole: async (arn) => roles.find((role) => role.arn === arn),
        functions: [placed(migrating), ...besides.map(placed), ...own.functions],
        invokePolicy: async (arn) =>
          deployed.functions.find(({ configuration }) => configuration.arn === arn)?.invokePolicy ??
          own.invokePolicy(arn),
      },
      tell,
    );
    const outputs = {
      SOURCE_ROLE_ARN: deployed.sourceRole.arn,
      SOURCE_APP_CLIENT_ID: appClientId,
      SOURCE_MFA_CONFIGURATION: facts.source.mfaConfiguration,
      SOURCE_USERNAME_ATTRIBUTES: facts.source.usernameAttributes,
    };
    return {
      ...world,
      deployed,
      settings: { ...settings, ...outputs },
      logsRoleArn: logsRole.arn,
      synthesisMs,
      close: async () => {
        await world.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** At any depth: some triggers have a version beside their ARN. */
const arnsIn = (value: unknown): string[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(arnsIn) : [String(value)];

const placed = ({ role, ...fn }: DeployedFunction): PlacedFunction => ({ ...fn, roleArn: role.arn });

/** Where a pool is. */
export function placeOf({ arn }: EmptyPool): UserPoolArn {
  const place = parseUserPoolArn(arn);
  if (place === undefined) throw new Error(`${arn} is not the ARN of a user pool`);
  return place;
}

function factsOf(pool: EmptyPool): Facts["destination"] & { readonly userPoolId: string } {
  const { account, region, id: userPoolId } = placeOf(pool);
  const usernameAttributes = [...namingOf(pool).usernameAttributes].sort().join(",") || "none";
  return { account, region, userPoolId, userPoolArn: pool.arn, schema: schemaOf(pool), usernameAttributes };
}

/** What an operator's `.env` says because the pools are as they are. */
export function settingsOf(source: EmptyPool, destination: EmptyPool): Readonly<Record<string, string>> {
  const { usernameAttributes, aliasAttributes, caseSensitive } = namingOf(destination);
  const attributeMap = attributeMapOf(source, destination);
  return {
    USER_POOL_NAME: "sandbox",
    SOURCE_USER_POOL_ID: source.id,
    SOURCE_ACCOUNT: placeOf(source).account,
    DESTINATION_USER_POOL_ARN: destination.arn,
    DESTINATION_CASE_SENSITIVE: String(caseSensitive),
    ...(usernameAttributes.length === 0 && { DESTINATION_ALIAS_ATTRIBUTES: aliasAttributes.join(",") || "none" }),
    ...(attributeMap !== "" && { ATTRIBUTE_MAP: attributeMap }),
  };
}

/** Only the sandbox's own destination has attributes for it: what goes where in another pool, its owner says. */
function attributeMapOf(source: EmptyPool, { id }: EmptyPool): string {
  if (id !== DESTINATION_POOL.id) return "";
  const names = schemaOf(source).map(({ Name }) => Name);
  return ["sub=custom:source_sub", "custom:tier=custom:plan"]
    .filter((pair) => names.includes(pair.split("=")[0] ?? ""))
    .join(",");
}

const newClientId = (): string => randomBytes(13).toString("hex");

export const SOURCE_POOL: EmptyPool = {
  id: "eu-west-1_Source001",
  arn: "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_Source001",
  name: "source",
  customAttributes: ["tier", "legacy"],
  lambdaConfig: {},
  // Users have a second factor if they want one.
  settings: {
    MfaConfiguration: "OPTIONAL",
    SmsConfiguration: { SnsCallerArn: "arn:aws:iam::111111111111:role/sms" },
  },
};

export const DESTINATION_POOL: EmptyPool = {
  id: "eu-central-1_Dest0001",
  arn: "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Dest0001",
  name: "destination",
  customAttributes: ["plan", "source_sub"],
  lambdaConfig: {},
};

/** During a migration an application signs in with the password itself: the trigger never fires for SRP. */
const application = (): SeedAppClient => ({
  id: newClientId(),
  name: "application",
  explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  // As the console makes app clients.
  settings: { PreventUserExistenceErrors: "ENABLED" },
});
