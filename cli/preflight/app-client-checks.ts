import type { UserPoolClientType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { audienceOf, hasPasswordFlow, hasServerFlow, LEFT_ALONE } from "../../rules/app-client";
import { HARMLESS_ATTRIBUTE, TOKEN_MINUTES } from "../../rules/migration-app-client";
import { appClientName, mayWrite } from "../pools/app-client";
import { defineCheck, failed, inTheme, listed, passed, warning } from "./check";

/**
 * AWS says that the trigger wants USER_PASSWORD_AUTH or ADMIN_USER_PASSWORD_AUTH, and that a sign-in without a password does not call it;
 * of a password within USER_AUTH it says nothing. An unknown user of an app client that reveals nobody is offered one of the pool's
 * ways to sign in, at random: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
 */
const userAuth = defineCheck({
  id: "client-user-auth",
  title: "No app client of the destination lets applications ask how a user can sign in (choice-based sign-in)",
  otherwise:
    "Whoever has not migrated may be offered a code or a passkey instead of the password, or SRP be used, and does not migrate.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-sdk.html",
  needs: ["destinationClients"],
  decide: ({ destinationClients }) => {
    const choosing = destinationClients
      .filter(takesPasswords)
      .filter(({ ExplicitAuthFlows }) => ExplicitAuthFlows?.includes("ALLOW_USER_AUTH"));
    if (choosing.length === 0) return passed("No app client of the destination allows USER_AUTH.");
    return warning(
      `App client ${listed(choosing.map(appClientName))} of the destination allows USER_AUTH. Codes, passkeys and PASSWORD_SRP never call the trigger, and AWS does not say whether PASSWORD does.`,
      "Let applications use USER_PASSWORD_AUTH until the cut-over. Take USER_AUTH with PREFERRED_CHALLENGE=PASSWORD only if it has brought a test user over.",
    );
  },
});

/** Whether users sign in through it, themselves or by a server. */
const takesPasswords = (client: UserPoolClientType): boolean => ["people", "server"].includes(audienceOf(client));

/** Without a list of flows Cognito gives refresh, SRP and custom authentication, of which none calls the trigger. */
function firesTrigger({
  AllowedOAuthFlowsUserPoolClient,
  SupportedIdentityProviders = [],
  ExplicitAuthFlows: flows = [],
}: UserPoolClientType): boolean {
  // Managed login sends the password to Cognito in a form, and calls the trigger.
  const hasManagedLogin = AllowedOAuthFlowsUserPoolClient === true && SupportedIdentityProviders.includes("COGNITO");
  return hasManagedLogin || hasPasswordFlow(flows) || hasServerFlow(flows);
}

/** Those that `attach` leaves alone, and that have nothing to do with the trigger. */
const leftAlone = (clients: readonly UserPoolClientType[]): string => {
  const told = clients.flatMap((client) => {
    const audience = audienceOf(client);
    return audience === "people" || audience === "server" ? [] : [`${appClientName(client)} ${LEFT_ALONE[audience]}`];
  });
  return told.length === 0 ? "" : ` Left alone: ${told.join("; ")}.`;
};

const flows = defineCheck({
  id: "client-flows",
  title: "Applications of the destination sign in with the password itself",
  otherwise: "With SRP the password never leaves the device, Cognito does not call the trigger, and nobody migrates.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-import-using-lambda.html",
  needs: ["destinationClients"],
  decide: ({ destinationClients }) => {
    const clients = destinationClients.filter(takesPasswords);
    const silent = clients.filter((client) => !firesTrigger(client));
    const firing = clients.filter(firesTrigger);
    const others = leftAlone(destinationClients);
    const remedy =
      "Add ALLOW_USER_PASSWORD_AUTH (or ALLOW_ADMIN_USER_PASSWORD_AUTH for a server), and let the application use that flow.";
    if (clients.length === 0)
      return failed(`The destination has no app client that users sign in through.${others}`, remedy);
    const never = `The trigger never fires for sign-ins through app client ${listed(silent.map(appClientName))}`;
    const does = `The trigger fires for sign-ins with the password itself through app client ${listed(firing.map(appClientName))}`;
    if (firing.length === 0) return failed(`${never}.${others}`, remedy);
    return silent.length > 0 ? warning(`${never}. ${does}.${others}`, remedy) : passed(`${does}.${others}`);
  },
});

const disclosure = defineCheck({
  id: "client-error-disclosure",
  title: "App clients of the destination do not reveal who has an account",
  otherwise: "Anyone can ask which users are there, and each question is a call to the source.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html",
  needs: ["destinationClients"],
  decide: ({ destinationClients }) => {
    const telling = destinationClients.filter(
      // Whoever has its id can ask; that of a machine takes a secret.
      (client) => audienceOf(client) !== "machines" && client.PreventUserExistenceErrors !== "ENABLED",
    );
    if (telling.length === 0)
      return passed("PreventUserExistenceErrors is ENABLED in the app clients of the destination.");
    return warning(
      `PreventUserExistenceErrors is not ENABLED in app client ${listed(telling.map(appClientName))}.`,
      "Set it to ENABLED: unknown and refused users then get the same answer.",
    );
  },
});

const writes = defineCheck({
  id: "client-write-attributes",
  title: "Users of the destination cannot write the attribute that keeps their old sub",
  otherwise: "A user could take another one's place in every application that looks the old sub up.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html",
  needs: ["destinationClients"],
  decide: ({ destinationClients, settings: { attributeMap } }) => {
    const target = attributeMap.get("sub");
    if (target === undefined) return passed("ATTRIBUTE_MAP takes no old sub along, so there is none to overwrite.");
    const writing = destinationClients.filter((client) => mayWrite(client, target));
    if (writing.length === 0)
      return passed(
        `No app client of the destination may write ${target}. Whether that limits what a migration writes, AWS does not say.`,
      );
    return warning(
      `App client ${listed(writing.map(appClientName))} of the destination may write ${target}.`,
      `List WriteAttributes without ${target}; a client without the list may write all.`,
    );
  },
});

const SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** Tokens that live longer than the stack lets them. What is not set, or 0, is Cognito's default whatever the unit. */
function longLived({ TokenValidityUnits: units = {}, ...client }: UserPoolClientType): string[] {
  const seconds = (validity: number | undefined, unit: string | undefined, initially: number): number =>
    validity ? validity * (SECONDS[unit ?? ""] ?? Number.POSITIVE_INFINITY) : initially;
  const { accessToken, idToken, refreshToken } = TOKEN_MINUTES;
  const tokens = [
    ["access", seconds(client.AccessTokenValidity, units.AccessToken ?? "hours", 3600), accessToken],
    ["ID", seconds(client.IdTokenValidity, units.IdToken ?? "hours", 3600), idToken],
    ["refresh", seconds(client.RefreshTokenValidity, units.RefreshToken ?? "days", 30 * 86_400), refreshToken],
  ] as const;
  return tokens
    .filter(([, lives, minutes]) => lives > minutes * 60)
    .map(([token, , minutes]) => `${token} tokens live longer than ${minutes} minutes`);
}

/** @param names None: all that the pool has. */
function beyond(names: readonly string[] = [], allowed: readonly string[], verb: "read" | "write"): string[] {
  if (names.length === 0) return [`it may ${verb} every attribute`];
  const more = names.filter((name) => !allowed.includes(name));
  return more.length === 0 ? [] : [`it may ${verb} ${listed(more)}`];
}

/** Differences to what ../../constructs/source-access.ts makes that let somebody else use the app client, or use it for more. */
function openings(client: UserPoolClientType, { SchemaAttributes = [] }: UserPoolType): string[] {
  const others = (client.ExplicitAuthFlows ?? []).filter(
    (flow) => flow !== "ALLOW_ADMIN_USER_PASSWORD_AUTH" && flow !== "ALLOW_REFRESH_TOKEN_AUTH",
  );
  // Cognito insists on these.
  const required = SchemaAttributes.flatMap(({ Name, Required }) => (Required === true ? (Name ?? []) : []));
  return [
    ...(others.length > 0 ? [`it also allows ${listed(others)}`] : []),
    ...(client.AllowedOAuthFlowsUserPoolClient || (client.AllowedOAuthFlows ?? []).length > 0 ? ["OAuth is on"] : []),
    ...((client.SupportedIdentityProviders ?? []).length > 0 ? ["it has identity providers"] : []),
    ...longLived(client),
    ...beyond(client.ReadAttributes, [HARMLESS_ATTRIBUTE], "read"),
    ...beyond(client.WriteAttributes, [HARMLESS_ATTRIBUTE, ...required], "write"),
    ...(client.PreventUserExistenceErrors === "ENABLED" ? [] : ["it reveals who has an account"]),
  ];
}

const migrationClient = defineCheck({
  id: "migration-client",
  title: "The source has the app client of the migration, and it can do nothing else",
  otherwise: "The function cannot prove a password, or somebody else can use its app client.",
  source: "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html",
  needs: ["migrationClient", "source"],
  decide: ({ migrationClient: client, source }) => {
    const deploy = "Deploy the source stack again, and the destination stack after it.";
    if (client === undefined)
      return failed("The source has no app client of the id that the function is given.", deploy);
    const name = `The migration's app client ${appClientName(client)}`;
    if (!client.ExplicitAuthFlows?.includes("ALLOW_ADMIN_USER_PASSWORD_AUTH"))
      return failed(`${name} does not allow ALLOW_ADMIN_USER_PASSWORD_AUTH.`, deploy);
    if (client.ClientSecret !== undefined)
      return failed(`${name} has a secret, which the function does not know.`, deploy);
    const found = openings(client, source);
    return found.length === 0
      ? passed(`${name} has ALLOW_ADMIN_USER_PASSWORD_AUTH, no OAuth, and short tokens.`)
      : warning(`${name} is wider than the stack makes it: ${listed(found)}.`, deploy);
  },
});

export const APP_CLIENT_CHECKS = inTheme("App clients", [flows, userAuth, disclosure, writes, migrationClient]);
