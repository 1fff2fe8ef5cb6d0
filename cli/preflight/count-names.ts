import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { carryAttributes } from "../../rules/carry-attributes";
import type { NamedUser } from "../../rules/names";
import { fatesOf, type NameFate, type NameKind, nameKinds, worksAtFirst } from "../../rules/source-names";
import { arrivalOf } from "../pools/arrival";
import { fingerprint, KeyIndex } from "../pools/key-index";
import type { PoolRules } from "../pools/pool-rules";
import type { NameCounts } from "./scan";
import { SharedAddresses } from "./shared-addresses";

/** In place of a spelling's fingerprint, which is never 0: there is more than one, and that was counted. */
const COUNTED = 0;

/** Counts the names that users of a pool that tells case spell differently. Of names it keeps hashes, so that millions fit. */
class CaseCollisions {
  /** Of each name in lower case: a few bits of the spelling of whoever was told of first. */
  private readonly spellings: KeyIndex;
  count = 0;

  constructor(expectedNames: number) {
    this.spellings = new KeyIndex(expectedNames);
  }

  /** @param names Of one user, who may spell one name in two ways. */
  add(names: readonly string[]): void {
    // The last of one's own spellings stands for all.
    const own = new Map(names.map((name) => [name.toLowerCase(), fingerprint(name)]));
    for (const [folded, spelling] of own) {
      const first = this.spellings.get(folded);
      if (first === undefined) this.spellings.set(folded, spelling);
      else if (first !== spelling && first !== COUNTED) {
        this.spellings.set(folded, COUNTED);
        this.count += 1;
      }
    }
  }
}

export class NameTally {
  private readonly counted = { users: 0, byEveryName: 0, byNoName: 0, typedFirst: 0, mixedCase: 0 };
  private readonly losing = new Map<NameKind, number>();
  private readonly collisions: CaseCollisions | undefined;
  private readonly shared: SharedAddresses;

  constructor(
    private readonly rules: PoolRules,
    expectedUsers: number,
  ) {
    this.shared = new SharedAddresses(rules, expectedUsers);
    const names = nameKinds(rules.sourceUsernameAttributes, rules.sourceAliasAttributes).length;
    if (rules.sourceCaseSensitive && !rules.destinationCaseSensitive)
      this.collisions = new CaseCollisions(expectedUsers * names);
  }

  add(user: NamedUser, { Enabled, UserStatus }: Pick<UserType, "Enabled" | "UserStatus">): void {
    const { names } = arrivalOf(user, this.rules);
    // Who may not sign in today may tomorrow, and has the same right to a name.
    this.shared.add(user, names);
    const { attributes } = carryAttributes(user.attributes, this.rules);
    const fates = fatesOf(user, attributes, this.rules, UserStatus === "CONFIRMED");
    const taken = fates.filter(({ isTaken }) => isTaken);
    this.collisions?.add([...names.filter(({ known }) => known), ...taken].map(({ name }) => name));
    if (Enabled === true && UserStatus !== undefined && SIGNING_IN.has(UserStatus)) this.count(fates);
  }

  private count(fates: readonly NameFate[]): void {
    const { counted, losing } = this;
    counted.users += 1;
    const working = fates.filter(worksAtFirst);
    if (working.length === fates.length) counted.byEveryName += 1;
    if (working.length === 0) counted.byNoName += 1;
    if (working.some(({ stays }) => !stays)) counted.typedFirst += 1;
    if (fates.some((fate) => fate.isTaken && !fate.isFound)) counted.mixedCase += 1;
    for (const { kind, isTaken } of fates) if (!isTaken) losing.set(kind, (losing.get(kind) ?? 0) + 1);
  }

  counts(): NameCounts {
    const { counted, losing, collisions, shared } = this;
    return { ...counted, losing, collisions: collisions?.count ?? 0, shared: shared.counts };
  }
}

/** Whom the function lets come, by a password or a code, if the name is right: docs/decisions/0004-unproven-users.md */
const SIGNING_IN: ReadonlySet<string> = new Set(["CONFIRMED", "RESET_REQUIRED", "FORCE_CHANGE_PASSWORD"]);
