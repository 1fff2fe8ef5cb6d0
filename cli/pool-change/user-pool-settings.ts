import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  UpdateUserPoolClientCommand,
  type UpdateUserPoolClientCommandInput,
  UpdateUserPoolCommand,
  type UpdateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { visible } from "../../config/visible";
import type { AskedPool } from "../aws/confirmed-pool";
import { ifThere } from "../aws/if-there";
import { activeImportJob } from "../aws/import-jobs";
import { isObject, type JsonObject } from "../aws/json";
import { sendForRawAnswer, serialized } from "../aws/raw-answer";
import { UnusableAnswer } from "../aws/unusable-answer";
import { CommandError, EXIT } from "../program/exit";
import type { UpdatePort } from "./apply";
import type { Target } from "./change";
import { notSent } from "./compare";

/** A user pool's settings and those of its app clients, as AWS sends and takes them. */
export class UserPoolSettings implements UpdatePort {
  private readonly userPoolId: string;

  constructor(private readonly place: AskedPool) {
    this.userPoolId = place.side.userPoolId;
  }

  describe({ kind, id }: Pick<Target, "kind" | "id">): Promise<JsonObject> {
    return kind === "user-pool" ? this.userPool() : this.appClient(id);
  }

  async userPool(): Promise<JsonObject> {
    const command = new DescribeUserPoolCommand({ UserPoolId: this.userPoolId });
    return memberOf(await sendForRawAnswer(this.cognito, command), "UserPool");
  }

  /** @returns all of it but the secret, which nothing here needs and which must not get any further. */
  async appClient(clientId: string): Promise<JsonObject> {
    const command = new DescribeUserPoolClientCommand({ UserPoolId: this.userPoolId, ClientId: clientId });
    const answer = await ifThere(["ResourceNotFoundException"], () => sendForRawAnswer(this.cognito, command));
    if (answer === undefined) throw new NoSuchAppClient(clientId, this.userPoolId);
    const { ClientSecret: _, ...client } = memberOf(answer, "UserPoolClient");
    return client;
  }

  async mfaConfig(): Promise<JsonObject> {
    return sendForRawAnswer(this.cognito, new GetUserPoolMfaConfigCommand({ UserPoolId: this.userPoolId }));
  }

  /** @returns the name of an import job that locks the pool's settings. */
  async runningImport(): Promise<string | undefined> {
    const running = await activeImportJob(this.place);
    return running && `${visible(running.JobName ?? "")} (${running.JobId}, ${running.Status})`;
  }

  async update({ kind }: Pick<Target, "kind">, request: JsonObject): Promise<void> {
    if (kind === "user-pool") await this.cognito.send(userPoolUpdate(request));
    else await this.cognito.send(appClientUpdate(request));
  }

  /** @returns every member that this version of the SDK would drop on the way, such as `LambdaConfig.PostMigration`. */
  async unsendable({ kind }: Pick<Target, "kind">, request: JsonObject): Promise<readonly string[]> {
    const sent =
      kind === "user-pool"
        ? await serialized(this.cognito, userPoolUpdate(request))
        : await serialized(this.cognito, appClientUpdate(request));
    return notSent(request, sent);
  }

  private get cognito(): CognitoIdentityProviderClient {
    return this.place.aws.cognito();
  }
}

/** The members have been checked against the tables; their types are those that AWS sent. */
const userPoolUpdate = (request: JsonObject): UpdateUserPoolCommand =>
  new UpdateUserPoolCommand(request as unknown as UpdateUserPoolCommandInput);
const appClientUpdate = (request: JsonObject): UpdateUserPoolClientCommand =>
  new UpdateUserPoolClientCommand(request as unknown as UpdateUserPoolClientCommandInput);

function memberOf(answer: JsonObject, name: string): JsonObject {
  const member = answer[name];
  if (!isObject(member)) throw new UnusableAnswer("AWS", `no ${name}`);
  return member;
}

export class NoSuchAppClient extends CommandError {
  constructor(clientId: string, userPoolId: string) {
    super(EXIT.AWS_REFUSED, `User pool ${userPoolId} has no app client ${clientId}.`);
  }
}
