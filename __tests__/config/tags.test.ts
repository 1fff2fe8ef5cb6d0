import { parseDeployment } from "../../config/deployment";
import { SOURCE_ONLY } from "../support/settings";

const tagsOf = (TAGS: string) => parseDeployment({ ...SOURCE_ONLY, TAGS }).source.tags;
const many = (count: number): string => Array.from({ length: count }, (_, n) => `key${n}=v`).join(",");

test.each<[string, Record<string, string>]>([
  ["team=identity", { team: "identity" }],
  [" team = identity , my-aws:x=1", { team: "identity", "my-aws:x": "1" }],
  ["empty=", { empty: "" }],
  ["url=https://example.com/?".slice(0, -1), { url: "https://example.com/" }],
  ["k=a=b=c", { k: "a=b=c" }],
  ["größe=Ü 1,owner=a@b", { größe: "Ü 1", owner: "a@b" }],
  ["__proto__=x", { ["__proto__"]: "x" }],
  [`${"k".repeat(128)}=${"v".repeat(256)}`, { ["k".repeat(128)]: "v".repeat(256) }],
  // Neither is the AWS CLI's form alone.
  ["Key=a", { Key: "a" }],
  ["Value=b", { Value: "b" }],
])("%p are tags", (text, tags) => expect(Object.entries(tagsOf(text))).toEqual(Object.entries(tags)));

test("50 tags are taken", () => expect(Object.keys(tagsOf(many(50)))).toHaveLength(50));

test.each([
  ["Team=a,team=b", "IAM takes Team and team for one"],
  ["a=1,a=2", '"a" is there twice'],
  [many(51), "50 tags at most, not 51"],
  ["aws:team=x", '"aws:team" does'],
  ["a=1,AWS:team=x", '"AWS:team" does'],
  ["team=Aws:x", '"Aws:x" does'],
  ["Key=team,Value=identity", "such as team=identity, and not the AWS CLI's"],
  ["Key=team,Value=identity Key=cost,Value=1", "not the AWS CLI's"],
  ["team", '"team" has no ='],
  ["team=a,", "there is a comma too many"],
  [",team=a", "there is a comma too many"],
  ["team=id#1", 'the value of "team" is not so'],
  ["te#am=id", 'the key "te#am" is not so'],
  ["=a", 'the key "" is not so'],
  [`${"k".repeat(129)}=v`, "is not so"],
  [`k=${"v".repeat(257)}`, '"k" is not so'],
  ["ticket=#4711", '"ticket" is not so'],
  ['a="b"', '"a" is not so'],
  ["a=${b}", '"a" is not so'],
  ["a=😀", '"a" is not so'],
  ["a=tab\there", '"a" is not so'],
])("%p is refused, and the message says why", (TAGS, expected) =>
  expect(() => tagsOf(TAGS)).toThrow(
    new RegExp(`^1 problem.*\n  TAGS: .*${expected.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`),
  ),
);
