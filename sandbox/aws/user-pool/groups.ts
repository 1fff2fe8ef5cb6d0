import { AwsException, resourceNotFound } from "./exception";
import { seconds } from "./input";

/** As GroupType tells of it. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GroupType.html */
export interface Group {
  readonly GroupName: string;
  readonly UserPoolId: string;
  readonly Description?: string | undefined;
  readonly RoleArn?: string | undefined;
  readonly Precedence?: number | undefined;
  readonly CreationDate: number;
  readonly LastModifiedDate: number;
}

interface Entry {
  readonly group: Group;
  readonly members: Set<string>;
  /** The members in a row, as pages need them, until somebody comes or goes. */
  row: readonly string[] | undefined;
}

/** The groups of one user pool, and who is in them. */
export class Groups {
  private readonly groups = new Map<string, Entry>();

  constructor(private readonly userPoolId: string) {}

  get all(): readonly Group[] {
    return [...this.groups.values()].map(({ group }) => group);
  }

  create(GroupName: string, more: Pick<Group, "Description" | "RoleArn" | "Precedence"> = {}): Group {
    if (this.groups.has(GroupName))
      throw new AwsException("GroupExistsException", "A group with the name already exists.");
    const now = seconds(new Date());
    const group = { GroupName, UserPoolId: this.userPoolId, ...more, CreationDate: now, LastModifiedDate: now };
    this.groups.set(GroupName, { group, members: new Set(), row: undefined });
    return group;
  }

  get(name: string): Group {
    return this.entry(name).group;
  }

  delete(name: string): void {
    this.entry(name);
    this.groups.delete(name);
  }

  /** Usernames. */
  membersOf(name: string): readonly string[] {
    const entry = this.entry(name);
    entry.row ??= [...entry.members];
    return entry.row;
  }

  add(name: string, username: string): void {
    const entry = this.entry(name);
    entry.members.add(username);
    entry.row = undefined;
  }

  remove(name: string, username: string): void {
    const entry = this.entry(name);
    entry.members.delete(username);
    entry.row = undefined;
  }

  of(username: string): readonly Group[] {
    return [...this.groups.values()].filter(({ members }) => members.has(username)).map(({ group }) => group);
  }

  /** A user who is deleted leaves every group. */
  forget(username: string): void {
    for (const name of this.groups.keys()) this.remove(name, username);
  }

  private entry(name: string): Entry {
    const found = this.groups.get(name);
    if (found === undefined) throw resourceNotFound("Group not found.");
    return found;
  }
}
