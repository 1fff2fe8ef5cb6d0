import { Claims } from "../../../cli/groups/group-claims";
import type { Membership } from "../../../cli/groups/group-plan";

const membership = (sub: string, username: string, group = "editors"): Membership => ({ group, sub, username });

function settle(claimed: readonly Membership[], present: readonly Membership[] = []) {
  const claims = new Claims();
  for (const one of claimed) claims.add(one);
  return claims.settle(present);
}

test("what one user claims, once or twice over, is that user's", () => {
  const one = membership("sub-1", "jane");
  expect(settle([one, one])).toEqual({ additions: [one], disputed: 0 });
});

test("what two claim is nobody's, and each membership is for itself", () => {
  const free = membership("sub-1", "jane", "viewers");
  expect(settle([membership("sub-1", "jane"), membership("sub-1", "other"), free])).toEqual({
    additions: [free],
    disputed: 1,
  });
});

test("whoever is in the group already has the membership, and nobody else gets it", () => {
  const there = [membership("sub-1", "jane")];
  expect(settle([membership("sub-1", "other")], there)).toEqual({ additions: [], disputed: 0 });
  expect(settle([membership("sub-1", "other"), membership("sub-1", "third")], there)).toMatchObject({ disputed: 0 });
  expect(settle([membership("sub-2", "other")], there).additions).toHaveLength(1);
});
