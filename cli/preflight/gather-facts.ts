import { GetUserPoolMfaConfigCommand } from "@aws-sdk/client-cognito-identity-provider";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { alarmNamesOf } from "../../rules/alarms";
import { readAppClient, readAppClients } from "../aws/app-clients";
import { Aws } from "../aws/clients";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { readGroups } from "../aws/groups";
import type { SideName } from "../aws/side";
import { readReplicas } from "../aws/user-pool-replicas";
import { OR_SET_OUTPUTS } from "../pools/stack-outputs";
import type { Given } from "./check";
import { MIGRATING, TOKEN } from "./checked-function";
import { type AssumeAnswers, FACT_SOURCES, type Fact, type FactName, type Facts, type FactValues } from "./facts";
import { gatherFact, NOT_ASKED, Unavailable, unreached } from "./gather-fact";
import { functionReaders, readAccountConcurrency, readAlarms, readSignInQuota } from "./gather-function";
import { provenAnswers, readRole, tryToAssume } from "./gather-role";

type Read<Name extends FactName> = (place: ConfirmedPool) => Promise<FactValues[Name]>;

/** Every fact that is asked for, all at the same time and each failing by itself. @param places Undefined: not reached. */
export async function gatherFacts(
  places: Readonly<Record<SideName, ConfirmedPool | undefined>>,
  asked: ReadonlySet<FactName>,
  { settings, outputs }: Pick<Given, "settings" | "outputs">,
  functionRoleProfile: string | undefined,
): Promise<Facts> {
  const { names, externalId } = settings;
  const gather = <N extends FactName>(name: N, read: Read<N>): Promise<Fact<FactValues[N]>> => {
    const { side } = FACT_SOURCES[name];
    if (!asked.has(name)) return Promise.resolve(NOT_ASKED);
    const place = places[side];
    return place === undefined ? Promise.resolve(unreached(side)) : gatherFact(name, () => read(place));
  };
  const roleArn = (): string => {
    if (outputs.roleArn !== undefined) return outputs.roleArn;
    throw new Unavailable("The source's account is not known.", `Mend source-reachable first, ${OR_SET_OUTPUTS}.`);
  };

  const sourceRole = gather("sourceRole", async ({ aws }) =>
    readRole(aws, roleArn().split("/").at(-1) ?? names.sourceRole),
  );
  /** Nobody is asked to assume a role that is known not to be there. */
  const assumableArn = async (): Promise<string> => {
    const role = await sourceRole;
    if (role.known && role.value === undefined)
      throw new Unavailable("The source role is not there.", "Deploy the source stack.");
    return roleArn();
  };
  const [migrating, token] = [functionReaders(MIGRATING, settings), functionReaders(TOKEN, settings)];
  const readers: { readonly [N in Exclude<FactName, "sourceRole">]: Read<N> } = {
    source: async ({ userPool }) => userPool,
    destination: async ({ userPool }) => userPool,
    sourceClients: readAppClients,
    destinationClients: readAppClients,
    destinationReplicas: readReplicas,
    destinationMfa: ({ aws, side }) =>
      aws.cognito().send(new GetUserPoolMfaConfigCommand({ UserPoolId: side.userPoolId })),
    migrationClient: async (place) => {
      if (outputs.appClientId !== undefined) return readAppClient(place, outputs.appClientId);
      throw new Unavailable(
        "The source stack's output app_client_id is not known here.",
        `Deploy the source stack; run this where its state is, ${OR_SET_OUTPUTS}.`,
      );
    },
    operatorAssumes: async ({ aws }) =>
      provenAnswers(await tryToAssume(aws.sts(), await assumableArn(), externalId), await sourceRole, roleArn()),
    functionAssumes: (place) =>
      assumeAsFunction(place, functionRoleProfile, names.lambdaRole, assumableArn, externalId),
    accountConcurrency: ({ aws }) => readAccountConcurrency(aws),
    sourceGroups: readGroups,
    destinationGroups: readGroups,
    function: migrating.deployed,
    functionRole: migrating.role,
    invokePolicy: migrating.invokePolicy,
    logGroup: migrating.logGroup,
    tokenFunction: token.deployed,
    tokenFunctionRole: token.role,
    tokenInvokePolicy: token.invokePolicy,
    tokenLogGroup: token.logGroup,
    alarms: ({ aws }) => readAlarms(aws, alarmNamesOf(settings)),
    sourceQuota: ({ aws }) => readSignInQuota(aws),
  };
  const facts = Object.entries(readers).map(
    async ([name, read]) => [name, await gather(name as FactName, read as Read<FactName>)] as const,
  );
  const all = await Promise.all([...facts, sourceRole.then((fact) => ["sourceRole", fact] as const)]);
  return Object.fromEntries(all) as unknown as Facts;
}

/** @throws {Unavailable} unless the profile has the function's own role: an answer to any other would prove nothing. */
async function assumeAsFunction(
  { side, account, aws }: ConfirmedPool,
  profile: string | undefined,
  lambdaRole: string,
  roleArn: () => Promise<string>,
  externalId: string,
): Promise<AssumeAnswers> {
  if (profile === undefined)
    throw new Unavailable(
      "Your credentials are not the function's. The trust policy was compared instead.",
      "Where you have a profile with credentials of the function's role: --function-role-profile.",
    );
  const sts = new Aws({ ...side, profile }, aws.say).sts();
  const { Arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
  if (!Arn.includes(`::${account}:assumed-role/${lambdaRole}/`))
    throw new Unavailable(
      `Profile ${profile} is ${Arn}, not the function's role ${lambdaRole}.`,
      "Give a profile whose credentials are of that role.",
    );
  return tryToAssume(sts, await roleArn(), externalId);
}
