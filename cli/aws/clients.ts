import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { ACCOUNT_PATTERN } from "../../config/user-pool";
import { tagCallOrigin } from "./call-origin";
import { type ClientStack, checkAnswers } from "./check-answers";
import { type LimitedCredentials, limitedCredentials } from "./limited-credentials";
import { LimitedHttp } from "./limited-http";
import { ATTEMPTS, Patience } from "./patience";
import type { Side } from "./side";
import { UnusableAnswer } from "./unusable-answer";

/**
 * The AWS of one side: its Region, with the credentials of its account. Clients are made when first asked for. They share one provider
 * of credentials, which renews what it can, and one HTTP, in which everything has a limit.
 */
export class Aws {
  private readonly configuration: {
    readonly region: string;
    readonly profile?: string;
    readonly requestHandler: LimitedHttp;
    readonly credentials: LimitedCredentials;
  };
  private readonly patience: Patience;
  private known: string | undefined;

  /** @param say Where it is said who is waited for. */
  constructor(
    readonly side: Side,
    readonly say?: (text: string) => void,
  ) {
    const { region, profile } = side;
    const configuration = {
      ...ATTEMPTS,
      region,
      requestHandler: new LimitedHttp(),
      ...(profile === undefined ? {} : { profile }),
    };
    this.patience = new Patience(side.name, say);
    // The credentials are those that any client would find for itself; this one is asked for nothing else.
    const { credentials } = new STSClient(configuration).config;
    this.configuration = { ...configuration, credentials: limitedCredentials(credentials, side) };
  }

  /** What signs the next request. @throws {NoAnswer} when they do not come in time. */
  credentials(): ReturnType<LimitedCredentials> {
    return this.configuration.credentials();
  }

  /** User pools. */
  readonly cognito = once(() => this.naming(new CognitoIdentityProviderClient(this.configuration)));
  readonly iam = once(() => this.naming(new IAMClient(this.configuration)));
  /** Asked first, so it finds out quickly that there is no network: with all those attempts it would take a minute. */
  readonly sts = once(() => this.naming(new STSClient({ ...this.configuration, maxAttempts: 3 })));
  readonly lambda = once(() => this.naming(new LambdaClient(this.configuration)));
  readonly cloudWatch = once(() => this.naming(new CloudWatchClient(this.configuration)));
  readonly logs = once(() => this.naming(new CloudWatchLogsClient(this.configuration)));
  readonly serviceQuotas = once(() => this.naming(new ServiceQuotasClient(this.configuration)));
  /** Invokes functions, and never twice: nobody knows what the first call has done. */
  readonly invoker = once(() => this.naming(new LambdaClient({ ...this.configuration, maxAttempts: 1 })));

  /** Of the credentials; 12 digits. */
  async account(): Promise<string> {
    if (this.known === undefined) {
      const { Account = "" } = await this.sts().send(new GetCallerIdentityCommand({}));
      if (!ACCOUNT_PATTERN.test(Account)) throw this.unusable("GetCallerIdentity", "no account");
      this.known = Account;
    }
    return this.known;
  }

  /** For an answer that lacks what this program goes by. */
  unusable(operation: string, found: string): UnusableAnswer {
    return this.tagged(new UnusableAnswer(operation, found));
  }

  private tagged<E>(error: E): E {
    tagCallOrigin(error, { side: this.side, account: this.known, mayHaveChanged: this.patience.mayHaveChanged });
    return error;
  }

  /** Whatever a call ends with, also for want of credentials, is known to be of this side. */
  private naming<C extends { readonly middlewareStack: ClientStack }>(client: C): C {
    const middleware = (next: (args: unknown) => Promise<unknown>) => async (args: unknown) => {
      try {
        return await next(args);
      } catch (error) {
        throw this.tagged(error);
      }
    };
    client.middlewareStack.add(middleware, { step: "initialize" });
    checkAnswers(client.middlewareStack);
    this.patience.applyTo(client.middlewareStack);
    return client;
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
