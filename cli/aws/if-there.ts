/** @returns undefined for what AWS says is not there. @param names Of the exceptions that say so. */
export async function ifThere<T>(names: readonly string[], read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && names.includes(error.name)) return undefined;
    throw error;
  }
}
