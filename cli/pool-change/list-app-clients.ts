import { type ListedAppClient, listAppClients } from "../aws/app-clients";
import type { AskedPool } from "../aws/confirmed-pool";
import { findDestination } from "../pools/confirmed-pools";
import { awsCli } from "../pools/sides";
import type { Context } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { table } from "../program/table";

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolClient.html */
const ID = /^[\w+]{1,128}$/;

/** Whether AWS would take it for an id at all: a name with a space would be an invalid parameter. */
export const mayBeId = (text: string): boolean => ID.test(text);

/** What is wrong with `--client`, all of it, and which app clients there are. @param ids As they were given. */
export async function unknownAppClients(ids: readonly string[], place: AskedPool): Promise<CommandError> {
  const there = await readList(place);
  const unknown = there === undefined ? ids : ids.filter((id) => !there.some((client) => client.id === id));
  const lines = unknown.map((id) => {
    const [meant] = there?.filter(({ name }) => name === id) ?? [];
    const hint = meant === undefined ? "" : `: that is the name of ${meant.id}`;
    return `--client: found ${JSON.stringify(id)}${hint}, expected the id of an app client of ${place.side.userPoolId}.`;
  });
  return new CommandError(EXIT.USAGE, [...lines, listText(there, place)].join("\n"));
}

/** @returns undefined where it cannot be known: the usage has to be said all the same. */
export async function appClientsToChooseFrom(context: Context): Promise<string | undefined> {
  try {
    const place = await findDestination(context, context.deployment());
    return listText(await readList(place), place);
  } catch {
    return undefined;
  }
}

/** @returns undefined when AWS does not say: the list is help, and no reason to fail. */
const readList = (place: AskedPool): Promise<readonly ListedAppClient[] | undefined> =>
  listAppClients(place).catch(() => undefined);

function listText(there: readonly ListedAppClient[] | undefined, { side }: AskedPool): string {
  if (there === undefined)
    return `This lists them: ${awsCli(side, "cognito-idp", "list-user-pool-clients", "--user-pool-id", side.userPoolId)}`;
  if (there.length === 0) return "It has no app client.";
  return table(
    ["APP CLIENT", "NAME"],
    there.map(({ id, name }) => [id, name]),
  );
}
