import { newPassword } from "../../aws/user-pool/passwords";
import { holds } from "../assertion";
import { comingOn, DAYS, type Person } from "./crowd";
import type { Migration } from "./migration";

/** Ordinary users who do not sign in but ask for a code. */
const FORGETFUL = 5;

const ordinary = ({ people }: Migration): readonly Person[] => people.filter(({ kind }) => kind === "ordinary");
export const forgetful = (migration: Migration): readonly Person[] => ordinary(migration).slice(-FORGETFUL);
/** The first half of every other kind. */
const extraordinary = ({ people }: Migration): readonly Person[] => {
  const others = people.filter(({ kind }) => kind !== "ordinary");
  return others.filter(({ kind }, at) => {
    const same = others.filter((one) => one.kind === kind);
    return at - others.findIndex((one) => one.kind === kind) < same.length / 2;
  });
};

/** Where a person stands in the order in which ordinary users come. */
const comingBefore = (day: number): number =>
  Array.from({ length: day }, (_, at) => comingOn(at)).reduce((sum, count) => sum + count, 0);

/** Lets the days go by on which people sign in, those of every other kind on the third. @param to Is not among them. */
export async function letDaysPass(migration: Migration, from: number, to: number): Promise<number> {
  for (let day = from; day < to; day += 1)
    await onDay(migration, day, async () => {
      for (const person of comingAt(migration, day, day + 1)) await signIn(migration, person);
      if (day === 2) for (const person of extraordinary(migration)) await signIn(migration, person);
    });
  return comingAt(migration, from, to).length;
}

/** Has something happen on a day of the migration. */
export async function onDay({ world: { clock } }: Migration, day: number, act: () => Promise<void>): Promise<void> {
  clock.turnBack(DAYS - day);
  await act();
  clock.turnBack(0);
}

function comingAt(migration: Migration, from: number, to: number): readonly Person[] {
  return ordinary(migration).slice(comingBefore(from), comingBefore(to));
}

/** Signs somebody in for the first time, and looks at what has become of them. @throws {Broken} when it is not as documented. */
async function signIn(migration: Migration, person: Person): Promise<void> {
  const { destination, arrived, world } = migration;
  const { email, password, answer, kind } = person;
  // As somebody with a new keyboard types it: neither pool tells Name from name.
  const answered = await destination.signIn(kind === "ordinary" ? email.toUpperCase() : email, password);
  holds(answered === answer, `${answer} for ${kind}, not ${answered}`);
  const user = world.destination.userPool.users.find(email);
  if (answer === "NotAuthorizedException") return holds(user === undefined, `nobody made of ${kind}`);
  const status = answer === "tokens" ? "CONFIRMED" : "RESET_REQUIRED";
  holds(user?.status === status, `${kind} ${status} at the destination, not ${user?.status}`);
  const { sub = "", email_verified } = person.attributes;
  holds(user?.attributes["custom:source_sub"] === sub, `the old sub of ${kind} in custom:source_sub`);
  holds(user?.attributes["email_verified"] === email_verified, `the address of ${kind} as verified as it was`);
  if (answer === "tokens") arrived.set(email, password);
}

/** Deletes a user at the destination, who then comes anew with the old password. @throws {Broken} when that does not work. */
export async function comeAnew({ world, destination, arrived }: Migration, person: Person): Promise<void> {
  const { users } = world.destination.userPool;
  const user = users.find(person.email);
  if (user !== undefined) users.delete(user);
  const answer = await destination.signIn(person.email, person.password);
  holds(user !== undefined && answer === "tokens", `tokens for one who was deleted at the destination, not ${answer}`);
  arrived.set(person.email, person.password);
}

/** Asks for a code and sets a new password with it. @throws {Broken} when that does not let the user in. */
export async function setPasswordByCode(migration: Migration, { email, password: old }: Person): Promise<void> {
  const { destination, codes, arrived } = migration;
  const password = newPassword();
  const sent = await destination.askForCode(email);
  holds(sent === "sent", `a code for ${email}, not ${sent}`);
  const set = await destination.setPassword(email, password, codes.at(-1) ?? "");
  holds(set === "set", `a new password for ${email}, not ${set}`);
  holds((await destination.signIn(email, password)) === "tokens", `${email} signed in with the new password`);
  holds((await destination.signIn(email, old)) !== "tokens", `${email} refused with the old password`);
  arrived.set(email, password);
}

/** Sends passwords to the destination. @returns the answers, in the order of the people. */
type SendPasswords = (
  migration: Migration,
  passwords: Iterable<readonly [email: string, password: string]>,
) => Promise<readonly string[]>;

/** By USER_PASSWORD_AUTH through the application's own app client: what its users see, whatever flows it has. */
export const throughApplication: SendPasswords = async ({ destination }, passwords) => {
  const answers: string[] = [];
  for (const [email, password] of passwords) answers.push(await destination.signIn(email, password));
  return answers;
};

/**
 * Whether the passwords are right, which is not what the application's users see: the demo is no client of SRP, so
 * where the application has nothing else they are sent by ADMIN_USER_PASSWORD_AUTH through an app client that is there only
 * meanwhile.
 */
export const throughCheck: SendPasswords = async ({ world, destination }, passwords) => {
  const { clients } = world.destination.userPool;
  const { ClientId } = clients.create("check of passwords", {
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    PreventUserExistenceErrors: "ENABLED",
  });
  try {
    const answers: string[] = [];
    for (const [email, password] of passwords)
      answers.push(await destination.signInFromServer(ClientId, email, password));
    return answers;
  } finally {
    clients.delete(ClientId);
  }
};

/** @throws {Broken} unless all who have arrived sign in, and with no other password. */
export async function allWhoArrivedSignIn(migration: Migration, send: SendPasswords): Promise<number> {
  const { arrived } = migration;
  const answers = await send(migration, arrived);
  const refused = answers.filter((answer) => answer !== "tokens").length;
  holds(refused === 0, `all ${arrived.size} who have arrived signed in; ${refused} were not`);
  const [[email, password] = ["", ""]] = arrived;
  const [wrong] = await send(migration, [[email, `${password}x`]]);
  holds(wrong === "NotAuthorizedException", `NotAuthorizedException for a wrong password, not ${wrong}`);
  return arrived.size;
}
