import { setTimeout as wait } from "node:timers/promises";
import {
  AdminGetUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUpdateUserAttributesCommand,
  GetGroupCommand,
  paginateAdminListGroupsForUser,
} from "@aws-sdk/client-cognito-identity-provider";
import type { DestinationSettings } from "../../config/deployment";
import { visible } from "../../config/visible";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { ifThere } from "../aws/if-there";
import { WorkFolder } from "../import/work-folder";
import { findDestination } from "../pools/confirmed-pools";
import { readStampKeys } from "../pools/stamp-keys";
import { knownUser } from "../pools/user-matching";
import type { Context } from "../program/command";
import { CommandError, EXIT, type ExitCode } from "../program/exit";
import { RestoredMemberships } from "./restored-memberships";

interface RevokeOptions {
  /** Of the destination. */
  readonly group: string;
  /** A name by which the destination knows the user. */
  readonly user: string;
  readonly apply: boolean;
  readonly json: boolean;
}

/**
 * What was under way when the stamp was blanked is over by then, and could have added the membership once more: Cognito tries a trigger up to three
 * times, five seconds each.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
const UNDER_WAY_SECONDS = 16;

/**
 * Takes a user out of a group for good. The stamp goes first: while it is there, each new token brings the groups of the stamp back, and the
 * token function may add the membership again.
 */
export async function revokeMembership(options: RevokeOptions, context: Context): Promise<ExitCode> {
  const { terminal, commands } = context;
  const deployment = context.deployment();
  const settings = deployment.destination as DestinationSettings;
  const place = await findDestination(context, deployment);
  await refuseNoGroup(place, options.group);
  const stamps = await readStampKeys(place, settings.names);
  // The deployed function says where its stamps are; the settings may have changed since.
  const attribute = stamps.kind === "on" ? stamps.attribute : settings.stampAttribute;
  if (stamps.kind === "unread")
    terminal.say(`Looks for the stamp in ${attribute}, as the settings say: ${stamps.because}`);
  const user = await findUser(place, options.user, attribute);
  const isMember = await isIn(place, options.group, user.username);
  const found = { user: user.username, group: options.group, isMember, hasStamp: user.hasStamp };
  const about = `${visible(user.username)} is ${isMember ? "" : "not "}in the group, and has ${user.hasStamp ? "a" : "no"} stamp`;
  const gone = [user.hasStamp && "the stamp", isMember && "the membership"].filter(Boolean).join(" and ");
  if (!options.apply) {
    if (options.json) terminal.print(JSON.stringify(found, null, 2));
    else terminal.report(`${about}.`);
    const line = commands.program("groups", `--revoke=${options.group}`, `--user=${options.user}`, "--apply");
    const does =
      gone === ""
        ? "There is nothing to take away; this only keeps `groups` from adding it:"
        : `This takes away ${gone}:`;
    terminal.say(`Nothing was changed. ${does}\n${line}`);
    return EXIT.DONE;
  }
  noteRevoked(options.group, user.sub, settings, context);
  if (user.hasStamp) await blankStamp(place, user.username, attribute);
  await remove(place, options.group, user.username);
  // Also where another run of this command has just blanked the stamp.
  if (user.hasStamp || stamps.kind === "on" || stamps.kind === "unread") {
    terminal.say(`Waits ${UNDER_WAY_SECONDS} seconds for sign-ins that are under way ...`);
    await wait(UNDER_WAY_SECONDS * 1000);
    if (await isIn(place, options.group, user.username)) await remove(place, options.group, user.username);
  }
  const text =
    `${about}. ${gone === "" ? "There was nothing to take away; `groups` will not add it." : `Gone now: ${gone}.`} Tokens that the user has keep the group until they expire. ` +
    "If the source has the membership, take it away there, too: who is deleted here and migrates again has it again.";
  if (options.json) terminal.print(JSON.stringify({ ...found, revoked: true }, null, 2));
  else terminal.print(text);
  return EXIT.DONE;
}

/** A name that is misspelt would take nothing away, and blank the stamp all the same. */
async function refuseNoGroup({ aws, side }: ConfirmedPool, GroupName: string): Promise<void> {
  const answer = await ifThere(["ResourceNotFoundException"], () =>
    aws.cognito().send(new GetGroupCommand({ UserPoolId: side.userPoolId, GroupName })),
  );
  if (answer === undefined)
    throw new CommandError(
      EXIT.CHECKS_FAILED,
      `--revoke: found no group ${JSON.stringify(GroupName)} at the destination, expected one of its groups. Nothing was changed.`,
    );
}

async function findUser({ aws, side }: ConfirmedPool, name: string, stampAttribute: string) {
  const answer = await ifThere(["UserNotFoundException"], () =>
    aws.cognito().send(new AdminGetUserCommand({ UserPoolId: side.userPoolId, Username: name })),
  );
  if (answer === undefined)
    throw new CommandError(
      EXIT.CHECKS_FAILED,
      "--user: found nobody of that name at the destination, expected a username or an alias. Nothing was changed.",
    );
  const { Username: username, UserAttributes: Attributes = [] } = answer;
  const { sub, [stampAttribute]: stamp = "" } = knownUser({ Attributes }).attributes;
  // A sub without a value is the name of a note that nobody finds again.
  if (username === undefined || !sub) throw aws.unusable("AdminGetUser", "no username or no sub");
  return { username, sub, hasStamp: stamp !== "" };
}

async function isIn({ aws, side }: ConfirmedPool, group: string, Username: string): Promise<boolean> {
  const pages = paginateAdminListGroupsForUser({ client: aws.cognito() }, { UserPoolId: side.userPoolId, Username });
  for await (const { Groups = [] } of pages) if (Groups.some(({ GroupName }) => GroupName === group)) return true;
  return false;
}

/** A blank value deletes the attribute. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html */
async function blankStamp({ aws, side }: ConfirmedPool, Username: string, attribute: string): Promise<void> {
  const UserAttributes = [{ Name: attribute, Value: "" }];
  const change = { UserPoolId: side.userPoolId, Username, UserAttributes };
  await aws.cognito().send(new AdminUpdateUserAttributesCommand(change));
}

/** Who is not in the group, or a group that is gone, needs nothing. */
async function remove({ aws, side }: ConfirmedPool, GroupName: string, Username: string): Promise<void> {
  const membership = { UserPoolId: side.userPoolId, GroupName, Username };
  await ifThere(["ResourceNotFoundException"], () =>
    aws.cognito().send(new AdminRemoveUserFromGroupCommand(membership)),
  );
}

/** `groups` restores what the source has and the destination has never had: so it is told first. */
function noteRevoked(group: string, sub: string, settings: DestinationSettings, context: Context): void {
  const folder = new WorkFolder(context.workDirectory, settings.migration, settings.userPool.id);
  const unlock = folder.lock();
  const memberships = new RestoredMemberships(folder.restoredFile());
  try {
    memberships.add(group, sub);
  } finally {
    memberships.close();
    unlock();
  }
}
