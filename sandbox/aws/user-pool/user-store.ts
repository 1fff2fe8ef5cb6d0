import type { SeedUser } from "./seed";
import { type User, userFrom } from "./user";
import { aliasesOf, folded, foldedAttributes, type Naming } from "./user-names";

/**
 * Very many users who are made up when somebody looks at them, so that a million cost no memory. `at` answers the same
 * user, `sub` included, whenever it is asked.
 */
export interface Population {
  readonly count: number;
  at(index: number): SeedUser;
  /** @param name Username, `sub` or sign-in name; in small letters where the pool takes any. */
  indexOf(name: string): number | undefined;
}

const NOBODY: Population = { count: 0, at: () => ({ username: "", attributes: {} }), indexOf: () => undefined };

interface Entry {
  readonly user: User;
  readonly position: number;
  /** ListUsers sees the user from this call on. */
  readonly visibleFrom: number;
}

/** The users of one pool in the order of their creation, found by every name that they have. */
export class UserStore {
  private readonly entries = new Map<string, Entry>();
  private readonly names = new Map<string, string>();
  /** Keys by position after the population; undefined where a user has been deleted. */
  private readonly order: (string | undefined)[] = [];
  /** Positions in the population that are no longer as they were made up. */
  private readonly replaced = new Map<number, string | undefined>();
  private population = NOBODY;
  private listCalls = 0;
  private removed = 0;
  private readonly since: Date;
  /** How many further calls of ListUsers do not see a new user yet. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html */
  listLag = 0;
  /** Every so many calls of ListUsers a page is empty and says that there is more; 0 is never. */
  emptyPageEvery = 0;

  constructor(
    private readonly naming: Naming,
    private readonly now: () => Date,
  ) {
    this.since = now();
  }

  get size(): number {
    return this.population.count + this.order.length - this.removed;
  }

  /** @throws when there are users already: positions would move. */
  populate(population: Population): void {
    if (this.size > 0) throw new Error("a population must come first");
    this.population = population;
  }

  /** @param name Username, `sub`, username attribute or alias. */
  find(name: string): User | undefined {
    const key = folded(this.naming, name);
    const entry = this.entries.get(this.names.get(key) ?? key);
    if (entry !== undefined) return entry.user;
    const index = this.population.indexOf(key);
    return index === undefined || this.replaced.has(index) ? undefined : this.imagined(index);
  }

  /** As {@link find}, but only users whom ListUsers sees already. */
  findVisible(name: string): User | undefined {
    const user = this.find(name);
    const entry = user === undefined ? undefined : this.entries.get(this.keyOf(user));
    return entry === undefined || this.isVisible(entry) ? user : undefined;
  }

  /** Past every rule. @returns the user with the names as the pool writes them. */
  add(added: User): User {
    const user = this.kept(added);
    this.put(user, this.population.count + this.order.length, this.listCalls + this.listLag + 1);
    this.order.push(this.keyOf(user));
    return user;
  }

  /** @param changes Over the user as it is. The username stays. */
  change(before: User, changes: Partial<Omit<User, "username" | "created">>): User {
    const after = { ...before, ...changes, modified: this.now() };
    const { position, visibleFrom } = this.entryOf(before);
    this.forgetNames(before);
    this.put(after, position, visibleFrom);
    return after;
  }

  delete(user: User): void {
    const { position } = this.entryOf(user);
    this.forgetNames(user);
    this.entries.delete(this.keyOf(user));
    if (position < this.population.count) this.replaced.set(position, undefined);
    else this.order[position - this.population.count] = undefined;
    this.removed += 1;
  }

  /** One more call of ListUsers. @returns whether this page is to be empty. */
  listed(): boolean {
    this.listCalls += 1;
    return this.emptyPageEvery > 0 && this.listCalls % this.emptyPageEvery === 0;
  }

  /** Users from a position on, with the position after each. */
  *visibleFrom(position: number): Generator<readonly [User, number]> {
    for (let at = position; at < this.population.count + this.order.length; at += 1) {
      const user = this.at(at);
      if (user !== undefined) yield [user, at + 1];
    }
  }

  /** All of them in the order of creation, whether ListUsers sees them already or not. */
  *everybody(): Generator<User> {
    for (let at = 0; at < this.population.count + this.order.length; at += 1) {
      const user = this.at(at, true);
      if (user !== undefined) yield user;
    }
  }

  private at(position: number, hidden = false): User | undefined {
    const inside = position < this.population.count;
    if (inside && !this.replaced.has(position)) return this.imagined(position);
    const key = inside ? this.replaced.get(position) : this.order[position - this.population.count];
    const entry = key === undefined ? undefined : this.entries.get(key);
    return entry !== undefined && (hidden || this.isVisible(entry)) ? entry.user : undefined;
  }

  private isVisible({ visibleFrom }: Entry): boolean {
    return visibleFrom <= this.listCalls;
  }

  private imagined(index: number): User {
    return this.kept(userFrom(this.population.at(index), this.since));
  }

  private kept(user: User): User {
    const attributes = foldedAttributes(this.naming, user.attributes);
    return { ...user, username: folded(this.naming, user.username), attributes };
  }

  private keyOf({ username }: User): string {
    return folded(this.naming, username);
  }

  private entryOf(user: User): Omit<Entry, "user"> {
    const entry = this.entries.get(this.keyOf(user));
    if (entry !== undefined) return entry;
    const position = this.population.indexOf(this.keyOf(user));
    if (position === undefined) throw new Error(`${user.username} is not in the store`);
    this.replaced.set(position, this.keyOf(user));
    return { position, visibleFrom: 0 };
  }

  private put(user: User, position: number, visibleFrom: number): void {
    const key = this.keyOf(user);
    this.entries.set(key, { user, position, visibleFrom });
    for (const name of this.namesOf(user)) this.names.set(name, key);
  }

  private forgetNames(user: User): void {
    for (const name of this.namesOf(user)) if (this.names.get(name) === this.keyOf(user)) this.names.delete(name);
  }

  private namesOf({ attributes }: User): readonly string[] {
    return [folded(this.naming, attributes["sub"] ?? ""), ...aliasesOf(this.naming, attributes)];
  }
}
