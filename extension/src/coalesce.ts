/**
 * A function that runs `task`, never twice at a time. Calls during a run share one further run after it, so the last call is
 * always followed by a whole run.
 */
export function coalesce(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const run = async () => {
    try {
      await task();
    } finally {
      running = next;
      next = undefined;
    }
  };

  return () => {
    if (running === undefined) {
      return (running = run());
    }
    return (next ??= running.then(run, run));
  };
}
