/** npm passes Ctrl-C on, so it comes twice: the second one must not end what is cleaning up. A clean-up that hangs has this long. */
const CLOSING_MS = 5000;

/**
 * From now on a signal ends this process, whatever it is doing; what was made is removed by the listeners of `exit`.
 *
 * @returns `untilSignal`: after that the first signal lets its caller end in order, and the process a little later.
 */
export function endOnSignal(): { untilSignal(): Promise<void> } {
  const end = (): void => process.exit(130);
  let leave = end;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => leave());
  return {
    untilSignal: () =>
      new Promise((resolve) => {
        leave = () => {
          setTimeout(end, CLOSING_MS).unref();
          resolve();
        };
      }),
  };
}
