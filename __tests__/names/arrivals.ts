import type { User } from "../../sandbox/aws/user-pool/user";
import type { UserPool } from "../../sandbox/aws/user-pool/user-pool";
import { type Program, program } from "./arrive";
import { labelOf, type Person, populate, resolved } from "./people";
import { emptyPool, imported, seen } from "./pools";
import type { Step, World } from "./worlds";

/** A user of the destination, and how it came to be. */
export interface Arrival {
  /** Of the destination. */
  readonly username: string;
  readonly attributes: User["attributes"];
  /** Of the source. Undefined: of nobody there. */
  readonly person: Person | undefined;
  readonly way: Step["way"];
  /** The name in the request that made the user. */
  readonly typed: string | undefined;
  /** That name, if the source took it together with the password. */
  readonly taken: string | undefined;
}

/** Both pools of a world while people arrive. */
export class Scene {
  readonly people: readonly Person[];
  private readonly source: UserPool;
  private readonly destination: UserPool;
  private readonly program: Program;
  /** By username at the destination, in the order in which they came, which is that of ListUsers. */
  private readonly came = new Map<string, Arrival>();

  constructor(readonly world: World) {
    this.source = emptyPool("eu-west-1_Source001", world.source);
    this.program = program(world, this.source, () => this.destination);
    this.destination = emptyPool("eu-west-1_Dest00001", world.destination, this.program.trigger);
    this.people = populate(this.source, world);
  }

  get arrivals(): readonly Arrival[] {
    return [...this.came.values()];
  }

  /** Whom the source lets in by that name. */
  atSource(name: string): Person | undefined {
    const sub = this.source.users.find(name)?.attributes["sub"];
    return this.people.find((person) => person.sub === sub);
  }

  /** Who answers to that name at the destination: the pool itself says so. */
  answers(name: string): Arrival | undefined {
    const user = this.destination.users.find(name);
    return user === undefined ? undefined : this.came.get(user.username);
  }

  /** As the destination hands it to its trigger. */
  typed(name: string): string {
    return this.world.destination.caseSensitive ? name : name.toLowerCase();
  }

  /** Every name that is in this world. */
  names(): readonly string[] {
    const ofSource = this.people.flatMap(({ sub, username, attributes }) => [sub, username, ...valuesOf(attributes)]);
    const there = this.arrivals.flatMap(({ username, attributes }) => [username, ...valuesOf(attributes)]);
    // Where addresses are the names, the pool itself makes a username up.
    const made = new Set(this.world.destination.usernameAttributes.length > 0 ? this.came.keys() : []);
    return [...new Set([...ofSource, ...there])].filter((name) => !made.has(name));
  }

  /** @returns what came of it, in words. */
  async take(step: Step): Promise<string> {
    if (step.way === "import") return this.import();
    const name = resolved(step.name, this.people);
    if (step.way === "forgot password") return this.forgotPassword(name);
    const { passwordOf } = step;
    const person =
      passwordOf === "whoever has that name"
        ? this.atSource(this.typed(name))
        : this.people.find(({ label }) => label === `u${passwordOf}`);
    return this.signIn(name, person?.password ?? "nobody's password");
  }

  async signIn(name: string, password: string): Promise<string> {
    const AuthParameters = { USERNAME: name, PASSWORD: password };
    const end = await seen(this.destination, "InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    const typed = this.typed(name);
    const known = this.atSource(typed);
    const isTaken = known?.password === password && known.status === "CONFIRMED";
    this.note("sign in", typed, isTaken ? typed : undefined);
    return end;
  }

  /** Of each person who counts as migrated, as which arrival. */
  async counted(): Promise<ReadonlyMap<Person, Arrival | undefined>> {
    const positions = await this.program.counted();
    const counted = this.people.flatMap((person) => {
      const position = positions.get(person.sub);
      return position === undefined ? [] : [[person, this.arrivals[position]] as const];
    });
    return new Map(counted);
  }

  private async forgotPassword(name: string): Promise<string> {
    const end = await seen(this.destination, "ForgotPassword", { Username: name });
    this.note("forgot password", this.typed(name));
    return end;
  }

  private async import(): Promise<string> {
    const job = await imported(this.destination, await this.program.importFile());
    this.note("import");
    return `${job.imported} imported, ${job.skipped} skipped, ${job.failed} failed`;
  }

  private note(way: Step["way"], typed?: string, taken?: string): void {
    const { users } = this.destination;
    // A user is seen by listings that begin later.
    users.listed();
    for (const [user] of users.visibleFrom(0)) {
      const { username, attributes } = user;
      if (this.came.has(username)) continue;
      const person = this.people.find(({ label }) => label === labelOf(user));
      this.came.set(username, { username, attributes, person, way, typed, taken });
    }
  }
}

function valuesOf({ email, phone_number, preferred_username }: User["attributes"]): string[] {
  return [email, phone_number, preferred_username].filter((value) => value !== undefined);
}
