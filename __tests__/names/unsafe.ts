const PROPERTIES = {
  proven: "P1 nobody answers to a name that is not proven theirs",
  arrives: "P2 who alone has proven a name can arrive, whoever came before",
  once: "P3 one person becomes one user",
  known: "P4 nobody comes with names that nobody knows",
  counted: "P5 who is counted as migrated is the one who came",
  contested: "P6 what two users have verified is nobody's by import",
} as const;

/** What must never be, with the answer of the pools that shows it. */
export interface Unsafe {
  readonly property: string;
  readonly what: string;
}

export const unsafe = (property: keyof typeof PROPERTIES, what: string): Unsafe => ({
  property: PROPERTIES[property],
  what,
});
