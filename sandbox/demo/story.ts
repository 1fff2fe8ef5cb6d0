import { statSync } from "node:fs";
import type { PaperWorld } from "../accounts/from-synth";
import { peopleOf } from "../accounts/people";
import type { SampleUser } from "../accounts/sample-users";
import { holds, holdsSilent } from "./assertion";

/** One claim of the demo: what was measured, and whether it holds. */
export interface Step {
  readonly title: string;
  /** @returns what was seen, one line each. @throws {@link Broken} when the claim does not hold. */
  run(): Promise<readonly string[]>;
}

const ms = (value: number): string => `${Math.round(value)} ms`;

/** The main job in five facts, each asserted at the user pools and at the handler's own answer. */
export function migrationStory(world: PaperWorld, user: SampleUser): readonly Step[] {
  const destination = peopleOf(world.destination);
  const source = peopleOf(world.source);
  const { function: fn, deployed } = world;
  const lastAnswer = (): Record<string, unknown> => {
    const { payload } = fn.invocations.at(-1) ?? {};
    return ((payload as { response?: Record<string, unknown> })?.response ?? {}) as Record<string, unknown>;
  };
  const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
    const started = performance.now();
    return [await work(), performance.now() - started];
  };

  return [
    {
      title: "Both stacks are synthesized, and the function runs from the very zip that Terraform would upload",
      run: async () => {
        const bytes = statSync(deployed.function.zip).size;
        holds(fn.codeSha256 === deployed.sourceCodeHash, "the zip has the hash in source_code_hash");
        return [
          `node build/main.js took ${ms(world.synthesisMs)}; handler.zip has ${(bytes / 1024).toFixed(1)} KB, SHA-256 ${fn.codeSha256}`,
          `function ${deployed.function.name}, ${Object.keys(deployed.function.environment).length} variables, role ${deployed.lambdaRole.arn}`,
        ];
      },
    },
    {
      title: "The user exists only in the source",
      run: async () => {
        const [there, here] = [await source.getUser(user.email), await destination.getUser(user.email)];
        holds(there !== undefined && here === undefined, `${user.email} in the source and not in the destination`);
        return [
          `source: ${user.email} is ${there?.UserStatus}`,
          `destination: ${await destination.countUsers()} users`,
        ];
      },
    },
    {
      title: "A wrong password is refused, and no user is created",
      run: async () => {
        const [result, time] = await timed(() => destination.signIn(user.email, `${user.password}x`));
        const answer = lastAnswer();
        const count = await destination.countUsers();
        holds(result === "NotAuthorizedException", `NotAuthorizedException, not ${result}`);
        holds(
          fn.invocations.length === 1 && Object.values(answer).every((value) => value === null),
          "the handler's response untouched",
        );
        holds(count === 0, "no user at the destination");
        const profileReads = world.decisions.filter(
          ({ principal, action }) => principal.arn === deployed.sourceRole.arn && action === "cognito-idp:AdminGetUser",
        ).length;
        holds(profileReads === 0, "no profile read before a password is proven");
        return [
          `destination answered ${result} after ${ms(time)}, cold start included`,
          `handler returned an untouched response; destination still has ${count} users; the function read ${profileReads} profiles`,
        ];
      },
    },
    {
      title: "The right password signs in at the destination",
      run: async () => {
        const [result, time] = await timed(() => destination.signIn(user.email, user.password));
        const answer = lastAnswer();
        const migrated = await destination.getUser(user.email);
        const attributes = Object.fromEntries((migrated?.UserAttributes ?? []).map(({ Name, Value }) => [Name, Value]));
        holds(result === "tokens", `tokens, not ${result}`);
        holds(
          answer["finalUserStatus"] === "CONFIRMED" && answer["messageAction"] === "SUPPRESS",
          "CONFIRMED and SUPPRESS in the handler's response",
        );
        holds(migrated?.UserStatus === "CONFIRMED", "the user CONFIRMED at the destination");
        holds(attributes["custom:source_sub"] === user.attributes["sub"], "the old sub in custom:source_sub");
        holds(attributes["sub"] !== user.attributes["sub"], "a new sub");
        return [
          `destination issued tokens after ${ms(time)}; handler took ${ms(fn.invocations.at(-1)?.durationMs ?? 0)}, warm`,
          `handler returned ${JSON.stringify({ ...answer, userAttributes: Object.keys((answer["userAttributes"] as object) ?? {}) })}`,
          `custom:source_sub holds the old sub; custom:tier arrived as custom:plan=${attributes["custom:plan"]}; custom:legacy has no place and was dropped`,
        ];
      },
    },
    {
      title: "The source is switched off",
      run: async () => {
        await world.source.switchOff();
        await holdsSilent(world.source.url);
        return ["the source user pool is gone; connections to its endpoint are refused"];
      },
    },
    {
      title: "The same password still signs in",
      run: async () => {
        const before = fn.invocations.length;
        const [result, time] = await timed(() => destination.signIn(user.email, user.password));
        const wrong = await destination.signIn(user.email, `${user.password}x`);
        holds(result === "tokens", `tokens, not ${result}`);
        holds(wrong === "NotAuthorizedException", `NotAuthorizedException for a wrong password, not ${wrong}`);
        holds(fn.invocations.length === before, "the function not called");
        return [
          `destination issued tokens after ${ms(time)}, without calling the function; a wrong password is still refused`,
        ];
      },
    },
  ];
}
