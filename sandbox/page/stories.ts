import type { Step, Story, Verdict } from "./page-state";

/** Older ones are forgotten. */
const KEPT = 12;

interface Draft {
  readonly story: Omit<Story, "steps" | "verdict">;
  readonly began: number;
  readonly steps: Step[];
  verdict?: Verdict;
}

/** A story that is still being written. */
export interface OpenStory {
  readonly username: string;
  readonly hasEnded: boolean;
  step(actor: Step["actor"], text: string, call?: string): void;
  end(verdict: Verdict): void;
}

/** What happened, call by call. */
export class Stories {
  private readonly drafts: Draft[] = [];
  private count = 0;

  /**
   * @param changed Is told after every change.
   * @param now Milliseconds since 1970.
   */
  constructor(
    private readonly changed: () => void,
    private readonly now: () => number = Date.now,
  ) {}

  begin(title: string, username: string): OpenStory {
    const began = this.now();
    this.count += 1;
    const at = new Date(began).toISOString().slice(11, 19);
    const draft: Draft = { story: { id: this.count, title, username, at }, began, steps: [] };
    this.drafts.unshift(draft);
    this.drafts.splice(KEPT);
    this.changed();
    return {
      username,
      get hasEnded() {
        return draft.verdict !== undefined;
      },
      step: (actor, text, call) => {
        const afterMs = this.now() - began;
        draft.steps.push({ afterMs, actor, text, ...(call !== undefined && { call }) });
        this.changed();
      },
      end: (verdict) => {
        draft.verdict = verdict;
        this.changed();
      },
    };
  }

  /** The last first. */
  get all(): readonly Story[] {
    return this.drafts.map(({ story, steps, verdict }) => ({
      ...story,
      steps: [...steps],
      ...(verdict !== undefined && { verdict }),
    }));
  }
}
