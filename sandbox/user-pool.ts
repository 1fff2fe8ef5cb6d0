import type { CredentialStore } from "./credentials";
import { type Engine, type EngineUserPool, schemaOf } from "./engine";
import { json, type Request, type Response } from "./http";
import type { AccessRequest, Decision } from "./iam";
import {
  type CognitoError,
  interpret,
  type MigrationRequest,
  migrationEvent,
  NO_SUCH_USER,
  type TriggerAnswer,
} from "./user-migration";

/** Operations that anyone may call. All others need IAM. https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html */
const PUBLIC = new Set([
  "InitiateAuth",
  "RespondToAuthChallenge",
  "ForgotPassword",
  "ConfirmForgotPassword",
  "SignUp",
  "ConfirmSignUp",
  "GetUser",
]);

/** Statuses that refuse a sign-in whatever the password. ../handler/source-user-pool.ts depends on it. */
const UNCONFIRMED: CognitoError = { __type: "UserNotConfirmedException", message: "User is not confirmed." };
const RESET_REQUIRED: CognitoError = {
  __type: "PasswordResetRequiredException",
  message: "Password reset required for the user",
};
const DISABLED: CognitoError = { __type: "NotAuthorizedException", message: "User is disabled." };
const FLOW_DISABLED: CognitoError = {
  __type: "InvalidParameterException",
  message: "Auth flow not enabled for this client",
};

interface User {
  readonly Username: string;
  readonly Enabled: boolean;
  readonly UserStatus: string;
  readonly UserMFASettingList?: readonly string[];
}

type Body = Record<string, unknown>;
type Reply = { readonly status: number; readonly body: Body };

export interface UserPoolProps {
  readonly pool: EngineUserPool;
  readonly region: string;
  readonly account: string;
  readonly engine: Engine;
  readonly credentials: CredentialStore;
  readonly decide: (request: AccessRequest) => Promise<Decision>;
  /** Calls the function that the pool's own LambdaConfig names. */
  readonly invokeTrigger: (lambdaArn: string, event: object) => Promise<TriggerAnswer>;
}

/**
 * The cognito-idp endpoint of one user pool: cognito-local does the work, and this adds what it lacks. IAM, the sign-in
 * rules that a migration meets, and the user migration trigger. Each operation with a rule of its own stands in `rules`.
 */
export class UserPool {
  /** cognito-local cannot put a user into this status. */
  private readonly resetRequired = new Set<string>();

  constructor(private readonly props: UserPoolProps) {}

  private readonly rules: Readonly<Record<string, (body: Body) => Promise<Reply>>> = {
    AdminInitiateAuth: (body) => this.signIn("AdminInitiateAuth", body, "ADMIN_USER_PASSWORD_AUTH"),
    InitiateAuth: (body) => this.signIn("InitiateAuth", body, "USER_PASSWORD_AUTH"),
    ForgotPassword: (body) => this.forgotPassword(body),
    ConfirmForgotPassword: (body) => this.confirmForgotPassword(body),
    AdminGetUser: (body) => this.adminGetUser(body),
  };

  readonly serve = async ({ headers, body }: Request): Promise<Response> => {
    const operation = String(headers["x-amz-target"] ?? "").split(".")[1] ?? "";
    if (!PUBLIC.has(operation)) {
      const principal = this.props.credentials.whoSigned(headers);
      if (principal === undefined)
        return json(400, {
          __type: "UnrecognizedClientException",
          message: "The security token included in the request is invalid.",
        });
      const { allowed } = await this.props.decide({
        principal,
        action: `cognito-idp:${operation}`,
        resource: this.props.pool.arn,
        resourceAccount: this.props.account,
      });
      if (!allowed)
        return json(400, {
          __type: "AccessDeniedException",
          message: `User: ${principal.arn} is not authorized to perform: cognito-idp:${operation} on resource: ${this.props.pool.arn}`,
        });
    }
    const request = JSON.parse(body || "{}") as Body;
    const reply = await (this.rules[operation]?.(request) ?? this.engine(operation, request));
    return json(reply.status, reply.body);
  };

  private async engine(operation: string, body: Body): Promise<Reply> {
    const response = await fetch(this.props.engine.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Body };
  }

  private async findUser(username: string): Promise<User | undefined> {
    const { status, body } = await this.engine("AdminGetUser", { UserPoolId: this.props.pool.id, Username: username });
    if (status !== 200) return undefined;
    const user = body as unknown as User;
    return this.resetRequired.has(user.Username) ? { ...user, UserStatus: "RESET_REQUIRED" } : user;
  }

  private async adminGetUser(body: Body): Promise<Reply> {
    const reply = await this.engine("AdminGetUser", body);
    const status = this.resetRequired.has(String(reply.body["Username"])) ? "RESET_REQUIRED" : reply.body["UserStatus"];
    return reply.status === 200 ? { ...reply, body: { ...reply.body, UserStatus: status } } : reply;
  }

  private async signIn(operation: string, body: Body, flow: string): Promise<Reply> {
    if (body["AuthFlow"] !== flow) return this.engine(operation, body);
    const { USERNAME: userName = "", PASSWORD: password = "" } = (body["AuthParameters"] ?? {}) as Record<
      string,
      string
    >;
    const client = this.props.pool.appClients.find(({ id }) => id === body["ClientId"]);
    if (!client?.explicitAuthFlows.includes(`ALLOW_${flow}`)) return refused(FLOW_DISABLED);
    if ((await this.findUser(userName)) === undefined) {
      const problem = await this.migrate("UserMigration_Authentication", client.id, userName, {
        password,
        validationData: body["ClientMetadata"] as Record<string, string>,
      });
      if (problem) return refused(problem);
    }
    const user = await this.findUser(userName);
    // A federated user has no password.
    if (user === undefined || user.UserStatus === "EXTERNAL_PROVIDER") return refused(NO_SUCH_USER);
    if (!user.Enabled) return refused(DISABLED);
    if (user.UserStatus === "UNCONFIRMED") return refused(UNCONFIRMED);
    if (user.UserStatus === "RESET_REQUIRED") return refused(RESET_REQUIRED);
    // cognito-local checks the password in both operations, but knows challenges in InitiateAuth only.
    const reply = await this.engine(operation, body);
    if (reply.body["__type"] === "InvalidPasswordException") return refused(NO_SUCH_USER);
    const challenge = this.challengeFor(user);
    if (reply.status !== 200 || challenge === undefined) return reply;
    // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRespondToAuthChallenge.html
    const ChallengeParameters = { USER_ID_FOR_SRP: user.Username };
    return { status: 200, body: { ChallengeName: challenge, ChallengeParameters, Session: "sandbox-session" } };
  }

  private challengeFor({ UserStatus, UserMFASettingList: factors = [] }: User): string | undefined {
    if (UserStatus === "FORCE_CHANGE_PASSWORD") return "NEW_PASSWORD_REQUIRED";
    return factors.length > 1 ? "SELECT_MFA_TYPE" : factors[0];
  }

  private async forgotPassword(body: Body): Promise<Reply> {
    const userName = String(body["Username"]);
    if ((await this.findUser(userName)) === undefined) {
      const problem = await this.migrate("UserMigration_ForgotPassword", String(body["ClientId"]), userName, {});
      if (problem)
        return refused({ __type: "UserNotFoundException", message: "Username/client id combination not found." });
    }
    return this.engine("ForgotPassword", body);
  }

  private async confirmForgotPassword(body: Body): Promise<Reply> {
    const reply = await this.engine("ConfirmForgotPassword", body);
    if (reply.status === 200) {
      const user = await this.findUser(String(body["Username"]));
      if (user) this.resetRequired.delete(user.Username);
    }
    return reply;
  }

  /** @returns the error that the client sees, or undefined when the user has been created. */
  private async migrate(
    triggerSource: MigrationRequest["triggerSource"],
    clientId: string,
    userName: string,
    more: Pick<MigrationRequest, "password" | "validationData">,
  ): Promise<CognitoError | undefined> {
    const { pool, region } = this.props;
    const lambdaArn = await this.migrationTrigger();
    if (lambdaArn === undefined) return NO_SUCH_USER;
    const request: MigrationRequest = { triggerSource, region, userPoolId: pool.id, clientId, userName, ...more };
    const result = interpret(
      request,
      await this.props.invokeTrigger(lambdaArn, migrationEvent(request)),
      schemaOf(pool.customAttributes),
    );
    if ("__type" in result) return result;
    await this.create(result.username, result.attributes, more.password);
    const created = await this.findUser(userName);
    if (created && result.status === "RESET_REQUIRED") this.resetRequired.add(created.Username);
    return undefined;
  }

  private async migrationTrigger(): Promise<string | undefined> {
    const { body } = await this.engine("DescribeUserPool", { UserPoolId: this.props.pool.id });
    return (body["UserPool"] as { LambdaConfig?: { UserMigration?: string } })?.LambdaConfig?.UserMigration;
  }

  private async create(
    username: string,
    attributes: Readonly<Record<string, string>>,
    password: string | undefined,
  ): Promise<void> {
    const UserPoolId = this.props.pool.id;
    const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
    await this.engine("AdminCreateUser", { UserPoolId, Username: username, UserAttributes, MessageAction: "SUPPRESS" });
    if (password !== undefined)
      await this.engine("AdminSetUserPassword", {
        UserPoolId,
        Username: username,
        Password: password,
        Permanent: true,
      });
  }
}

function refused(error: CognitoError): Reply {
  return { status: 400, body: { ...error } };
}
