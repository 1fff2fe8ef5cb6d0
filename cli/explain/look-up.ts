import { AdminGetUserCommand, type UserType } from "@aws-sdk/client-cognito-identity-provider";
import { canBeUsername } from "../../rules/migrate-user";
import type { SourceNaming } from "../../rules/source-names";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { explainAwsError } from "../aws/explain-aws-error";
import { ifThere } from "../aws/if-there";
import { listUsers } from "../aws/list-users";
import { arrivalOf } from "../pools/arrival";
import type { ConfirmedPools } from "../pools/confirmed-pools";
import { handedOnName, type PoolRules } from "../pools/pool-rules";
import { knownUser } from "../pools/user-matching";
import type { Facts, FoundUser, SideFacts } from "./facts";
import { carriedSub, personsOf } from "./match";
import { namesToType, namingThere, whoSignsIn } from "./names";

/** Looks people up on both sides, and keeps what AWS refused to tell. */
export class LookUp {
  readonly unread: string[] = [];

  constructor(
    private readonly places: ConfirmedPools,
    private readonly rules: PoolRules,
    private readonly signal: AbortSignal,
  ) {}

  async everybody(name: string): Promise<Pick<Facts, "source" | "destination">> {
    const { source, destination } = this.places;
    const [atSource, atDestination] = await Promise.all([this.at(source, name), this.at(destination, name)]);
    const names = this.otherNames([...onesIn(atSource), ...onesIn(atDestination)]);
    const found = {
      source: withMore(atSource, await usersOf(source, names, this.signal)),
      destination: withMore(atDestination, await usersOf(destination, names, this.signal)),
    };
    const { person, there } = personsOf({ ...found, name, rules: this.rules });
    return {
      source: withMore(found.source, await this.withFactors(source, person)),
      destination: withMore(found.destination, await this.withFactors(destination, there)),
    };
  }

  private async at(place: ConfirmedPool, name: string): Promise<SideFacts> {
    const users = await usersOf(place, [name], this.signal);
    const typed = await this.signedIn(place, name, users);
    const asked = handedOnName(name, this.rules);
    const isSame = asked === name || !this.naming(place).sourceCaseSensitive;
    const handedOn = isSame ? typed : await this.signedIn(place, asked, users);
    return withMore({ users, typed, handedOn }, [typed, handedOn]);
  }

  /** As the pool says, or else as ListUsers lets one conclude. */
  private async signedIn(
    place: ConfirmedPool,
    name: string,
    users: readonly FoundUser[],
  ): Promise<FoundUser | undefined> {
    const answer = await this.ask(place, name);
    return answer === "refused" ? whoSignsIn(name, users, this.naming(place)) : answer;
  }

  private async ask(place: ConfirmedPool, name: string): Promise<FoundUser | undefined | "refused"> {
    try {
      return await signedInBy(place, name, this.signal);
    } catch (error) {
      const because = this.signal.aborted ? undefined : explainAwsError(error);
      if (because === undefined) throw error;
      const sentence = `Second factors at the ${place.side.name}; whom the name signs in there is concluded from the list of users. ${because}`;
      if (!this.unread.some((one) => one.startsWith(`Second factors at the ${place.side.name};`)))
        this.unread.push(sentence);
      return "refused";
    }
  }

  private async withFactors(place: ConfirmedPool, user: FoundUser | undefined): Promise<readonly FoundUser[]> {
    if (user === undefined || user.factors !== undefined) return [];
    const answer = await this.ask(place, user.username);
    return answer === undefined || answer === "refused" ? [] : [answer];
  }

  /** Also those under which the function would make a user of the source. */
  private otherNames(users: readonly FoundUser[]): readonly string[] {
    return users.flatMap((user) => [
      ...namesToType(user),
      ...[carriedSub(user, this.rules)].filter((sub) => sub !== undefined),
      ...arrivalOf(user, this.rules).createdUnder.map((own) => own.name),
    ]);
  }

  private naming({ side }: ConfirmedPool): SourceNaming {
    return side.name === "source" ? this.rules : namingThere(this.rules);
  }
}

/** Whom it can be about: a list of strangers who share an address is not followed any further. */
const onesIn = ({ users, typed, handedOn }: SideFacts): readonly FoundUser[] =>
  [typed, handedOn, users.length === 1 ? users[0] : undefined].filter((user) => user !== undefined);

/** Who is known better replaces who was listed. */
function withMore({ users, typed, handedOn }: SideFacts, more: readonly (FoundUser | undefined)[]): SideFacts {
  const all = new Map(users.map((user) => [user.username, user]));
  for (const user of more)
    if (user !== undefined && (user.factors !== undefined || !all.has(user.username))) all.set(user.username, user);
  const known = (user: FoundUser | undefined): FoundUser | undefined => user && (all.get(user.username) ?? user);
  return { users: [...all.values()], typed: known(typed), handedOn: known(handedOn) };
}

type Pool = Pick<ConfirmedPool, "aws" | "side">;

/** Of those who share an address: enough to say that they do. */
const MOST = 60;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Finds all who have one of these names, whether it signs them in or not. ListUsers looks for one attribute at a time, and for an exact value.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
 */
async function usersOf(pool: Pool, names: readonly string[], signal: AbortSignal): Promise<FoundUser[]> {
  const found = new Map<string, FoundUser>();
  for (const filter of new Set(names.filter(canBeUsername).flatMap(filtersFor))) {
    let count = 0;
    for await (const users of listUsers(pool, { filter, signal })) {
      for (const user of users) found.set(user.Username ?? "", foundUser(user, undefined));
      count += users.length;
      if (count >= MOST) break;
    }
  }
  return [...found.values()];
}

/** A user pool with a sense of case may have the name in small letters. */
export const filtersFor = (name: string): readonly string[] =>
  [...new Set([name, name.toLowerCase()])].flatMap((one) => {
    const value = one.replaceAll(/["\\]/g, "\\$&");
    const attributes = [
      "username",
      "preferred_username",
      ...(UUID.test(one) ? ["sub"] : []),
      ...(one.includes("@") ? ["email"] : []),
      ...(/^\+\d+$/.test(one) ? ["phone_number"] : []),
    ];
    return attributes.map((attribute) => `${attribute} = "${value}"`);
  });

/**
 * Whom a name signs in: AdminGetUser takes the same names as a sign-in, and knows the second factors.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html
 */
async function signedInBy({ aws, side }: Pool, name: string, signal: AbortSignal): Promise<FoundUser | undefined> {
  if (!canBeUsername(name)) return undefined;
  const user = await ifThere(["UserNotFoundException"], () =>
    aws
      .cognito()
      .send(new AdminGetUserCommand({ UserPoolId: side.userPoolId, Username: name }), { abortSignal: signal }),
  );
  if (user === undefined) return undefined;
  const { UserAttributes: Attributes = [], UserMFASettingList = [] } = user;
  return foundUser({ ...user, Attributes }, UserMFASettingList);
}

function foundUser(user: UserType, factors: readonly string[] | undefined): FoundUser {
  return {
    ...knownUser(user),
    status: user.UserStatus ?? "",
    enabled: user.Enabled === true,
    created: user.UserCreateDate,
    modified: user.UserLastModifiedDate,
    factors,
  };
}
