import type { GetUserPoolMfaConfigResponse, UserPoolReplicaType } from "@aws-sdk/client-cognito-identity-provider";
import type { TriggerAnswer } from "../trigger-invocation";
import { AppClients } from "./app-clients";
import { Authenticators } from "./authenticators";
import { Codes, type Sent } from "./codes";
import { AwsException } from "./exception";
import { Groups } from "./groups";
import { type ImportJob, ImportJobs, type ImportSurroundings } from "./import-jobs";
import type { SchemaAttribute } from "./schema";
import { SecretBlocks } from "./secret-blocks";
import { namingOf, type PreSignUpInMigration, type SeedUserPool, schemaOf } from "./seed";
import { Sessions } from "./sessions";
import { type Settings, settingsFrom } from "./settings";
import { Tokens } from "./tokens";
import { type User, userFrom } from "./user";
import type { Naming } from "./user-names";
import { UserStore } from "./user-store";

export interface UserPoolProps extends ImportSurroundings {
  readonly seed: SeedUserPool;
  readonly region: string;
  readonly account: string;
  /** The real time unless given. */
  readonly now?: () => Date;
  /** Calls a function that the pool's own LambdaConfig names. */
  readonly invokeTrigger: (lambdaArn: string, event: object) => Promise<TriggerAnswer>;
  /** Where the file of an import job is to be sent. */
  readonly uploadUrl: (job: ImportJob) => string;
  /** Is told the codes that would go out. */
  readonly onCode: (code: string, sent: Sent) => void;
  /** Signed with a key of the pool's own unless given. */
  readonly tokens?: Tokens;
}

/** One user pool: what it holds, and nothing of how it is asked. Tests look and reach into it. */
export class UserPool {
  readonly id: string;
  readonly arn: string;
  readonly region: string;
  readonly account: string;
  readonly seed: SeedUserPool;
  readonly schema: readonly SchemaAttribute[];
  readonly naming: Naming;
  readonly clients: AppClients;
  readonly users: UserStore;
  readonly groups: Groups;
  readonly tokens: Tokens;
  readonly codes: Codes;
  readonly sessions: Sessions;
  readonly secretBlocks: SecretBlocks;
  readonly authenticators: Authenticators;
  /**
   * Addresses and numbers that count once they are verified, by user and attribute.
   * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserAttributeUpdateSettingsType.html
   */
  readonly newAddresses = new Map<string, string>();
  /** Whether USER_AUTH with a password asks the user migration trigger, which AWS does not say. */
  migratesInUserAuth = false;
  readonly imports: ImportJobs;
  readonly invokeTrigger: UserPoolProps["invokeTrigger"];
  readonly uploadUrl: UserPoolProps["uploadUrl"];
  readonly now: () => Date;
  readonly created: Date;
  modified: Date;
  name: string;
  settings: Settings;
  preSignUpInMigration: PreSignUpInMigration;
  /** In other Regions. Nothing is replicated. */
  replicas: readonly UserPoolReplicaType[] = [];
  mfa: Omit<GetUserPoolMfaConfigResponse, "MfaConfiguration">;

  constructor({ seed, region, account, ...props }: UserPoolProps) {
    this.seed = seed;
    this.id = seed.id;
    this.arn = seed.arn;
    this.name = seed.name;
    this.region = region;
    this.account = account;
    this.now = props.now ?? (() => new Date());
    this.created = this.now();
    this.modified = this.created;
    this.invokeTrigger = props.invokeTrigger;
    this.uploadUrl = props.uploadUrl;
    this.naming = namingOf(seed);
    this.schema = schemaOf(seed);
    this.settings = settingsFrom({
      AutoVerifiedAttributes: ["email"],
      MfaConfiguration: "OPTIONAL",
      ...seed.settings,
      LambdaConfig: seed.lambdaConfig,
    });
    this.mfa = { SoftwareTokenMfaConfiguration: { Enabled: true }, ...seed.mfa };
    this.preSignUpInMigration = {
      triggerSource: "PreSignUp_SignUp",
      hasAttributes: true,
      ...seed.preSignUpInMigration,
    };
    this.clients = new AppClients(seed.appClients);
    this.users = new UserStore(this.naming, this.now);
    this.groups = new Groups(seed.id);
    this.tokens = props.tokens ?? new Tokens(seed.id, region);
    this.sessions = new Sessions(this.now);
    this.secretBlocks = new SecretBlocks(seed.id, this.now);
    this.authenticators = new Authenticators(this.now);
    this.codes = new Codes(props.onCode);
    this.imports = new ImportJobs(this, props);
    for (const user of seed.users) this.users.add(userFrom(user, this.created));
    for (const { GroupName, members, ...more } of seed.groups ?? []) {
      this.groups.create(GroupName, more);
      for (const username of members) this.groups.add(GroupName, username);
    }
  }

  /** Where import jobs are logged. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool-cloudwatch.html */
  get importLogGroup(): string {
    return `/aws/cognito/userpools/${this.id}/${this.name}`;
  }

  /** @throws UserNotFoundException */
  user(name: string): User {
    const user = this.users.find(name);
    if (user === undefined) throw new AwsException("UserNotFoundException", "User does not exist.");
    return user;
  }
}
